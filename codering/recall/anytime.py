"""A bound that holds at every moment of reading at once, for a reader who looks at the answer after each turn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from codering.errors import CoderingError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Column = npt.NDArray[np.float64]

PRIOR_HITS: Final = 0.5
PRIOR_MISSES: Final = 10.0
"""What is bet at first: one turn in twenty holds the code. A worse bet widens the bound and never invalidates it."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One turn that was read at random, seen from one code.

    Attributes
    ----------
    pool
        How many turns it was drawn from: those of which nobody knew whether they carry the code, itself included.
    found
        How many turns were known to carry the code just before.
    hit
        Whether it carries the code.
    """

    pool: int
    found: int
    hit: bool


def hidden_at_most_anytime(trials: Sequence[Trial], confidence: float = 0.95) -> int:
    """Upper bound on how many turns carry the code in all, that holds at every moment of reading at once.

    Parameters
    ----------
    trials
        The turns read at random, in the order of reading. In between, other turns may be read for other reasons.
    confidence
        One-sided, for all moments together: the reader may look after each turn and stop when the answer pleases.

    Returns
    -------
    int
        At most this many turns carry the code: those found before, the hits, and those still hidden.

    Raises
    ------
    CoderingError
        If there is no trial, since then there is no bound.

    Notes
    -----
    A confidence sequence. If K turns carry the code, a draw is a hit with probability ``(K - found) / pool``. A
    gambler who bets against K with an estimate made before each draw has a capital that is a martingale; by Ville's
    inequality it reaches ``1 / (1 - confidence)`` with probability ``1 - confidence`` at most, and K is then ruled
    out (Waudby-Smith and Ramdas 2020, "Confidence sequences for sampling without replacement"). Any bet made before the
    draw will do; here it is the share of turns with the code that the draws so far leave to be found, mixed with half
    a hit in ten and a half turns to begin with.
    """
    if not trials:
        raise CoderingError("No turns were read at random.")
    last = trials[-1]
    table = columns(trials)
    # The likelihood is concave in K, so what is not ruled out is an interval; its upper end lies above the likeliest K.
    low, high = _most_likely(*table), last.found + last.pool - (not last.hit)
    while low < high:
        middle = (low + high + 1) // 2
        if ruled_out(*table, middle) > 1 - confidence:
            low = middle
        else:
            high = middle - 1
    return low


def between_anytime(trials: Sequence[Trial], confidence: float = 0.95) -> tuple[int, int]:
    """Both ends of the confidence sequence of :func:`hidden_at_most_anytime`, which together fail as often as said.

    Parameters
    ----------
    trials
        As there.
    confidence
        Two-sided.

    Returns
    -------
    tuple of int
        At least and at most this many turns carry the code.

    Raises
    ------
    CoderingError
        If there is no trial.

    Notes
    -----
    The gambler bets against each total K by itself, whichever side the truth is on: what is not ruled out holds both
    ends at the one price.
    """
    high = hidden_at_most_anytime(trials, confidence)
    table = columns(trials)
    last = trials[-1]
    low, likely = last.found + last.hit, min(_most_likely(*table), high)
    while low < likely:
        middle = (low + likely) // 2
        if math.exp(-max(_won(*table, middle), 0.0)) > 1 - confidence:
            likely = middle
        else:
            low = middle + 1
    return low, high


def likely_total(trials: Sequence[Trial]) -> float:
    """Estimate how many turns carry the code in all: the total under which these draws are most likely.

    Returns
    -------
    float
        A whole number, which no bet rules out; NaN without trials.

    Notes
    -----
    Where nothing else was read in between, it is what was found before and the share of hits among the draws times the
    turns drawn from. That share is too high where suggestions are answered in between: early draws hit what was about
    to be found anyway.
    """
    import numpy as np

    if not trials:
        return math.nan
    pool, found, hit = columns(trials)
    least, most = int(found[-1] + hit[-1]), int(found[-1] + pool[-1] - 1 + hit[-1])
    near = _most_likely(pool, found, hit)

    def likelihood(total: int) -> float:
        chances = np.where(hit == 1, total - found, pool - total + found) / pool
        return float(np.log(chances).sum())

    # What is most likely to the turn is searched with slopes; between neighbours the likelihood itself decides.
    return float(max((total for total in (near - 1, near, near + 1) if least <= total <= most), key=likelihood))


def anytime_p(trials: Sequence[Trial], total: int) -> float:
    """How well these draws fit with `total` or more turns that carry the code: a p-value that may be looked at always.

    Parameters
    ----------
    trials
        As of :func:`hidden_at_most_anytime`.
    total
        Turns that carry the code in all, those found before included.

    Returns
    -------
    float
        In [0, 1]: 1 without trials and where `total` is no more than what the draws suggest, 0 where it is impossible.
    """
    return ruled_out(*columns(trials), total) if trials else 1.0


def columns(trials: Sequence[Trial]) -> tuple[Column, Column, Column]:
    """The pools, what was found before, and the hits (1 or 0) of trials, each of shape ``(trials,)``."""
    import numpy as np

    pool, found, hit = (
        np.array([getattr(trial, name) for trial in trials], float) for name in ("pool", "found", "hit")
    )
    return pool, found, hit


def ruled_out(pool: Column, found: Column, hit: Column, total: int) -> float:
    """The p-value of :func:`anytime_p`, of trials that were made columns by :func:`columns`; there must be one."""
    if total <= _most_likely(pool, found, hit):
        return 1.0
    return math.exp(-max(_won(pool, found, hit, total), 0.0))


def _won(pool: Column, found: Column, hit: Column, total: int) -> float:
    """The logarithm of the capital of the gambler who bets against `total`; infinite if `total` is impossible."""
    import numpy as np

    share = (total - found) / pool
    miss = hit == 0
    if np.any(share[miss] >= 1) or np.any(share[~miss] <= 0):
        return math.inf
    bets = _bets(pool, found, hit)
    gains = np.log(bets[~miss] / share[~miss]).sum() + (np.log1p(-bets[miss]) - np.log1p(-share[miss])).sum()
    return float(gains)


def _bets(pool: Column, found: Column, hit: Column) -> Column:
    """For each draw, the chance of a hit as it was estimated before the draw.

    What carries the code in all is estimated so that the hits so far were to be expected; what of it was not found yet
    is the share that is bet. So hits from the time when nobody had looked at the suggestions yet do not count as if
    such turns were still hidden.
    """
    import numpy as np

    def before(values: Column) -> Column:
        return np.concatenate(([0.0], np.cumsum(values)[:-1]))

    draws = np.arange(len(hit))
    total = before(hit + found / pool) / before(1 / pool).clip(1e-300)
    share = ((total - found) / pool).clip(0, 1)
    bets: Column = (draws * share + PRIOR_HITS) / (draws + PRIOR_HITS + PRIOR_MISSES)
    return bets


def _most_likely(pool: Column, found: Column, hit: Column) -> int:
    """The total under which these draws are most likely (to the turn)."""
    low, high = int(found[-1] + hit[-1]), int(found[-1] + pool[-1] - 1 + hit[-1])
    is_hit = hit == 1
    while low < high:
        middle = (low + high) // 2
        hidden = (middle + 0.5 - found).clip(0.5)
        slope = (1 / hidden[is_hit]).sum() - (1 / (pool - hidden)[~is_hit].clip(0.5)).sum()
        if slope > 0:
            low = middle + 1
        else:
            high = middle
    return low
