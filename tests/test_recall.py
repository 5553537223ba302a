"""How much was missed: published values, properties, and how often the bounds hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

from benchmarks.recall_coverage import SCENARIOS, anytime, planned, table, together, whole_groups
from codering import recall
from codering.codings import Decision, Stance, Verdict
from codering.errors import CoderingError
from codering.recall import Correction, Design, Tally, Trial, recall_statements
from codering.recall.anytime import anytime_p
from codering.recall.bounds import hypergeometric_p, too_many
from codering.texts import texts
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn


def group(name: str, turns: int) -> Transcript:
    """The moderator asks first; the rest is said by Anna."""
    speakers = (Speaker("Mo", Role.MODERATOR), Speaker("Anna"))
    said = tuple(Turn(n, "Mo" if n == 1 else "Anna", f"Dit is beurt {n}.") for n in range(1, turns + 1))
    return Transcript(name, said, speakers)


class Acts:
    """Decisions as one coder makes them, in order."""

    def __init__(self, coder: str = "eva") -> None:
        self.coder = coder
        self.made: list[Decision] = []

    def _add(self, verdict: Verdict, place: tuple[str, int] | None, **values) -> Decision:
        segment = Segment(*place, 0, 5) if place else None
        time = f"2026-04-14T10:{len(self.made):02d}:00"
        self.made.append(Decision(f"{self.coder}{len(self.made)}", self.coder, time, verdict, segment, **values))
        return self.made[-1]

    def read(self, name: str, turn: int, drawn: str = "") -> Decision:
        return self._add(Verdict.READ, (name, turn), drawn=drawn)

    def code(self, name: str, turn: int, code: str = "a", drawn: str = "") -> Decision:
        return self._add(Verdict.ADD, (name, turn), code=code, stance=Stance.CONFIRMS, drawn=drawn)

    def withdraw(self, decision: Decision) -> Decision:
        return self._add(Verdict.WITHDRAW, None, target=decision.id)


def counted(found: int, hits: int, drawn: int, pool: int, code: str = "a") -> Tally:
    """Hits come first; what was found otherwise was found before; spread over two groups."""
    before = found - hits
    trials = tuple(Trial(pool - i, before + min(i, hits), hit=i < hits) for i in range(drawn))
    half = drawn // 2
    return Tally(code, found, (hits, 0), (drawn - half, half), (pool - pool // 2, pool // 2), trials)


# Published and reference values ---------------------------------------------------------------------------------


def test_clopper_pearson_has_the_published_values():
    assert recall.clopper_pearson(12, 40) == pytest.approx((0.1656, 0.4653), abs=5e-5)
    assert recall.clopper_pearson(0, 60) == pytest.approx((0, 0.0596), abs=5e-5)
    assert recall.clopper_pearson(60, 60)[1] == 1
    assert all(map(math.isnan, recall.clopper_pearson(0, 0)))


def test_the_one_sided_bound_of_no_hits_is_the_rule_of_three_made_exact():
    assert recall.elusion_at_most(0, 60) == pytest.approx(1 - 0.05 ** (1 / 60))
    assert recall.elusion_at_most(0, 60, 0.975) == pytest.approx(recall.clopper_pearson(0, 60)[1])
    assert math.isnan(recall.elusion_at_most(0, 0))


@pytest.mark.parametrize(
    ("labels", "size", "values"),
    [
        ([1] * 20 + [0] * 80, 200, {0.95: 0.307263, 0.9: 0.169167, 0.8: 0.027451}),
        ([1] * 50 + [0] * 150, 400, {0.95: 0.185385, 0.9: 0.033698, 0.8: 0.000583}),
    ],
)
def test_the_sequential_test_has_the_values_of_its_authors(labels, size, values):
    for target, value in values.items():
        assert recall.sequential_test(labels, size, target) == pytest.approx(value, abs=5e-7)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 1), min_size=1, max_size=30), st.integers(0, 30), st.sampled_from([0.8, 0.9, 0.95]))
def test_the_sequential_test_is_the_smallest_over_all_cuts(labels, unread, target):
    size, seen = len(labels) + unread, sum(labels)
    if not seen:
        assert math.isnan(recall.sequential_test(labels, size, target))
        return
    least = 1.0
    for cut in range(len(labels)):
        hidden = too_many(seen, target) - sum(labels[:cut])
        possible = hidden <= size - cut
        chance = hypergeom.cdf(sum(labels[cut:]), size - cut, hidden, len(labels) - cut) if possible else 0.0
        least = min(least, chance)
    assert recall.sequential_test(labels, size, target) == pytest.approx(least, abs=1e-12)


def test_the_sequential_test_refuses_more_reading_than_there_is():
    with pytest.raises(CoderingError, match="More turns were read"):
        recall.sequential_test([1, 0], 1)


def test_holm_has_the_values_of_r():
    given_p = (0.01, 0.04, math.nan, 0.03, 0.005)
    assert recall.holm(given_p) == pytest.approx((0.03, 0.06, math.nan, 0.06, 0.02), nan_ok=True)
    assert recall.bonferroni(given_p) == pytest.approx((0.04, 0.16, math.nan, 0.12, 0.02), nan_ok=True)
    assert recall.holm((0.01,), 10) == pytest.approx((0.1,))
    assert recall.holm(()) == ()


@pytest.mark.parametrize("target", [2, 0, -1, math.nan])
def test_a_target_that_no_recall_can_have_is_refused_also_where_nothing_was_found(target):
    with pytest.raises(CoderingError, match="A target must lie above 0"):
        recall_statements([], target=target)


def test_a_target_is_counted_in_fractions():
    assert [too_many(9, 0.9), too_many(18, 0.9), too_many(19, 0.95), too_many(7, 1)] == [11, 21, 21, 8]
    with pytest.raises(CoderingError, match="target"):
        too_many(9, 1.1)


# Bounds -----------------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 120), st.data())
def test_the_planned_bound_inverts_the_exact_test(pool, data):
    drawn = data.draw(st.integers(0, pool))
    hits = data.draw(st.integers(0, drawn))
    most = recall.hidden_at_most(hits, drawn, pool)
    assert hits <= most <= pool - (drawn - hits)
    error = 1 - 0.95  # just above .05 in binary, and some chances are exactly .05
    assert hypergeometric_p(hits, drawn, pool, most) > error
    assert hypergeometric_p(hits, drawn, pool, most + 1) <= error


def test_the_planned_bound_is_sharper_than_the_endless_pool_and_meets_it():
    assert recall.hidden_at_most(2, 60, 200) < recall.elusion_at_most(2, 60) * 200
    endless = recall.hidden_at_most(2, 60, 1_000_000) / 1_000_000
    assert endless == pytest.approx(recall.elusion_at_most(2, 60), rel=1e-3)
    assert recall.hidden_at_most(3, 200, 200) == 3
    assert recall.hidden_at_most(0, 0, 200) == 200


def test_impossible_counts_are_refused():
    with pytest.raises(CoderingError, match="cannot be"):
        recall.hidden_at_most(4, 3, 10)
    with pytest.raises(CoderingError, match="cannot be"):
        recall.clopper_pearson(-1, 3)


def test_the_anytime_bound_is_wider_than_the_planned_one_and_ends_at_the_truth():
    tally = counted(found=23, hits=3, drawn=100, pool=400)
    assert recall.hidden_at_most_anytime(tally.trials) - 20 >= recall.hidden_at_most(3, 100, 400)
    whole = counted(found=23, hits=3, drawn=400, pool=400)
    assert recall.hidden_at_most_anytime(whole.trials) == 23
    with pytest.raises(CoderingError):
        recall.hidden_at_most_anytime(())


@settings(deadline=None, max_examples=40)
@given(st.lists(st.booleans(), min_size=1, max_size=25), st.integers(0, 15), st.integers(0, 9))
def test_the_anytime_bound_is_the_last_total_that_is_not_ruled_out(hits, unread, before):
    size = len(hits) + unread
    trials = tuple(Trial(size - i, before + sum(hits[:i]), hit) for i, hit in enumerate(hits))
    most = recall.hidden_at_most_anytime(trials)
    assert before + sum(hits) <= most <= before + sum(hits) + unread
    assert anytime_p(trials, most) > 0.05
    assert all(anytime_p(trials, total) <= 0.05 for total in range(most + 1, before + sum(hits) + unread + 1))


def test_the_capital_against_the_truth_is_a_fair_game():
    """Expected capital over all orders of 2 hits in 6 turns is 1: what Ville's inequality rests on."""
    orders = [[n in (i, j) for n in range(6)] for i in range(6) for j in range(i)]
    capitals = []
    for hits in orders:
        pool, found, hit = recall.anytime.columns([Trial(6 - i, sum(hits[:i]), h) for i, h in enumerate(hits[:4])])
        share, before = (2 - found) / pool, np.concatenate(([0], np.cumsum(hit)[:-1]))
        bet = (before + recall.anytime.PRIOR_HITS) / (np.arange(4) + 10.5)
        capitals.append(
            np.prod(np.where(hit == 1, bet / np.where(hit == 1, share, 1), (1 - bet) / (1 - share * (hit == 0))))
        )
    # Where no hits can be left, capital is lost on purpose: the game is fair or worse, never better.
    assert np.mean(capitals) <= 1 + 1e-12
    assert np.mean(capitals) > 0.9


