"""A page that is no longer up to date says so: another tab, coder or program wrote to the project."""

from __future__ import annotations

from typing import Final

import streamlit as st

from codering.web.here import Here
from codering.web.messages import said

LOOK_EVERY: Final = 5.0
"""Seconds."""
_SEEN: Final = "watching_seen"
_THEME: Final = "watching_theme"


def watch(here: Here) -> None:
    """Say it above the page as soon as it happens; call before the page is shown.

    The page is not renewed by itself: what somebody is typing would be lost. Only when its reader goes from light to
    dark or back it is: Streamlit does not tell, and a chart would keep letters in the colour of what is now behind it.
    """
    st.session_state[_SEEN] = here.project.revisions()
    st.session_state[_THEME] = st.context.theme.type
    st.fragment(_look, run_every=LOOK_EVERY, key="watching")(here)


def up_to_date(here: Here) -> None:
    """Call after the page was shown: what it wrote itself does not make it stale."""
    st.session_state[_SEEN] = here.project.revisions()


def _look(here: Here) -> None:
    t = here.t
    if st.context.theme.type != st.session_state.get(_THEME):
        st.rerun(scope="app")
    with said(t):
        if st.session_state.get(_SEEN) == here.project.revisions():
            return
    with st.container(horizontal=True, vertical_alignment="center", key="watching_stale"):
        st.info(t("Something changed in this project since this page was shown: in another tab, or by someone else."))
        if st.button(t("Show it as it is now"), key="watching_renew"):
            st.rerun(scope="app")
