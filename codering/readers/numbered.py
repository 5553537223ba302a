"""Numbers in front: of every line, as conversation analysts type and word processors print them, or of every turn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from codering.readers.columns import label_of
from codering.readers.marks import Kind, Line, mark_of

_NUMBER: Final = re.compile(r"[ \t\u00a0]{0,9}[\[(#]?(?P<number>\d{1,5})[\].)]{0,2}(?:[ \t\u00a0]{1,9}|$)")
_MOSTLY: Final = 0.8
_LEAST: Final = 3


def without_numbers(lines: Sequence[Line]) -> Sequence[Line]:
    """Take the numbers off lines that are numbered; all other lines stay as they are.

    Lines are numbered if nearly all of them begin with a number, each one more than the one before (or, on a new page,
    the first again), and names stand behind some of them: no talk is like that. Turns are numbered if names stand
    behind nearly all numbers, and nowhere else: lines between them go on with the turn.
    """
    spoken = [line for line in lines if line.text.strip()]
    found = [match for line in spoken if line.given is None and (match := _NUMBER.match(line.text))]
    if len(found) < _LEAST:
        return lines
    numbers = [int(match["number"]) for match in found]
    if any(after not in (before + 1, numbers[0]) for before, after in pairwise(numbers)):
        return lines
    labels = sum(_names(match.string[match.end() :]) for match in found)
    if len(found) >= _MOSTLY * len(spoken):
        numbered = labels > 1
    else:
        elsewhere = any(_names(line.text) for line in spoken if line.given or not _NUMBER.match(line.text))
        numbered = labels >= max(_LEAST, _MOSTLY * len(found)) and not elsewhere
    return [_bare(line) for line in lines] if numbered else lines


def _names(text: str) -> bool:
    """Whether a name may stand at the start: behind a time or not, before a colon or a run of spaces."""
    mark = mark_of(Line(text, ""))
    return (mark is not None and mark.kind is Kind.COLON) or label_of(text) is not None


def _bare(line: Line) -> Line:
    found = _NUMBER.match(line.text) if line.given is None else None
    if found is None:
        return line
    return replace(line, text=line.text[found.end() :], bold=line.bold.removeprefix(found[0]))
