"""WebVTT and SRT: what Teams, Zoom, WhisperX, whisper.cpp, Amberscript and subtitle editors write.

Cues are found here and not with webvtt-py or srt. Both leave out, without a word, what they cannot parse (negative
times of Teams, text outside a cue), or stop at the first of it, and neither says in which line a cue stands; here
nothing may be lost silently and every problem has a place.

Policy for speakers: a voice tag (``<v Name>``) wins; else ``[SPEAKER_00]:`` or ``(speaker 0)``; else ``Name: `` where
:class:`codering.readers.speakers.Labels` holds it for a name. A cue without any of these is carried over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from codering.errors import Message, TranscriptError
from codering.readers.decoding import decoded, peek
from codering.readers.drafts import Draft, Parser, Piece
from codering.readers.speakers import Labels, is_person, split_label

_TIME: Final = r"-?\d+(?::-?\d+){1,2}(?:[.,]-?\d*)?"
_ARROW: Final = re.compile(rf"\s*(?P<start>{_TIME})\s*-{{1,2}}>\s*(?P<end>{_TIME})(?P<settings>(?:\s.*)?)")
_WORDS: Final = re.compile(r"(?!\s*-?\d+:).*[^\W\d_].*-->", re.DOTALL)
_UNPADDED: Final = re.compile(r"(?:^|\s)-?\d+:-?\d:|:-")
_BLOCK: Final = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_VOICE: Final = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]+)>|</v>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?(?:b|i|u|c|ruby|rt|lang|font|v)(?:[.\s][^>]*)?>|<\d+:[\d:.]+>|\{\\an?\d\}", re.IGNORECASE)
_LABEL: Final = re.compile(r"\s*(?:\[(?P<label>[^\]:]{1,63})\]:(?:\s|$)|\(speaker (?P<number>\d+|\?)\))", re.IGNORECASE)
_TEAMS: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}(?:/(?P<utterance>\d+))?-\d+", re.IGNORECASE)
_NAMED_SHARE: Final = 0.5
"""From this share of cues with a known label on, a person's name that occurs once is a speaker too."""
_FEW: Final = 0.2
"""Up to this share of cues without a speaker, a missing name is an exception, and worth a look."""
_DASH: Final = re.compile(r"[-–—]\s*\w")
_TITLE: Final = re.compile(r"(?=.*[^\W\d_]{2})(?![\w-]*$|.*/)")
"""What an identifier of a cue looks like when a person wrote it: words, not a number, a code or a path."""


@dataclass(slots=True)
class _Cue:
    number: int
    line: int
    start: float | None
    identifier: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def place(self) -> Message:
        return Message("cue {number} (line {line})", number=self.number, line=self.line)

    @property
    def utterance(self) -> str | None:
        """What Teams calls one utterance, which it cuts into parts."""
        found = _TEAMS.fullmatch(self.identifier)
        return self.identifier.rpartition("-")[0] if found and found["utterance"] else None


@dataclass(frozen=True, slots=True)
class _Subtitles:
    name: str
    suffixes: tuple[str, ...]
    kind: str

    def sniff(self, head: bytes, suffix: str) -> float:
        """Sure of ``WEBVTT`` or a numbered arrow at the start; less sure of the suffix alone."""
        text = peek(head).lstrip("\ufeff \t\r\n")
        if text.startswith("WEBVTT"):
            return 1.0 if self.kind == "vtt" else 0.0
        arrows = sum(bool(_ARROW.fullmatch(line)) for line in text.splitlines()[:200])
        if arrows:
            own = suffix in self.suffixes
            return 0.95 if own else 0.9 if self.kind == "srt" and suffix != ".vtt" else 0.3
        return 0.6 if suffix in self.suffixes else 0.0

    def parse(self, data: bytes, source: str) -> Draft:
        """Read all cues.

        Raises
        ------
        TranscriptError
            If there is no cue.
        """
        text, problems = decoded(data, source)
        draft = Draft(self.kind, source, problems=list(problems))
        cues = _together(_cues(text, draft, self.kind))
        if not cues:
            raise TranscriptError(
                "{source}: there is no cue in this file; expected lines such as `00:00:04.000 --> 00:00:07.200`.",
                tuple(draft.problems),
                source=source,
            )
        draft.format = _format(text, cues, self.kind)
        _fill(draft, _without_repeats(cues, draft))
        return draft


