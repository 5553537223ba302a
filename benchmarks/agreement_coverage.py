"""How often the 95% interval of κ covers the truth: ``python -m benchmarks.agreement_coverage``.

Simulated projects with known agreement. In each group a code has a share of its own (beta, with a correlation between
turns of one group) and the coders an error rate of their own (gamma, coefficient of variation .4); groups have between
60 and 140 turns. Each coder misses a turn that carries the code with the error rate, and gives the code to a turn that
does not so often that on average as many turns are added as missed. The truth is κ over very many groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from codering.analysis.group_intervals import Units, units_of, with_interval
from codering.analysis.measures import Statistic, cohen_kappa, f1, gwet_ac1, krippendorff_alpha, percentage

PATTERNS = np.array([[1.0, 1.0, 0.0, 0.0], [1.0, 0.0, 1.0, 0.0]])
"""Both give the code, only the first, only the second, neither."""


@dataclass(frozen=True)
class SimulatedCoders:
    """Two coders and a code.

    Attributes
    ----------
    share
        Of the turns that carry the code.
    kappa
        Their agreement.
    correlation
        Between turns of one group.
    """

    share: float
    kappa: float
    correlation: float

    @cached_property
    def error(self) -> float:
        """The error rate that gives this κ, by bisection."""
        low, high = 0.001, 0.7
        for _ in range(20):
            middle = (low + high) / 2
            low, high = (middle, high) if self._kappa(middle) > self.kappa else (low, middle)
        return low

    @cached_property
    def truth(self) -> float:
        """κ over very many groups."""
        return self._kappa(self.error)

    def projects(self, count: int, *, groups: int, turns: int, seed: int) -> Iterator[np.ndarray]:
        """Counts of the four patterns by group, one array for each project."""
        generator = np.random.default_rng(seed)
        yield from self._counts(generator, (count, groups), turns, self.error)

    @property
    def many(self) -> np.ndarray:
        """Counts of the four patterns over very many groups."""
        return self._many(self.error)

    def _kappa(self, error: float) -> float:
        return float(cohen_kappa(PATTERNS, self._many(error)))

    def _many(self, error: float) -> np.ndarray:
        counts = self._counts(np.random.default_rng(99), (1, 40_000), 100, error)
        return np.asarray(counts.sum(axis=(0, 1)), dtype=float)

    def _counts(self, generator: np.random.Generator, shape: tuple[int, int], turns: int, error: float) -> np.ndarray:
        spread = (1 - self.correlation) / self.correlation
        share = generator.beta(self.share * spread, (1 - self.share) * spread, size=(*shape, 1))
        missed = np.minimum(error * generator.gamma(1 / 0.16, 0.16, size=(*shape, 1)), 0.9)
        added = np.minimum(missed * self.share / (1 - self.share), 0.9)
        both = share * (1 - missed) ** 2 + (1 - share) * added**2
        one = share * (1 - missed) * missed + (1 - share) * added * (1 - added)
        sizes = generator.integers(int(0.6 * turns), int(1.4 * turns) + 1, size=shape)
        return generator.multinomial(sizes, np.concatenate([both, one, one, 1 - both - 2 * one], axis=-1))


def from_group_counts(counts: np.ndarray) -> Units:
    """The turns of a project, from its counts by group and pattern."""
    groups, patterns = np.indices(counts.shape)
    table = PATTERNS[:, np.repeat(patterns.ravel(), counts.ravel())]
    return units_of(table, np.repeat(groups.ravel(), counts.ravel()))


def main(projects: int = 1000) -> None:
    """Print two tables of ``docs/agreement.md``: κ; the other measures."""
    print("| share of turns | κ | correlation | 4 groups | 6 groups | 8 groups | 12 groups |")
    print("|---|---|---|---|---|---|---|")
    for correlation in (0.02, 0.1):
        for share in (0.03, 0.1, 0.3):
            for kappa in (0.5, 0.7, 0.9):
                coders = SimulatedCoders(share, kappa, correlation)
                cells = [_cell(coders, groups, projects) for groups in (4, 6, 8, 12)]
                print(f"| {share:.0%} | {kappa} | {correlation} | {' | '.join(cells)} |", flush=True)
    others = {"α": krippendorff_alpha, "AC1": gwet_ac1, "F1": f1, "percentage": percentage}
    print(f"\n| share of turns | groups | {' | '.join(others)} |\n|---|---|{'---|' * len(others)}")
    for share in (0.03, 0.1, 0.3):
        coders = SimulatedCoders(share, 0.7, 0.02)
        for groups in (4, 8):
            cells = [f"{coverage(coders, groups, projects, one):.3f}" for one in others.values()]
            print(f"| {share:.0%} | {groups} | {' | '.join(cells)} |", flush=True)


def coverage(coders: SimulatedCoders, groups: int, projects: int, statistic: Statistic) -> float:
    """How often the interval of a measure holds what it is over very many groups."""
    made = [
        with_interval(statistic, from_group_counts(counts))
        for counts in coders.projects(projects, groups=groups, turns=100, seed=11)
    ]
    truth = float(statistic(PATTERNS, coders.many))
    return float(np.mean([one.low <= truth <= one.high for one in made if not np.isnan(one.low)]))


def _cell(coders: SimulatedCoders, groups: int, projects: int) -> str:
    """Coverage, median width, and how many projects had no interval."""
    covered, widths, without = 0, [], 0
    for counts in coders.projects(projects, groups=groups, turns=100, seed=11):
        measure = with_interval(cohen_kappa, from_group_counts(counts))
        if np.isnan(measure.low):
            without += 1
            continue
        covered += measure.low <= coders.truth <= measure.high
        widths.append(measure.high - measure.low)
    share = f"{without / projects:.0%}"
    left_out = "" if share == "0%" else f", none in {share}"
    return f"{covered / len(widths):.3f} ({np.median(widths):.2f}{left_out})"


if __name__ == "__main__":
    main()
