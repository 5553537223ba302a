"""WebVTT and SRT: what Teams, Zoom, WhisperX, whisper.cpp, Amberscript and subtitle editors write.

How cues are found is in :mod:`codering.readers.cues`; here is who speaks in them.

Policy for speakers: a voice tag (``<v Name>``) wins; else ``[SPEAKER_00]:`` or ``(speaker 0)``; else ``Name: `` where
:class:`codering.readers.speakers.Labels` holds it for a name. A cue without any of these is carried over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Final

from codering.errors import TranscriptError
from codering.readers.cues import ARROW, TEAMS, UNPADDED, VOICE, Cue, plain, read_cues
from codering.readers.decoding import decoded, peek
from codering.readers.drafts import UNKNOWN, Draft, Parser, Piece
from codering.readers.speakers import Labels, is_person, split_label

_LABEL: Final = re.compile(r"\s*(?:\[(?P<label>[^\]:]{1,63})\]:(?:\s|$)|\(speaker (?P<number>\d+|\?)\))", re.IGNORECASE)
_NAMED_SHARE: Final = 0.5
"""From this share of cues with a known label on, a person's name that occurs once is a speaker too."""
_FEW: Final = 0.2
"""Up to this share of cues without a speaker, a missing name is an exception, and worth a look."""
_DASH: Final = re.compile(r"[-–—]\s*\w")


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
        arrows = sum(bool(ARROW.fullmatch(line)) for line in text.splitlines()[:200])
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
        cues = read_cues(text, draft, self.kind)
        if not cues:
            raise TranscriptError(
                "{source}: there is no cue in this file; expected lines such as `00:00:04.000 --> 00:00:07.200`.",
                tuple(draft.problems),
                source=source,
            )
        draft.format = _format(text, cues, self.kind)
        _fill(draft, cues)
        return draft


def _fill(draft: Draft, cues: list[Cue]) -> None:
    """Give every cue's words to who says them."""
    voiced = any(VOICE.search(" ".join(cue.lines)) for cue in cues)
    labels = None if voiced else _labels(cues, draft)
    nameless: list[Cue] = []
    for cue in cues:
        parts = _by_voice(" ".join(cue.lines)) if labels is None else _by_prefix([plain(x) for x in cue.lines], labels)
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


def _report(draft: Draft, cues: list[Cue], nameless: list[Cue], *, voiced: bool) -> None:
    """Say where it is not plain whose words these are."""
    # Where a name stands at changes only, as some tools write it, every other cue is carried over on purpose.
    if nameless and (voiced or len(nameless) <= _FEW * len(cues)):
        draft.problem(
            nameless[0].place,
            "{count} {count:cue has|cues have} no speaker, from this one on: {count:it was|they were} given to the "
            "speaker before. Listen whether that is right, and write the speakers in the file if not.",
            count=len(nameless),
        )
    dashed = [cue for cue in cues if sum(_DASH.match(plain(line)) is not None for line in cue.lines) > 1]
    if dashed:
        draft.problem(
            dashed[0].place,
            "{count} {count:cue has|cues have} lines that begin with a dash, from this one on. Mostly each is of "
            "another speaker; the file does not say of whom, so they were kept together. Write who speaks in it.",
            count=len(dashed),
        )


def _by_voice(raw: str) -> list[tuple[str | None, str]]:
    """Who says what in a cue with voice tags, which may stand within each other; None for who spoke before."""
    parts: list[tuple[str | None, str]] = []
    voices: list[str] = []
    last: str | None = None
    at = 0
    for found in VOICE.finditer(raw):
        parts.append((voices[-1] if voices else last, plain(raw[at : found.start()])))
        if found["name"]:
            voices.append(unescape(found["name"]).strip())
        elif voices:  # Who is interrupted within the cue goes on behind the other's words.
            last = voices.pop()
        at = found.end()
    parts.append((voices[-1] if voices else last, plain(raw[at:])))
    spoken = [part for part in parts if part[1]]
    return spoken or parts[-1:]


def _labels(cues: list[Cue], draft: Draft) -> Labels:
    """Which words before a colon are names, by the whole file."""
    found: dict[int, list[str]] = {}
    for cue in cues:
        lines = [plain(line) for line in cue.lines]
        heads = [" ".join(lines), *lines[1:]]
        found[cue.number] = [split[0] for head in heads if (split := _bracketed(head) or split_label(head))]
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
    """Who says what in a cue with names before the words; None for who spoke before."""
    whole = " ".join(lines)
    found = _known(whole, labels)
    if found and not (lines and _known(lines[0], labels)):
        return [found]  # The name itself was wrapped over two lines.
    parts: list[tuple[str | None, str]] = []
    for line in lines:
        known = _known(line, labels) or _changed(line)
        if known or not parts:
            parts.append(known or (None, line))
        else:
            speaker, text = parts[-1]
            parts[-1] = (speaker, f"{text} {line}".strip())
    return parts


def _changed(line: str) -> tuple[str, str] | None:
    """Words behind ``>>``: somebody else speaks, whom the file names or not."""
    if not line.startswith(">>"):
        return None
    labelled = split_label(line)
    return labelled if labelled and is_person(labelled[0]) else (UNKNOWN, line.lstrip("> "))


def _known(text: str, labels: Labels) -> tuple[str, str] | None:
    """Who speaks, and the words, where the name is between brackets or is one of the labels."""
    bracketed, labelled = _bracketed(text), split_label(text)
    return bracketed or (labelled if labelled and labelled[0] in labels else None)


def _bracketed(text: str) -> tuple[str, str] | None:
    found = _LABEL.match(text)
    return found and ((found["label"] or f"Speaker {found['number']}").strip(), text[found.end() :].strip())


def _format(text: str, cues: list[Cue], kind: str) -> str:
    if any(TEAMS.fullmatch(cue.identifier) for cue in cues) or UNPADDED.search(text[:200]):
        return f"teams-{kind}"
    if "[SPEAKER_" in text[:20_000]:
        return f"whisperx-{kind}"
    return f"amberscript-{kind}" if "amberscript" in text[:100].casefold() else kind


PARSERS: Final[tuple[Parser, ...]] = (
    _Subtitles("WebVTT", (".vtt",), "vtt"),
    _Subtitles("SRT", (".srt",), "srt"),
)