def _cues(text: str, draft: Draft, kind: str) -> list[_Cue]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    arrows = [line for line in lines if _is_arrow(line)]
    unpadded = any(_UNPADDED.search(line) for line in arrows)
    cues: list[_Cue] = []
    for start, block in _blocks(lines, kind):
        _read_block(block, start, cues, draft, unpadded=unpadded)
    return cues


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


def _read_block(block: list[str], first: int, cues: list[_Cue], draft: Draft, *, unpadded: bool) -> None:
    """Make cues of one block: usually one, more where blank lines are missing."""
    starts = [at for at, line in enumerate(block) if _is_arrow(line)]
    if not starts:
        _stray(block, first, cues, draft)
        return
    heads = [max(at - 1, 0) if at and (at == 1 or block[at - 1].strip().isdigit()) else at for at in starts]
    if heads[0] > 0:
        _stray(block[: heads[0]], first, cues, draft)
    for at, head, end in zip(starts, heads, [*heads[1:], len(block)], strict=True):
        found = _ARROW.fullmatch(block[at])
        cue = _Cue(len(cues) + 1, first + at, _seconds(found["start"], unpadded=unpadded) if found else None)
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


def _stray(lines: list[str], first: int, cues: list[_Cue], draft: Draft) -> None:
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


def _together(cues: list[_Cue]) -> list[_Cue]:
    """Put the parts of one Teams utterance next to each other, where another's short words came between."""
    groups: dict[str, list[_Cue]] = {}
    for cue in cues:
        groups.setdefault(cue.utterance or f"#{cue.number}", []).append(cue)
    return [cue for group in groups.values() for cue in group]


def _without_repeats(cues: list[_Cue], draft: Draft) -> list[_Cue]:
    """Keep one of the cues that differ only in which word is underlined (``--highlight_words``)."""
    kept: list[_Cue] = []
    repeated: list[str] = []
    underlined = False
    for cue in cues:
        raw = " ".join(cue.lines)
        here = "<u>" in raw
        if kept and (here or underlined) and _plain(raw) == _plain(" ".join(kept[-1].lines)):
            repeated.append(_plain(raw))
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


def _fill(draft: Draft, cues: list[_Cue]) -> None:
    voiced = any(_VOICE.search(" ".join(cue.lines)) for cue in cues)
    labels = None if voiced else _labels(cues, draft)
    nameless: list[_Cue] = []
    for cue in cues:
        parts = _by_voice(" ".join(cue.lines)) if labels is None else _by_prefix([_plain(x) for x in cue.lines], labels)
        start = cue.start
        if draft.pieces and any(speaker is None and text for speaker, text in parts[:1]):
            nameless.append(cue)
        for speaker, text in parts:
            if text:
                draft.add(Piece(text, cue.place, speaker, start))
            elif speaker is not None:
                draft.problem(cue.place, "This cue names a speaker, but has no text.")
            # Only the first speaker of a cue starts when the cue does.
            start = None
    _report(draft, cues, nameless, voiced=voiced)


def _report(draft: Draft, cues: list[_Cue], nameless: list[_Cue], *, voiced: bool) -> None:
    """Say where it is not plain whose words these are."""
    # Where a name stands at changes only, as some tools write it, every other cue is carried over on purpose.
    if nameless and (voiced or len(nameless) <= _FEW * len(cues)):
        draft.problem(
            nameless[0].place,
            "{count} {count:cue has|cues have} no speaker, from this one on: {count:it was|they were} given to the "
            "speaker before. Listen whether that is right, and write the speakers in the file if not.",
            count=len(nameless),
        )
    dashed = [cue for cue in cues if sum(_DASH.match(_plain(line)) is not None for line in cue.lines) > 1]
    if dashed:
        draft.problem(
            dashed[0].place,
            "{count} {count:cue has|cues have} lines that begin with a dash, from this one on. Mostly each is of "
            "another speaker; the file does not say of whom, so they were kept together. Write who speaks in it.",
            count=len(dashed),
        )


