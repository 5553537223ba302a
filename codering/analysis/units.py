"""Units: what frequencies are split by, such as wave, group, speaker or any attribute.

An attribute of a speaker (function, years of experience) goes before an attribute of a group with the same name. Years
and other numbers are put into classes, because a column for every number of years says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from codering.errors import CoderingError
from codering.transcripts import Transcript

UNKNOWN: Final = ""
"""The unit of what a transcript does not state, for example its wave."""

FIXED: Final = ("all", "transcript", "group", "wave", "speaker")
"""What every project can be split by, besides the attributes that it has."""

_FEW: Final = 4
"""A number with at most this many values needs no classes."""

Unit = Callable[[Transcript, str], str]
"""Gives the unit of a speaker in a transcript."""


def attributes(transcripts: Sequence[Transcript]) -> tuple[str, ...]:
    """Every attribute that a participant or a group has, in order of first appearance; speakers' attributes first."""
    own = (name for t in transcripts for speaker in _participants(t) for name, _ in t.speaker(speaker).attributes)
    shared = (name for t in transcripts for name, _ in t.attributes)
    return tuple(name for name in dict.fromkeys((*own, *shared)) if name not in FIXED)


def unit_of(transcripts: Sequence[Transcript], by: str, *, cuts: Sequence[float] = ()) -> Unit:
    """Make the function that says to which unit a speaker belongs.

    Parameters
    ----------
    transcripts
        All of them: they decide the classes of a number.
    by
        One of :data:`FIXED` or the name of an attribute.
    cuts
        Where the classes of a number begin, ascending: ``(5, 10)`` makes "under 5", "5 to 9" and "10 and more" of whole
        numbers. Without it, three classes with about as many participants each.

    Raises
    ------
    CoderingError
        If no transcript and no participant has that attribute, or there are cuts and it is no number.
    """
    if by in FIXED:
        _refuse_cuts(cuts, by)
        return _fixed(by)
    if by not in attributes(transcripts):
        raise CoderingError(
            "Nothing is known about {name}. What frequencies can be split by: {known}.",
            name=by,
            known=", ".join((*FIXED, *attributes(transcripts))),
        )
    values = [value for t in transcripts for s in _participants(t) if (value := _value(t, s, by)) != UNKNOWN]
    numbers = [_number(value) for value in values]
    if any(number is None for number in numbers):
        _refuse_cuts(cuts, by)
    if any(number is None for number in numbers) or (not cuts and len(set(numbers)) <= _FEW):
        return lambda transcript, speaker: _value(transcript, speaker, by)
    known = [number for number in numbers if number is not None]
    starts = tuple(cuts) or _thirds(known)

    def unit(transcript: Transcript, speaker: str) -> str:
        number = _number(_value(transcript, speaker, by))
        return UNKNOWN if number is None else _class(number, starts, known)

    return unit


def _refuse_cuts(cuts: Sequence[float], by: str) -> None:
    if cuts:
        raise CoderingError(
            "{name} is no number, so it has no classes that could begin at {cuts}. Leave these out, or split by an "
            "attribute that is a number.",
            name=by,
            cuts=", ".join(f"{cut:g}" for cut in cuts),
        )


def in_order(units: Sequence[str], by: str) -> tuple[str, ...]:
    """Put the units of an attribute in order: numbers and classes by size, words as they came, unknown last."""
    if by in FIXED:
        return tuple(units)
    sizes = {unit: _number(unit.partition("–")[0].strip("<≥ ")) for unit in units}
    if any(size is None for unit, size in sizes.items() if unit != UNKNOWN):
        return tuple(sorted(units, key=lambda unit: unit == UNKNOWN))
    return tuple(sorted(units, key=lambda u: (u == UNKNOWN, sizes[u] or 0.0, not u.startswith("<"))))


def _fixed(by: str) -> Unit:
    if by == "transcript":
        return lambda transcript, _: transcript.name
    if by == "group":
        return lambda transcript, _: transcript.group or UNKNOWN
    if by == "wave":
        return lambda transcript, _: transcript.wave or UNKNOWN
    if by == "speaker":
        return lambda transcript, speaker: f"{transcript.name}: {transcript.shown(speaker)}"
    return lambda _, __: UNKNOWN


def _participants(transcript: Transcript) -> tuple[str, ...]:
    return tuple(dict.fromkeys(turn.speaker for turn in transcript.spoken_turns()))


def _value(transcript: Transcript, speaker: str, name: str) -> str:
    own = transcript.speaker(speaker).attribute(name)
    return own if own is not None else dict(transcript.attributes).get(name, UNKNOWN)


def _number(text: str) -> float | None:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _thirds(numbers: Sequence[float]) -> tuple[float, ...]:
    """Cut where a third and two thirds of the participants lie below; equal values stay together."""
    ordered = sorted(numbers)
    places = (ordered[len(ordered) // 3], ordered[2 * len(ordered) // 3])
    return tuple(dict.fromkeys(place for place in places if place > ordered[0]))


def _class(number: float, starts: Sequence[float], known: Sequence[float]) -> str:
    below = [start for start in starts if start <= number]
    above = [start for start in starts if start > number]
    if not below:
        return f"<{above[0]:.10g}" if above else f"≥{min(known):.10g}"
    if not above:
        return f"≥{below[-1]:.10g}"
    # Of whole numbers the class ends one below the next; of others at what was seen last.
    whole = all(value == int(value) for value in (*known, *starts))
    end = above[0] - 1 if whole else max(value for value in known if value < above[0])
    return f"{below[-1]:.10g}–{end:.10g}" if end > below[-1] else f"{below[-1]:.10g}"
