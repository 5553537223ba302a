"""How suggestions get better with the number of turns that were read.

In every fold the groups for training are read a few turns at a time: at random, or in the mix of the queue (a third
the most likely turns for rare codes, a third the most uncertain, a third at random). The groups that were left out are
never read. Without any turn read, rules suggest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

import numpy as np

from codering.errors import Message
from codering.suggest import Progress
from codering.suggest.learned import LearnedSuggester
from codering.suggest.learning.data import Lessons, Targets, all_passages, labels
from codering.suggest.learning.evaluation import Fold, Setting, folds, given
from codering.tables import Column, Kind, Table
from codering.transcripts import Place

Order: TypeAlias = Literal["random", "mix"]

SIZES: Final = (0, 25, 50, 100, 200, 400)


@dataclass(frozen=True, slots=True)
class Point:
    """How good suggestions are after so many turns.

    Attributes
    ----------
    order
        ``random`` or ``mix``.
    turns
        How many turns were read in each fold; the last point may have fewer where there are no more.
    theme_f1, code_f1
        Of all themes, and of all codes, together, in turns that were read as a whole; stance counted. NaN if nothing
        was coded and suggested.
    """

    order: Order
    turns: int
    theme_f1: float
    code_f1: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A learning curve.

    Attributes
    ----------
    points
        By order, then number of turns.
    folds
        How many times groups were left out.
    """

    points: tuple[Point, ...]
    folds: int

    def table(self) -> Table:
        """The curve as a table."""
        columns = (
            Column("turns", "Turns read", Kind.COUNT),
            Column("order", "Order"),
            Column("theme_f1", "F1, themes", Kind.NUMBER),
            Column("code_f1", "F1, codes", Kind.NUMBER),
        )
        named = {"random": Message("at random"), "mix": Message("rare, uncertain and random")}
        rows = tuple((p.turns, named[p.order], p.theme_f1, p.code_f1) for p in self.points)
        notes = (
            Message(
                "With 0 turns read, rules suggest. Whole groups were left out ({folds} {folds:fold|folds}).",
                folds=self.folds,
            ),
        )
        return Table("learning_curve", "What reading more turns brings", columns, rows, notes, "theme_f1")


def learning_curve(
    setting: Setting, lessons: Lessons, *, sizes: Sequence[int] = SIZES, progress: Progress | None = None
) -> Curve:
    """Measure the curve.

    Raises
    ------
    SuggestionError
        If the turns that were read come from fewer than three groups.
    """
    targets = Targets.of(setting.codebook)
    passages = all_passages(lessons.transcripts)
    parts = tuple(folds(setting, lessons, passages, labels(passages, targets, lessons)))
    parent = dict(zip(targets.codes, (targets.codes[j] for j in targets.parents), strict=True))
    truth = {one for one in given(lessons, targets) if one[0] in lessons.read}
    counts: dict[tuple[Order, int], np.ndarray[tuple[int, ...], np.dtype[np.int64]]] = {}
    orders: tuple[Order, ...] = ("random", "mix")
    for number, fold in enumerate(parts, start=1):
        testing = [one for one in lessons.transcripts if one.name in fold.names]
        for order in orders:
            for size, model in _grown(setting, fold, order, sizes):
                chosen = {one for one in model.chosen(testing) if one[0] in lessons.read}
                asked = {one for one in truth if one[0][0] in fold.names}
                themes = [{(place, parent[code], stance) for place, code, stance in some} for some in (asked, chosen)]
                found = [(len(a & b), len(a) + len(b)) for a, b in ((asked, chosen), (themes[0], themes[1]))]
                counts[order, size] = counts.get((order, size), np.zeros((2, 2), dtype=np.int64)) + np.array(found)
        if progress is not None:
            progress(number, len(parts))
    points = tuple(
        Point(order, size, *(float(2 * both / all_) if all_ else float("nan") for both, all_ in found[::-1].tolist()))
        for (order, size), found in sorted(counts.items(), key=lambda item: (orders.index(item[0][0]), item[0][1]))
    )
    return Curve(points, len(parts))


def _grown(setting: Setting, fold: Fold, order: Order, sizes: Sequence[int]) -> list[tuple[int, LearnedSuggester]]:
    """Models after so many turns; each size is read on top of the one before."""
    dice = np.random.default_rng(setting.seed)
    lessons = fold.training
    left: list[Place] = sorted(lessons.read)
    dice.shuffle(left)
    read: set[Place] = set()
    models: list[tuple[int, LearnedSuggester]] = []
    for size in sizes:
        wanted = min(size, len(lessons.read)) - len(read)
        if size and not wanted and models and models[-1][0] > 0:
            break
        ranked = left if order == "random" or not read else _mixed(models[-1][1], lessons, left)
        read |= set(ranked[:wanted])
        left = [place for place in left if place not in read]
        known = replace(
            lessons,
            read=frozenset(read),
            codings=tuple(one for one in lessons.codings if one.segment.place in read),
            rejected=frozenset(),
        )
        models.append((size, setting.train(known, fold.reference)))
    return models


def _mixed(model: LearnedSuggester, lessons: Lessons, left: Sequence[Place]) -> list[Place]:
    """The queue's mix: in turn the likeliest for a rare code, the most uncertain, and one at random."""
    places, _, scores = model.scores(lessons.transcripts)
    row = {place: i for i, place in enumerate(places)}
    some = [place for place in left if place in row]
    table = scores[[row[place] for place in some]]
    expected = np.maximum(table.sum(axis=0), 1e-9)
    rare = np.argsort(-(table / expected).max(axis=1), kind="stable")
    uncertain = np.argsort(np.abs(table - 0.5).min(axis=1), kind="stable")
    found: dict[Place, None] = {}
    for one, other, number in zip(rare.tolist(), uncertain.tolist(), range(len(some)), strict=True):
        found |= dict.fromkeys((some[one], some[other], some[number]))
    return list(found)
