"""Intervals for differences between waves, by resampling; see :mod:`codering.analysis.intervals` for the method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from codering.analysis.intervals import FEWEST_GROUPS, RESAMPLES, Interval, draws
from codering.analysis.panels import Panel
from codering.errors import Message

TOO_FEW_FOR_INTERVAL: Final = Message(
    "No interval for the difference: that needs at least {least} groups in both waves.", least=FEWEST_GROUPS
)


def difference_intervals(
    laid: Panel,
    rows: NDArray[np.intp],
    labels: Sequence[int],
    paired: Sequence[str],
    *,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> tuple[Interval, ...]:
    """Give the difference in share of participants between two waves an interval.

    Places are resampled with both their waves where every place was visited in both; otherwise groups within each wave,
    which ignores that some places were visited twice and makes the interval rather too wide. Then participants. Plain
    percentiles hold here, other than for a single share, since a difference is hardly skewed: docs/waves.md has the
    coverage in simulated projects.

    Parameters
    ----------
    laid
        Who said what.
    rows, labels
        The transcripts of both waves, and for each 0 (before) or 1 (after).
    paired
        Places that were visited in both.
    resamples, seed
        Of the bootstrap.

    Returns
    -------
    tuple of Interval
        By topic.
    """
    topics = len(laid.topics)
    wave = np.full(len(laid.transcripts), -1)
    wave[rows] = labels
    inside = wave[laid.group_of] >= 0
    groups, hits = laid.group_of[inside], laid.hits[inside]
    label = wave[groups]
    by_place = len(paired) > 0 and {laid.places[row] for row in rows} == set(paired)
    count = len(paired) if by_place else min(int((np.asarray(labels) == side).sum()) for side in (0, 1))
    if count < FEWEST_GROUPS:
        return (Interval(reason=TOO_FEW_FOR_INTERVAL),) * topics
    generator = np.random.default_rng(seed)
    drawn = np.zeros((resamples, len(groups)))
    if by_place:
        numbers = {place: index for index, place in enumerate(paired)}
        units = np.array([numbers[laid.places[group]] for group in groups], dtype=np.intp)
        drawn = _paired_draws(units, groups, resamples, generator)
    else:
        for side in (0, 1):
            drawn[:, label == side] = draws(groups[label == side], resamples, generator)
    shares = [(drawn[:, label == s] @ hits[label == s]) / drawn[:, label == s].sum(axis=1)[:, None] for s in (0, 1)]
    low, high = (list(np.percentile(shares[1] - shares[0], place, axis=0)) for place in (2.5, 97.5))
    varied = [np.ptp(hits[label == side], axis=0) > 0 for side in (0, 1)]
    moved = (varied[0] | varied[1]).tolist()
    nothing = Interval(reason=Message("No interval: in both waves nobody or everybody said it."))
    return tuple(Interval(float(low[i]), float(high[i])) if moved[i] else nothing for i in range(topics))


def _paired_draws(
    units: NDArray[np.intp], groups: NDArray[np.intp], resamples: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Draw places with both their waves, and within every group drawn its participants."""
    labels = np.unique(units)
    chosen = generator.multinomial(len(labels), np.full(len(labels), 1 / len(labels)), size=resamples)
    counts = np.zeros((resamples, len(groups)))
    for index, unit in enumerate(labels):
        for group in np.unique(groups[units == unit]):
            members = np.flatnonzero(groups == group)
            even = np.full(len(members), 1 / len(members))
            counts[:, members] = generator.multinomial(chosen[:, index] * len(members), even)
    return counts