# Groups -----------------------------------------------------------------------------------------------------------


def test_the_design_effect_of_equal_groups_is_one_and_of_opposite_groups_their_size():
    assert recall.design_effect([5, 5, 5, 5], [50] * 4) == 0
    assert recall.design_effect([50, 0] * 50, [50, 50] * 50) == pytest.approx(50, rel=0.02)
    assert math.isnan(recall.design_effect([0, 0], [50, 50]))
    assert math.isnan(recall.design_effect([5], [50]))


def test_independent_turns_have_a_design_effect_of_about_one():
    rng = np.random.default_rng(1)
    hits = rng.binomial(100, 0.1, 2000)
    assert recall.design_effect(hits.tolist(), [100] * 2000) == pytest.approx(1, abs=0.1)


def test_few_groups_tell_little():
    assert recall.effective_sample([1, 2], [50, 50]) < 10
    assert recall.effective_sample([1] * 40, [5] * 40) > 120
    assert math.isnan(recall.effective_sample([3], [100]))
    assert recall.hidden_at_most_clustered([3], [100], 500) == 403
    wide = recall.hidden_at_most_clustered([0] * 6, [50] * 6, 800)
    assert wide > recall.hidden_at_most(0, 300, 800)


# Drawing and counting -----------------------------------------------------------------------------------------------


