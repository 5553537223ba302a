"""Evaluation: on groups that are made up here, and on counts that are worked out by hand."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, f1_score

from codering.codings import Coding, Stance
from codering.errors import SuggestionError
from codering.suggest.learning import scores
from codering.suggest.learning.curve import learning_curve
from codering.suggest.learning.data import Targets
from codering.suggest.learning.evaluation import Evaluation, Setting, evaluate
from codering.transcripts import Transcript
from tests.suggest.test_learned import READ, codebook, coding, lessons, rules, truth


@pytest.fixture(scope="module")
def result() -> Evaluation:
    return evaluate(Setting(codebook()), lessons(others=()))


def test_groups_that_were_left_out_are_scored(result):
    found = result.score("systeem", "theme")
    assert (result.groups, result.folds) == (4, 4)
    assert found.f1 > 0.7
    assert found.f1_low <= found.f1 <= found.f1_high
    assert found.average_precision_low <= found.average_precision <= found.average_precision_high
    assert found.support == sum(o.code == "systeem" for t in READ for o in truth(t))
    assert found.learned == 4
    assert found.expected == pytest.approx(found.carried, rel=0.35)
    assert result.score("", "theme").support == result.score("", "code").support


def test_what_cannot_be_known_is_undefined(result):
    score = result.score("last_reistijd", "code")
    assert score.support == score.suggested == score.learned == 0
    assert all(math.isnan(x) for x in (score.f1, score.precision, score.recall, score.average_precision, score.f1_low))


def test_the_same_again_is_the_same(result):
    again = evaluate(Setting(codebook()), lessons(others=()))
    assert repr(again) == repr(result)


def test_the_answer_is_not_looked_up():
    """Codes by dice in groups whose words name their turn: learned by heart is not learned."""
    dice = random.Random(5)
    codings = [coding(t, p.number, "systeem") for t in READ for p in t.participant_turns() if dice.random() < 0.3]
    found = evaluate(Setting(codebook()), lessons(others=(), codings=codings))
    assert found.score("systeem", "theme").average_precision < 0.6


def test_nor_is_it_looked_up_in_a_reference_that_holds_the_same_groups():
    dice = random.Random(3)
    right = {(o.segment.transcript, o.segment.turn) for t in READ for o in truth(t) if o.code == "systeem"}
    noisy = [
        coding(t, p.number, "systeem")
        for t in READ
        for p in t.participant_turns()
        if ((t.name, p.number) in right) != (dice.random() < 0.25)
    ]
    own = lessons(others=(), codings=noisy)
    renamed = {t.name: f"kopie {t.name}" for t in READ}
    elsewhere = replace(
        own,
        transcripts=tuple(replace(t, name=renamed[t.name], group=None) for t in READ),
        codings=tuple(replace(c, segment=replace(c.segment, transcript=renamed[c.segment.transcript])) for c in noisy),
        read=frozenset((renamed[name], turn) for name, turn in own.read),
    )
    alone, beside = (evaluate(Setting(codebook(), reference=one), own) for one in (None, elsewhere))
    gained = beside.score("systeem", "theme").average_precision - alone.score("systeem", "theme").average_precision
    assert gained < 0.1, "with the answers in sight it was .26"


def test_the_curve_asks_for_nothing_in_turns_that_were_not_read():
    """Who answers suggestions and marks nothing as read decides about codes, not about whole turns."""
    whole = lessons(others=())
    some = frozenset(sorted(whole.read)[::2])
    among = tuple(one for one in whole.codings if (one.segment.transcript, one.segment.turn) in some)
    all_, asked = (
        learning_curve(Setting(codebook()), replace(whole, read=some, codings=codings), sizes=(50,)).points
        for codings in (whole.codings, among)
    )
    assert all_ == asked


def test_two_groups_are_refused_with_the_reason():
    with pytest.raises(SuggestionError, match="at least 3 groups; there are 2"):
        evaluate(Setting(codebook()), lessons(READ[:2], ()))


def test_groups_that_share_long_turns_are_one():
    twin = Transcript("e", READ[0].turns, READ[0].speakers)
    with pytest.raises(SuggestionError, match="there are 2"):
        evaluate(Setting(codebook()), lessons((READ[0], twin, READ[1]), ()))


def test_rules_decide_where_nothing_could_be_learned():
    codings = [one for t in READ for one in truth(t) if one.code == "last_dossiers"][:4]
    found = evaluate(Setting(codebook()), lessons(others=(), hits=rules(*READ), codings=codings))
    score = found.score("last_dossiers", "code")
    assert score.learned == 0
    assert score.suggested == len(rules(*READ))


def test_two_people_stand_beside_on_the_turns_that_both_read():
    second = lessons(READ[:2], (), codings=[one for t in READ[:2] for one in truth(t)][::2])
    found = evaluate(Setting(codebook()), lessons(others=()), beside=second).score("", "code")
    first = len([one for t in READ[:2] for one in truth(t)])
    half = math.ceil(first / 2)
    assert found.human_f1 == pytest.approx(2 * half / (first + half))


def test_the_table_leaves_out_what_nobody_gave(result):
    table = result.table()
    assert "last_reistijd" not in {row[0] for row in table.rows}
    assert len({len(row) for row in table.rows}) == 1
    assert "4 groups" in str(table.notes[0])


class TestScores:
    """Counts against scikit-learn's."""

    def counted(self):
        turns = 60
        dice = np.random.default_rng(0)
        targets = Targets(("thema", "een", "twee"), (0, 0, 0))
        given, chosen = set(), set()
        for turn in range(turns):
            for code in ("een", "twee"):
                for some in (given, chosen):
                    if dice.random() < 0.4:
                        some.add((("t", turn), code, list(Stance)[dice.integers(2)]))
        truth = np.zeros((turns, 3), dtype=np.int8)
        for (_, turn), code, _ in given:
            truth[turn, [0, targets.codes.index(code)]] = 1
        scored = dice.random((turns, 3))
        row = {("t", turn): turn for turn in range(turns)}
        groups = tuple(f"g{turn % 5}" for turn in range(turns))
        return scores.Tested(
            targets, row, groups, truth, scored, given, chosen, None, np.zeros(turns, bool), np.zeros(3, int)
        )

    def test_a_turn_counts_where_code_and_stance_agree(self):
        tested = self.counted()
        found = {(s.code, s.level): s for s in scores.scores_of(tested)}
        for code in ("een", "twee"):
            true = [((t, 1), s) for (_, t), c, s in tested.given if c == code]
            cells = [((turn, 1), stance) for turn in range(60) for stance in Stance]
            told = {((t, 1), s) for (_, t), c, s in tested.chosen if c == code}
            expected = f1_score([cell in set(true) for cell in cells], [cell in told for cell in cells])
            assert found[code, "code"].f1 == pytest.approx(expected)

    def test_a_theme_is_found_where_any_of_its_codes_is(self):
        tested = self.counted()
        found = {(s.code, s.level): s for s in scores.scores_of(tested)}["thema", "theme"]
        given, chosen = ({(place, stance) for place, _, stance in some} for some in (tested.given, tested.chosen))
        assert (found.support, found.suggested, found.agreed) == (len(given), len(chosen), len(given & chosen))

    def test_average_precision_is_scikit_learns(self):
        tested = self.counted()
        found = {(s.code, s.level): s for s in scores.scores_of(tested)}["een", "code"]
        assert found.average_precision == pytest.approx(
            average_precision_score(tested.truth[:, 1], tested.scored[:, 1])
        )
        assert found.average_precision_low < found.average_precision < found.average_precision_high

    def test_calibration_is_nothing_for_the_truth_and_much_for_its_opposite(self):
        tested = self.counted()
        right = scores.Tested(
            tested.targets, tested.row, tested.groups, tested.truth, tested.truth.astype(float), tested.given,
            tested.chosen, None, tested.both, tested.learned,
        )  # fmt: skip
        wrong = scores.Tested(
            tested.targets, tested.row, tested.groups, tested.truth, 1.0 - tested.truth, tested.given, tested.chosen,
            None, tested.both, tested.learned,
        )  # fmt: skip
        assert scores.scores_of(right)[-1].calibration_error == 0
        assert scores.scores_of(wrong)[-1].calibration_error == 1

    def test_too_few_groups_make_no_interval(self):
        tested = self.counted()
        one_group = scores.Tested(
            tested.targets, tested.row, ("g",) * 60, tested.truth, tested.scored, tested.given, tested.chosen, None,
            tested.both, tested.learned,
        )  # fmt: skip
        assert all(math.isnan(score.f1_low) for score in scores.scores_of(one_group))


def test_the_curve_begins_with_rules_and_ends_with_everything_read():
    taught = lessons(others=(), hits=rules(*READ))
    curve = learning_curve(Setting(codebook()), taught, sizes=(0, 30, 1000))
    points = {(p.order, p.turns): p for p in curve.points}
    given = {(one.segment.transcript, one.segment.turn) for t in READ for one in truth(t)}
    told = {(one.segment.transcript, one.segment.turn) for one in rules(*READ)}
    assert points["random", 0].theme_f1 == pytest.approx(2 * len(given & told) / (len(given) + len(told)))
    assert points["random", 1000].theme_f1 == points["mix", 1000].theme_f1 > points["random", 0].theme_f1
    assert [row[0] for row in curve.table().rows] == [0, 30, 1000] * 2


def test_a_denial_that_is_suggested_as_experienced_is_not_found():
    codings = [
        Coding(o.segment, o.code, Stance.DENIES, "eva", o.id, o.id, "added") if o.code == "systeem" else o
        for t in READ
        for o in truth(t)
    ]
    found = evaluate(Setting(codebook()), lessons(others=(), codings=codings))
    assert found.score("systeem", "theme").f1 < 0.2
    assert found.score("systeem", "theme").average_precision > 0.7
