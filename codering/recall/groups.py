"""What a sample of whole focus groups tells, in which turns resemble each other."""

from __future__ import annotations

import math
from collections.abc import Sequence

from codering.recall.bounds import elusion_at_most


def hidden_at_most_clustered(
    hits: Sequence[int], drawn: Sequence[int], pool: int, confidence: float = 0.95, *, icc: float = 0.05
) -> int:
    """Upper bound on how many turns of a pool carry the code, where groups rather than turns were drawn.

    Parameters
    ----------
    hits, drawn
        By focus group that was read, in the same order. Groups without a turn are left out.
    pool
        How many unread turns there were before reading.
    confidence
        One-sided.
    icc
        See :func:`effective_sample`.

    Returns
    -------
    int
        At least the hits, at most what is possible; all that is possible if fewer than two groups were read.
    """
    total, size = sum(hits), sum(drawn)
    effective = effective_sample(hits, drawn, confidence, icc=icc)
    most = pool - (size - total)
    if math.isnan(effective):
        return most
    share = elusion_at_most(total / size * effective, effective, confidence)
    return min(most, max(total, math.floor(share * pool)))


def design_effect(hits: Sequence[int], drawn: Sequence[int]) -> float:
    """How many times larger the variance of a share is because turns of one group resemble each other.

    Parameters
    ----------
    hits, drawn
        By focus group, in the same order. Groups without a turn are left out.

    Returns
    -------
    float
        1 if turns of one group are no more alike than others (below 1: less alike). NaN with fewer than two groups
        or where no turn or every turn carries the code.

    Notes
    -----
    The variance of the ratio estimator with groups drawn with replacement, divided by that of a simple random
    sample of as many turns (Kish 1965; Cochran 1977, §6.3 and §9A.1).
    """
    groups = [(hit, size) for hit, size in zip(hits, drawn, strict=True) if size]
    total, size = sum(hit for hit, _ in groups), sum(size for _, size in groups)
    if len(groups) < 2 or total in (0, size):
        return math.nan
    share = total / size
    spread = sum((hit - share * turns) ** 2 for hit, turns in groups) * len(groups) / (len(groups) - 1)
    return spread / size**2 / (share * (1 - share) / size)


def effective_sample(
    hits: Sequence[int], drawn: Sequence[int], confidence: float = 0.95, *, icc: float = 0.05
) -> float:
    """How many turns drawn one by one would tell as much as these turns of whole groups.

    Parameters
    ----------
    hits, drawn
        By focus group, in the same order.
    confidence
        One-sided; with few groups a design effect is itself uncertain, more so at a higher confidence.
    icc
        The least correlation of turns of one group that is assumed. It cannot be estimated without hits, and an
        estimate from a few groups is often too low by chance.

    Returns
    -------
    float
        At most the number of turns; NaN with fewer than two groups.

    Notes
    -----
    Korn and Graubard 1998, with ``1 + (m - 1) icc`` as the least design effect (Kish), where m is the mean size of
    the group that a turn belongs to.
    """
    from scipy.stats import t

    sizes = [size for size in drawn if size]
    if len(sizes) < 2:
        return math.nan
    turns = sum(sizes)
    least = 1 + (sum(size**2 for size in sizes) / turns - 1) * icc
    measured = design_effect(hits, drawn)
    effect = least if math.isnan(measured) else max(least, measured)
    freedom = float(t.ppf(confidence, turns - 1) / t.ppf(confidence, len(sizes) - 1)) ** 2
    return turns / effect * freedom


def clustered_p(hits: float, effective: float, share: float) -> float:
    """The chance of so few hits in an effective sample if this share of turns carries the code; NaN if undefined."""
    from scipy.stats import beta

    if math.isnan(effective):
        return math.nan
    return 1.0 if hits >= effective else float(beta.sf(min(share, 1.0), hits + 1, effective - hits))
