"""Cues: what WebVTT and SRT show at a time, as they stand in the file.

Cues are found here and not with webvtt-py or srt. Both leave out, without a word, what they cannot parse (negative
times of Teams, text outside a cue), or stop at the first of it, and neither says in which line a cue stands; here
nothing may be lost silently and every problem has a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from codering.errors import Message
from codering.readers.cleaning import INVISIBLE
from codering.readers.drafts import Draft

_TIME: Final = r"-?\d+(?::-?\d+){1,2}(?:[.,]-?\d*)?"
ARROW: Final = re.compile(rf"\s*(?P<start>{_TIME})\s*-{{1,2}}>\s*(?P<end>{_TIME})(?P<settings>(?:\s.*)?)")
"""When a cue is shown: ``00:00:04.000 --> 00:00:07.200``, as strictly or loosely as tools write it."""
_WORDS: Final = re.compile(r"(?!\s*-?\d+:).*[^\W\d_].*-->", re.DOTALL)
"""An arrow with words before it, which somebody typed."""
UNPADDED: Final = re.compile(r"(?:^|\s)-?\d+:-?\d:|:-")
"""A time as Teams writes it: ``0:0:9.20``."""
_BLOCK: Final = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
VOICE: Final = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]+)>|</v>", re.IGNORECASE)
"""The tag of who speaks, and its end."""
_TAG: Final = re.compile(r"</?(?:b|i|u|c|ruby|rt|lang|font|v)(?:[.\s][^>]*)?>|<\d+:[\d:.]+>|\{\\an?\d\}", re.IGNORECASE)
TEAMS: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}(?:/(?P<utterance>\d+))?-\d+", re.IGNORECASE)
"""What Teams calls a cue."""
_TITLE: Final = re.compile(r"(?=.*[^\W\d_]{2})(?![\w-]*$|.*/)")
"""What an identifier of a cue looks like when a person wrote it: words, not a number, a code or a path."""


@dataclass(slots=True)
class Cue:
    """Words that are shown together.

    Attributes
    ----------
    number
        1 for the first cue of the file.
    line
        The line of its time, from 1.
    start
        Seconds; None if the time is not readable.
    identifier
        What stands above the time; empty for nothing.
    lines
        As they stand in the file, tags and all.
    """

    number: int
    line: int
    start: float | None
    identifier: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def place(self) -> Message:
        """Where it stands, for a reader."""
        return Message("cue {number} (line {line})", number=self.number, line=self.line)

    @property
    def utterance(self) -> str | None:
        """What Teams calls one utterance, which it cuts into parts."""
        found = TEAMS.fullmatch(self.identifier)
        return self.identifier.rpartition("-")[0] if found and found["utterance"] else None


def read_cues(text: str, draft: Draft, kind: str) -> list[Cue]:
    """Find all cues, with the parts of one utterance together and without repeats; what is odd goes to `draft`.

    Parameters
    ----------
    text
        Of the whole file.
    draft
        Gets the problems and what was skipped.
    kind
        ``vtt`` or ``srt``: a WebVTT file has a header, comments and styles.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    arrows = [line for line in lines if _is_arrow(line)]
    unpadded = any(UNPADDED.search(line) for line in arrows)
    cues: list[Cue] = []
    for start, block in _blocks(lines, kind):
        _read_block(block, start, cues, draft, unpadded=unpadded)
    return _without_repeats(_together(cues), draft)


def _blocks(lines: list[str], kind: str) -> Iterator[tuple[int, list[str]]]:
    """Blocks of lines between blank lines, with the number of their first line; comments and styles left out."""
    block: list[str] = []
    first = 1
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            if not block:
                first = number
            block.append(line)
            continue
        # The header, comments, styles and regions are no speech by the format's definition; a time ends them.
        header = kind == "vtt" and block and (block[0].startswith("WEBVTT") or _BLOCK.match(block[0]))
        if header:
            arrow = next((at for at, shown in enumerate(block) if _is_arrow(shown)), None)
            if arrow is not None:
                yield first + arrow, block[arrow:]
        elif block:
            yield first, block
        block = []


