"""How well learning works on groups that it has not seen.

Whole groups are left out; vocabulary, weights, trust in rules, calibration and thresholds are all fitted without them.
Splitting single turns at random was measured to flatter F1 by a sixth: people in one group repeat each other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from codering.codebooks import Codebook
from codering.codings import Coding, Suggestion
from codering.errors import Message, SuggestionError
from codering.suggest.learned import LearnedSuggester
from codering.suggest.learning.data import UNKNOWN, Floats, Labels, Passage, Place, Rows, Targets, all_passages, labels
from codering.suggest.learning.features import WORD
from codering.suggest.learning.model import GROUPS_NEEDED, Aim
from codering.tables import Column, Kind, Table
from codering.transcripts import Transcript

_MOST_FOLDS: Final = 10
_SAME: Final = 8  # words; a shorter turn may be said twice by chance


@dataclass(frozen=True, slots=True)
class Score:
    """How well one code, or one theme, was found in groups that were left out.

    Attributes
    ----------
    code
        Its id.
    level
        ``code`` or ``theme``; a theme is found where any of its codes is.
    support, suggested, agreed
        Turns that carry it, turns for which it was suggested, and turns for which both hold.
    turns
        Turns with a known answer.
    precision, recall, f1
        NaN if there was nothing suggested, nothing to find, or neither.
    average_precision
        Area under precision and recall over all thresholds; NaN if there was nothing to find.
    low, high
        95% interval of F1 over groups; NaN where fewer than three groups carry the code.
    learned
        In how many of the folds there was enough to learn it from; in the others rules alone decided.
    """

    code: str
    level: str
    support: int
    suggested: int
    agreed: int
    turns: int
    precision: float
    recall: float
    f1: float
    average_precision: float
    low: float
    high: float
    learned: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of all codes and themes.

    Attributes
    ----------
    scores
        Codes and themes in the codebook's order.
    groups, folds
        How many groups were left out, in how many turns; groups that share long turns word for word count as one.
    """

    scores: tuple[Score, ...]
    groups: int
    folds: int

    def mean(self, level: str, field: str = "f1") -> float:
        """The plain mean of ``f1`` or ``average_precision`` over what had anything to find; NaN if nothing had."""
        values = [getattr(s, field) for s in self.scores if s.level == level and s.support]
        return float(np.mean([0.0 if np.isnan(v) else v for v in values])) if values else float("nan")

    def table(self) -> Table:
        """The scores as a table."""
        columns = (
            Column("code", "Code"),
            Column("level", "Level"),
            Column("support", "Turns with the code", Kind.COUNT),
            Column("suggested", "Suggested", Kind.COUNT),
            Column("precision", "Precision", Kind.SHARE),
            Column("recall", "Recall", Kind.SHARE),
            Column("f1", "F1", Kind.NUMBER),
            Column("low", "F1, lower bound", Kind.NUMBER),
            Column("high", "F1, upper bound", Kind.NUMBER),
            Column("average_precision", "Average precision", Kind.NUMBER),
            Column("learned", "Folds in which it was learned", Kind.COUNT),
        )
        rows = tuple(
            (
                s.code,
                Message("theme") if s.level == "theme" else Message("code"),
                s.support,
                s.suggested,
                s.precision,
                s.recall,
                s.f1,
                s.low,
                s.high,
                s.average_precision,
                s.learned,
            )
            for s in self.scores
        )
        notes = (
            Message(
                "Whole groups were left out ({groups} groups, {folds} folds); everything was fitted on the others.",
                groups=self.groups,
                folds=self.folds,
            ),
            Message("Intervals: 95%, by drawing whole groups; undefined where fewer than three groups carry the code."),
            Message("Precision is undefined where nothing was suggested, recall where there was nothing to find."),
            Message("This compares a model with a coder; it is no agreement between coders."),
        )
        return Table("learning_evaluation", "How well learning works on unseen groups", columns, rows, notes, "f1")


