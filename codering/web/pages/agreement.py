"""The page Agreement: how far coders agree, and deciding what they differ on."""

from __future__ import annotations

from codering.web.here import Here


def show(here: Here) -> None:
    """Show the page."""
    import streamlit as st

    from codering.web.blindness import under_way
    from codering.web.comparing import choices, deciding, figures

    t = here.t
    st.title(t("Agreement"))
    if len(here.project.independent_coders()) < 2:
        st.info(t("Agreement takes two coders who decided something. Let a second person code, under their own name."))
        return
    if under_way(here):
        return
    names = {"figures": t("How far they agree"), "decide": t("Decide what they differ on")}
    part = st.segmented_control(
        t("Part"),
        list(names),
        default="figures",
        required=True,
        format_func=lambda one: names[one],
        label_visibility="collapsed",
        key="agreement_part",
        persist_state="session",
    )
    chosen = choices.choose(here)
    if chosen is None:
        return
    if part == "decide":
        deciding.show(here, chosen)
    else:
        figures.show(here, chosen)
