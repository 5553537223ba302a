"""Who code blind: chosen here, kept for the whole project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from codering.web.here import Here


def show(here: Here) -> None:
    """Show who code blind and how far they are, to be changed."""
    t, project = here.t, here.project
    st.write(
        t(
            "Coders who work blind see no suggestions and nothing of each other's work, until each of them is done "
            "with a transcript. Until all transcripts are done, the pages with results are closed for everyone."
        )
    )
    now, where = list(project.blind_coders), sorted(project.blind_transcripts)
    names = [transcript.name for transcript in project.transcripts()]
    before = [] if len(where) == len(names) else where
    chosen = st.multiselect(
        t("Who code blind"),
        list(dict.fromkeys([*now, *project.coders(), *([here.coder] if here.coder else [])])),
        default=now,
        accept_new_options=True,
        placeholder=t("Choose or type two names or more"),
        # Another key after every change: a widget keeps what it showed first.
        key=f"project_blind_{'_'.join(now)}",
        width=720,
    )
    only = st.multiselect(
        t("Which transcripts"),
        names,
        default=before,
        placeholder=t("All transcripts"),
        key=f"project_blind_where_{'_'.join([*now, *before])}",
        width=720,
    )
    if now:
        count = len(where)
        st.caption(
            t("Everyone is done with {done} of {count} {count:transcript|transcripts}.",
              done=count - len(project.still_blind), count=count)
        )  # fmt: skip
    label = t("Save the changes") if chosen or not now else t("Stop coding blind")
    if st.button(label, key="project_blind_save", disabled=(chosen, only) == (now, before)):
        project.set_blind(chosen, transcripts=only)
        st.rerun()
