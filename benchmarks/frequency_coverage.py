"""How often intervals and tests of :mod:`codering.analysis` are right in simulated projects.

``python -m benchmarks.frequency_coverage`` writes the tables of docs/frequencies.md and docs/waves.md. Groups have 5 to
7 participants; each participant says a thing with a chance that differs between places by a beta distribution of the
intraclass correlation in the table (0: the same everywhere). Places that are visited twice keep their chance.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from codering.analysis.bridging import Topic
from codering.analysis.differences import difference_intervals
from codering.analysis.intervals import Speakers, share_intervals
from codering.analysis.panels import Panel
from codering.analysis.permutation import contrasts, deals, p_values
from codering.transcripts import Speaker, Transcript, Turn

ROUNDS, PROJECTS = 5, 200
"""Rounds with group sizes and draws of their own, and projects in each that share them."""
PREVALENCES = (0.1, 0.3, 0.5)
CLUSTERING = (0.0, 0.1, 0.3)

Floats = NDArray[np.float64]


def chances(prevalence: float, icc: float, shape: tuple[int, int], rng: np.random.Generator) -> Floats:
    """By place and project, the chance that a participant says it."""
    if icc == 0:
        return np.full(shape, prevalence)
    total = 1 / icc - 1
    return rng.beta(prevalence * total, (1 - prevalence) * total, size=shape)


def sizes(groups: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """By participant, the group."""
    return np.repeat(np.arange(groups), rng.integers(5, 8, size=groups))


def share_coverage(groups: int, prevalence: float, icc: float) -> tuple[float, float, float]:
    """Of the projects with an interval, in how many it holds the truth; its median width; projects without one."""
    rng = np.random.default_rng(1)
    held, widths, without = [], [], 0
    for seed in range(ROUNDS):
        group_of = sizes(groups, rng)
        hits = rng.random((len(group_of), PROJECTS)) < chances(prevalence, icc, (groups, PROJECTS), rng)[group_of]
        names = tuple((str(g), str(i)) for i, g in enumerate(group_of))
        said = Speakers(names, group_of, hits.astype(float), np.ones(len(group_of)))
        for interval in share_intervals(said, seed=seed):
            if interval.reason is not None:
                without += 1
                continue
            held.append(interval.low - 1e-12 <= prevalence <= interval.high + 1e-12)
            widths.append(interval.high - interval.low)
    return float(np.mean(held)), float(np.median(widths)), without / (ROUNDS * PROJECTS)


def difference_coverage(places: int, icc: float, *, paired: bool) -> tuple[float, float]:
    """The same for the difference between two waves (.3, then .5): share of projects that hold it, median width."""
    rng = np.random.default_rng(2)
    held, widths = [], []
    topics = tuple(Topic(str(i), (str(i),)) for i in range(PROJECTS))
    for seed in range(ROUNDS):
        base = chances(0.3, icc, (places, PROJECTS), rng)
        later = base if paired else chances(0.3, icc, (places, PROJECTS), rng)
        # Everybody's chance rises by the same amount on the scale from silent to certain: (1 - p) shrinks to 5/7.
        both = np.concatenate([base, 1 - (1 - later) * 5 / 7])
        group_of = sizes(2 * places, rng)
        hits = (rng.random((len(group_of), PROJECTS)) < both[group_of]).astype(float)
        names = [f"p{i % places}" if paired else f"p{i}" for i in range(2 * places)]
        held_in = tuple(
            Transcript(str(i), (Turn(1, "A", "x"),), (Speaker("A"),), wave=str(i // places), group=name)
            for i, name in enumerate(names)
        )
        waves = np.repeat([0, 1], places)
        panel = Panel(("0", "1"), held_in, waves, topics, hits, hits * 0, group_of, (frozenset(),) * PROJECTS)
        repeated = tuple(dict.fromkeys(names)) if paired else ()
        for one in difference_intervals(panel, np.arange(2 * places), waves.tolist(), repeated, seed=seed):
            held.append(one.low <= 0.2 <= one.high)
            widths.append(one.high - one.low)
    return float(np.mean(held)), float(np.median(widths))


def errors_and_power(places: int, *, paired: bool, projects: int = 400, codes: int = 20) -> tuple[float, float]:
    """Projects with a false alarm where nothing changed; projects that show the one code that rose from .2 to .7."""
    rng = np.random.default_rng(3)
    names = [f"p{i % places}" if paired else f"p{i}" for i in range(2 * places)]
    dealt = deals([0] * places + [1] * places, names)
    alarms = found = 0
    for _ in range(projects):
        people = rng.integers(5, 8, size=2 * places).astype(float)
        base = chances(0.3, 0.1, (places, codes), rng)
        both = np.concatenate([base, base if paired else chances(0.3, 0.1, (places, codes), rng)])
        hits = rng.binomial(people.astype(int)[:, None], both).astype(float)
        _, together = p_values(contrasts(hits, people, dealt, (-1, 1)))
        alarms += bool(np.nanmin(together) <= 0.05)
        hits[:places, 0] = rng.binomial(people[:places].astype(int), 0.2)
        hits[places:, 0] = rng.binomial(people[places:].astype(int), 0.7)
        _, together = p_values(contrasts(hits, people, dealt, (-1, 1)))
        found += bool(together[0] <= 0.05)
    return alarms / projects, found / projects


def main() -> None:
    """Write the tables."""
    print("| groups | " + " | ".join(f"{p:.0%}, icc {icc:g}" for p in PREVALENCES for icc in CLUSTERING) + " |")
    for groups in (5, 6, 8, 12, 20):
        cells = [share_coverage(groups, p, icc) for p in PREVALENCES for icc in CLUSTERING]
        print(f"| {groups} | " + " | ".join(f"{held:.3f} ({width:.2f})" for held, width, _ in cells) + " |", flush=True)
    print("\n| places | paired | icc | coverage | median width |")
    for paired in (True, False):
        for places in (5, 8, 12):
            for icc in CLUSTERING:
                held, width = difference_coverage(places, icc, paired=paired)
                print(f"| {places} | {'yes' if paired else 'no'} | {icc:g} | {held:.3f} | {width:.2f} |", flush=True)
    print("\n| groups | projects with a false alarm | a rise from .2 to .7 is shown |")
    for paired, places in ((True, 4), (True, 6), (True, 8), (True, 12), (False, 4), (False, 6), (False, 10)):
        alarms, power = errors_and_power(places, paired=paired)
        what = f"{places} places, each twice" if paired else f"{places} and {places}"
        print(f"| {what} | {alarms:.3f} | {power:.2f} |", flush=True)


if __name__ == "__main__":
    main()
