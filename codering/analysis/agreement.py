"""How far coders agree, corrected for chance, with honest intervals.

Units are participants' turns that every coder compared has read; per code a turn carries the code or it does not
(rule 1 of the coding guide). An undefined measure is NaN with its reason and is left out of averages.

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
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from codering.codings import Coding
from codering.errors import AgreementError, Message

Ratings = NDArray[np.float64]
"""Shape ``(coders, units)``: 1 where the coder gives the code, 0 where not, NaN where the coder did not read."""

Unit = tuple[str, int]
"""A turn: transcript and number."""

NOBODY: Final = Message("No coder used this code: there is nothing to agree on.")
EVERYBODY: Final = Message("Every coder gave the code to every turn: chance agreement is complete.")
NO_UNITS: Final = Message("No turn was read by two coders.")
ONE_GROUP: Final = Message("An interval needs at least three focus groups.")
SMALLEST_BOOTSTRAP: Final = 3
"""Focus groups below which an interval over groups would be make-believe."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of agreement.

    Attributes
    ----------
    value
        1 is perfect, 0 what chance would give (for the chance-corrected ones); NaN if undefined.
    low, high
        95% interval from a bootstrap over focus groups; NaN if there is none.
    reason
        Why the value, or the interval, is undefined; None if both are defined.
    """

    value: float
    low: float = math.nan
    high: float = math.nan
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """Agreement of coders on one code (or theme).

    Attributes
    ----------
    code
        The id.
    units
        Turns that at least two of the coders read.
    carried
        By coder, in how many of those turns the coder gives the code.
    together
        Turns in which all coders who read it give the code.
    percentage
        Share of pairs of coders and turns that agree, 0 to 1. Not corrected for chance.
    kappa
        Cohen's κ; undefined for more than two coders.
    alpha
        Krippendorff's α, nominal.
    ac1
        Gwet's AC1.
    pabak
        Prevalence- and bias-adjusted κ, ``2 * percentage - 1``: only beside κ, never instead of it.
    f1
        F1 of the second coder against the first (it is symmetric); undefined for more than two coders.
    """

    code: str
    units: int
    carried: tuple[int, ...]
    together: int
    percentage: Measure
    kappa: Measure
    alpha: Measure
    ac1: Measure
    pabak: Measure
    f1: Measure

    @property
    def paradox(self) -> bool:
        """Whether κ is low though coders nearly always agree, because the code is rare or common.

        Feinstein, A. R., & Cicchetti, D. V. (1990). High agreement but low kappa. J. Clinical Epidemiology 43, 543-549.
        """
        return self.percentage.value >= 0.85 and self.kappa.value < 0.6 <= self.ac1.value


def ratings(
    codings: Iterable[Coding],
    coders: Sequence[str],
    read: Mapping[str, frozenset[Unit]],
    units: Sequence[Unit],
    codes: frozenset[str],
    *,
    by_stance: bool = False,
) -> Ratings:
    """Lay one code (or the codes of a theme) out by coder and turn.

    Parameters
    ----------
    codings
        Of any coders.
    coders
        The rows.
    read
        By coder, the turns that the coder read: what is not in it is missing, not "no".
    units
        The columns.
    codes
        A turn carries the code if it carries one of these.
    by_stance
        Give 2 instead of 1 to a turn in which the coder sees the code denied and not confirmed.

    Returns
    -------
    Ratings
        Shape ``(len(coders), len(units))``.
    """
    place = {unit: index for index, unit in enumerate(units)}
    row = {coder: index for index, coder in enumerate(coders)}
    table = np.full((len(coders), len(units)), np.nan)
    for coder, index in row.items():
        for unit in read.get(coder, frozenset()):
            if unit in place:
                table[index, place[unit]] = 0.0
    for coding in codings:
        unit = (coding.segment.transcript, coding.segment.turn)
        if coding.coder in row and coding.code in codes and unit in place:
            value = 2.0 if by_stance and coding.stance.value == "ontkent" else 1.0
            earlier = table[row[coding.coder], place[unit]]
            table[row[coding.coder], place[unit]] = value if not earlier > 0 else min(earlier, value)
    return table


def code_agreement(
    code: str,
    table: Ratings,
    groups: Sequence[str],
    *,
    resamples: int = 2000,
    seed: int = 1,
    intervals: Collection[str] = ("percentage", "kappa", "alpha", "ac1", "pabak", "f1"),
) -> CodeAgreement:
    """Measure agreement on one code.

    Parameters
    ----------
    code
        Its id.
    table
        Shape ``(coders, units)``, at least two coders.
    groups
        For each unit its focus group: intervals resample groups, because turns of one group are not independent.
    resamples, seed
        Of the bootstrap.
    intervals
        Which measures get one; α takes ten times as long as all the rest.

    Raises
    ------
    AgreementError
        With fewer than two coders.
    """
    if table.shape[0] < 2:
        raise AgreementError("Agreement needs two coders; found {count}.", count=table.shape[0])
    double = (~np.isnan(table)).sum(axis=0) >= 2
    table, kept = table[:, double], [group for group, keep in zip(groups, double, strict=True) if keep]
    samples = resampled(kept, resamples, seed)
    two = table.shape[0] == 2

    def measured(name: str, statistic: Callable[[Ratings], Measure]) -> Measure:
        return with_interval(statistic, table, kept, samples) if name in intervals else statistic(table)

    more = Measure(math.nan, reason=Message("Defined for two coders only; compare them in pairs."))
    read = ~np.isnan(table)
    return CodeAgreement(
        code=code,
        units=table.shape[1],
        carried=tuple(int(np.nansum(row > 0)) for row in table),
        together=int(((table > 0) | ~read).all(axis=0).sum()),
        percentage=measured("percentage", percentage),
        kappa=measured("kappa", cohen_kappa) if two else more,
        alpha=measured("alpha", krippendorff_alpha),
        ac1=measured("ac1", gwet_ac1),
        pabak=measured("pabak", pabak),
        f1=measured("f1", f1) if two else more,
    )


def percentage(table: Ratings) -> Measure:
    """Share of pairs of coders that agree, over all turns that two read, 0 to 1."""
    agree, pairs = _pairs(table)
    return Measure(agree / pairs) if pairs else Measure(math.nan, reason=NO_UNITS)


def pabak(table: Ratings) -> Measure:
    """Prevalence- and bias-adjusted κ (Byrt, Bishop & Carlin 1993, eq. 10), for two categories."""
    share = percentage(table)
    return Measure(2 * share.value - 1, reason=share.reason)


def cohen_kappa(table: Ratings) -> Measure:
    """Cohen's κ (1960).

    It is ``(p_o - p_e) / (1 - p_e)``, where ``p_e`` sums, over the categories, the product of both coders'
    shares.

    Parameters
    ----------
    table
        Shape ``(2, units)``.
    """
    complete = table[:, ~np.isnan(table).any(axis=0)]
    if complete.shape[1] == 0:
        return Measure(math.nan, reason=NO_UNITS)
    first, second = complete
    observed = float((first == second).mean())
    expected = sum(float((first == c).mean()) * float((second == c).mean()) for c in np.unique(complete))
    if expected >= 1.0:
        return Measure(math.nan, reason=_uniform(complete))
    return Measure((observed - expected) / (1 - expected))


def krippendorff_alpha(table: Ratings) -> Measure:
    """Krippendorff's α for nominal data, any number of coders, missing units allowed; computed by `krippendorff`."""
    import krippendorff

    readable = table[:, (~np.isnan(table)).sum(axis=0) >= 2]
    if readable.shape[1] == 0:
        return Measure(math.nan, reason=NO_UNITS)
    if len(np.unique(readable[~np.isnan(readable)])) < 2:
        return Measure(math.nan, reason=_uniform(readable))
    return Measure(float(krippendorff.alpha(reliability_data=readable, level_of_measurement="nominal")))


