"""A value as a person of the language reads it: the same on the screen, on a page, in a sentence and in a report."""

from __future__ import annotations

import math
from datetime import datetime
from decimal import Decimal
from typing import Final

from codering.errors import Message, with_minus
from codering.rounding import half_up, to_digits
from codering.tables import Cell, Column, Kind
from codering.texts import Texts

UNDEFINED: Final = "–"
"""What stands for a figure that does not exist."""
_SHOWN: Final = 0.005
"""Above this two decimals differ from 0."""
_NOTHING: Final = 1e-9
_LEAST_P: Final = 0.001


def written(cell: Cell, column: Column, texts: Texts) -> str:
    """Write a value as a person reads it; undefined is ``–``, empty is empty."""
    if cell is None:
        return ""
    if isinstance(cell, Message):
        return cell.translated(texts.translate)
    if isinstance(cell, str):
        return moment(cell, texts.language) if cell and column.kind is Kind.MOMENT else cell
    if not math.isfinite(cell):
        return UNDEFINED
    return _of_kind(cell, column.kind, texts.language)


def percent(share: float, language: str, decimals: int = 0) -> str:
    """Write a share, 0 to 1, as a percentage; undefined is ``–``."""
    from babel.numbers import format_percent

    if not math.isfinite(share):
        return UNDEFINED
    pattern = f"0.{'0' * decimals}%" if decimals else "0%"
    return with_minus(str(format_percent(half_up(share, decimals + 2), pattern, locale=language)))


def coefficient(value: float, language: str) -> str:
    """Write a coefficient, such as κ, with two decimals; undefined is ``–``."""
    return UNDEFINED if math.isnan(value) else _formatted(half_up(value, 2), "0.00", language)


def count(number: float, language: str, decimals: int = 0) -> str:
    """Write a number of things, or with decimals a mean of such numbers: 12.345 in Dutch."""
    pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    return _formatted(half_up(number, decimals), pattern, language)


def moment(iso: str, language: str) -> str:
    """Write a moment (ISO 8601, UTC) as a date and a time of this computer."""
    from babel.dates import format_datetime

    return str(format_datetime(datetime.fromisoformat(iso).astimezone(), "d MMM y HH:mm", locale=language))


def day(iso: str, language: str) -> str:
    """Write the day of a moment (ISO 8601) in full, in the time zone that the moment is in: 27 november 2026."""
    from babel.dates import format_date

    return str(format_date(datetime.fromisoformat(iso), "d MMMM y", locale=language))


def _of_kind(cell: float, kind: Kind, language: str) -> str:
    """Write a finite number as its column asks."""
    if kind is Kind.COUNT:
        return count(cell, language)
    if kind is Kind.SHARE:
        return percent(cell, language, 1)
    if kind is Kind.STATED:
        return f"{_formatted(half_up(100 * cell, 2), '0.##', language)}%"
    if kind is Kind.POINTS:
        points = 100 * half_up(cell, 3)
        return _formatted(points, "+0.0;-0.0" if points else "0.0", language)
    if kind is Kind.SECONDS:
        minutes, seconds = divmod(int(cell), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if kind is Kind.P:
        small = 0 <= cell < _LEAST_P
        return ("<\u00a0" if small else "") + _formatted(half_up(_LEAST_P if small else cell, 3), "0.000", language)
    # 0.0015 is not 0.00; what differs from 0 by rounding alone is.
    if _NOTHING < abs(cell) <= _SHOWN:
        return _formatted(to_digits(cell, 1), "@", language)
    return _formatted(half_up(cell, 2), "#,##0.00", language)


def _formatted(number: float | Decimal, pattern: str, language: str) -> str:
    from babel.numbers import format_decimal

    return with_minus(str(format_decimal(number, pattern, locale=language)))
