"""What a page says when there is nothing to show yet, with the way to where something can be done about it."""

from __future__ import annotations

import streamlit as st

from codering.web.going import go, has
from codering.web.here import Here


def nothing_read(here: Here) -> bool:
    """Whether there are no transcripts yet; says so, and leads to the page on which they are added."""
    if here.project.transcripts():
        return False
    t = here.t
    st.info(t("There are no transcripts yet. Add some on the page Project."))
    if st.button(t("To the page Project"), type="primary", key="nothing_read"):
        go("project")
    return True


def nothing_decided(here: Here) -> bool:
    """Whether there is nothing to count: no transcripts, or no decisions; says which, and leads on."""
    if nothing_read(here):
        return True
    if here.project.codings():
        return False
    t = here.t
    st.info(t("Nobody has decided anything yet, so there is nothing to count: suggestions are no results."))
    if has("review") and st.button(t("Review the suggestions"), type="primary", key="nothing_decided"):
        go("review")
    return True
