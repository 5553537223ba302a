"""Names in a column of their own, made with runs of spaces, as people type without tabs and programs print.

::

    Moderator   Goedemiddag allemaal, fijn dat
                jullie er zijn.
    Karim       Ja, dat klopt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

from codering.readers.clock import CLOCK, seconds
from codering.readers.marks import Kind, Line, Mark
from codering.readers.speakers import LONGEST_NAME, Labels, is_label, is_person, is_sure, taken_apart

_TIME: Final = rf"[\[({{<#]{{0,3}}(?P<time>{CLOCK})[\])}}>#]{{0,3}}"
_LED: Final = re.compile(rf"{_TIME}[ \t]{{1,40}}(?=\S)")
_NAMED: Final = re.compile(
    rf"(?:\*\*|__)?(?P<label>[^\s:](?:[^\s:]| (?! )){{0,{LONGEST_NAME - 1}}}?)(?:\*\*|__)?"
    r"(?P<gap>[ \t]{0,80}\t[ \t]{0,80}| {2,80})(?P<rest>\S.*)",
    re.DOTALL,
)
_TIMED: Final = re.compile(rf"{_TIME} {{2,40}}(?P<rest>\S.*)", re.DOTALL)
_MOSTLY: Final = 0.8
_HALF: Final = 0.5
_FEWEST: Final = 2
"""Names, and lines with one: below it a file has no columns."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that may be a row: who speaks, the words, and where in the line both begin (in characters)."""

    label: str
    start: float | None
    rest: str
    name_at: int
    words_at: int
    spaced: bool

    @property
    def mark(self) -> Mark:
        return Mark(Kind.ROW, self.label, self.start, self.rest)


def label_of(text: str) -> str | None:
    """What may be a name at the start of a line: words before a run of spaces or a tab."""
    row = _row(text)
    return row.label if row else None


def with_columns(lines: Sequence[Line], names: tuple[str, ...] = ()) -> Sequence[Line]:
    """Say who speaks in the lines of a file whose names stand in a column made with spaces; else leave all as it is.

    Parameters
    ----------
    lines
        Of the whole file.
    names
        Speakers that the sidecar names.

    Notes
    -----
    It is certain that they do where there are two names or more, and behind most of the lines that do not go on with
    the one above (these begin further to the right) stand two spaces or more after a name that is one by itself or
    returns. A name that is as long as the column is wide has one space behind it; it counts if nothing else is
    unexplained, for "Karim zegt" may be words.
    """
    rows = {i: row for i, line in enumerate(lines) if line.given is None and (row := _row(line.text))}
    if not any(row.spaced for row in rows.values()):
        return lines
    left = Counter(row.name_at for row in rows.values()).most_common(1)[0][0]
    rows = {i: row for i, row in rows.items() if row.name_at == left}
    sure = _sure(rows, names)
    if not sure:
        return lines
    outer = [i for i, line in enumerate(lines) if line.text.strip() and _name_at(line.text) <= left]
    rows |= _filling(outer, rows, sure, lines)
    sure = _sure(rows, names)
    outer = [i for i in outer if i >= min(sure)]
    likely = {i for i in outer if i in sure or (i in rows and is_person(taken_apart(rows[i].label).shown))}
    found = likely if len(likely) >= _MOSTLY * len(outer) else sure if len(sure) >= _HALF * len(outer) else set()
    labels = {rows[i].label.casefold() for i in found}
    if len(labels) < _FEWEST:
        return lines
    marks = {i: rows[i].mark for i in found} | _above_their_words(lines, outer, labels)
    return [replace(line, given=marks[i]) if i in marks else line for i, line in enumerate(lines)]


def _sure(rows: Mapping[int, _Row], names: tuple[str, ...]) -> set[int]:
    labels = Labels((row.label for row in rows.values()), names)
    return {i for i, row in rows.items() if row.label in labels}


def _filling(outer: Sequence[int], rows: Mapping[int, _Row], sure: set[int], lines: Sequence[Line]) -> dict[int, _Row]:
    """The lines whose name fills the column, if words begin at one place in all others and then no line is left."""
    (at, times), *_ = Counter(rows[i].words_at for i in sure).most_common(1)
    if times < _MOSTLY * len(sure):
        return {}
    begin = min(sure)
    above = ((i, _filled(lines[i].text, at)) for i in reversed(outer) if i < begin)
    found = dict(takewhile(lambda pair: pair[1] is not None, above))
    for i in outer:
        if i > begin and i not in rows and not _is_name(lines[i].text.strip()):
            found[i] = _filled(lines[i].text, at)
    return {} if None in list(found.values()) else {i: row for i, row in found.items() if row}


def _filled(text: str, at: int) -> _Row | None:
    plain = _plain(text).rstrip()
    label = plain[: at - 1].strip()
    if len(plain) <= at or plain[at - 1] != " " or plain[at - 2].isspace() or not _is_name(label):
        return None
    return _Row(label, None, text[at:].strip(), 0, at, spaced=True)


def _is_name(label: str) -> bool:
    return is_label(label) and (is_person(taken_apart(label).shown) or is_sure(label))


def _above_their_words(lines: Sequence[Line], outer: Sequence[int], labels: set[str]) -> dict[int, Mark]:
    """Lines with a name and nothing else, whose words begin on the next."""
    left = set(outer)
    return {
        i: Mark(Kind.ROW, text, None, "")
        for i in outer
        if (text := lines[i].text.strip()).casefold() in labels
        and i + 1 < len(lines)
        and i + 1 not in left
        and lines[i + 1].text.strip()
    }


def _row(text: str) -> _Row | None:
    plain = _plain(text)
    whole = plain.strip()
    led = _LED.match(whole)
    start = seconds(led["time"]) if led else None
    begin = led.end() if led and start is not None else 0
    named = _NAMED.fullmatch(whole, begin)
    if named is None or not is_label(named["label"]):
        return None
    rest = named["rest"]
    timed = _TIMED.fullmatch(rest) if start is None else None
    if timed and seconds(timed["time"]) is not None:
        start, rest = seconds(timed["time"]), timed["rest"]
    if seconds(rest) is not None:
        return None
    words_at = len(plain.rstrip()) - len(rest)
    # Cut from the line itself, so that the words stay as they are: a no-break space is one of them.
    return _Row(named["label"], start, text.rstrip()[words_at:], _name_at(text), words_at, "\t" not in named["gap"])


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def _name_at(text: str) -> int:
    return len(text) - len(text.lstrip())
