"""How much room text takes in a worksheet: widths of columns, and lines in cells, by Excel's own widths of letters.

A program that opens the workbook does not measure rows of which the height is given, and Excel does not measure those
with merged cells at all. So it is done here, a little generously: a line too many is white, a line too few is hidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil
from typing import Final

from codering.tables import NUMBERS, Cell, Column, Kind, Table

LINE: Final = 15
"""Points: the height of a line."""
TALLEST: Final = 27
"""Lines: Excel allows rows of 409 points."""
INDENT: Final = 10
"""Pixels: a step of indentation."""
BUTTON: Final = 2
"""Steps of indentation that keep what stands to the right clear of the button of a filter."""

WIDTHS: Final = {
    Kind.LONG: 70,
    Kind.COUNT: 10,
    Kind.SHARE: 10,
    Kind.STATED: 10,
    Kind.POINTS: 11,
    Kind.NUMBER: 10,
    Kind.P: 10,
    Kind.SECONDS: 10,
    Kind.DATE: 12,
    Kind.MOMENT: 17,
}
_CHARACTER: Final = 7
"""Pixels: in this, the width of a digit, Excel gives the width of a column."""
_BOLD: Final = 1.02
"""By how much bold letters are wider than Excel's rounded widths of others."""
_PASSAGES, _PASSAGE = 170, 30
"""Characters that columns of long text share, and what one of them needs."""
_LEAST, _WORD, _WIDEST, _BROADEST = 10, 26, 44, 150
"""Characters: of any column, of the longest word of a heading, of a column of text, of one with the longest texts."""
_PHRASES, _SPARE = 100, 12
"""So many different texts are phrases that return; characters that columns of long text get for them together."""
_HEAD: Final = 3
"""Lines of a heading: for fewer, a column is made wider."""
_NUMBER_SAVES, _TEXT_SAVES = 2, 5
"""Characters that a line less of a heading is worth: of numbers there are many columns beside each other."""


def widths(table: Table, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[float]:
    """Characters for each column: no word of a heading is broken, and text gets what it needs within reason.

    Parameters
    ----------
    table
        Of which the columns are.
    heads, rows
        Their headings and cells in the language of the workbook.
    """
    long = [i for i, column in enumerate(table.columns) if column.kind is Kind.LONG and any(row[i] for row in rows)]
    share = min(WIDTHS[Kind.LONG], max(_PASSAGES // max(len(long), 1), _PASSAGE))
    spare = min(_SPARE // max(len(long), 1), _SPARE // 2)
    found = []
    steps = indents(table)
    for index, (column, head) in enumerate(zip(table.columns, heads, strict=True)):
        least = _of_heading(head, BUTTON + steps[index], saves=_NUMBER_SAVES if column.kind in NUMBERS else _TEXT_SAVES)
        if column.kind not in (Kind.TEXT, Kind.LONG):
            found.append(max(WIDTHS[column.kind], least))
            continue
        most = _room_for_long(rows, index, share, steps[index], spare) if column.kind is Kind.LONG else _WIDEST
        longest = max(map(_characters, {row[index] for row in rows}), default=0)
        found.append(min(max(longest + 1 + ceil(steps[index] * INDENT / _CHARACTER), least), max(most, least)))
    return [float(width) for width in found]


def indents(table: Table) -> list[int]:
    """Steps of indentation by column: text behind long text, which fills its cell, keeps clear of it."""
    before = (None, *(column.kind for column in table.columns))
    return [
        int(left is Kind.LONG and column.kind not in NUMBERS)
        for left, column in zip(before, table.columns, strict=False)
    ]


def lines_of_heading(head: str, width: float, *, right: bool, indent: int) -> int:
    """How many lines a heading takes, the button of the filter in the corner below included."""
    room = width * _CHARACTER - indent * INDENT
    *_, last = taken = list(_lines(head, room / _BOLD))
    return len(taken) + (not right and last * _BOLD > room - BUTTON * INDENT)


def lines(text: str, width: float, *, indent: int = 0) -> int:
    """How many lines a text takes in a cell of so many characters wide."""
    return sum(1 for _ in _lines(text, width * _CHARACTER - indent * INDENT))


def wraps(column: Column, width: float, values: Sequence[Cell], *, indent: int = 0) -> bool:
    """Whether text in a column is broken over lines."""
    if column.kind is Kind.LONG:
        return True
    return any(lines(value, width, indent=indent) > 1 for value in set(values) if isinstance(value, str))


def _of_heading(head: str, steps: int, *, saves: int) -> int:
    """Characters that the longest word needs beside so many steps of white, or a few more if that saves a line."""
    white = steps * INDENT
    longest = min(max(map(_pixels, head.split()), default=0) * _BOLD, _WORD * _CHARACTER)
    least = max(ceil((longest + white) / _CHARACTER), _LEAST)
    taken = {
        width: sum(1 for _ in _lines(head, (width * _CHARACTER - white) / _BOLD)) for width in range(least, _WORD + 1)
    }
    few = min((count for width, count in taken.items() if width <= least + saves), default=1)
    return next((width for width, count in taken.items() if count <= min(few, _HEAD)), least)


def _room_for_long(rows: Sequence[Sequence[Cell]], index: int, share: int, indent: int, spare: int) -> int:
    """A share of the room for long text, or more if a cell would be higher than Excel allows, or if that saves lines.

    Phrases that return in many rows and are a little longer than their column would make all of them a line higher.
    """
    texts = Counter(text for row in rows if isinstance(text := row[index], str))
    long = [text for text in texts if len(text) > share * TALLEST / 2]
    while share < _BROADEST and any(lines(text, share, indent=indent) > TALLEST for text in long):
        share += 10
    if len(texts) > _PHRASES:
        return share
    return min(
        range(share, share + spare + 1),
        key=lambda width: sum(count * lines(text, width, indent=indent) for text, count in texts.items()),
    )


def _characters(value: Cell) -> int:
    return 0 if value is None else ceil(max(map(_line, str(value).split("\n"))) / _CHARACTER)


def _lines(text: str, room: float) -> Iterator[float]:
    """The width of every line, in pixels: words are kept whole unless one is wider than the room."""
    room, space = max(room, _CHARACTER), _pixels(" ")
    for part in text.split("\n"):
        left = 0.0
        for word in part.split(" "):
            wide = _word(word)
            if left and left + space + wide > room:
                yield left
                left = 0.0
            left += wide + (space if left else 0)
            while left > room:
                yield room
                left -= room
        yield left


def _line(text: str) -> float:
    words = text.split(" ")
    return sum(map(_word, words)) + (len(words) - 1) * _pixels(" ")


@lru_cache(maxsize=65_536)
def _word(word: str) -> float:
    return _pixels(word)


def _pixels(text: str) -> float:
    """Digits are half a pixel wider on paper than on a screen of 96 dots per inch, for which the widths are."""
    from xlsxwriter.utility import xl_pixel_width

    return float(xl_pixel_width(text.replace("\u00a0", " "))) + sum(map(str.isdigit, text)) / 2
