"""The answer to "how much did we miss?": all statements together, what may be concluded, what that rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from codering.errors import Message
from codering.recall.sampling import Tally
from codering.recall.saying import ASSUMES_GROUPS, ASSUMES_TURNS, Design, RecallStatement
from codering.recall.statements import recall_statements
from codering.tables import Cell, Column, Kind, Table

_REACHED: Final = "For {count} of {all} {all:code|codes} it is established."
_COLUMNS: Final = (
    Column("id", "Id"),
    Column("name", "Code or theme"),
    Column("found", "Turns found", Kind.COUNT),
    Column("drawn", "Random turns", Kind.COUNT),
    Column("hits", "Of those coded", Kind.COUNT),
    Column("missed", "Missed at most", Kind.COUNT),
    Column("recall", "Found at least", Kind.SHARE),
    Column("established", "Established"),
    Column("more", "To read", Kind.COUNT),
)
_WAVE_COLUMNS: Final = (Column("wave", "Wave"), *_COLUMNS[2:])


@dataclass(frozen=True, slots=True)
class Missed:
    """The answer to "how much did we miss?".

    Attributes
    ----------
    overall
        About the turns that carry any code.
    statements
        One for each code or theme, in the codebook's order; all are true together with the confidence that was asked.
    conclusions
        What may be said, in plain words: the verdict on the whole, for how many codes it is established, what to do.
    assumptions
        What it rests on.
    table
        The statements as a table.
    """

    overall: RecallStatement
    statements: tuple[RecallStatement, ...]
    conclusions: tuple[Message, ...]
    assumptions: tuple[Message, ...]
    table: Table


def answer(
    tallies: Sequence[Tally],
    labels: Mapping[str, str],
    *,
    of: Literal["code", "theme"],
    target: float,
    confidence: float,
) -> Missed:
    """Say how much was missed.

    Parameters
    ----------
    tallies
        The first of turns that carry any code, then one for each code or theme.
    labels
        By id, what the codes or themes are called.
    of
        Whether these are codes or themes.
    target, confidence
        As of :func:`codering.recall.recall_statements`.

    Raises
    ------
    CoderingError
        If `target` or `confidence` is out of range.
    """
    overall, *statements = recall_statements(tallies, target=target, confidence=confidence)
    said = tuple(statements)
    rows = tuple(_row(one, labels[one.code]) for one in said)
    return Missed(
        overall=overall,
        statements=said,
        conclusions=tuple(_conclusions(overall, said, of, tallies[0].unused)),
        assumptions=tuple(_assumptions(overall, said)),
        table=Table("missed", "How much was missed", _COLUMNS, rows),
    )


def answer_by_wave(tallies: Mapping[str, Tally], *, target: float, confidence: float) -> Table:
    """Say for each wave how much was missed of the turns that carry any code.

    Parameters
    ----------
    tallies
        By wave, in the order of the rows; of turns that carry any code.
    target, confidence
        As of :func:`codering.recall.recall_statements`.
    """
    said = recall_statements(tuple(tallies.values()), target=target, confidence=confidence)
    rows = tuple(_row(one, wave)[1:] for one, wave in zip(said, tallies, strict=True))
    note = Message(
        "Of turns that carry any code. Each wave has its own sample; the lines are true together with "
        "{confidence}% confidence.",
        confidence=f"{100 * confidence:g}",
    )
    return Table("missed_by_wave", "How much was missed, by wave", _WAVE_COLUMNS, rows, (note,) if rows else ())


def _row(one: RecallStatement, label: str) -> tuple[Cell, ...]:
    verdict = Message("yes") if one.established else Message("no")
    missed, more = (math.nan if figure is None else figure for figure in (one.missed_at_most, one.more))
    return one.code, label, one.found, one.drawn, one.hits, missed, one.recall_at_least, verdict, more


def _conclusions(
    overall: RecallStatement, said: tuple[RecallStatement, ...], of: str, unused: int
) -> Iterator[Message]:
    target, confidence = f"{100 * overall.target:g}", f"{100 * overall.confidence:g}"
    if not overall.drawn and not overall.left:
        yield Message(
            "Every turn was read: no turn is left that nobody looked at. Whether readers overlooked something in a "
            "turn that they read, this cannot say."
        )
        return
    if not overall.drawn:
        yield Message("Not established: no turns were read at random, so nothing can be said about what was missed.")
    elif overall.established:
        yield Message(
            "With {confidence}% confidence at least {target}% of all turns that carry a code were found.",
            confidence=confidence,
            target=target,
        )
    else:
        yield Message(
            "Not established: it has not been shown that at least {target}% of all turns that carry a code were found.",
            target=target,
        )
    if overall.drawn:
        yield Message(
            "Turns read at random of which nobody knew yet whether they carry a code: {drawn}; {hits} did.",
            drawn=overall.drawn,
            hits=overall.hits,
        )
    yield from overall.figures[1:]
    if unused:
        yield Message(
            "{unused} {unused:turn that was|turns that were} read at random {unused:does|do} not count yet: a "
            "turn that was drawn before was skipped. Read the skipped turns first.",
            unused=unused,
        )
    if (advice := overall.advice) is not None:
        yield advice
    if overall.drawn and said:
        reached = "For {count} of {all} {all:theme|themes} it is established." if of == "theme" else _REACHED
        yield Message(reached, count=sum(one.established for one in said), all=len(said))


def _assumptions(overall: RecallStatement, said: tuple[RecallStatement, ...]) -> Iterator[Message]:
    if not overall.drawn:
        return
    designs = {one.design for one in (overall, *said)}
    yield Message(
        "All these statements are true together with {confidence}% confidence: they share the risk of error (Holm).",
        confidence=f"{100 * overall.confidence:g}",
    )
    yield ASSUMES_GROUPS if Design.GROUPS in designs else ASSUMES_TURNS
    yield Message(
        "It is about the turns of participants in these transcripts, and about what these readers call a code; not "
        "about groups that were not held."
    )
