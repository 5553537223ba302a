"""The model: one logistic regression for each code, with rules in the balance, calibrated on other groups.

The logit of a turn and a code is the sum of three: what the text says (trained on decisions), what the text says
according to the rules (trained on their hits; fades out), and the log-odds of the rules that fired. Whether that sum
means anything is learned from turns of groups that the model had not seen: Platt's sigmoid and the threshold of each
code come from such out-of-group sums, never from training scores and never from a fixed 0.5.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from codering.suggest.learning.data import UNKNOWN, Floats, Labels, Matrix, Passage, Rows, Targets
from codering.suggest.learning.features import Features
from codering.suggest.learning.trust import Hits, RuleTrust

Aim: TypeAlias = Literal["balance", "recall"]

NEEDED: Final = 5
"""Fewer decisions for, or against, teach nothing that carries over to another group."""
GROUPS_NEEDED: Final = 3
FADED: Final = 200
"""From this many reviewed turns on, the weak model of the rules is off: it was measured to hurt from there."""
RECALL_AIM: Final = 0.9
CHANCE: Final = 0.1
"""A screen, no proof: turns of one group are not independent."""

_STRENGTH: Final = 10.0  # scikit-learn's C: little regularisation, TF-IDF rows have length one
_FOLDS: Final = 5
_WEAK_WEIGHT: Final = 0.5
_WEAK_TURNS: Final = 1000  # unread turns that the weak model sees; more cost time and brought nothing
_PARENT: Final = 5.0  # a code with this many positives listens to its theme as much as to itself


@dataclass(frozen=True, slots=True)
class Material:
    """What the models are trained on.

    Attributes
    ----------
    passages
        All turns with a decision, followed by the unread turns that the weak model may use.
    matrix
        Their features, shape (passages, features).
    decided
        Labels, shape (passages, codes).
    fired
        Where rules fired, shape (passages, codes).
    targets, hits
        The codes, and the hits of the rules.
    reviewed
        How many turns have a decision; they come first.
    """

    passages: tuple[Passage, ...]
    matrix: Matrix
    decided: Labels
    fired: Labels
    targets: Targets
    hits: Hits
    reviewed: int

    @property
    def weak_weight(self) -> float:
        """How much the weak model counts: half at first, nothing from :data:`FADED` reviewed turns on."""
        return _WEAK_WEIGHT * max(0.0, 1 - self.reviewed / FADED)


def gather(
    passages: Sequence[Passage], decided: Labels, targets: Targets, hits: Hits, seed: int
) -> tuple[Features, Material]:
    """Choose the turns to learn from and fit the vocabulary on them.

    Unread turns are taken at random (by `seed`) as long as the weak model counts.
    """
    known = np.flatnonzero((decided != UNKNOWN).any(axis=1))
    unread = np.flatnonzero((decided == UNKNOWN).all(axis=1))
    extra = np.empty(0, dtype=np.intp)
    if len(known) < FADED and hits.ruled:
        size = min(_WEAK_TURNS, len(unread))
        extra = np.sort(np.random.default_rng(seed).choice(unread, size, replace=False)) if size else extra
    chosen = np.concatenate([known, extra])
    some = tuple(passages[i] for i in chosen)
    features, matrix = Features.fit(some)
    material = Material(some, matrix, decided[chosen], hits.table(some, targets), targets, hits, len(known))
    return features, material


@dataclass(frozen=True, slots=True)
class Sum:
    """Linear models of all codes and the trust in the rules: what the parts of a logit come from.

    Attributes
    ----------
    weights, offsets
        Shapes (codes, features) and (codes,): text and weak model together, with the theme mixed in.
    trust
        What rules are worth.
    """

    weights: Floats
    offsets: Floats
    trust: RuleTrust

    def text(self, matrix: Matrix) -> Floats:
        """What the text says, in log-odds, shape (rows, codes)."""
        return np.asarray(matrix @ self.weights.T) + self.offsets

    def logits(self, matrix: Matrix, passages: Sequence[Passage], hits: Hits, targets: Targets) -> Floats:
        """Text and rules together, shape (passages, codes)."""
        return self.text(matrix) + self.trust.table(hits, passages, targets)


def fit(material: Material, rows: Rows, seed: int) -> Sum:
    """Fit all codes on some rows of the material."""
    targets = material.targets
    decided = material.decided[rows]
    codes, width = len(targets.codes), material.matrix.shape[1]
    weights: Floats = np.zeros((codes, width + 1))
    for j in range(codes):
        known = decided[:, j] != UNKNOWN
        weights[j] = _regression(material.matrix[rows[known]], decided[known, j], seed)
    positives = (decided == 1).sum(axis=0)
    own = weights.copy()
    for j, parent in enumerate(targets.parents):
        if parent != j and weights[parent].any():
            share = _PARENT / (_PARENT + positives[j])
            own[j] = (1 - share) * weights[j] + share * weights[parent]
    if material.weak_weight > 0:
        for j in range(codes):
            fired = material.fired[rows, j]
            if NEEDED <= fired.sum() <= len(rows) - NEEDED:
                own[j] += material.weak_weight * _regression(material.matrix[rows], fired, seed)
    trust = RuleTrust.learn(material.hits, material.passages, targets, material.decided, rows)
    return Sum(own[:, :-1], own[:, -1], trust)


def _regression(matrix: Matrix, positive: Labels, seed: int) -> Floats:
    """Weights and, last, the offset; zeros where there is nothing to tell apart."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    if not 0 < positive.sum() < len(positive):
        return np.zeros(matrix.shape[1] + 1)
    # The dual problem has one unknown for each turn instead of one for each of 100,000 features.
    model = LogisticRegression(
        C=_STRENGTH, class_weight="balanced", solver="liblinear", dual=True, max_iter=2000, random_state=seed
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # near enough after 2000 rounds: the order does not move
        model.fit(matrix, positive)
    return np.append(model.coef_[0], model.intercept_)


def folds(passages: Sequence[Passage], seed: int) -> tuple[tuple[Rows, Rows], ...]:
    """Split turns so that no group stands on both sides.

    With fewer than :data:`GROUPS_NEEDED` groups: by stretches of consecutive turns, which is better than single turns
    (neighbours talk about the same thing) and worse than groups.

    Returns
    -------
    tuple of (rows to train on, rows to predict)
        Empty if there are fewer turns than folds.
    """
    from sklearn.model_selection import GroupKFold

    groups = [passage.group for passage in passages]
    if len(set(groups)) < GROUPS_NEEDED:
        size = max(1, -(-len(passages) // (2 * _FOLDS)))
        groups = [str(i // size) for i in range(len(passages))]
    count = min(_FOLDS, len(set(groups)))
    if count < 2:
        return ()
    splitter = GroupKFold(count, shuffle=True, random_state=seed)
    return tuple(splitter.split(np.zeros(len(groups)), groups=groups))


def out_of_group(material: Material, seed: int) -> Floats:
    """The logit of each reviewed turn by a model that was not trained on its group.

    Returns
    -------
    array of float, shape (reviewed, codes)
        NaN where nothing could be held out.
    """
    reviewed, targets = material.reviewed, material.targets
    found: Floats = np.full((reviewed, len(targets.codes)), np.nan)
    groups = {passage.group for passage in material.passages[:reviewed]}
    rest = np.arange(reviewed, len(material.passages))
    for train, test in folds(material.passages[:reviewed], seed):
        out = {material.passages[i].group for i in test} if len(groups) >= GROUPS_NEEDED else set()
        unread = np.array([i for i in rest if material.passages[i].group not in out], dtype=np.intp)
        fitted = fit(material, np.concatenate([train, unread]), seed)
        some = tuple(material.passages[i] for i in test)
        found[test] = fitted.logits(material.matrix[test], some, material.hits, targets)
    return found


@dataclass(frozen=True, slots=True)
class Scale:
    """From a logit to a probability, and where to begin suggesting.

    Attributes
    ----------
    slope, offset
        Platt's sigmoid: ``1 / (1 + exp(-(slope * logit + offset)))``.
    threshold
        The least probability that is suggested.
    """

    slope: float
    offset: float
    threshold: float

    def probability(self, logits: Floats) -> Floats:
        """Calibrated probabilities of logits, same shape."""
        return sigmoid(self.slope * logits + self.offset)


def calibrated(logits: Floats, positive: Labels, aim: Aim) -> Scale | None:
    """Fit sigmoid and threshold on out-of-group logits of one code.

    Returns
    -------
    Scale or None
        None if the logits order unseen groups no better than chance: one-sided Mann-Whitney test, p of
        :data:`CHANCE` or more. Without this, the threshold of a useless model is where everything is suggested.

    Notes
    -----
    The targets are Platt's: ``(P + 1) / (P + 2)`` for positives and ``1 / (N + 2)`` for negatives, so that a code
    with few decisions does not become certain (J. Platt, Probabilistic outputs for support vector machines, 1999).
    """
    from scipy.stats import mannwhitneyu
    from sklearn.linear_model import LogisticRegression

    if mannwhitneyu(logits[positive == 1], logits[positive == 0], alternative="greater").pvalue >= CHANCE:
        return None
    ones = float(positive.sum())
    target = np.where(positive == 1, (ones + 1) / (ones + 2), 1 / (len(positive) - ones + 2))
    twice = np.concatenate([logits, logits]).reshape(-1, 1)
    which = np.repeat([1, 0], len(logits))
    model = LogisticRegression(C=1e4, max_iter=1000)
    model.fit(twice, which, sample_weight=np.concatenate([target, 1 - target]))
    slope, offset = float(model.coef_[0, 0]), float(model.intercept_[0])
    if slope <= 0:
        return None
    return Scale(slope, offset, threshold(sigmoid(slope * logits + offset), positive, aim))


def threshold(probabilities: Floats, positive: Labels, aim: Aim) -> float:
    """Where to begin suggesting.

    Parameters
    ----------
    probabilities, positive
        Of the same turns, shape (turns,); at least one is positive.
    aim
        ``balance``: the highest F1. ``recall``: the highest threshold that finds :data:`RECALL_AIM` of the positives.

    Returns
    -------
    float
        Half-way between two neighbouring probabilities, in (0, 1].
    """
    order = np.argsort(-probabilities, kind="stable")
    sorted_p, right = probabilities[order], np.cumsum(positive[order], dtype=np.float64)
    taken = np.arange(1, len(order) + 1)
    ends = np.append(sorted_p[1:] < sorted_p[:-1], True)  # equal probabilities are taken together
    f1 = 2 * right / (taken + right[-1])
    if aim == "balance":
        best = int(np.argmax(np.where(ends, f1, -1.0)))
    else:
        best = int(np.flatnonzero(ends & (right >= RECALL_AIM * right[-1] - 1e-9))[0])
    below = sorted_p[best + 1] if best + 1 < len(order) else sorted_p[best] / 2
    return float((sorted_p[best] + below) / 2)


def sigmoid(logits: Floats) -> Floats:
    """``1 / (1 + exp(-x))``, for any x."""
    from scipy.special import expit

    return np.asarray(expit(logits))
