"""From what a file says to a transcript: the one road that every format takes.

A :class:`Parser` turns bytes into a :class:`Draft`: pieces of speech in the order of the file, each with its place.
:func:`reading_from` does the rest, so that one transcript gives the same turns from every format: it carries
speakers over, merges consecutive pieces of one speaker into a turn, recognises moderators, applies the sidecar and
keeps the accounts of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol, runtime_checkable

from codering.errors import Message, Problem, TranscriptError
from codering.readers.cleaning import clean_name, clean_start, clean_text
from codering.readers.remarks import about_misspelt, about_moderator, about_several, about_unknown, about_words
from codering.readers.roster import Roster
from codering.readers.sidecar import Sidecar
from codering.transcripts import Attributes, Role, Transcript, Turn

UNKNOWN: Final = "Onbekend"
"""The name of a speaker whom the file does not name."""

_SENTENCE_END: Final = re.compile(r"[.?!…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Piece:
    r"""A piece of speech as the file has it: a line, a paragraph, a cue or a row.

    Attributes
    ----------
    text
        The words, verbatim; only line wraps that the container made are already spaces.
    place
        Where it stands, for example ``Message("line {number}", number=12)``.
    speaker
        Who speaks, as the file writes it; None if the piece does not say: then it is the speaker of the piece
        before, or an unknown one at the start of the file.
    start
        Seconds from the start of the recording, or None.
    joins
        What stands between this piece and the one before if both fall in one turn: ``" "`` for cues, ``"\n"``
        for paragraphs.
    """

    text: str
    place: str | Message
    speaker: str | None = None
    start: float | None = None
    joins: str = " "


@dataclass(slots=True)
class Draft:
    """What a parser found in one file; filled while reading.

    Attributes
    ----------
    format
        The exact variety, for example ``"teams-vtt"``.
    source
        The file's name, without folders, for problems.
    pieces
        In the order of the file.
    problems
        What was skipped or doubtful, with places.
    words_in
        All words in the file that may be speech, also those that were skipped.
    words_skipped
        The part of `words_in` that was left out on purpose; each time with a problem (see :meth:`skip`).
    title, date, wave, group
        What the file says about the meeting.
    roles
        What the file says about its speakers, by the name it uses.
    attributes
        Facts about the group.
    """

    format: str
    source: str = ""
    pieces: list[Piece] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    words_in: int = 0
    words_skipped: int = 0
    title: str | None = None
    date: str | None = None
    wave: str | None = None
    group: str | None = None
    roles: dict[str, Role] = field(default_factory=dict)
    attributes: Attributes = ()

    def add(self, piece: Piece) -> None:
        """Add a piece of speech and count its words in."""
        self.words_in += count(piece.text)
        self.pieces.append(piece)

    def skip(self, text: str, place: str | Message, message: str | Message, /, **values: object) -> None:
        """Leave words out: count them, and report where and why."""
        words = count(text)
        self.words_in += words
        self.words_skipped += words
        self.problem(place, message, **values)

    def problem(self, place: str | Message, message: str | Message, /, **values: object) -> None:
        """Report something doubtful."""
        self.problems.append(Problem(self.source, place, message, **values))


class Parser(Protocol):
    """Reads one family of formats.

    Attributes
    ----------
    name
        What messages call it, for example ``"WebVTT"``.
    suffixes
        With dot, lower case: the usual names of such files.
    """

    @property
    def name(self) -> str:
        """What messages call it."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The usual suffixes."""

    def sniff(self, head: bytes, suffix: str) -> float:
        """How sure it is, from 0 to 1, that it can read this.

        Parameters
        ----------
        head
            The first 64 KiB. For text see :func:`codering.readers.decoding.peek`.
        suffix
            The suffix (lower case) that the *content* proves if it can (``.docx``, ``.xlsx``, ``.odt``, ``.pdf``,
            ``.rtf``), else the file's own.
        """

    def parse(self, data: bytes, source: str) -> Draft:
        """Read it all.

        Raises
        ------
        TranscriptError
            If nothing in it is usable.
        """


@runtime_checkable
class NamesAware(Protocol):
    """A parser of running text, which wants to know which names the researcher gave in the sidecar."""

    @property
    def knows_names(self) -> bool:
        """True; its being there tells this parser from others."""

    def parse(self, data: bytes, source: str, names: tuple[str, ...] = ()) -> Draft:
        """As :meth:`Parser.parse`; a label among `names` is a speaker, however rare."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of one file.

    Attributes
    ----------
    transcript
        The turns and their speakers.
    problems
        What a person should know, in the order in which it was found; empty for a clean file.
    words_in, words_out
        Words of speech seen in the file, and in the turns; a difference is always explained by a problem.
    sidecar
        What the researcher wrote beside the file; None if nothing.
    """

    transcript: Transcript
    problems: tuple[Problem, ...]
    words_in: int
    words_out: int
    sidecar: Sidecar | None = None


