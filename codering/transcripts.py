"""Transcripts: who said what, when.

A :class:`Transcript` is a sequence of :class:`Turn`; a turn is one speaker's uninterrupted speech. A
:class:`Segment` points at words within one turn. All are frozen: text is normalised once, at import, and never
changes after that, so that an offset that was right stays right.

Offsets count Unicode code points (what Python's ``len`` counts), from 0, half-open ``[start, end)``. Turns are
numbered from 1, as a researcher counts them on paper.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from codering.errors import TranscriptError

Attributes = tuple[tuple[str, str], ...]
"""Names and values in order, for example ``(("functie", "klantmanager"), ("ervaring", "12"))``."""
Place = tuple[str, int]
"""A turn: the name of its transcript and its number."""

_HALVES = re.compile("[\ud800-\udfff]")


class Role(StrEnum):
    """What a speaker does in the group; only participants are coded and counted."""

    MODERATOR = "moderator"
    PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person in one transcript.

    Attributes
    ----------
    name
        As the transcript writes it; unique within the transcript.
    role
        Moderator or participant.
    pseudonym
        What exports show instead of the name; None if nobody chose one.
    attributes
        Facts for crosstabs, such as function, years of experience, type of municipality.
    """

    name: str
    role: Role = Role.PARTICIPANT
    pseudonym: str | None = None
    attributes: Attributes = ()

    @property
    def shown(self) -> str:
        """The pseudonym, or the name where there is none."""
        return self.pseudonym or self.name

    def attribute(self, name: str) -> str | None:
        """The value of one attribute, or None if it is unknown."""
        return dict(self.attributes).get(name)


