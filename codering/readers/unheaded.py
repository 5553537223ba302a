"""Tables whose columns have no heading that is known: what is in them tells who speaks, and else it is not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from codering.readers.prefaces import is_keyed
from codering.readers.rows import Header, Row, as_text, starts
from codering.readers.speakers import is_label, is_sure

_SAMPLE: Final = 200
_MOST_ABOVE: Final = 25
_MOSTLY: Final = 0.8


def guess_header(rows: list[Row]) -> Header | None:
    """Find out by their content which of two or three columns are times, names and words.

    Parameters
    ----------
    rows
        Of the file. A title and the like, with fewer cells than the other rows, may stand above.

    Returns
    -------
    Header or None
        None if it is not certain. A column of names holds what can be a name, and names return; where two columns are
        like that, the one with fewer different names is. If neither is, a table of two columns must have times.
    """
    sample = [(at, row) for at, row in enumerate(rows) if row.shown()][:_SAMPLE]
    widths = Counter(len(row.cells) for _, row in sample)
    width = max(widths, key=lambda cells: widths[cells], default=0)
    above = next((at for at, row in sample if _filled(row) >= width and not _is_fact(row)), 0)
    body = [row for at, row in sample if at >= above]
    whole = sum(len(row.cells) >= width for row in body)
    if width not in (2, 3) or len(body) < 2 or above > _MOST_ABOVE or whole < _MOSTLY * len(body):
        return None
    # A first row that is not like the others holds headings that are not known.
    columns = _columns(body, width)
    if columns is None or not _fits(body[0], columns):
        below = _columns(body[1:], width)
        return Header(above, below, guessed=True) if below else None
    return Header(-1, columns, above=above, guessed=True)


def _columns(rows: Sequence[Row], width: int) -> dict[str, int] | None:
    columns = {at: [text for row in rows if (text := as_text(row.cell(at)))] for at in range(width)}
    times = [at for at in columns if rows and all(starts(row.cell(at)) is not None for row in rows)]
    others = {at: cells for at, cells in columns.items() if at not in times}
    if len(times) > 1 or len(others) not in (1, 2) or not rows:
        return None
    found = {"start": times[0]} if times else {}
    if len(others) > 1:
        speaker = _speaker(others)
        if speaker is None:
            return None
        found["speaker"] = speaker
        del others[speaker]
    return {"text": next(iter(others)), **found}


def _fits(row: Row, columns: dict[str, int]) -> bool:
    label = as_text(row.cell(columns.get("speaker")))
    return not label or is_label(label)


def _is_fact(row: Row) -> bool:
    return is_keyed(": ".join(as_text(cell) for cell in row.cells))


def _filled(row: Row) -> int:
    return sum(bool(as_text(cell)) for cell in row.cells)


def _speaker(columns: dict[int, list[str]]) -> int | None:
    """The column of names; None if none is, or both are alike."""
    different = {at: len({cell.casefold() for cell in cells}) for at, cells in columns.items() if _are_names(cells)}
    fewest = min(different.values(), default=0)
    found = [at for at, names in different.items() if names == fewest]
    return found[0] if len(found) == 1 else None


def _are_names(cells: Sequence[str]) -> bool:
    returns = len({cell.casefold() for cell in cells}) < len(cells)
    labels = sum(is_label(cell) for cell in cells)
    return labels >= _MOSTLY * max(1, len(cells)) and (returns or any(is_sure(cell) for cell in cells))
