"""How wide the columns of a table in Word are, and how large its letters, so that no word is broken."""

from __future__ import annotations

import re
from typing import Final

WIDTH: Final = 16.0
"""Centimetres between the margins of an A4 page; a template can leave less."""
_LETTER: Final = 0.2
MARGIN, _CLOSER, _TIGHT = 0.4, 0.24, 0.16
"""Centimetres of a letter of a table at its usual size, and of the space around a cell: usual, less, and least."""
_HEAD: Final = 0.95
"""How wide a letter of a heading is, which is smaller but bold, beside one of the rows."""
_SIZE, _LEGIBLE, _SMALLEST = 9.0, 8.0, 6.5
"""Points: of the letters of a table, of one with many columns, and of one whose words would be broken even so."""
_WIDER: Final = 0.5
"""By how many usual letters a wide one is wider."""
_BLANK, _HYPHEN = re.compile(" "), re.compile(r" |(?<=\w-)")
"""Where a line of a cell can end without breaking a word; behind the hyphen of "2026-voorjaar" only if need be."""
_LONG, _ROOM = 60, 2.0
"""Letters of a text that takes more lines, and the centimetres that it gets beside its longest word, or a row of it
would be a narrow column of words.
"""


def _letters(word: str) -> float:
    """How wide a word is, in letters of usual width; where Calibri is lacking, the font that replaces it is wide."""
    return len(word) + _WIDER * sum(letter in "mwMW%" for letter in word)


def _least(heads: list[str], rows: list[list[str]], size: float, breaks: re.Pattern[str], margin: float) -> list[float]:
    """Centimetres that each column needs so that no word is broken."""
    least = []
    for i, head in enumerate(heads):
        above = max(map(_letters, breaks.split(head))) * _HEAD
        below = max((_letters(word) for row in rows for word in breaks.split(row[i])), default=1)
        least.append(_LETTER * size / _SIZE * max(above, below) + margin)
    return least


def laid_out(heads: list[str], rows: list[list[str]], wide: float = WIDTH) -> tuple[float, list[float], float]:
    """Lay a table out with the largest letters at which no word is broken.

    Parameters
    ----------
    heads, rows
        What stands in it.
    wide
        Centimetres between the margins of the page.

    Returns
    -------
    (float, list of float, float)
        The size of the letters of its rows in points (those of its heads are a point smaller), the width of each column
        and the space at both sides of a cell together in centimetres.
    """
    sizes = [_SIZE - step / 2 for step in range(int(2 * (_SIZE - _SMALLEST)) + 1)]
    # Rather "2026-" above "voorjaar", or columns close together, than letters that nobody can read.
    looser = ((_BLANK, MARGIN), (_BLANK, _CLOSER), (_HYPHEN, MARGIN), (_HYPHEN, _CLOSER), (_HYPHEN, _TIGHT))
    ways = (
        (size, breaks, margin)
        for legible in (True, False)
        for breaks, margin in looser
        for size in sizes
        if (size >= _LEGIBLE) is legible
    )
    room = _ROOM if any(len(text) > _LONG for row in rows for text in row) else 0.0
    tried = [(size, _least(heads, rows, size, breaks, margin), margin) for size, breaks, margin in ways]
    size, least, margin = next((one for one in tried if sum(one[1]) + room <= wide), tried[-1])
    return size, _widths(heads, rows, size, least, wide), margin


def _widths(heads: list[str], rows: list[list[str]], size: float, least: list[float], wide: float) -> list[float]:
    """Centimetres for each column: its longest word, and the rest of the page to where the text is long."""
    left = wide - sum(least)
    if left <= 0:
        return [wide * width / sum(least) for width in least]
    # A base stands below its head, so that names have the room.
    longest = [max(map(len, (*head.split(" ("), *(row[i] for row in rows)))) for i, head in enumerate(heads)]
    short = [
        max(_LETTER * size / _SIZE * long + MARGIN - width, 0.01) for long, width in zip(longest, least, strict=True)
    ]
    if sum(short) <= left:  # everything fits on a line: the rest is spread evenly
        return [width + lack + (left - sum(short)) / len(least) for width, lack in zip(least, short, strict=True)]
    return [width + left * lack / sum(short) for width, lack in zip(least, short, strict=True)]
