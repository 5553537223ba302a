from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.analysis.exploring_tables import saturation_statement, saturation_tables
from codering.analysis.saturation import saturation
from codering.codebooks import Code, Codebook, Label, Theme
from codering.codings import Coding, Stance
from codering.errors import CoderingError
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn

LETTERS = "abcdefghijklmnopqrstuvwxyz"
BOOK = Codebook(
    "boek",
    Label("Boek", "Book"),
    (
        Theme(
            Code("thema", Label("Thema", "Theme"), "", "thema"),
            tuple(Code(c, Label(c, c), "", "thema") for c in LETTERS),
        ),
    ),
)


def world(*groups: str, dated: bool = True):
    """A project: by group, the letters that are heard in it."""
    transcripts = tuple(
        Transcript(
            f"g{i}",
            (Turn(1, "M", "Vraag."), Turn(2, "A", "Antwoord.")),
            (Speaker("M", Role.MODERATOR), Speaker("A")),
            date=f"2026-01-{i + 1:02d}" if dated else None,
        )
        for i in range(len(groups))
    )
    codings = tuple(
        Coding(Segment(f"g{i}", 2, 0, 4), letter, Stance.CONFIRMS, "c", "i", "d", "added")
        for i, letters in enumerate(groups)
        for letter in letters
    )
    return transcripts, codings


def assessed(*groups: str, **how):
    transcripts, codings = world(*groups)
    return saturation(transcripts, BOOK, codings, **how)


def test_base_run_and_new_information_as_in_the_source():
    """20 codes in a base of four; runs of two bring 2 (10%), 1 (5%): saturated at 5 groups, reported as 5 (+2)."""
    found = assessed("abcdefgh", "abcdijklm", "nopqr", "st", "u", "v", "a")
    assert found.base_codes == 20
    assert [(run.first, run.last, run.new, run.share) for run in found.runs] == [(5, 6, 2, 0.1), (6, 7, 1, 0.05)]
    assert found.reached == 5
    assert "Saturated at 5 groups (+2)" in str(saturation_statement(found))
    stricter = assessed("abcdefgh", "abcdijklm", "nopqr", "st", "u", "v", "a", threshold=0)
    assert stricter.reached is None
    assert "Not saturated" in str(saturation_statement(stricter))


def by_hand(groups: list[set[str]], k: int) -> float:
    orders = list(permutations(groups))
    return sum(len(set().union(*order[:k])) for order in orders) / len(orders)


@given(st.lists(st.sets(st.sampled_from(LETTERS[:6])), min_size=1, max_size=5))
def test_the_curve_is_the_average_over_all_orders(groups):
    found = assessed(*("".join(sorted(g)) for g in groups))
    for point in found.points:
        assert point.codes == pytest.approx(by_hand(groups, point.groups))
        assert point.held == len(set().union(*groups[: point.groups]))
        assert point.low <= point.codes + 1e-9
        assert point.codes <= point.high + 1e-9 or point.high >= np.floor(point.codes)


def test_how_often_it_is_reached_is_the_share_of_orders():
    groups = ["a", "b", "c", "abc", "ab"]
    found = assessed(*groups, base=2, run=1, threshold=0)
    reached = 0
    orders = list(permutations(groups))
    for order in orders:
        heard: set[str] = set(order[0]) | set(order[1])
        for letters in order[2:]:
            if not set(letters) - heard:
                reached += 1
                break
            heard |= set(letters)
    assert found.reached_in_orders == pytest.approx(reached / len(orders), abs=0.05)


def test_groups_stand_in_the_order_of_their_dates():
    transcripts, codings = world("a", "b", "c")
    found = saturation(transcripts[::-1], BOOK, codings)
    assert [point.group for point in found.points] == ["g0", "g1", "g2"]


def test_too_few_groups_and_an_empty_base_are_said():
    few = assessed("a", "b", "c")
    assert few.reached is None
    assert math.isnan(few.reached_in_orders)
    assert "takes 6 groups" in str(few.reason)
    assert few.runs == ()
    silent = assessed("", "", "", "", "a", "b")
    assert "No code was heard" in str(silent.reason)
    assert saturation((), BOOK, ()).points == ()


def test_the_moderator_brings_nothing():
    transcripts, _ = world("a", "b")
    asked = Coding(Segment("g0", 1, 0, 4), "a", Stance.CONFIRMS, "c", "i", "d", "added")
    found = saturation(transcripts, BOOK, [asked])
    assert found.points[-1].held == 0
    assert set(found.unheard) == {*LETTERS, "thema"}


def test_denied_is_heard_too():
    transcripts, _ = world("a", "b")
    denied = Coding(Segment("g0", 2, 0, 4), "a", Stance.DENIES, "c", "i", "d", "added")
    assert saturation(transcripts, BOOK, [denied]).points[-1].held == 1


@pytest.mark.parametrize("how", [{"base": 0}, {"run": 0}, {"threshold": -0.1}])
def test_what_makes_no_sense_is_refused(how):
    with pytest.raises(CoderingError, match="Saturation needs"):
        assessed("a", "b", **how)


def test_tables_say_what_was_reached_and_what_was_not_heard():
    found = assessed("abcdefgh", "abcdijklm", "nopqr", "st", "u", "v", "a")
    curve, runs = saturation_tables(found, BOOK, level="code", language="nl", what=())
    assert [row[4] for row in curve.rows] == [8, 13, 18, 20, 21, 22, 22]
    assert "w, x, y, z" in str(curve.notes[-2])
    assert [row[2:] for row in runs.rows] == [(2, 20, 0.1), (1, 20, 0.05)]


def test_the_limits_of_the_curve_are_codes_that_were_heard_in_some_order():
    curve, _ = saturation_tables(assessed("abcd", "ae", "f", "ab"), BOOK, level="code", language="nl", what=())
    assert all(float(row[place]).is_integer() for row in curve.rows for place in (2, 3))


def test_a_themes_own_code_that_was_not_heard_is_told_apart_from_the_theme():
    """Caseload stood among what no group spoke of, while its codes were heard everywhere."""
    for level, says in (("code", True), ("theme", False)):
        curve, _ = saturation_tables(assessed("ab", "c"), BOOK, level=level, language="nl", what=())
        assert any("code of the theme itself used" in str(note) for note in curve.notes) is says
        (unheard,) = [str(note) for note in curve.notes if str(note).startswith("In no group heard: ")] or [""]
        named = unheard.removeprefix("In no group heard: ").rstrip(".").split(", ")
        assert level == "theme" or not {theme.label.nl for theme in BOOK.themes} & set(named)