def count(text: str) -> int:
    """How many words, split on white space as :attr:`Turn.words` does."""
    return len(text.split())


def reading_from(draft: Draft, *, name: str, source: str, sidecar: Sidecar | None = None) -> Reading:
    """Make a transcript of what a parser found.

    Parameters
    ----------
    draft
        What the parser found.
    name
        The transcript's name: the file's stem.
    source
        The file's name without folders.
    sidecar
        What the researcher wrote next to it.

    Returns
    -------
    Reading
        With the draft's problems, the sidecar's and those found here.

    Raises
    ------
    TranscriptError
        If there is no speech at all.

    Notes
    -----
    Consecutive pieces of one speaker become one turn. Of an unknown speaker nobody knows whether two pieces are one
    person's: paragraphs then stay turns of their own, and cues are joined up to the end of a sentence.
    """
    side = sidecar or Sidecar(source)
    problems = list(draft.problems)
    pieces = [cleaned for piece in draft.pieces if (cleaned := _clean(piece, source, problems)).text]
    if not pieces:
        raise TranscriptError(
            "{source}: there is no speech in this file ({format}). Open it to see whether it is the right one.",
            tuple(problems),
            source=source,
            format=draft.format,
        )
    roster = Roster((p.speaker for p in pieces if p.speaker), draft.roles, side, source)
    turns = _turns(pieces, roster)
    transcript = Transcript(
        name=name,
        turns=turns,
        speakers=tuple(roster.speaker(who) for who in dict.fromkeys(turn.speaker for turn in turns)),
        title=side.title or draft.title,
        date=side.date or draft.date,
        wave=side.wave or draft.wave,
        group=side.group or draft.group,
        attributes=tuple({**dict(draft.attributes), **dict(side.attributes)}.items()),
        source=source,
        format=draft.format,
    )
    problems += _doubts(transcript, draft, roster)
    return Reading(transcript, (*problems, *side.problems), draft.words_in, transcript.words, sidecar)


def _doubts(transcript: Transcript, draft: Draft, roster: Roster) -> Iterator[Problem]:
    """Say what to look at: names, roles, and words that went in and did not come out."""
    name, source, turns = transcript.name, transcript.source, transcript.turns
    spoken = tuple(speaker.name for speaker in transcript.speakers)
    if UNKNOWN in spoken and not roster.mentioned(UNKNOWN):
        yield about_unknown(turns, UNKNOWN, name, source)
    yield from roster.problems()
    yield from about_misspelt(turns, roster.mentioned, name, source)
    yield from about_several(spoken, roster.mentioned, name, source)
    if spoken != (UNKNOWN,) and not transcript.led:
        yield about_moderator(name, source)
    if draft.words_in != transcript.words + draft.words_skipped:
        yield about_words(draft.words_in, transcript.words, draft.words_skipped, source)


def _clean(piece: Piece, source: str, problems: list[Problem]) -> Piece:
    text = clean_text(piece.text, source, piece.place, problems)
    speaker = clean_name(piece.speaker or "") or None
    speaker = UNKNOWN if speaker and not speaker.strip("?") else speaker
    return Piece(text, piece.place, speaker, clean_start(piece.start), piece.joins)


def _turns(pieces: Iterable[Piece], roster: Roster) -> tuple[Turn, ...]:
    """Carry speakers over and merge what one speaker says in a row."""
    spoken: list[tuple[str, float | None, list[str]]] = []
    current: str | None = None
    for piece in pieces:
        if piece.speaker is not None:
            current = roster.name(piece.speaker)
        speaker = current if current is not None else roster.name(UNKNOWN)
        if spoken and spoken[-1][0] == speaker and not (speaker == UNKNOWN and _apart(spoken[-1][2][-1], piece)):
            spoken[-1][2].extend((piece.joins, piece.text))
        else:
            spoken.append((speaker, piece.start, [piece.text]))
    return tuple(
        Turn(number, speaker, "".join(parts), start) for number, (speaker, start, parts) in enumerate(spoken, start=1)
    )


def _apart(before: str, piece: Piece) -> bool:
    """Whether a piece of an unknown speaker starts a turn of its own."""
    return "\n" in piece.joins or bool(_SENTENCE_END.search(before[-9:]))
