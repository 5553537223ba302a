"""From lines to pieces of speech: which of the marks in a file mean something.

Every text-like format (plain text, Word, OpenDocument, RTF, PDF) ends here with its lines. :mod:`shapes` decides for
the whole file which marks count; this module goes through the lines with them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from codering.readers.attendance import listed
from codering.readers.cleaning import INVISIBLE
from codering.readers.columns import with_columns
from codering.readers.drafts import Draft, Piece, count
from codering.readers.marks import Kind, Line, Mark, mark_of, tail_time
from codering.readers.numbered import without_numbers
from codering.readers.prefaces import is_footer, is_furniture, is_keyed, read_preface, skip_footer
from codering.readers.shapes import chosen, doubtful, parted
from codering.readers.speakers import is_person, role_of, split_label, taken_apart
from codering.transcripts import Role

_LONGEST_PREFACE: Final = 60
_NAME_WITHIN: Final = 90
_MARKS: Final = re.compile(rf"(?!(?<=[^\w\s])\u200d){INVISIBLE.pattern}")
"""Invisible marks, but not what holds an emoji together: that can be seen, and words stay as they are."""
_MOSTLY: Final = 0.8
_NUMBERED_TOPIC: Final = re.compile(
    r"\s{0,9}(?:vraag|thema|onderwerp|topic|blok|deel|stelling|question)\s?\d{1,2}[a-z]?\s?[:.)-]", re.IGNORECASE
)
_BARE_ROLE: Final = re.compile(
    r"moderator|gespreksleid(?:er|ster)|interview(?:er|ster)|deelnem(?:er|ster)|respondente?|participant", re.IGNORECASE
)
_PREFACE: Final = 0.25
_RULE: Final = re.compile(r"[-_=*~—–]{3,}")
_BEHIND: Final = re.compile(r"(?P<name>[^()]*?)\s{0,9}(?:\((?P<said>[^()]*)\))?")
_NAMES: Final = re.compile(r"\s{0,9}(?:,|;|\ben\b|&|/)\s{0,9}")


def read_lines(lines: Sequence[Line], draft: Draft, names: tuple[str, ...] = ()) -> Draft:
    """Find who speaks in running text, and fill the draft.

    Parameters
    ----------
    lines
        All lines of the file, blank ones included.
    draft
        Is filled and returned.
    names
        Speakers that the sidecar names.

    Notes
    -----
    Words before the first speaker are header lines (date, group, wave, title) or are reported as skipped. Lines without
    a speaker belong to the speaker before, as MAXQDA and QualCoder have it. If no line names a speaker, every
    paragraph is speech of an unknown one.
    """
    lines = without_numbers([_seen(line) for line in lines])
    ends = {i for i, line in enumerate(lines) if _RULE.fullmatch(line.text.strip()) or is_footer(line)}
    lines = [replace(line, text="") if _RULE.fullmatch(line.text.strip()) else line for line in lines]
    present = listed(lines)
    begin = max(present, default=-1) + 1
    lines = [*lines[:begin], *with_columns(lines[begin:], names)]
    candidates = [None if i in present else mark_of(line) for i, line in enumerate(lines)]
    marks = chosen(lines, candidates, names)
    _take_roles(marks, draft)
    _name_behind_roles(marks)
    named = any(mark is not None and mark.label is not None for mark in marks)
    first = next((i for i, mark in enumerate(marks) if mark is not None), len(lines))
    above = [line for i, line in enumerate(lines[:first]) if i not in present]
    if not named or _is_more_than_preface(above, lines):
        first = min(first, max(begin, _end_of_header(lines)))
    last = max(first, _start_of_footer(lines))
    read_preface(lines[:first], draft, present)
    _Walk(draft, lines[first:last], named=named).through(marks[first:last])
    for line in lines[last:]:
        if line.text.strip():
            skip_footer(line, draft)
    if named:
        _report_names_within(draft)
        for line in doubtful(lines, candidates, marks):
            draft.problem(
                line.place,
                "what stands before the colon may be a speaker's name, but occurs only once; it was read as words of "
                "the speaker before. If it is a speaker, name them in the sidecar under `speakers:`.",
            )
        _report_odd(lines[:last], marks, ends, draft)
        if apart := list(parted(lines[first:last], marks[first:last])):
            draft.problem(
                apart[0].place,
                "{count} {count:line begins|lines begin} with a speaker's name and spaces, from here on, while names "
                "are written in another way elsewhere; {count:it was|they were} read as words of the speaker before. "
                "If it is the other who speaks, put a colon behind the name.",
                count=len(apart),
            )
    return draft


def _report_names_within(draft: Draft) -> None:
    """Say where a speaker's name and a colon stand within a line: ``… zo. Karim: nee`` or ``//Karim: ja//``."""
    names = "|".join(sorted({re.escape(piece.speaker) for piece in draft.pieces if piece.speaker}))
    within = re.compile(rf"(?:[.!?…][\"”’)\]]?\s+|//\s?|[\[(])(?:{names})\s?:\s")
    found = [(piece, times) for piece in draft.pieces if (times := len(within.findall(piece.text)))]
    if found:
        draft.problem(
            found[0][0].place,
            "{count} {count:time|times} a speaker's name and a colon stand in the midst of words, from here on; all "
            "was read as words of who speaks there. If it is the other who speaks, begin a line with that name.",
            count=sum(times for _, times in found),
        )


