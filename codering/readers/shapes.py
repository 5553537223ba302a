"""Which of a file's marks count, weighed over the whole file.

Labels have to return (or be sure by themselves), a shape that a file uses for its speakers is used throughout, and a
shape that a file hardly uses is how people write, not how they name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from codering.readers.columns import label_of
from codering.readers.marks import Kind, Line, Mark
from codering.readers.speakers import Labels, is_person, is_sure, taken_apart

_MOSTLY: Final = 0.8
_LABELLED: Final = (Kind.COLON, Kind.HEAD, Kind.BRACKET, Kind.ALONE, Kind.BOLD, Kind.TAB, Kind.DASH)
_LEAST: Final = {Kind.ALONE: 0.2, Kind.TAB: 0.2, Kind.DASH: 0.5, Kind.BRACKET: 0.1, Kind.BOLD: 0.1}
"""The share of lines that marks of a weak shape must be at least, to be more than how people write."""

_STEADY: Final = (Kind.COLON, Kind.HEAD)


@dataclass(frozen=True, slots=True)
class _Shape:
    """The marks of one kind that count, and their labels."""

    at: frozenset[int]
    labels: frozenset[str]


def chosen(lines: Sequence[Line], marks: Sequence[Mark | None], names: tuple[str, ...]) -> list[Mark | None]:
    """Keep the marks that mean something.

    Parameters
    ----------
    lines, marks
        Of the whole file, one mark (or None) a line.
    names
        Speakers that the sidecar names.

    Returns
    -------
    list of (Mark or None)
        One a line. A mark with a time whose label is no speaker becomes a mark with that time alone.
    """
    # Who speaks in the rows of a table speaks around it too.
    names = (*names, *(mark.label for mark in marks if mark is not None and mark.kind is Kind.ROW and mark.label))
    shapes = {kind: _shape(kind, lines, marks, names) for kind in _LABELLED}
    main = max(_LABELLED, key=lambda kind: len(shapes[kind].at))
    counting: set[int] = set(shapes[main].at)
    for kind in _LABELLED:
        if kind is main or kind is Kind.DASH:
            # "Karim - die was er niet bij" is a sentence, unless the file parts all its names from words so.
            continue
        # A line with nothing but a name is weak evidence; it does not outweigh a role word before a colon.
        steady = kind in _STEADY and main is not Kind.ALONE
        counting |= {
            i for i in shapes[kind].at if steady or _is_sure(marks[i]) or _folded(marks[i]) in shapes[main].labels
        }
    if main is not Kind.ALONE:
        counting -= shapes[Kind.ALONE].at
    kept = [mark if i in counting else _without_label(mark) for i, mark in enumerate(marks)]
    spoken = sum(1 for line in lines if line.text.strip())
    bare = sum(1 for mark in kept if mark is not None and mark.kind is Kind.BARE)
    if 2 * bare < spoken:
        # "10:30 gingen we weg" is a sentence.
        kept = [None if mark is not None and mark.kind is Kind.BARE else mark for mark in kept]
    return kept


def doubtful(lines: Sequence[Line], marks: Sequence[Mark | None], kept: Sequence[Mark | None]) -> Iterator[Line]:
    """Lines after the first speaker that start with what may be a name, once, and a colon."""
    first = next((i for i, mark in enumerate(kept) if mark is not None and mark.label), len(lines))
    for i in range(first, len(lines)):
        mark, keep = marks[i], kept[i]
        if mark is None or mark.kind is not Kind.COLON or mark.label is None or (keep is not None and keep.label):
            continue
        if is_person(taken_apart(mark.label).shown):
            yield lines[i]


def parted(lines: Sequence[Line], kept: Sequence[Mark | None]) -> Iterator[Line]:
    """Lines that start with the name of a speaker and a run of spaces or a tab, and were not read as that one's."""
    speakers = {_folded(mark) for mark in kept if mark is not None and mark.label}
    for line, mark in zip(lines, kept, strict=True):
        label = None if line.given or (mark is not None and mark.label) else label_of(line.text)
        if label is not None and _bare(label) in speakers:
            yield line