def test_the_order_is_the_same_for_the_same_seed_and_each_beginning_is_spread():
    places = [("een", n) for n in range(1, 101)] + [("twee", n) for n in range(1, 301)]
    order = recall.reading_order(places, 7)
    assert order == recall.reading_order(reversed(places), 7)
    assert sorted(order) == sorted(places)
    assert order != recall.reading_order(places, 8)
    for size in (4, 40, 111, 200):
        first = sum(place[0] == "een" for place in recall.drawn_at_random(places, size, 7))
        assert abs(first - size / 4) <= 1


def test_the_order_is_fixed_for_ever():
    """A project that was half read goes on as it began; if this fails, seeds of earlier projects lose their meaning."""
    assert recall.reading_order([("groep", n) for n in range(1, 7)], 1) == tuple(("groep", n) for n in FIXED_ORDER)


FIXED_ORDER = (3, 5, 4, 1, 6, 2)


def test_every_turn_is_as_likely_to_be_drawn():
    places = [("een", n) for n in range(1, 8)] + [("twee", n) for n in range(1, 14)]
    counts = dict.fromkeys(places, 0)
    for seed in range(2000):
        for place in recall.drawn_at_random(places, 5, seed):
            counts[place] += 1
    assert all(400 <= count <= 600 for count in counts.values())


