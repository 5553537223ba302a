from __future__ import annotations

import pytest

from codering.practice import Kind, compare
from tests.practice.helpers import NO, YES, mark, material


def kinds(place, *given, **more):
    return [(one.kind, one.code, one.wrong) for one in compare(material(**more), place, given)]


@pytest.mark.parametrize(
    ("place", "given", "found"),
    [
        (("noord", 6), (), []),
        (("noord", 2), ("many",), [(Kind.RIGHT, "many", False)]),
        (("noord", 2), (), [(Kind.MISSED, "many", True)]),
        (("noord", 6), ("many",), [(Kind.EXTRA, "many", True)]),
        (("noord", 2), ("busy",), [(Kind.SIBLING, "many", True)]),
        (("noord", 2), ("load",), [(Kind.GENERAL, "many", True)]),
        (("noord", 2), ("many", "busy"), [(Kind.RIGHT, "many", False), (Kind.EXTRA, "busy", True)]),
        (("noord", 2), ("strict",), [(Kind.MISSED, "many", True), (Kind.EXTRA, "strict", True)]),
    ],
)
def test_every_kind_of_difference(place, given, found):
    assert kinds(place, *(mark(*place, code) for code in given)) == found


def test_the_stance_is_told_apart_from_the_code():
    assert kinds(("noord", 5), mark("noord", 5, "busy", YES)) == [(Kind.STANCE, "busy", True)]
    assert kinds(("noord", 5), mark("noord", 5, "busy", NO)) == [(Kind.RIGHT, "busy", False)]


def test_giving_both_stances_is_not_right_about_either():
    both = (mark("noord", 5, "busy", YES), mark("noord", 5, "busy", NO))
    assert kinds(("noord", 5), *both) == [(Kind.STANCE, "busy", True)]


def test_other_words_of_the_turn_are_told_but_do_not_count():
    assert kinds(("noord", 4), mark("noord", 4, "busy", start=20, end=30)) == [(Kind.BOUNDARY, "busy", False)]
    assert kinds(("noord", 4), mark("noord", 4, "busy")) == [(Kind.RIGHT, "busy", False)]


def test_where_the_coders_disagreed_an_answer_of_one_of_them_is_not_wrong():
    place = ("noord", 2)
    others = {"A": {place: (mark(*place, "many"),)}, "B": {place: ()}}
    (missed,) = compare(material(others=others), place, ())
    assert (missed.kind, missed.contested, missed.wrong) == (Kind.MISSED, True, False)
    (extra,) = [
        one for one in compare(material(others=others), place, (mark(*place, "strict"),)) if one.kind is Kind.EXTRA
    ]
    assert extra.wrong, "nobody gave this code"


def test_a_disagreement_about_another_turn_excuses_nothing():
    others = {"A": {("zuid", 2): (mark("zuid", 2, "many"),)}, "B": {("zuid", 2): ()}}
    (missed,) = compare(material(others=others), ("noord", 2), ())
    assert missed.wrong
