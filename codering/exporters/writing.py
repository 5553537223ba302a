"""A value as a person of the language reads it: the same on the screen, on a page and in a report."""

from __future__ import annotations

import math
from typing import Final

from codering.errors import Message, with_minus
from codering.tables import Cell, Column, Kind
from codering.texts import Texts

_SHOWN: Final = 0.005
"""Above this two decimals differ from 0."""
_NOTHING: Final = 1e-9
_LEAST_P: Final = 0.001


def written(cell: Cell, column: Column, texts: Texts) -> str:
    """Write a value as a person reads it; undefined is ``–``."""
    if cell is None:
        return ""
    if isinstance(cell, Message):
        return cell.translated(texts.translate)
    if isinstance(cell, str):
        return cell
    if not math.isfinite(cell):
        return "–"
    return with_minus(_number(cell, column.kind, texts))


def _number(cell: float, kind: Kind, texts: Texts) -> str:
    from babel.numbers import format_decimal, format_percent

    if kind is Kind.SHARE:
        return format_percent(cell, "0.0%", locale=texts.language)
    if kind is Kind.POINTS:
        points = round(100 * cell, 1)
        return format_decimal(points or 0, "+0.0;-0.0" if points else "0.0", locale=texts.language)
    if kind is Kind.SECONDS:
        minutes, seconds = divmod(int(cell), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if kind is Kind.COUNT:
        return format_decimal(cell, "#,##0", locale=texts.language)
    if kind is Kind.P:
        small = 0 <= cell < _LEAST_P
        return ("<\u00a0" if small else "") + format_decimal(
            _LEAST_P if small else cell, "0.000", locale=texts.language
        )
    # 0.0015 is not 0.00; what differs from 0 by rounding alone is.
    small = _NOTHING < abs(cell) <= _SHOWN
    return format_decimal(cell, "@" if small else "#,##0.00", locale=texts.language)
