"""Agreement over time: before and after a version of the codebook, and the drift of a coder.

What coders did is known decision by decision, so agreement can be worked out as it stood at any moment.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from codering.analysis.comparison import Comparison
from codering.analysis.completeness import turns_read
from codering.analysis.measures import Measure
from codering.codebooks import Codebook
from codering.codings import Decision, codings_from, standing
from codering.errors import Message
from codering.tables import Cell, Column, Kind, Table
from codering.transcripts import Place

BLOCKS: Final = 4
"""Into how many parts of equal size the work of a coder is cut, in the order in which it was done."""


@dataclass(frozen=True, slots=True)
class Version:
    """A text of the codebook, and from when it was in force.

    Attributes
    ----------
    codebook
        What it said.
    since
        ISO 8601, UTC.
    """

    codebook: Codebook
    since: str


def version_table(
    comparison: Comparison, decisions: Sequence[Decision], versions: Sequence[Version], *, language: str
) -> Table:
    """Agreement under each version of the codebook.

    Of each version: the turns on which all coders worked while it was in force, with what held at its end. Turns that
    were coded again under a later version so stand in both rows.

    Parameters
    ----------
    comparison
        Who and what.
    decisions
        All, in order.
    versions
        Of the codebook, oldest first.
    language
        Of the labels.
    """
    columns = (
        Column("version", "Version"),
        Column("since", "Since", Kind.MOMENT),
        Column("changed", "Codes that changed", Kind.LONG),
        *_figures(),
    )
    rows: list[tuple[Cell, ...]] = []
    before: Codebook | None = None
    for index, version in enumerate(versions):
        until = versions[index + 1].since if index + 1 < len(versions) else "9"
        rows.append(
            (
                version.codebook.version,
                version.since,
                _changed(before, version.codebook, language),
                *_period(comparison, decisions, version.since if index else "", until),
            )
        )
        before = version.codebook
    notes = (
        Message(
            "Of each version: turns on which all these coders worked while it was in force, with what held at its "
            "end. Other "
            "turns are other conversations, so a difference need not come from the codebook; only turns that were "
            "coded again "
            "show that."
        ),
    )
    return Table("agreement_versions", "Agreement by version of the codebook", columns, tuple(rows), notes)


def drift_table(comparison: Comparison, decisions: Sequence[Decision], coder: str, *, blocks: int = BLOCKS) -> Table:
    """How a coder changed over time, beside the other coders.

    The turns that the coder read are put in the order in which they were done and cut into blocks of equal size.

    Parameters
    ----------
    comparison
        Of the coder and one or more others.
    decisions
        All, in order.
    coder
        Whose work is cut.
    blocks
        How many.
    """
    columns = (
        Column("block", "Part"),
        Column("from", "From", Kind.MOMENT),
        Column("to", "To", Kind.MOMENT),
        Column("given", "Codes per 100 turns", Kind.NUMBER),
        Column("others", "Codes per 100 turns, others", Kind.NUMBER),
        *_figures(),
    )
    title = "Drift over time"
    done = _when(comparison, decisions, coder)
    if len({time for time, _ in done}) < blocks:
        note = Message(
            "{coder} did everything at once, or it was imported: nothing can be said about time.", coder=coder
        )
        return Table("coder_drift", title, columns, (), (note,))
    rows: list[tuple[Cell, ...]] = []
    for index in range(blocks):
        part = done[index * len(done) // blocks : (index + 1) * len(done) // blocks]
        places = frozenset(place for _, place in part)
        cut = _only(comparison, places)
        mine, others = _given(cut, coder)
        rows.append(
            (Message("part {number}", number=index + 1), part[0][0], part[-1][0], mine, others, *_measured(cut))
        )
    notes = (
        Message(
            "The turns of {coder}, in the order in which they were done, in {blocks} {blocks:part|parts}.",
            coder=coder,
            blocks=blocks,
        ),
        Message(
            "Parts are other conversations: a change in codes per 100 turns is drift only if the others do not "
            "change along "
            "in the same turns."
        ),
    )
    return Table("coder_drift", title, columns, tuple(rows), notes)


def _figures() -> tuple[Column, ...]:
    return (
        Column("units", "Turns", Kind.COUNT),
        Column("alpha", "α with MASI", Kind.NUMBER),
        Column("alpha_low", "α from", Kind.NUMBER),
        Column("alpha_high", "α to", Kind.NUMBER),
        Column("f1", "F1", Kind.NUMBER),
        Column("f1_low", "F1 from", Kind.NUMBER),
        Column("f1_high", "F1 to", Kind.NUMBER),
    )


def _measured(comparison: Comparison) -> tuple[Cell, ...]:
    if not comparison.of_all:
        return 0, *[math.nan] * 6
    sets, pooled = comparison.of_sets, comparison.pooled("f1")
    return len(comparison.of_all), *_cells(sets), *_cells(pooled)


def _cells(measure: Measure) -> tuple[float, float, float]:
    return measure.value, measure.low, measure.high


def _period(comparison: Comparison, decisions: Sequence[Decision], since: str, until: str) -> tuple[Cell, ...]:
    then = [decision for decision in decisions if decision.time < until]
    worked = turns_read(
        (decision for decision in then if decision.time >= since), comparison.transcripts, comparison.coders
    )
    everyone = frozenset.intersection(*worked.values())
    return _measured(replace(_only(comparison, everyone), codings=codings_from(then)))


def _only(comparison: Comparison, places: frozenset[Place]) -> Comparison:
    read: Mapping[str, frozenset[Place]] = {
        coder: frozenset(comparison.read[coder]) & places for coder in comparison.coders
    }
    return replace(comparison, read=read)


def _when(comparison: Comparison, decisions: Iterable[Decision], coder: str) -> list[tuple[str, Place]]:
    """For each turn that the coder read, when it was last worked on; turns never touched are left out."""
    last: dict[Place, str] = {}
    for decision in standing(decisions):
        if decision.coder == coder and decision.segment is not None:
            last[decision.segment.transcript, decision.segment.turn] = decision.time
    return sorted((time, place) for place, time in last.items() if place in comparison.of_all)


def _given(comparison: Comparison, coder: str) -> tuple[float, float]:
    """Codes per 100 turns, of one coder and of the others on average."""
    there = {(c.coder, c.segment.transcript, c.segment.turn, c.code) for c in comparison.counted}
    kept = [one for one in there if (one[1], one[2]) in comparison.of_all]
    size = len(comparison.of_all)
    if not size:
        return math.nan, math.nan
    mine = sum(one[0] == coder for one in kept)
    return 100 * mine / size, 100 * (len(kept) - mine) / size / (len(comparison.coders) - 1)


def _changed(before: Codebook | None, after: Codebook, language: str) -> str:
    """The codes whose meaning a coder reads otherwise: label, definition, criteria or examples."""
    if before is None:
        return ""

    def meaning(code: str, book: Codebook) -> object:
        if code not in book:
            return None
        one = book.code(code)
        return one.label, one.definition, one.include, one.exclude, one.examples, one.near_misses

    codes = dict.fromkeys([*(code.id for code in before), *(code.id for code in after)])
    names = [code for code in codes if meaning(code, before) != meaning(code, after)]
    return ", ".join((after if code in after else before).code(code).label.in_language(language) for code in names)
