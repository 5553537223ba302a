"""How much more reading it takes to establish that enough was found."""

from __future__ import annotations

from codering.errors import CoderingError
from codering.recall.anytime import columns, ruled_out
from codering.recall.bounds import hypergeometric_p, too_many
from codering.recall.sampling import Tally
from codering.recall.saying import Design


def more_to_read(tally: Tally, target: float, error: float, design: Design = Design.ANYTIME) -> int:
    """How many more turns to read at random to establish the target, if they hold nothing new.

    Parameters
    ----------
    tally
        What was read until now.
    target
        The share that should be found.
    error
        The chance of a false claim about this code; with Bonferroni's correction that of all codes, divided.
    design
        Turn by turn, with or without looking in between.

    Returns
    -------
    int
        0 if it is established; all that are left if no less suffices.

    Raises
    ------
    CoderingError
        For whole groups, since the answer depends on which groups are read.
    """
    if design is Design.GROUPS:
        raise CoderingError("How many more turns to read cannot be said for whole focus groups.")
    if impossible(tally, target):
        return 0
    total = too_many(tally.found, target)
    if design is Design.PLANNED:
        return _more_planned(tally, total, error)
    return _more_anytime(tally, total, error)


def _more_planned(tally: Tally, total: int, error: float) -> int:
    hits, drawn = sum(tally.hits), sum(tally.drawn)
    hidden = total - (tally.found - hits)
    low, high = 0, tally.left
    while low < high:
        middle = (low + high) // 2
        if hypergeometric_p(hits, drawn + middle, tally.pool, hidden) <= error:
            high = middle
        else:
            low = middle + 1
    return low


def _more_anytime(tally: Tally, total: int, error: float) -> int:
    import numpy as np

    pool, found, hit = columns(tally.trials)
    ahead = tally.left - np.arange(tally.left, dtype=float)
    low, high = 0, tally.left
    while low < high:
        middle = (low + high) // 2
        pools = np.concatenate((pool, ahead[:middle]))
        founds = np.concatenate((found, np.full(middle, float(tally.found))))
        hits = np.concatenate((hit, np.zeros(middle)))
        # Once fewer turns are left than should hide, the hypothesis is dead.
        dead = total - tally.found > tally.left - middle
        if dead or (len(pools) and ruled_out(pools, founds, hits, total) <= error):
            high = middle
        else:
            low = middle + 1
    return low


def impossible(tally: Tally, target: float) -> bool:
    """Whether the unread turns are too few for less than the target to have been found."""
    return too_many(tally.found, target) - tally.found > tally.left