def gwet_ac1(table: Ratings) -> Measure:
    """Gwet's AC1 (2008, eq. 11 and 12), any number of coders, missing units allowed.

    Chance agreement is ``sum(pi * (1 - pi)) / (q - 1)`` with ``pi`` the mean share of a category over the turns and
    ``q`` the number of categories (at least two: a code is there or it is not).
    """
    read = ~np.isnan(table)
    rated = read.sum(axis=0)
    categories = sorted({0.0, 1.0} | {float(value) for value in np.unique(table[read])})
    agree, pairs = _pairs_per_unit(table)
    double = rated >= 2
    if not double.any():
        return Measure(math.nan, reason=NO_UNITS)
    observed = float((agree[double] / pairs[double]).mean())
    some = rated >= 1
    shares = [float(((table == c).sum(axis=0)[some] / rated[some]).mean()) for c in categories]
    expected = sum(share * (1 - share) for share in shares) / (len(categories) - 1)
    return Measure((observed - expected) / (1 - expected))


def f1(table: Ratings) -> Measure:
    """F1 of one coder against the other; symmetric, so it does not matter who is the reference."""
    complete = table[:, ~np.isnan(table).any(axis=0)] > 0
    if complete.shape[1] == 0:
        return Measure(math.nan, reason=NO_UNITS)
    carried = int(complete.sum())
    if carried == 0:
        return Measure(math.nan, reason=NOBODY)
    return Measure(2 * int(complete.all(axis=0).sum()) / carried)


