"""Bringing transcripts in: dropped files are read and shown, corrected, and only then saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from codering.errors import CoderingError, Problem
from codering.previews import turn_table
from codering.web.literal import plain
from codering.web.messages import progress, said, show_error, show_problems
from codering.web.numbers import count, frame
from codering.web.project import speakers

if TYPE_CHECKING:
    from codering.readers import Reading, Sidecar
    from codering.transcripts import Transcript
    from codering.web.here import Here

_READ: Final = "project_read"
_REPORT: Final = "project_report"
_ROUND: Final = "project_round"


def show(here: Here) -> None:
    """Show where to drop files, and what was read of those that were."""
    from codering.readers import suffixes

    t = here.t
    round_ = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader(
        t("Drop transcripts here: Word, text, subtitles, Excel, PDF and more. Nothing leaves this computer."),
        type=[suffix.lstrip(".") for suffix in (*suffixes(), ".yaml", ".yml")],
        accept_multiple_files=True,
        key=f"project_files_{round_}",
        help=t("A YAML file with the same name as a transcript says more about it: group, wave, date, speakers."),
    )
    readings = _read(here, files or [])
    if not readings:
        return
    st.header(t("Check what was read"))
    st.write(
        t("Nothing is saved yet. Correct who leads the conversation: turns of a moderator are never coded or counted.")
    )
    ready: list[Reading] = []
    for identity, reading in readings:
        with said(t):
            ready.append(_preview(here, identity, reading, open_=len(readings) == 1))
    looking = st.checkbox(t("Then let the rules look for suggestions"), value=True, key="project_then_suggest")
    label = t.plural("Save {count} transcript", "Save {count} transcripts", len(ready))
    if st.button(label, type="primary", key="project_save", disabled=len(ready) != len(readings)):
        _save(here, ready, looking=looking)


def show_report(here: Here) -> None:
    """Say once what came of saving."""
    report: tuple[int, tuple[str, ...], tuple[Problem, ...]] | None = st.session_state.pop(_REPORT, None)
    if report is None:
        return
    t = here.t
    added, unchanged, problems = report
    st.success(t.plural("{count} transcript was added.", "{count} transcripts were added.", added))
    if unchanged:
        st.info(t("Already in the project, and left as they were: {names}.", names=plain(", ".join(unchanged))))
    show_problems(t, problems)


def suggest(here: Here) -> None:
    """Let the rules look at every transcript; shows how far it is."""
    with progress(here.t("Looking for suggestions")) as step:
        here.project.suggest(progress=step)


def _read(here: Here, files: Sequence[Any]) -> list[tuple[str, Reading]]:
    """Read each file once; what cannot be read is said here."""
    from codering.readers import read_data
    from codering.readers.sidecar import SUFFIXES

    known: dict[str, Reading | CoderingError] = st.session_state.get(_READ, {})
    beside = {PurePath(one.name).stem: one for one in files if PurePath(one.name).suffix.lower() in SUFFIXES}
    kept: dict[str, Reading | CoderingError] = {}
    found: list[tuple[str, Reading]] = []
    for file in files:
        stem = PurePath(file.name).stem
        if beside.get(stem) is file:
            continue
        about = beside.get(stem)
        identity = f"{file.file_id}_{about.file_id if about else ''}"
        try:
            if identity not in known:
                known[identity] = read_data(file.getvalue(), file.name, _sidecar(about))
        except CoderingError as error:
            known[identity] = error
        kept[identity] = outcome = known[identity]
        if isinstance(outcome, CoderingError):
            show_error(here.t, outcome)
        else:
            found.append((identity, outcome))
    st.session_state[_READ] = kept
    return found


def _sidecar(file: Any) -> Sidecar | None:  # noqa: ANN401
    from codering.readers import sidecar_from

    return sidecar_from(file.getvalue(), file.name) if file else None


def _preview(here: Here, identity: str, reading: Reading, *, open_: bool) -> Reading:
    """Show what was read of one file, and give it as corrected."""
    t = here.t
    transcript = reading.transcript
    leading = sum(1 for one in transcript.speakers if one.role.value == "moderator")
    title = t(
        "{file}: {turns} {turns:turn|turns}, {speakers} {speakers:speaker|speakers}, moderators: {moderators}",
        file=plain(transcript.source),
        turns=count(t, len(transcript.turns)),
        speakers=len(transcript.speakers),
        moderators=leading,
    )
    with st.expander(title, expanded=open_ or not leading or bool(reading.problems)):
        show_problems(t, reading.problems)
        st.caption(
            t(
                "Words in the file: {words_in}; words in turns: {words_out}.",
                words_in=count(t, reading.words_in),
                words_out=count(t, reading.words_out),
            )
        )
        transcript = _described(here, identity, transcript)
        corrected = speakers.edited(t, transcript, key=f"project_speakers_{identity}")
        st.dataframe(frame(t, turn_table(transcript)), hide_index=True, height=320, key=f"project_turns_{identity}")
    return replace(reading, transcript=replace(transcript, speakers=corrected))


def _described(here: Here, identity: str, transcript: Transcript) -> Transcript:
    """Ask for the group, the wave and the date."""
    from codering.project.holdings import checked_date

    t = here.t
    group, wave, date = st.columns(3)
    name = group.text_input(t("Group"), transcript.group or "", key=f"project_group_{identity}", max_chars=100)
    round_ = wave.text_input(t("Wave"), transcript.wave or "", key=f"project_wave_{identity}", max_chars=100)
    day = date.text_input(
        t("Date"), transcript.date or "", key=f"project_date_{identity}", placeholder="2026-04-14", max_chars=10
    )
    if day.strip():
        checked_date(day.strip())
    return replace(transcript, group=name.strip() or None, wave=round_.strip() or None, date=day.strip() or None)


def _save(here: Here, readings: Sequence[Reading], *, looking: bool) -> None:
    report = here.project.add_readings(readings)
    if looking and report.added:
        suggest(here)
    # What the preview has shown already is not said again.
    told = {str(problem) for reading in readings for problem in reading.problems}
    news = tuple(problem for problem in report.problems if str(problem) not in told)
    st.session_state[_REPORT] = (len(report.added), report.unchanged, news)
    st.session_state[_READ] = {}
    st.session_state[_ROUND] += 1  # an empty place to drop files
    st.rerun()
