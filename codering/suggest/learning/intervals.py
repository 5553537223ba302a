"""Intervals for scores that hold with few groups.

A bootstrap over few groups is too narrow: of 95% intervals for F1 over three to eight groups .69 to .88 held the truth
in simulated projects. Instead a jackknife leaves out one group at a time (Efron and Stein 1981), on the square root of
what is lacking from 1, on which the spread of a count is constant (Bartlett 1936), with quantiles of t. The degrees of
freedom are the effective number of groups (Kish 1965). The interval is at least as wide as if turns were independent,
and half a miss is added, so that a score of 1 gets an interval too. Coders' agreement has its intervals in this way.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from codering.suggest.learning.data import Floats

Ends = tuple[float, float]

FEWEST_GROUPS: Final = 3
FEWEST_EFFECTIVE: Final = 1.5
"""Fewer, and nearly everything stands in one group."""
NONE: Final[Ends] = (math.nan, math.nan)


def of_ratio(part: Floats, whole: Floats) -> Ends:
    """95% interval of a ratio: of precision, recall or F1.

    Parameters
    ----------
    part, whole
        By group; the score is the sum of the one over the sum of the other. For F1 twice what agrees, and what is there
        and what was suggested together.

    Returns
    -------
    tuple of float
        In [0, 1]; NaN with fewer than three groups that have any of the whole, or nearly all of it in one.
    """
    counts = whole > 0
    part, whole = part[counts], whole[counts]
    if len(whole) < FEWEST_GROUPS:
        return NONE
    whole = whole * (1 + 0.5 / whole.sum())
    lacking = (whole - part).sum() / whole.sum()
    without = (lacking * whole.sum() - (whole - part)) / (whole.sum() - whole)
    return _ends(lacking, without, whole)


def of_score(score: Callable[[Floats], float], sizes: Floats) -> Ends:
    """95% interval of any score from 0 to 1, such as average precision.

    Parameters
    ----------
    score
        Given a weight for each group, the score; NaN if undefined, which is taken not to change it.
    sizes
        How much there was to find in each group.
    """
    there = np.flatnonzero(sizes)
    if len(there) < FEWEST_GROUPS:
        return NONE
    whole = np.ones(len(sizes))
    lacking = 1 - score(whole)
    without = np.array([1 - score(np.where(np.arange(len(sizes)) == group, 0.0, 1.0)) for group in there])
    return _ends(lacking, np.where(np.isnan(without), lacking, without), sizes[there])


def _ends(lacking: float, without: Floats, sizes: Floats) -> Ends:
    from scipy.stats import norm, t

    count, effective = len(sizes), float(sizes.sum() ** 2 / (sizes**2).sum())
    if effective < FEWEST_EFFECTIVE:
        return NONE
    centre, roots = math.sqrt(max(lacking, 0.0)), np.sqrt(np.maximum(without, 0.0))
    between = (count - 1) / count * float(((roots - roots.mean()) ** 2).sum())
    single = 1 / (4 * float(sizes.sum()))  # the variance of the root of a share of so many turns, at its largest
    reach = max(
        float(t.ppf(0.975, min(effective, count - 1.0))) * math.sqrt(between),
        float(norm.ppf(0.975)) * math.sqrt(single),
    )
    return max(0.0, 1 - (centre + reach) ** 2), 1 - max(centre - reach, 0.0) ** 2
