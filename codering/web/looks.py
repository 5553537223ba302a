"""How the app looks where Streamlit does not do it, and the words of Streamlit that stay English otherwise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from codering.texts import Texts

_STYLE: Final = """
.stMainBlockContainer { padding: 4rem 2.5rem; max-width: 110rem; }
.stMainBlockContainer h1 { padding-top: 0; }
div:has(> .st-key-shell_early) { position: absolute; }
body [data-testid="stCaptionContainer"] { color: inherit; opacity: 0.8; }
body [data-testid="stMarkdownContainer"] blockquote { opacity: 1; }
body [data-testid="stBaseButton-primary"] kbd { opacity: 1; color: inherit; }
[data-testid="stButtonGroup"] [role="radio"][aria-checked="true"] p { font-weight: 600; }
[data-testid="stButtonGroup"] [role="radio"][aria-checked="true"] { color: inherit !important; }
[class*="st-key-codebook_rule_text"] textarea { font-family: "Source Code Pro", monospace; font-size: 0.875rem; }
[data-testid="stRadioOption"] > div { align-items: flex-start; }
[data-testid="stRadioOption"] > div > div:first-child { margin-top: 0.2rem; }
[data-testid="stRadioOption"]:not(:has(input:checked)) > div > div:first-child {
  box-shadow: inset 0 0 0 1px rgb(128 128 128);
}
.st-key-codebook_code [role="radiogroup"] label { margin-bottom: 0.25rem; }
.st-key-codebook_code [role="radiogroup"] label:not(:has(strong)) { padding-left: 1.25rem; }
.stApp ul.codering-quotes { list-style: none; margin: 0; padding: 0; }
.stApp ul.codering-quotes > li {
  border-left: 4px solid rgb(128 128 128 / 40%); margin: 0 0 1rem; padding: 0 0 0 1rem;
}
.codering-quotes p { margin: 0; white-space: pre-wrap; max-width: 75ch; }
.codering-quotes small { opacity: 0.8; font-size: 0.875rem; }
[data-testid="stSliderThumbValue"] { color: inherit; }
body [data-testid="stTab"][aria-selected="true"], body [data-testid="stTab"][aria-selected="true"] p { color: inherit; }
.codering-before { margin: 0; max-width: 75ch; }
.codering-before small { opacity: 0.8; font-size: 0.875rem; }
.codering-marked { white-space: pre-wrap; max-width: 75ch; }
@media (min-width: 1500px) {
  [data-testid="stTable"] td [data-testid="stMarkdownContainer"] { max-width: 75ch; }
}
.codering-marked mark { background: rgb(128 165 205 / 35%); color: inherit; text-decoration: underline; }
"""
_UPLOADER: Final = """
[data-testid="stFileUploaderDropzone"] [data-testid="stBaseButton-secondary"] p { font-size: 0; line-height: 0; }
[data-testid="stFileUploaderDropzoneInstructions"] span { display: none; }
[data-testid="stFileUploaderDropzone"] { --choose: %(one)s; --limit: %(one_limit)s; }
[data-testid="stFileUploaderDropzone"]:has(input[multiple]) { --choose: %(more)s; --limit: %(more_limit)s; }
[data-testid="stFileUploaderDropzone"] [data-testid="stBaseButton-secondary"] [data-testid="stMarkdownContainer"]::after
{ content: var(--choose); }
[data-testid="stFileUploaderDropzoneInstructions"] > div::after
{ content: var(--limit); font-size: 0.875rem; opacity: 0.8; }
"""
"""Streamlit's own word stays in the button, without a size: not every screen reader knows `content`."""
_HINTS: Final = """
[data-testid="InputInstructions"] { display: none; }
"""
"""Streamlit's "Press Enter to apply": an input is also taken in when it is left."""


def style(t: Texts) -> str:
    """Give the style of every page, as HTML."""
    import streamlit as st

    size = st.get_option("server.maxUploadSize")
    words = {
        "one": t("Choose a file"),
        "one_limit": t("or drop it here; {size} MB at most", size=size),
        "more": t("Choose files"),
        "more_limit": t("or drop them here; {size} MB each at most", size=size),
    }
    uploader = _UPLOADER % {name: _quoted(text) for name, text in words.items()}
    return f"<style>{_STYLE}{uploader}{_HINTS if t.language != 'en' else ''}</style>"


def _quoted(text: str) -> str:
    """Write a text as a string of CSS, which are those of JSON as far as these texts go."""
    return json.dumps(text, ensure_ascii=False)
