"""A student's answers as a file: JSON Lines, only ever added to, without a word of the transcripts.

The first line says which exercise, of which project, by whom; each further line is a turn that was handed in. A teacher
collects the files of a class; no server is needed, and a student may be called anything.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from codering.codings import Stance
from codering.errors import CoderingError, cause
from codering.practice.exercises import Exercise
from codering.practice.material import Mark
from codering.transcripts import Place, Segment

_KEY: Final = "codering_practice"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What a student handed in for one turn.

    Attributes
    ----------
    place, marks
        The turn, and the codes; none for "no code".
    time
        When, ISO 8601 in UTC.
    """

    place: Place
    marks: tuple[Mark, ...]
    time: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a student handed in for one exercise.

    Attributes
    ----------
    student
        A name, or a pseudonym.
    exercise
        The code of the exercise.
    answers
        In the order in which they were handed in; the first for a turn counts, because feedback follows it.
    """

    student: str
    exercise: str
    answers: tuple[Answer, ...]


class SheetFile:
    """A file that answers are added to; what was added is on the disk.

    Parameters
    ----------
    path
        Where; an existing file of the same exercise and student is continued.
    """

    def __init__(self, path: Path) -> None:
        self.path: Final = path

    def begin(self, exercise: Exercise, student: str) -> Sheet:
        """Start a file, or continue one.

        Raises
        ------
        CoderingError
            If the file is of another exercise or student, is no file with answers, or cannot be written.
        """
        if not student.strip():
            raise CoderingError("Give a name or a pseudonym, so that your teacher can tell whose answers these are.")
        if not self.path.exists():
            self._add({_KEY: _VERSION, "exercise": exercise.code, "student": student.strip(), "started": _now()})
        sheet = read_sheet(self.path)
        if (sheet.exercise, sheet.student) != (exercise.code, student.strip()):
            raise CoderingError(
                "{file} holds answers of {student} to the exercise {found}. Choose another file.",
                file=self.path.name,
                student=sheet.student,
                found=sheet.exercise,
            )
        return sheet

    def hand_in(self, place: Place, marks: Iterable[Mark]) -> Answer:
        """Add an answer. When this returns, it is on the disk."""
        answer = Answer(place, tuple(sorted(marks)), _now())
        self._add(
            {
                "transcript": place[0],
                "turn": place[1],
                "codes": [
                    {"code": m.code, "stance": m.stance.value, "start": m.segment.start, "end": m.segment.end}
                    for m in answer.marks
                ],
                "time": answer.time,
            }
        )
        return answer

    def _add(self, record: Mapping[str, object]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise CoderingError(
                "{file} cannot be written ({reason}).", file=self.path.name, reason=cause(error)
            ) from None


def read_sheet(path: Path) -> Sheet:
    """Read a file with answers.

    Raises
    ------
    CoderingError
        If it is none, or a line is damaged: the message names the file and the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise CoderingError(
            "{file}: the file cannot be read ({reason}).", file=path.name, reason=cause(error)
        ) from None
    except UnicodeDecodeError:
        lines = []
    head = _record(lines[0]) if lines else None
    if head is None or head.get(_KEY) != _VERSION:
        raise CoderingError("{file} holds no answers to an exercise; expected a file of codering.", file=path.name)
    answers: dict[Place, Answer] = {}
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        try:
            answer = _answer(_record(line) or {})
        except (KeyError, TypeError, ValueError, CoderingError):
            raise CoderingError(
                "{file}, line {number}: this is no answer to a turn. Ask for the file again, or remove the line.",
                file=path.name,
                number=number,
            ) from None
        answers.setdefault(answer.place, answer)
    return Sheet(str(head.get("student", "")), str(head.get("exercise", "")), tuple(answers.values()))


def sheet_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files among paths, and the ``.jsonl`` files in the folders among them."""
    return tuple(file for path in paths for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path]))


def _record(line: str) -> dict[str, object] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _answer(record: Mapping[str, object]) -> Answer:
    name, turn, codes = record["transcript"], record["turn"], record["codes"]
    if not isinstance(name, str) or not isinstance(turn, int) or not isinstance(codes, list):
        raise TypeError
    marks = (
        Mark(str(code["code"]), Stance(code["stance"]), Segment(name, turn, int(code["start"]), int(code["end"])))
        for code in codes
    )
    return Answer((name, turn), tuple(sorted(marks)), str(record.get("time", "")))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
