"""Intervals for scores over few groups: do they hold the truth as often as they say?"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from codering.suggest.learning.intervals import NONE, of_ratio, of_score


def found_in_groups(groups: int, share: float, projects: int, seed: int) -> Iterator[tuple[np.ndarray, ...]]:
    """Agreed, there and suggested, by group: both the code and how well it is found differ between groups."""
    dice = np.random.default_rng(seed)
    for _ in range(projects):
        turns = dice.integers(60, 141, size=groups)
        there = dice.binomial(turns, dice.beta(19 * share, 19 * (1 - share), size=groups))
        agreed = dice.binomial(there, dice.beta(9, 6, size=groups))
        wrong = np.minimum(0.4 * share / (1 - share) * dice.gamma(6.25, 0.16, size=groups), 0.9)
        yield agreed.astype(float), there.astype(float), agreed + dice.binomial(turns - there, wrong).astype(float)


@pytest.mark.parametrize(("groups", "share"), [(4, 0.1), (4, 0.3), (8, 0.1), (8, 0.3)])
def test_an_interval_of_f1_holds_as_often_as_claimed(groups, share):
    """95% is claimed; a bootstrap over groups held in 77 to 88% of these projects. The standard error is .01."""
    ((agreed, there, suggested),) = found_in_groups(40_000, share, 1, seed=1)
    truth = 2 * agreed.sum() / (there.sum() + suggested.sum())
    ends = [of_ratio(2 * a, t + s) for a, t, s in found_in_groups(groups, share, 500, seed=2)]
    held = [low <= truth <= high for low, high in ends if not math.isnan(low)]
    assert len(held) > 490
    assert np.mean(held) >= 0.92


def test_a_perfect_score_is_not_certain():
    low, high = of_ratio(np.full(4, 5.0), np.full(4, 5.0))
    assert high == 1
    # 20 of 20: the exact interval of independent turns begins at .83.
    assert 0.7 < low < 0.9


def test_groups_without_any_do_not_count():
    assert of_ratio(np.array([3.0, 2, 0, 0]), np.array([4.0, 4, 0, 0])) is NONE
    assert of_ratio(np.array([30.0, 1, 1]), np.array([90.0, 1, 1])) is NONE, "nearly all in one group"
    with_empty = of_ratio(np.array([3.0, 2, 4, 0]), np.array([4.0, 4, 4, 0]))
    assert with_empty == of_ratio(np.array([3.0, 2, 4]), np.array([4.0, 4, 4]))


def test_any_score_has_the_interval_of_the_ratio_that_it_is():
    """Without the half miss, which only a ratio has: with many turns that makes no difference."""
    part, whole = np.array([300.0, 500, 350, 420]), np.array([600.0, 800, 500, 700])
    any_score = of_score(lambda weights: float((weights @ part) / (weights @ whole)), whole)
    assert any_score == pytest.approx(of_ratio(part, whole), abs=1e-3)
