"""Colours for codes that have none of their own."""

from __future__ import annotations

import re
from typing import Final

COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}\Z")
"""How a colour is written."""

# Paul Tol's "muted" scheme (https://sro.sron.nl/~pault/), which stays apart for people with red-green and blue-yellow
# colour blindness; the order puts the most different ones first.
_MUTED: Final = (
    "#332288", "#cc6677", "#117733", "#ddcc77", "#88ccee", "#882255", "#44aa99", "#999933", "#aa4499",
)  # fmt: skip
_STEP: Final = 0.14
_LIGHTEST: Final = 0.56


def palette(position: int) -> str:
    """The colour of the theme at a position, counted from 0; the colours repeat after nine."""
    return _MUTED[position % len(_MUTED)]


def lighter(colour: str, position: int) -> str:
    """The colour of the code at a position in its theme: the theme's colour, mixed with white step by step."""
    share = min((position + 1) * _STEP, _LIGHTEST)
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(channel + (255 - channel) * share):02x}" for channel in channels)
