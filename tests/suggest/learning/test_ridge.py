from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.kernel_ridge import KernelRidge

from codering.suggest.learning.data import UNKNOWN
from codering.suggest.learning.ridge import ALWAYS, Landmarks, ridge


def problem(rows: int = 40, width: int = 60, codes: int = 3):
    dice = np.random.default_rng(4)
    features = sparse.random(rows, width, 0.2, random_state=1, format="csr")
    labels = (dice.random((rows, codes)) < 0.3).astype(np.int8)
    return features, labels, np.arange(rows) % 4


def expected(features, labels, train, test, penalty=1.0):
    """By scikit-learn: kernel ridge on labels from which their mean was taken."""
    mean = labels[train].mean()
    fitted = KernelRidge(alpha=penalty, kernel="linear").fit(features[train].toarray(), labels[train] - mean)
    return fitted.predict(features[test].toarray()) + mean


@pytest.mark.parametrize("count", [40, 12])
def test_what_was_held_out_is_what_a_model_without_it_says(count):
    features, labels, folds = problem()
    coordinates = Landmarks.of(features[:count]).coordinates(features)
    found = ridge(coordinates, labels, folds, 1.0)
    for fold in range(4):
        out = folds == fold
        again = ridge(coordinates[~out], labels[~out], np.full((~out).sum(), ALWAYS), 1.0)
        assert found.held_out[out] == pytest.approx(coordinates[out] @ again.theta + again.offsets)


def test_with_all_landmarks_it_is_kernel_ridge_regression():
    features, labels, folds = problem()
    landmarks = Landmarks.of(features)
    found = ridge(landmarks.coordinates(features), labels, folds, 1.0)
    weights = landmarks.weights(found.theta)
    for code in range(3):
        everything = np.arange(40)
        by_hand = expected(features, labels[:, code], everything, everything)
        assert features @ weights[:, code] + found.offsets[code] == pytest.approx(by_hand, abs=1e-4)
        out = np.flatnonzero(folds == 2)
        without = expected(features, labels[:, code], np.flatnonzero(folds != 2), out)
        assert found.held_out[out, code] == pytest.approx(without, abs=1e-4)


def test_what_is_unknown_is_left_out_of_that_code_only():
    features, labels, folds = problem()
    coordinates = Landmarks.of(features).coordinates(features)
    partly = labels.copy()
    partly[::3, 1] = UNKNOWN
    whole, some = ridge(coordinates, labels, folds, 1.0), ridge(coordinates, partly, folds, 1.0)
    assert some.theta[:, [0, 2]] == pytest.approx(whole.theta[:, [0, 2]])
    assert np.isnan(some.held_out[::3, 1]).all()
    assert not np.isnan(some.held_out[1::3, 1]).any()
    known = np.flatnonzero(partly[:, 1] != UNKNOWN)
    alone = ridge(coordinates[known], labels[known][:, [1]], folds[known], 1.0)
    assert some.theta[:, 1] == pytest.approx(alone.theta[:, 0])


def test_rows_that_belong_to_no_fold_are_learned_from_and_not_predicted():
    features, labels, folds = problem()
    folds[:5] = ALWAYS
    found = ridge(Landmarks.of(features).coordinates(features), labels, folds, 1.0)
    assert np.isnan(found.held_out[:5]).all()
    assert not np.isnan(found.held_out[5:]).any()


def test_one_more_decision_is_what_fitting_again_with_the_same_offset_gives():
    features, labels, folds = problem()
    coordinates = Landmarks.of(features[:20]).coordinates(features)
    fitted = ridge(coordinates[:-1], labels[:-1], folds[:-1], 1.0)

    def by_hand(x, y):
        square = x.T @ x + np.eye(x.shape[1])
        return np.linalg.solve(square, x.T @ (y - fitted.offsets[1]))

    label = int(labels[-1, 1])
    grown = fitted.theta[:, 1] + fitted.step(coordinates[-1], 1, label, UNKNOWN, fitted=False)
    assert grown == pytest.approx(by_hand(coordinates, labels[:, 1]))
    again = grown + fitted.step(coordinates[-1], 1, 1 - label, label, fitted=False)
    assert again == pytest.approx(by_hand(coordinates, np.append(labels[:-1, 1], 1 - label)))
    other = labels[:-1, 1].copy()
    other[3] = 1 - other[3]
    turned = fitted.theta[:, 1] + fitted.step(coordinates[3], 1, int(other[3]), int(labels[3, 1]), fitted=True)
    assert turned == pytest.approx(by_hand(coordinates[:-1], other))
    assert not fitted.step(coordinates[-1], 1, 1, 1, fitted=True).any()
