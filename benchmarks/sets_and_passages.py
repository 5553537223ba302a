"""How often the 95% intervals of α with MASI distance and of α_U cover the truth.

``python -m benchmarks.sets_and_passages`` writes the tables of docs/agreement.md in a few minutes. As in
:mod:`benchmarks.agreement_coverage`, each code has a share of its own in each group (beta, with a correlation between
turns of one group) and coders an error rate of their own in each group (gamma, coefficient of variation .4); groups
have between 60 and 140 turns. The truth is the coefficient over very many groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from codering.analysis.continua import Continuum
from codering.analysis.group_intervals import units_of, with_interval
from codering.analysis.measures import Floats, Measure, Ratings, krippendorff_alpha, masi
from codering.analysis.unitizing import alpha_u, boundaries

TURNS: Final = 100
GROUPS: Final = (4, 6, 8, 12)
VARIATION: Final = 0.4


def _alpha(distances: Floats, table: Ratings, weights: Floats | None) -> Floats:
    return krippendorff_alpha(table, weights, distances)


def _sizes(groups: int, dice: np.random.Generator) -> NDArray[np.intp]:
    return dice.integers(int(0.6 * TURNS), int(1.4 * TURNS) + 1, size=groups)


def _errors(error: float, groups: int, dice: np.random.Generator) -> Floats:
    return np.minimum(error * dice.gamma(1 / VARIATION**2, VARIATION**2, size=groups), 0.9)


@dataclass(frozen=True)
class CodersOfSets:
    """Two coders and five codes, of which a turn may carry several: of one share, twice, half and smaller ones.

    Attributes
    ----------
    share
        Mean share of the turns with a code; codes have .24 to 2.4 times as much.
    error, correlation
        How often a coder misses a code; between turns of one group.
    """

    share: float
    error: float
    correlation: float

    @property
    def shares(self) -> Floats:
        """Of the codes."""
        return np.array([0.2, 0.4, 0.6, 1.0, 2.0]) / 0.84 * self.share

    @cached_property
    def truth(self) -> float:
        """α over very many groups."""
        dice = np.random.default_rng(99)
        counts = np.zeros((len(_SETS), len(_SETS)))
        for _ in range(20):
            table, _groups = self._project(300, dice)
            np.add.at(counts, tuple(table.astype(int)), 1)
        return float(_alpha(_distances(), np.indices(counts.shape).reshape(2, -1).astype(float), counts.ravel()))

    def measures(self, projects: int, groups: int) -> Iterator[Measure]:
        """α with its interval in simulated projects."""
        dice = np.random.default_rng(11)
        for _ in range(projects):
            table, of = self._project(groups, dice)
            yield with_interval(partial(_alpha, _distances()), units_of(table, of, smoothed=False))

    def _project(self, groups: int, dice: np.random.Generator) -> tuple[Ratings, NDArray[np.intp]]:
        spread = (1 - self.correlation) / self.correlation
        of = np.repeat(np.arange(groups), _sizes(groups, dice))
        share = dice.beta(self.shares * spread, (1 - self.shares) * spread, size=(groups, 5))[of]
        missed = _errors(self.error, groups, dice)[of][:, None]
        added = np.minimum(missed * self.shares / (1 - self.shares), 0.9)
        there = dice.random(share.shape) < share
        rolls = dice.random((2, *share.shape))
        given = np.where(there, rolls >= missed, rolls < added)
        return (given << np.arange(5)).sum(axis=-1).astype(float), of


_SETS: Final = [frozenset(f"c{code}" for code in range(5) if number >> code & 1) for number in range(32)]


@cache
def _distances() -> Floats:
    return np.array([[masi(one, two) for two in _SETS] for one in _SETS])


@dataclass(frozen=True)
class CodersOfPassages:
    """Two coders who mark passages within turns of 20 and more characters.

    Attributes
    ----------
    share
        Of the turns that hold a passage.
    error, shift, correlation
        How often a coder misses a passage; standard deviation of where it begins and ends, in lengths of the passage;
        between turns of one group.
    """

    share: float
    error: float
    shift: float
    correlation: float

    @cached_property
    def truth(self) -> float:
        """α_U over many groups: the mean of ten times 40 to 240 groups."""
        dice = np.random.default_rng(99)
        many = int(12 / max(self.share, 0.05))
        return float(np.mean([alpha_u(self._project(many, dice)) for _ in range(10)]))

    def measures(self, projects: int, groups: int) -> Iterator[Measure]:
        """α_U with its interval in simulated projects."""
        dice = np.random.default_rng(11)
        for _ in range(projects):
            yield boundaries(self._project(groups, dice)).alpha

    def _project(self, groups: int, dice: np.random.Generator) -> list[Continuum]:
        spread = (1 - self.correlation) / self.correlation
        shares = dice.beta(self.share * spread, (1 - self.share) * spread, size=groups)
        errors, sizes = _errors(self.error, groups, dice), _sizes(groups, dice)
        return [self._group(*one, dice) for one in zip(shares, errors, sizes.tolist(), strict=True)]

    def _group(self, share: float, missed: float, turns: int, dice: np.random.Generator) -> Continuum:
        lengths = dice.gamma(2, 60, size=turns).astype(int) + 20
        offsets = np.cumsum(lengths) - lengths
        start = (dice.random(turns) * lengths / 2).astype(int)
        end = np.minimum(start + 10 + (dice.random(turns) * (lengths - start)).astype(int), lengths)
        there = dice.random(turns) < share
        added = min(missed * self.share / (1 - self.share), 0.9)
        rows = []
        for _ in range(2):
            rolls = dice.random(turns)
            given = np.where(there, rolls >= missed, rolls < added)
            moved = np.rint(dice.normal(0, self.shift * (end - start), size=(2, turns))).astype(int)
            first = np.clip(start + moved[0], 0, end - 5)
            last = np.clip(end + moved[1], first + 4, lengths)
            spans = zip(first + offsets, last + offsets, given, strict=True)
            rows.append(tuple((int(begin), int(stop)) for begin, stop, yes in spans if yes))
        return Continuum(int(lengths.sum()), (rows[0], rows[1]))


def coverage(measures: Iterator[Measure], truth: float) -> tuple[float, float, float]:
    """Of the projects with an interval, in how many it covers; its median width; share of projects without one."""
    found = list(measures)
    given = [one for one in found if not np.isnan(one.low)]
    covered = float(np.mean([one.low <= truth <= one.high for one in given]))
    return covered, float(np.median([one.high - one.low for one in given])), 1 - len(given) / len(found)


def _cell(measures: Callable[[int, int], Iterator[Measure]], truth: float, projects: int, groups: int) -> str:
    covered, width, without = coverage(measures(projects, groups), truth)
    left_out = f", none in {without:.0%}" if without >= 0.005 else ""
    return f"{covered:.3f} ({width:.2f}{left_out})"


def main(projects: int = 300) -> None:
    """Write the tables."""
    head = " | ".join(f"{groups} groups" for groups in GROUPS)
    print(f"| mean share of a code | α with MASI | correlation | {head} |")
    for correlation in (0.02, 0.1):
        for share in (0.025, 0.08, 0.17):
            for error in (0.05, 0.15, 0.3):
                sets = CodersOfSets(share, error, correlation)
                cells = [_cell(sets.measures, sets.truth, projects, groups) for groups in GROUPS]
                print(f"| {share:.1%} | {sets.truth:.2f} | {correlation} | {' | '.join(cells)} |", flush=True)
    print(f"\n| share of turns | α_U | correlation | {head} |")
    for correlation in (0.02, 0.1):
        for share in (0.03, 0.1, 0.3):
            for error, shift in ((0.05, 0.05), (0.2, 0.1)):
                passages = CodersOfPassages(share, error, shift, correlation)
                cells = [_cell(passages.measures, passages.truth, projects, groups) for groups in GROUPS]
                print(f"| {share:.0%} | {passages.truth:.2f} | {correlation} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
