"""Above the transcript: which one, what is gone through in what order, progress, and many acceptances at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from codering.codings import STANCES
from codering.review import Filters, Order
from codering.web.chooser import SIGNS, choose, standing_text, titles_of
from codering.web.here import Here
from codering.web.learning import show_learning
from codering.web.literal import plain
from codering.web.messages import said
from codering.web.missing import show_missed

if TYPE_CHECKING:
    from codering.codings import Suggestion
    from codering.project import Reviewed

_EVERYWHERE: Final = (Order.RANDOM, Order.MIX)
_ANY: Final = ""
_WIDE: Final = 560
"""Of what shows progress, in pixels."""
_BAR: Final = 90
"""Of the score from which on suggestions are accepted together, at first; in percent."""


def show_tools(here: Here) -> str:
    """Show what can be chosen, and give the name of the transcript."""
    import streamlit as st

    t, project = here.t, here.project
    with st.container(horizontal=True, vertical_alignment="center", key="review_tools"):
        name = choose(here)
        with st.popover(_going_through(here), key="review_view"):
            _view(here)
        tools: list[tuple[str, str, Callable[[Here, str], None]]] = [
            (t("Progress"), "progress", _progress),
            (t("Missed?"), "missed", show_missed),
        ]
        if name not in project.hidden_from(here.coder):
            tools.append((t("Accept together"), "bulk", _bulk))
        for label, key, fill in tools:
            with st.popover(label, key=f"review_{key}", on_change="rerun") as opened:
                if opened.open:
                    with said(t):
                        fill(here, name)
    return name


def _going_through(here: Here) -> str:
    """What the coder goes through now, in a few words."""
    import streamlit as st

    order = _order_text(here, chosen_order())
    parts = [here.t("Order: {order}", order=order[0].lower() + order[1:])]
    code = str(st.session_state.get("review_code"))
    if code in here.project.codebook:
        parts.append(here.project.codebook.code(code).label.in_language(here.language))
    return plain(" · ".join(parts))


def chosen_order() -> Order:
    """What the coder wants to see first."""
    import streamlit as st

    return Order(st.session_state.get("review_order", Order.PLACE))


def chosen_filters(name: str) -> Filters:
    """Which suggestions the coder wants to go through, in a transcript or in all."""
    import streamlit as st

    return Filters(
        transcript=None if chosen_order() in _EVERYWHERE or st.session_state.get("review_all") else name,
        code=st.session_state.get("review_code") or None,
        source=st.session_state.get("review_source", "any"),
        minimum=st.session_state.get("review_minimum", 0) / 100,
    )


def _order_text(here: Here, order: Order) -> str:
    t = here.t
    return {
        Order.PLACE: t("As the text is read"),
        Order.CERTAIN: t("Most certain first"),
        Order.UNCERTAIN: t("Most doubtful first"),
        Order.RARE: t("Rare codes first"),
        Order.RANDOM: t("Turns drawn at random"),
        Order.MIX: t("A mix, from all transcripts"),
    }[order]


def _view(here: Here) -> None:
    """Choose what is gone through, in what order, and what is shown."""
    import streamlit as st

    t = here.t
    labels = {code.id: code.label.in_language(here.language) for code in here.project.codebook}
    st.selectbox(
        t("Order"),
        list(Order),
        format_func=lambda one: _order_text(here, one),
        index=list(Order).index(Order.PLACE),
        key="review_order",
        persist_state="session",
    )
    st.selectbox(
        t("Suggestions for"),
        [_ANY, *labels],
        format_func=lambda one: labels.get(one) or t("All codes"),
        key="review_code",
        persist_state="session",
    )
    sources = {"any": t("everything"), "rule": t("rules"), "learned": t("the model")}
    st.segmented_control(
        t("Suggestions by"),
        list(sources),
        format_func=lambda one: sources[one],
        default="any",
        required=True,
        key="review_source",
        persist_state="session",
    )
    st.slider(t("Score of at least"), 0, 100, step=5, format="%d%%", key="review_minimum", persist_state="session")
    st.toggle(t("Go through all transcripts, not only this one"), key="review_all", persist_state="session")
    st.toggle(t("Also show what was not taken over"), key="review_rejected", persist_state="session")


# Progress


def _progress(here: Here, name: str) -> None:
    """Show how far the coder is: each view as a tab, so that none lies below the edge of a small screen."""
    import streamlit as st

    t, project = here.t, here.project
    titles = titles_of(here)
    read = [(titles[one.key], one) for one in project.progress(coder=here.coder)]
    if name in project.hidden_from(here.coder):
        st.text(t("Turns marked as read"))
        _table(here, read, answered=False, read=True)
        return
    # Of one width: otherwise the pop-up moves from tab to tab.
    by_transcript, by_code, learning = st.container(width=_WIDE).tabs(
        [t("By transcript"), t("By code, in this transcript"), t("Learn from decisions")]
    )
    with by_transcript:
        st.text(t("Suggestions answered, and turns marked as read"))
        _table(here, read, answered=True, read=True)
    with by_code:
        labels = {code.id: code.label.in_language(here.language) for code in project.codebook}
        rows = project.progress(coder=here.coder, by="code", filters=Filters(transcript=name))
        st.text(t("Suggestions answered"))
        _table(here, [(labels.get(one.key, one.key), one) for one in rows], answered=True, read=False)
    with learning:
        show_learning(here)


def _table(here: Here, rows: Sequence[tuple[str, Reviewed]], *, answered: bool, read: bool) -> None:
    import streamlit as st

    t = here.t
    columns: dict[str, list[str]] = {t("Name"): [label for label, _ in rows]}
    if answered:
        columns[t("Answered")] = [f"{one.done}/{one.total}" for _, one in rows]
    if read:
        columns[t("Read")] = [f"{one.read}/{one.turns}" for _, one in rows]
        columns[t("State")] = [f"{SIGNS[one.standing]} {standing_text(one.standing, t)}" for _, one in rows]
    st.dataframe(columns, hide_index=True, height=min(38 + 35 * len(rows), 318))


# Many at once


def _bulk(here: Here, name: str) -> None:
    """Accept every open suggestion above a score, after a look at them; one undo takes all back."""
    import streamlit as st

    t = here.t
    st.slider(t("Accept suggestions with a score of at least"), 50, 100, _BAR, 5, format="%d%%", key="review_bar")
    if st.session_state.pop("review_bulk_stale", False):
        st.warning(
            t(
                "Nothing was accepted: when you chose to accept, other suggestions scored that high than those that "
                "you had looked at. These are the ones now."
            )
        )
    found = _above_bar(here, name)
    if not found:
        st.info(t("No open suggestion that you go through scores that high."))
        return
    _preview(here, found)
    label = t.plural("Accept this suggestion", "Accept these {count} suggestions", len(found))
    st.caption(t("Look at them first: accepted unseen, a suggestion says little. U takes all of them back at once."))
    # Another preview has another button: what is clicked on is then always what stands above it.
    st.button(label, type="primary", key=_button_key(found), on_click=_accept_all, args=(here, name, found))


def _above_bar(here: Here, name: str) -> tuple[Suggestion, ...]:
    """The open suggestions that the coder goes through and that score as high as the slider says now."""
    import streamlit as st

    bar = st.session_state.get("review_bar", _BAR) / 100
    return here.project.acceptable(bar, coder=here.coder, filters=chosen_filters(name))


def _button_key(found: Sequence[Suggestion]) -> str:
    from hashlib import sha256

    return f"review_accept_{sha256(' '.join(one.id for one in found).encode()).hexdigest()[:16]}"


def _preview(here: Here, found: Sequence[Suggestion]) -> None:
    import streamlit as st

    t, codebook = here.t, here.project.codebook
    transcripts = {one.name: one for one in here.project.transcripts()}
    st.dataframe(
        {
            t("Score"): [one.score for one in found],
            t("Code"): [codebook.code(one.code).label.in_language(here.language) for one in found],
            t("Stance"): [STANCES[one.stance].translated(t.translate) for one in found],
            t("Words"): [transcripts[one.segment.transcript].quote(one.segment) for one in found],
            t("Turn"): [one.segment.turn for one in found],
        },
        hide_index=True,
        height=min(38 + 35 * len(found), 320),
        column_config={t("Score"): st.column_config.NumberColumn(format="percent")},
    )


def _accept_all(here: Here, name: str, found: Sequence[Suggestion]) -> None:
    """Accept what was looked at; nothing if it is not what would be shown now, as when the slider moved meanwhile."""
    import streamlit as st

    with said(here.t):
        if {one.id for one in _above_bar(here, name)} != {one.id for one in found}:
            st.session_state["review_bulk_stale"] = True
            return
        made = here.project.accept_all(found, coder=here.coder)
        st.toast(here.t.plural("One suggestion accepted.", "{count} suggestions accepted.", len(made)))
