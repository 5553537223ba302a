"""Codings from elsewhere: rows of a JSON Lines or CSV file become acts of a coder.

A row is an object (of a CSV file: a line under a heading) with ``transcript``, ``turn`` (from 1), ``code``, ``stance``
(``bevestigt`` if absent) and either ``start`` and ``end`` (code points in the turn, half-open), or ``quote`` (the
words, which must occur exactly once in the turn), or both, or neither: then the whole turn is meant. ``reason`` is
kept. A row with ``"read": true`` or without a code says that the coder read the turn, so that the codes it does not
carry count as "not there"; with ``"read": false`` and no code it says nothing. ``drawn`` says ``random`` if the turn
was drawn at random (``codering sample``). Other keys are ignored, so that what ``codering suggestions`` writes can be
read back.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codering.codebooks import Codebook
from codering.codings import Decision, Stance, Verdict, codings_from, standing
from codering.errors import CoderingError, Problem, cause, line
from codering.project.deciding import Act
from codering.recall import RANDOM
from codering.transcripts import Segment, Transcript, Turn

_WHOLE: Final = ("turn", "start", "end")
_YES: Final = frozenset({"true", "waar", "ja", "yes", "x", "1"})
_NO: Final = frozenset({"", "false", "onwaar", "nee", "no", "0"})


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A row of a file with codings.

    Attributes
    ----------
    values
        What the row says, by key.
    source
        The file's name; empty if there is no file.
    line
        Where in the file, from 1.
    """

    values: Mapping[str, object]
    source: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class CodingsReport:
    """What came of adding codings.

    Attributes
    ----------
    added
        How many decisions were added, readings included.
    unchanged
        How many rows the coder had decided before, in the same way.
    problems
        Why rows were refused, by file and line.
    decisions
        What was added.
    """

    added: int
    unchanged: int
    problems: tuple[Problem, ...]
    decisions: tuple[Decision, ...]


def read_coding_rows(path: str | Path) -> tuple[tuple[CodingRow, ...], tuple[Problem, ...]]:
    """Read a JSON Lines file (one object on each line, UTF-8, empty lines ignored), or a CSV file with a heading.

    In a CSV file columns are separated by semicolons, commas or tabs; an empty cell is absent, and an empty cell under
    ``read`` says no.

    Returns
    -------
    rows, problems
        The objects, and the lines that are none.

    Raises
    ------
    CoderingError
        If the file cannot be read at all.
    """
    path = Path(path)
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = cause(error)
        raise CoderingError("{file}: the file cannot be read ({reason}).", file=path.name, reason=reason) from None
    except UnicodeDecodeError:
        raise CoderingError(
            "{file}: this is not a text file in UTF-8. Save it as JSON Lines or CSV in UTF-8.", file=path.name
        ) from None
    if path.suffix.lower() in (".csv", ".tsv"):
        return _csv_rows(content, path.name), ()
    rows, problems = [], []
    # Not splitlines(): that also splits at characters that may stand inside a JSON text.
    for number, text in enumerate(content.split("\n"), start=1):
        if not text.strip():
            continue
        try:
            values = json.loads(text)
        except (ValueError, RecursionError):
            problems.append(Problem(path.name, line(number), "This is no JSON object; expected one on each line."))
            continue
        if isinstance(values, dict):
            rows.append(CodingRow(values, path.name, number))
        else:
            problems.append(Problem(path.name, line(number), "This is no JSON object; expected one on each line."))
    return tuple(rows), tuple(problems)


def _csv_rows(content: str, source: str) -> tuple[CodingRow, ...]:
    heading = content.partition("\n")[0]
    delimiter = max(";,\t", key=heading.count)
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter)
    rows = []
    for row in reader:
        cells = {key: value or "" for key, value in row.items() if isinstance(key, str)}
        values = {key: _cell(key, value) for key, value in cells.items() if value or key == "read"}
        if any(cells.values()):
            rows.append(CodingRow(values, source, reader.line_num))
    return tuple(rows)


def _cell(key: str, text: str) -> object:
    """What a cell says: whole numbers and yes or no where they are expected, otherwise its text."""
    text = text.strip()
    if key in _WHOLE and text.isdecimal():
        return int(text)
    if key == "read" and text.lower() in _YES | _NO:
        return text.lower() in _YES
    return text


def acts_from(
    rows: Iterable[CodingRow | Mapping[str, object]],
    transcripts: Mapping[str, Transcript],
    codebook: Codebook,
    *,
    drawn: str = "",
) -> tuple[tuple[Act, ...], tuple[Problem, ...]]:
    """What the rows say that a coder did, and why rows were refused.

    Parameters
    ----------
    rows
        In order. Objects that come from no file are numbered from 1.
    transcripts
        By name.
    codebook
        The one in force.
    drawn
        How the turns were drawn of which the row does not say it: ``random`` or empty.
    """
    acts: list[Act] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, start=1):
        one = row if isinstance(row, CodingRow) else CodingRow(row, line=number)
        try:
            acts += _acts(one.values, transcripts, codebook, drawn)
        except CoderingError as error:
            problems.append(Problem(one.source, line(one.line), error.message))
    return tuple(acts), tuple(problems)


