"""A value as a person of the language reads it: the same on the screen, on a page and in a report."""

from __future__ import annotations

import math
from typing import Final

from codering.errors import Message, with_minus
from codering.rounding import half_up, to_digits
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
        return moment(cell, texts.language) if cell and column.kind is Kind.MOMENT else cell
    if not math.isfinite(cell):
        return "–"
    return with_minus(_number(cell, column.kind, texts))


def percent(share: float, language: str, decimals: int = 0) -> str:
    """Write a share, 0 to 1, as a percentage in a language; undefined is ``–``."""
    from babel.numbers import format_percent

    if not math.isfinite(share):
        return "–"
    pattern = f"0.{'0' * decimals}%" if decimals else "0%"
    return str(format_percent(half_up(share, decimals + 2), pattern, locale=language))


def moment(iso: str, language: str) -> str:
    """Write a moment (ISO 8601, UTC) as a date and a time of this computer."""
    from datetime import datetime

    from babel.dates import format_datetime

    return str(format_datetime(datetime.fromisoformat(iso).astimezone(), "d MMM y HH:mm", locale=language))


def _number(cell: float, kind: Kind, texts: Texts) -> str:
    from babel.numbers import format_decimal

    if kind is Kind.SHARE:
        return percent(cell, texts.language, 1)
    if kind is Kind.STATED:
        return f"{format_decimal(half_up(100 * cell, 2), '0.##', locale=texts.language)}%"
    if kind is Kind.POINTS:
        points = 100 * half_up(cell, 3)
        return format_decimal(points, "+0.0;-0.0" if points else "0.0", locale=texts.language)
    if kind is Kind.SECONDS:
        minutes, seconds = divmod(int(cell), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if kind is Kind.COUNT:
        return format_decimal(half_up(cell), "#,##0", locale=texts.language)
    if kind is Kind.P:
        small = 0 <= cell < _LEAST_P
        return ("<\u00a0" if small else "") + format_decimal(
            half_up(_LEAST_P if small else cell, 3), "0.000", locale=texts.language
        )
    # 0.0015 is not 0.00; what differs from 0 by rounding alone is.
    small = _NOTHING < abs(cell) <= _SHOWN
    if small:
        return format_decimal(to_digits(cell, 1), "@", locale=texts.language)
    return format_decimal(half_up(cell, 2), "#,##0.00", locale=texts.language)
