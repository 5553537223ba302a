"""How much was missed, beside the transcript: what may be said now, and how much more to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codering.recall.saying import UNREAD
from codering.web.literal import plain
from codering.web.numbers import show_table, show_whole

if TYPE_CHECKING:
    from codering.web.here import Here


def show_missed(here: Here, _transcript: str = "") -> None:
    """Say how much was missed over all transcripts; while coding is blind, of the coder's own work only."""
    import streamlit as st

    t, project = here.t, here.project
    alone = bool(project.hidden_from(here.coder))
    if alone and here.coder not in project.coders():
        st.info(plain(UNREAD.translated(t.translate)))
        return
    found = project.missed(by="theme", coder=here.coder if alone else None, language=t.language)
    st.text(t("How much did we miss?"))
    headline, *more = (message.translated(t.translate) for message in found.conclusions)
    (st.success if found.overall.established else st.info)(plain(headline))
    for sentence in more:
        st.text(sentence)
    waves = project.missed_by_wave(coder=here.coder if alone else None)
    if waves.rows:
        st.text(t("By wave"))
        show_whole(t, waves)
        for note in waves.notes:
            st.caption(plain(note.translated(t.translate)))
    if not found.overall.drawn:
        st.text(t("Choose the order “Turns drawn at random” or the mix, and read those turns as a whole."))
        return
    show_table(t, found.table, columns=("name", "found", "missed", "recall", "established"), key="review_missed_table")
    for message in found.assumptions:
        st.caption(plain(message.translated(t.translate)))
