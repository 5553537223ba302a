"""JSON from strangers: bounded, and with a place for everything that is not as it should be."""

from __future__ import annotations

import json
import math
from typing import Any

from codering.errors import Message, Problem, TranscriptError


def loads(text: str, source: str, place: str | Message = "") -> tuple[Any, list[Problem]]:
    """Read a JSON value.

    Returns
    -------
    tuple of (Any, list of Problem)
        The value, and a problem if a key occurs twice in one object (the last one holds). NaN and infinities, which
        are no JSON but are written by some recognisers, become None.

    Raises
    ------
    TranscriptError
        If it is no JSON, is cut off or is nested too deeply.
    """
    doubles = 0

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal doubles
        found = dict(pairs)
        doubles += len(pairs) - len(found)
        return found

    try:
        value = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=unique, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        where = place or Message("line {number}", number=error.lineno)
        raise TranscriptError(
            "{source}: {place}: this is no valid JSON; it may be cut off. Export the file again.",
            source=source,
            place=where,
        ) from None
    except (RecursionError, ValueError):
        raise TranscriptError(
            "{source}: this JSON is nested too deeply or holds a number that is too long; it is no transcript.",
            source=source,
        ) from None
    problems = []
    if doubles:
        problems.append(
            Problem(
                source,
                place,
                "{count} {count:key occurs|keys occur} twice in one object; the last was used.",
                count=doubles,
            )
        )
    return value, problems


def number(value: object) -> float | None:
    """A finite number, also one written as text; else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def label(value: object) -> str | None:
    """A speaker's label, also one written as a number; None if there is none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None


def dictionary(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def listing(value: object) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []
