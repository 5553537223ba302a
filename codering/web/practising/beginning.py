"""Begin an exercise: one that is drawn now, or one that a teacher shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from codering.practice import Level, Settings, draw, exercise_from
from codering.web.messages import said
from codering.web.practising.state import CODE, STUDENT, WIDTH, material

if TYPE_CHECKING:
    from codering.practice import Material
    from codering.web.here import Here


def show_beginning(here: Here) -> None:
    """Ask what to practise."""
    with st.container(width=WIDTH):
        _ask(here)


def _ask(here: Here) -> None:
    t = here.t
    made, _ = material(here.project)
    st.write(
        t(
            "You code turns that were coded before, without suggestions. After each turn you hear what is right, what "
            "is not, and what decides it."
        )
    )
    st.caption(t("The page Code transcripts shows what others coded: leave it closed until you are done."))
    student = st.text_input(t("Your name or a pseudonym"), value=here.coder, key="practice_name", max_chars=60)
    shared = st.text_input(t("The code that your teacher shared (if you have one)"), key="practice_shared")
    if not shared.strip():
        _choices(here, made)
    if st.button(t("Begin"), type="primary", key="practice_begin"):
        with said(t):
            exercise = exercise_from(made, shared) if shared.strip() else draw(made, _settings())
            st.session_state[STUDENT] = student.strip() or t("student")
            st.session_state[CODE] = exercise.code
            st.rerun()


def _choices(here: Here, made: Material) -> None:
    t = here.t
    labels = {theme.id: theme.label.in_language(here.language) for theme in made.codebook.themes}
    core = [theme.id for theme in made.codebook.themes if theme.core] or list(labels)
    st.multiselect(
        t("Themes"),
        list(labels),
        default=core[:2],
        format_func=labels.__getitem__,
        select_all=False,
        key="practice_themes",
    )
    levels = {Level.EASY: t("Easy"), Level.MIXED: t("Mixed"), Level.HARD: t("Hard")}
    st.segmented_control(
        t("How hard"), list(Level), default=Level.MIXED, format_func=lambda one: levels[one], key="practice_level"
    )
    left, right = st.columns(2)
    left.number_input(t("How many turns"), 1, 100, 10, key="practice_size")
    right.number_input(t("Draw"), 0, 65535, 1, key="practice_seed", help=t("Another number draws other turns."))


def _settings() -> Settings:
    chosen = st.session_state
    return Settings(
        tuple(chosen["practice_themes"]),
        int(chosen["practice_size"]),
        Level(chosen["practice_level"] or Level.MIXED),
        int(chosen["practice_seed"]),
    )
