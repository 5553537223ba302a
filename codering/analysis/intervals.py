"""Intervals for shares: how far they could be chance, given which groups and participants happened to be heard.

Participants of one group talk to each other, so they are not independent. The bootstrap draws whole groups and, within
every group drawn, participants (Davison, A. C., & Hinkley, D. V. (1997). Bootstrap methods and their application,
§3.8). With few groups a percentile interval is too narrow; the percentiles are moved outwards (the expanded percentile
interval of Hesterberg, T. C. (2015). What teachers should know about the bootstrap. The American Statistician 69,
371-386). Coverage in simulated projects is in docs/frequencies.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from codering.analysis.assent import is_short_agreement
from codering.analysis.frequencies import Coded, Level, Measure, counted
from codering.codebooks import Codebook
from codering.codings import Stance
from codering.errors import Message
from codering.transcripts import Transcript

FEWEST_GROUPS: Final = 5
"""Four groups can be drawn in 35 different ways only: too few to say where the outer 2.5% begins."""

RESAMPLES: Final = 2000

TOO_FEW: Final = Message("No interval where fewer than {least} focus groups are counted together.", least=FEWEST_GROUPS)
IN_PART: Final = Message(
    "No interval: not everything was read, so the share is a minimum, and an interval would be about what was read."
)
NO_SPREAD: Final = Message(
    "No interval where nobody or everybody said it: resampling cannot show how far that is chance."
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95% interval.

    Attributes
    ----------
    low, high
        Of a share (0 to 1) or a difference of shares (-1 to 1); NaN if there is none.
    reason
        Why there is none.
    """

    low: float = math.nan
    high: float = math.nan
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class Speakers:
    """Every participant with what they said of each code: what intervals and tests of waves work on.

    Attributes
    ----------
    names
        Transcript and speaker.
    transcripts
        By participant, the index of the transcript in the order of the project.
    hits
        Shape ``(participants, codes)``: 1 if they said it; turns or words that carry it, by the measure.
    sizes
        Shape ``(participants,)``: 1, or their turns or words.
    """

    names: tuple[tuple[str, str], ...]
    transcripts: NDArray[np.intp]
    hits: NDArray[np.float64]
    sizes: NDArray[np.float64]


def speakers(
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    coded: Iterable[Coded],
    codes: Sequence[str],
    *,
    level: Level = "theme",
    measure: Measure = Measure.PARTICIPANTS,
    stance: Stance = Stance.CONFIRMS,
) -> Speakers:
    """Lay out what every participant said of each code.

    Parameters
    ----------
    transcripts, codebook, coded, level
        As of :func:`codering.analysis.frequencies.frequencies`.
    codes
        The columns: ids of codes or, at theme level, of themes.
    measure
        ``PARTICIPANTS`` or ``TURNS``.
    stance
        Only this one.
    """
    by_name = {transcript.name: transcript for transcript in transcripts}
    rows: dict[tuple[str, str], int] = {}
    places: list[int] = []
    turns: list[int] = []
    for index, transcript in enumerate(transcripts):
        for turn in transcript.spoken_turns():
            key = (transcript.name, turn.speaker)
            if key not in rows:
                rows[key] = len(rows)
                places.append(index)
                turns.append(0)
            turns[rows[key]] += 1
    column = {code: index for index, code in enumerate(codes)}
    carried: set[tuple[int, int, int]] = set()
    for item in coded:
        place = counted(item, by_name, codebook, level)
        if place is None or item.stance is not stance:
            continue
        turn_, code = place
        if code in column and not (measure is Measure.PARTICIPANTS and is_short_agreement(turn_.text)):
            carried.add((rows[item.segment.transcript, turn_.speaker], column[code], turn_.number))
    hits = np.zeros((len(rows), len(codes)))
    for row, col, _ in carried:
        hits[row, col] += 1
    one = measure is Measure.PARTICIPANTS
    return Speakers(
        names=tuple(rows),
        transcripts=np.array(places, dtype=np.intp),
        hits=np.minimum(hits, 1) if one else hits,
        sizes=np.ones(len(rows)) if one else np.array(turns, dtype=float),
    )


def share_intervals(said: Speakers, *, resamples: int = RESAMPLES, seed: int = 1) -> tuple[Interval, ...]:
    """Give every code's share an interval, by resampling groups and participants.

    Parameters
    ----------
    said
        From :func:`speakers`.
    resamples, seed
        How many times, and of the random numbers: the same give the same interval.

    Returns
    -------
    tuple of Interval
        In the order of the columns. NaN, with the reason, with fewer than :data:`FEWEST_GROUPS` groups, and where
        nobody or everybody said it.
    """
    count = len(set(said.transcripts.tolist()))
    codes = int(said.hits.shape[1])
    if count < FEWEST_GROUPS:
        return (Interval(reason=TOO_FEW),) * codes
    drawn = draws(said.transcripts, resamples, np.random.default_rng(seed))
    shares = (drawn @ said.hits) / (drawn @ said.sizes)[:, None]
    low, high = (list(np.percentile(shares, place, axis=0)) for place in expanded(count))
    whole, most = said.hits.sum(axis=0).tolist(), float(said.sizes.sum())
    return tuple(
        Interval(float(low[i]), float(high[i])) if 0 < whole[i] < most else Interval(reason=NO_SPREAD)
        for i in range(codes)
    )


def draws(groups: NDArray[np.intp], resamples: int, generator: np.random.Generator) -> NDArray[np.int64]:
    """Draw whole groups with replacement and, within every group drawn, participants with replacement.

    Parameters
    ----------
    groups
        Shape ``(participants,)``: the number of the group.
    resamples
        How many times.
    generator
        Of the random numbers.

    Returns
    -------
    array
        Shape ``(resamples, participants)``: how often each participant was drawn.
    """
    labels = np.unique(groups)
    chosen = generator.multinomial(len(labels), np.full(len(labels), 1 / len(labels)), size=resamples)
    counts = np.zeros((resamples, len(groups)), dtype=np.int64)
    for index, label in enumerate(labels):
        members = np.flatnonzero(groups == label)
        even = np.full(len(members), 1 / len(members))
        # A group drawn twice is a fresh draw of its participants each time: together one draw of twice as many.
        counts[:, members] = generator.multinomial(chosen[:, index] * len(members), even)
    return counts


def expanded(groups: int) -> tuple[float, float]:
    """The percentiles, 0 to 100, between which 95% lies, moved outwards for few groups; two groups or more."""
    from scipy.stats import norm, t

    tail = 100 * float(norm.cdf(-math.sqrt(groups / (groups - 1)) * t.ppf(0.975, groups - 1)))
    return tail, 100 - tail
