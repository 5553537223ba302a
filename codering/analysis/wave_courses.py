"""Themes and codes over all waves: what rises or falls, and what comes back."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from codering.analysis.bridging import Topic
from codering.analysis.panels import InWave, Panel
from codering.analysis.permutation import contrasts, deals, p_values
from codering.analysis.waves import SURE, Rule
from codering.errors import CoderingError


@dataclass(frozen=True, slots=True)
class Trend:
    """How one topic runs over all waves.

    Attributes
    ----------
    topic
        The theme or code.
    waves
        Each wave.
    slope
        By how much the share of participants rises with each wave, on average (least squares, every wave counting as
        much); NaN where the topic could not have been coded in every wave.
    p, p_together
        By permutation, on its own and corrected for all topics; NaN if undefined.
    """

    topic: Topic
    waves: tuple[InWave, ...]
    slope: float
    p: float
    p_together: float


@dataclass(frozen=True, slots=True)
class Trends:
    """Topics over all waves.

    Attributes
    ----------
    trends
        In the codebook's order.
    dealt, exact, smallest_p
        Of the permutation test, as of :class:`Comparison`.
    in_part
        Whether not everything was read; then there is no p-value (NaN), as of :class:`Comparison`.
    """

    trends: tuple[Trend, ...]
    dealt: int
    exact: bool
    smallest_p: float
    in_part: bool = False

    @property
    def can_conclude(self) -> bool:
        """Whether any data from so few groups, all of it read, could show a trend to be more than chance."""
        return not self.in_part and self.smallest_p <= SURE


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Whether a topic comes back wave after wave.

    Attributes
    ----------
    topic
        The theme or code.
    groups
        By wave, in how many groups it was confirmed; None where it could not have been coded.
    longest
        The longest run of consecutive waves with enough groups.
    recurring
        Whether that run is long enough.
    """

    topic: Topic
    groups: tuple[int | None, ...]
    longest: int
    recurring: bool


def trends(laid: Panel, *, seed: int = 1) -> Trends | None:
    """Find what rises or falls over all waves; None if there are only two, since that is a comparison.

    Parameters
    ----------
    laid
        From :func:`codering.analysis.panels.panel`.
    seed
        Of random deals, where not all ways of dealing can be tried.

    Notes
    -----
    Over three waves even four places allow a conclusion: their waves can be dealt out in 1,296 ways.
    """
    count = len(laid.waves)
    if count < 3:
        return None
    middle = (count - 1) / 2
    weights = [(wave - middle) / sum((w - middle) ** 2 for w in range(count)) for wave in range(count)]
    dealt = deals(laid.wave_of.tolist(), laid.places, seed=seed)
    topics = range(len(laid.topics))
    known = [all(laid.known(column, wave) for wave in range(count)) for column in topics]
    slope, own, together = (np.full(len(laid.topics), math.nan) for _ in range(3))
    columns = np.flatnonzero(known)
    if len(columns):
        found = contrasts(laid.in_groups(laid.hits)[:, columns], laid.sizes, dealt, weights)
        slope[columns] = found[0]
        own[columns], together[columns] = p_values(found)
    return Trends(
        tuple(
            Trend(
                laid.topics[column],
                tuple(laid.in_wave(column, wave) for wave in range(count)),
                float(slope[column]),
                float(own[column]),
                float(together[column]),
            )
            for column in topics
        ),
        len(dealt.waves),
        dealt.exact,
        dealt.smallest_p,
    )


def usual_recurring(laid: Panel, rule: Rule) -> tuple[int, int]:
    """For want of a rule of the analyst: enough groups of the smallest wave, in two waves."""
    smallest = min(int((laid.wave_of == wave).sum()) for wave in range(len(laid.waves)))
    return rule.needed(smallest), 2


def recurrences(laid: Panel, *, groups: int, waves: int) -> tuple[Recurrence, ...]:
    """Find what is confirmed in at least `groups` groups in at least `waves` consecutive waves.

    Raises
    ------
    CoderingError
        If there are fewer waves, or either number is below 1.
    """
    if groups < 1 or not 1 <= waves <= len(laid.waves):
        raise CoderingError(
            "Recurring needs at least 1 group and between 1 and {waves} waves; found {groups} and {found}.",
            waves=len(laid.waves),
            groups=groups,
            found=waves,
        )
    heard = laid.in_groups(laid.hits) > 0
    found: list[Recurrence] = []
    for column, topic in enumerate(laid.topics):
        counts: list[int | None] = []
        for wave in range(len(laid.waves)):
            own = np.flatnonzero(laid.wave_of == wave)
            counts.append(int(heard[own, column].sum()) if laid.known(column, wave) else None)
        longest = run = 0
        for count in counts:
            run = run + 1 if count is not None and count >= groups else 0
            longest = max(longest, run)
        found.append(Recurrence(topic, tuple(counts), longest, longest >= waves))
    return tuple(found)
