"""What counts as drawn at random, who counts as the reader, and how many turns carry a code in all."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom

from codering import recall
from codering.errors import CoderingError
from codering.recall import Sample, Tally, Trial, between_anytime, estimates, hidden_at_most_anytime
from codering.recall.anytime import PRIOR_HITS, PRIOR_MISSES, anytime_p, columns, likely_total, ruled_out
from tests.test_recall import Acts, counted, group

TWO = (group("een", 6), group("twee", 6))
"""Ten turns of participants: 2 to 6 of each."""


def sample(*places: tuple[str, int], since: str = "") -> Sample:
    return Sample(places, since)


# What counts as drawn at random


def test_only_the_unbroken_beginning_of_the_order_counts():
    acts = Acts()
    acts.read("een", 2, drawn="random")
    acts.read("twee", 3)  # read for another reason before it was drawn: not skipped, and not drawn
    acts.code("een", 4, drawn="random")
    acts.read("een", 4, drawn="random")
    acts.read("een", 6, drawn="random")  # (twee, 5) was skipped
    drawn = sample(("een", 2), ("twee", 3), ("een", 4), ("twee", 5), ("een", 6), ("twee", 2))
    (tally,) = recall.tally(TWO, acts.made, ["a"], "eva", drawn)
    assert (tally.drawn, tally.hits, tally.unused, tally.found) == ((2, 0), (1, 0), 1, 1)
    assert tally.trials == (Trial(10, 0, hit=False), Trial(8, 0, hit=True))
    assert (tally.pool, tally.left) == (8, 6)
    acts.read("twee", 5, drawn="random")
    (tally,) = recall.tally(TWO, acts.made, ["a"], "eva", drawn)
    assert (tally.drawn, tally.unused) == ((3, 1), 0)


def test_a_turn_that_was_answered_but_not_read_is_skipped_for_the_other_codes():
    acts = Acts()
    acts.code("een", 2, "a", drawn="random")
    acts.read("twee", 2, drawn="random")
    drawn = sample(("een", 2), ("twee", 2))
    a, b = recall.tally(TWO, acts.made, ["a", "b"], "eva", drawn)
    assert (a.drawn, a.unused, b.drawn, b.unused) == ((1, 1), 0, (0, 0), 1)


def test_what_was_read_before_the_last_transcript_came_is_known_and_not_drawn():
    acts = Acts()
    acts.read("een", 2, drawn="random")
    acts.code("een", 3, drawn="random")
    since = "2026-04-14T10:02:00"
    acts.read("een", 3, drawn="random")
    acts.read("twee", 2, drawn="random")
    drawn = recall.random_sample(TWO, acts.made, 1, since=since)
    assert ("een", 2) not in drawn.order
    assert len(drawn.order) == 9
    assert drawn.order == recall.reading_order(set(recall.participants_turns(TWO)) - {("een", 2)}, 1)
    chosen = sample(("een", 3), ("twee", 2), since=since)
    a, b = recall.tally(TWO, acts.made, ["a", "b"], "eva", chosen)
    assert (a.drawn, b.drawn) == ((0, 1), (1, 1))  # for a, (een, 3) was known before


def test_without_additions_the_sample_is_of_all_turns_with_words():
    assert recall.random_sample(TWO, Acts().made, 7).order == recall.reading_order(recall.participants_turns(TWO), 7)


def test_a_reader_who_skips_what_is_hard_flatters_the_tags_and_not_the_bound():
    """300 projects of 118 turns, of which a detector found a third; the reader leaves out most of the rest."""
    rng = np.random.default_rng(11)
    transcripts = (group("een", 60), group("twee", 60))
    order = recall.reading_order(recall.participants_turns(transcripts), 3)
    held = {"by tag": 0, "unbroken": 0}
    for _ in range(300):
        carries = {place for place in order if rng.random() < 0.15}
        acts = Acts()
        for place in sorted(carries):
            if rng.random() < 0.3:
                acts.code(*place)
        for place in (order[n] for n in range(80)):
            if place in carries and rng.random() < 0.7:
                continue
            if place in carries:
                acts.code(*place, drawn="random")
            acts.read(*place, drawn="random")
        # Which turns carry the code is drawn anew each time, so one order will do.
        for name, drawn in (("by tag", None), ("unbroken", Sample(order))):
            (tally,) = recall.tally(transcripts, acts.made, ["a"], "eva", drawn)
            most = hidden_at_most_anytime(tally.trials) if tally.trials else tally.found + tally.left
            held[name] += most >= len(carries)
    assert held["unbroken"] / 300 >= 0.95
    assert held["by tag"] / 300 < 0.8


# Who counts as the reader


def test_a_team_s_readings_count_together():
    eva, bo = Acts("eva"), Acts("bo")
    eva.read("een", 2, drawn="random")
    eva.code("een", 3)
    bo.read("een", 2, drawn="random")
    bo.code("een", 2)
    bo.read("twee", 2, drawn="random")
    made = [*eva.made, *bo.made]
    (team,) = recall.tally(TWO, made, ["a"], None)
    assert (team.found, team.drawn, team.hits, team.left) == (2, (1, 1), (1, 0), 7)
    (alone,) = recall.tally(TWO, made, ["a"], "eva")
    assert (alone.found, alone.drawn, alone.hits, alone.left) == (1, (1, 0), (0, 0), 8)


def test_a_theme_is_seen_in_a_turn_that_carries_one_of_its_codes_and_absent_only_when_read():
    acts = Acts()
    acts.code("een", 2, "a")
    acts.withdraw(acts.code("een", 3, "a"))
    acts.code("een", 4, "b", drawn="random")
    acts.read("een", 5, drawn="random")
    acts.code("een", 6, "c")
    theme, other = recall.tally(TWO, acts.made, {"thema": ("a", "b"), "ander": ("c",)}, "eva")
    assert (theme.code, theme.found, theme.drawn, theme.hits, theme.left) == ("thema", 2, (2, 0), (1, 0), 7)
    assert (other.code, other.found, other.drawn, other.left) == ("ander", 1, (1, 0), 8)


# Both ends


def capital(trials: Sequence[Trial], total: int) -> float:
    """Independent: what a gambler has who bets turn by turn, in plain Python."""
    won, expected, weight = 1.0, 0.0, 0.0
    for number, trial in enumerate(trials):
        left = min(max((expected / weight - trial.found) / trial.pool, 0), 1) if weight else 0.0
        bet = (number * left + PRIOR_HITS) / (number + PRIOR_HITS + PRIOR_MISSES)
        share = (total - trial.found) / trial.pool
        chance = share if trial.hit else 1 - share
        won *= (bet if trial.hit else 1 - bet) / chance if chance > 0 else math.inf
        expected, weight = expected + trial.hit + trial.found / trial.pool, weight + 1 / trial.pool
    return won


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2)), min_size=1, max_size=40), st.integers(0, 60))
def test_the_capital_is_that_of_a_gambler_who_bets_what_is_left_to_be_found(draws, unread):
    """Between two draws up to two other turns are read, one of which carries the code."""
    pool, found, trials = sum(1 + others for _, others in draws) + unread, 0, []
    for hit, others in draws:
        trials.append(Trial(pool, found, hit))
        pool, found = pool - 1 - others, found + hit + (others == 2)
    table = columns(trials)
    for total in range(found, found + pool + 1):
        p = ruled_out(*table, total)
        if p < 1:
            assert p == pytest.approx(min(1.0, 1 / capital(trials, total)), rel=1e-9, abs=1e-12)


def test_without_hits_the_capital_is_the_prior_divided_by_the_posterior():
    """Waudby-Smith and Ramdas's martingale for a beta-binomial prior, by Bayes' rule with SciPy."""
    trials = [Trial(100 - n, 0, hit=False) for n in range(30)]
    totals = np.arange(101)
    prior = betabinom.pmf(totals, 100, PRIOR_HITS, PRIOR_MISSES)
    likelihood = np.prod([np.clip(1 - totals / trial.pool, 0, 1) for trial in trials], axis=0)
    posterior = prior * likelihood / (prior * likelihood).sum()
    table = columns(trials)
    assert ruled_out(*table, 8) == pytest.approx(posterior[8] / prior[8])
    assert 0.02 < ruled_out(*table, 8) < 1


@settings(deadline=None)
@given(st.integers(0, 20), st.integers(0, 15), st.integers(0, 60), st.integers(0, 60), st.sampled_from([0.8, 0.95]))
def test_both_ends_are_the_last_totals_that_are_not_ruled_out(before, hits, misses, unread, confidence):
    if not hits + misses:
        return
    trials = counted(before + hits, hits, hits + misses, hits + misses + unread).trials
    low, high = between_anytime(trials, confidence)
    assert high == hidden_at_most_anytime(trials, confidence)
    assert before + hits <= low <= high
    assert anytime_p(trials, high) > 1 - confidence
    # Of the totals below, the nearest is ruled out; the capital against it by brute force.
    if low > before + hits:
        assert 1 / capital(trials, low - 1) <= 1 - confidence


# How many in all


def test_an_estimate_is_the_count_and_the_share_of_the_random_turns():
    (said,) = estimates([counted(50, 10, 100, 500)])
    assert (said.reviewed, said.total, said.drawn, said.hits, said.left) == (50, 50 + 40.0, 100, 10, 400)
    assert 50 <= said.low < said.total < said.high < 450
    assert said.reason is None
    (wide,) = estimates([counted(50, 10, 100, 500)], confidence=0.99)
    assert wide.low <= said.low
    assert wide.high > said.high


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), min_size=1, max_size=12), st.integers(0, 20))
def test_the_estimate_is_the_likeliest_total_by_brute_force(draws, more):
    """Each draw a hit or not, with so many suggestions accepted before it."""
    size = sum(1 + accepted for _, accepted in draws) + more
    found = known = 0
    trials = []
    for hit, accepted in draws:
        found, known = found + accepted, known + accepted
        trials.append(Trial(size - known, found, hit))
        found, known = found + hit, known + 1
    totals = range(found, found + size - known + 1)
    odds = {
        t: math.prod((t - one.found if one.hit else one.pool - t + one.found) / one.pool for one in trials)
        for t in totals
    }
    assert odds[int(likely_total(trials))] == pytest.approx(max(odds.values()))


def test_suggestions_that_are_answered_in_between_do_not_raise_the_estimate():
    """480 turns, 96 with the code, of which suggestions find 93; after each random turn one suggestion is answered."""
    dice = np.random.default_rng(4)
    totals, shares = [], []
    for _ in range(60):
        carried, known = np.arange(480) < 96, np.zeros(480, dtype=bool)
        suggested, trials, found = list(dice.permutation(93)), [], 0
        for turn in dice.permutation(480).tolist():
            if known[turn] or len(trials) == 120:
                continue
            trials.append(Trial(480 - int(known.sum()), found, bool(carried[turn])))
            known[turn], found = True, found + int(carried[turn])
            while suggested and known[suggested[-1]]:
                suggested.pop()
            if suggested:
                known[suggested.pop()], found = True, found + 1
        hits, left = sum(one.hit for one in trials), 480 - int(known.sum())
        (said,) = estimates([Tally("a", found, (hits,), (120,), (120 + left,), tuple(trials))])
        assert said.low <= said.total <= said.high
        totals.append(said.total)
        shares.append(found + left * hits / 120)
    assert np.mean(shares) > 110, "what the share of hits would give"
    assert 94 < np.mean(totals) < 99


def test_without_random_turns_there_is_no_estimate_but_a_certain_interval():
    (said,) = estimates([counted(9, 0, 0, 100)])
    assert math.isnan(said.total)
    assert (said.low, said.high, said.reason) == (9, 109, recall.saying.UNREAD)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_is_a_share_between_0_and_1(confidence):
    with pytest.raises(CoderingError, match="between 0 and 1"):
        estimates([counted(50, 10, 100, 500)], confidence)


def test_when_all_was_read_the_count_is_the_total():
    (said,) = estimates([counted(30, 4, 100, 100)])
    assert (said.total, said.low, said.high, said.reason) == (30.0, 30, 30, None)


def test_whole_groups_give_an_approximate_interval_and_one_group_none():
    (said,) = estimates([Tally("a", 12, (4, 6, 0), (40, 40, 0), (40, 40, 40))])
    assert said.reason == recall.saying.ASSUMES_GROUPS
    assert said.total == 12 + 40 * 10 / 80
    assert 12 <= said.low <= said.total <= said.high <= 52
    (one,) = estimates([Tally("a", 12, (4, 0), (40, 0), (40, 40))])
    assert (one.low, one.high) == (12, 52)


def test_the_interval_holds_as_often_as_it_says():
    """400 projects of 600 turns; stopped as soon as the interval leaves out a hasty reader's first guess."""
    rng, held = np.random.default_rng(5), 0
    for _ in range(400):
        truth = rng.random(600) < 0.06
        reading = rng.permutation(truth)
        trials: list[Trial] = []
        for n in range(200):
            trials.append(Trial(600 - n, int(reading[:n].sum()), bool(reading[n])))
            if n % 20 == 19:
                low, high = between_anytime(trials)
                if not low <= 36 <= high:
                    break
        held += low <= truth.sum() <= high
    assert held / 400 >= 0.95
