"""How many turns carry a code in all, when not every turn was read: the count, the estimate and its interval."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from codering.errors import Message
from codering.recall.anytime import between_anytime
from codering.recall.bounds import check_confidence, clopper_pearson
from codering.recall.groups import effective_sample
from codering.recall.sampling import Tally
from codering.recall.saying import ASSUMES_GROUPS, UNREAD


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many turns carry a code or theme; the unit is the turn.

    Attributes
    ----------
    code
        The id of the code, or the name that :func:`codering.recall.tally` was given.
    reviewed
        Turns that a person coded so, however they were found. A count, not an estimate.
    total
        Estimated number of turns that carry it, read or unread (:func:`codering.recall.anytime.likely_total`). NaN if
        no turn was read at random: see `reason`.
    low, high
        Interval for the total, in turns: at least `reviewed`, at most that and all unread turns. Without random turns
        these two, which hold for certain.
    drawn, hits, left
        Turns read at random, those of them that carry it, turns that are unread.
    confidence
        Of the interval, two-sided, for this code by itself.
    reason
        What must be said with the numbers: why there is no estimate, or that whole groups were read; None if nothing.
    """

    code: str
    reviewed: int
    total: float
    low: int
    high: int
    drawn: int
    hits: int
    left: int
    confidence: float
    reason: Message | None = None


def estimates(tallies: Iterable[Tally], confidence: float = 0.95) -> tuple[Estimate, ...]:
    """Estimate how many turns carry each code, from what was read and the sample that was read at random.

    Parameters
    ----------
    tallies
        From :func:`codering.recall.tally`: of codes, or of themes.
    confidence
        Two-sided, for each code by itself, above 0 and below 1. Where many are compared, some intervals fail.

    Returns
    -------
    tuple of Estimate
        In the order of `tallies`.

    Raises
    ------
    CoderingError
        If `confidence` is out of range.

    Notes
    -----
    The interval is the confidence sequence of :func:`codering.recall.between_anytime`: it also holds for a reader who
    stopped when the answer pleased. Where whole groups were read it is that of Korn and Graubard, which is
    approximate. It is about these transcripts, not about groups that were not held.

    Examples
    --------
    >>> from codering.recall import Tally, Trial
    >>> read = tuple(Trial(400 - n, 30 + (n > 9), hit=n == 9) for n in range(100))
    >>> (estimate,) = estimates([Tally("cl", 31, (1,), (100,), (400,), read)])
    >>> estimate.reviewed, estimate.total, (estimate.low, estimate.high)
    (31, 34.0, (31, 54))
    """
    check_confidence(confidence)
    return tuple(_estimate(tally, confidence) for tally in tallies)


def _estimate(tally: Tally, confidence: float) -> Estimate:
    hits, drawn = sum(tally.hits), sum(tally.drawn)
    low, high, reason = tally.found, tally.found + tally.left, None
    if not tally.left:
        pass
    elif not drawn:
        reason = UNREAD
    elif tally.by_whole_groups:
        reason = ASSUMES_GROUPS
        effective = effective_sample(tally.hits, tally.drawn, (1 + confidence) / 2)
        if not math.isnan(effective):
            shares = clopper_pearson(hits / drawn * effective, effective, confidence)
            low = max(low, tally.found - hits + math.ceil(shares[0] * tally.pool))
            high = min(high, tally.found - hits + math.floor(shares[1] * tally.pool))
    else:
        at_least, at_most = between_anytime(tally.trials, confidence)
        low, high = max(low, at_least), max(low, min(high, at_most))
    return Estimate(
        tally.code, tally.found, tally.estimated_total, low, high, drawn, hits, tally.left, confidence, reason
    )
