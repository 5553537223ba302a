"""Groups by wave: who said what in which wave, laid out for comparing waves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from codering.analysis.assent import is_short_agreement
from codering.analysis.bridging import Bridge, Topic
from codering.codings import Stance
from codering.errors import CoderingError
from codering.transcripts import Transcript, waves_in_order


@dataclass(frozen=True, slots=True)
class InWave:
    """How often a topic is confirmed in one wave.

    Attributes
    ----------
    wave
        Its name.
    participants, of_participants
        Who say it in words of their own, and how many there are.
    groups, of_groups
        Groups in which somebody does, and how many there are.
    denied
        Participants who deny it.
    """

    wave: str
    participants: int
    of_participants: int
    groups: int
    of_groups: int
    denied: int

    @property
    def share(self) -> float:
        """Of participants, 0 to 1; NaN without participants."""
        return self.participants / self.of_participants if self.of_participants else math.nan


@dataclass(frozen=True)
class Panel:
    """Groups by wave, with what was said in each.

    Attributes
    ----------
    waves
        Names, in order; see :func:`codering.transcripts.waves_in_order`.
    transcripts
        Those that have a wave, in the order of the rows of everything below.
    wave_of
        By transcript, the index of its wave.
    topics
        The columns.
    hits, denied
        Shape ``(participants, topics)``: 1 if they confirm (deny) it in words of their own.
    group_of
        By participant, the index of the transcript.
    unknown
        By topic, the transcripts in which it could not have been coded.
    left_out
        Transcripts without a wave.
    """

    waves: tuple[str, ...]
    transcripts: tuple[Transcript, ...]
    wave_of: NDArray[np.intp]
    topics: tuple[Topic, ...]
    hits: NDArray[np.float64]
    denied: NDArray[np.float64]
    group_of: NDArray[np.intp]
    unknown: tuple[frozenset[str], ...]
    left_out: tuple[str, ...] = ()
    places: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", tuple(t.group or "" for t in self.transcripts))

    def in_groups(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add participants up by transcript."""
        total = np.zeros((len(self.transcripts), values.shape[1]))
        np.add.at(total, self.group_of, values)
        return total

    def in_wave(self, column: int, wave: int) -> InWave:
        """Count a topic in one wave."""
        own = self.wave_of == wave
        of = self.wave_of[self.group_of] == wave
        return InWave(
            wave=self.waves[wave],
            participants=int(self.hits[of, column].sum()),
            of_participants=int(of.sum()),
            groups=len(np.unique(self.group_of[of & (self.hits[:, column] > 0)])),
            of_groups=int(own.sum()),
            denied=int(self.denied[of, column].sum()),
        )

    def known(self, column: int, wave: int) -> bool:
        """Whether a topic could have been coded in every group of a wave."""
        own = (t.name for t, held in zip(self.transcripts, self.wave_of, strict=True) if held == wave)
        return self.unknown[column].isdisjoint(own)

    @property
    def sizes(self) -> NDArray[np.float64]:
        """Participants by transcript."""
        return np.bincount(self.group_of, minlength=len(self.transcripts)).astype(float)


def panel(transcripts: Sequence[Transcript], bridged: Bridge) -> Panel:
    """Lay out who said what in which wave.

    Parameters
    ----------
    transcripts
        All of them; those without a wave, or without participants who speak, are left out.
    bridged
        From :func:`codering.analysis.bridging.bridge`.

    Raises
    ------
    CoderingError
        If there are fewer than two waves.
    """
    held = [t for t in transcripts if t.wave and any(t.spoken_turns())]
    waves = waves_in_order(held)
    if len(waves) < 2:
        raise CoderingError(
            "Waves can be compared from two on; this project has {count}. Give each transcript its wave.",
            count=len(waves),
        )
    rows: dict[tuple[str, str], int] = {}
    places: list[int] = []
    for index, transcript in enumerate(held):
        for turn in transcript.spoken_turns():
            if rows.setdefault((transcript.name, turn.speaker), len(rows)) == len(places):
                places.append(index)
    by_name = {t.name: t for t in held}
    hits = np.zeros((len(rows), len(bridged.topics)))
    denied = hits.copy()
    for column, coding in bridged.found:
        transcript_ = by_name.get(coding.segment.transcript)
        if transcript_ is None:
            continue
        turn = transcript_.turn(coding.segment.turn)
        if transcript_.is_participant(turn) and not is_short_agreement(turn.text):
            into = hits if coding.stance is Stance.CONFIRMS else denied
            into[rows[transcript_.name, turn.speaker], column] = 1
    return Panel(
        waves=waves,
        transcripts=tuple(held),
        wave_of=np.array([waves.index(t.wave or "") for t in held], dtype=np.intp),
        topics=bridged.topics,
        hits=hits,
        denied=denied,
        group_of=np.array(places, dtype=np.intp),
        unknown=tuple(bridged.unknown(topic) for topic in bridged.topics),
        left_out=tuple(t.name for t in transcripts if t.name not in by_name),
    )
