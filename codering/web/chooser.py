"""Choosing a transcript from a list that says how far the coder is with each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from codering.project import Standing

if TYPE_CHECKING:
    from codering.texts import Texts
    from codering.web.here import Here

CHOSEN: Final = "review_transcript"
"""The key of the choice; holds the name of the transcript."""
_LABELS: Final = "review_labels"
"""Every label of this session, with the name of its transcript."""
_SHOWN: Final = "review_standings"

SIGNS: Final = {Standing.UNTOUCHED: "○", Standing.BEGUN: "…", Standing.ANSWERED: "✓", Standing.FINISHED: "✓"}


def standing_text(standing: Standing, t: Texts) -> str:
    """How far a coder is with a transcript, in a few words."""
    return {
        Standing.UNTOUCHED: t("not begun"),
        Standing.BEGUN: t("under way"),
        Standing.ANSWERED: t("answered"),
        Standing.FINISHED: t("finished"),
    }[standing]


def choose(here: Here) -> str:
    """Show the list, and give the name of the transcript that is chosen."""
    import streamlit as st

    standings, titles = _standings(here), titles_of(here)
    labels = {name: _label(titles[name], standing, here.t) for name, standing in standings.items()}
    if st.session_state.get(_SHOWN) != standings or st.session_state.get(CHOSEN) not in labels:
        st.session_state[_SHOWN] = standings
        # The browser knows an option by its label: it is told anew what is chosen when labels change.
        st.session_state[CHOSEN] = chosen()
    st.session_state[_LABELS] = st.session_state.get(_LABELS, {}) | {label: name for name, label in labels.items()}
    found = st.selectbox(
        here.t("Transcript"),
        list(labels),
        format_func=lambda one: labels.get(one, one),
        key=CHOSEN,
        label_visibility="collapsed",
        persist_state="session",
        width="stretch",
    )
    return str(found)


def chosen() -> str:
    """The name of the transcript that is chosen, also where the browser told an older label of it; empty if none is."""
    import streamlit as st

    told = st.session_state.get(CHOSEN)
    known: dict[str, str] = st.session_state.get(_LABELS, {})
    return known.get(told, told) if isinstance(told, str) else ""


def is_stale(here: Here) -> bool:
    """Whether the list says something else than it would now."""
    import streamlit as st

    with here.project.moment():
        return bool(st.session_state.get(_SHOWN) != _standings(here))


def titles_of(here: Here) -> dict[str, str]:
    """The titles of all transcripts, by name; one that several have stands with the name behind it."""
    titles = {one.name: one.title or one.name for one in here.project.transcripts()}
    count = Counter(titles.values())
    return {name: title if count[title] == 1 else f"{title} ({name})" for name, title in titles.items()}


def _standings(here: Here) -> dict[str, Standing]:
    return {one.key: one.standing for one in here.project.progress(coder=here.coder)}


def _label(title: str, standing: Standing, t: Texts) -> str:
    sign = f"{SIGNS[standing]} {title}"
    return sign if standing is Standing.UNTOUCHED else f"{sign} · {standing_text(standing, t)}"
