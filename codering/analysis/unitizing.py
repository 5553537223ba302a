"""Agreement on passages: where they begin and end, not only whether a turn carries a code.

Krippendorff's α for unitizing (α_U) compares units, passages of one code, and the gaps between them on a continuum. Its
disagreement is the squared distance of both ends of two units that overlap, and the squared length of a unit that lies
wholly in a gap. The expected disagreement is that of the same units and gaps laid in every other way on the continuum.

References
----------
Krippendorff, K. (1995). On the reliability of unitizing continuous data. Sociological Methodology 25, 47-76.
Krippendorff, K. (2004). Content analysis: an introduction to its methodology (2nd ed.), ch. 11. Sage. (It corrects a
sign in the expected disagreement of 1995; this is the corrected formula.)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from codering.analysis.agreement import NOBODY, TWO_ONLY
from codering.analysis.continua import Continuum, Span, gaps, joined
from codering.analysis.group_intervals import CLUMPED, FEWEST_EFFECTIVE, FEWEST_GROUPS, ONE_GROUP, limits
from codering.analysis.measures import Measure


@dataclass(frozen=True, slots=True)
class Boundaries:
    """How well passages of one code coincide.

    Attributes
    ----------
    passages
        By coder, how many; passages of one coder that overlap are one.
    matched
        Pairs of passages of two coders that overlap, each passage in one pair at most; -1 for more than two coders.
    overlap
        Mean over those pairs of the characters in both as a share of the characters in either; NaN without a pair.
    alpha
        Krippendorff's α_U.
    """

    passages: tuple[int, ...]
    matched: int
    overlap: float
    alpha: Measure


def alpha_u(parts: Sequence[Continuum]) -> float:
    """Krippendorff's α_U over several continua laid end to end; NaN if nobody made a passage.

    Parameters
    ----------
    parts
        With passages of the same coders, two or more. A passage never crosses from one part to the next, but a gap
        does.
    """
    observed, expected = _disagreement(parts)
    return 1 - observed / expected if expected else math.nan


def alpha_u_of_all(codes: Sequence[Sequence[Continuum]]) -> float:
    """α_U of several codes: one minus the sum of what was observed over the sum of what was expected.

    Krippendorff 2004, p. 258. Codes that nobody used add nothing; NaN if nobody used any.
    """
    both = [_disagreement(parts) for parts in codes if parts]
    expected = sum(one for _, one in both)
    return 1 - sum(one for one, _ in both) / expected if expected else math.nan


def _disagreement(parts: Sequence[Continuum]) -> tuple[float, float]:
    """Observed and expected; 0 and 0 if nobody made a passage."""
    length, coders = sum(part.length for part in parts), len(parts[0].spans)
    expected = _expected(parts)
    if not expected:
        return 0.0, 0.0
    return 2 * sum(sum(_differences(part)) for part in parts) / (coders * (coders - 1) * length**2), expected


def _expected(parts: Sequence[Continuum]) -> float:
    length, spans = joined(parts)
    units = [end - start for row in spans for start, end in row]
    if not units:
        return 0.0
    free = np.array([end - start for row in spans for start, end in gaps(row, length)], dtype=float)
    expected = 0.0
    for size in units:
        among_units = (len(units) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        room = free[free >= size]
        expected += among_units + size**2 * float((room - size + 1).sum())
    places = len(spans) * length
    possible = places * (places - 1) - sum(size * (size - 1) for size in units)
    return 2 / length * expected / possible


def boundaries(parts: Sequence[Continuum]) -> Boundaries:
    """Compare where passages begin and end.

    Parameters
    ----------
    parts
        One for each focus group. The interval of α_U leaves out one group at a time, as in
        :mod:`codering.analysis.group_intervals`.
    """
    coders = len(parts[0].spans) if parts else 0
    counts = tuple(sum(len(part.spans[index]) for part in parts) for index in range(coders))
    pairs = [pair for part in parts for pair in _matched(*part.spans)] if coders == 2 else []
    overlap = float(np.mean(pairs)) if pairs else math.nan
    return Boundaries(counts, len(pairs) if coders == 2 else -1, overlap, _alpha_with_interval(parts))


def _alpha_with_interval(parts: Sequence[Continuum]) -> Measure:
    value = alpha_u(parts) if parts and len(parts[0].spans) > 1 else math.nan
    if math.isnan(value):
        return Measure(math.nan, reason=NOBODY if parts and len(parts[0].spans) > 1 else TWO_ONLY)
    if len(parts) < FEWEST_GROUPS:
        return Measure(value, reason=ONE_GROUP)
    coded = np.array([sum(end - start for row in part.spans for start, end in row) for part in parts], dtype=float)
    effective = float(coded.sum() ** 2 / (coded**2).sum())
    if effective < FEWEST_EFFECTIVE:
        return Measure(value, reason=CLUMPED)
    return _over_groups(value, parts, effective)


def _over_groups(value: float, parts: Sequence[Continuum], effective: float) -> Measure:
    """The interval of :func:`codering.analysis.group_intervals.with_interval`, for disagreements that are squares.

    They are few and unequal: a passage that one coder lacks costs its length squared, one that begins a word later
    nearly nothing. So one lacking passage of middling length is added, where that function adds half a disagreement,
    and disagreements count by their effective number (Kish 1965), which also limits the degrees of freedom.
    """
    coders, count = len(parts[0].spans), len(parts)
    lengths = np.array([part.length for part in parts], dtype=float)
    differences = [np.array(_differences(part), dtype=float) for part in parts]
    alone = (coders - 1) * float(np.mean([(b - a) ** 2 for part in parts for row in part.spans for a, b in row]))
    observed = np.array([each.sum() for each in differences]) + alone * lengths / lengths.sum()

    def root(kept: NDArray[np.bool_]) -> float:
        expected = _expected([part for part, keep in zip(parts, kept, strict=True) if keep])
        size = coders * (coders - 1) * lengths[kept].sum() ** 2
        return math.sqrt(2 * float(observed[kept].sum()) / size / expected) if expected else math.nan

    whole = np.ones(count, dtype=bool)
    centre = root(whole)
    without = np.array([root(np.arange(count) != index) for index in range(count)])
    without = np.where(np.isnan(without), centre, without)
    between = float((count - 1) / count * ((without - without.mean()) ** 2).sum())
    squares = sum(float((each**2).sum()) for each in differences) + alone**2
    differing = float(observed.sum()) ** 2 / squares
    low, high = limits(centre, between, centre**2 / 4 / differing, max(1.0, min(effective, count - 1.0, differing)))
    return Measure(value, max(min(low, value), -1.0), max(high, value))


def _differences(part: Continuum) -> list[int]:
    """The squared distances between units and gaps of every two coders, as far as they are above 0."""
    return [
        distance
        for one, two in combinations(part.spans, 2)
        for distance in (*_of_overlaps(one, two), *_in_gaps(one, two, part.length), *_in_gaps(two, one, part.length))
        if distance
    ]


def _of_overlaps(one: Sequence[Span], two: Sequence[Span]) -> list[int]:
    return [
        (start - begin) ** 2 + (end - stop) ** 2
        for start, end in one
        for begin, stop in two
        if start < stop and begin < end
    ]


def _in_gaps(units: Sequence[Span], others: Sequence[Span], length: int) -> list[int]:
    free = gaps(others, length)
    return [(end - start) ** 2 for start, end in units if any(begin <= start and end <= stop for begin, stop in free)]


def _matched(one: Sequence[Span], two: Sequence[Span]) -> list[float]:
    """For passages that overlap, the best pairs first: characters in both as a share of characters in either."""
    shares = []
    for i, (start, end) in enumerate(one):
        for j, (begin, stop) in enumerate(two):
            both = min(end, stop) - max(start, begin)
            if both > 0:
                shares.append((both / (max(end, stop) - min(start, begin)), i, j))
    first, second = set[int](), set[int]()
    pairs = []
    for share, i, j in sorted(shares, reverse=True):
        if i not in first and j not in second:
            first.add(i)
            second.add(j)
            pairs.append(share)
    return pairs
