"""How often themes and codes occur: participants, focus groups, turns, passages, words.

Who talks most should not decide what a group finds. So participants and focus groups are the measures to report: a
participant counts once, however often they say it, and only if they said it in words of their own and did not merely
agree (:mod:`codering.analysis.assent`). A turn counts once for a code and once for its theme, however many passages it
holds (rule 1 of the coding guide). Only participants' turns count, in the numerator and in the base. The stances are
apart everywhere: a barrier that a speaker denies is never counted as experienced.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from codering.analysis.assent import is_short_agreement
from codering.analysis.units import UNKNOWN, Unit, in_order, unit_of
from codering.codebooks import Codebook
from codering.codings import Stance
from codering.crosswalk import counted_as
from codering.transcripts import Segment, Transcript, Turn, waves_in_order

Level = Literal["theme", "code"]


class Measure(StrEnum):
    """What is counted."""

    PARTICIPANTS = "participants"
    GROUPS = "groups"
    TURNS = "turns"
    MENTIONS = "mentions"
    WORDS = "words"


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
        Which transcript, group, wave, speaker or value of an attribute; empty for all together, or where it is not
        stated.
    mentions
        Passages.
    turns
        Participants' turns that carry it, short agreement included.
    participants
        Different speakers who say it in words of their own; a speaker is a name within a transcript.
    assenting
        Different speakers who only agreed in a word or two; they are not among the `participants`.
    groups
        Focus groups (transcripts) in which a participant says it in words of their own.
    words
        Words in the passages, each word once.
    base
        What these are counted in.
    """

    code: str
    stance: Stance
    unit: str
    mentions: int
    turns: int
    participants: int
    assenting: int
    groups: int
    words: int
    base: Base

    def count(self, measure: Measure) -> int:
        """The number, by one measure."""
        return int(getattr(self, measure.value))

    def of(self, measure: Measure) -> int | None:
        """What the number is counted in; None for passages, of which there is no whole."""
        return None if measure is Measure.MENTIONS else int(getattr(self.base, measure.value))

    def share(self, measure: Measure) -> float:
        """The number as a share of its base, 0 to 1; NaN where the base is empty or does not exist."""
        base_ = self.of(measure)
        return self.count(measure) / base_ if base_ else math.nan


def frequencies(
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    coded: Iterable[Coded],
    *,
    level: Level = "theme",
    by: str = "all",
    cuts: Sequence[float] = (),
) -> tuple[Frequency, ...]:
    """Count codes or themes.

    Parameters
    ----------
    transcripts
        All transcripts that belong to the base, also those in which nothing was coded.
    codebook
        Gives the order, and each code's theme.
    coded
        Codings of one set (see :mod:`codering.analysis.coders`) or suggestions. A code of an earlier version of the
        codebook counts as what became of it (:func:`codering.crosswalk.counted_as`). What has no place today, or
        refers to another transcript or to a moderator's turn, is left out.
    level
        Count codes apart, or together by theme.
    by
        Everything together (``"all"``), or apart by ``"transcript"``, ``"group"``, ``"wave"``, ``"speaker"``, or an
        attribute of speakers or groups.
    cuts
        For an attribute that is a number: where its classes begin; see :func:`codering.analysis.units.unit_of`.

    Returns
    -------
    tuple of Frequency
        For every unit (in the order of the transcripts; speakers as
        :attr:`~codering.transcripts.Transcript.listed`; waves by :func:`~codering.transcripts.waves_in_order`, numbers
        by size), every code or theme (in the codebook's order) and both stances, zeros included.

    Raises
    ------
    CoderingError
        If nobody has the attribute `by`.
    """
    by_name = {transcript.name: transcript for transcript in transcripts}
    unit = unit_of(transcripts, by, cuts=cuts)
    bases = _bases(transcripts, unit, by)
    found: dict[tuple[str, str, Stance], list[Segment]] = defaultdict(list)
    for item in coded:
        if (place := counted(item, by_name, codebook, level)) is not None:
            turn, code = place
            found[unit(by_name[item.segment.transcript], turn.speaker), code, item.stance].append(item.segment)
    codes = [theme.id for theme in codebook.themes] if level == "theme" else [code.id for code in codebook]
    return tuple(
        _frequency(code, stance, name, found.get((name, code, stance), []), base_, by_name)
        for name, base_ in bases.items()
        for code in codes
        for stance in Stance
    )


