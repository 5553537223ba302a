"""Who speaks how much, so that a reader can see whether one voice carried a group."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codering.analysis.frequencies import Coded, counted
from codering.codebooks import Codebook
from codering.transcripts import Role, Transcript


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker.

    Attributes
    ----------
    transcript, speaker
        Who, by pseudonym where there is one.
    role
        Moderator or participant.
    turns, words
        With words in them; words in all.
    share
        Of all words of the group, the moderator's included, 0 to 1.
    coded_turns
        Turns that carry a code.
    """

    transcript: str
    speaker: str
    role: Role
    turns: int
    words: int
    share: float
    coded_turns: int


@dataclass(frozen=True, slots=True)
class Balance:
    """How speech is divided in one group.

    Attributes
    ----------
    transcript
        The group.
    participants
        How many speak.
    moderator
        The moderators' share of all words, 0 to 1.
    largest
        The share of participants' words that the most talkative of them speaks.
    even
        What everyone's share would be if all spoke as much.
    gini
        Gini's coefficient of participants' words: 0 if all speak as much, near 1 if one speaks; NaN without words.
    """

    transcript: str
    participants: int
    moderator: float
    largest: float
    even: float
    gini: float


def voices(transcripts: Sequence[Transcript], codebook: Codebook, coded: Iterable[Coded]) -> tuple[Voice, ...]:
    """Count how much everyone speaks, in the order of the transcripts; within each who leads, then by name.

    Parameters
    ----------
    transcripts, codebook, coded
        As of :func:`codering.analysis.frequencies.frequencies`.
    """
    by_name = {t.name: t for t in transcripts}
    turns = {item.segment.place for item in coded if counted(item, by_name, codebook, "theme") is not None}
    found: list[Voice] = []
    for transcript in transcripts:
        whole = transcript.words
        for speaker in transcript.listed:
            own = [turn for turn in transcript.turns if turn.speaker == speaker.name and turn.text.strip()]
            words = sum(turn.words for turn in own)
            found.append(
                Voice(
                    transcript=transcript.name,
                    speaker=transcript.shown(speaker.name),
                    role=speaker.role,
                    turns=len(own),
                    words=words,
                    share=words / whole if whole else math.nan,
                    coded_turns=sum((transcript.name, turn.number) in turns for turn in own),
                )
            )
    return tuple(found)


def balances(spoken: Sequence[Voice]) -> tuple[Balance, ...]:
    """Say for every group how evenly its speech is divided."""
    found: list[Balance] = []
    for name in dict.fromkeys(voice.transcript for voice in spoken):
        own = [voice for voice in spoken if voice.transcript == name]
        words = sorted(voice.words for voice in own if voice.role is Role.PARTICIPANT and voice.turns)
        total, everything = sum(words), sum(voice.words for voice in own)
        found.append(
            Balance(
                transcript=name,
                participants=len(words),
                moderator=1 - total / everything if everything else math.nan,
                largest=words[-1] / total if total else math.nan,
                even=1 / len(words) if words else math.nan,
                gini=gini(words),
            )
        )
    return tuple(found)


def gini(values: Sequence[int]) -> float:
    """Gini's coefficient: half the mean absolute difference between any two, as a share of the mean.

    Gini, C. (1912). Variabilità e mutabilità. Of n values it is at most ``1 - 1 / n``. NaN if all are 0, or there are
    none.
    """
    ordered = sorted(values)
    total = sum(ordered)
    if not total:
        return math.nan
    count = len(ordered)
    weighted = sum(rank * value for rank, value in enumerate(ordered, start=1))
    return 2 * weighted / (count * total) - (count + 1) / count
