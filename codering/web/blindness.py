"""While coders work blind, no page shows what another decided; where one codes, it says so, and when that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from codering.web.going import go
from codering.web.messages import said

if TYPE_CHECKING:
    from codering.web.here import Here

_SEEN: Final = "review_opened_seen"
"""The transcripts of which this session was told that they are open now, and closed the message."""
_COLUMNS: Final = (5, 2)
"""How wide what is said is, and what one can do."""


def under_way(here: Here) -> bool:
    """Whether something is still coded blind; says so if it is, instead of results that would give it away."""
    import streamlit as st

    hidden = here.project.hidden_from(here.coder)
    if hidden:
        st.info(
            here.t.plural(
                "{count} transcript is still coded blind. Results are shown once all coders are done with it.",
                "{count} transcripts are still coded blind. Results are shown once all coders are done with them.",
                len(hidden),
            )
        )
    return bool(hidden)


def show_state(here: Here, name: str) -> None:
    """Say above a transcript that it is coded blind, and let the coder be done with it; once it is open, say that."""
    import streamlit as st

    if name in here.project.hidden_from(here.coder):
        _closed(here, name)
    elif name in here.project.blind_transcripts and name not in st.session_state.get(_SEEN, ()):
        _opened(here, name)


def _closed(here: Here, name: str) -> None:
    import streamlit as st

    t, project = here.t, here.project
    ready = project.done_with(name)
    done = here.coder in ready
    others = [one for one in project.blind_coders if one not in ready and one != here.coder]
    later = t("Suggestions and other codings appear when everyone is done.")
    if done:
        state = t("You are done with this transcript. Still busy: {coders}.", coders=", ".join(others))
    elif others or here.coder not in project.blind_coders:
        state = t("You code this transcript blind.")
    else:
        state = t("You code this transcript blind, and are the last.")
        later = t("Once you are done, suggestions and each other's codings appear; that cannot be taken back.")
    text, button = st.columns(_COLUMNS, vertical_alignment="center")
    text.text(f"{state} {later}")
    label = t("I am not done after all") if done else t("I am done with this transcript")
    button.button(label, key="review_done", on_click=_declare, args=(here, name, not done))


def _declare(here: Here, name: str, done: bool) -> None:
    import streamlit as st

    with said(here.t):
        here.project.mark_done(name, coder=here.coder, done=done)
    st.rerun("review")  # with the list of transcripts, and what can be done with suggestions


def _opened(here: Here, name: str) -> None:
    import streamlit as st

    t, project = here.t, here.project
    waits = len(project.still_blind)
    now = t(
        "Everyone is done with this transcript: suggestions and each other's codings can be seen now. What you decide "
        "from here on is no longer blind."
    )
    after = t.plural(
        "Agreement opens once everyone is done with {count} other transcript.",
        "Agreement opens once everyone is done with {count} other transcripts.",
        waits,
    )
    text, buttons = st.columns(_COLUMNS, vertical_alignment="center")
    text.success(f"{now} {after}" if waits else now)
    with buttons.container(horizontal=True):
        if not waits and st.button(t("Compare the coders"), key="review_compare"):
            go("agreement")
        st.button(t("Close"), key="review_opened_close", on_click=_close, args=(name,))


def _close(name: str) -> None:
    import streamlit as st

    st.session_state[_SEEN] = {*st.session_state.get(_SEEN, ()), name}
