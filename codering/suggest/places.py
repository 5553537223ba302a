"""Numbers of words, sentences and turns as arrays, and what is done with them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
"""Sorted numbers of words, sentences or turns of a batch."""


Turns = npt.NDArray[np.bool_]
"""For each turn of a batch whether it counts, ``(t,)``."""


Sentences = npt.NDArray[np.bool_]
"""For each sentence of a batch whether it counts, ``(k,)``."""


class Spots(NamedTuple):
    """Short stretches of words, by where they begin; every match of something lies within one of them.

    Attributes
    ----------
    low, high
        First and last word; they may lie outside the turn.
    place
        A word within that a match holds.
    """

    low: Places
    high: Places
    place: Places

    def only(self, keep: Turns) -> Spots:
        """Some of them."""
        return Spots(self.low[keep], self.high[keep], self.place[keep])

    def wider(self, before: int, after: int) -> Spots:
        """All of them, longer."""
        return Spots(self.low - before, self.high + after, self.place)


NONE: Final[Places] = np.empty(0, dtype=np.int64)
NOWHERE: Final = Spots(NONE, NONE, NONE)


def unique(ordered: Places) -> Places:
    """Drop repetitions from sorted numbers."""
    if len(ordered) < 2:
        return ordered
    keep = np.empty(len(ordered), dtype=bool)
    keep[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


def meeting(spots: Spots, others: Spots, slack: int) -> Spots:
    """Those of some stretches that have another stretch within so many words."""
    if not len(spots.low) or not len(others.low):
        return NOWHERE
    furthest = np.maximum.accumulate(others.high)  # of the stretches that begin so early, how far one of them goes
    last = others.low.searchsorted(spots.high + slack, side="right") - 1
    return spots.only((last >= 0) & (furthest[last] >= spots.low - slack))


def gathered(spots: Sequence[Spots]) -> Spots:
    """All stretches together, by where they begin."""
    filled = [some for some in spots if some.low.size]
    if len(filled) < 2:
        return filled[0] if filled else NOWHERE
    low, high, place = (np.concatenate(parts) for parts in zip(*filled, strict=True))
    order = low.argsort(kind="stable")
    return Spots(low[order], high[order], place[order])


def union(sets: Iterable[Places]) -> Places:
    """What stands in any of the sorted sets."""
    filled = [found for found in sets if found.size]
    if len(filled) < 2:
        return filled[0] if filled else NONE
    found = joined(filled)
    found.sort()
    return unique(found)


def joined(parts: Sequence[Places]) -> Places:
    """One after the other; a single one as it is."""
    if len(parts) < 2:
        return parts[0] if parts else NONE
    return np.concatenate(parts)


def between(ordered: list[int], low: int, high: int) -> list[int]:
    """Those of some ascending numbers that are at least `low` and less than `high`."""
    first = bisect_left(ordered, low)
    return ordered[first : bisect_left(ordered, high, first)]


def counted_from(low: Places, counts: Places) -> Places:
    """So many numbers from each: ``[5, 6, 0]`` for two from 5 and one from 0."""
    numbers: Places = np.arange(counts.sum()) + (low - counts.cumsum() + counts).repeat(counts)
    return numbers
