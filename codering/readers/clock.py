"""Times and dates as transcripts write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

CLOCK: Final = r"(?<![\d:])\d{1,3}:\d{1,2}(?::\d{2})?(?:[.,]\d{1,3}|-\d(?!\d))?(?![\d:])"
"""A pattern for ``0:07``, ``75:12``, ``00:12:31``, ``00:12:31.5``, ``00:12:31,500`` and f4's ``00:00:04-1``."""

_PARTS: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6})|-(\d))?")
_MONTHS: Final = {
    month: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb", "maart march mrt mar", "april apr", "mei may",
            "juni june jun", "juli july jul", "augustus august aug", "september sept sep", "oktober october okt oct",
            "november nov", "december dec",
        ),
        start=1,
    )
    for month in names.split()
}  # fmt: skip
_ISO: Final = re.compile(r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_DUTCH: Final = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_WRITTEN: Final = re.compile(r"(?<!\d)(\d{1,2})\.?\s+([^\W\d_]{3,9})\.?,?\s+(\d{4})(?!\d)")
_ENGLISH: Final = re.compile(r"\b([^\W\d_]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")


def seconds(text: str) -> float | None:
    """Read a time.

    Parameters
    ----------
    text
        ``M:SS``, ``MM:SS`` (minutes may exceed 59) or ``H:MM:SS``, with decimals after a dot or comma or f4's tenths
        after a hyphen; brackets, ``#`` and spaces around it are ignored.

    Returns
    -------
    float or None
        Seconds; None if it is not a time.
    """
    found = _PARTS.fullmatch(text.strip(" \t\u00a0[](){}<>#"))
    if found is None:
        return None
    hours, minutes, secs, decimals, tenths = found.groups()
    if int(secs) > 59 or (hours is not None and int(minutes) > 59):
        return None
    fraction = float(f"0.{decimals or tenths}") if decimals or tenths else 0.0
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(secs) + fraction


def iso_date(text: str) -> str | None:
    """Find a date in a text.

    Returns
    -------
    str or None
        ISO 8601 (``2026-04-14``) of the first date in one of the forms ``2026-04-14``, ``14-04-2026`` (day first, as
        the Dutch write), ``14 april 2026`` and ``April 14, 2026``; None if there is none that exists.
    """
    for pattern, order in ((_ISO, "ymd"), (_DUTCH, "dmy"), (_WRITTEN, "dmy"), (_ENGLISH, "mdy")):
        for found in pattern.finditer(text):
            parts = dict(zip(order, found.groups(), strict=True))
            month = int(parts["m"]) if parts["m"].isdigit() else _MONTHS.get(parts["m"].casefold(), 0)
            try:
                return date(int(parts["y"]), month, int(parts["d"])).isoformat()
            except ValueError:
                continue
    return None
