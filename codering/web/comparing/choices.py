"""Who is compared, on which part of the project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import streamlit as st

from codering.analysis.comparison import Scope

if TYPE_CHECKING:
    from codering.analysis.agreement import Level
    from codering.web.here import Here


@dataclass(frozen=True, slots=True)
class Choices:
    """What is compared.

    Attributes
    ----------
    coders
        Two or more.
    scope
        Which part of the project.
    """

    coders: tuple[str, ...]
    scope: Scope


def choose(here: Here) -> Choices | None:
    """Show what can be chosen, and give it; None as long as fewer than two coders are chosen."""
    t, project = here.t, here.project
    coders, codebook = project.independent_coders(), project.codebook
    themes = {theme.id: theme.label.in_language(here.language) for theme in codebook.themes}
    waves = sorted({one.wave for one in project.transcripts() if one.wave})
    with st.container(horizontal=True, vertical_alignment="bottom", key="agreement_choices"):
        chosen = st.multiselect(
            t("Coders"),
            coders,
            default=coders[:2],
            key="agreement_coders",
            persist_state="session",
            width=260,
            placeholder=t("Choose two coders or more."),
            select_all=False,
        )
        theme = st.selectbox(
            t("Theme"),
            ["", *themes],
            format_func=lambda one: themes.get(one, one) or t("All themes"),
            key="agreement_theme",
            persist_state="session",
            width=200,
        )
        transcript = st.selectbox(
            t("Transcript"),
            ["", *(one.name for one in project.transcripts())],
            format_func=lambda one: one or t("All transcripts"),
            key="agreement_transcript",
            persist_state="session",
            width=200,
        )
        wave = ""
        if len(waves) > 1:
            wave = st.selectbox(
                t("Wave"),
                ["", *waves],
                format_func=lambda one: one or t("All waves"),
                key="agreement_wave",
                persist_state="session",
                width=140,
            )
    if len(chosen) < 2:
        st.info(t("Choose two coders or more."))
        return None
    scope = Scope(
        themes=(theme,) if theme else (),
        transcripts=(transcript,) if transcript else (),
        waves=(wave,) if wave else (),
    )
    return Choices(tuple(chosen), scope)


def level(here: Here) -> Level:
    """By turn or by passage."""
    t = here.t
    names = {"turn": t("By turn"), "segment": t("By passage")}
    chosen = st.segmented_control(
        t("Compare"),
        list(names),
        default="turn",
        required=True,
        format_func=lambda one: names[one],
        key="agreement_level",
        persist_state="session",
    )
    return cast("Level", chosen)
