from __future__ import annotations

import math

import krippendorff
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, f1_score

from benchmarks.agreement_coverage import SimulatedCoders, from_group_counts
from benchmarks.sets_and_passages import CodersOfSets, coverage
from codering.analysis import agreement, group_intervals
from codering.analysis.agreement import CodingSheet, code_agreement, numbered
from codering.analysis.group_intervals import with_interval
from codering.analysis.measures import (
    Measure,
    averaged,
    cohen_kappa,
    f1,
    gwet_ac1,
    krippendorff_alpha,
    laid_out,
    masi,
    pabak,
    percentage,
)
from codering.codings import Coding, Stance
from codering.errors import AgreementError
from codering.transcripts import Segment

_ = np.nan
KRIPPENDORFF_2011 = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
)

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy computer decides no test."""


def from_counts(counts: list[list[int]]) -> np.ndarray:
    """Two coders' ratings from a table of counts: rows the first coder, columns the second."""
    pairs = [(i, j) for i, row in enumerate(counts) for j, count in enumerate(row) for _ in range(count)]
    return np.array(pairs, dtype=float).T


@pytest.mark.parametrize(
    ("counts", "kappa", "ac1"),
    [
        ([[40, 9], [6, 45]], 0.6995, 0.7008),
        ([[80, 10], [5, 5]], 0.3182, 0.808),
        ([[118, 5], [2, 0]], -0.0234, 0.9408),
        ([[13, 0, 0], [0, 20, 7], [0, 4, 56]], 0.79641, 0.84933),
    ],
    ids=["balanced", "paradox", "worse than chance", "cont3x3abstractors"],
)
def test_published_tables(counts, kappa, ac1):
    table = from_counts(counts)
    assert float(cohen_kappa(table)) == pytest.approx(kappa, abs=6e-5)
    assert float(gwet_ac1(table)) == pytest.approx(ac1, abs=6e-5)


def test_the_chance_term_adds_both_categories():
    """κ with a chance term of ``p_yes * p_no`` would give 0.72 here."""
    assert float(cohen_kappa(from_counts([[20, 5], [10, 15]]))) == pytest.approx(0.4)


def test_krippendorffs_own_example():
    assert float(krippendorff_alpha(KRIPPENDORFF_2011)) == pytest.approx(0.7434, abs=5e-5)


def test_ac1_of_that_example_with_five_categories():
    # Gwet's value counts the five categories that occur; 0 does not occur there.
    assert float(gwet_ac1(KRIPPENDORFF_2011 - 1)) == pytest.approx(0.77544, abs=5e-5)


def test_masi_distances():
    a, b, c = frozenset("ab"), frozenset("bc"), frozenset("abcd")
    assert masi(a, b) == pytest.approx(8 / 9, abs=5e-3)
    assert masi(a, c) == pytest.approx(2 / 3, abs=5e-3)
    assert masi(a, frozenset("xy")) == 1
    assert masi(frozenset(), frozenset()) == 0
    assert masi(frozenset(), a) == 1


def alpha_of_sets(sets: list[list[frozenset[str] | None]]) -> float:
    table, distances = laid_out(sets)
    return float(krippendorff_alpha(table, None, distances))


def test_alpha_of_single_codes_is_nominal_alpha():
    sets = [[None if np.isnan(v) else frozenset([str(v)]) for v in row] for row in KRIPPENDORFF_2011]
    assert alpha_of_sets(sets) == pytest.approx(0.7434, abs=5e-5)


def test_alpha_of_sets_by_hand():
    """Two units; D_o = (0 + 1/3 twice) / 4, D_e over all pairs of the four sets."""
    one, two = frozenset("a"), frozenset("ab")
    distance = masi(one, two)
    expected = 1 - (2 * distance / 4) / (2 * 3 * 1 * distance / (4 * 3))
    assert alpha_of_sets([[one, one], [one, two]]) == pytest.approx(expected)


several = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.sampled_from([0.0, 1.0, 2.0, _]), min_size=coders, max_size=coders), min_size=2, max_size=30
    )
)


@patient
@given(several)
def test_alpha_is_that_of_the_package_krippendorff(columns):
    table = np.array(columns).T
    double = table[:, (~np.isnan(table)).sum(axis=0) >= 2]
    if len(np.unique(double[~np.isnan(double)])) < 2:
        assert math.isnan(krippendorff_alpha(table))
        return
    expected = krippendorff.alpha(reliability_data=double, level_of_measurement="nominal")
    assert float(krippendorff_alpha(table)) == pytest.approx(expected)


