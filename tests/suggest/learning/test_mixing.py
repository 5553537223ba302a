from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from codering.suggest.learning.mixing import mixed, sigmoid, threshold


def sample(n=4000, slope=0.5, offset=-1.0, seed=1):
    dice = np.random.default_rng(seed)
    parts = dice.normal(0, 2, (n, 1))
    positive = (dice.random(n) < sigmoid(slope * parts[:, 0] + offset)).astype(np.int8)
    return parts, positive


def test_the_sigmoid_gives_back_how_often_it_is_right():
    parts, positive = sample()
    mix = mixed(parts, positive, np.zeros(1), np.ones(1), "balance")
    assert mix is not None
    assert mix.weights[0] == pytest.approx(0.5, abs=0.06)
    assert mix.offset == pytest.approx(-1, abs=0.12)


def test_it_is_penalised_logistic_regression():
    parts, positive = sample(n=3000)
    two = np.column_stack([parts[:, 0], np.random.default_rng(3).normal(size=3000) + positive])
    mix = mixed(two, positive, np.zeros(2), np.full(2, 5.0), "balance")
    # scikit-learn's penalty is 1 / (2 C) times the squares; Platt's targets hardly differ from 0 and 1 here.
    theirs = LogisticRegression(C=1 / 5.0, tol=1e-8).fit(two, positive)
    assert mix is not None
    assert mix.weights == pytest.approx(theirs.coef_[0], abs=0.01)
    assert mix.offset == pytest.approx(theirs.intercept_[0], abs=0.01)


def test_few_decisions_leave_the_weights_where_they_begin_and_many_do_not():
    few = mixed(*sample(n=20), np.array([1.5]), np.array([30.0]), "balance")
    many = mixed(*sample(n=4000), np.array([1.5]), np.array([30.0]), "balance")
    assert few is not None
    assert many is not None
    assert few.weights[0] > 1.2
    assert many.weights[0] < 0.7


def test_a_part_that_counts_the_wrong_way_round_is_left_out():
    parts, positive = sample()
    two = np.column_stack([parts[:, 0], np.random.default_rng(2).normal(size=len(parts)) - positive])
    mix = mixed(two, positive, np.zeros(2), np.ones(2), "balance")
    assert mix is not None
    assert mix.weights[0] > 0
    assert mix.weights[1] == 0


def test_an_order_upside_down_or_by_chance_is_no_model():
    upside_down = np.arange(20.0).reshape(-1, 1)
    positive = np.array([1] * 10 + [0] * 10, dtype=np.int8)
    assert mixed(upside_down, positive, np.zeros(1), np.ones(1), "balance") is None
    assert mixed(np.zeros((20, 1)), positive, np.zeros(1), np.ones(1), "balance") is None


@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=40))
@settings(max_examples=80)
def test_no_other_threshold_lets_expect_a_higher_f1(values):
    p = np.array(values)

    def f1(cut):
        return 2 * p[p >= cut].sum() / ((p >= cut).sum() + p.sum())

    assert f1(threshold(p, "balance")) == pytest.approx(max(f1(cut) for cut in p))
    assert p[p >= threshold(p, "recall")].sum() >= 0.9 * p.sum() - 1e-9


def test_the_best_threshold_is_half_the_f1_that_it_gives():
    """Lipton, Elkan and Naryanaswamy 2014, theorem 1."""
    p = sigmoid(np.linspace(-6, 3, 20_000))
    cut = threshold(p, "balance")
    f1 = 2 * p[p >= cut].sum() / ((p >= cut).sum() + p.sum())
    assert cut == pytest.approx(f1 / 2, abs=1e-3)
