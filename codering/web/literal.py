"""Showing other people's words as they are: never as Markdown, never as HTML.

Streamlit reads Markdown in labels, captions, options and ``st.markdown``. A transcript could hold an image that is
fetched from the net, a link or a colour directive; so could a codebook or the name of a file.
"""

from __future__ import annotations

import html
import re
from typing import Final

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_REPLACED: Final = re.compile(r"(?<=[-<>=~])(?=[-<>=])")
"""Within ``->``, ``--``, ``<-``, ``>=``: Streamlit replaces these by other characters, also when they are escaped."""
_LINKED: Final = re.compile(r"(?<=http)(?=s?://)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
"""Within an address: Streamlit makes a link of it, also when its signs are escaped."""
_JOINER: Final = "\u2060"


def plain(text: object) -> str:
    """Escape a text for where Streamlit reads Markdown: every sign stands for itself; line breaks become spaces.

    An invisible word joiner keeps ``->`` and the like from becoming an arrow, and addresses from becoming links.
    """
    one_line = " ".join(str(text).split())
    return _PUNCTUATION.sub(r"\\\1", _LINKED.sub(_JOINER, _REPLACED.sub(_JOINER, one_line)))


def escaped(text: object) -> str:
    """Escape a text for within HTML elements and quoted attributes."""
    return html.escape(str(text))