def alpha_of_sets(sets: Sequence[Sequence[frozenset[str] | None]]) -> Measure:
    """Krippendorff's α with MASI distance, over the set of codes that each coder gives a turn.

    Parameters
    ----------
    sets
        By coder, by unit: the codes; None where the coder did not read. All rows have one length.

    Notes
    -----
    α is ``1 - D_o / D_e`` with pairs within a unit weighted by ``1 / (m_u - 1)``, and expected disagreement over all
    pairs of pairable values (Krippendorff 2011). MASI is ``1 - Jaccard * monotonicity`` (Passonneau 2006), from nltk,
    which fails on two empty sets: their distance is 0.
    """
    columns = [[value for value in column if value is not None] for column in zip(*sets, strict=True)]
    columns = [column for column in columns if len(column) >= 2]
    values = [value for column in columns for value in column]
    if not values:
        return Measure(math.nan, reason=NO_UNITS)
    counts: dict[frozenset[str], int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    if len(counts) < 2:
        return Measure(math.nan, reason=NOBODY if not values[0] else EVERYBODY)
    distances = {pair: masi(*pair) for pair in combinations(counts, 2)}

    def apart(one: frozenset[str], two: frozenset[str]) -> float:
        return 0.0 if one == two else distances.get((one, two), distances.get((two, one), 0.0))

    observed = sum(sum(apart(a, b) for a, b in combinations(c, 2)) * 2 / (len(c) - 1) for c in columns) / len(values)
    expected = sum(2 * counts[a] * counts[b] * d for (a, b), d in distances.items())
    expected /= len(values) * (len(values) - 1)
    return Measure(1 - observed / expected)


def masi(one: frozenset[str], two: frozenset[str]) -> float:
    """MASI distance between two sets of codes, 0 to 1; 0 between two empty sets."""
    from nltk.metrics.distance import masi_distance

    return 0.0 if not one and not two else float(masi_distance(one, two))


def averaged(measures: Iterable[Measure]) -> tuple[float, int]:
    """Average what is defined, and count what was left out; NaN if nothing is defined."""
    values = [measure.value for measure in measures]
    defined = [value for value in values if not math.isnan(value)]
    return (float(np.mean(defined)) if defined else math.nan), len(values) - len(defined)


def _pairs_per_unit(table: Ratings) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    read = (~np.isnan(table)).sum(axis=0).astype(float)
    agree = np.zeros(table.shape[1])
    for category in np.unique(table[~np.isnan(table)]):
        given = (table == category).sum(axis=0)
        agree += given * (given - 1) / 2
    return agree, read * (read - 1) / 2


def _pairs(table: Ratings) -> tuple[float, float]:
    agree, pairs = _pairs_per_unit(table)
    return float(agree.sum()), float(pairs.sum())


def _uniform(table: Ratings) -> Message:
    return NOBODY if not np.nansum(table) else EVERYBODY


def _expanded(groups: Sequence[str]) -> tuple[float, float]:
    """Percentiles that make up for few groups: the expanded percentile interval.

    A percentile interval is too narrow with few groups, by ``sqrt(n / (n - 1))`` and by normal instead of t
    (Hesterberg, T. C. (2015). What teachers should know about the bootstrap. The American Statistician 69, 371-386). In
    simulation with 12 groups the 95% interval of κ covered the truth in 179 of 200 projects: still a little narrow.
    """
    from scipy.stats import norm, t

    count = len(set(groups))
    tail = 100 * float(norm.cdf(-math.sqrt(count / (count - 1)) * t.ppf(0.975, count - 1)))
    return tail, 100 - tail


def resampled(groups: Sequence[str], resamples: int, seed: int) -> list[NDArray[np.intp]]:
    """Columns of each bootstrap sample: whole groups drawn with replacement; none with too few groups."""
    names = sorted(set(groups))
    if len(names) < SMALLEST_BOOTSTRAP:
        return []
    columns = {name: np.flatnonzero(np.asarray(groups) == name) for name in names}
    generator = np.random.default_rng(seed)
    draws = generator.integers(0, len(names), size=(resamples, len(names)))
    return [np.concatenate([columns[names[i]] for i in draw]) for draw in draws]


def with_interval(
    statistic: Callable[[Ratings], Measure], table: Ratings, groups: Sequence[str], samples: Sequence[NDArray[np.intp]]
) -> Measure:
    """Add an expanded percentile interval; resamples in which the statistic is undefined are left out.

    Parameters
    ----------
    statistic
        What is measured.
    table
        Shape ``(coders, units)``.
    groups
        For each unit its focus group.
    samples
        From :func:`resampled`.
    """
    whole = statistic(table)
    if math.isnan(whole.value):
        return whole
    if not samples:
        return Measure(whole.value, reason=ONE_GROUP)
    values = np.array([statistic(table[:, columns]).value for columns in samples])
    values = values[~np.isnan(values)]
    if len(values) < len(samples) / 2:
        return Measure(whole.value, reason=Message("The code is too rare for an interval."))
    low, high = np.percentile(values, _expanded(groups))
    return Measure(whole.value, float(low), float(high))
