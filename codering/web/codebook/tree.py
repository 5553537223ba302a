"""The tree of themes and codes: choose one by keyboard or mouse."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.web.literal import plain

if TYPE_CHECKING:
    from codering.codebooks import Codebook
    from codering.web.here import Here

_CODE: Final = "codebook_code"
_NEXT: Final = "codebook_code_next"


def choose_next(code: str) -> None:
    """Let a theme or code be chosen the next time that the page is shown, where it is not hidden by a search."""
    st.session_state[_NEXT] = code


def choose(here: Here, codebook: Codebook) -> str:
    """Show the tree and give the id of the theme or code that was chosen."""
    t = here.t
    wanted = st.text_input(t("Find a code"), key="codebook_find", placeholder=t("Name, or a word of the definition"))
    themes = {theme.id for theme in codebook.themes}
    # One coder's, as in every count; none while coders work blind.
    blind = bool(here.project.hidden_from(here.coder))
    counted = () if blind else here.project.counted_codings().codings
    coded = Counter(coding.code for coding in counted)
    ids = [code.id for code in codebook if _matches(codebook, code.id, wanted)]
    if not ids:
        st.caption(t("No code has these words."))
        ids = [code.id for code in codebook]
    if (wanted_next := st.session_state.pop(_NEXT, None)) in ids:
        st.session_state[_CODE] = wanted_next
    if st.session_state.get(_CODE) not in ids:
        st.session_state[_CODE] = ids[0]

    def label(code: str) -> str:
        name = plain(codebook.code(code).label.in_language(here.language))
        number = f"\u00a0·\u00a0{coded[code]}" if coded[code] else ""
        return f"**{name}**{number}" if code in themes else f"{name}{number}"

    with st.container(height=620, border=True):
        chosen = st.radio(t("Themes and codes"), ids, format_func=label, key=_CODE)
    if coded:
        st.caption(
            t("Behind a name: how many passages carry this code, confirmed or denied, in the codings that count.")
        )
    elif blind:
        st.caption(t("While transcripts are coded blind, no numbers stand behind the names."))
    return str(chosen)


def _matches(codebook: Codebook, code: str, wanted: str) -> bool:
    one = codebook.code(code)
    theme = codebook.theme_of(code).label
    words = f"{one.id} {one.label.nl} {one.label.en} {one.definition} {theme.nl} {theme.en}".casefold()
    return all(word in words for word in wanted.casefold().split())
