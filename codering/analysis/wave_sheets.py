"""Waves where there is less room than a table takes: on a screen, on a page of a report, on sheets of a workbook.

On a sheet what changed and what chance says of it stand apart, or it is too wide to print.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from codering.analysis.frequency_tables import interval_notes
from codering.analysis.wave_chance import alike, conclusion, how_tested
from codering.analysis.wave_tables import DENIED, LEANS_ON, PATTERNS, WaveResults
from codering.analysis.waves import Comparison, Pattern
from codering.errors import Message
from codering.tables import Cell, Column, Kind, Table

_WIDE: Final = frozenset({"by_wave"})
"""Tables for programs."""
_NAMED: Final = ("theme", "label", "id")
_CHANCE: Final = ("denied_0", "denied_1", "p", "p_together", "verdict")
_TOLD: Final = ("before", "after", "of_participants_0", "of_participants_1")
"""Columns that for a reader stand in the title and in the headings."""


def on_screen(tables: Sequence[Table], results: WaveResults) -> tuple[Table, ...]:
    """Keep what fits on a screen: no incidental topics, and no p-values where nothing can be said about chance.

    Parameters
    ----------
    tables
        From :func:`codering.analysis.wave_tables.wave_tables`.
    results
        Of which they are.
    """
    shown: list[Table] = []
    for table in tables:
        unsaid = {DENIED, LEANS_ON}
        keys = [column.key for column in table.columns]
        left_out = {"theme", "id"}
        if table.key in _WIDE:
            continue
        if table.key.startswith("waves_"):
            one = next(c for c in results.comparisons if f"{c.before} → {c.after}" == table.title)
            left_out |= {"low", "high", "denied_0", "denied_1", "p", "leans_on", "before", "after"}
            left_out |= {"of_participants_0", "of_participants_1"}
            left_out |= set() if one.paired else {"rose", "fell"}
            left_out |= set() if one.can_conclude else {"p_together", "verdict"}
            unsaid |= _unshown(one, results)
        kept = [place for place, key in enumerate(keys) if key not in left_out]
        rows = [row for row in table.rows if PATTERNS[Pattern.INCIDENTAL] not in row]
        narrow = tuple(tuple(row[place] for place in kept) for row in rows)
        notes = tuple(note for note in table.notes if note not in unsaid)
        if len(rows) < len(table.rows):
            more = Message("Incidental, and not shown here: {count}.", count=len(table.rows) - len(rows))
            notes = (*notes, more)
        shown.append(Table(table.key, table.title, tuple(table.columns[place] for place in kept), narrow, notes))
    return tuple(shown)


def _unshown(one: Comparison, results: WaveResults) -> set[Message]:
    """The notes of a comparison about columns that a screen or a page does not show."""
    intervals = interval_notes([change.interval for change in one.changes if change.pattern is not Pattern.ABSENT])
    tests = () if one.can_conclude else (how_tested(one), *alike(one, results.panel))
    return {*intervals, *tests}


def on_sheets(tables: Sequence[Table], results: WaveResults) -> tuple[Table, ...]:
    """Give every comparison a sheet with effects, and all of them together one on chance and denial.

    Parameters
    ----------
    tables
        From :func:`codering.analysis.wave_tables.wave_tables`.
    results
        What they show.
    """
    tested = _tested(results)
    made: list[Table] = []
    compared = [table for table in tables if table.key.startswith("waves_")]
    for table in tables:
        made.append(_effects(table, tested) if table in compared else table)
        if compared and table is compared[-1]:
            made.append(_chance(compared, results, tested))
    return tuple(made)


def _tested(results: WaveResults) -> tuple[Message, ...]:
    """How the p-values came about: said where they stand."""
    notes = [(how_tested(one), *alike(one, results.panel)) for one in results.comparisons if not one.in_part]
    return tuple(dict.fromkeys(note for own in notes for note in own))


def _effects(table: Table, tested: Sequence[Message]) -> Table:
    kept = [i for i, column in enumerate(table.columns) if column.key not in (*_CHANCE, *_TOLD)]
    rows = tuple(tuple(row[i] for i in kept) for row in table.rows)
    notes = tuple(note for note in table.notes if note not in (DENIED, *tested))
    return Table(table.key, table.title, tuple(table.columns[i] for i in kept), rows, notes, table.bars)


def _chance(tables: Sequence[Table], results: WaveResults, tested: Sequence[Message]) -> Table:
    """Lay out long: a row for each topic and comparison, since with more waves columns would not fit either."""
    order = (*_NAMED, "before", "after", *_CHANCE)
    rows: list[tuple[Cell, ...]] = []
    for table in tables:
        place = {column.key: index for index, column in enumerate(table.columns)}
        rows += [tuple(row[place[key]] for key in order) for row in table.rows]
    columns = (
        Column("theme", "Theme"),
        Column("label", "Label"),
        Column("id", "Id"),
        Column("before", "From wave"),
        Column("after", "To wave"),
        Column("denied_0", "Deny it, before", Kind.COUNT),
        Column("denied_1", "Deny it, after", Kind.COUNT),
        Column("p", "p", Kind.P),
        Column("p_together", "p, corrected", Kind.P),
        Column("verdict", "Chance?", Kind.LONG),
    )
    concluded = dict.fromkeys(conclusion(one) for one in results.comparisons)
    return Table("chance", "Chance and denial by wave", columns, tuple(rows), (*concluded, *tested))