def _report_odd(lines: Sequence[Line], marks: Sequence[Mark | None], ends: set[int], draft: Draft) -> None:
    """Say where a line may be no speech of who spoke before: a numbered question, notes behind the end."""
    named = [i for i in range(len(lines)) if (mark := marks[i]) is not None and mark.label]
    if not named:
        return
    for i in range(named[0], len(lines)):
        above, below = lines[i - 1].text.strip(), lines[i + 1].text.strip() if i + 1 < len(lines) else ""
        odd = marks[i] is None and not lines[i].heading and not above and not below
        if odd and _NUMBERED_TOPIC.match(lines[i].text):
            draft.problem(
                lines[i].place,
                "this line may be a question or theme of the interview guide; it was read as words of the speaker "
                "before. If it is not, put a name before it, or take it out.",
            )
    end = next((i for i in sorted(ends) if i > named[-1]), len(lines))
    if behind := [line for line in lines[end + 1 :] if line.text.strip()]:
        draft.problem(
            behind[0].place,
            "{words} {words:word|words} without a name stand behind a line that may be the end, from here on; "
            "{words:it was|they were} read as words of the last speaker. If these are notes, take them out.",
            words=sum(count(line.text) for line in behind),
        )


class _Walk:
    """Goes through the lines of the conversation and makes pieces."""

    def __init__(self, draft: Draft, lines: Sequence[Line], *, named: bool) -> None:
        self._draft: Final = draft
        self._lines: Final = lines
        self._tails: Final = _has_tails(lines)
        # Of an unknown speaker, the lines between two blank lines belong together, if the file has blank lines.
        self._blocks: Final = not named and any(not line.text.strip() for line in lines)
        self._pending: float | None = 0.0 if self._tails else None
        self._owed: str | None = None
        self._header: Kind | None = None
        self._opening = True

    def through(self, marks: Sequence[Mark | None]) -> None:
        """Make pieces of all lines."""
        blank = True
        for line, mark in zip(self._lines, marks, strict=True):
            if not line.text.strip():
                blank = True
                continue
            if mark is None:
                self._plain(line, blank=blank)
            else:
                self._marked(line, mark)
            blank = False

    def _marked(self, line: Line, mark: Mark) -> None:
        if mark.start is not None:
            self._pending = mark.start
        if mark.kind is Kind.STAMP:
            return
        # Who restates a name goes on where the machine broke off: no new paragraph.
        self._opening = True
        self._owed, self._header = mark.label or self._owed, mark.kind
        if mark.rest:
            self._speak(mark.rest, line, " ")

    def _plain(self, line: Line, *, blank: bool) -> None:
        text = line.text.strip()
        if line.heading:
            self._draft.skip(text, line.place, "skipped: a heading among the turns.")
            return
        soft = line.soft and self._header is Kind.HEAD
        if self._opening or soft:
            self._speak(text, line, " " if self._header is not None else "\n")
        elif line.wrapped and not blank:
            self._extend(text, "" if re.search(r"\w-$", self._draft.pieces[-1].text[-2:]) else " ")
        elif self._header is None and (line.soft or (self._blocks and not blank)):
            self._extend(text, "\n")
        else:
            self._speak(text, line, "\n")

    def _speak(self, text: str, line: Line, joins: str) -> None:
        text, end = tail_time(text) if self._tails else (text, None)
        if text:
            self._draft.add(Piece(text, line.place, self._owed, self._pending, joins))
            self._pending, self._owed, self._opening = None, None, False
        if end is not None:
            self._pending = end

    def _extend(self, text: str, joins: str) -> None:
        """Go on with the piece before: a line that only the page or the paragraph broke off."""
        last = self._draft.pieces[-1]
        whole, end = tail_time(last.text + joins + text) if self._tails else (last.text + joins + text, None)
        self._draft.words_in += count(whole) - count(last.text)
        self._draft.pieces[-1] = replace(last, text=whole)
        if end is not None:
            self._pending = end