def test_a_tally_counts_what_was_drawn_apart_from_what_was_found():
    acts = Acts()
    acts.code("een", 2)
    acts.read("een", 3)
    acts.code("een", 4, drawn="random")
    acts.read("een", 4, drawn="random")
    acts.read("twee", 2, drawn="random")
    acts.read("een", 2, drawn="random")
    (tally,) = recall.tally([group("een", 6), group("twee", 6)], acts.made, ["a"], "eva")
    assert (tally.found, tally.hits, tally.drawn, tally.pools) == (2, (1, 0), (1, 1), (3, 5))
    assert tally.trials == (Trial(8, 1, hit=True), Trial(7, 2, hit=False))
    assert (tally.pool, tally.left) == (8, 6)


def test_a_turn_decided_for_one_code_is_unread_for_another():
    acts = Acts()
    acts.code("een", 2, "b")
    acts.read("een", 2, drawn="random")
    a, b = recall.tally([group("een", 6)], acts.made, ["a", "b"], "eva")
    assert (a.found, sum(a.drawn), b.found, sum(b.drawn)) == (0, 1, 1, 0)


def test_what_was_withdrawn_another_coders_and_the_moderators_turns_do_not_count():
    acts, other = Acts(), Acts("bo")
    acts.withdraw(acts.code("een", 2))
    acts.read("een", 1, drawn="random")
    acts.code("een", 1)
    other.code("een", 3)
    (tally,) = recall.tally([group("een", 6)], [*acts.made, *other.made], ["a"], "eva")
    assert (tally.found, tally.drawn, tally.pools) == (0, (0,), (5,))


def test_leaving_out_a_group_that_should_have_been_drawn_from_is_noticed():
    whole = Tally("a", 3, (1, 0), (20, 0), (20, 20))
    assert whole.by_whole_groups
    assert not Tally("a", 3, (1, 0), (4, 0), (20, 20)).by_whole_groups
    (said,) = recall_statements([whole])
    assert said.design is Design.GROUPS
    assert said.more is None
    assert recall.saying.ASSUMES_GROUPS in said.messages


# Statements ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("design", [Design.ANYTIME, Design.PLANNED])
@pytest.mark.parametrize(
    ("found", "hits", "drawn", "pool"), [(40, 0, 50, 600), (200, 1, 0 + 90, 600), (60, 6, 60, 400)]
)
def test_after_so_many_more_turns_it_is_established_and_not_one_sooner(design, found, hits, drawn, pool):
    tally = counted(found, hits, drawn, pool)
    (before,) = recall_statements([tally], design=design)
    assert not before.established
    for extra, expected in ((before.more, True), (before.more - 1, False)):
        longer = Tally(
            "a",
            found,
            tally.hits,
            (drawn + extra, 0),
            (pool, 0),
            (*tally.trials, *(Trial(pool - drawn - i, found, hit=False) for i in range(extra))),
        )
        (after,) = recall_statements([longer], design=design)
        assert after.established is expected, extra
        assert (after.recall_at_least >= 0.9) is expected


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 60), st.integers(0, 6), st.integers(0, 80), st.integers(0, 60), st.sampled_from(list(Design)[:2]))
@example(9, 0, 0, 1, Design.ANYTIME)
def test_established_means_that_the_bound_reaches_the_target(before, hits, misses, unread, design):
    tally = counted(before + hits, hits, hits + misses, hits + misses + unread)
    (said,) = recall_statements([tally], design=design)
    if math.isnan(said.recall_at_least):
        assert said.reason is not None
    else:
        assert said.established is (said.recall_at_least >= 0.9 - 1e-12)
        # The bound counts whole turns, the estimate fractions: with one turn left to read they can lie a turn apart.
        if said.left and not said.drawn:  # the turns left give a bound; without random ones there is no estimate
            assert math.isnan(said.recall_estimate)
        else:
            assert tally.found / said.recall_estimate - tally.found < (said.missed_at_most or 0) + 1
    assert said.established is (said.more == 0 and bool(tally.found))
    assert said.missed_at_most is None or 0 <= said.missed_at_most <= tally.left


