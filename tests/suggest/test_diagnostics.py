from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import power_divergence

from codering.codebooks import Code, Codebook, Example, Label, Rule, Theme
from codering.codings import Coding, Stance
from codering.patterns import Context, Phrase, Word
from codering.suggest.diagnostics import (
    candidates,
    examples_table,
    failures,
    keywords,
    remarkable,
    rule_reports,
    run_examples,
    scores,
    tables,
)
from codering.suggest.keyness import log_likelihood
from codering.suggest.rules import RuleSuggester
from codering.texts import Texts
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn


def a_rule(name, *forms, **more):
    return Rule(f"a.{name}", "omdat", Word(forms), **{"weight": 1.0, **more})


def book(*rules, **more):
    code = Code("a", Label("Aa", "Ay"), "", "t", rules=rules, **more)
    return Codebook("k", Label("k", "k"), (Theme(Code("t", Label("T", "T"), "", "t"), (code,)),))


def talk(*texts, name="groep"):
    turns = tuple(
        Turn(n, "M" if text.startswith("M:") else "P", text.removeprefix("M:")) for n, text in enumerate(texts, 1)
    )
    return Transcript(name, turns, (Speaker("P"), Speaker("M", Role.MODERATOR)))


def coding(turn, *, code="a", stance=Stance.CONFIRMS, transcript="groep"):
    return Coding(Segment(transcript, turn, 0, 1), code, stance, "ik", f"{transcript}{turn}{code}", "d", "added")


# --- examples --------------------------------------------------------------------------------------------------------


def test_examples_are_run():
    codebook = book(
        a_rule("goed", "rood", matches=("rood",), misses=("blauw",)),
        a_rule("fout", "groen", matches=("geel",), misses=("groen gras",)),
        examples=(Example("rood"), Example("niet rood"), Example("paars"), Example("geen rood", Stance.DENIES)),
        near_misses=(Example("oranje"), Example("rood vlees")),
    )
    results = run_examples(codebook)
    assert [(r.kind, r.text) for r in results if not r.passed] == [
        ("yes", "geel"),
        ("no", "groen gras"),
        ("example", "niet rood"),
        ("example", "paars"),
        ("near miss", "rood vlees"),
    ]
    assert Counter(r.binding for r in results) == {True: 4, False: 6}
    problems = failures(codebook)
    assert problems == failures(results)
    assert [problem.source for problem in problems] == ["a.fout", "a.fout"]
    assert "groen" in str(problems[0])
    assert "de regel moet ‘geel’ vinden" in problems[0].translated(Texts("nl").translate)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rood en geel", "'unless'"),
        ("Hoe is het rood bij jullie?", "score"),
        ("niets", "not found: rood"),
    ],
)
def test_why_an_example_is_not_found(text, says):
    codebook = book(a_rule("r", "rood", unless=(Word(("geel",)),), weight=0.6, matches=(text,)))
    (result,) = run_examples(codebook)
    assert says in str(result.why)


def test_what_a_phrase_lacks_is_named():
    rule = Rule("a.r", "x", Phrase((Word(("te",)), Word(("veel", "zat")), Word(("mens",)))), matches=("te veel",))
    (result,) = run_examples(book(rule))
    assert "te veel|zat mens" in str(result.why)


def test_examples_of_contextual_rules_take_the_context_for_granted():
    asked = Context(question=Word(("caseload",)), previous=("a",), speaker=(("x", "y"),), longest=1)
    codebook = book(
        a_rule("r", "last", context=asked, matches=("ik heb last",)),
        a_rule("i", "precies", context=Context(inherit=True), matches=("ja precies",)),
        near_misses=(Example("last van mijn rug"),),
    )
    assert all(result.passed for result in run_examples(codebook))


def test_examples_table():
    table = examples_table(run_examples(book(a_rule("r", "rood", matches=("rood", "geel"), misses=("wit",)))))
    assert table.rows == (("a", 1, 2, 1, 1, 0, 0, 0, 0),)


# --- keyness ---------------------------------------------------------------------------------------------------------


def test_published_value():
    assert log_likelihood(100, 50, 10_000, 10_000) == pytest.approx(16.9899, abs=5e-5)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1000, 9000), st.integers(1000, 9000))
def test_keyness_is_the_g_test_of_scipy_on_the_word(here, there, words_here, words_there):
    """Rayson and Garside take two of the four cells: the word itself, not all other words."""
    if here + there == 0:
        assert log_likelihood(here, there, words_here, words_there) == 0
        return
    expected = [words * (here + there) / (words_here + words_there) for words in (words_here, words_there)]
    by_scipy = power_divergence([here, there], expected, lambda_="log-likelihood").statistic
    assert log_likelihood(here, there, words_here, words_there) == pytest.approx(by_scipy, abs=1e-9)


def test_keyness_without_words_is_undefined():
    assert math.isnan(log_likelihood(0, 0, 0, 10))