def _has_tails(lines: Sequence[Line]) -> bool:
    """Whether the file puts times at the end of paragraphs, as f4 and QualCoder do."""
    spoken = [line for line in lines if line.text.strip()]
    return sum(tail_time(line.text)[1] is not None for line in spoken) >= max(1, min(2, len(spoken)))


def _seen(line: Line) -> Line:
    """A line without invisible marks where a name may stand."""
    start = line.text[:_NAME_WITHIN]
    if line.given is not None or not _MARKS.search(start):
        return line
    return replace(line, text=_MARKS.sub("", start) + line.text[_NAME_WITHIN:], bold=_MARKS.sub("", line.bold))


def _name_behind_roles(marks: list[Mark | None]) -> None:
    """``Deelnemer: Karim: Ja.`` is of Karim, where a name stands behind nearly every role without a number."""
    found: dict[int, tuple[str, str] | None] = {}
    for i, mark in enumerate(marks):
        if mark is not None and mark.kind is Kind.COLON and mark.label and _BARE_ROLE.fullmatch(mark.label):
            split = split_label(mark.rest)
            found[i] = split if split and is_person(split[0]) else None
    if sum(one is not None for one in found.values()) < _MOSTLY * len(found):
        return
    for i, one in found.items():
        mark = marks[i]
        if one is not None and mark is not None:
            marks[i] = replace(mark, label=f"{mark.label} {one[0]}", rest=one[1])


def _take_roles(marks: list[Mark | None], draft: Draft) -> None:
    """``Gespreksleider: Anouk`` above the conversation says who Anouk is; nobody says "Anouk"."""
    labels = {taken_apart(mark.label).shown.casefold() for mark in marks if mark is not None and mark.label}
    for i, mark in enumerate(marks):
        if mark is None or mark.kind is Kind.STAMP:
            continue
        listed = [_BEHIND.fullmatch(name) for name in _NAMES.split(mark.rest.strip(" .")) if name]
        persons = [(one["name"], one["said"] or "") for one in listed if one is not None]
        role = role_of(mark.label or "")
        if role is None or mark.start is not None or not persons or None in listed:
            return
        if not all(is_person(name) for name, _ in persons):
            return
        known = [(name, role_of(said) or role) for name, said in persons if _known(name, labels)]
        if not known:
            return
        for name, own in known:
            draft.roles[name] = Role(own)
            # The label in the text may be the first name only.
            draft.roles[name.split()[0]] = Role(own)
        marks[i] = None


def _known(name: str, labels: set[str]) -> bool:
    return name.casefold() in labels or name.split()[0].casefold() in labels


def _is_more_than_preface(above: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether so much stands above the first speaker that it must be speech of someone whom the file does not name."""
    words = sum(count(line.text) for line in above)
    return words > _LONGEST_PREFACE and words > _PREFACE * sum(count(line.text) for line in lines)


def _end_of_header(lines: Sequence[Line]) -> int:
    """Where speech starts in a file that names nobody: after the last of the header lines at the top."""
    end = 0
    for i, line in enumerate(lines[:15]):
        text = line.text.strip()
        if is_keyed(text) or (text and is_furniture(text)) or (i == 0 and (line.heading or text.startswith("#"))):
            end = i + 1
        elif text and i > end + 2:
            break
    return end


def _start_of_footer(lines: Sequence[Line]) -> int:
    last = len(lines)
    for i in range(len(lines) - 1, -1, -1):
        if lines[i].text.strip() and not is_footer(lines[i]):
            break
        if lines[i].text.strip():
            last = i
    return last