def fresh(acts: Sequence[Act], so_far: Iterable[Decision], *, coder: str) -> tuple[Act, ...]:
    """Leave out what already holds for the coder, and what comes twice."""
    mine = [decision for decision in so_far if decision.coder == coder]
    seen: set[object] = {(one.segment, one.code, one.stance) for one in codings_from(mine)}
    seen |= {(one.segment, None, None) for one in standing(mine) if one.verdict is Verdict.READ}
    new = []
    for act in acts:
        key = (act.segment, act.code, act.stance)
        if key not in seen:
            seen.add(key)
            new.append(act)
    return tuple(new)


def _acts(
    values: Mapping[str, object], transcripts: Mapping[str, Transcript], codebook: Codebook, drawn: str
) -> list[Act]:
    name = values.get("transcript")
    if not isinstance(name, str):
        raise CoderingError("transcript: expected the name of a transcript; this row has none.")
    if name not in transcripts:
        raise CoderingError("There is no transcript named {name} in this project.", name=name)
    transcript = transcripts[name]
    turn = transcript.turn(_number(values, "turn"))
    if not transcript.is_participant(turn):
        raise CoderingError(
            "{name}, turn {turn}: a moderator speaks here, and only participants are coded. If the role is wrong, "
            "correct it first.",
            name=name,
            turn=turn.number,
        )
    code, reason, read = values.get("code"), values.get("reason") or "", values.get("read")
    if read is None:
        read = not code
    if values.get("drawn") == RANDOM:
        drawn = RANDOM
    if not isinstance(reason, str) or not isinstance(read, bool) or not isinstance(code, str | None):
        raise CoderingError("Expected a text for code and reason, and true or false for read.")
    acts = []
    if code:
        segment = _segment(values, transcript, turn)
        known = codebook.code(code).id
        acts.append(Act(Verdict.ADD, segment=segment, code=known, stance=_stance(values), reason=reason, drawn=drawn))
    if read:
        acts.append(Act(Verdict.READ, segment=transcript.whole(turn), reason="" if code else reason, drawn=drawn))
    return acts


def _number(values: Mapping[str, object], key: str) -> int:
    value = values.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise CoderingError("{key}: expected a whole number, found {found}.", key=key, found=type(value).__name__)


def _stance(values: Mapping[str, object]) -> Stance:
    value = values.get("stance")
    if value in (None, ""):
        return Stance.CONFIRMS
    for stance in Stance:
        if value == stance.value:
            return stance
    raise CoderingError("stance: expected {expected}.", expected=", ".join(Stance))


def _segment(values: Mapping[str, object], transcript: Transcript, turn: Turn) -> Segment:
    quote = values.get("quote")
    if not isinstance(quote, str | None):
        raise CoderingError("quote: expected a text, found {found}.", found=type(quote).__name__)
    if values.get("start") is None and values.get("end") is None:
        return _found(quote, transcript, turn) if quote else transcript.whole(turn)
    segment = Segment(transcript.name, turn.number, _number(values, "start"), _number(values, "end"))
    words = transcript.quote(segment)
    if not words.strip():
        raise CoderingError(
            "{name}, turn {turn}: there are no words between {start} and {end}.",
            name=transcript.name,
            turn=turn.number,
            start=segment.start,
            end=segment.end,
        )
    if quote is not None and words != quote:
        raise CoderingError(
            "{name}, turn {turn}: the quotation is not what stands at [{start}, {end}). Leave out the offsets to have "
            "it looked up.",
            name=transcript.name,
            turn=turn.number,
            start=segment.start,
            end=segment.end,
        )
    return segment


def _found(quote: str, transcript: Transcript, turn: Turn) -> Segment:
    """Where a quotation stands: literally, or else with other white space (a file often wraps its lines)."""
    words = quote.split()
    literally, loosely = re.escape(quote), r"\s+".join(map(re.escape, words))
    places = _places(literally, turn.text) or _places(loosely, turn.text)
    if not places or not words:
        raise CoderingError(
            "{name}, turn {turn}: the quotation does not occur in this turn. Copy the words as they stand there.",
            name=transcript.name,
            turn=turn.number,
        )
    if len(places) > 1:
        raise CoderingError(
            "{name}, turn {turn}: the quotation occurs {count} times in this turn. Quote more words, or give start "
            "and end.",
            name=transcript.name,
            turn=turn.number,
            count=len(places),
        )
    return Segment(transcript.name, turn.number, *places[0])


def _places(pattern: str, text: str) -> list[tuple[int, int]]:
    # A lookahead, so that occurrences that overlap are all seen.
    return [match.span(1) for match in re.finditer(f"(?=({pattern}))", text)]
