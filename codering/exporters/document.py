"""A report as blocks, whatever it is written as: Word and HTML show the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codering.exporters.charts import ON_PAGE, Chart, as_png, as_svg
from codering.tables import Table
from codering.texts import Texts


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a chapter."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words of our own."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader must know about the table, picture or passage above it."""

    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words from a transcript, verbatim.

    Attributes
    ----------
    words
        Exactly as they stand in the transcript.
    where
        Who said it (a pseudonym), in which group, in which turn.
    """

    words: str
    where: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes
    ----------
    table
        With notes, which are written below it.
    columns
        Keys of the columns that are shown, in order; all if empty.
    caption
        Above it: an English template that is translated, as the headings of the columns are.
    """

    table: Table
    columns: tuple[str, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, drawn when it is asked for.

    Attributes
    ----------
    chart
        From :mod:`codering.exporters.charts` or :mod:`codering.exporters.wave_charts`.
    texts
        The language of its numbers.
    alt
        In words, for who cannot see it.
    caption
        Below it.
    """

    chart: Chart
    texts: Texts
    alt: str
    caption: str = ""

    @property
    def svg(self) -> bytes:
        """For a page."""
        return as_svg(self.chart, self.texts, wide=ON_PAGE)

    @property
    def png(self) -> bytes:
        """For Word."""
        return as_png(self.chart, self.texts, wide=ON_PAGE)


TOGETHER: Final = 8
"""Rows: a table that is no longer stands on one page."""
ALONE: Final = 3
"""Rows of a longer one that never stand without each other at its beginning or its end."""

Block = Heading | Paragraph | Points | Note | Passage | Grid | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A report.

    Attributes
    ----------
    title, subtitle
        At the top.
    language
        ``nl`` or ``en``.
    blocks
        In order.
    """

    title: str
    subtitle: str
    language: str
    blocks: tuple[Block, ...]


def shown_columns(grid: Grid) -> list[int]:
    """Places of the columns that a grid shows."""
    keys = [column.key for column in grid.table.columns]
    return [keys.index(key) for key in grid.columns if key in keys] if grid.columns else list(range(len(keys)))
