"""Measures of agreement between coders, as functions of who gave what, how often.

Every measure takes the distinct columns of a table of ratings and how much each column weighs, and works on the last
axis of the weights: one call gives a measure for the whole, for each group left out, for each simulated project. An
undefined measure is NaN. A table has the shape ``(coders, columns)``, weights the shape ``(..., columns)`` (None is 1
each), a measure the shape ``(...)``.

References
----------
Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20, 37-46.
Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement. British
Journal of Mathematical and Statistical Psychology 61, 29-48.
Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.
Passonneau, R. (2006). Measuring agreement on set-valued items (MASI). LREC.
Byrt, T., Bishop, J., & Carlin, J. B. (1993). Bias, prevalence and kappa. Journal of Clinical Epidemiology 46, 423-429.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from codering.errors import Message

Floats = NDArray[np.float64]

Ratings = NDArray[np.float64]
"""Shape ``(coders, columns)``: 0 where a coder does not give the code, 1 (or another category) where the coder does,
NaN where the coder did not read."""

Statistic = Callable[[Ratings, "Floats | None"], Floats]
"""Given ratings and weights of shape ``(..., columns)``, the measure, of shape ``(...)``."""

_COMPLETE: Final = 1 - 1e-12


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of agreement.

    Attributes
    ----------
    value
        1 is perfect, 0 what chance would give (for the chance-corrected ones); NaN if undefined.
    low, high
        95% interval over focus groups; NaN if there is none.
    reason
        Why the value, or the interval, is undefined; None if both are defined.
    """

    value: float
    low: float = math.nan
    high: float = math.nan
    reason: Message | None = None


def percentage(table: Ratings, weights: Floats | None = None) -> Floats:
    """Share of pairs of coders that agree, over all columns that two read, 0 to 1. Not corrected for chance.

    NaN where no two coders read a column.
    """
    agree, pairs = _pairs(table)
    weights = _given(table, weights)
    return _ratio(weights @ agree, weights @ pairs)


def pabak(table: Ratings, weights: Floats | None = None) -> Floats:
    """Prevalence- and bias-adjusted κ (Byrt, Bishop & Carlin 1993, eq. 10), for two categories.

    It is the percentage on another scale, ``2 * percentage - 1``: it does not correct for chance.
    """
    return 2 * percentage(table, weights) - 1


def cohen_kappa(table: Ratings, weights: Floats | None = None) -> Floats:
    """Cohen's κ (1960), of two coders.

    It is ``(p_o - p_e) / (1 - p_e)``, where ``p_e`` sums, over the categories, the product of both coders' shares.

    Parameters
    ----------
    table
        Shape ``(2, columns)``; columns that one of them did not read are left out.
    weights
        Shape ``(..., columns)``; None for 1 each.

    Returns
    -------
    array
        From -1 to 1; NaN where chance already explains everything (``p_e`` is 1), and where nothing is left.
    """
    complete = ~np.isnan(table).any(axis=0)
    (first, second), weights = table[:, complete], _given(table, weights)[..., complete]
    size = weights.sum(axis=-1)
    observed = _ratio(weights @ (first == second), size)
    expected = np.zeros_like(observed)
    for category in np.unique(table[:, complete]):
        expected = expected + _ratio(weights @ (first == category), size) * _ratio(weights @ (second == category), size)
    return _ratio(observed - expected, np.where(expected < _COMPLETE, 1 - expected, 0.0))


def krippendorff_alpha(table: Ratings, weights: Floats | None = None, distances: Floats | None = None) -> Floats:
    """Krippendorff's α, any number of coders, columns that not everyone read allowed.

    Written out instead of taken from the package `krippendorff`, because that one has no weights, which the intervals
    and the level of passages need; the tests hold the two side by side.

    Parameters
    ----------
    table
        Shape ``(coders, columns)``. With `distances`, its values are row numbers of it.
    weights
        Shape ``(..., columns)``; None for 1 each.
    distances
        Shape ``(categories, categories)``; None for nominal data: 0 on the diagonal, 1 elsewhere.

    Returns
    -------
    array
        At most 1; NaN where all that two coders read is of one category, so that nothing was expected to differ.
    """
    double = (~np.isnan(table)).sum(axis=0) >= 2
    table, weights = table[:, double], _given(table, weights)[..., double]
    categories = np.unique(table[~np.isnan(table)]) if distances is None else np.arange(len(distances))
    if distances is None:
        distances = 1.0 - np.eye(len(categories))
    counts = np.array([(table == category).sum(axis=0) for category in categories], dtype=float).T
    if not counts.size:
        return np.full(weights.shape[:-1], np.nan)
    within = ((counts @ distances) * counts).sum(axis=1) / (counts.sum(axis=1) - 1)
    margins = weights @ counts
    expected = ((margins @ distances) * margins).sum(axis=-1)
    return 1 - _ratio((weights @ within) * (margins.sum(axis=-1) - 1), expected)


