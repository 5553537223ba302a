"""How a table stands on a terminal: in columns as long as no word has to be broken, otherwise row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

_BETWEEN, _EDGES = 3, 2
"""Characters between two columns of a table, and at its left and right together."""
_DEEP: Final = "  "


def fitting(
    heads: Sequence[str], rows: Sequence[Sequence[str]], spare: Sequence[int], room: int
) -> tuple[list[int], list[int]] | None:
    """Choose the columns that fit, and how wide each is.

    Parameters
    ----------
    heads, rows
        What stands in the columns.
    spare
        Places of columns that can be missed, what can be missed best first.
    room
        Characters from edge to edge.

    Returns
    -------
    (list of int, list of int) or None
        Places of the columns, as many as fit, and their :func:`widths`; None if not even those that cannot be missed
        fit.
    """
    for left_out in range(len(spare) + 1):
        kept = [i for i in range(len(heads)) if i not in spare[:left_out]]
        found = widths([heads[i] for i in kept], [[row[i] for i in kept] for row in rows], room)
        if found is not None:
            return kept, found
    return None


def widths(heads: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Characters for each column, so that lines break between words, or after a hyphen, only.

    Returns
    -------
    list of int or None
        What each column needs for its longest text if that fits; otherwise its longest word, with what is left shared
        by how much more the column could use. None if not even the longest words fit.
    """
    columns = [[head, *(row[i] for row in rows)] for i, head in enumerate(heads)]
    wanted = [max(_length(text) for text in column) for column in columns]
    left = room - _EDGES - _BETWEEN * (len(heads) - 1)
    if sum(wanted) <= left:
        return wanted
    least = [max((_length(part) for text in column for part in _parts(text)), default=1) for column in columns]
    left -= sum(least)
    if left < 0:
        return None
    lacks = [want - width for want, width in zip(wanted, least, strict=True)]
    return [width + left * lack // sum(lacks) for width, lack in zip(least, lacks, strict=True)]


def broken(text: str, width: int) -> str:
    """The text in lines of at most so many characters; no word is cut."""
    from textwrap import wrap

    if _length(text) <= width:
        return text
    return "\n".join(line for part in text.splitlines() for line in wrap(part, width, break_long_words=False))


def row_by_row(
    heads: Sequence[str], rows: Sequence[Sequence[str]], names: int, room: int
) -> Iterator[tuple[str, bool]]:
    """Say each row below one another.

    Parameters
    ----------
    names
        How many of the first columns name the row: they are its heading.

    Yields
    ------
    (str, bool)
        Each line, and whether it is a heading.
    """
    for row in rows:
        title = " · ".join(dict.fromkeys(cell for cell in row[:names] if cell))
        yield from ((line, True) for line in broken(title, room).split("\n"))
        for head, cell in zip(heads[names:], row[names:], strict=True):
            if cell:
                first, *others = broken(f"{head}: {cell}", room - 2 * len(_DEEP)).split("\n")
                yield _DEEP + first, False
                yield from ((2 * _DEEP + line, False) for line in others)


def _parts(text: str) -> list[str]:
    """What :func:`broken` never cuts."""
    return [line for word in text.split() for line in broken(word, 1).split("\n")]


def _length(text: str) -> int:
    from rich.cells import cell_len

    return max((cell_len(line) for line in text.splitlines()), default=0)
