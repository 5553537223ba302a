"""The page Agreement: how far coders agree, and deciding what they differ on."""

from __future__ import annotations

from codering.web.here import Here


def show(here: Here) -> None:
    """Show the page."""
    import streamlit as st

    from codering.web.blindness import under_way
    from codering.web.comparing import choices, deciding, figures, further
    from codering.web.nothing import nothing_read

    t = here.t
    st.title(t("Agreement"))
    if nothing_read(here):
        return
    names = {
        "figures": t("Figures of agreement"),
        "decide": t("Decide differences"),
        "codebook": t("Sharpen the codebook"),
        "machine": t("The machine"),
        "text": t("For the report"),
        "plan": t("Code twice"),
    }
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
    if part == "plan":
        further.show_plan(here)
        return
    if len(here.project.independent_coders()) < 2:
        st.info(t("Agreement takes two coders who decided something. Let a second person code, under their own name."))
        return
    if under_way(here):
        return
    chosen = choices.choose(here)
    if chosen is None:
        return
    shows = {
        "decide": deciding.show,
        "codebook": further.show_codebook,
        "machine": further.show_machine,
        "text": further.show_text,
    }
    shows.get(str(part), figures.show)(here, chosen)