def _shape(kind: Kind, lines: Sequence[Line], marks: Sequence[Mark | None], names: tuple[str, ...]) -> _Shape:
    candidates = {
        i: mark.label for i, mark in enumerate(marks) if mark is not None and mark.kind is kind and mark.label
    }
    if kind in {Kind.HEAD, Kind.ALONE}:
        heading = {i: label for i, label in candidates.items() if _heads(i, kind, lines, marks)}
    else:
        heading = candidates
    strict = Labels(heading.values(), names)
    sure = {i for i, label in candidates.items() if label in strict}
    likely = {i for i, label in heading.items() if i in sure or is_person(taken_apart(label).shown)}
    if kind is Kind.COLON and candidates:
        # Where every line is labelled, a handle in lower case is a name too.
        spoken = sum(1 for line in lines[min(candidates) :] if line.text.strip())
        handles = {i for i, label in candidates.items() if len(label.split()) == 1}
        likely |= handles if len(likely | handles) >= _MOSTLY * spoken else set()
    if not likely:
        return _Shape(frozenset(), frozenset())
    counting = sure | _one_offs(kind, likely, lines, marks)
    if len(counting) < _LEAST.get(kind, 0) * sum(1 for line in lines if line.text.strip()):
        return _Shape(frozenset(), frozenset())
    return _Shape(frozenset(counting), frozenset(_folded(marks[i]) for i in counting))


def _one_offs(kind: Kind, likely: set[int], lines: Sequence[Line], marks: Sequence[Mark | None]) -> set[int]:
    """Names that count though they occur once, because everything around them is labelled."""
    begin = min(likely)
    spoken = [i for i in range(begin, len(lines)) if lines[i].text.strip()]
    starts = {i for i in spoken if i == begin or not lines[i - 1].text.strip()}
    found: set[int] = set()
    if kind in {Kind.COLON, Kind.BRACKET, Kind.TAB} and len(likely) >= _MOSTLY * len(spoken):
        found |= likely
    if len(starts) > 1 and len(likely & starts) >= _MOSTLY * len(starts):
        found |= likely & starts
    timed = {i for i in likely if _is_timed(i, lines, marks)}
    if len(timed) > 1:
        found |= timed
    return found


def _heads(i: int, kind: Kind, lines: Sequence[Line], marks: Sequence[Mark | None]) -> bool:
    """Whether a line that may be a heading has words below it."""
    below = next((j for j in range(i + 1, len(lines)) if lines[j].text.strip()), None)
    if below is None:
        return False
    mark = marks[below]
    if kind is Kind.ALONE and mark is not None and mark.kind is Kind.ALONE:
        # "Anouk / Hoi / Karim": the words may look like a name too, but then they are not followed by words again.
        return mark.label is None or not (is_person(mark.label) or is_sure(mark.label))
    return mark is None or (mark.kind in {Kind.ALONE, Kind.BRACKET, Kind.COLON} and mark.start is None)


def _is_timed(i: int, lines: Sequence[Line], marks: Sequence[Mark | None]) -> bool:
    mark = marks[i]
    if mark is not None and mark.start is not None:
        return True
    above = next((j for j in range(i - 1, -1, -1) if lines[j].text.strip()), None)
    return above is not None and (over := marks[above]) is not None and over.kind is Kind.STAMP


def _without_label(mark: Mark | None) -> Mark | None:
    return mark if mark is None or mark.label is None or mark.kind is Kind.ROW else mark.otherwise


def _is_sure(mark: Mark | None) -> bool:
    return mark is not None and mark.kind in _STEADY and mark.label is not None and is_sure(mark.label)


def _folded(mark: Mark | None) -> str:
    return _bare(mark.label) if mark is not None and mark.label else ""


def _bare(label: str) -> str:
    return " ".join(taken_apart(label).shown.casefold().split())
