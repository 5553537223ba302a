"""Intervals for agreement that hold with few focus groups.

Turns of one group resemble each other, and a study has four to twelve groups. A bootstrap over so few groups is too
narrow: in the simulations of ``docs/agreement.md`` its 95% interval of κ covers the truth in 60 to 90% of projects with
four groups. What is done instead:

1. One minus a coefficient is a ratio of disagreement, ``D_o / D_e``. Disagreements are counts, so the square root of it
   has a spread that hardly depends on its size (Bartlett 1936); there a symmetric interval makes sense.
2. The spread is that of a jackknife which leaves out one group at a time (Efron & Stein 1981), with quantiles of t. Its
   degrees of freedom are the effective number of groups (Kish 1965), because a code of which most turns stand in one
   group tells little about the others; never more than the number of groups minus one.
3. Where groups happen to be alike, the interval is at least as wide as one that takes every turn as independent, and
   as one for a count of so many disagreements.
4. Half a disagreement is added, spread over the groups, so that coders who never disagreed do not get an interval
   without width (as Agresti and Coull 1998 do for a proportion).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from codering.analysis.measures import Floats, Measure, Ratings, Statistic
from codering.errors import Message

FEWEST_GROUPS: Final = 3
"""Focus groups below which an interval over groups would be make-believe."""
FEWEST_EFFECTIVE: Final = 1.5
ONE_GROUP: Final = Message("An interval needs at least three focus groups.")
CLUMPED: Final = Message("Nearly all turns with the code stand in one focus group: too few for an interval.")
NO_DISAGREEMENT: Final = Message("The coders never disagree: there is nothing to base an interval on.")


@dataclass(frozen=True, slots=True)
class Units:
    """Ratings, brought down to their distinct columns.

    Attributes
    ----------
    patterns
        Shape ``(coders, patterns)``: the distinct columns.
    weights
        Shape ``(units, patterns)``: how much of each pattern there is in each turn; at the level of turns one 1 in each
        row, at the level of passages characters.
    groups
        Shape ``(units,)``: the number of the focus group, from 0.
    prior
        Shape ``(patterns,)``: half a disagreement, spread over the patterns in which one coder stands alone.
    step
        How much one unit weighs: 1 for turns; for passages the mean number of coded characters in a coded turn.
    """

    patterns: Ratings
    weights: Floats
    groups: NDArray[np.intp]
    prior: Floats
    step: float

    @property
    def total(self) -> Floats:
        """How much there is of each pattern."""
        return np.asarray(self.weights.sum(axis=0), dtype=float)

    @property
    def by_group(self) -> Floats:
        """Shape ``(groups, patterns)``; of the groups in which there is something to compare."""
        sums = np.zeros((int(self.groups.max(initial=-1)) + 1, self.patterns.shape[1]))
        np.add.at(sums, self.groups, self.weights)
        return np.asarray(sums[sums.any(axis=1)])


def units_of(
    table: Ratings,
    groups: NDArray[np.intp],
    *,
    weights: Floats | None = None,
    unit: NDArray[np.intp] | None = None,
    smoothed: bool = True,
) -> Units:
    """Bring ratings down to their distinct columns.

    Parameters
    ----------
    table
        Shape ``(coders, columns)``.
    groups
        For each unit, the number of its focus group.
    weights
        Of each column; None for 1 each.
    unit
        For each column, the turn that it is part of; None if each column is a turn.
    smoothed
        Whether to add half a disagreement; not for sets of codes, where there is no smallest disagreement.
    """
    coders = table.shape[0]
    unit = np.arange(table.shape[1]) if unit is None else unit
    weights = np.ones(table.shape[1]) if weights is None else weights
    alone = np.vstack([np.eye(coders), 1 - np.eye(coders)]).T if smoothed else np.empty((coders, 0))
    filled = np.where(np.isnan(np.hstack([alone, table])), -1.0, np.hstack([alone, table]))
    distinct, place = np.unique(filled, axis=1, return_inverse=True)
    place = place.reshape(-1)
    by_unit = np.zeros((len(groups), distinct.shape[1]))
    np.add.at(by_unit, (unit, place[alone.shape[1] :]), weights)
    patterns = np.where(distinct < 0, np.nan, distinct)
    carried = by_unit @ (patterns > 0).any(axis=0)
    step = float(carried[carried > 0].mean()) if smoothed and (carried > 0).any() else 1.0
    prior = np.zeros(distinct.shape[1])
    np.add.at(prior, place[: alone.shape[1]], 0.5 * step / max(alone.shape[1], 1))
    return Units(patterns, by_unit, groups, prior, step)


def with_interval(statistic: Statistic, units: Units, *, lowest: float = -1.0) -> Measure:
    """Measure, with a 95% interval over focus groups.

    Parameters
    ----------
    statistic
        One of :mod:`codering.analysis.measures`; one minus it is a ratio of disagreement.
    units
        From :func:`units_of`.
    lowest
        The lowest value that it can have.

    Returns
    -------
    Measure
        With the reason if there is no interval; if the value is undefined, without one (the caller knows why).
    """
    value = float(statistic(units.patterns, units.total))
    if math.isnan(value):
        return Measure(math.nan)
    by_group = units.by_group
    count = len(by_group)
    if count < FEWEST_GROUPS:
        return Measure(value, reason=ONE_GROUP)
    size = by_group.sum(axis=1)
    smoothed = by_group + np.outer(size / size.sum(), units.prior)
    carried = smoothed @ (units.patterns > 0).any(axis=0)
    effective = float(carried.sum() ** 2 / (carried**2).sum()) if carried.any() else 0.0
    if effective < FEWEST_EFFECTIVE:
        return Measure(value, reason=CLUMPED)

    def disagreement(weights: Floats) -> Floats:
        return np.sqrt(np.maximum(1 - statistic(units.patterns, weights), 0.0))

    total = units.total + units.prior
    centre = float(disagreement(total))
    between = _spread(disagreement(total - smoothed), np.ones(count), centre)
    within = max(_spread_of_units(units, total, centre, disagreement), _spread_of_counts(units, total, centre))
    low, high = limits(centre, between, within, min(effective, count - 1.0))
    if centre == 0 and high - low < 1e-9:
        return Measure(value, reason=NO_DISAGREEMENT)
    return Measure(value, max(min(low, value), lowest), max(high, value))


def limits(centre: float, between: float, within: float, freedom: float) -> tuple[float, float]:
    """From the square root of a disagreement and its variances to the limits of the coefficient.

    Parameters
    ----------
    centre
        ``sqrt(1 - coefficient)``.
    between, within
        Its variance by groups, and if every turn were independent.
    freedom
        Degrees of freedom for `between`.
    """
    from scipy.stats import norm, t

    half = max(float(t.ppf(0.975, freedom)) * math.sqrt(between), float(norm.ppf(0.975)) * math.sqrt(within))
    return 1 - (centre + half) ** 2, 1 - max(centre - half, 0.0) ** 2


def _spread_of_units(units: Units, total: Floats, centre: float, disagreement: Callable[[Floats], Floats]) -> float:
    """The variance if every turn were independent: leaving out one turn, or one of the half disagreement, at a time."""
    left = np.vstack([total - units.weights, total - np.diag(np.minimum(units.step, total))])
    times = np.concatenate([np.ones(len(units.weights)), units.prior / units.step])
    return _spread(disagreement(np.maximum(left, 0.0)), times, centre)


def _spread_of_counts(units: Units, total: Floats, centre: float) -> float:
    """The variance of the square root of a count, 1/4, on this scale; it matters where there are few disagreements."""
    read = ~np.isnan(units.patterns)
    # Who did not read a turn does not differ on it.
    least, most = (np.where(read, units.patterns, end).T for end in (np.inf, -np.inf))
    differ = float(total[least.min(axis=1) < most.max(axis=1)].sum()) / units.step
    return centre**2 / differ / 4 if differ else 0.0


def _spread(without: Floats, times: Floats, centre: float) -> float:
    """The jackknife's variance; where leaving one out makes the measure undefined, it is taken not to change."""
    values = np.where(np.isnan(without), centre, without)
    count = float(times.sum())
    mean = float((times * values).sum() / count)
    return float((count - 1) / count * (times * (values - mean) ** 2).sum())


