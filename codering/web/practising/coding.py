"""Code one turn, and hear what decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from codering.codings import Stance
from codering.practice import RULES, Mark
from codering.project.practising import feedback_on, whole_turn
from codering.transcripts import Place
from codering.web.literal import escaped, plain
from codering.web.practising.state import TOLD, WIDTH, Doing, stop

if TYPE_CHECKING:
    from codering.practice import Feedback
    from codering.practice.feedback import Explained
    from codering.web.here import Here

_BEFORE = 4
"""Turns that are shown above the one that is asked."""
_ASKED = "font-size:1.15rem;border-left:4px solid;padding:.4rem 0 .4rem 1rem"
_EARLIER = "padding-left:1.25rem"


def show_turn(here: Here, now: Doing) -> None:
    """Show the turn that is to be coded, or the feedback on the one that was handed in."""
    with st.container(width=WIDTH):
        _show_turn(here, now)


def _show_turn(here: Here, now: Doing) -> None:
    t, places = here.t, now.exercise.places
    told: Place | None = st.session_state.get(TOLD)
    number = places.index(told) if told in places else now.next
    st.progress(
        (number + (told is not None)) / len(places), t("Turn {number} of {count}", number=number + 1, count=len(places))
    )
    place = places[number]
    _conversation(now, place)
    if told is None:
        _ask(here, now, place)
    else:
        answer = next(one for one in now.sheet.answers if one.place == place)
        _tell(here, now, feedback_on(now.scope, now.likeness, place, answer.marks, here.language))
        if st.button(t("Next turn"), type="primary", key="practice_next", shortcut="Enter"):
            st.session_state.pop(TOLD)
            st.rerun()
    st.button(t("Stop for now"), key="practice_stop", on_click=stop)


def _conversation(now: Doing, place: Place) -> None:
    """The turn with some turns before it; words of others, so escaped."""
    transcript = now.scope.by_name[place[0]]
    lines = []
    for number in range(max(1, place[1] - _BEFORE), place[1] + 1):
        turn = transcript.turn(number)
        asked = number == place[1]
        style = _ASKED if asked else _EARLIER
        lines.append(
            f'<p lang="nl" translate="no" style="line-height:1.6;max-width:70ch;margin:.6rem 0;{style}">'
            f"<strong>{escaped(transcript.speaker(turn.speaker).shown)}</strong> {escaped(turn.text)}</p>"
        )
    st.html("".join(lines))


def _ask(here: Here, now: Doing, place: Place) -> None:
    t = here.t
    key = f"{place[0]}_{place[1]}"
    themes = now.exercise.settings.themes
    codes = {code.id: code for code in now.scope.codebook if not themes or code.theme in themes}
    labels = {one: code.label.in_language(here.language) for one, code in codes.items()}
    chosen = st.multiselect(
        t("Which codes does the last turn carry?"),
        list(codes),
        format_func=labels.__getitem__,
        select_all=False,
        placeholder=t("Type to search; nothing means no code"),
        key=f"practice_codes_{key}",
    )
    if themes:
        names = [one.label.in_language(here.language) for one in now.scope.codebook.themes if one.id in themes]
        st.caption(plain(t("Only codes of these themes are asked: {themes}.", themes=", ".join(names))))
    denied = {
        one
        for one in chosen
        if st.toggle(t("{code}: the speaker denies it", code=plain(labels[one])), key=f"practice_denied_{key}_{one}")
    }
    # Not Ctrl+Enter: the list of codes takes every Enter, and would add the code that is lit up.
    if st.button(t("Hand in"), type="primary", key="practice_hand_in", shortcut="Ctrl+S"):
        segment = whole_turn(now.scope, place)
        marks = [Mark(one, Stance.DENIES if one in denied else Stance.CONFIRMS, segment) for one in chosen]
        now.file.hand_in(place, marks)
        st.session_state[TOLD] = place
        st.rerun()
    with st.expander(t("What the codes mean")):
        for one, code in codes.items():
            st.markdown(f"**{plain(labels[one])}** {plain(code.definition)}")
    with st.expander(t("The rules of coding")):
        for rule in RULES:
            st.markdown(plain(rule.translated(t.translate)))


def _tell(here: Here, now: Doing, feedback: Feedback) -> None:
    translate = here.t.translate
    labels = ", ".join(
        f"{now.scope.codebook.code(mark.code).label.in_language(here.language)} "
        f"({here.t('denies') if mark.stance is Stance.DENIES else here.t('confirms')})"
        for mark in feedback.given
    )
    st.caption(plain(here.t("Your answer: {codes}", codes=labels or here.t("no code"))))
    contested = any(one.difference.contested for one in feedback.explained)
    show = st.warning if not feedback.right else st.info if contested else st.success
    show(
        plain(feedback.verdict.translated(translate)), icon="🔎" if not feedback.right else "💬" if contested else "✅"
    )
    for one in feedback.explained:
        _explain(here, now, one)


def _explain(here: Here, now: Doing, one: Explained) -> None:
    translate = here.t.translate
    sign = "💬" if one.difference.contested else "×" if one.difference.wrong else "✓"
    with st.container(border=bool(one.because)):
        st.markdown(f"{sign} **{plain(one.verdict.translated(translate))}**")
        reasons = [(plain(reason.what.translated(translate)), plain(reason.text)) for reason in one.because]
        st.markdown("\n".join(f"- {what}: {text}" if text else f"- {what}" for what, text in reasons))
        for other in one.similar:
            # What it is shown for was named just now.
            codes = dict.fromkeys(mark.code for mark in other.marks if mark.code != other.code)
            names = ", ".join(now.scope.codebook.code(code).label.in_language(here.language) for code in codes)
            st.markdown(f"> {plain(other.words)}")
            where = here.t("{name}, turn {number}", name=other.place[0], number=other.place[1])
            more = f" · {here.t('also: {codes}', codes=names)}" if names else ""
            st.caption(plain(f"{other.why.translated(translate)} {where}{more}"))
