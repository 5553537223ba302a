"""How well learning works on groups that it has not seen.

Whole groups are left out; vocabulary, weights, trust in rules, calibration and thresholds are all fitted without them,
and groups in which the same long turns stand are left out together, those of a reference project
too. Splitting single turns at random was measured to flatter F1 (.62 instead of .47 on one set): people in one group
repeat each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from codering.codebooks import Codebook
from codering.codings import Stance
from codering.errors import Message, SuggestionError
from codering.suggest import Progress
from codering.suggest.learned import LearnedSuggester
from codering.suggest.learning.data import (
    UNKNOWN,
    Floats,
    Labels,
    Lessons,
    Passage,
    Rows,
    Targets,
    all_passages,
    labels,
    merged_groups,
    unlike,
)
from codering.suggest.learning.material import GROUPS_NEEDED, Encode
from codering.suggest.learning.mixing import Aim
from codering.suggest.learning.scores import Score, Tested, scores_of
from codering.tables import Column, Kind, Table
from codering.transcripts import Place

_MOST_FOLDS: Final = 10

Given: TypeAlias = frozenset[tuple[Place, str, Stance]]
"""Codes that turns carry, each with its stance."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of all codes and themes.

    Attributes
    ----------
    scores
        All themes together, all codes together, then codes and themes in the codebook's order.
    groups, folds
        How many groups were left out, in how many turns; groups that share long turns word for word count as one.
    turns
        How many turns have a known answer.
    """

    scores: tuple[Score, ...]
    groups: int
    folds: int
    turns: int

    def score(self, code: str, level: str) -> Score:
        """Of one code or theme; of all together with an empty code.

        Raises
        ------
        KeyError
            If there is no such score.
        """
        return {(one.code, one.level): one for one in self.scores}[code, level]

    def table(self) -> Table:
        """The scores as a table."""
        fields = [(column.key, column) for column in _COLUMNS]
        rows = tuple(
            tuple(_shown(one, key) for key, _ in fields) for one in self.scores if one.support or one.suggested
        )
        silent = sum(not (one.support or one.suggested) and one.level == "code" for one in self.scores)
        notes = (
            Message(
                "Whole groups were left out ({groups} {groups:group|groups}, {folds} {folds:fold|folds}); "
                "everything was fitted on the others.",
                groups=self.groups,
                folds=self.folds,
            ),
            Message(
                "A turn counts where code (or theme) and stance agree: who denies a barrier and is suggested to have "
                "it, was not found."
            ),
            Message(
                "Intervals: 95%, over whole groups; undefined where fewer than three groups count, or nearly all turns "
                "stand in one."
            ),
            Message("Precision is undefined where nothing was suggested, recall where there was nothing to find."),
            Message(
                "Expected: how many turns the probabilities add up to. Close to the turns with the code means that a "
                "probability can be taken at its word."
            ),
            Message("This compares a model with a coder; it is no agreement between coders."),
            Message(
                "{count} {count:code was|codes were} neither given nor suggested and {count:is|are} left out.",
                count=silent,
            ),
        )
        return Table("learning_evaluation", "How well learning works on unseen groups", _COLUMNS, rows, notes, "f1")


_COLUMNS: Final = (
    Column("code", "Code"),
    Column("level", "Level"),
    Column("support", "Turns with the code", Kind.COUNT),
    Column("suggested", "Suggested", Kind.COUNT),
    Column("precision", "Precision", Kind.NUMBER),
    Column("precision_low", "Precision, lower bound", Kind.NUMBER),
    Column("precision_high", "Precision, upper bound", Kind.NUMBER),
    Column("recall", "Recall", Kind.NUMBER),
    Column("recall_low", "Recall, lower bound", Kind.NUMBER),
    Column("recall_high", "Recall, upper bound", Kind.NUMBER),
    Column("f1", "F1", Kind.NUMBER),
    Column("f1_low", "F1 from", Kind.NUMBER),
    Column("f1_high", "F1 to", Kind.NUMBER),
    Column("human_f1", "F1 of two people", Kind.NUMBER),
    Column("average_precision", "Average precision", Kind.NUMBER),
    Column("average_precision_low", "Average precision, lower bound", Kind.NUMBER),
    Column("average_precision_high", "Average precision, upper bound", Kind.NUMBER),
    Column("expected", "Expected", Kind.NUMBER),
    Column("calibration_error", "Calibration error", Kind.NUMBER),
    Column("learned", "Folds in which it was learned", Kind.COUNT),
)


def _shown(score: Score, key: str) -> str | float | int | Message:
    if key == "level":
        return Message("theme") if score.level == "theme" else Message("code")
    if key == "code" and not score.code:
        return Message("all themes together") if score.level == "theme" else Message("all codes together")
    value: str | float | int = getattr(score, key)
    return value


@dataclass(frozen=True, slots=True)
class Setting:
    """How is trained in every fold; see :meth:`codering.suggest.learned.LearnedSuggester.train`."""

    codebook: Codebook
    reference: Lessons | None = None
    encode: Encode | None = None
    seed: int = 1
    aim: Aim = "balance"

    def train(self, lessons: Lessons, reference: Lessons | None) -> LearnedSuggester:
        """Learn from these lessons, and from what may be known of the reference project."""
        return LearnedSuggester.train(
            self.codebook, lessons, reference=reference, encode=self.encode, seed=self.seed, aim=self.aim
        )


@dataclass(frozen=True, slots=True)
class Fold:
    """Some groups, left out of training.

    Attributes
    ----------
    training
        The lessons of all other groups, with the rule hits of all.
    names
        The transcripts that are left out.
    reference
        What of the reference project shares no long turn with them; None without any.
    """

    training: Lessons
    names: frozenset[str]
    reference: Lessons | None = None


def evaluate(
    setting: Setting,
    lessons: Lessons,
    *,
    beside: Lessons | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Leave groups out one by one (or in ten parts, if there are more than ten) and score what is suggested for them.

    Parameters
    ----------
    setting
        How is trained.
    lessons
        What is learned from, and compared with. A group is the transcript's `group`, or the transcript itself.
    beside
        The decisions of a second person on the same transcripts: how well the two agree stands beside.
    progress
        Told how many parts are done.

    Raises
    ------
    SuggestionError
        If the turns that were read come from fewer than three groups.
    """
    targets = Targets.of(setting.codebook)
    passages = all_passages(lessons.transcripts)
    truth = labels(passages, targets, lessons)
    parts = tuple(folds(setting, lessons, passages, truth))
    row = {passage.place: i for i, passage in enumerate(passages)}
    scored: Floats = np.full(truth.shape, np.nan)
    chosen: set[tuple[Place, str, Stance]] = set()
    learned = np.zeros(len(targets.codes), dtype=np.intp)
    for number, fold in enumerate(parts, start=1):
        model = setting.train(fold.training, fold.reference)
        testing = [one for one in lessons.transcripts if one.name in fold.names]
        places, _, table = model.scores(testing)
        scored[[row[place] for place in places]] = table
        chosen |= set(model.chosen(testing))
        learned += np.array([code.learned for code in model.report.codes], dtype=np.intp)
        if progress is not None:
            progress(number, len(parts))
    merged = merged_groups(passages)
    tested = Tested(
        targets=targets,
        row=row,
        groups=tuple(merged[p.group] for p in passages),
        truth=truth,
        scored=scored,
        given=given(lessons, targets),
        chosen=frozenset(chosen),
        beside=given(beside, targets) if beside else None,
        both=_read_by_both(lessons, beside, row),
        learned=learned,
    )
    groups = {merged[p.group] for p, known in zip(passages, truth, strict=True) if (known != UNKNOWN).any()}
    turns = int((truth != UNKNOWN).any(axis=1).sum())
    return Evaluation(scores_of(tested), len(groups), len(parts), turns)


