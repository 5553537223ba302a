"""What no text may hold: control characters, halves of characters, times that are no times."""

from __future__ import annotations

import math
import re
from typing import Final

from codering.errors import Message, Problem
from codering.transcripts import normalised

INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Marks of direction, joiners and soft hyphens: nobody sees them, and they make another name of a name."""

_BREAKS: Final = re.compile("[\x0b\x0c\x85]")
_SPACES: Final = re.compile("[\x1c-\x1f]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def clean_text(text: str, source: str, place: str | Message, problems: list[Problem]) -> str:
    r"""Make a piece of text fit for a turn.

    Parameters
    ----------
    text
        As a parser found it.
    source, place
        Where, for problems.
    problems
        Gets one for what had to be left out or replaced.

    Returns
    -------
    str
        Stripped; with ``\n`` as the only line break, without control characters but tabs, and without surrogates.
    """
    text = _SPACES.sub(" ", _BREAKS.sub("\n", normalised(text)))
    text, controls = _CONTROLS.subn("", text)
    text, halves = _SURROGATES.subn("\ufffd", text)
    if controls:
        problems.append(
            Problem(
                source,
                place,
                "{count} control {count:character was|characters were} left out; the words were kept.",
                count=controls,
            )
        )
    if halves:
        problems.append(
            Problem(
                source,
                place,
                "{count} broken {count:character|characters} became �; correct this in the file.",
                count=halves,
            )
        )
    return text.strip()


def clean_name(label: str) -> str:
    """Make a speaker's label one line without control characters and invisible marks."""
    label = INVISIBLE.sub("", label)
    text = _SURROGATES.sub("\ufffd", _CONTROLS.sub("", _SPACES.sub(" ", _BREAKS.sub(" ", normalised(label)))))
    return " ".join(text.split())


def clean_start(start: float | None) -> float | None:
    """Make a time usable: one before the recording (Teams writes those) is its start; NaN and infinity are none."""
    if start is None or not math.isfinite(start):
        return None
    return max(0.0, float(start))
