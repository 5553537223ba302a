"""What a changed codebook brings; the short way must give what the long way gives."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest

from codering.codebooks import Code, Codebook, Label, Rule, Theme
from codering.codings import Stance
from codering.errors import Message
from codering.patterns import AnyOf, Block, Context, Word
from codering.project.finding import transcript_files
from codering.readers import read
from codering.readers.codebook import read_codebook
from codering.resources import codebook_path, samples_path
from codering.suggest.changes import Rehearsal, compare, diff, difference_table, unchanged
from codering.suggest.rules import RuleSuggester
from codering.texts import Texts
from codering.transcripts import Role, Speaker, Transcript, Turn


def a_rule(name, *forms, **more):
    return Rule(f"a.{name}", "omdat", Word(forms), **{"weight": 1.0, **more})


def book(*rules, blocks=()):
    code = Code("a", Label("Aa", "Ay"), "", "t", rules=rules)
    return Codebook("k", Label("k", "k"), (Theme(Code("t", Label("T", "T"), "", "t"), (code,)),), blocks)


def talk(*texts, name="groep"):
    turns = tuple(
        Turn(n, "M" if text.startswith("M:") else "PQ"[n % 2], text.removeprefix("M:"))
        for n, text in enumerate(texts, 1)
    )
    return Transcript(name, turns, (Speaker("P"), Speaker("Q"), Speaker("M", Role.MODERATOR)))


def test_what_a_change_brings():
    before = book(a_rule("r", "rood", "geel"), a_rule("w", "wit"))
    after = book(a_rule("r", "rood", "blauw"), a_rule("w", "wit", stance=Stance.DENIES))
    transcript = talk("rood", "geel", "niet blauw", "wit")
    difference = diff(before, after, [transcript])
    assert [(c.segment.turn, c.stance, c.rules) for c in difference.gained] == [(3, Stance.DENIES, ("a.r",))]
    assert [c.segment.turn for c in difference.lost] == [2]
    (turned,) = difference.changed
    assert (turned.segment.turn, turned.before, turned.stance) == (4, Stance.CONFIRMS, Stance.DENIES)
    assert difference.kept == 1
    table = difference_table(difference, [transcript], {"a": "Aa"})
    confirms, denies = Message("confirms"), Message("denies")  # in the reader's language
    assert [row[1:] for row in table.rows] == [
        ("groep", 3, "Aa", denies, "a.r", "niet blauw"),
        ("groep", 2, "Aa", confirms, "a.r", "geel"),
        ("groep", 4, "Aa", denies, "a.w", "wit"),
    ]
    said = table.notes[0].translated(Texts("nl").translate)
    assert said == "1 erbij, 1 eraf, 1 met een andere houding; 1 blijven zoals ze zijn."
    nothing = diff(before, before, [transcript])
    assert (nothing.gained, nothing.lost, nothing.changed, nothing.kept) == ((), (), (), 3)


def test_a_rule_is_as_it_was_only_if_nothing_it_uses_changed():
    inner, outer = ("binnen", Word(("rood",))), ("buiten", AnyOf((Block("binnen"), Word(("wit",)))))
    by_block = Rule("a.blok", "", Block("buiten"))
    asked = a_rule("vraag", "ja", context=Context(question=Block("buiten")))
    sees = a_rule("ziet", "zo", context=Context(previous=("a",)))
    plain = a_rule("gewoon", "groen")
    before = book(by_block, asked, sees, plain, blocks=(inner, outer))
    after = book(by_block, asked, sees, plain, blocks=(("binnen", Word(("roze",))), outer))
    assert unchanged(before, before) == {"a.blok", "a.vraag", "a.gewoon"}
    assert unchanged(before, after) == {"a.gewoon"}
    moved = book(replace(plain, unless=(Block("buiten"),)), blocks=(inner, outer))
    assert unchanged(before, moved) == frozenset()


def test_no_rule_is_as_it_was_if_a_topic_changed():
    plain, on = a_rule("gewoon", "groen"), a_rule("op", "ja", context=Context(topic=Block("open")))
    before = book(plain, on, blocks=(("open", Word(("rood",))),))
    assert unchanged(before, before) == {"a.gewoon", "a.op"}
    assert unchanged(before, book(plain, on, blocks=(("open", Word(("wit",))),))) == frozenset()
    assert unchanged(before, book(plain, blocks=before.blocks)) == frozenset()


@pytest.fixture(scope="module")
def sam():
    return read_codebook(codebook_path())


@pytest.fixture(scope="module")
def groups():
    return [read(path).transcript for path, _ in islice(transcript_files([samples_path()]), 3)]


@pytest.fixture(scope="module")
def before(sam, groups):
    return RuleSuggester(sam).suggest(groups)


@pytest.fixture(scope="module")
def rehearsal(sam, groups):
    return Rehearsal(sam, groups)


def changed_rules(codebook, change):
    """The codebook with rules of some codes changed."""
    themes = tuple(
        replace(
            theme,
            own=replace(theme.own, rules=change(theme.own)),
            codes=tuple(replace(c, rules=change(c)) for c in theme.codes),
        )
        for theme in codebook.themes
    )
    return replace(codebook, themes=themes)


CHANGES = {
    "nothing": lambda book: book,
    "a rule gone": lambda book: changed_rules(book, lambda c: c.rules[1:] if c.theme == "caseload" else c.rules),
    "all denied": lambda book: changed_rules(
        book, lambda c: tuple(replace(r, stance=Stance.DENIES) for r in c.rules) if c.id == "pi_output" else c.rules
    ),
    "topics gone": lambda book: changed_rules(
        book, lambda c: tuple(r for r in c.rules if c.theme != "caseload" or r.context is None)
    ),
    "weights": lambda book: changed_rules(book, lambda c: tuple(replace(r, weight=0.41) for r in c.rules[::-1])),
    "a block": lambda book: replace(book, blocks=tuple((n, Word(("mensen",))) for n, _ in book.blocks)),
    "new words": lambda book: changed_rules(
        book,
        lambda c: (
            (*c.rules, Rule("cl_omvang.nieuw", "", Word(("eigenlijk", "gewoon")))) if c.id == "cl_omvang" else c.rules
        ),
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_short_way_gives_what_the_long_way_gives(rehearsal, sam, groups, before, change):
    changed = change(sam)
    long_way = RuleSuggester(changed).suggest(groups)
    assert sorted(one.id for one in rehearsal.suggest(changed)) == sorted(one.id for one in long_way)
    assert rehearsal.difference(changed) == compare(before, long_way)


def test_what_others_see_changes_along():
    """A rule that did not change suggests something else, because another one did."""
    after_all = a_rule("na", "precies", context=Context(inherit=True))
    before = book(a_rule("r", "rood"), after_all)
    transcript = talk("rood is het helemaal", "precies", "blauw is het helemaal", "precies")
    difference = Rehearsal(before, [transcript]).difference(book(a_rule("r", "blauw"), after_all))
    assert [change.segment.turn for change in difference.gained] == [3, 4]
    assert [change.segment.turn for change in difference.lost] == [1, 2]
