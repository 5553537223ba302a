"""Scores of suggestions on turns that a person decided about: per code, per theme, with intervals over groups.

What is counted are turns with a code and a stance: who denies a barrier and is suggested to have it, was not found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from codering.codings import Stance
from codering.suggest.learning.data import UNKNOWN, Floats, Labels, Rows, Targets
from codering.suggest.learning.intervals import of_ratio, of_score
from codering.transcripts import Place

_BINS: Final = 10

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Score:
    """How well one code, or one theme, was found in groups that were left out.

    Attributes
    ----------
    code
        Its id; empty for all of the level together.
    level
        ``code`` or ``theme``; a theme is found where any of its codes is, with the right stance.
    support, suggested, agreed
        Turns (and stances) that carry it, for which it was suggested, and for which both hold.
    precision, recall, f1
        NaN if there was nothing suggested, nothing to find, or neither.
    f1_low, f1_high, precision_low, precision_high, recall_low, recall_high
        95% intervals over groups (:mod:`codering.suggest.learning.intervals`); NaN where fewer than three groups
        count for it, or nearly everything stands in one.
    average_precision, average_precision_low, average_precision_high
        Area under precision and recall over all thresholds, stance apart; NaN if there was nothing to find.
    expected
        How many turns the probabilities add up to: near `carried` if they are calibrated.
    carried
        Turns that carry it, stance apart.
    calibration_error
        Mean distance between probability and share that carries it, over ten bins of probability (ECE).
    human_f1
        F1 of two people on the turns that both read; NaN without a second one, or if neither gave it.
    learned
        In how many of the folds there was enough to learn it from; in the others rules alone decided.
    """

    code: str
    level: str
    support: int
    suggested: int
    agreed: int
    precision: float
    recall: float
    f1: float
    f1_low: float
    f1_high: float
    precision_low: float
    precision_high: float
    recall_low: float
    recall_high: float
    average_precision: float
    average_precision_low: float
    average_precision_high: float
    expected: float
    carried: int
    calibration_error: float
    human_f1: float
    learned: int


@dataclass(frozen=True, slots=True)
class Tested:
    """What was found in groups that were left out, next to what a person decided.

    Attributes
    ----------
    targets
        The codes.
    row, groups
        The number of each turn, and by number its group.
    truth, scored
        Labels and probabilities, shape (turns, codes); NaN where nothing was predicted.
    given, chosen, beside
        Codes with stances of a person, of the suggestions, and of a second person (None: there is none).
    both
        Which turns both people read, shape (turns,).
    learned
        In how many folds each code was learned, shape (codes,).
    """

    targets: Targets
    row: dict[Place, int]
    groups: tuple[str, ...]
    truth: Labels
    scored: Floats
    given: Collection[tuple[Place, str, Stance]]
    chosen: Collection[tuple[Place, str, Stance]]
    beside: Collection[tuple[Place, str, Stance]] | None
    both: Bools
    learned: Rows

    def marked(self, what: Iterable[tuple[Place, str, Stance]], codes: Collection[str]) -> Bools:
        """Which turns carry any of some codes, by stance: shape (turns, 2)."""
        table = np.zeros((len(self.groups), 2), dtype=bool)
        for place, code, stance in what:
            if code in codes and place in self.row:
                table[self.row[place], int(stance is Stance.DENIES)] = True
        return table


def scores_of(tested: Tested) -> tuple[Score, ...]:
    """Score everything: all themes together, all codes together, then each."""
    targets = tested.targets
    _, group = np.unique(np.array(tested.groups), return_inverse=True)
    themes = [j for j in range(len(targets.codes)) if targets.is_theme(j)]
    units = [("theme", j) for j in themes] + [("code", j) for j in range(len(targets.codes))]
    counts = {unit: _counts(tested, *unit) for unit in units}
    found = [
        _together(level, [counts[unit] for unit in units if unit[0] == level], group) for level in ("theme", "code")
    ]
    for j in range(len(targets.codes)):
        if targets.is_theme(j):
            found.append(_one(tested, "theme", j, counts["theme", j], group))
        found.append(_one(tested, "code", j, counts["code", j], group))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Counts:
    """By turn how many stances of a code are true, suggested and both; and of the second person."""

    true: Floats
    suggested: Floats
    agreed: Floats
    human: tuple[float, float, float]


def _counts(tested: Tested, level: str, code: int) -> _Counts:
    targets = tested.targets
    name = targets.codes[code]
    codes = {name}
    if level == "theme":
        codes |= {other for other, parent in zip(targets.codes, targets.parents, strict=True) if parent == code}
    known = (tested.truth[:, code] != UNKNOWN) & ~np.isnan(tested.scored[:, code])
    true, chosen = (tested.marked(what, codes) & known[:, None] for what in (tested.given, tested.chosen))
    human = (0.0, 0.0, 0.0)
    if tested.beside is not None:
        first, second = (tested.marked(what, codes) & tested.both[:, None] for what in (tested.given, tested.beside))
        human = (float((first & second).sum()), float(first.sum()), float(second.sum()))
    return _Counts(
        true.sum(axis=1).astype(float), chosen.sum(axis=1).astype(float), (true & chosen).sum(axis=1).astype(float),
        human,
    )  # fmt: skip


def _one(tested: Tested, level: str, code: int, counts: _Counts, group: Rows) -> Score:
    known = (tested.truth[:, code] != UNKNOWN) & ~np.isnan(tested.scored[:, code])
    # A theme's own code is only what fits none of its codes; its label and its score are those of the whole theme.
    alone = level == "code" and tested.targets.is_theme(code)
    true, scored = (tested.truth[known, code] == 1).astype(np.float64), tested.scored[known, code]
    nothing = (float("nan"),) * 3
    precision = nothing if alone else _average_precision(true, scored, group[known])
    return _score(
        (tested.targets.codes[code], level),
        counts,
        group,
        precision,
        (float("nan") if alone else float(scored.sum()), int(true.sum()), _error(true, scored)),
        int(tested.learned[code]),
    )


def _together(level: str, counts: list[_Counts], group: Rows) -> Score:
    true, suggested, agreed = (
        np.sum([getattr(one, field) for one in counts], axis=0) for field in ("true", "suggested", "agreed")
    )
    human = tuple(float(sum(values)) for values in zip(*(one.human for one in counts), strict=True))
    whole = _Counts(true, suggested, agreed, (human[0], human[1], human[2]))
    nothing = (float("nan"),) * 3
    return _score(("", level), whole, group, nothing, (float("nan"), int(true.sum()), float("nan")), 0)


def _score(
    unit: tuple[str, str],
    counts: _Counts,
    group: Rows,
    average_precision: tuple[float, ...],
    calibration: tuple[float, int, float],
    learned: int,
) -> Score:
    true, suggested, agreed = counts.true.sum(), counts.suggested.sum(), counts.agreed.sum()
    by_group = [np.bincount(group, one).astype(float) for one in (counts.agreed, counts.true, counts.suggested)]
    f1 = of_ratio(2 * by_group[0], by_group[1] + by_group[2])
    precision, recall = of_ratio(by_group[0], by_group[2]), of_ratio(by_group[0], by_group[1])
    return Score(
        code=unit[0],
        level=unit[1],
        support=int(true),
        suggested=int(suggested),
        agreed=int(agreed),
        precision=_ratio(agreed, suggested),
        recall=_ratio(agreed, true),
        f1=_ratio(2 * agreed, true + suggested),
        f1_low=f1[0],
        f1_high=f1[1],
        precision_low=precision[0],
        precision_high=precision[1],
        recall_low=recall[0],
        recall_high=recall[1],
        average_precision=average_precision[0],
        average_precision_low=average_precision[1],
        average_precision_high=average_precision[2],
        expected=calibration[0],
        carried=calibration[1],
        calibration_error=calibration[2],
        human_f1=_ratio(2 * counts.human[0], counts.human[1] + counts.human[2]),
        learned=learned,
    )


def _average_precision(true: Floats, scored: Floats, group: Rows) -> tuple[float, float, float]:
    """Average precision, and its interval over groups."""
    from sklearn.metrics import average_precision_score

    if not true.any():
        return float("nan"), float("nan"), float("nan")
    order = np.argsort(-scored, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(scored[order]) < 0, True))  # equal scores are taken together

    def weighed(weights: Floats) -> float:
        weight = weights[group[order]]
        right, taken = np.cumsum(weight * true[order])[ends], np.cumsum(weight)[ends]
        gained = np.diff(right, prepend=0.0)
        return float((gained * right / np.maximum(taken, 1e-12)).sum() / right[-1]) if right[-1] else float("nan")

    found = float(average_precision_score(true, scored))
    return found, *of_score(weighed, np.bincount(group, true).astype(float))


def _error(true: Floats, scored: Floats) -> float:
    """Expected calibration error over ten bins of equal width (Guo et al. 2017, eq. 3)."""
    if not len(true):
        return float("nan")
    bins = np.minimum((scored * _BINS).astype(int), _BINS - 1)
    gaps = np.abs(np.bincount(bins, true, _BINS) - np.bincount(bins, scored, _BINS))
    return float(gaps.sum() / len(true))


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else float("nan")
