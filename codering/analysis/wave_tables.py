"""Waves laid out for people: effect first, then what can be said about chance, then what cannot be compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from codering.analysis.bridging import Gap, Topic
from codering.analysis.frequency_tables import interval_notes
from codering.analysis.panels import Panel
from codering.analysis.wave_chance import alike, concluded, conclusion, how_tested, verdict
from codering.analysis.wave_courses import Recurrence, Trends
from codering.analysis.waves import Change, Comparison, Pattern, Rule
from codering.codebooks import Codebook
from codering.errors import Message
from codering.tables import Cell, Column, Kind, Table

PATTERNS: Final = {
    Pattern.NEW: Message("new"),
    Pattern.GROWING: Message("growing"),
    Pattern.PERSISTENT: Message("persistent"),
    Pattern.FADING: Message("fading"),
    Pattern.GONE: Message("gone"),
    Pattern.INCIDENTAL: Message("incidental"),
    Pattern.ABSENT: Message("not heard"),
    Pattern.UNKNOWN: Message("cannot be compared"),
}
"""What a pattern is called, in the order in which a reader wants to see them."""

DENIED: Final = Message("✗: participants who deny it.")
LEANS_ON: Final = Message("Leans on: without this one place (or group) the pattern would be another.")
THESE_GROUPS: Final = Message(
    "With so few groups, new, gone, growing and fading say what was heard in these groups, and nothing beyond them."
)


@dataclass(frozen=True, slots=True)
class WaveResults:
    """Everything that is known about waves.

    Attributes
    ----------
    panel
        Who said what in which wave.
    comparisons
        Every wave with the next.
    recurrences
        By topic.
    rule
        When a barrier is there, and what is a change.
    needed
        For recurring: groups in a wave, and consecutive waves.
    gaps
        What cannot be compared.
    notes
        Whose codings count.
    trends
        Over all waves; None if there are two.
    """

    panel: Panel
    comparisons: tuple[Comparison, ...]
    recurrences: tuple[Recurrence, ...]
    rule: Rule
    needed: tuple[int, int]
    gaps: tuple[Gap, ...]
    notes: tuple[Message, ...]
    trends: Trends | None = None


def wave_tables(results: WaveResults, codebook: Codebook, *, language: str) -> tuple[Table, ...]:
    """Lay everything about waves out: every comparison, what recurs, counts by wave, what cannot be compared."""
    tables = [_changes(one, results, codebook, language, number) for number, one in enumerate(results.comparisons)]
    if results.trends is not None:
        tables.append(_trends(results, results.trends, codebook, language))
    tables += [_recurring(results, codebook, language), _by_wave(results, codebook, language)]
    if results.gaps:
        tables.append(_gaps(results.gaps, codebook, language))
    return tuple(tables)


def in_reading_order(changes: Sequence[Change]) -> tuple[Change, ...]:
    """New first, then growing, and so on; within a pattern the largest difference first."""
    order = {pattern: place for place, pattern in enumerate(PATTERNS)}
    return tuple(sorted(changes, key=lambda change: (order[change.pattern], -abs(change.difference))))


def _changes(one: Comparison, results: WaveResults, codebook: Codebook, language: str, number: int) -> Table:
    shown = [change for change in in_reading_order(one.changes) if change.pattern is not Pattern.ABSENT]
    rows = tuple(_row(change, one, codebook, language) for change in shown)
    sizes = (one.changes[0].before, one.changes[0].after)
    columns = (
        Column("theme", "Theme"),
        Column("label", "Label"),
        Column("id", "Id"),
        Column("pattern", "Pattern"),
        *(Column(f"participants_{i}", f"{w.wave} (n = {w.of_participants})", Kind.COUNT) for i, w in enumerate(sizes)),
        Column("difference", "Difference in percentage points", Kind.POINTS),
        Column("low", "Interval from", Kind.POINTS),
        Column("high", "Interval to", Kind.POINTS),
        *(Column(f"groups_{i}", f"{w.wave} ({w.of_groups} gr.)", Kind.COUNT) for i, w in enumerate(sizes)),
        Column("rose", "Rose in", Kind.COUNT),
        Column("fell", "Fell in", Kind.COUNT),
        *(Column(f"denied_{i}", f"{w.wave} ✗", Kind.COUNT) for i, w in enumerate(sizes)),
        Column("p", "p", Kind.P),
        Column("p_together", "p, corrected", Kind.P),
        Column("verdict", "Chance?", Kind.LONG),
        Column("leans_on", "Leans on"),
        Column("before", "From wave"),
        Column("after", "To wave"),
        Column("of_participants_0", "Participants in all, before", Kind.COUNT),
        Column("of_participants_1", "Participants in all, after", Kind.COUNT),
    )
    left_out = sum(change.pattern is Pattern.ABSENT for change in one.changes)
    notes = (*results.notes, conclusion(one), *_reading(one, results, left_out))
    return Table(f"waves_{number + 1}", f"{one.before} → {one.after}", columns, rows, notes)


def _row(change: Change, one: Comparison, codebook: Codebook, language: str) -> tuple[Cell, ...]:
    compared = change.pattern is not Pattern.UNKNOWN
    effect: tuple[Cell, ...] = (change.difference, change.interval.low, change.interval.high)
    return (
        *_names(change.topic, codebook, language),
        PATTERNS[change.pattern],
        change.before.participants,
        change.after.participants,
        *(effect if compared else (None, None, None)),
        change.before.groups,
        change.after.groups,
        change.rose,
        change.fell,
        change.before.denied,
        change.after.denied,
        change.p,
        change.p_together,
        verdict(change, one),
        ", ".join(change.leans_on) or None,
        one.before,
        one.after,
        change.before.of_participants,
        change.after.of_participants,
    )


def _reading(one: Comparison, results: WaveResults, left_out: int) -> tuple[Message, ...]:
    first = one.changes[0]
    notes = [
        Message("n: how many participants there are. A participant counts once, with words of their own."),
        DENIED,
        *_paired(one),
        Message(
            "There: confirmed in at least {share}% of the groups of a wave (here in {before} of {of_before} and in "
            "{after} of {of_after}). New: there now, nobody before. Gone: the reverse. Growing or fading: {step} "
            "percentage points of the participants or more. Incidental: in too few groups to say.",
            share=f"{100 * results.rule.groups:g}",
            before=results.rule.needed(first.before.of_groups),
            after=results.rule.needed(first.after.of_groups),
            of_before=first.before.of_groups,
            of_after=first.after.of_groups,
            step=f"{100 * results.rule.step:g}",
        ),
        *(() if one.can_conclude else (THESE_GROUPS,)),
        *(() if one.in_part else (how_tested(one), *alike(one, results.panel))),
        *interval_notes([change.interval for change in one.changes if change.pattern is not Pattern.ABSENT]),
        LEANS_ON,
    ]
    if left_out:
        notes.append(Message("In neither wave heard, and not shown: {count}.", count=left_out))
    if results.panel.left_out:
        notes.append(Message("Without a wave, and not counted: {names}.", names=", ".join(results.panel.left_out)))
    return tuple(notes)


def _paired(one: Comparison) -> tuple[Message, ...]:
    if not one.paired:
        return ()
    return (
        Message(
            "Rose, fell: in how many of the places visited in both waves ({places}) the share of participants went up, "
            "or down.",
            places=", ".join(one.paired),
        ),
    )


def _trends(results: WaveResults, found: Trends, codebook: Codebook, language: str) -> Table:
    heard = [one for one in found.trends if any(wave.participants for wave in one.waves)]
    ordered = sorted(heard, key=lambda one: (math.isnan(one.slope), -abs(one.slope)))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *_names(one.topic, codebook, language),
            *(wave.participants for wave in one.waves),
            one.slope,
            one.p,
            one.p_together,
        )
        for one in ordered
    )
    columns = (
        Column("theme", "Theme"),
        Column("label", "Label"),
        Column("id", "Id"),
        *(
            Column(f"participants_{i}", f"{wave.wave} (n = {wave.of_participants})", Kind.COUNT)
            for i, wave in enumerate(found.trends[0].waves)
        ),
        Column("slope", "Percentage points per wave", Kind.POINTS),
        Column("p", "p", Kind.P),
        Column("p_together", "p, corrected", Kind.P),
    )
    notes = (
        *results.notes,
        concluded(found, [one.p_together for one in found.trends]),
        Message(
            "Per wave: by how many percentage points the share of participants rises with each wave, on average. p: "
            "waves dealt out to groups ({dealt} {dealt:way|ways}), corrected for all topics.",
            dealt=found.dealt,
        )
        if not found.in_part
        else Message(
            "Per wave: by how many percentage points the share of participants rises with each wave, on average."
        ),
    )
    return Table("trends", "Over all waves", columns, rows, notes)


def _recurring(results: WaveResults, codebook: Codebook, language: str) -> Table:
    heard = [one for one in results.recurrences if any(one.groups)]
    ordered = sorted(heard, key=lambda one: (not one.recurring, -one.longest, -sum(g or 0 for g in one.groups)))
    rows: list[tuple[Cell, ...]] = []
    for one in ordered:
        answer = Message("yes") if one.recurring else Message("no")
        counts: tuple[Cell, ...] = tuple(math.nan if count is None else count for count in one.groups)
        rows.append((*_names(one.topic, codebook, language), *counts, one.longest, answer))
    held = [int((results.panel.wave_of == wave).sum()) for wave in range(len(results.panel.waves))]
    columns = (
        Column("theme", "Theme"),
        Column("label", "Label"),
        Column("id", "Id"),
        *(Column(f"groups_{i}", f"{wave} ({held[i]} gr.)", Kind.COUNT) for i, wave in enumerate(results.panel.waves)),
        Column("longest", "Longest run of waves", Kind.COUNT),
        Column("recurring", "Recurring"),
    )
    rule = Message(
        "Recurring: confirmed in at least {groups} {groups:group|groups} in at least {waves} consecutive "
        "{waves:wave|waves}.",
        groups=results.needed[0],
        waves=results.needed[1],
    )
    return Table("recurring", "What comes back", columns, tuple(rows), (*results.notes, rule))


def _by_wave(results: WaveResults, codebook: Codebook, language: str) -> Table:
    """Lay the counts out for a program: a row for each topic and wave; empty where it could not have been coded."""
    laid = results.panel
    rows: list[tuple[Cell, ...]] = []
    for column, topic in enumerate(laid.topics):
        for wave, name in enumerate(laid.waves):
            counts: tuple[Cell, ...] = (None,) * 3
            one = laid.in_wave(column, wave)
            if laid.known(column, wave):
                counts = (one.participants, one.groups, one.denied)
            rows.append((name, *_names(topic, codebook, language), *counts, one.of_participants, one.of_groups))
    columns = (
        Column("wave", "Wave"),
        Column("theme", "Theme"),
        Column("label", "Label"),
        Column("id", "Id"),
        Column("participants", "Participants", Kind.COUNT),
        Column("groups", "Focus groups", Kind.COUNT),
        Column("denied_participants", "Participants who deny it", Kind.COUNT),
        Column("of_participants", "Participants in all", Kind.COUNT),
        Column("of_groups", "Groups in all", Kind.COUNT),
    )
    return Table("by_wave", "Counts by wave", columns, tuple(rows), results.notes)


def _gaps(gaps: Sequence[Gap], codebook: Codebook, language: str) -> Table:
    rows = tuple(
        (_known(gap.code, codebook, language), gap.code, ", ".join(gap.transcripts), gap.reason) for gap in gaps
    )
    columns = (
        Column("label", "Label"),
        Column("id", "Id"),
        Column("transcripts", "Transcripts"),
        Column("reason", "Why not", Kind.LONG),
    )
    return Table("gaps", "What cannot be compared", columns, rows)


def _known(code: str, codebook: Codebook, language: str) -> str:
    members = [part for part in code.split("+") if part in codebook]
    return Topic(code, tuple(members)).label(codebook, language)


def _names(topic: Topic, codebook: Codebook, language: str) -> tuple[str, str, str]:
    theme = codebook.theme_of(topic.members[0]).label.in_language(language)
    return theme, topic.label(codebook, language), topic.id