def gwet_ac1(table: Ratings, weights: Floats | None = None) -> Floats:
    """Gwet's AC1 (2008, eq. 11 and 12), any number of coders, columns that not everyone read allowed.

    Chance agreement is ``sum(pi * (1 - pi)) / (q - 1)`` with ``pi`` the mean share of a category over the columns and
    ``q`` the number of categories (at least two: a code is there or it is not). NaN where no two coders read a column.
    """
    weights = _given(table, weights)
    read = ~np.isnan(table)
    rated = read.sum(axis=0)
    categories = sorted({0.0, 1.0} | {float(value) for value in np.unique(table[read])})
    agree, pairs = _pairs(table)
    double, some = rated >= 2, rated >= 1
    observed = _ratio(weights[..., double] @ (agree[double] / pairs[double]), weights[..., double].sum(axis=-1))
    size = weights[..., some].sum(axis=-1)
    expected = np.zeros_like(observed)
    for category in categories:
        share = _ratio(weights[..., some] @ ((table == category).sum(axis=0)[some] / rated[some]), size)
        expected = expected + share * (1 - share) / (len(categories) - 1)
    return (observed - expected) / (1 - expected)


def f1(table: Ratings, weights: Floats | None = None) -> Floats:
    """F1 of one coder against the other, 0 to 1; symmetric, so it does not matter who is the reference.

    ``2 * both / (first + second)`` over the columns that both read, of which a value above 0 gives the code. NaN where
    neither coder gives it.
    """
    complete = ~np.isnan(table).any(axis=0)
    (first, second), weights = table[:, complete] > 0, _given(table, weights)[..., complete]
    return _ratio(2 * (weights @ (first & second)), weights @ (first.astype(float) + second))


def masi(one: frozenset[str], two: frozenset[str]) -> float:
    """MASI distance (Passonneau 2006) between two sets of codes, 0 to 1; 0 between two empty sets.

    Of `nltk`, which divides by zero between two empty sets: a turn that both coders leave without a code is agreement.
    """
    from nltk.metrics.distance import masi_distance

    return 0.0 if not one and not two else float(masi_distance(one, two))


def laid_out(sets: Sequence[Sequence[frozenset[str] | None]]) -> tuple[Ratings, Floats]:
    """Number the different sets of codes, for α with MASI distance.

    Parameters
    ----------
    sets
        By coder, by turn: the codes; None where the coder did not read. All rows have one length.

    Returns
    -------
    table, distances
        What :func:`krippendorff_alpha` takes.
    """
    # The empty set comes first, so that what is above 0 carries something.
    different = sorted({frozenset[str](), *(one for row in sets for one in row if one is not None)}, key=sorted)
    number = {one: index for index, one in enumerate(different)}
    table = np.array([[np.nan if one is None else number[one] for one in row] for row in sets], dtype=float)
    distances = np.zeros((len(different), len(different)))
    for index, one in enumerate(different):
        distances[index, :index] = [masi(one, two) for two in different[:index]]
    return table, distances + distances.T


def averaged(measures: Iterable[Measure]) -> tuple[float, int]:
    """Average what is defined, and count what was left out; NaN if nothing is defined."""
    values = [measure.value for measure in measures]
    defined = [value for value in values if not math.isnan(value)]
    return (float(np.mean(defined)) if defined else math.nan), len(values) - len(defined)


def _pairs(table: Ratings) -> tuple[Floats, Floats]:
    """By column: how many pairs of coders agree, and how many pairs read it."""
    read = (~np.isnan(table)).sum(axis=0).astype(float)
    agree = np.zeros(table.shape[1])
    for category in np.unique(table[~np.isnan(table)]):
        given = (table == category).sum(axis=0)
        agree += given * (given - 1) / 2
    return agree, read * (read - 1) / 2


def _given(table: Ratings, weights: Floats | None) -> Floats:
    return np.ones(table.shape[1]) if weights is None else weights


def _ratio(numerator: Floats, denominator: Floats) -> Floats:
    denominator = np.asarray(denominator, dtype=float)
    whole = np.where(denominator == 0, np.nan, denominator)
    return np.asarray(numerator / whole, dtype=float)