def _by_voice(raw: str) -> list[tuple[str | None, str]]:
    parts: list[tuple[str | None, str]] = []
    voices: list[str] = []
    last: str | None = None
    at = 0
    for found in _VOICE.finditer(raw):
        parts.append((voices[-1] if voices else last, _plain(raw[at : found.start()])))
        if found["name"]:
            voices.append(unescape(found["name"]).strip())
        elif voices:  # Who is interrupted within the cue goes on behind the other's words.
            last = voices.pop()
        at = found.end()
    parts.append((voices[-1] if voices else last, _plain(raw[at:])))
    spoken = [part for part in parts if part[1]]
    return spoken or parts[-1:]


def _labels(cues: list[_Cue], draft: Draft) -> Labels:
    found: dict[int, list[str]] = {}
    for cue in cues:
        lines = [_plain(line) for line in cue.lines]
        heads = [" ".join(lines), *lines[1:]]
        found[cue.number] = [split[0] for head in heads if (split := _split(head))]
    candidates = [label for labels in found.values() for label in labels]
    strict = Labels(candidates)
    share = sum(any(label in strict for label in labels) for labels in found.values()) / len(cues)
    if share >= _NAMED_SHARE:
        return Labels(candidates, lenient=True)
    for cue in cues:
        if any(is_person(label) and label not in strict for label in found[cue.number]):
            draft.problem(
                cue.place,
                "What stands before the colon may be a speaker, but occurs once; it was kept as text. If it is a "
                "speaker, write the name between brackets: `[Name]: text`.",
            )
    return strict


def _by_prefix(lines: list[str], labels: Labels) -> list[tuple[str | None, str]]:
    whole = " ".join(lines)
    found = _known(whole, labels)
    if found and not (lines and _known(lines[0], labels)):
        return [found]  # The name itself was wrapped over two lines.
    parts: list[tuple[str | None, str]] = []
    for line in lines:
        known = _known(line, labels)
        if known or not parts:
            parts.append(known or (None, line))
        else:
            speaker, text = parts[-1]
            parts[-1] = (speaker, f"{text} {line}".strip())
    return parts


def _known(text: str, labels: Labels) -> tuple[str, str] | None:
    bracketed = _LABEL.match(text)
    if bracketed:
        number = bracketed["number"]
        return (bracketed["label"] or f"Speaker {number}").strip(), text[bracketed.end() :].strip()
    found = _split(text)
    return found if found and found[0] in labels else None


def _split(text: str) -> tuple[str, str] | None:
    bracketed = _LABEL.match(text)
    if bracketed:
        return bracketed["label"] or f"Speaker {bracketed['number']}", text[bracketed.end() :].strip()
    return split_label(text)


def _plain(raw: str) -> str:
    """Take tags off and entities out, on one line."""
    return " ".join(unescape(_TAG.sub("", _VOICE.sub("", raw))).replace("\u200b", "").split())


def _format(text: str, cues: list[_Cue], kind: str) -> str:
    if any(_TEAMS.fullmatch(cue.identifier) for cue in cues) or _UNPADDED.search(text[:200]):
        return f"teams-{kind}"
    if "[SPEAKER_" in text[:20_000]:
        return f"whisperx-{kind}"
    return f"amberscript-{kind}" if "amberscript" in text[:100].casefold() else kind


PARSERS: Final[tuple[Parser, ...]] = (
    _Subtitles("WebVTT", (".vtt",), "vtt"),
    _Subtitles("SRT", (".srt",), "srt"),
)
