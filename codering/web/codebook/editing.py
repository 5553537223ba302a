"""Changing what a code means: names, definition, criteria, colour, examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from codering.codings import Stance
from codering.web.codebook.draft import keep
from codering.web.messages import said

if TYPE_CHECKING:
    from codering.codebooks import Code
    from codering.web.codebook.draft import Draft
    from codering.web.here import Here


def show(here: Here, draft: Draft, code: Code) -> None:
    """Show the forms; what they change goes into the draft."""
    t = here.t
    with st.form(f"codebook_meaning_{code.id}"):
        dutch, english, colour = st.columns([3, 3, 1])
        nl = dutch.text_input(t("Name in Dutch"), code.label.nl)
        en = english.text_input(t("Name in English"), code.label.en)
        shade = colour.color_picker(t("Colour"), code.colour)
        definition = st.text_area(t("Definition"), code.definition, height=140)
        include = st.text_area(t("Include: a line each"), "\n".join(code.include), height=120)
        exclude = st.text_area(t("Exclude: a line each"), "\n".join(code.exclude), height=120)
        if st.form_submit_button(t("Into the draft"), type="primary"):
            with said(t):
                _change(draft, code, nl.strip(), en.strip(), definition.strip(), shade)
                if _lines(include) != list(code.include):
                    draft.file.set_include(code.id, _lines(include))
                if _lines(exclude) != list(code.exclude):
                    draft.file.set_exclude(code.id, _lines(exclude))
                keep(here, draft)
    with st.form(f"codebook_example_{code.id}", clear_on_submit=True):
        st.markdown(f"**{t('Add an example')}**")
        text = st.text_input(t("What somebody could say"))
        kinds = {
            "confirms": t("Confirms the code"),
            "denies": t("Denies the code"),
            "near": t("Looks like it, but is not"),
        }
        kind = st.radio(t("Kind"), list(kinds), format_func=lambda one: kinds[one], horizontal=True)
        why = st.text_input(t("Why (may be empty)"))
        if st.form_submit_button(t("Into the draft")) and text.strip():
            with said(t):
                stance = Stance.DENIES if kind == "denies" else Stance.CONFIRMS
                draft.file.add_example(code.id, text.strip(), stance=stance, why=why.strip(), near_miss=kind == "near")
                keep(here, draft)


def _change(draft: Draft, code: Code, nl: str, en: str, definition: str, colour: str) -> None:
    if (nl, en) != (code.label.nl, code.label.en):
        draft.file.set_label(code.id, nl=nl, en=en)
    if definition != code.definition:
        draft.file.set_definition(code.id, definition)
    if colour.lower() != code.colour.lower():
        draft.file.set_colour(code.id, colour)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
