"""Joining matches of several parts into matches of the whole: in order, in any order, close enough together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from codering.suggest.matching import SPAN, Match

Fits = Callable[[Match, Match], bool]
"""Whether two matches may stand together."""


@dataclass(frozen=True, slots=True)
class CloseBy:
    """At most so many words between the two."""

    words: int

    def __call__(self, left: Match, right: Match) -> bool:
        """See :data:`Fits`."""
        return max(left[0], right[0]) - min(left[-1], right[-1]) - 1 <= self.words


@dataclass(frozen=True, slots=True)
class SameSentence:
    """In one sentence; of a sentence without end, in a stretch of it."""

    sentence: memoryview[int]

    def __call__(self, left: Match, right: Match) -> bool:
        """See :data:`Fits`."""
        first, last = min(left[0], right[0]), max(left[-1], right[-1])
        return self.sentence[first] == self.sentence[last] and last - first < SPAN


def anywhere(_left: Match, _right: Match) -> bool:
    """All fits."""
    return True


def chains(lists: Sequence[list[Match]], fits: Fits) -> list[Match]:
    """Join one match of each list to a later one of the next; for each beginning the nearest continuation."""
    found: list[Match] = []
    for start in lists[0]:
        chain, last = start, start
        for options in lists[1:]:
            nearest = _nearest(chain, last, options, fits, ordered=True)
            if nearest is None:
                break
            chain, last = tuple(sorted(chain + nearest)), nearest
        else:
            found.append(chain)
    return found


def permuted(lists: Sequence[list[Match]], fits: Fits) -> list[Match]:
    """The same in every order of the lists, ascending."""
    if all(len(some) == 1 for some in lists):
        return chains(sorted(lists), fits)  # of single matches, only in the order in which they begin
    return sorted({match for order in permutations(lists) for match in chains(order, fits)})


def gathered(lists: Sequence[list[Match]], fits: Fits) -> list[Match]:
    """Join to each match of the first list the nearest of every other, whichever comes first."""
    found: list[Match] = []
    for start in lists[0]:
        chain = start
        for options in lists[1:]:
            nearest = _nearest(chain, chain, options, fits, ordered=False)
            if nearest is None:
                break
            chain = tuple(sorted(chain + nearest))
        else:
            found.append(chain)
    return found


def _nearest(chain: Match, last: Match, options: Iterable[Match], fits: Fits, *, ordered: bool) -> Match | None:
    """The match that fits after `last`, shares no word with `chain` and makes the shortest whole."""
    best, least = None, 0
    first, end = chain[0], chain[-1]
    for option in options:
        if (ordered and option[0] <= last[0]) or not fits(last, option):
            continue
        if option[0] <= end and first <= option[-1] and not set(chain).isdisjoint(option):
            continue  # only what overlaps can share a word
        width = max(end, option[-1]) - min(first, option[0])
        if best is None or width < least:
            best, least = option, width
    return best
