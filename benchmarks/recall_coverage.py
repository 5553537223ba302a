"""How often the bounds of :mod:`codering.recall` hold in simulated projects: ``python -m benchmarks.recall_coverage``.

A project has 8 focus groups of 150 turns. A code lies on a share of the turns, independently or clustered: by group
with a beta-binomial of intraclass correlation 0.10. A detector finds each coded turn with probability `recall` and
flags as many others besides; a person judges all that is flagged. Then unflagged turns are read at random.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from codering import recall
from codering.recall.anytime import PRIOR_HITS, PRIOR_MISSES
from codering.recall.bounds import hypergeometric_p, too_many

GROUPS, TURNS, SAMPLE = 8, 150, 150
ICC = 0.10
PREVALENCES = (0.01, 0.02, 0.05, 0.10, 0.20)
RECALLS = (0.3, 0.5, 0.7, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Scenario:
    """How often a code occurs, how much of it the detector finds, and whether both differ between groups."""

    prevalence: float
    recall: float
    clustered: bool


SCENARIOS = tuple(Scenario(p, r, c) for c in (False, True) for p in PREVALENCES for r in RECALLS)


def projects(scenario: Scenario, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Truth and flags, each boolean of shape ``(count, GROUPS, TURNS)``."""
    share = np.full((count, GROUPS, 1), scenario.prevalence)
    if scenario.clustered:
        more = 1 / ICC - 1
        share = rng.beta(scenario.prevalence * more, (1 - scenario.prevalence) * more, (count, GROUPS, 1))
    truth = rng.random((count, GROUPS, TURNS)) < share
    # Detectors do worse in some groups than in others where codes are clustered: the hidden turns are clustered too.
    finds = np.full((count, GROUPS, 1), scenario.recall)
    if scenario.clustered:
        finds = rng.beta(scenario.recall * 9, (1 - scenario.recall) * 9, (count, GROUPS, 1))
    false = rng.random(truth.shape) < scenario.prevalence / 2
    return truth, np.where(truth, rng.random(truth.shape) < finds, false)


def shuffled(truth: np.ndarray, flags: np.ndarray, rng: np.random.Generator, *, even: bool) -> np.ndarray:
    """The truth of the unflagged turns in the order of reading, then -1; shape ``(count, turns)``.

    `even` spreads the beginning over the groups, as :func:`codering.recall.reading_order` does.
    """
    key = rng.random(truth.shape)
    if even:
        rank = np.argsort(np.argsort(np.where(flags, 2.0, key), axis=2), axis=2)
        left = np.maximum((~flags).sum(axis=2, keepdims=True), 1)
        key = (rank + rng.random((*truth.shape[:2], 1))) / left
    order = np.argsort(np.where(flags, 2.0, key).reshape(len(truth), -1), axis=1, kind="stable")
    values = np.where(flags, -1, truth).reshape(len(truth), -1)
    return np.take_along_axis(values, order, axis=1)


@cache
def planned_bound(hits: int, drawn: int, pool: int, confidence: float) -> int:
    return recall.hidden_at_most(hits, drawn, pool, confidence)


def planned(scenario: Scenario, count: int, rng: np.random.Generator, confidence: float = 0.95) -> float:
    """Coverage with a sample of a fixed size, spread over the groups."""
    truth, flags = projects(scenario, count, rng)
    reads = shuffled(truth, flags, rng, even=True)
    hits = (reads[:, :SAMPLE] == 1).sum(axis=1)
    hidden, pools = (reads == 1).sum(axis=1), (reads >= 0).sum(axis=1)
    most = [planned_bound(int(h), SAMPLE, int(p), confidence) for h, p in zip(hits, pools, strict=True)]
    return float(np.mean(hidden <= np.array(most)))


def anytime(scenario: Scenario, count: int, rng: np.random.Generator, confidence: float = 0.95) -> float:
    """Coverage at all moments together: the share of projects in which the truth is never ruled out while reading.

    After every random turn a most-promising turn is read too, chosen with knowledge of the truth in nine cases of
    ten, so that the pool changes in the worst way while the sample grows.
    """
    truth, flags = projects(scenario, count, rng)
    reads = shuffled(truth, flags, rng, even=False)
    pool, hidden = (reads >= 0).sum(axis=1).astype(float), (reads == 1).sum(axis=1).astype(float)
    won, found, expected, weight = (np.zeros(count) for _ in range(4))
    held = np.ones(count, dtype=bool)
    for step in range(2 * SAMPLE):
        alive = pool >= 1
        share = np.where(alive, hidden / np.maximum(pool, 1), 0)
        hit = alive & (rng.random(count) < share)
        left = np.maximum(pool, 1)
        estimate = np.clip((expected / np.maximum(weight, 1e-300) - found) / left, 0, 1)
        bet = (step * estimate + PRIOR_HITS) / (step + PRIOR_HITS + PRIOR_MISSES)
        with np.errstate(divide="ignore", invalid="ignore"):
            gain = np.where(hit, np.log(bet) - np.log(share), np.log1p(-bet) - np.log1p(-share))
        won += np.where(alive, gain, 0)
        held &= won < -np.log(1 - confidence)
        expected, weight = expected + hit + found / left, weight + 1 / left
        found, pool, hidden = found + hit, pool - alive, hidden - hit
        other = (pool >= 1) & (step % 2 == 0)
        helped = other & (hidden > 0) & (rng.random(count) < 0.3)
        useless = other & ~helped & (hidden < pool)
        found, pool, hidden = found + helped, pool - (helped | useless), hidden - helped
    return float(held.mean())