def folds(setting: Setting, lessons: Lessons, passages: Sequence[Passage], truth: Labels) -> Iterator[Fold]:
    """Divide the groups that were read.

    Raises
    ------
    SuggestionError
        If there are fewer than three.
    """
    merged = merged_groups(passages)
    reviewed = {merged[p.group] for p, row in zip(passages, truth, strict=True) if (row != UNKNOWN).any()}
    if len(reviewed) < GROUPS_NEEDED:
        raise SuggestionError(
            "Evaluation leaves whole groups out, and needs decisions from at least {needed} groups; there are {found}. "
            "Within one group people repeat each other, so leaving single turns out would flatter the model.",
            needed=GROUPS_NEEDED,
            found=len(reviewed),
        )
    for part in _parts(sorted(reviewed), setting.seed):
        left_out = [p for p in passages if merged[p.group] in part]
        names = frozenset(p.segment.transcript for p in left_out)
        others = {one.name for one in lessons.transcripts} - names
        reference = unlike(setting.reference, left_out) if setting.reference else None
        yield Fold(replace(lessons.among(others), suggestions=lessons.suggestions), names, reference)


def given(lessons: Lessons, targets: Targets) -> Given:
    """The codes that a person gave."""
    return frozenset((one.segment.place, one.code, one.stance) for one in lessons.codings if one.code in targets.codes)


def _read_by_both(lessons: Lessons, beside: Lessons | None, row: dict[Place, int]) -> npt.NDArray[np.bool_]:
    both = np.zeros(len(row), dtype=bool)
    if beside is not None:
        both[[row[place] for place in lessons.read & beside.read if place in row]] = True
    return both


def _parts(groups: Sequence[str], seed: int) -> Iterable[frozenset[str]]:
    order: Rows = np.random.default_rng(seed).permutation(len(groups))
    count = min(_MOST_FOLDS, len(groups))
    return tuple(frozenset(groups[i] for i in order[k::count]) for k in range(count))