@dataclass(frozen=True, slots=True)
class Turn:
    r"""One speaker's uninterrupted speech.

    Attributes
    ----------
    number
        1 for the first turn of the transcript.
    speaker
        The :attr:`Speaker.name` of who speaks.
    text
        The words, with ``\n`` as the only line break.
    start
        Seconds from the start of the recording; None if the file does not say.
    """

    number: int
    speaker: str
    text: str
    start: float | None = None

    @property
    def words(self) -> int:
        """How many words, split on white space."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """Some words within one turn.

    Attributes
    ----------
    transcript
        The :attr:`Transcript.name`.
    turn
        The :attr:`Turn.number`, from 1.
    start, end
        Code points from the start of the turn's text, half-open: ``text[start:end]``.
    """

    transcript: str
    turn: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if self.turn < 1 or not 0 <= self.start < self.end:
            raise TranscriptError(
                "{transcript}, turn {turn}: [{start}, {end}) is not a segment; expected 0 <= start < end.",
                transcript=self.transcript,
                turn=self.turn,
                start=self.start,
                end=self.end,
            )

    @property
    def place(self) -> Place:
        """The turn that it is in."""
        return self.transcript, self.turn

    def overlaps(self, other: Segment) -> bool:
        """Whether both share at least one code point."""
        return (
            self.transcript == other.transcript
            and self.turn == other.turn
            and self.start < other.end
            and other.start < self.end
        )


@dataclass(frozen=True)
class Transcript:
    """One focus group as it was written down.

    Attributes
    ----------
    name
        The file's stem; unique within a project.
    turns
        In the order of the file, numbered 1, 2, 3, …
    speakers
        Everyone who has a turn, in order of first appearance.
    title, date, wave, group
        What the file or its sidecar says; None if it does not. `date` is ISO 8601 (``2026-04-14``); a wave is the
        round in which the group was held; a group is where or with whom.
    attributes
        Facts about the group, such as the type of municipality.
    source
        The name of the file that was read, without folders.
    format
        The reader that read it, for example ``"teams-vtt"``.
    """

    name: str
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    title: str | None = None
    date: str | None = None
    wave: str | None = None
    group: str | None = None
    attributes: Attributes = ()
    source: str = ""
    format: str = ""
    _by_name: Mapping[str, Speaker] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {speaker.name: speaker for speaker in self.speakers}
        object.__setattr__(self, "_by_name", by_name)
        if len(by_name) != len(self.speakers):
            raise TranscriptError("{name}: two speakers have the same name.", name=self.name)
        for number, turn in enumerate(self.turns, start=1):
            if turn.number != number:
                raise TranscriptError(
                    "{name}: turn {found} stands in place {expected}; turns are numbered 1, 2, 3, …",
                    name=self.name,
                    found=turn.number,
                    expected=number,
                )
            if turn.speaker not in by_name:
                raise TranscriptError(
                    "{name}, turn {turn}: the speaker is not among the transcript's speakers.",
                    name=self.name,
                    turn=number,
                )
            if turn.text != normalised(turn.text):
                raise TranscriptError(
                    "{name}, turn {turn}: the text was not normalised; read it with a reader.",
                    name=self.name,
                    turn=number,
                )

    @cached_property
    def hash(self) -> str:
        """SHA-256 (hexadecimal) of speakers and texts: two transcripts with one hash have the same words."""
        words = [[turn.speaker, turn.text] for turn in self.turns]
        return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()

    @property
    def words(self) -> int:
        """How many words in all turns together."""
        return sum(turn.words for turn in self.turns)

    def speaker(self, name: str) -> Speaker:
        """The speaker with this name.

        Raises
        ------
        TranscriptError
            If nobody in the transcript has that name.
        """
        try:
            return self._by_name[name]
        except KeyError:
            raise TranscriptError("{name}: there is no such speaker.", name=self.name) from None

    def shown(self, name: str) -> str:
        """What tables call a speaker: pseudonym or name, with a number if others are shown alike (``P1 (2)``)."""
        shown = self.speaker(name).shown
        alike = [one.name for one in self.speakers if one.shown == shown]
        place = alike.index(name) + 1
        return shown if place == 1 else f"{shown} ({place})"

    @property
    def listed(self) -> tuple[Speaker, ...]:
        """The speakers as a table lists them: who leads first, then by what they are called, P10 after P9."""
        return tuple(sorted(self.speakers, key=lambda one: (one.role is not Role.MODERATOR, _numbered(one.shown))))

    def turn(self, number: int) -> Turn:
        """The turn with this number, from 1.

        Raises
        ------
        TranscriptError
            If there is no such turn.
        """
        if not 1 <= number <= len(self.turns):
            raise TranscriptError(
                "{name}: there is no turn {number}; the transcript has {count} {count:turn|turns}.",
                name=self.name,
                number=number,
                count=len(self.turns),
            )
        return self.turns[number - 1]

    def is_participant(self, turn: Turn) -> bool:
        """Whether a participant speaks; turns of a moderator are never coded."""
        return self._by_name[turn.speaker].role is Role.PARTICIPANT

    @property
    def led(self) -> bool:
        """Whether somebody is its moderator; without one everyone who speaks counts as a participant."""
        return any(speaker.role is Role.MODERATOR for speaker in self.speakers)

    def participant_turns(self) -> Iterator[Turn]:
        """The turns of participants, in order."""
        return (turn for turn in self.turns if self.is_participant(turn))

    def spoken_turns(self) -> Iterator[Turn]:
        """The turns of participants that hold words, in order: what can carry a code, and every base is made of."""
        return (turn for turn in self.participant_turns() if turn.text.strip())

    def whole(self, turn: Turn) -> Segment:
        """The segment that covers all words of a turn (without white space around them).

        Raises
        ------
        TranscriptError
            If the turn holds no words.
        """
        stripped = turn.text.strip()
        start = len(turn.text) - len(turn.text.lstrip())
        return Segment(self.name, turn.number, start, start + len(stripped))

    def quote(self, segment: Segment) -> str:
        """The words at a segment, verbatim.

        Raises
        ------
        TranscriptError
            If the segment is of another transcript or ends after its turn.
        """
        text = self.turn(segment.turn).text
        if segment.transcript != self.name or segment.end > len(text):
            raise TranscriptError(
                "{name}, turn {turn}: [{start}, {end}) lies outside the turn, which has {length} "
                "{length:character|characters}.",
                name=self.name,
                turn=segment.turn,
                start=segment.start,
                end=segment.end,
                length=len(text),
            )
        return text[segment.start : segment.end]


def normalised(text: str) -> str:
    r"""Make line breaks ``\n``, drop byte-order marks, mark half characters; nothing else.

    Half of a surrogate pair, which a broken JSON file can hold, is no character: it cannot be stored or exported, and
    becomes U+FFFD. Unicode is not composed or decomposed: what the researcher sees in the file is what an offset
    counts.
    """
    whole = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    return _HALVES.sub("\ufffd", whole)


def same_name(left: str, right: str) -> bool:
    """Whether two spellings of a name are one name: case, accents' encoding and spaces aside."""
    return _folded(left) == _folded(right)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def waves_in_order(transcripts: Iterable[Transcript]) -> tuple[str, ...]:
    """The waves of transcripts: by the earliest date that is known of each, then those without any date by name.

    Numbers in names count as numbers, so that wave 10 follows wave 9.
    """
    dates: dict[str, list[str]] = {}
    for transcript in transcripts:
        if transcript.wave:
            dates.setdefault(transcript.wave, []).extend([transcript.date] if transcript.date else [])

    def place(wave: str) -> tuple[bool, str, list[tuple[int, str]]]:
        return not dates[wave], min(dates[wave], default=""), _numbered(wave)

    return tuple(sorted(dates, key=place))


def _numbered(name: str) -> list[tuple[int, str]]:
    """By which names are put in order so that numbers in them count as numbers."""
    parts = re.split(r"(\d+)", name)  # words and numbers in turn
    # A longer number is a larger one; as an int it could be too long to read.
    return [(len(part.lstrip("0")), part.lstrip("0")) if odd % 2 else (0, part) for odd, part in enumerate(parts)]
