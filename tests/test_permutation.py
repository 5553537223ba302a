from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from codering.analysis.permutation import EXACT_UP_TO, RANDOM, contrasts, deals, p_values

PAIRED = ("a", "a", "b", "b", "c", "c", "d", "d")


def judged(hits, waves, places):
    found = np.atleast_2d(np.asarray(hits, dtype=float).T).T
    dealt = deals(waves, places)
    return (*p_values(contrasts(found, np.full(len(waves), 10.0), dealt, (-1, 1))), dealt)


def difference(x, y, axis=-1):
    return np.mean(x, axis=axis) - np.mean(y, axis=axis)


def test_groups_of_other_places_are_dealt_freely_as_scipy_does():
    before, after = [1.0, 0.0, 2.0, 1.0, 3.0], [4.0, 2.0, 6.0, 3.0, 5.0]
    own, _, dealt = judged(before + after, [0] * 5 + [1] * 5, tuple("abcdefghij"))
    reference = stats.permutation_test((after, before), difference, vectorized=True, n_resamples=np.inf)
    assert dealt.exact
    assert len(dealt.waves) == math.comb(10, 5)
    assert own[0] == pytest.approx(reference.pvalue)


def test_places_visited_twice_are_compared_with_themselves_as_scipy_does():
    before, after = [1.0, 0.0, 2.0, 7.0], [4.0, 1.0, 6.0, 6.0]
    hits = [value for pair in zip(before, after, strict=True) for value in pair]
    own, _, dealt = judged(hits, [0, 1] * 4, PAIRED)
    reference = stats.permutation_test(
        (after, before), difference, permutation_type="samples", vectorized=True, n_resamples=np.inf
    )
    assert len(dealt.waves) == 2**4
    assert own[0] == pytest.approx(reference.pvalue)


def test_four_places_cannot_show_anything_whatever_they_say():
    own, together, dealt = judged([0, 10] * 4, [0, 1] * 4, PAIRED)
    assert dealt.smallest_p == own[0] == together[0] == 2 / 16


def test_of_a_mix_the_places_swap_within_and_the_others_among_themselves():
    dealt = deals([0, 1, 0, 0, 1], ["a", "a", "b", "c", "d"])
    assert len(dealt.waves) == 2 * 3
    assert {tuple(row[:2]) for row in dealt.waves.tolist()} == {(0, 1), (1, 0)}
    assert all(sum(row[2:]) == 1 for row in dealt.waves.tolist())
    assert dealt.waves[0].tolist() == [0, 1, 0, 0, 1]
    assert dealt.smallest_p == 1 / 6


@pytest.mark.parametrize(
    ("waves", "places", "smallest"),
    [
        ([0, 0, 1, 1, 1, 2, 2], [""] * 7, 2 / 210),  # the waves the other way round are as many groups in each
        ([0, 1, 1, 2], ["a", "a", "b", "b"], 1 / 4),  # but no place can swap the first wave for the third
        ([0, 0, 1, 2], [""] * 4, 1 / 12),
    ],
)
def test_the_smallest_p_of_a_trend_is_what_the_clearest_data_give(waves, places, smallest):
    dealt = deals(waves, places)
    clearest = np.array([[10.0 * wave] for wave in waves])
    values = contrasts(clearest, np.full(len(waves), 30.0), dealt, (-0.5, 0, 0.5))
    assert p_values(values)[0][0] == pytest.approx(smallest)
    assert dealt.smallest_p == pytest.approx(smallest)


def test_many_groups_are_dealt_at_random_and_the_p_value_is_never_zero():
    waves = [0] * 12 + [1] * 12
    places = [str(i) for i in range(24)]
    assert math.comb(24, 12) > EXACT_UP_TO
    own, _, dealt = judged([0] * 12 + [10] * 12, waves, places)
    assert not dealt.exact
    assert len(dealt.waves) == RANDOM + 1
    assert own[0] == dealt.smallest_p == 1 / (RANDOM + 1)
    assert set(dealt.waves.sum(axis=1).tolist()) == {12}
    moderate = [3, 5, 2, 4, 6, 3, 1, 5, 4, 2, 3, 4, 5, 6, 4, 7, 3, 5, 4, 6, 2, 5, 6, 4]
    random_p = judged(moderate, waves, places)[0][0]
    reference = stats.permutation_test(
        (moderate[12:], moderate[:12]), difference, vectorized=True, n_resamples=20_000, random_state=1
    )
    assert random_p == pytest.approx(reference.pvalue, abs=0.01)


def by_hand(values):
    """Step-down max-T after Westfall and Young, algorithm 4.1, one deal at a time."""
    spread = [math.sqrt(sum(row[c] ** 2 for row in values) / len(values)) for c in range(len(values[0]))]
    codes = [c for c, s in enumerate(spread) if s > 1e-12]
    size = [[abs(row[c]) / spread[c] for c in codes] for row in values]
    order = sorted(range(len(codes)), key=lambda i: -size[0][i])
    found, highest = {}, 0.0
    for step, i in enumerate(order):
        left = order[step:]
        as_large = sum(max(row[j] for j in left) >= size[0][i] - 1e-9 for row in size)
        highest = max(highest, as_large / len(size))
        found[codes[i]] = highest
    return [found.get(c, math.nan) for c in range(len(values[0]))]


@given(arrays(np.int8, (8, 4), elements=st.integers(0, 5)))
def test_the_correction_is_that_of_an_independent_implementation(hits):
    dealt = deals([0, 1] * 4, PAIRED)
    values = contrasts(hits.astype(float), np.array([5, 6, 7, 5, 5, 8, 6, 5.0]), dealt, (-1, 1))
    own, together = p_values(values)
    assert together.tolist() == pytest.approx(by_hand(values.tolist()), nan_ok=True)
    defined = ~np.isnan(own)
    assert (together[defined] >= own[defined] - 1e-12).all()
    assert (own[defined] > 0).all()


def test_a_code_that_nobody_mentions_has_no_p_value():
    own, together, _ = judged(np.zeros((8, 1)), [0, 1] * 4, PAIRED)
    assert math.isnan(own[0])
    assert math.isnan(together[0])


def test_the_trend_over_three_waves_weighs_each_wave():
    dealt = deals([0, 1, 2], ["a", "a", "a"])
    assert len(dealt.waves) == 6
    values = contrasts(np.array([[0.0], [5.0], [10.0]]), np.full(3, 10.0), dealt, (-0.5, 0, 0.5))
    assert values[0, 0] == pytest.approx(0.5)
    assert sorted(values[:, 0].tolist()) == pytest.approx([-0.5, -0.25, -0.25, 0.25, 0.25, 0.5])


def test_if_nothing_changed_the_test_rarely_says_so():
    """200 projects of 6 and 6 groups with 12 codes that cluster in groups; at most 5% may hold a false alarm."""
    generator = np.random.default_rng(5)
    dealt = deals([0] * 6 + [1] * 6, [str(i) for i in range(12)])
    alarms = 0
    for _ in range(200):
        chances = generator.beta(0.9, 2.1, size=(12, 12))
        hits = generator.binomial(6, chances).astype(float)
        _, together = p_values(contrasts(hits, np.full(12, 6.0), dealt, (-1, 1)))
        alarms += bool(np.nanmin(together) <= 0.05)
    # A binomial with 200 trials of .05 lies at or below 19 with a chance of .995.
    assert alarms <= 19