@cache
def stops(found: int, target: float, drawn: int, hits: int, pool: int, error: float) -> bool:
    hidden = too_many(found, target) - (found - hits)
    return hypergeometric_p(hits, drawn, pool, hidden) <= error


def peeking(scenario: Scenario, count: int, rng: np.random.Generator, target: float = 0.9) -> float:
    """How often the planned bound is right if it is (wrongly) looked at every ten turns and reading stops at a yes."""
    truth, flags = projects(scenario, count, rng)
    reads = shuffled(truth, flags, rng, even=False)
    found = (truth & flags).sum(axis=(1, 2))
    hidden, pools = (reads == 1).sum(axis=1), (reads >= 0).sum(axis=1)
    hits = np.cumsum(reads == 1, axis=1)
    right = 0
    for i in range(count):
        stop = next(
            (
                n
                for n in range(10, int(pools[i]) + 1, 10)
                if stops(int(found[i] + hits[i, n - 1]), target, n, int(hits[i, n - 1]), int(pools[i]), 0.05)
            ),
            None,
        )
        have, all_ = (1, 1) if stop is None else (found[i] + hits[i, stop - 1], found[i] + hidden[i])
        right += bool(have >= target * all_ - 1e-9)
    return right / count


def whole_groups(scenario: Scenario, count: int, rng: np.random.Generator, *, groups: int = 4) -> float:
    """Coverage where all unflagged turns of some groups are read instead of turns from all groups."""
    truth, flags = projects(scenario, count, rng)
    missed, unread = (truth & ~flags).sum(axis=2), (~flags).sum(axis=2)
    held = [
        int(m.sum())
        <= recall.hidden_at_most_clustered(m[:groups].tolist(), u[:groups].tolist(), int(u.sum()), 0.95, icc=0.05)
        for m, u in zip(missed, unread, strict=True)
    ]
    return float(np.mean(held))


def sequential(scenario: Scenario, count: int, rng: np.random.Generator, target: float = 0.9) -> float:
    """How often the sequential test of Callaghan and Müller-Hansen is right if reading stops at its first p <= .05.

    Turns are read in an order in which a coded turn comes early with odds that fade, and at the end by chance. The
    test is looked at every 25 turns.
    """
    truth, _ = projects(scenario, count, rng)
    flat = truth.reshape(count, -1)
    score = rng.normal(size=flat.shape) + 2.5 * flat * (rng.random(flat.shape) < scenario.recall)
    labels = np.take_along_axis(flat, np.argsort(-score, axis=1), axis=1).astype(int)
    right = 0
    for row in labels:
        total, size = int(row.sum()), len(row)
        looks = (n for n in range(25, size + 1, 25) if recall.sequential_test(row[:n].tolist(), size, target) <= 0.05)
        stop = next(looks, size)
        right += bool(row[:stop].sum() >= target * total - 1e-9)
    return right / count


def together(scenario: Scenario, count: int, rng: np.random.Generator, *, codes: int = 8) -> float:
    """How often all statements on `codes` codes hold at once, corrected after Holm, with a sample of a fixed size."""
    shares = np.geomspace(scenario.prevalence / 4, scenario.prevalence, codes)
    right = np.ones(count, dtype=bool)
    tallies: list[list[recall.Tally]] = [[] for _ in range(count)]
    hidden = np.zeros((count, codes), dtype=int)
    for c, share in enumerate(shares):
        truth, flags = projects(Scenario(float(share), scenario.recall, scenario.clustered), count, rng)
        reads = shuffled(truth, flags, rng, even=False)
        hits = (reads[:, :SAMPLE] == 1).sum(axis=1)
        found, pools = (truth & flags).sum(axis=(1, 2)) + hits, (reads >= 0).sum(axis=1)
        hidden[:, c] = (reads == 1).sum(axis=1) - hits
        for i in range(count):
            tallies[i].append(recall.Tally(str(c), int(found[i]), (int(hits[i]),), (SAMPLE,), (int(pools[i]),)))
    for i in range(count):
        said = recall.recall_statements(tallies[i], design=recall.Design.PLANNED)
        right[i] = all(s.missed_at_most is None or h <= s.missed_at_most for s, h in zip(said, hidden[i], strict=True))
    return float(right.mean())


def table(measure: Callable[..., float], count: int, scenarios: tuple[Scenario, ...] = SCENARIOS) -> list[float]:
    """One coverage for each scenario; each scenario has a seed of its own."""
    return [measure(scenario, count, np.random.default_rng([2026, i])) for i, scenario in enumerate(scenarios)]


def main() -> None:
    """Print the table of docs/recall.md."""
    methods = (planned, anytime, whole_groups)
    columns = [table(method, 2000) for method in methods]
    print("| prevalence | detector recall | clustered | planned | anytime | whole groups |\n|---|---|---|---|---|---|")
    for scenario, *values in zip(SCENARIOS, *columns, strict=True):
        cells = " | ".join(f"{value:.3f}" for value in values)
        where = "yes" if scenario.clustered else "no"
        print(f"| {scenario.prevalence:.0%} | {scenario.recall:.2f} | {where} | {cells} |")
    print("lowest:", *(f"{method.__name__} {min(column):.3f}" for method, column in zip(methods, columns, strict=True)))
    some = tuple(Scenario(p, r, c) for p in (0.02, 0.1) for r in (0.5, 0.9) for c in (False, True))
    for method, count in ((together, 300), (peeking, 400), (sequential, 400)):
        print(method.__name__, *(f"{value:.3f}" for value in table(method, count, some)))


if __name__ == "__main__":
    main()