def evaluate(
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    codings: Sequence[Coding],
    read: Collection[Place],
    rule_suggestions: Sequence[Suggestion],
    *,
    rejected: Collection[tuple[str, int, str]] = frozenset(),
    seed: int = 1,
    aim: Aim = "balance",
    resamples: int = 1000,
) -> Evaluation:
    """Leave groups out one by one (or in ten parts, if there are more than ten) and score what is suggested for them.

    Parameters
    ----------
    transcripts, codebook, codings, read, rule_suggestions, rejected, seed, aim
        As for :meth:`codering.suggest.learned.LearnedSuggester.train`. A group is the transcript's `group`, or the
        transcript itself.
    resamples
        How often groups are drawn for the intervals.

    Raises
    ------
    SuggestionError
        If the turns that were read come from fewer than three groups.
    """
    targets = Targets.of(codebook)
    passages = all_passages(transcripts)
    truth = labels(passages, targets, codings, read, rejected)
    group_of = _groups(passages)
    reviewed = {group_of[p.group] for p, row in zip(passages, truth, strict=True) if (row != UNKNOWN).any()}
    if len(reviewed) < GROUPS_NEEDED:
        raise SuggestionError(
            "Evaluation leaves whole groups out, and needs decisions from at least {needed} groups; there are {found}. "
            "Within one group people repeat each other, so leaving single turns out would flatter the model.",
            needed=GROUPS_NEEDED,
            found=len(reviewed),
        )
    groups = np.array([group_of[p.group] for p in passages])
    chosen: Labels = np.zeros(truth.shape, dtype=np.int8)
    scored: Floats = np.full(truth.shape, np.nan)
    learned = np.zeros(len(targets.codes), dtype=np.intp)
    parts = _parts(sorted(reviewed), seed)
    for part in parts:
        out = {name for name in group_of if group_of[name] in part}
        training = [t for t in transcripts if (t.group or t.name) not in out]
        testing = [t for t in transcripts if (t.group or t.name) in out]
        model = LearnedSuggester.train(
            training, codebook, codings, read, rule_suggestions, rejected=rejected, seed=seed, aim=aim
        )
        rows = np.flatnonzero(np.isin(groups, list(part)))
        chosen[rows] = model.chosen(testing)
        scored[rows] = model.scores(testing)[2]
        learned += np.array([code.learned for code in model.report.codes], dtype=np.intp)
    scores = tuple(
        _score(j, level, targets, (truth, chosen, scored), groups, int(learned[j]), resamples, seed)
        for j, level in _rows(targets)
    )
    return Evaluation(scores, len(reviewed), len(parts))


def _rows(targets: Targets) -> list[tuple[int, str]]:
    """What is scored: every theme, and every code below one."""
    return [(j, "theme" if targets.is_theme(j) else "code") for j in range(len(targets.codes))]


def _score(
    code: int,
    level: str,
    targets: Targets,
    tables: tuple[Labels, Labels, Floats],
    groups: np.ndarray[tuple[int, ...], np.dtype[np.str_]],
    learned: int,
    resamples: int,
    seed: int,
) -> Score:
    from sklearn.metrics import average_precision_score

    truth, chosen, scored = tables
    known = (truth[:, code] != UNKNOWN) & ~np.isnan(scored[:, code])
    true = truth[known, code].astype(bool)
    below = [j for j in range(len(targets.codes)) if j == code or (level == "theme" and targets.parents[j] == code)]
    suggested = chosen[known][:, below].any(axis=1)
    both = true & suggested
    low, high = _interval(true, suggested, groups[known], resamples, seed)
    return Score(
        code=targets.codes[code],
        level=level,
        support=int(true.sum()),
        suggested=int(suggested.sum()),
        agreed=int(both.sum()),
        turns=int(known.sum()),
        precision=_ratio(both.sum(), suggested.sum()),
        recall=_ratio(both.sum(), true.sum()),
        f1=_ratio(2 * both.sum(), true.sum() + suggested.sum()),
        average_precision=float(average_precision_score(true, scored[known, code])) if true.any() else float("nan"),
        low=low,
        high=high,
        learned=learned,
    )


def _interval(
    true: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    suggested: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    groups: np.ndarray[tuple[int, ...], np.dtype[np.str_]],
    resamples: int,
    seed: int,
) -> tuple[float, float]:
    """Percentile bootstrap of F1, drawing groups; draws in which F1 is undefined are left out."""
    names, index = np.unique(groups, return_inverse=True)
    if len(np.unique(groups[true])) < GROUPS_NEEDED:
        return float("nan"), float("nan")
    counts = np.stack([np.bincount(index, w, len(names)) for w in (true & suggested, true, suggested)], axis=1)
    draws = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), resamples)
    agreed, carried, proposed = (draws @ counts).T
    defined = carried + proposed > 0
    low, high = np.quantile(2 * agreed[defined] / (carried + proposed)[defined], [0.025, 0.975])
    return float(low), float(high)


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else float("nan")


def _parts(groups: Sequence[str], seed: int) -> tuple[frozenset[str], ...]:
    order: Rows = np.random.default_rng(seed).permutation(len(groups))
    count = min(_MOST_FOLDS, len(groups))
    return tuple(frozenset(groups[i] for i in order[k::count]) for k in range(count))


def _groups(passages: Sequence[Passage]) -> dict[str, str]:
    """Each group's representative: groups in which the same long turn stands are one, whatever their names."""
    above = {p.group: p.group for p in passages}

    def top(name: str) -> str:
        while above[name] != name:
            name = above[name]
        return name

    first: dict[tuple[str, ...], str] = {}
    for passage in passages:
        words = tuple(WORD.findall(passage.text.casefold()))
        if len(words) >= _SAME:
            one, other = sorted((top(first.setdefault(words, passage.group)), top(passage.group)))
            above[other] = one
    return {name: top(name) for name in above}
