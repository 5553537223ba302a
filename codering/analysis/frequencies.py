"""How often themes and codes occur: turns, participants, focus groups, words.

A turn counts once for a code and once for its theme, however many segments it holds (rule 1 of the coding guide).
Only participants' turns count, in the numerator and in the base. The stances are apart everywhere: a barrier that a
speaker denies is never counted as experienced.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from codering.codebooks import Codebook
from codering.codings import Stance
from codering.errors import Message
from codering.tables import Cell, Column, Kind, Table
from codering.transcripts import Segment, Transcript, Turn

Level = Literal["theme", "code"]
Unit = Literal["all", "transcript", "group", "wave", "speaker"]

UNKNOWN = ""
"""The value of a unit that a transcript does not state, for example its wave."""

CONFIRMED = Message("Participants' turns in which the speaker confirms it; a turn counts once.")


class Coded(Protocol):
    """Anything that gives words a code and a stance: a coding or a suggestion, never both in one count."""

    @property
    def segment(self) -> Segment:
        """The words."""

    @property
    def code(self) -> str:
        """The id of the code."""

    @property
    def stance(self) -> Stance:
        """Whether the speaker confirms or denies."""


@dataclass(frozen=True, slots=True)
class Base:
    """What there is to count in: participants' turns only.

    Attributes
    ----------
    turns, participants, groups, words
        Participants' turns with words in them, participants who speak, focus groups (transcripts), words they speak.
    """

    turns: int
    participants: int
    groups: int
    words: int


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often one code or theme occurs, with one stance, in one unit.

    Attributes
    ----------
    code
        The id of the code or, at theme level, of the theme.
    stance
        Confirmed or denied.
    unit
        Which transcript, group, wave or speaker; empty for all together, or where a transcript does not say.
    mentions
        Segments.
    turns
        Participants' turns that carry it.
    participants
        Different speakers who say it; a speaker is a name within a transcript.
    groups
        Focus groups (transcripts) in which it is said.
    words
        Words in the segments, each word once.
    base
        What these are counted in.
    """

    code: str
    stance: Stance
    unit: str
    mentions: int
    turns: int
    participants: int
    groups: int
    words: int
    base: Base

    @property
    def share(self) -> float:
        """Turns as a share of the participants' turns, 0 to 1; NaN where there are none."""
        return self.turns / self.base.turns if self.base.turns else math.nan

    @property
    def share_of_participants(self) -> float:
        """Participants as a share of all participants, 0 to 1; NaN where there are none."""
        return self.participants / self.base.participants if self.base.participants else math.nan


def frequencies(
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    coded: Iterable[Coded],
    *,
    level: Level = "theme",
    by: Unit = "all",
) -> tuple[Frequency, ...]:
    """Count codes or themes.

    Parameters
    ----------
    transcripts
        All transcripts that belong to the base, also those in which nothing was coded.
    codebook
        Gives the order, and each code's theme.
    coded
        Codings or suggestions. What refers to a code that the codebook no longer has, to another transcript or to
        a moderator's turn, is left out; :func:`uncounted` tells which.
    level
        Count codes apart, or together by theme.
    by
        Everything together, or apart by transcript, group, wave or speaker.

    Returns
    -------
    tuple of Frequency
        For every unit (in the order of the transcripts; waves by date), every code or theme (in the codebook's order)
        and both stances, zeros included.
    """
    by_name = {transcript.name: transcript for transcript in transcripts}
    bases = _bases(transcripts, by)
    found: dict[tuple[str, str, Stance], list[Segment]] = defaultdict(list)
    for item in coded:
        turn = _counted(item, by_name, codebook)
        if turn is None:
            continue
        code = codebook.code(item.code).theme if level == "theme" else item.code
        unit = _unit(by_name[item.segment.transcript], turn, by)
        found[unit, code, item.stance].append(item.segment)
    codes = [theme.id for theme in codebook.themes] if level == "theme" else [code.id for code in codebook]
    return tuple(
        _frequency(code, stance, unit, found.get((unit, code, stance), []), base, by_name)
        for unit, base in bases.items()
        for code in codes
        for stance in Stance
    )


