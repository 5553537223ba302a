"""Times as transcripts write them, in seconds."""

from __future__ import annotations

import re
from typing import Final

CLOCK: Final = r"\d{1,3}:\d{1,2}(?::\d{2})?(?:[.,]\d{1,3}|-\d)?"
"""A pattern for ``0:07``, ``75:12``, ``00:12:31``, ``00:12:31.5``, ``00:12:31,500`` and f4's ``00:00:04-1``."""

_PARTS: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6})|-(\d))?")


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
    found = _PARTS.fullmatch(text.strip(" \t\u00a0[](){}#"))
    if found is None:
        return None
    hours, minutes, secs, decimals, tenths = found.groups()
    if int(secs) > 59 or (hours is not None and int(minutes) > 59):
        return None
    fraction = float(f"0.{decimals or tenths}") if decimals or tenths else 0.0
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(secs) + fraction
