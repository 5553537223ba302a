"""Could a difference between waves come from which groups happened to be heard? A test that holds with few groups.

If nothing had changed, a group could as well have been held in another wave. The test deals the waves out to the groups
in every possible way (or in many random ways, where there are too many) and asks how often a difference as large comes
out. A municipality that was visited in several waves is compared with itself: its groups swap waves among each other.
Nothing is assumed about distributions, and whole groups are dealt, so that participants of one group may be alike.

References
----------
Westfall, P. H., & Young, S. S. (1993). Resampling-based multiple testing. Wiley: the step-down max-T method.
Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications in Genetics and
Molecular Biology 9, article 39.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

EXACT_UP_TO: Final = 20_000
"""Ways of dealing; with more, as many random ones as :data:`RANDOM` and the one that happened."""
RANDOM: Final = 9_999

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Deals:
    """Ways of dealing waves out to groups.

    Attributes
    ----------
    waves
        Shape ``(deals, groups)``: the index of the wave. The first row is what happened.
    exact
        Whether these are all the ways there are.
    smallest_p
        The smallest p-value that any data could give, for a contrast that weighs waves evenly around the middle one.
    """

    waves: NDArray[np.int8]
    exact: bool
    smallest_p: float


def deals(waves: Sequence[int], places: Sequence[str], *, seed: int = 1) -> Deals:
    """Deal waves out to groups.

    Parameters
    ----------
    waves
        By group, the index of its wave.
    places
        By group, the municipality or team. Groups of a place that was visited in more than one wave swap among each
        other; all other groups swap among themselves.
    """
    real = np.asarray(waves, dtype=np.int8)
    blocks = _blocks(real, places)
    ways = math.prod(_arrangements(real[block]) for block in blocks)
    if ways > EXACT_UP_TO:
        generator = np.random.default_rng(seed)
        drawn = np.tile(real, (RANDOM + 1, 1))
        for block in blocks:
            drawn[1:, block] = generator.permuted(drawn[1:, block], axis=1)
        return Deals(drawn, exact=False, smallest_p=1 / (RANDOM + 1))
    found = np.tile(real, (ways, 1))
    for index, choice in enumerate(product(*(_distinct(real[block]) for block in blocks))):
        for block, labels in zip(blocks, choice, strict=True):
            found[index, block] = labels
    first = int(np.flatnonzero((found == real).all(axis=1))[0])
    found[[0, first]] = found[[first, 0]]
    mirrored = all(_mirrors(real[block], int(real.max())) for block in blocks)
    return Deals(found, exact=True, smallest_p=min(1.0, (2 if mirrored else 1) / ways))


def contrasts(hits: Array, sizes: Array, dealt: Deals, weights: Sequence[float]) -> Array:
    """Work out the difference between waves for every way of dealing.

    Parameters
    ----------
    hits
        Shape ``(groups, codes)``: participants who said it.
    sizes
        Shape ``(groups,)``: participants.
    weights
        By wave: ``(-1, 1)`` for the difference of two waves.

    Returns
    -------
    array
        Shape ``(deals, codes)``: the weighted sum of the waves' shares.
    """
    total = np.zeros((len(dealt.waves), hits.shape[1]))
    for wave, weight in enumerate(weights):
        held = (dealt.waves == wave).astype(float)
        total += weight * (held @ hits) / (held @ sizes)[:, None]
    return total


def p_values(values: Array) -> tuple[Array, Array]:
    """Two-sided p-values, for each code on its own and together.

    Parameters
    ----------
    values
        From :func:`contrasts`; the first row is what happened.

    Returns
    -------
    own, together
        By code. `together` is corrected for there being many codes (step-down max-T over the same deals, each code
        divided by its spread over the deals). NaN for a code that is the same however waves are dealt.
    """
    spread = np.sqrt((values**2).mean(axis=0))
    moves = spread > 1e-12
    own = np.full(values.shape[1], math.nan)
    together = own.copy()
    if not moves.any():
        return own, together
    # A hair is taken off, so that equal differences that floating point tells apart count as equal.
    size = np.abs(values[:, moves]) / spread[moves] + 1e-9
    real = size[0] - 2e-9
    own[moves] = (size >= real).mean(axis=0)
    order = np.argsort(-real, kind="stable")
    # From the smallest up: the largest of the codes that are not yet accounted for.
    largest = np.maximum.accumulate(size[:, order[::-1]], axis=1)[:, ::-1]
    stepped = np.maximum.accumulate((largest >= real[order]).mean(axis=0))
    corrected = np.empty(len(order))
    corrected[order] = stepped
    together[moves] = corrected
    return own, together


def _blocks(waves: NDArray[np.int8], places: Sequence[str]) -> list[NDArray[np.intp]]:
    named = np.asarray(places)
    repeated = [place for place in dict.fromkeys(places) if place and len(set(waves[named == place].tolist())) > 1]
    blocks = [np.flatnonzero(named == place) for place in repeated]
    rest = np.flatnonzero(~np.isin(named, repeated))
    return [block for block in (*blocks, rest) if len(block)]


def _arrangements(labels: NDArray[np.int8]) -> int:
    counts = np.unique(labels, return_counts=True)[1]
    return math.factorial(len(labels)) // math.prod(math.factorial(int(count)) for count in counts)


def _distinct(labels: NDArray[np.int8]) -> list[tuple[int, ...]]:
    """Every distinct order of labels, some of which are the same."""
    if len(labels) == 0:
        return [()]
    ways: list[tuple[int, ...]] = []
    for first in np.unique(labels):
        rest = np.delete(labels, int(np.flatnonzero(labels == first)[0]))
        ways += [(int(first), *others) for others in _distinct(rest)]
    return ways


def _mirrors(labels: NDArray[np.int8], last: int) -> bool:
    """Whether every way has a counterpart with the waves the other way round, which gives the same size.

    So it is where the first wave has as many groups as the last, the second as the last but one, and so on.
    """
    return sorted(labels.tolist()) == sorted((last - labels).tolist())
