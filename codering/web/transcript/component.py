"""The component itself, for a page to mount; the only part that knows Streamlit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.web.transcript.assets import script, style

if TYPE_CHECKING:
    from codering.web.transcript.data import Json

_mount: Final = st.components.v2.component("codering_transcript", css=style(), js=script())


def show_transcript(
    page: Json, state: Json, *, key: str, on_actions: Callable[[], None], on_leave: Callable[[], None]
) -> None:
    """Show a transcript.

    Parameters
    ----------
    page, state
        From :mod:`codering.web.transcript.data`.
    key
        Of the widget: a stable one, without which every change would build the page anew.
    on_actions, on_leave
        Called when the coder did something (``st.session_state[key]["queue"]``), and when they go on in another
        transcript (``["at"]``).

    Notes
    -----
    The actions are a state, not triggers: of two triggers that come close together only the last arrives.
    """
    _mount(key=key, data={"page": page, "state": state}, on_queue_change=on_actions, on_at_change=on_leave)