@patient
@given(several)
def test_a_weight_is_a_repetition(columns):
    table = np.array(columns).T
    weights = np.arange(table.shape[1]) % 3 + 1.0
    repeated = np.repeat(table, weights.astype(int), axis=1)
    for statistic in (percentage, krippendorff_alpha, gwet_ac1, *((cohen_kappa, f1) if len(table) == 2 else ())):
        assert float(statistic(table, weights)) == pytest.approx(float(statistic(repeated)), nan_ok=True)


tables = st.integers(2, 40).flatmap(
    lambda n: st.lists(st.lists(st.sampled_from([0.0, 1.0]), min_size=n, max_size=n), min_size=2, max_size=2)
)


@patient
@given(tables)
def test_kappa_and_f1_are_those_of_scikit_learn(rows):
    table = np.array(rows)
    if len(np.unique(table)) == 2 and table.sum() > 0:
        with np.errstate(all="ignore"):
            expected = cohen_kappa_score(rows[0], rows[1])
        ours = float(cohen_kappa(table))
        assert (math.isnan(ours) and math.isnan(expected)) or ours == pytest.approx(expected)
        assert float(f1(table)) == pytest.approx(f1_score(rows[0], rows[1]))


@patient
@given(tables)
def test_no_measure_depends_on_the_order_of_coders_or_turns(rows):
    table = np.array(rows)
    mixed = table[::-1, np.random.default_rng(1).permutation(table.shape[1])]
    for statistic in (percentage, cohen_kappa, krippendorff_alpha, gwet_ac1, pabak, f1):
        one, two = float(statistic(table)), float(statistic(mixed))
        assert one == pytest.approx(two, nan_ok=True)


@patient
@given(tables)
def test_perfect_agreement_is_one_where_it_is_defined(rows):
    table = np.array([rows[0], rows[0]])
    for statistic in (percentage, cohen_kappa, krippendorff_alpha, gwet_ac1, pabak, f1):
        value = float(statistic(table))
        assert math.isnan(value) or value == pytest.approx(1)


def test_what_nobody_used_is_undefined_with_the_reason_and_left_out_of_the_average():
    nothing = code_agreement("c", np.zeros((2, 5)), ["g"] * 5)
    for measure in (nothing.kappa, nothing.alpha, nothing.ac1, nothing.f1):
        assert math.isnan(measure.value)
        assert measure.reason is agreement.NOBODY
    assert nothing.percentage.value == 1
    assert code_agreement("c", np.ones((2, 5)), ["g"] * 5).kappa.reason is agreement.EVERYBODY
    assert code_agreement("c", np.full((2, 5), _), ["g"] * 5).kappa.reason is agreement.NO_UNITS
    assert averaged([nothing.kappa, Measure(0.5)]) == (0.5, 1)
    assert math.isnan(averaged([nothing.kappa])[0])


def test_turns_that_one_coder_did_not_read_are_missing_not_no():
    table = np.array([[1, 0, 1, _], [1, 0, _, 1]])
    assert percentage(table) == 1
    assert code_agreement("c", table, ["g"] * 4).units == 2
    assert math.isnan(percentage(np.array([[1, _], [_, 1]])))


def test_ratings_come_from_codings_and_what_was_read():
    def coding(coder: str, turn: int, code: str, stance: Stance = Stance.CONFIRMS) -> Coding:
        return Coding(Segment("g", turn, 0, 3), code, stance, coder, coder, coder, "added")

    codings = [coding("A", 1, "x"), coding("B", 1, "y"), coding("B", 2, "x", Stance.DENIES), coding("C", 1, "x")]
    units = [("g", 1), ("g", 2), ("g", 3)]
    read = {"A": frozenset(units[:2]), "B": frozenset(units)}
    table = CodingSheet(codings, ["A", "B"], read, units).ratings("x")
    np.testing.assert_array_equal(table, [[1, 0, _], [0, 1, 0]])
    alone = CodingSheet(codings, ["B"], read, units)
    np.testing.assert_array_equal(alone.ratings("xy", stance=Stance.DENIES), [[0, 1, 0]])
    np.testing.assert_array_equal(alone.ratings("xy"), [[1, 1, 0]])