def base(transcripts: Sequence[Transcript]) -> Base:
    """Count what there is to count in, over all transcripts together."""
    (whole,) = _bases(transcripts, unit_of(transcripts, "all"), "all").values()
    return whole


def counted(
    item: Coded, by_name: Mapping[str, Transcript], codebook: Codebook, level: Level
) -> tuple[Turn, str] | None:
    """Find what an item counts for.

    Parameters
    ----------
    item
        A coding or a suggestion.
    by_name
        The transcripts that are counted in.
    codebook
        Today's.
    level
        Themes or codes.

    Returns
    -------
    tuple or None
        The turn, and the id of the theme or code; None if it does not count: its code has no place today, or it is
        about another transcript or a moderator's turn.
    """
    transcript, code = by_name.get(item.segment.transcript), counted_as(codebook, item.code, level)
    if transcript is None or code is None:
        return None
    turn = transcript.turn(item.segment.turn)
    return (turn, code) if transcript.is_participant(turn) else None


def _bases(transcripts: Sequence[Transcript], unit: Unit, by: str) -> dict[str, Base]:
    turns: dict[str, list[tuple[str, Turn]]] = {} if by != "all" else {"": []}
    for transcript in transcripts:
        for turn in transcript.spoken_turns():
            turns.setdefault(unit(transcript, turn.speaker), []).append((transcript.name, turn))
    units = tuple(turns)
    if by == "speaker":
        people = (unit(transcript, one.name) for transcript in transcripts for one in transcript.listed)
        units = tuple(person for person in people if person in turns)
    if by == "wave":
        units = tuple(wave for wave in (*waves_in_order(transcripts), UNKNOWN) if wave in turns)
    return {
        name: Base(
            turns=len(turns[name]),
            participants=len({(transcript, turn.speaker) for transcript, turn in turns[name]}),
            groups=len({transcript for transcript, _ in turns[name]}),
            words=sum(turn.words for _, turn in turns[name]),
        )
        for name in in_order(units, by)
    }


def _frequency(
    code: str, stance: Stance, unit: str, segments: list[Segment], base_: Base, by_name: Mapping[str, Transcript]
) -> Frequency:
    turns = {segment.place for segment in segments}
    said: set[tuple[str, str]] = set()
    agreed: set[tuple[str, str]] = set()
    for name, number in turns:
        turn = by_name[name].turn(number)
        (agreed if is_short_agreement(turn.text) else said).add((name, turn.speaker))
    return Frequency(
        code=code,
        stance=stance,
        unit=unit,
        mentions=len(set(segments)),
        turns=len(turns),
        participants=len(said),
        assenting=len(agreed - said),
        groups=len({name for name, _ in said}),
        words=_words(segments, by_name),
        base=base_,
    )


def _words(segments: Iterable[Segment], by_name: Mapping[str, Transcript]) -> int:
    """Count words in the union of segments, so that overlapping segments do not count a word twice."""
    return sum(
        len(by_name[transcript].turn(turn).text[start:end].split())
        for transcript, turn, start, end in _union(sorted(set(segments)))
    )


def _union(segments: Sequence[Segment]) -> Iterator[tuple[str, int, int, int]]:
    current: tuple[str, int, int, int] | None = None
    for segment in segments:
        place = segment.place
        if current is not None and current[:2] == place and segment.start <= current[3]:
            current = (*place, current[2], max(current[3], segment.end))
            continue
        if current is not None:
            yield current
        current = (*place, segment.start, segment.end)
    if current is not None:
        yield current
