"""Turns laid end to end, with the passages of coders on them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.analysis.agreement import of_units
from codering.analysis.continua import Continuum, characters, continua, gaps, joined
from codering.analysis.measures import krippendorff_alpha
from codering.codings import Coding, Stance
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn


def transcript(name: str = "g") -> Transcript:
    turns = (Turn(1, "M", "Vraag?"), Turn(2, "An", "0123456789"), Turn(3, "Bo", "abcdefghij"))
    return Transcript(name, turns, (Speaker("M", Role.MODERATOR), Speaker("An"), Speaker("Bo")))


def coding(coder: str, turn: int, start: int, end: int, name: str = "g") -> Coding:
    return Coding(Segment(name, turn, start, end), "x", Stance.CONFIRMS, coder, f"{coder}{turn}{start}", "", "added")


def test_turns_of_participants_are_laid_end_to_end_and_overlap_is_merged():
    codings = [coding("A", 2, 0, 4), coding("A", 2, 3, 6), coding("A", 3, 0, 2), coding("B", 3, 1, 2)]
    units = {("g", 2), ("g", 3)}
    (part,) = continua([transcript()], codings, ["A", "B"], units, {"x"})
    assert part == Continuum(20, (((0, 6), (10, 12)), ((11, 12),)))


def test_characters_weigh_and_what_was_not_read_is_missing():
    codings = [coding("A", 2, 0, 4), coding("B", 2, 2, 6)]
    read = {"A": {("g", 2), ("g", 3)}, "B": {("g", 2)}}
    units = characters({"g": transcript()}, codings, ["A", "B"], read, [("g", 2)], {"x"})
    one = of_units("x", units)
    assert (one.units, one.carried, one.together) == (10, (4, 4), 2)
    assert one.percentage.value == pytest.approx(0.6)
    letters = np.array([[1, 1, 1, 1, 0, 0, 0, 0, 0, 0], [0, 0, 1, 1, 1, 1, 0, 0, 0, 0]], dtype=float)
    assert one.alpha.value == pytest.approx(float(krippendorff_alpha(letters)))
    alone = characters({"g": transcript()}, codings, ["A", "B"], read, [("g", 3)], {"x"})
    assert of_units("x", alone).percentage.reason is not None


SPANS = st.lists(st.integers(0, 30), max_size=8, unique=True).map(
    lambda edges: tuple(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
)


@given(SPANS)
def test_passages_and_what_lies_between_tile_the_continuum(spans):
    pieces = sorted([*spans, *gaps(spans, 30)])
    assert [start for start, _ in pieces] == [0, *(end for _, end in pieces[:-1])]
    assert pieces[-1][1] == 30


def test_continua_are_joined_by_moving_the_later_ones_up():
    first, second = Continuum(10, (((0, 4),), ())), Continuum(5, (((1, 2),), ((0, 5),)))
    assert joined([first, second]) == (15, [[(0, 4), (11, 12)], [(10, 15)]])
