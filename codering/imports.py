"""Codings from elsewhere: rows of a JSON Lines or CSV file become acts of a coder.

A row is an object (of a CSV file: a line under a heading) with ``transcript``, ``turn`` (from 1), ``code``, ``stance``
(``bevestigt`` if absent, and it is said how often) and either ``start`` and ``end`` (code points in the turn,
half-open), or ``quote`` (the words, which must occur exactly once in the turn), or both, or neither: then the whole
turn is meant. ``reason`` is kept. A row with ``"read": true`` or without a code says that the coder read the turn, so
that the codes it does not carry count as "not there"; with ``"read": false`` and no code it says nothing. ``drawn``
says ``random`` if the turn was drawn at random (``codering sample``). ``coder`` may say who coded, but one file holds
one coder's codings. What ``codering suggestions`` and ``codering export`` write can be read back, of the latter
what people coded only; for other fields see
:mod:`codering.coding_files`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from codering.codebooks import Codebook
from codering.coding_files import CodingRow, read_coding_rows, understood
from codering.codings import Decision, Stance, Verdict, codings_from, standing
from codering.errors import CoderingError, Message, Problem, line
from codering.exporters.flat import CODED, SUGGESTED
from codering.project.deciding import Act, refuse_moderator, refuse_wordless
from codering.recall import RANDOM
from codering.transcripts import Segment, Transcript, Turn

__all__ = ["CodingRow", "CodingsReport", "acts_from", "fresh", "read_coding_rows", "remarks", "understood"]


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
    refused
        How many rows were refused.
    notes
        What nobody has to mend but everybody should know: fields that were not used, stances that were not given.
    """

    added: int
    unchanged: int
    problems: tuple[Problem, ...]
    decisions: tuple[Decision, ...]
    refused: int = 0
    notes: tuple[Problem, ...] = ()


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


def remarks(rows: Sequence[CodingRow], refused: Sequence[Problem] = ()) -> tuple[Problem, ...]:
    """What was taken for granted: that a coding without a stance confirms.

    Parameters
    ----------
    rows
        As they were read.
    refused
        What :func:`acts_from` says of the rows that do not count.

    Raises
    ------
    CoderingError
        If rows name several coders: who gave which coding would be lost.
    """
    coders = dict.fromkeys(str(who) for row in rows if (who := _coder(row.values)))
    if len(coders) > 1:
        raise CoderingError(
            "These are the codings of several coders ({names}). Add them one coder at a time, from a file for each.",
            names=", ".join(coders),
        )
    lost = {(one.source, str(one.place)) for one in refused}
    without = [
        row
        for row in rows
        if row.values.get("code")
        and row.values.get("stance") in (None, "")
        and (row.source, str(line(row.line))) not in lost
    ]
    if not without:
        return ()
    return (
        Problem(
            without[0].source,
            "",
            "{count} {count:coding says|codings say} nothing about stance and {count:counts|count} as {stance}. "
            "If a speaker denied something, put {denied} under stance in that row: what is denied must not count "
            "as a barrier.",
            count=len(without),
            stance=Stance.CONFIRMS.value,
            denied=Stance.DENIES.value,
        ),
    )


def _coder(values: Mapping[str, object]) -> object:
    """Who coded, as far as the row says so; an export has it under source."""
    return values.get("coder") or (values.get("source") if values.get("status") == CODED else None)


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
    if values.get("status") == SUGGESTED:
        raise CoderingError("A machine suggested this and nobody decided on it, so it was not added as a coding.")
    name = values.get("transcript")
    if not isinstance(name, str):
        raise CoderingError("transcript: expected the name of a transcript; this row has none.")
    if name not in transcripts:
        raise CoderingError("There is no transcript named {name} in this project.", name=name)
    transcript = transcripts[name]
    turn = transcript.turn(_number(values, "turn"))
    refuse_moderator(transcript, turn)
    code, reason, read = values.get("code"), values.get("reason") or "", values.get("read")
    if read is None:
        read = not code
    if values.get("drawn") not in (None, "", RANDOM):
        raise CoderingError("drawn: expected {expected} or nothing.", expected=RANDOM)
    drawn = RANDOM if values.get("drawn") else drawn
    if not isinstance(reason, str) or not isinstance(read, bool) or not isinstance(code, str | None):
        raise CoderingError("Expected a text for code and reason, and true or false for read.")
    acts = []
    if code:
        segment = _segment(values, transcript, turn)
        known = _known(codebook, code)
        acts.append(Act(Verdict.ADD, segment=segment, code=known, stance=_stance(values), reason=reason, drawn=drawn))
    if read:
        acts.append(Act(Verdict.READ, segment=transcript.whole(turn), reason="" if code else reason, drawn=drawn))
    return acts


def _known(codebook: Codebook, found: str) -> str:
    """The id; who writes the name of a code, or nearly an id, is told the id, and anyone else where the ids stand."""
    ids = [one.id for one in codebook]
    if found in ids:
        return found
    meant = found.strip().casefold()
    named = [one.id for one in codebook if meant in (one.label.nl.casefold(), one.label.en.casefold())]
    for near in named or get_close_matches(meant, ids, 1):
        raise CoderingError(
            "The codebook {name} has no code {id}; did you mean {meant}?", name=codebook.id, id=found, meant=near
        )
    raise CoderingError(
        "The codebook {name} has no code {id}. Write the id of a code; the workbook has all of them, on the sheet "
        "Codebook.",
        name=codebook.id,
        id=found,
    )


def _number(values: Mapping[str, object], key: str) -> int:
    value = values.get(key)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    # Not the text itself: where columns are shifted it can be what somebody said.
    found = {str: Message("a text"), type(None): Message("nothing")}.get(type(value), Message("something else"))
    raise CoderingError("{key}: expected a whole number, found {found}.", key=key, found=found)


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
        raise CoderingError("quote: expected a text, or no field of that name.")
    if values.get("start") is None and values.get("end") is None:
        return _found(quote, transcript, turn) if quote else transcript.whole(turn)
    segment = Segment(transcript.name, turn.number, _number(values, "start"), _number(values, "end"))
    refuse_wordless(transcript, segment)
    if quote is not None and quote != transcript.quote(segment):
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
