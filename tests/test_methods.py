"""The paragraph for the methods section claims nothing that was not worked out."""

from __future__ import annotations

from dataclasses import replace

from codering.analysis.methods import Conduct, methods_paragraph
from tests.test_contrasting import book, code, comparison

GIVEN = {"A": dict.fromkeys(range(1, 7), "x"), "B": dict.fromkeys(range(1, 6), "x")}


def said(compared, **how) -> str:
    return "\n".join(
        map(str, methods_paragraph(compared, Conduct(blind=True, **{"turns": 36, "groups": 3} | how), language="en"))
    )


def test_without_intervals_nothing_is_said_of_their_lower_ends():
    text = said(comparison(book(code("x")), GIVEN))
    assert "0.67" not in text
    assert "95%" not in text
    assert "there is no interval" in text
    with_them = said(comparison(book(code("x")), GIVEN, ("g", "h", "i", "j")))
    assert "95% CI" in with_them
    assert "Intervals are 95% intervals over focus groups" in with_them
    assert "there is no interval" not in with_them


def test_of_three_coders_it_is_not_said_that_each_read_what_two_read():
    names = ("g", "h", "i")
    three = comparison(book(code("x")), {**GIVEN, "C": GIVEN["A"]}, names)
    assert "A, B and C each coded 36 turns" in said(three)
    part = frozenset(place for place in three.read["C"] if place[0] == "g")
    text = said(replace(three, read={**three.read, "C": part}))
    assert "each coded" not in text
    assert (
        "36 turns of participants in 3 focus groups were coded by two or more of A, B and C, 12 by all of them.\n"
        "That is 100% of all turns of participants there."
    ) in text


def test_a_share_of_all_groups_is_not_taken_for_a_share_of_the_groups_that_were_coded_twice():
    text = said(comparison(book(code("x")), GIVEN, ("g",)), turns=48, groups=4)
    assert "A and B each coded 12 turns of participants in 1 focus group.\n" in text
    assert "That is 25% of all turns of participants in the 4 focus groups together." in text
