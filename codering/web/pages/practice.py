"""The page Practice: a student codes turns with a reference, and hears what decides each difference."""

from __future__ import annotations

from codering.web.here import Here


def show(here: Here) -> None:
    """Show the page."""
    import streamlit as st

    from codering.web.going import go
    from codering.web.practising.beginning import show_beginning
    from codering.web.practising.coding import show_turn
    from codering.web.practising.results import show_class, show_done, show_progress
    from codering.web.practising.state import PART, TOLD, doing

    t = here.t
    st.title(t("Practice"))
    if not here.project.coders():
        st.info(
            t("Practice compares your codings with those of others. The sample project has them; here nobody coded.")
        )
        if st.button(t("To the page Project"), type="primary", key="practice_project"):
            go("project")
        return
    if blind := len(here.project.still_blind):
        st.info(
            t.plural(
                "{count} transcript is still coded blind. You can practise once all coders are done with it.",
                "{count} transcripts are still coded blind. You can practise once all coders are done with them.",
                blind,
            )
        )
        return
    names = {"exercise": t("Exercise"), "progress": t("What goes well, and what not yet"), "class": t("A class")}
    chosen = st.segmented_control(
        t("Part"),
        list(names),
        default="exercise",
        required=True,
        format_func=lambda one: names[one],
        label_visibility="collapsed",
        key=PART,
    )
    if chosen == "progress":
        show_progress(here)
    elif chosen == "class":
        show_class(here)
    elif (now := doing(here)) is None:
        show_beginning(here)
    elif now.next < len(now.exercise.places) or st.session_state.get(TOLD):
        show_turn(here, now)
    else:
        show_done(here, now)
