"""Disagreements one by one: both codings beside each other, a key for each choice, a reason, undo."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.analysis.disagreement_tables import DIFFERENCES
from codering.codings import STANCES, Coding, Stance
from codering.naming import with_labels
from codering.project.thirds import Adjudication, Case, Choice, Other
from codering.transcripts import Segment, Transcript
from codering.web.comparing.choices import Choices
from codering.web.literal import escaped, plain
from codering.web.messages import said

if TYPE_CHECKING:
    from codering.web.here import Here
from codering.web.session import ask_coder

REASON: Final = "agreement_reason"
AT: Final = "agreement_at"
_ACTION: Final = "agreement_action"
_OTHER: Final = "agreement_other"
_KEYS: Final = {Choice.ONE: "A", Choice.TWO: "B", Choice.BOTH: "2", Choice.NEITHER: "0"}
"""Streamlit keeps R and C for itself, and takes letters and digits only."""


def show(here: Here, choices: Choices) -> None:
    """Show the next disagreement that is open, or how it ended."""
    t, project = here.t, here.project
    if not here.coder:
        ask_coder(t, project)
        return
    if len(choices.coders) != 2:
        st.info(t("Disagreements are decided between two coders: choose two."))
        return
    found = project.adjudication(choices.coders, by=here.coder, scope=choices.scope)
    if not found.begun:
        _show_begin(here, choices, found)
        return
    done = len(found.cases) - len(found.open)
    share = done / len(found.cases) if found.cases else 1.0
    st.progress(share, t("{done} of {all} {all:disagreement|disagreements} decided", done=done, all=len(found.cases)))
    open_cases = found.open
    if not open_cases:
        _show_end(here, choices, found)
        return
    at = min(int(st.session_state.get(AT, 0)), len(open_cases) - 1)
    case = open_cases[at]
    _show_case(here, case, found.coders)
    _show_choices(here, choices, case, found)
    _show_steps(here, found, at, len(open_cases))


def _show_begin(here: Here, choices: Choices, found: Adjudication) -> None:
    t = here.t
    st.write(
        t(
            "{differ} {differ:time|times} these coders differ; {same} {same:coding|codings} they both gave. What "
            "both gave is taken over into a third set, with the longer passage; then you decide the rest one by "
            "one.",
            differ=len(found.cases),
            same=found.agreed,
        )
    )
    st.caption(
        plain(t("The third set is called “{name}”. It is a set of its own: nobody's codings change.", name=found.name))
    )
    if st.button(t("Begin"), type="primary", key="agreement_begin"):
        here.project.take_over_agreed(choices.coders, by=here.coder, scope=choices.scope)
        st.rerun()


def _show_end(here: Here, choices: Choices, found: Adjudication) -> None:
    t, project = here.t, here.project
    st.success(t("Everything that these coders differ on has been decided."))
    with st.container(horizontal=True, key="agreement_end"):
        if project.setting("counted_coder") != found.name and st.button(
            t("Count this set in the results"), type="primary", key="agreement_count"
        ):
            project.set_setting("counted_coder", found.name)
            st.rerun()
        _undo_button(here, found)
    if project.setting("counted_coder") == found.name:
        st.caption(plain(t("Results count the set “{name}”.", name=found.name)))
    del choices


def _show_case(here: Here, case: Case, coders: tuple[str, str]) -> None:
    t, project = here.t, here.project
    one = case.disagreement
    transcript, codebook = project.transcript(one.place[0]), project.codebook
    code = codebook.code(one.code)
    label, theme = (label.in_language(here.language) for label in (code.label, codebook.theme_of(one.code).label))
    st.subheader(plain(label))
    where = t("{transcript}, turn {turn}", transcript=transcript.name, turn=one.place[1])
    differ = DIFFERENCES[one.difference].translated(t.translate)
    st.caption(plain(f"{theme} · {where} · {t('Differ on')}: {differ}. {one.why.translated(t.translate)}"))
    with st.expander(t("What the code means")):
        st.text(with_labels(code.definition, codebook, here.language))
        for heading, lines in ((t("Include"), code.include), (t("Exclude"), code.exclude)):
            if lines:
                st.text(with_labels(f"{heading}: {'; '.join(lines)}", codebook, here.language))
    _show_before(transcript, one.place[1])
    sides = ((coders[0], one.one, one.instead_one), (coders[1], one.two, one.instead_two))
    for column, (coder, codings, instead) in zip(st.columns(2), sides, strict=True):
        with column, st.container(border=True):
            st.markdown(f"**{plain(coder)}**: {plain(_given(here, codings))}")
            st.html(_marked(transcript, one.place[1], codings))
            if instead:
                names = ", ".join(codebook.code(other).label.in_language(here.language) for other in instead)
                st.caption(plain(t("Gave here instead: {codes}", codes=names)))


def _show_before(transcript: Transcript, number: int) -> None:
    """Show what was said just before."""
    if number > 1:
        before = transcript.turn(number - 1)
        said = escaped(f"{transcript.speaker(before.speaker).shown}: {before.text}")
        st.html(f'<p class="codering-before" translate="no"><small>{said}</small></p>')


def _show_choices(here: Here, choices: Choices, case: Case, found: Adjudication) -> None:
    t = here.t
    st.text_input(t("Reason"), key=REASON, placeholder=t("Which line of the codebook decides it?"))
    action = st.session_state.setdefault(_ACTION, uuid.uuid4().hex)
    labels = {
        Choice.ONE: found.coders[0],
        Choice.TWO: found.coders[1],
        Choice.BOTH: t("Both"),
        Choice.NEITHER: t("Neither"),
    }
    with st.container(horizontal=True, key="agreement_keys"):
        for choice, label in labels.items():
            st.button(
                plain(label),
                key=f"agreement_{choice.value}",
                shortcut=_KEYS[choice],
                on_click=partial(_decide, here, choices, case, choice, action),
            )
        st.button(t("Something else"), key="agreement_open_other", shortcut="O", on_click=_toggle_other)
        _undo_button(here, found)
    if st.session_state.get(_OTHER):
        _show_other(here, choices, case, action)


def _show_other(here: Here, choices: Choices, case: Case, action: str) -> None:
    t, project = here.t, here.project
    name, number = case.disagreement.place
    transcript = project.transcript(name)
    labels = {code.id: code.label.in_language(here.language) for code in project.codebook}
    stances = {stance.value: STANCES[stance].translated(t.translate) for stance in Stance}
    with st.form("agreement_other_form"):
        code = st.selectbox(t("Code"), list(labels), format_func=lambda one: labels[one], key="agreement_other_code")
        stance = st.selectbox(
            t("Stance"), list(stances), format_func=lambda one: stances[one], key="agreement_other_stance"
        )
        words = st.text_area(
            t("Words of this turn"),
            transcript.turn(number).text.strip(),
            key=f"agreement_words_{case.disagreement.key}",
        )
        if not st.form_submit_button(t("Decide this")):
            return
    text = transcript.turn(number).text
    start = text.find(words.strip())
    if not words.strip() or start < 0:
        st.error(t("These words do not stand in the turn. Copy them as they stand there."))
        return
    segment = Segment(name, number, start, start + len(words.strip()))
    other = Other(str(code), Stance(str(stance)), segment)
    _decide(here, choices, case, Choice.OTHER, action, other)
    st.rerun()


def _show_steps(here: Here, found: Adjudication, at: int, count: int) -> None:
    t = here.t
    with st.container(horizontal=True, key="agreement_steps"):
        st.button(
            t("Previous"), key="agreement_previous", shortcut="Left", disabled=at == 0, on_click=_step, args=(-1,)
        )
        st.button(
            t("Later"), key="agreement_next", shortcut="Right", disabled=at >= count - 1, on_click=_step, args=(1,)
        )
    st.caption(plain(t("Decisions are kept in the set “{name}”.", name=found.name)))


def _undo_button(here: Here, found: Adjudication) -> None:
    nothing = not here.project.to_undo(found.name)
    label = here.t("Undo")
    st.button(label, key="agreement_undo", shortcut="U", disabled=nothing, on_click=partial(_undo, here, found.name))


def _decide(here: Here, choices: Choices, case: Case, choice: Choice, action: str, *others: Other) -> None:
    with said(here.t):
        here.project.adjudicate(
            case.disagreement,
            choice,
            coders=choices.coders,
            by=here.coder,
            reason=str(st.session_state.get(REASON, "")).strip(),
            others=others,
            action=action,
        )
        _next_act()
        if choice is not Choice.OTHER:  # after a form the input is on the page already, and Streamlit refuses
            st.session_state[REASON] = ""


def _undo(here: Here, name: str) -> None:
    with said(here.t):
        here.project.undo(name)
        _next_act()


def _next_act() -> None:
    st.session_state.pop(_ACTION, None)
    st.session_state.pop(_OTHER, None)


def _toggle_other() -> None:
    st.session_state[_OTHER] = not st.session_state.get(_OTHER)


def _step(by: int) -> None:
    st.session_state[AT] = max(int(st.session_state.get(AT, 0)) + by, 0)


def _given(here: Here, codings: tuple[Coding, ...]) -> str:
    t = here.t
    if not codings:
        return t("not given")
    stances = dict.fromkeys(coding.stance for coding in codings)
    return " + ".join(STANCES[stance].translated(t.translate) for stance in stances)


def _marked(transcript: Transcript, number: int, codings: tuple[Coding, ...]) -> str:
    """Who speaks, and the turn with what one coder marked: underlined as well as coloured."""
    turn = transcript.turn(number)
    text, who = turn.text, escaped(transcript.speaker(turn.speaker).shown)
    inside = {place for coding in codings for place in range(coding.segment.start, coding.segment.end)}
    parts: list[str] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or (end in inside) != (start in inside):
            words = escaped(text[start:end])
            parts.append(f"<mark>{words}</mark>" if start in inside else words)
            start = end
    return f'<p class="codering-marked" translate="no"><strong>{who}</strong> {"".join(parts)}</p>'
