"""The page Frequencies."""

from __future__ import annotations

from codering.web.here import Here


def show(here: Here) -> None:
    """Show the page."""
    import streamlit as st

    st.title(here.t("Frequencies"))
