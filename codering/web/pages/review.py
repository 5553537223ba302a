"""Reading, deciding and coding: the page on which a researcher spends the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from codering.web.chooser import CHOSEN, chosen, is_stale, titles_of
from codering.web.going import arrived, go
from codering.web.here import Here
from codering.web.learning import learn_if_wanted
from codering.web.messages import said
from codering.web.review_tools import chosen_filters, chosen_order, show_tools

if TYPE_CHECKING:
    from codering.codebooks import Codebook
    from codering.transcripts import Transcript
    from codering.web.transcript.data import Json

KEY: Final = "review_page"
"""Of the component; its ``queue`` holds the coder's actions, and the version of the page that the browser holds."""
_STYLE: Final = """<style>
.stMainBlockContainer { padding: 0.6rem 1.25rem 0 2rem; gap: 0.5rem; }
.stAppHeader { background: transparent; pointer-events: none; }
.stAppHeader * { pointer-events: none; }
.stAppHeader button, .stAppHeader button *, .stAppHeader a { pointer-events: auto; }
.stApp .st-key-review_tools { padding-right: 2.5rem; gap: 0.5rem; }
.stApp:has([data-testid="stExpandSidebarButton"]) .st-key-review_tools { padding-left: 2rem; }
.st-key-review_transcript input { text-overflow: ellipsis; }
@media (max-height: 520px) {
  .stApp .st-key-review_tools { gap: 0.3rem; }
  .st-key-review_tools button { min-height: 2rem; padding-block: 0; }
  .st-key-review_tools .react-aria-ComboBox > div { height: 2rem; }
}
.st-key-review_title { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
</style>"""
"""Streamlit's head leaves the height of four lines free; here the transcript needs them, and the title is not seen."""
_LOOK_EVERY: Final = 4.0


def begin() -> None:
    """Send the script of the transcript: it is ready then, with its letters, when the transcript comes."""
    from codering.web.transcript.component import show_script

    show_script(key="review_script")


def show(here: Here) -> None:
    """Show the page."""
    import streamlit as st

    from codering.web.nothing import nothing_read

    t = here.t
    if not here.project.transcripts():
        st.title(t("Code transcripts"))
        nothing_read(here)
        return
    st.html(_STYLE)
    with st.container(key="review_title"):
        st.title(t("Code transcripts"))
    _arrive(here)
    st.fragment(_review, key="review")(here)
    st.fragment(_watch, run_every=_LOOK_EVERY, key="review_watch")(here)


def _review(here: Here) -> None:
    """The choices above the transcript, and in a fragment of its own what changes with a decision.

    The transcript is sent before the choices, since the browser has most to do with it.
    """
    import streamlit as st

    with said(here.t):
        if st.session_state.pop("review_go", None) == "frequencies":
            go("frequencies")
        tools = st.container()
        st.fragment(_text, key="review_text")(here, chosen())
        with tools, here.project.moment():
            show_tools(here)


def _text(here: Here, name: str) -> None:
    """The transcript: one fragment, so that a key costs no more than it must."""
    import streamlit as st

    from codering.web.blindness import show_state
    from codering.web.transcript.changes import Sent
    from codering.web.transcript.component import show_transcript
    from codering.web.transcript.data import state_data
    from codering.web.transcript.gather import gather
    from codering.web.transcript.onward import onward_data

    project, t = here.project, here.t
    with said(t), project.moment():
        st.session_state["review_seen"] = project.revisions()
        transcript, codebook = project.transcript(name), project.codebook
        show_state(here, name)
        seen = gather(
            project,
            name,
            coder=here.coder,
            order=chosen_order(),
            filters=chosen_filters(name),
        )
        page = _page(here, transcript, codebook)
        state = state_data(transcript, codebook, seen, coder=here.coder, t=t)
        state["results"] = st.session_state.get("review_results", {})
        state["rejected"] = bool(st.session_state.get("review_rejected"))
        at = st.session_state.get("review_at")
        state["at"] = at if at and at["transcript"] == name else None
        rows = project.progress(coder=here.coder)
        upcoming = project.upcoming(name, coder=here.coder, filters=chosen_filters(name), rows=rows)
        state |= onward_data(name, rows, upcoming, titles_of(here))
        sent = st.session_state.setdefault("review_sent", Sent())
        message = sent.message(page, state, str(_told().get("holds", "")))
        show_transcript(message, key=KEY, on_actions=lambda: _keep(here), on_leave=_leave)


def _page(here: Here, transcript: Transcript, codebook: Codebook) -> Json:
    """What stays while a transcript is open, worked out once."""
    import streamlit as st

    from codering.web.transcript.data import page_data

    known = st.session_state.get("review_sheet")
    blind = transcript.name in here.project.hidden_from(here.coder)
    asked = (transcript, codebook, here.coder, here.language, blind)
    if known is None or any(one is not other and one != other for one, other in zip(known[0], asked, strict=True)):
        project = str(here.project.path or here.project.name)
        by = "" if blind else here.project.codebook_versions()[-1].coder
        known = (
            asked,
            page_data(transcript, codebook, coder=here.coder, project=project, t=here.t, codebook_by=by),
        )
        st.session_state["review_sheet"] = known
    page: Json = known[1]
    return page


def _keep(here: Here) -> None:
    """Store what the coder did, before the page hears that it is stored."""
    import streamlit as st

    from codering.web.transcript.actions import keep

    raws = _told().get("actions") or []
    st.session_state["review_results"] = keep(here.project, raws, coder=here.coder, t=here.t)
    learn_if_wanted(here)
    if is_stale(here):
        st.rerun("review")  # the list of transcripts stands above the fragment of the page


def _told() -> dict[str, Any]:
    """What the browser told last: what it holds, and the actions that wait there."""
    import streamlit as st

    found = (st.session_state.get(KEY) or {}).get("queue")
    return found if isinstance(found, dict) else {}


def _leave() -> None:
    """Go on in another transcript, or where one looks when there is none to go on in."""
    import streamlit as st

    where = st.session_state[KEY].get("at") or {}
    if "transcript" in where:
        st.session_state[CHOSEN] = where["transcript"]
        st.session_state["review_at"] = where
    elif where.get("show") == "missed":
        st.session_state["review_missed"] = True  # the pop-up of that name opens
    else:
        st.session_state["review_go"] = where.get("show")
    st.rerun("review")  # the choice of the transcript, and the pop-ups, stand above the fragment of the page


def _arrive(here: Here) -> None:
    """Take in what another page points to, once: a transcript and a turn."""
    import streamlit as st

    name, turn = arrived("transcript"), arrived("turn")
    where = {"transcript": name, "turn": int(turn) if turn and turn.isdigit() else 1, "item": None}
    if name and where != st.session_state.get("review_arrived"):
        st.session_state["review_arrived"] = where
        st.session_state[CHOSEN] = name
        st.session_state["review_at"] = where if turn else None
    known = [transcript.name for transcript in here.project.transcripts()]
    if chosen() not in known:
        st.session_state[CHOSEN] = known[0]


def _watch(here: Here) -> None:
    """Notice what another tab, coder or program wrote, and show it."""
    import streamlit as st

    if st.session_state.get("review_seen") not in (None, here.project.revisions()):
        st.rerun()