def _read_block(block: list[str], first: int, cues: list[Cue], draft: Draft, *, unpadded: bool) -> None:
    """Make cues of one block: usually one, more where blank lines are missing."""
    starts = [at for at, line in enumerate(block) if _is_arrow(line)]
    if not starts:
        _stray(block, first, cues, draft)
        return
    heads = [max(at - 1, 0) if at and (at == 1 or block[at - 1].strip().isdigit()) else at for at in starts]
    if heads[0] > 0:
        _stray(block[: heads[0]], first, cues, draft)
    for at, head, end in zip(starts, heads, [*heads[1:], len(block)], strict=True):
        found = ARROW.fullmatch(block[at])
        cue = Cue(len(cues) + 1, first + at, _seconds(found["start"], unpadded=unpadded) if found else None)
        cue.identifier = block[head].strip() if head < at else ""
        cue.lines = [line.strip() for line in block[at + 1 : end]]
        if _TITLE.match(cue.identifier):
            draft.skip(cue.identifier, cue.place, "Skipped: a heading above the time of this cue.")
        if found is None:
            draft.problem(cue.place, "The time of this cue is not readable; the words were kept without a time.")
        if not cue.lines:
            draft.problem(cue.place, "This cue has no text.")
        cues.append(cue)


def _is_arrow(line: str) -> bool:
    """Whether a line says when a cue is shown; people may type an arrow in their words."""
    return "-->" in line and _WORDS.match(line) is None


def _stray(lines: list[str], first: int, cues: list[Cue], draft: Draft) -> None:
    place = Message("line {number}", number=first)
    if all(line.strip().isdigit() for line in lines):
        draft.problem(place, "This cue has no time and no text.")
    elif cues:
        draft.problem(place, "This text stands outside a cue; it was added to the cue before it.")
        cues[-1].lines += [line.strip() for line in lines]
    else:
        draft.skip(" ".join(lines), place, "Skipped: text before the first cue.")


def _seconds(text: str, *, unpadded: bool) -> float:
    """Read a time; where Teams does not pad (``0:0:9.20``), what follows the dot is a number of milliseconds."""
    clock, _, fraction = text.replace(",", ".").partition(".")
    total = 0.0
    for part in clock.split(":"):
        total = total * 60 + int(part[-12:])
    digits = fraction.lstrip("-")[:9]
    if digits:
        share = int(digits) / 1000 if unpadded else float(f"0.{digits}")
        total += -share if fraction.startswith("-") or clock.startswith("-") else share
    return total


def _together(cues: list[Cue]) -> list[Cue]:
    """Put the parts of one Teams utterance next to each other, where another's short words came between."""
    groups: dict[str, list[Cue]] = {}
    for cue in cues:
        groups.setdefault(cue.utterance or f"#{cue.number}", []).append(cue)
    return [cue for group in groups.values() for cue in group]


def _without_repeats(cues: list[Cue], draft: Draft) -> list[Cue]:
    """Keep one of the cues that differ only in which word is underlined (``--highlight_words``)."""
    kept: list[Cue] = []
    repeated: list[str] = []
    underlined = False
    for cue in cues:
        raw = " ".join(cue.lines)
        here = "<u>" in raw
        if kept and (here or underlined) and plain(raw) == plain(" ".join(kept[-1].lines)):
            repeated.append(plain(raw))
        else:
            kept.append(cue)
        underlined = here
    if repeated:
        draft.skip(
            " ".join(repeated),
            "",
            "Skipped, {count} times: a cue that repeats the one before to underline a word.",
            count=len(repeated),
        )
    return kept


def plain(raw: str) -> str:
    """Take tags and invisible marks off and entities out, on one line."""
    return " ".join(INVISIBLE.sub("", unescape(_TAG.sub("", VOICE.sub("", raw)))).split())
