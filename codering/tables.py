"""Tables: how results travel from the analysis to a screen, a workbook or a file.

An analysis returns records with meaning; for showing, it offers them as a :class:`Table`. The command line, the app
and the exporters show the same table, so that a number is the same everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from codering.errors import Message

Cell = str | int | float | bool | None | Message
"""A value. None is empty (does not apply); NaN is undefined (see the table's notes for the reason)."""

HIDDEN: Final = "×"
"""What stands in a cell that is left out, because few people are behind it or behind one that it would give away."""


class Kind(StrEnum):
    """What the values of a column are, which decides how they are written."""

    TEXT = "text"
    LONG = "long"
    """Text of more than a line: wrapped."""
    COUNT = "count"
    SHARE = "share"
    """A proportion from 0 to 1, shown as a percentage."""
    POINTS = "points"
    """A difference between two proportions, from -1 to 1, shown as percentage points with its sign: a percentage would
    be read as a share of the first one."""
    STATED = "stated"
    """A proportion that a publication states, shown as a percentage with the decimals that it has there."""
    NUMBER = "number"
    P = "p"
    """A p-value: three decimals, and below .001 only that."""
    SECONDS = "seconds"
    """Seconds from the start of a recording, shown as h:mm:ss."""
    DATE = "date"
    MOMENT = "moment"
    """ISO 8601, UTC; shown as a date and a time of this computer."""


NUMBERS: Final = (Kind.COUNT, Kind.SHARE, Kind.STATED, Kind.POINTS, Kind.NUMBER, Kind.P, Kind.SECONDS)
"""Kinds that stand to the right, below each other."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes
    ----------
    key
        Stable name, for machines (``csv``, ``jsonl``).
    label
        Heading: an English template that faces translate.
    kind
        What the values are.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns.

    Attributes
    ----------
    key
        Stable name, for machines.
    title
        English template that faces translate.
    columns, rows
        Every row has one cell for each column.
    notes
        What a reader must know: bases, definitions, why something is undefined.
    bars
        Key of the column that a bar chart shows, or empty.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Message, ...] = ()
    bars: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"table {self.key}: a row has another number of cells than there are columns")

    def records(self) -> Iterator[dict[str, Cell]]:
        """The rows as dictionaries by column key; NaN becomes None, because JSON and CSV have no NaN."""
        for row in self.rows:
            yield {
                column.key: None if isinstance(cell, float) and math.isnan(cell) else cell
                for column, cell in zip(self.columns, row, strict=True)
            }