def difference_with_interval(one: Statistic, two: Statistic, units: Units) -> Measure:
    """The difference of two measures of the same turns, ``one - two``, with a 95% interval over focus groups.

    As :func:`with_interval`, but on the scale of the measures themselves, on which differences are near symmetric.
    """
    value = float(one(units.patterns, units.total) - two(units.patterns, units.total))
    by_group = units.by_group
    count = len(by_group)
    if math.isnan(value) or count < FEWEST_GROUPS:
        return Measure(value, reason=ONE_GROUP)
    carried = by_group @ (units.patterns > 0).any(axis=0)
    effective = float(carried.sum() ** 2 / (carried**2).sum()) if carried.any() else 0.0
    if effective < FEWEST_EFFECTIVE:
        return Measure(value, reason=CLUMPED)

    def apart(weights: Floats) -> Floats:
        return one(units.patterns, weights) - two(units.patterns, weights)

    from scipy.stats import norm, t

    between = _spread(apart(units.total - by_group), np.ones(count), value)
    within = _spread(apart(units.total - units.weights), np.ones(len(units.weights)), value)
    wide = float(t.ppf(0.975, min(effective, count - 1.0))) * math.sqrt(between)
    half = max(wide, float(norm.ppf(0.975)) * math.sqrt(within))
    if half < 1e-12:
        return Measure(value, reason=NO_DISAGREEMENT)
    return Measure(value, max(value - half, -1.0), min(value + half, 1.0))
