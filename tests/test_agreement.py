from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, f1_score

from codering.analysis import agreement
from codering.analysis.agreement import (
    alpha_of_sets,
    averaged,
    code_agreement,
    cohen_kappa,
    f1,
    gwet_ac1,
    krippendorff_alpha,
    masi,
    pabak,
    percentage,
    ratings,
    resampled,
    with_interval,
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
    assert cohen_kappa(table).value == pytest.approx(kappa, abs=6e-5)
    assert gwet_ac1(table).value == pytest.approx(ac1, abs=6e-5)


def test_the_chance_term_adds_both_categories():
    """κ with a chance term of ``p_yes * p_no`` would give 0.72 here."""
    assert cohen_kappa(from_counts([[20, 5], [10, 15]])).value == pytest.approx(0.4)


def test_krippendorffs_own_example():
    assert krippendorff_alpha(KRIPPENDORFF_2011).value == pytest.approx(0.7434, abs=5e-5)


def test_ac1_of_that_example_with_five_categories():
    # Gwet's value counts the five categories that occur; 0 does not occur there.
    assert gwet_ac1(KRIPPENDORFF_2011 - 1).value == pytest.approx(0.77544, abs=5e-5)


def test_masi_distances():
    a, b, c = frozenset("ab"), frozenset("bc"), frozenset("abcd")
    assert masi(a, b) == pytest.approx(8 / 9, abs=5e-3)
    assert masi(a, c) == pytest.approx(2 / 3, abs=5e-3)
    assert masi(a, frozenset("xy")) == 1
    assert masi(frozenset(), frozenset()) == 0
    assert masi(frozenset(), a) == 1


def test_alpha_of_single_codes_is_nominal_alpha():
    sets = [[None if np.isnan(v) else frozenset([str(v)]) for v in row] for row in KRIPPENDORFF_2011]
    assert alpha_of_sets(sets).value == pytest.approx(0.7434, abs=5e-5)


def test_alpha_of_sets_by_hand():
    """Two units; D_o = (0 + 1/3 twice) / 4, D_e over all pairs of the four sets."""
    one, two = frozenset("a"), frozenset("ab")
    distance = masi(one, two)
    value = alpha_of_sets([[one, one], [one, two]]).value
    assert value == pytest.approx(1 - (2 * distance / 4) / (2 * 3 * 1 * distance / (4 * 3)))


tables = st.integers(2, 40).flatmap(
    lambda n: st.lists(st.lists(st.sampled_from([0.0, 1.0]), min_size=n, max_size=n), min_size=2, max_size=2)
)


@given(tables)
def test_kappa_and_f1_are_those_of_scikit_learn(rows):
    table = np.array(rows)
    if len(np.unique(table)) == 2 and table.sum() > 0:
        with np.errstate(all="ignore"):
            expected = cohen_kappa_score(rows[0], rows[1])
        ours = cohen_kappa(table).value
        assert (math.isnan(ours) and math.isnan(expected)) or ours == pytest.approx(expected)
        assert f1(table).value == pytest.approx(f1_score(rows[0], rows[1]))


@given(tables)
def test_no_measure_depends_on_the_order_of_coders_or_turns(rows):
    table = np.array(rows)
    mixed = table[::-1, np.random.default_rng(1).permutation(table.shape[1])]
    for statistic in (percentage, cohen_kappa, krippendorff_alpha, gwet_ac1, pabak, f1):
        one, two = statistic(table).value, statistic(mixed).value
        assert one == pytest.approx(two, nan_ok=True)


@given(tables)
def test_perfect_agreement_is_one_where_it_is_defined(rows):
    table = np.array([rows[0], rows[0]])
    for statistic in (percentage, cohen_kappa, krippendorff_alpha, gwet_ac1, pabak, f1):
        value = statistic(table).value
        assert math.isnan(value) or value == pytest.approx(1)


def test_what_nobody_used_is_undefined_with_the_reason_and_left_out_of_the_average():
    nothing = np.zeros((2, 5))
    for statistic in (cohen_kappa, krippendorff_alpha, f1):
        measure = statistic(nothing)
        assert math.isnan(measure.value)
        assert measure.reason is agreement.NOBODY
    assert cohen_kappa(nothing + 1).reason is agreement.EVERYBODY
    assert averaged([cohen_kappa(nothing), agreement.Measure(0.5)]) == (0.5, 1)
    assert math.isnan(averaged([cohen_kappa(nothing)])[0])


def test_turns_that_one_coder_did_not_read_are_missing_not_no():
    table = np.array([[1, 0, 1, _], [1, 0, _, 1]])
    assert percentage(table).value == 1
    assert code_agreement("c", table, ["g"] * 4).units == 2
    assert math.isnan(percentage(np.array([[1, _], [_, 1]])).value)


def test_ratings_come_from_codings_and_what_was_read():
    def coding(coder: str, turn: int, code: str, stance: Stance = Stance.CONFIRMS) -> Coding:
        return Coding(Segment("g", turn, 0, 3), code, stance, coder, coder, coder, "added")

    codings = [coding("A", 1, "x"), coding("B", 1, "y"), coding("B", 2, "x", Stance.DENIES), coding("C", 1, "x")]
    units = [("g", 1), ("g", 2), ("g", 3)]
    read = {"A": frozenset(units[:2]), "B": frozenset(units)}
    table = ratings(codings, ["A", "B"], read, units, frozenset("x"))
    np.testing.assert_array_equal(table, [[1, 0, _], [0, 1, 0]])
    np.testing.assert_array_equal(ratings(codings, ["B"], read, units, frozenset("xy"), by_stance=True), [[1, 2, 0]])


def test_an_interval_needs_three_groups():
    table = from_counts([[40, 9], [6, 45]])
    few = code_agreement("c", table, ["a", "b"] * 50)
    assert (few.kappa.reason, math.isnan(few.kappa.low)) == (agreement.ONE_GROUP, True)
    many = code_agreement("c", table, [f"g{i % 6}" for i in range(100)], resamples=200)
    assert many.kappa.low < many.kappa.value < many.kappa.high
    assert many.carried == (51, 54)
    assert many.together == 45


def test_the_prevalence_paradox_is_noticed():
    assert code_agreement("c", from_counts([[80, 10], [5, 5]]), ["g"] * 100).paradox
    assert not code_agreement("c", from_counts([[40, 9], [6, 45]]), ["g"] * 100).paradox


def test_three_coders_have_no_kappa_and_one_coder_no_agreement():
    three = code_agreement("c", KRIPPENDORFF_2011[:3] - 1, ["g"] * 12)
    assert math.isnan(three.kappa.value)
    assert three.kappa.reason is not None
    with pytest.raises(AgreementError, match="two coders"):
        code_agreement("c", np.zeros((1, 4)), ["g"] * 4)


def test_simulated_coders_are_recovered_as_often_as_claimed():
    """Coders with known agreement, codes whose share differs between groups: does the interval cover the truth?

    95% is claimed. With 200 projects the share that covers has a standard error of 1.5 points; with 12 groups the
    expanded percentile interval is known to be a little narrow still.
    """
    generator = np.random.default_rng(7)
    flip, covered, projects = 0.1, 0, 200
    truth = _kappa_of_process(generator, flip)
    for _project in range(projects):
        table, groups = _simulated(generator, flip, groups=12, turns=60)
        measure = with_interval(cohen_kappa, table, groups, resampled(groups, 200, seed=1))
        covered += measure.low <= truth <= measure.high
    assert 0.88 * projects <= covered < projects


def _simulated(generator: np.random.Generator, flip: float, *, groups: int, turns: int) -> tuple[np.ndarray, list[str]]:
    share = np.repeat(generator.beta(4, 8, size=groups), turns)
    truth = generator.random(groups * turns) < share
    coders = [truth ^ (generator.random(groups * turns) < flip) for _ in range(2)]
    return np.array(coders, dtype=float), [f"g{i}" for i in range(groups) for _ in range(turns)]


def _kappa_of_process(generator: np.random.Generator, flip: float) -> float:
    table, _groups = _simulated(generator, flip, groups=20_000, turns=10)
    return cohen_kappa(table).value
