"""Adding files to a project: what each will be called, and what was there already."""

from __future__ import annotations

import hashlib
import stat
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from codering.errors import CoderingError, Message, Problem, cause
from codering.project.deciding import now
from codering.project.finding import transcript_files
from codering.project.rereading import carried, take_over
from codering.readers.sidecar import sidecar_path
from codering.store.records import Held, Origin
from codering.transcripts import Transcript

if TYPE_CHECKING:
    from codering.readers import Reading
    from codering.store import Store

Progress = Callable[[int, int], None]
"""Told how many are done and how many there are."""


@dataclass(frozen=True, slots=True)
class AddReport:
    """What came of adding files.

    Attributes
    ----------
    added
        What was read and added, under the name that it has in the project.
    unchanged
        Names of the transcripts that were there already.
    problems
        What a person should know: about files that could not be added, and about what was read in those that were.
    """

    added: tuple[Reading, ...]
    unchanged: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A reading, and where it came from."""

    reading: Reading
    file_hash: str
    folder: str
    folder_hash: str


def add_files(
    store: Store, paths: Iterable[str | Path], read: Callable[[Path], Reading], *, progress: Progress | None = None
) -> AddReport:
    """Read files and add what they hold; a bad file never stops the others.

    Parameters
    ----------
    store
        Of the project.
    paths
        Files and folders.
    read
        Makes a reading of a file, or raises.
    progress
        Told after each file.

    Returns
    -------
    AddReport
        With what is wrong with a file as a problem, also where there is none to read.
    """
    adding = _Adding(store)
    files = [path for path, _ in transcript_files(paths, adding.problems.append)]
    if not files:
        adding.problems.append(Problem("", "", "No files were found that could be transcripts."))
    for done, path in enumerate(files, start=1):
        adding.file(path, read)
        if progress:
            progress(done, len(files))
    return adding.report()


def add_readings(store: Store, readings: Iterable[Reading]) -> AddReport:
    """Add what was read before, for example after a person corrected the roles; else as :func:`add_files`."""
    adding = _Adding(store)
    for reading in readings:
        adding.candidate(_Candidate(reading, "", "", ""))
    return adding.report()


class _Adding:
    """One call: what is in the project, what this call added, and what there is to say."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._project = store.meta().get("id", "")
        self._held = list(store.transcripts.held())
        self._earlier = {held.name for held in self._held}
        self._added: list[Reading] = []
        self._unchanged: list[str] = []
        self.problems: list[Problem] = []

    def report(self) -> AddReport:
        return AddReport(tuple(self._added), tuple(self._unchanged), tuple(self.problems))

    def file(self, path: Path, read: Callable[[Path], Reading]) -> None:
        try:
            if not stat.S_ISREG(path.stat().st_mode):  # reading a pipe would wait for ever
                self.problems.append(Problem(path.name, "", "This is no file that can be read from begin to end."))
                return
            hashed = _hash(path)
            known = next((one for one in self._held if _same_file(one, path.name, hashed)), None)
            if known is not None and not self._store.transcripts.is_altered(known.name):
                self._unchanged.append(known.name)
                return
            folder = path.resolve().parent
            mark = hashlib.sha256(f"{self._project}\n{folder}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
            self.candidate(_Candidate(read(path), hashed, folder.name, mark))
        except OSError as error:
            reason = cause(error)
            self.problems.append(Problem(path.name, "", "The file cannot be read ({reason}).", reason=reason))
        except CoderingError as error:
            self._refused(error)

    def candidate(self, new: _Candidate) -> None:
        """Add a reading, replace an earlier version of it, or leave it."""
        transcript = new.reading.transcript
        same_source = [one for one in self._held if _known_as(one, transcript)]
        for one in same_source:
            if one.text_hash == transcript.hash:
                self._same_words(one, new)
                return
        before = next((one for one in same_source if self._is_version(one, new)), None)
        reading = new.reading
        if before is not None:
            (old,) = self._store.transcripts.all(before.name)
            if before.decisions:
                self.problems.append(_refusal(before, old, transcript))
                return
            note = Message(
                "The file has changed since it was added; nothing was decided about it, so its words were replaced. "
                "What was filled in about its speakers and group stayed."
            )
            reading = carried(_renamed(reading, before.name, note), old)
        else:
            name, note_or_none = self._name(new)
            reading = _renamed(reading, name, note_or_none)
        self._write(new, reading, before)

    def _write(self, new: _Candidate, reading: Reading, before: Held | None) -> None:
        transcript = reading.transcript
        twin = next((one for one in self._held if one.text_hash == transcript.hash), None)
        if twin is not None:
            note = Message("This transcript has the same words as {name}; both are counted.", name=twin.name)
            reading = _renamed(reading, transcript.name, note)
        origin = Origin(new.file_hash, new.folder_hash, reading.words_in, reading.words_out, reading.problems, now())
        try:
            self._store.transcripts.add(transcript, origin, instead_of=before.name if before else None)
        except CoderingError as error:
            self._refused(error)
            return
        self._held = [one for one in self._held if one is not before]
        turns = len(transcript.turns)
        held = Held(transcript.name, transcript.source, transcript.format, transcript.hash, origin, turns, 0)
        self._held.append(held)
        self._earlier.discard(transcript.name)
        self._added.append(reading)
        self.problems += reading.problems

    def _same_words(self, held: Held, new: _Candidate) -> None:
        """Leave the words as they are, and take over what a sidecar beside the file says now."""
        if self._store.transcripts.is_altered(held.name):
            self._restore(held, new.reading)
        else:
            self._unchanged.append(held.name)
        if new.folder_hash and held.origin.folder_hash not in ("", new.folder_hash):
            return  # a copy from elsewhere says nothing about this one
        if "" in (new.folder_hash, held.origin.folder_hash) and new.reading.sidecar is None:
            return  # given by hand, now or before, and nothing was said about it
        (transcript,) = self._store.transcripts.all(held.name)
        told = take_over(self._store, transcript, new.reading)
        hashed, folder = new.file_hash or held.origin.file_hash, held.origin.folder_hash or new.folder_hash
        origin = replace(held.origin, file_hash=hashed, folder_hash=folder, problems=new.reading.problems)
        self._store.transcripts.reread(held.name, origin)
        self.problems += (*new.reading.problems, *((told,) if told else ()))

    def _restore(self, held: Held, reading: Reading) -> None:
        """Put back words that were damaged in the project; their hash says that they are the same."""
        self._store.transcripts.restore(replace(reading.transcript, name=held.name))
        message = "The words that this project kept of {name} were damaged; they were put back from the file."
        self.problems.append(Problem(held.source, "", message, name=held.name))

    def _is_version(self, held: Held, new: _Candidate) -> bool:
        """Whether a file of the same name is the same file with other words, and not another group's.

        A file in the same folder is. A file in another folder (it was moved, or came through a browser, which does not
        say) is if at least half of what is said in the shorter one stands, turn by turn, in the other.
        """
        if new.folder_hash and held.origin.folder_hash == new.folder_hash:
            return True
        if held.name not in self._earlier:
            return False
        (old,) = self._store.transcripts.all(held.name)
        before, after = _said(old), _said(new.reading.transcript)
        return _length(before & after) * 2 >= min(_length(before), _length(after))

    def _name(self, new: _Candidate) -> tuple[str, Message | None]:
        """A name that is free: the stem, or the stem with what tells it from the one that has it."""
        transcript = new.reading.transcript
        taken = {one.name: one for one in self._held}
        if transcript.name not in taken:
            return transcript.name, None
        suffix = Path(transcript.source).suffix.lstrip(".").lower()
        mark = new.folder if any(one.source == transcript.source for one in self._held) else suffix
        name, number = f"{transcript.name} ({mark})" if mark else f"{transcript.name} (2)", 2
        while name in taken:
            name = f"{transcript.name} ({mark} {number})" if mark else f"{transcript.name} ({number})"
            number += 1
        note = Message(
            "There is a transcript named {taken} already, from {source}; this one is called {name}.",
            taken=transcript.name,
            source=taken[transcript.name].source,
            name=name,
        )
        return name, note

    def _refused(self, error: CoderingError) -> None:
        # The message names the file already.
        self.problems += (Problem("", "", error.message), *error.problems)


def _hash(path: Path) -> str:
    """What tells a file from other versions of it, its sidecar included: what that says is read with the file."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    beside = sidecar_path(path)
    if beside is None:
        return found
    with suppress(OSError):  # one that may not be read is a problem of the reading
        found += hashlib.sha256(beside.read_bytes()).hexdigest()
    return hashlib.sha256(found.encode()).hexdigest()


def _same_file(held: Held, source: str, hashed: str) -> bool:
    return held.source == source and held.origin.file_hash == hashed


def _known_as(held: Held, transcript: Transcript) -> bool:
    if transcript.source:
        return held.source == transcript.source
    return held.name == transcript.name  # not read from a file


def _said(transcript: Transcript) -> Counter[str]:
    return Counter(turn.text for turn in transcript.turns)


def _length(said: Counter[str]) -> int:
    return sum(len(text) * count for text, count in said.items())


def _refusal(held: Held, old: Transcript, new: Transcript) -> Problem:
    """Why a file is not read again: decisions point at turns and words, and say who spoke them."""
    said, says = ([turn.text for turn in one.turns] for one in (old, new))
    if said == says:
        turn = next(one.number for one, two in zip(old.turns, new.turns, strict=True) if one.speaker != two.speaker)
        return Problem(
            held.source,
            "",
            "The words are those that were added as {name}, but turn {turn} (and perhaps more) has another speaker "
            "now, and decisions say who spoke ({count}). It was left as it was. If only a name should be different, "
            "fill in a pseudonym; if turns belong to somebody else, add the new file under another name, or begin a "
            "new project.",
            name=held.name,
            turn=turn,
            count=held.decisions,
        )
    return Problem(
        held.source,
        "",
        "The words of this file have changed since it was added as {name}, and decisions refer to the old words "
        "({count}). It was left as it was. Add the new file under another name, or begin a new project.",
        name=held.name,
        count=held.decisions,
    )


def _renamed(reading: Reading, name: str, note: Message | None) -> Reading:
    transcript = reading.transcript
    if transcript.name != name:
        transcript = replace(transcript, name=name)
    problems = (*reading.problems, Problem(transcript.source, "", note)) if note else reading.problems
    return replace(reading, transcript=transcript, problems=problems)
