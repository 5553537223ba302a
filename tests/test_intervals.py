from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm, t

from codering.analysis.frequencies import Measure, frequencies
from codering.analysis.intervals import (
    FEWEST_GROUPS,
    NO_SPREAD,
    TOO_FEW,
    Speakers,
    draws,
    expanded,
    share_intervals,
    speakers,
)
from codering.codings import Stance
from tests.test_frequencies import BOOK, TALK, coding


def said(groups: list[int], hits: list[list[float]]) -> Speakers:
    names = tuple((f"t{g}", f"s{i}") for i, g in enumerate(groups))
    return Speakers(names, np.array(groups, dtype=np.intp), np.array(hits, dtype=float), np.ones(len(groups)))


def test_speakers_are_laid_out_as_they_are_counted():
    coded = [coding("a1", turn, 0, 4) for turn in (2, 3, 4, 5)] + [coding("b1", 1, 0, 4, stance=Stance.DENIES)]
    laid = speakers(TALK, BOOK, coded, ["last", "regels"])
    assert [name for name, _ in laid.names] == ["a1", "a1", "a1", "b1", "b1"]
    assert laid.hits.tolist() == [[1, 0], [0, 0], [0, 0], [0, 0], [0, 0]]
    turns = speakers(TALK, BOOK, coded, ["last"], measure=Measure.TURNS)
    assert turns.hits[:, 0].tolist() == [3, 1, 0, 0, 0]
    assert turns.sizes.tolist() == [3, 1, 1, 1, 1]
    (theme, *_) = frequencies(TALK, BOOK, coded)
    assert theme.participants == laid.hits[:, 0].sum()
    assert theme.turns == turns.hits[:, 0].sum()


def test_draws_are_whole_groups_of_participants():
    groups = np.array([0, 0, 0, 1, 1, 2], dtype=np.intp)
    drawn = draws(groups, 4000, np.random.default_rng(1))
    sizes = [3, 2, 1]
    for label, size in enumerate(sizes):
        times = drawn[:, groups == label].sum(axis=1)
        assert set((times % size).tolist()) == {0}
        assert (times / size).mean() == pytest.approx(1, abs=0.05)
    assert (sum(drawn[:, groups == label].sum(axis=1) // size for label, size in enumerate(sizes)) == 3).all()


def by_hand(groups: list[int], hits: list[float], resamples: int) -> tuple[float, float]:
    """The same interval, one draw at a time."""
    generator = np.random.default_rng(7)
    members = {g: [h for h, own in zip(hits, groups, strict=True) if own == g] for g in set(groups)}
    names = sorted(members)
    shares = []
    for _ in range(resamples):
        drawn: list[float] = []
        for name in generator.choice(names, len(names)):
            drawn.extend(generator.choice(members[int(name)], len(members[int(name)])))
        shares.append(sum(drawn) / len(drawn))
    low, high = np.percentile(shares, expanded(len(names)))
    return float(low), float(high)


def test_the_interval_is_that_of_an_independent_implementation():
    generator = np.random.default_rng(2)
    groups = [g for g in range(8) for _ in range(int(generator.integers(4, 8)))]
    hits = (generator.random(len(groups)) < 0.4).astype(float).tolist()
    (found,) = share_intervals(said(groups, [[h] for h in hits]), resamples=6000)
    low, high = by_hand(groups, hits, 6000)
    assert found.low == pytest.approx(low, abs=0.03)
    assert found.high == pytest.approx(high, abs=0.03)


def test_few_groups_and_no_spread_give_no_interval_but_a_reason():
    few = [g for g in range(FEWEST_GROUPS - 1) for _ in range(5)]
    (found,) = share_intervals(said(few, [[float(i % 2)] for i in range(len(few))]))
    assert math.isnan(found.low)
    assert found.reason == TOO_FEW
    enough = [g for g in range(FEWEST_GROUPS) for _ in range(5)]
    none, every, some = share_intervals(said(enough, [[0.0, 1.0, float(i % 2)] for i in range(len(enough))]))
    assert none.reason == every.reason == NO_SPREAD
    assert some.reason is None


@pytest.mark.parametrize("groups", [2, 5, 8, 20, 200])
def test_expanded_percentiles_make_a_normal_bootstrap_as_wide_as_the_t_interval(groups):
    """A bootstrap's standard error divides by n instead of n - 1; Student's t makes up for the estimated variance."""
    low, high = expanded(groups)
    assert low + high == pytest.approx(100)
    reach = float(norm.isf(low / 100)) * math.sqrt((groups - 1) / groups)
    assert reach == pytest.approx(float(t.isf(0.025, groups - 1)))