def test_keywords_are_lemmas_that_several_turns_hold():
    here = ["de dossiers wegwerken", "weer een dossier", "die dossiers"]
    others = ["de dag van de week is weer een dag"] * 40
    (word,) = keywords(here, others)
    assert (word.word, word.here, word.there, word.turns) == ("dossier", 3, 0, 3)
    assert keywords([" ".join(here)], others) == ()
    assert keywords(here, []) == ()


# --- reports ---------------------------------------------------------------------------------------------------------


def test_scores():
    found = scores({1, 2, 3}, {2, 3, 4, 5})
    assert (found.precision, found.recall, found.f1) == (2 / 3, 2 / 4, 4 / 7)
    assert all(map(math.isnan, (scores(set(), set()).precision, scores(set(), set()).recall, scores(set(), set()).f1)))


def test_rule_reports():
    codebook = book(
        a_rule("rood", "rood"),
        a_rule("kleur", "rood", "blauw"),
        a_rule("ander", "rood", stance=Stance.DENIES, weight=0.5),
        a_rule("vraag", "groen"),
        a_rule("nooit", "paars"),
        a_rule("na", "wit", context=Context(previous=("a",))),
    )
    transcript = talk("M:groen", "rood", "blauw", "wit", "iets heel anders nu", "wit")
    unread = talk("blauw", name="ongelezen")
    suggestions = RuleSuggester(codebook).suggest([transcript, unread])
    codings = [coding(2), coding(3, stance=Stance.DENIES)]
    reports = {r.rule: r for r in rule_reports(codebook, [transcript, unread], suggestions, codings)}
    kleur = reports["a.kleur"]
    assert (kleur.fired, kleur.suggested, kleur.judged, kleur.right, kleur.shared) == (3, 3, 2, 1, 1)
    assert kleur.precision == 0.5
    assert (kleur.partner, reports["a.rood"].partner, reports["a.vraag"].partner) == ("a.rood", "a.kleur", "")
    assert (reports["a.ander"].fired, reports["a.ander"].suggested, reports["a.ander"].conflicts) == (1, 0, 1)
    assert (reports["a.na"].fired, reports["a.na"].suggested) == (2, 1)
    assert str(reports["a.rood"].remark) == "other rules read the other stance"
    assert str(reports["a.vraag"].remark) == "fires on the moderator only"
    assert str(reports["a.nooit"].remark) == "never fires"
    assert reports["a.nooit"].dead
    assert math.isnan(reports["a.nooit"].precision)


def test_remarks_on_what_is_wrong_or_superfluous():
    codebook = book(a_rule("een", "rood"), a_rule("twee", "rood", "blauw"))
    transcript = talk(*["rood"] * 6, "blauw")
    suggestions = RuleSuggester(codebook).suggest([transcript])
    right = rule_reports(codebook, [transcript], suggestions, [coding(n) for n in range(1, 8)])
    assert [str(r.remark) for r in right] == ["finds nothing that other rules do not find", "None"]
    wrong = rule_reports(codebook, [transcript], suggestions, [coding(7)])
    assert str(wrong[0].remark) == "wrong more often than right"


def test_candidates_come_from_turns_that_no_rule_found():
    missed = ["de dossiers wegwerken", "weer een dossier", "die dossiers toch"]
    transcript = talk(*missed, "rood", *["de dag van de week is weer een dag"] * 40)
    codebook = book(a_rule("r", "rood"))
    suggestions = RuleSuggester(codebook).suggest([transcript])
    (found,) = candidates(codebook, [transcript], suggestions, [coding(n) for n in (1, 2, 3, 4)])
    assert (found.code, found.missed, found.keyword.word) == ("a", 3, "dossier")


def test_common_words_are_no_candidates():
    here = ["die dossiers die dag", "die dossiers die week", "die dossiers die dag"] * 4
    others = ["die dag gaat het anders en die week ervoor ook"] * 60
    assert [word.word for word in keywords(here, others)] == ["dossier"]
    assert "die" in [word.word for word in keywords(here, others, times=1)]


def test_what_to_look_at_first():
    codebook = book(a_rule("goed", "rood", matches=("rood",)), a_rule("nooit", "paars"))
    rules, _ = tables(codebook, [talk("rood")], RuleSuggester(codebook).suggest([talk("rood")]), [])
    assert [row[0] for row in remarkable(rules).rows] == ["a.nooit", "a.goed"]
    assert remarkable(examples_table(run_examples(codebook))).rows == ()
    failing = book(a_rule("fout", "rood", matches=("geel",)))
    assert len(remarkable(examples_table(run_examples(failing))).rows) == 1


def test_tables_speak_the_language():
    codebook = book(a_rule("r", "rood"))
    transcript = talk("rood")
    rules, words = tables(codebook, [transcript], RuleSuggester(codebook).suggest([transcript]), [], language="en")
    assert rules.rows[0][:4] == ("a.r", "Ay", 1, 1)
    assert next(rules.records())["precision"] is None
    assert words.rows == ()
    dutch = tables(codebook, [transcript], [], [])[0]
    assert (dutch.rows[0][1], Texts("nl")(dutch.title)) == ("Aa", "Regels")
