"""How much can have been missed: bounds on counts.

Everything here answers one question. Turns were read at random from those that nobody had looked at; some held the
code after all. How many more can there be, at most? Three answers, for three ways of reading:

* :func:`hidden_at_most`: the number of turns to read was fixed beforehand. Exact (hypergeometric).
* :func:`codering.recall.hidden_at_most_anytime`: the reader looks after every turn and stops when
  it pleases. Never too low more often than said, at all moments together.
* :func:`codering.recall.hidden_at_most_clustered`: whole focus groups were read instead of turns.
  Approximate (Korn and Graubard).

All bounds are one-sided unless said otherwise: a confidence of 95% leaves 5% above the upper bound.
"""

from __future__ import annotations

import math
from fractions import Fraction

from codering.errors import CoderingError


def clopper_pearson(hits: float, drawn: float, confidence: float = 0.95) -> tuple[float, float]:
    """Exact two-sided interval for a share (Clopper and Pearson 1934).

    Parameters
    ----------
    hits, drawn
        How many of how many. Not whole where they are effective counts.
    confidence
        Divided equally over both ends: at 95% each end fails 2.5% of the time at most.

    Returns
    -------
    tuple of float
        Lower and upper bound, each in [0, 1]; NaN and NaN if nothing was drawn.

    Raises
    ------
    CoderingError
        If there are more hits than turns read, or a number is below 0.

    Examples
    --------
    >>> [round(bound, 4) for bound in clopper_pearson(12, 40)]
    [0.1656, 0.4653]
    >>> round(clopper_pearson(0, 60)[1], 4)
    0.0596
    """
    from scipy.stats import beta

    _check(hits, drawn)
    if drawn <= 0:
        return math.nan, math.nan
    tail = (1 - confidence) / 2
    lower = float(beta.ppf(tail, hits, drawn - hits + 1)) if hits > 0 else 0.0
    return lower, elusion_at_most(hits, drawn, 1 - tail)


def elusion_at_most(hits: float, drawn: float, confidence: float = 0.95) -> float:
    """Upper bound on elusion: the share of unread turns that carry the code.

    Parameters
    ----------
    hits, drawn
        How many of the turns read at random carried the code. Not whole where they are effective counts.
    confidence
        One-sided. For the upper end of a two-sided 95% interval give 0.975.

    Returns
    -------
    float
        In [0, 1]; NaN if nothing was drawn.

    Raises
    ------
    CoderingError
        If there are more hits than turns read, or a number is below 0.

    Notes
    -----
    Clopper and Pearson's bound, for a pool without end; :func:`hidden_at_most` is sharper for the pool at hand.

    Examples
    --------
    >>> round(elusion_at_most(0, 60), 4), round(elusion_at_most(0, 60, 0.975), 4)
    (0.0487, 0.0596)
    """
    from scipy.stats import beta

    _check(hits, drawn)
    if drawn <= 0:
        return math.nan
    return 1.0 if hits >= drawn else float(beta.ppf(confidence, hits + 1, drawn - hits))


def hidden_at_most(hits: int, drawn: int, pool: int, confidence: float = 0.95) -> int:
    """Upper bound on how many turns of a pool carry the code, from a sample whose size was fixed beforehand.

    Parameters
    ----------
    hits, drawn
        Of `drawn` turns, drawn from the pool at random and without replacement, `hits` carried the code.
    pool
        How many unread turns there were before drawing.
    confidence
        One-sided.

    Returns
    -------
    int
        The largest number K, the hits included, for which so few hits have a probability above 1 - `confidence`.

    Raises
    ------
    CoderingError
        If there are more hits than turns read, or more read than there were.

    Notes
    -----
    Exact: inverts the hypergeometric test. It holds for every way in which the code is spread over the focus groups,
    since the drawing is random and not the code; a sample spread evenly over transcripts only makes it cautious.
    """
    _check(hits, drawn, pool)
    low, high = hits, pool - (drawn - hits)
    while low < high:
        middle = (low + high + 1) // 2
        if _few(hits, pool, middle, drawn) > 1 - confidence:
            low = middle
        else:
            high = middle - 1
    return low


def recall_at_least(found: int, total: int) -> float:
    """Lower bound on recall, 0 to 1: `found` of at most `total`, itself included; NaN if there may be none at all."""
    return found / total if total else math.nan


def check_confidence(confidence: float) -> None:
    """Refuse a confidence with which nothing, or everything, could be said.

    Raises
    ------
    CoderingError
        If it is not above 0 and below 1.
    """
    if not 0 < confidence < 1:
        raise CoderingError("A confidence must lie between 0 and 1; found {confidence}.", confidence=confidence)


def check_target(target: float) -> None:
    """Raise a CoderingError if a target does not lie above 0 and at most at 1."""
    if not 0 < target <= 1:
        raise CoderingError("A target must lie above 0 and at most at 1; found {target}.", target=target)


def too_many(found: int, target: float) -> int:
    """The smallest number of turns with the code of which `found` is less than the share `target`.

    Computed with fractions, since 0.9 is not nine tenths in binary and one turn decides.

    Examples
    --------
    >>> too_many(9, 0.9), too_many(20, 0.95)
    (11, 22)
    """
    check_target(target)
    return math.floor(found / Fraction(str(target))) + 1


def hypergeometric_p(hits: int, drawn: int, pool: int, hidden: int) -> float:
    """The chance of so few hits if `hidden` or more turns of the pool carry the code; 0 if that is impossible."""
    _check(hits, drawn, pool)
    return 0.0 if hidden > pool - (drawn - hits) else _few(hits, pool, hidden, drawn)


def _few(hits: int, pool: int, hidden: int, drawn: int) -> float:
    from scipy.stats import hypergeom

    return float(hypergeom.cdf(hits, pool, hidden, drawn))


def _check(hits: float, drawn: float, pool: float = math.inf) -> None:
    if not 0 <= hits <= drawn <= pool:
        raise CoderingError(
            "{hits} hits in {drawn} turns of {pool} cannot be; expected 0 <= hits <= turns read <= pool.",
            hits=hits,
            drawn=drawn,
            pool=pool,
        )
