"""The tool that measures learned suggestions on coded groups."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from codering.codebooks import Code, Codebook, Label, Rule, Theme
from codering.codings import Stance
from codering.patterns import Word
from codering.suggest.learning.evaluation import Setting, evaluate
from codering.suggest.learning.scores import scores_of
from codering.transcripts import Role, Speaker, Transcript, Turn
from tools.measure_learning import HEADER, Way, figures, left_out, lessons_of, line, only, remembered, ways
from tools.score_rules import Corpus

CODE = Code("c", Label("c", "c"), "", "t", rules=(Rule("c.r", "", Word(("rood",))),))
BOOK = Codebook("b", Label("b", "b"), (Theme(Code("t", Label("t", "t"), "", "t"), (CODE,)),))
RED = ("de deur is rood", "een rood dak", "rood vind ik mooi", "alles was rood")
PINK = ("een roze wolk", "roze is het ook")
OTHER = ("de tuin is groot", "het regent weer", "wij eten soep", "morgen is er markt", "de bus rijdt niet")


def talk(name):
    """Six coded turns, two of which no rule finds, and five others."""
    said = [("P", f"{text} in {name}") for text in (*RED, *PINK, *OTHER)]
    turns = tuple(Turn(n, who, text) for n, (who, text) in enumerate((("M", "Welke kleur?"), *said), 1))
    return Transcript(name, turns, (Speaker("P"), Speaker("M", Role.MODERATOR)), group=name)


def corpus(*names):
    wanted = frozenset((name, turn, "c", "bevestigt") for name in names for turn in range(2, 8))
    return Corpus("x", tuple(map(talk, names)), wanted | {("nergens", 2, "c", "bevestigt")})


@pytest.fixture(scope="module")
def lessons():
    return lessons_of(BOOK, {"development": corpus("aa", "bb"), "test": corpus("cc")})


def test_groups_are_read_as_a_whole_but_for_the_moderator(lessons):
    assert len(lessons.codings) == 18
    assert ("aa", 1) not in lessons.read
    assert len(lessons.read) == 33
    assert {one.stance for one in lessons.codings} == {Stance.CONFIRMS}
    assert len(lessons.suggestions) == 12


def test_where_nothing_is_decided_the_rules_decide(lessons):
    whole = left_out(Way("rules", Setting(BOOK), decided=False), lessons)
    assert {(place, code) for place, code, _ in whole.chosen} == {
        ((one.segment.transcript, one.segment.turn), one.code) for one in lessons.suggestions
    }
    theme_f1, *_ = figures(scores_of(whole))
    assert theme_f1 == pytest.approx(2 * 12 / (12 + 18))


def test_learning_is_measured_as_evaluate_measures_it(lessons):
    found = figures(scores_of(left_out(Way("learned", Setting(BOOK)), lessons)))
    score = evaluate(Setting(BOOK), lessons).score
    assert found[0] == score("", "theme").f1
    assert found[2] == score("", "code").f1
    assert found[3] == score("c", "code").average_precision


def test_some_transcripts_are_scored_alone_and_few_turns_have_no_average_precision(lessons):
    whole = left_out(Way("rules", Setting(BOOK), decided=False), lessons)
    scores = scores_of(only(whole, {"cc"}))
    assert next(one.support for one in scores if one.level == "code" and one.code == "c") == 6
    assert np.isnan(figures(scores)[3])
    assert not np.isnan(figures(scores_of(whole))[3])


def test_a_row_has_a_figure_for_each_column_and_no_text(lessons):
    row = line(Way("rules", Setting(BOOK), decided=False), lessons, {"cc"})
    assert row.count("|") == HEADER[0].count("|") == HEADER[1].count("|")
    assert row.startswith("| rules | 0.80 | ")
    assert "rood" not in row


def test_ways_with_vectors_need_an_encoder(lessons):
    reference = replace(lessons, codings=())
    assert [way.setting.encode for way in ways(BOOK, reference, None)] == [None] * 4
    assert sum(way.setting.encode is not None for way in ways(BOOK, reference, lambda texts: np.zeros(len(texts)))) == 3


def test_each_text_is_encoded_once():
    asked = []

    def encode(texts):
        asked.extend(texts)
        return np.array([[len(text)] for text in texts], dtype=float)

    again = remembered(encode)
    assert again(["a", "bb", "a"]).tolist() == [[1], [2], [1]]
    assert again(["bb", "ccc"]).tolist() == [[2], [3]]
    assert asked == ["a", "bb", "ccc"]