def test_an_interval_needs_three_groups_in_which_the_code_occurs():
    table = from_counts([[40, 9], [6, 45]])
    few = code_agreement("c", table, ["a", "b"] * 50)
    assert (few.kappa.reason, math.isnan(few.kappa.low)) == (group_intervals.ONE_GROUP, True)
    many = code_agreement("c", table, [f"g{i % 6}" for i in range(100)])
    assert many.kappa.low < many.kappa.value < many.kappa.high
    assert many.carried == (51, 54)
    assert many.together == 45
    clumped = np.zeros((2, 60))
    clumped[:, :20], clumped[0, 0] = 1, 0
    one_group = code_agreement("c", clumped, [f"g{i // 20}" for i in range(60)])
    assert one_group.kappa.reason is group_intervals.CLUMPED


def test_groups_without_anything_to_compare_are_no_groups():
    """Coders who gave the same code in two of four groups can differ on its stance in these two only."""
    table = np.array([[1.0, 1, 0, 1, 1, 0], [1, 0, 0, 1, 1, 1]])
    units = group_intervals.units_of(table, np.array([0, 0, 0, 1, 1, 1, 2, 3]), unit=np.arange(6))
    assert group_intervals.with_interval(cohen_kappa, units).reason is group_intervals.ONE_GROUP


def test_who_did_not_read_a_turn_does_not_differ_on_it():
    """A third coder who read nothing changes nothing."""
    two = np.zeros((2, 400))
    two[:, ::10], two[0, ::80] = 1, 0
    three = np.vstack([two, np.full(400, np.nan)])
    groups = np.arange(400) % 8
    alone, beside = (
        group_intervals.with_interval(krippendorff_alpha, group_intervals.units_of(table, groups, smoothed=False))
        for table in (two, three)
    )
    assert (alone.low, alone.high) == pytest.approx((beside.low, beside.high))


@pytest.mark.slow
def test_the_interval_of_alpha_with_masi_holds_as_often_as_claimed():
    """95% is claimed; with 200 projects the share that holds has a standard error of 1.5 points."""
    coders = CodersOfSets(0.08, 0.15, 0.02)
    held, _, without = coverage(coders.measures(200, 6), coders.truth)
    assert without == 0
    assert held >= 0.91


def test_coders_who_never_differ_get_an_interval_with_width():
    table = np.zeros((2, 400))
    table[:, ::19] = 1
    measure = code_agreement("c", table, [f"g{i % 4}" for i in range(400)]).kappa
    assert (measure.value, measure.high) == (1, 1)
    # 22 turns with the code and no difference: two or three differences in twenty cannot be ruled out.
    assert 0.9 < measure.low < 0.95


def test_more_turns_make_an_interval_narrower_and_unequal_groups_make_it_wider():
    def width(counts: list[list[int]], groups: list[str]) -> float:
        measure = code_agreement("c", from_counts(counts), groups).kappa
        return measure.high - measure.low

    small = width([[20, 5], [5, 70]], [f"g{i % 5}" for i in range(100)])
    assert width([[80, 20], [20, 280]], [f"g{i % 5}" for i in range(400)]) < small
    assert width([[20, 5], [5, 70]], [f"g{i // 20}" for i in range(100)]) > small


def test_the_prevalence_paradox_is_noticed():
    assert code_agreement("c", from_counts([[80, 10], [5, 5]]), ["g"] * 100).paradox
    assert not code_agreement("c", from_counts([[40, 9], [6, 45]]), ["g"] * 100).paradox


def test_three_coders_have_no_kappa_and_one_coder_no_agreement():
    three = code_agreement("c", KRIPPENDORFF_2011[:3] - 1, ["g"] * 12)
    assert math.isnan(three.kappa.value)
    assert three.kappa.reason is not None
    with pytest.raises(AgreementError, match="two coders"):
        code_agreement("c", np.zeros((1, 4)), ["g"] * 4)


@pytest.mark.parametrize(("groups", "share"), [(4, 0.3), (6, 0.1), (12, 0.1)])
def test_simulated_coders_are_recovered_as_often_as_claimed(groups, share):
    """Coders with known agreement, codes whose share differs between groups: does the interval cover the truth?

    95% is claimed. With 300 projects the share that covers has a standard error of 1.3 points;
    ``python -m benchmarks.agreement_coverage`` measures it with 1,000 projects in each of 72 scenarios.
    """
    coder = SimulatedCoders(share=share, kappa=0.7, correlation=0.02)
    projects, covered = 300, 0
    for counts in coder.projects(projects, groups=groups, turns=100, seed=7):
        measure = with_interval(cohen_kappa, from_group_counts(counts))
        covered += measure.low <= coder.truth <= measure.high
    assert 0.91 * projects <= covered < projects


def test_groups_are_numbered_in_the_order_in_which_they_come():
    assert list(numbered(["b", "b", "a", "b"])) == [0, 0, 1, 0]