def uncounted(transcripts: Sequence[Transcript], codebook: Codebook, coded: Iterable[Coded]) -> tuple[Coded, ...]:
    """Find what :func:`frequencies` leaves out: unknown codes, other transcripts, moderators' turns."""
    by_name = {transcript.name: transcript for transcript in transcripts}
    return tuple(item for item in coded if _counted(item, by_name, codebook) is None)


def base(transcripts: Sequence[Transcript]) -> Base:
    """Count what there is to count in, over all transcripts together."""
    return _bases(transcripts, "all")[UNKNOWN]


def _counted(item: Coded, by_name: dict[str, Transcript], codebook: Codebook) -> Turn | None:
    transcript = by_name.get(item.segment.transcript)
    if transcript is None or item.code not in codebook:
        return None
    turn = transcript.turn(item.segment.turn)
    return turn if transcript.is_participant(turn) else None


def _unit(transcript: Transcript, turn: Turn, by: Unit) -> str:
    if by == "transcript":
        return transcript.name
    if by == "group":
        return transcript.group or UNKNOWN
    if by == "wave":
        return transcript.wave or UNKNOWN
    if by == "speaker":
        return f"{transcript.name}: {transcript.speaker(turn.speaker).shown}"
    return UNKNOWN


def _bases(transcripts: Sequence[Transcript], by: Unit) -> dict[str, Base]:
    turns: dict[str, list[tuple[str, Turn]]] = {} if by != "all" else {UNKNOWN: []}
    for transcript in sorted(transcripts, key=lambda t: t.date or "") if by == "wave" else transcripts:
        for turn in transcript.participant_turns():
            if turn.text.strip():
                turns.setdefault(_unit(transcript, turn, by), []).append((transcript.name, turn))
    return {
        unit: Base(
            turns=len(items),
            participants=len({(name, turn.speaker) for name, turn in items}),
            groups=len({name for name, _ in items}),
            words=sum(turn.words for _, turn in items),
        )
        for unit, items in turns.items()
    }


def _frequency(
    code: str, stance: Stance, unit: str, segments: list[Segment], base_: Base, by_name: dict[str, Transcript]
) -> Frequency:
    turns = {(segment.transcript, segment.turn) for segment in segments}
    speakers = {(name, by_name[name].turn(number).speaker) for name, number in turns}
    return Frequency(
        code=code,
        stance=stance,
        unit=unit,
        mentions=len(set(segments)),
        turns=len(turns),
        participants=len(speakers),
        groups=len({name for name, _ in turns}),
        words=_words(segments, by_name),
        base=base_,
    )


def _words(segments: Iterable[Segment], by_name: dict[str, Transcript]) -> int:
    """Count words in the union of segments, so that overlapping segments do not count a word twice."""
    return sum(
        len(by_name[transcript].turn(turn).text[start:end].split())
        for transcript, turn, start, end in _union(sorted(set(segments)))
    )


def _union(segments: Sequence[Segment]) -> Iterator[tuple[str, int, int, int]]:
    current: tuple[str, int, int, int] | None = None
    for segment in segments:
        place = (segment.transcript, segment.turn)
        if current is not None and current[:2] == place and segment.start <= current[3]:
            current = (*place, current[2], max(current[3], segment.end))
            continue
        if current is not None:
            yield current
        current = (*place, segment.start, segment.end)
    if current is not None:
        yield current


