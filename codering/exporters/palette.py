"""Colours of charts, on a light and on a dark page.

What carries meaning in a chart stands at 3:1 or more against what it lies on, and words at 4.5:1 or more (the Web
Content Accessibility Guidelines 2.2, 1.4.11 and 1.4.3); the tests work the contrasts out. Bars that lie against each
other say which they are, so that a print in grey says the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one page, as ``#rrggbb``.

    Attributes
    ----------
    page
        Of the background: open circles are filled with it, and lines that cross a bar have an edge of it.
    ink
        Of words and lines.
    units
        Of waves, groups or other units, in their order; the first is the colour of what stands alone.
    denied
        Of what speakers say is not so.
    crossed
        Of a bar on which the line of chance is read: seen on the page, and the line on it.
    before
        Of the earlier of two waves; the later one has the first colour of `units`.
    """

    page: str
    ink: str
    units: tuple[str, ...]
    denied: str
    crossed: str
    before: str

    @property
    def main(self) -> str:
        """The colour of what stands alone."""
        return self.units[0]

    def unit(self, place: int) -> str:
        """The colour of a unit by its place, counted from 0; more units than colours begin again."""
        return self.units[place % len(self.units)]


LIGHT: Final = Palette(
    page="#ffffff",
    ink="#31333f",
    units=("#0b5fa5", "#6f9a3e", "#7a4d9e", "#a88010", "#3b7f7a", "#4b6f8f", "#a3426c", "#5c5c5c"),
    denied="#b4531a",
    crossed="#4f92cc",
    before="#7d828b",
)
"""Of paper, files and the light theme."""
DARK: Final = Palette(
    page="#171614",
    ink="#fafafa",
    units=("#4d9be0", "#8fbf5a", "#b48ad6", "#d1a634", "#5fb3ac", "#8fb0cf", "#d97fa5", "#a9a9a9"),
    denied="#e58a52",
    crossed="#3a86cc",
    before="#8a8f98",
)
"""Of the dark theme."""

CELL: Final = ("#f4f7fa", "#0b5fa5")
"""Of a cell of a map: nothing, and the most there is; mixed between them in red, green and blue.

The same in both themes: a darker cell is a larger share.
"""
IN_CELL: Final = ("#000000", "#ffffff")
"""Of the number in a cell: up to :data:`DEEP`, and beyond it."""
DEEP: Final = 0.82
"""The part of the way to the darkest cell up to which black is read better than white."""
EDGE: Final = "#88888844"
"""Around a cell."""
