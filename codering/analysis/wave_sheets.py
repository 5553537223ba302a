"""Waves on sheets of a workbook: what changed and what chance says of it apart, or the sheet is too wide to print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from codering.analysis.wave_chance import conclusion
from codering.analysis.wave_tables import DENIED
from codering.analysis.waves import Comparison
from codering.tables import Cell, Column, Kind, Table

_NAMED: Final = ("theme", "label", "id")
_CHANCE: Final = ("denied_0", "denied_1", "p", "p_together", "verdict")
_TOLD: Final = ("before", "after", "of_participants_0", "of_participants_1")
"""Columns that for a reader stand in the title and in the headings."""


def on_sheets(tables: Sequence[Table], comparisons: Sequence[Comparison]) -> tuple[Table, ...]:
    """Give every comparison a sheet with effects, and all of them together one on chance and denial.

    Parameters
    ----------
    tables
        From :func:`codering.analysis.wave_tables.wave_tables`.
    comparisons
        Those that they show.
    """
    made: list[Table] = []
    compared = [table for table in tables if table.key.startswith("waves_")]
    for table in tables:
        made.append(_effects(table) if table in compared else table)
        if compared and table is compared[-1]:
            made.append(_chance(compared, comparisons))
    return tuple(made)


def _effects(table: Table) -> Table:
    kept = [i for i, column in enumerate(table.columns) if column.key not in (*_CHANCE, *_TOLD)]
    rows = tuple(tuple(row[i] for i in kept) for row in table.rows)
    notes = tuple(note for note in table.notes if note != DENIED)
    return Table(table.key, table.title, tuple(table.columns[i] for i in kept), rows, notes, table.bars)


def _chance(tables: Sequence[Table], comparisons: Sequence[Comparison]) -> Table:
    """Lay out long: a row for each topic and comparison, since with more waves columns would not fit either."""
    rows: list[tuple[Cell, ...]] = [
        (*(row[key] for key in _NAMED), row["before"], row["after"], *(row[key] for key in _CHANCE))
        for table in tables
        for row in table.records()
    ]
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
    notes = tuple(dict.fromkeys(conclusion(one) for one in comparisons))
    return Table("chance", "Chance and denial by wave", columns, tuple(rows), notes)