def frequency_table(
    counted: Sequence[Frequency],
    codebook: Codebook,
    *,
    level: Level,
    language: str,
    what: Message,
    key: str,
    title: str,
) -> Table:
    """Lay frequencies of all transcripts together out as a table, a row for each theme or code.

    Parameters
    ----------
    counted
        From :func:`frequencies` with ``by="all"``.
    what
        Says what was counted: decisions of coders, or suggestions nobody reviewed. It becomes the first note.
    key, title
        Of the table.
    """
    by_code: dict[str, dict[Stance, Frequency]] = defaultdict(dict)
    for frequency in counted:
        by_code[frequency.code][frequency.stance] = frequency
    rows: list[tuple[Cell, ...]] = []
    for code, stances in by_code.items():
        confirmed, denied = stances[Stance.CONFIRMS], stances[Stance.DENIES]
        names = [codebook.theme_of(code).label.in_language(language)]
        if level == "code":
            names.append(codebook.code(code).label.in_language(language))
        numbers: tuple[Cell, ...] = (confirmed.turns, confirmed.share, confirmed.participants, confirmed.groups)
        rows.append((*names, code, *numbers, confirmed.mentions, confirmed.words, denied.turns, denied.participants))
    heads = [Column("theme", "Theme")] + ([Column("code_label", "Code")] if level == "code" else [])
    columns = (
        *heads,
        Column("id", "Id"),
        Column("turns", "Turns", Kind.COUNT),
        Column("share", "Share of turns", Kind.SHARE),
        Column("participants", "Participants", Kind.COUNT),
        Column("groups", "Focus groups", Kind.COUNT),
        Column("mentions", "Passages", Kind.COUNT),
        Column("words", "Words", Kind.COUNT),
        Column("denied_turns", "Turns that deny it", Kind.COUNT),
        Column("denied_participants", "Participants who deny it", Kind.COUNT),
    )
    return Table(key, title, columns, tuple(rows), (what, *_reading(counted)), bars="turns")


def unit_table(
    counted: Sequence[Frequency],
    codebook: Codebook,
    *,
    level: Level,
    language: str,
    what: Message,
    key: str,
    title: str,
) -> Table:
    """Lay frequencies by unit out: a row for each theme or code, a column for each unit; turns that confirm it."""
    units = list(dict.fromkeys(frequency.unit for frequency in counted))
    cells = {(f.code, f.unit): f.turns for f in counted if f.stance is Stance.CONFIRMS}
    rows: list[tuple[Cell, ...]] = []
    for code in dict.fromkeys(frequency.code for frequency in counted):
        names = [codebook.theme_of(code).label.in_language(language)]
        if level == "code":
            names.append(codebook.code(code).label.in_language(language))
        rows.append((*names, *(cells[code, unit] for unit in units)))
    heads = [Column("theme", "Theme")] + ([Column("code_label", "Code")] if level == "code" else [])
    columns = (*heads, *(Column(f"unit_{i}", unit or "Not stated", Kind.COUNT) for i, unit in enumerate(units)))
    bases = {frequency.unit: frequency.base.turns for frequency in counted}
    listed = ", ".join(f"{unit or '?'} {bases[unit]}" for unit in units)
    counts = Message("Participants' turns in all: {bases}.", bases=listed)
    return Table(key, title, columns, tuple(rows), (what, CONFIRMED, counts))


def speaker_table(
    counted: Sequence[Frequency], codebook: Codebook, *, language: str, what: Message, key: str, title: str
) -> Table:
    """Lay theme frequencies by speaker out: a row for each speaker, a column for each theme; turns that confirm it."""
    cells = {(f.unit, f.code): f.turns for f in counted if f.stance is Stance.CONFIRMS}
    bases = {frequency.unit: frequency.base for frequency in counted}
    rows: list[tuple[Cell, ...]] = []
    for unit, base_ in bases.items():
        transcript, _, speaker = unit.partition(": ")
        rows.append((transcript, speaker, base_.turns, base_.words, *(cells[unit, t.id] for t in codebook.themes)))
    columns = (
        Column("transcript", "Transcript"),
        Column("speaker", "Speaker"),
        Column("turns", "Turns", Kind.COUNT),
        Column("words", "Words", Kind.COUNT),
        *(Column(theme.id, theme.label.in_language(language), Kind.COUNT) for theme in codebook.themes),
    )
    return Table(key, title, columns, tuple(rows), (what, CONFIRMED))


def _reading(counted: Sequence[Frequency]) -> tuple[Message, ...]:
    if not counted:
        return ()
    whole = counted[0].base
    return (
        Message(
            "Counted in {turns} turns of {participants} participants in {groups} focus groups; the moderator's turns "
            "do not count.",
            turns=whole.turns,
            participants=whole.participants,
            groups=whole.groups,
        ),
        Message("A turn counts once for a code and once for its theme. What a speaker denies is counted apart."),
    )