def test_nothing_drawn_and_nothing_found_are_undefined_with_a_reason():
    unread, nothing = recall_statements([counted(9, 0, 0, 100), counted(0, 0, 50, 100)])
    assert math.isnan(unread.recall_at_least)
    assert unread.reason == recall.saying.UNREAD
    assert math.isnan(nothing.p)
    assert nothing.reason == recall.saying.NOTHING
    assert nothing.missed_at_most is not None
    assert not unread.established
    assert not nothing.established


def test_reading_everything_establishes_it():
    (said,) = recall_statements([counted(30, 4, 100, 100)])
    assert (said.established, said.missed_at_most, said.recall_at_least, said.p) == (True, 0, 1.0, 0.0)


def test_more_codes_ask_for_more_reading_and_holm_for_less_than_bonferroni():
    one, many = counted(300, 0, 150, 600), [counted(300, 0, 150, 600, str(i)) for i in range(10)]
    alone = recall_statements([one], design=Design.PLANNED)[0]
    assert alone.p < recall_statements(many, design=Design.PLANNED)[0].p
    mixed = [counted(500, 0, 200, 600), counted(70, 0, 150, 600, "b")]
    holm, plain = (recall_statements(mixed, design=Design.PLANNED, correction=c) for c in list(Correction)[:2])
    assert holm[0].established
    assert not holm[1].established
    assert holm[0].recall_at_least >= 0.9
    assert holm[1].more < plain[1].more


def test_a_confidence_must_be_a_share():
    with pytest.raises(CoderingError, match="confidence"):
        recall_statements([counted(9, 0, 10, 100)], confidence=95)
    with pytest.raises(CoderingError, match="whole focus groups"):
        recall.more_to_read(counted(9, 0, 10, 100), 0.9, 0.05, Design.GROUPS)


def test_the_statement_reads_well_in_dutch():
    dutch = texts("nl").translate
    done, short = recall_statements(
        [counted(200, 1, 300, 500), counted(40, 2, 60, 500)], design=Design.ANYTIME, correction=Correction.NONE
    )
    assert done.headline.translated(dutch) == (
        "Met 95% zekerheid is minstens 90% van de beurten met deze code gevonden."
    )
    said = " ".join(message.translated(dutch) for message in short.messages)
    assert said.startswith("Niet aangetoond:")
    assert "Willekeurig gelezen: 60 beurten; daarvan hadden er 2 deze code." in said
    for statement in (done, short):
        assert all(str(m) != m.translated(dutch) for m in statement.messages)


# Coverage -----------------------------------------------------------------------------------------------------------


def margin(count: int) -> float:
    """Three standard errors below 95%: what chance alone may cost."""
    return 0.95 - 3 * math.sqrt(0.95 * 0.05 / count)


@pytest.mark.parametrize("measure", [planned, anytime, whole_groups])
def test_the_bounds_hold_as_often_as_they_say(measure):
    assert min(table(measure, 300, SCENARIOS[3::9])) >= margin(300)


def test_a_bound_that_is_too_sharp_would_be_noticed():
    assert min(table(lambda s, n, rng: planned(s, n, rng, 0.7), 300, SCENARIOS[3::9])) < margin(300)


def test_statements_on_many_codes_hold_together():
    assert min(table(together, 60, SCENARIOS[4::20])) >= margin(60)


@pytest.mark.slow
@pytest.mark.parametrize("measure", [planned, anytime])
def test_the_bounds_hold_in_every_scenario(measure):
    assert min(table(measure, 400)) >= margin(400)
