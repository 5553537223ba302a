"""Bringing transcripts in: dropped files are read and shown, corrected, and only then saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from codering.errors import CoderingError, Problem
from codering.previews import turn_table
from codering.transcripts import Role
from codering.web.literal import plain
from codering.web.messages import progress, said, show_error, show_problems
from codering.web.numbers import count, filled, frame, show_frame
from codering.web.project import speakers
from codering.web.project.remarks import remarks_here, still_open

if TYPE_CHECKING:
    from codering.readers import Reading, Sidecar
    from codering.transcripts import Transcript
    from codering.web.here import Here

_READ: Final = "project_read"
_REPORT: Final = "project_report"
_ROUND: Final = "project_round"
_Report = tuple[int, tuple[str, ...], tuple[str, ...], tuple[Problem, ...]]
"""How many were added, names of those that were there already, names of files that could not be read, what is wrong."""


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
    readings, unread = _read(here, files or [])
    if not readings:
        return
    if unread:
        st.warning(
            t.plural(
                "{count} file could not be read and is not saved; the others can be. Mend it and drop it again.",
                "{count} files could not be read and are not saved; the others can be. Mend them and drop them again.",
                len(unread),
            )
        )
    st.header(t("Check what was read"))
    st.write(
        t("Nothing is saved yet. Check who leads the conversation: turns of a moderator are never coded or counted.")
    )
    ready: list[Reading] = []
    for identity, reading in readings:
        with said(t):
            ready.append(_preview(here, identity, reading, open_=len(readings) == 1))
    looking = st.checkbox(t("Then let the rules look for suggestions"), value=True, key="project_then_suggest")
    label = t.plural("Save {count} transcript", "Save {count} transcripts", len(ready))
    wrong = len(ready) != len(readings)
    told = t("First correct what is marked in red above.") if wrong else None
    if st.button(label, type="primary", key="project_save", disabled=wrong, help=told):
        _save(here, ready, unread, looking=looking)


def show_report(here: Here) -> None:
    """Say once what came of saving."""
    report: _Report | None = st.session_state.pop(_REPORT, None)
    if report is None:
        return
    t = here.t
    added, unchanged, unread, problems = report
    if added:
        st.success(t.plural("{count} transcript was added.", "{count} transcripts were added.", added))
    if unread:
        st.warning(t("Not added, because they could not be read: {names}.", names=plain(", ".join(unread))))
    if unchanged:
        st.info(t("Already in the project, and left as they were: {names}.", names=plain(", ".join(unchanged))))
    show_problems(t, problems)


def suggest(here: Here) -> None:
    """Let the rules look at every transcript; shows how far it is."""
    with progress(here.t("Looking for suggestions")) as step:
        here.project.suggest(progress=step)


def _read(here: Here, files: Sequence[Any]) -> tuple[list[tuple[str, Reading]], tuple[str, ...]]:
    """Read each file once; what cannot be read is said here, and named in what is returned beside the readings."""
    from codering.readers import read_data
    from codering.readers.sidecar import SUFFIXES

    known: dict[str, Reading | CoderingError] = st.session_state.get(_READ, {})
    beside = {PurePath(one.name).stem: one for one in files if PurePath(one.name).suffix.lower() in SUFFIXES}
    kept: dict[str, Reading | CoderingError] = {}
    found: list[tuple[str, Reading]] = []
    unread: list[str] = []
    _show_lonely(here, files, beside)
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
            unread.append(file.name)
        else:
            found.append((identity, outcome))
    st.session_state[_READ] = kept
    return found, tuple(unread)


def _show_lonely(here: Here, files: Sequence[Any], beside: Mapping[str, Any]) -> None:
    """Name what says more about a transcript that is not there: it would be left out without a word."""
    t = here.t
    stems = {PurePath(one.name).stem for one in files if one not in beside.values()}
    for stem, file in beside.items():
        if stem not in stems:
            st.warning(
                t(
                    "{file} says more about a transcript named {stem}, which is not here. Drop the two together; "
                    "nothing of it is used now.",
                    file=plain(file.name),
                    stem=plain(stem),
                )
            )


def _sidecar(file: Any) -> Sidecar | None:  # noqa: ANN401
    from codering.readers import sidecar_from

    return sidecar_from(file.getvalue(), file.name) if file else None


def _preview(here: Here, identity: str, reading: Reading, *, open_: bool) -> Reading:
    """Show what was read of one file, and give it as corrected."""
    t = here.t
    transcript = reading.transcript
    table = f"project_speakers_{identity}"
    led = any(one.role is Role.MODERATOR for one in transcript.speakers)
    remarks = remarks_here(transcript, reading.problems)
    title = _title(here, transcript, speakers.moderators(transcript, key=table))
    with st.expander(title, expanded=open_ or not led or bool(remarks)):
        above = st.container()
        st.caption(
            t(
                "Words in the file: {words_in}; words in turns: {words_out}.",
                words_in=count(t, reading.words_in),
                words_out=count(t, reading.words_out),
            )
        )
        transcript = _described(here, identity, transcript)
        corrected = replace(transcript, speakers=speakers.edited(t, transcript, key=table))
        with above:
            show_problems(t, remarks_here(corrected, reading.problems))
        turns = turn_table(corrected)
        show_frame(frame(t, turns, filled(turns)), key=f"project_turns_{identity}")
    return replace(reading, transcript=corrected, problems=still_open(corrected, reading.problems))


def _title(here: Here, transcript: Transcript, leading: Sequence[str]) -> str:
    """What is read of a file, in one line: how much, of how many, and who leads."""
    t = here.t
    parts = [
        t.plural("{count} turn", "{count} turns", len(transcript.turns)),
        t.plural("{count} speaker", "{count} speakers", len(transcript.speakers)),
        t("moderator: {names}", names=plain(", ".join(leading))) if leading else t("no moderator"),
    ]
    return f"{plain(transcript.source)}: {', '.join(parts)}"


def _described(here: Here, identity: str, transcript: Transcript) -> Transcript:
    """Ask for the group, the wave and the date."""
    from codering.project.holdings import checked_date

    t = here.t
    group, wave, date = st.columns(3)
    name = group.text_input(t("Group"), transcript.group or "", key=f"project_group_{identity}", max_chars=100)
    round_ = wave.text_input(t("Wave"), transcript.wave or "", key=f"project_wave_{identity}", max_chars=100)
    day = date.text_input(
        t("Date"), transcript.date or "", key=f"project_date_{identity}", placeholder="2026-04-14", max_chars=30
    )
    held = checked_date(day) if day.strip() else None
    return replace(transcript, group=name.strip() or None, wave=round_.strip() or None, date=held)


def _save(here: Here, readings: Sequence[Reading], unread: tuple[str, ...], *, looking: bool) -> None:
    report = here.project.add_readings(readings)
    if looking and report.added:
        suggest(here)
    # What the preview has shown already is not said again.
    told = {str(problem) for reading in readings for problem in reading.problems}
    news = tuple(problem for problem in report.problems if str(problem) not in told)
    st.session_state[_REPORT] = (len(report.added), report.unchanged, unread, news)
    st.session_state[_READ] = {}
    st.session_state[_ROUND] += 1  # an empty place to drop files
    st.rerun()
