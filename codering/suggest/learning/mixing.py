"""How much each part of a sum counts, and where to begin suggesting: learned from groups that were left out.

For each code the parts (what the text says, what its meaning says, what the text says according to the rules, and the
rules themselves) are put in one logistic regression. Its rows are turns of groups that the parts were not trained on,
so that a part gets the weight that it deserves on new groups. This is also the calibration: the sigmoid of the sum is
a probability. With few decisions the weights stay near where they begin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from codering.suggest.learning.data import Floats, Labels

Aim: TypeAlias = Literal["balance", "recall"]

RECALL_AIM: Final = 0.9
CHANCE: Final = 0.1
"""A screen, no proof: turns of one group are not independent."""
_ROUNDS: Final = 50
_NEAR: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Mix:
    """The sum of one code, in log-odds.

    Attributes
    ----------
    weights
        Of the parts, none below 0.
    offset
        What is added.
    threshold
        The least probability that is suggested.
    """

    weights: tuple[float, ...]
    offset: float
    threshold: float

    def log_odds(self, parts: Floats) -> Floats:
        """Of rows, shape (n, parts): shape (n,)."""
        return np.asarray(parts @ np.array(self.weights) + self.offset)


def mixed(parts: Floats, positive: Labels, start: Floats, firmness: Floats, aim: Aim) -> Mix | None:
    """Learn weights, offset and threshold of one code.

    Parameters
    ----------
    parts
        Of turns of groups that were left out, shape (n, parts).
    positive
        Whether they carry the code, shape (n,); at least one does and one does not.
    start, firmness
        Where the weights begin, and how firmly they stay there: the weight of a quadratic penalty, shape (parts,).
    aim
        See :func:`threshold`.

    Returns
    -------
    Mix or None
        None if the sum orders the turns no better than chance: one-sided Mann-Whitney test, p of :data:`CHANCE` or
        more. Without this, the threshold of a useless model is where everything is suggested.

    Notes
    -----
    The targets are Platt's: ``(P + 1) / (P + 2)`` for positives and ``1 / (N + 2)`` for negatives, so that a code
    with few decisions does not become certain (J. Platt, Probabilistic outputs for support vector machines, 1999).
    """
    from scipy.stats import mannwhitneyu

    ones = float(positive.sum())
    target = np.where(positive == 1, (ones + 1) / (ones + 2), 1 / (len(positive) - ones + 2))
    kept = np.ones(parts.shape[1], dtype=bool)
    weights: Floats = np.zeros(parts.shape[1])
    offset = 0.0
    while kept.any():
        found, offset = _regression(parts[:, kept], target, start[kept], firmness[kept])
        weights[:] = 0.0
        weights[kept] = np.maximum(found, 0.0)
        if (found >= 0).all():
            break
        kept &= weights > 0  # a part that counts the wrong way round says nothing
    sums = parts @ weights + offset
    if mannwhitneyu(sums[positive == 1], sums[positive == 0], alternative="greater").pvalue >= CHANCE:
        return None
    return Mix(tuple(weights.tolist()), offset, threshold(sigmoid(sums), aim))


def _regression(parts: Floats, target: Floats, start: Floats, firmness: Floats) -> tuple[Floats, float]:
    """Logistic regression with a quadratic penalty around `start`, by Newton's method; the offset goes free."""
    rows = np.column_stack([parts, np.ones(len(parts))])
    centre = np.append(start, 0.0)
    firm = np.append(firmness, _NEAR)
    share = float(target.mean())
    now = np.append(start, np.log(share / (1 - share)) - float((parts @ start).mean()))

    def loss(at: Floats) -> float:
        sums = rows @ at
        return float((np.logaddexp(0, sums) - target * sums).sum() + (firm * (at - centre) ** 2).sum() / 2)

    for _ in range(_ROUNDS):
        probability = sigmoid(rows @ now)
        slope = rows.T @ (probability - target) + firm * (now - centre)
        curve = (rows * (probability * (1 - probability))[:, None]).T @ rows + np.diag(firm + _NEAR)
        step = np.linalg.solve(curve, slope)
        before, size = loss(now), 1.0
        while loss(now - size * step) > before and size > _NEAR:  # a whole step can overshoot
            size /= 2
        now = now - size * step
        if size * float(np.abs(step).max()) < _NEAR:
            break
    return now[:-1], float(now[-1])


def threshold(probabilities: Floats, aim: Aim) -> float:
    """Where to begin suggesting.

    Parameters
    ----------
    probabilities
        Calibrated, of turns of groups that were left out, shape (turns,).
    aim
        ``balance``: the highest F1 that the probabilities let expect. ``recall``: the highest threshold that lets
        expect :data:`RECALL_AIM` of the positives.

    Returns
    -------
    float
        Half-way between two neighbouring probabilities, in (0, 1].

    Notes
    -----
    What is expected follows from the probabilities, not from which of these turns happened to carry the code: with a
    handful of positives the best threshold in hindsight is mostly luck (Lipton, Elkan and Naryanaswamy, Thresholding
    classifiers to maximize F1 score, 2014).
    """
    sorted_p = np.sort(probabilities)[::-1]
    right = np.cumsum(sorted_p)
    taken = np.arange(1, len(sorted_p) + 1)
    if aim == "balance":
        best = int(np.argmax(2 * right / (taken + right[-1])))
    else:
        best = int(np.flatnonzero(right >= RECALL_AIM * right[-1] - 1e-9)[0])
    below = sorted_p[best + 1] if best + 1 < len(sorted_p) else sorted_p[best] / 2
    return float((sorted_p[best] + below) / 2)


def sigmoid(log_odds: Floats) -> Floats:
    """``1 / (1 + exp(-x))``, for any x."""
    from scipy.special import expit

    return np.asarray(expit(log_odds))
