"""The component itself, for a page to mount; the only part that knows Streamlit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.web.transcript.assets import loader, script

if TYPE_CHECKING:
    from codering.web.transcript.data import Json

_script: Final = st.components.v2.component("codering_transcript_script", js=script(), isolate_styles=False)
_mount: Final = st.components.v2.component("codering_transcript", js=loader())


def show_script(*, key: str) -> None:
    """Bring the script to the browser; outside the fragment of the transcript, since it is sent with its fragment."""
    _script(key=key)


def show_transcript(message: Json, *, key: str, on_actions: Callable[[], None], on_leave: Callable[[], None]) -> None:
    """Show a transcript.

    Parameters
    ----------
    message
        From :class:`codering.web.transcript.changes.Sent`.
    key
        Of the widget: a stable one, without which every change would build the page anew.
    on_actions, on_leave
        Called when the coder did something (``st.session_state[key]["queue"]``: ``holds``, the version of the message
        that the browser holds, and ``actions``), and when they go on in another
        transcript (``["at"]``).

    Notes
    -----
    The actions are a state, not triggers: of two triggers that come close together only the last arrives.
    """
    _mount(key=key, data=message, on_queue_change=on_actions, on_at_change=on_leave)
