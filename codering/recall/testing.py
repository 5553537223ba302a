"""Tests: the sequential one of the literature, and what testing many codes costs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from codering.errors import CoderingError
from codering.recall.bounds import too_many


def sequential_test(labels: Sequence[int], size: int, target: float = 0.95) -> float:
    """Test whether enough was found by reading the most promising turns first (Callaghan and Müller-Hansen 2020).

    Parameters
    ----------
    labels
        1 for a turn with the code and 0 for one without, in the order of reading.
    size
        How many turns there are, read and unread.
    target
        The share that should have been found.

    Returns
    -------
    float
        The smallest p-value, over all turns from which the rest could be seen as drawn at random, of the hypothesis
        that less than `target` was found. NaN if nothing was read or found.

    Raises
    ------
    CoderingError
        If more turns were read than there are, or the target is out of range.

    Notes
    -----
    It assumes that the order of reading is at no point worse than chance. Since it takes the smallest of many
    p-values, it fails more often than its level says when looked at repeatedly: docs/recall.md has the figures. No
    statement of :mod:`codering.recall` rests on it.

    Examples
    --------
    >>> round(sequential_test([1] * 20 + [0] * 80, 200, 0.95), 6)
    0.307263
    """
    import numpy as np
    from scipy.stats import hypergeom

    seen = np.asarray(labels, dtype=np.int64)
    if len(seen) > size:
        raise CoderingError("More turns were read ({read}) than there are ({size}).", read=len(seen), size=size)
    if not seen.sum():
        return math.nan
    cuts = np.arange(len(seen))
    before = np.concatenate(([0], np.cumsum(seen)[:-1]))
    hidden = too_many(int(seen.sum()), target) - before
    possible = hidden <= size - cuts - (len(seen) - cuts) + (seen.sum() - before)
    # A turn with the code only makes its own tail less surprising: the smallest p follows a hit, or is the whole.
    worth = possible & ((cuts == 0) | (np.concatenate(([0], seen[:-1])) == 1))
    if not possible.all():
        return 0.0
    chances = hypergeom.cdf(seen.sum() - before[worth], size - cuts[worth], hidden[worth], len(seen) - cuts[worth])
    return float(min(1.0, np.min(chances)))


def holm(p_values: Sequence[float], count: int | None = None) -> tuple[float, ...]:
    """Correct p-values for testing many codes (Holm 1979): the chance of even one false claim stays at its level.

    Parameters
    ----------
    p_values
        One for each code; NaN where undefined.
    count
        How many tests there are; by default as many as are defined.

    Returns
    -------
    tuple of float
        In the order given; NaN stays NaN.
    """
    order = sorted((p, place) for place, p in enumerate(p_values) if not math.isnan(p))
    tests = len(order) if count is None else count
    adjusted = [math.nan] * len(p_values)
    highest = 0.0
    for rank, (p, place) in enumerate(order):
        highest = max(highest, min(1.0, (tests - rank) * p))
        adjusted[place] = highest
    return tuple(adjusted)


def bonferroni(p_values: Sequence[float], count: int | None = None) -> tuple[float, ...]:
    """Correct p-values for testing many codes by multiplying each by their number; else as :func:`holm`."""
    tests = sum(not math.isnan(p) for p in p_values) if count is None else count
    return tuple(p if math.isnan(p) else min(1.0, p * tests) for p in p_values)
