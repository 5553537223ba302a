from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.analysis.exploring_tables import speaking_tables
from codering.analysis.speaking import balances, gini, voices
from codering.transcripts import Role
from tests.test_frequencies import BOOK, coding, group

TALK = (
    group("a1", ("M", "een twee"), ("Ank", "een twee drie vier"), ("Bas", "een"), ("Ank", "een twee"), ("Cor", " ")),
)


def test_voices_count_turns_words_and_what_was_coded():
    found = {voice.speaker: voice for voice in voices(TALK, BOOK, [coding("a1", 2, 0, 3), coding("a1", 2, 4, 8)])}
    assert (found["Ank"].turns, found["Ank"].words, found["Ank"].coded_turns) == (2, 6, 1)
    assert found["Ank"].share == pytest.approx(6 / 9)
    assert (found["M"].role, found["M"].coded_turns) == (Role.MODERATOR, 0)
    assert found["Cor"].turns == 0


def test_voices_stand_in_the_order_in_which_they_are_looked_up():
    talk = (group("a1", ("P10", "een"), ("P9", "een"), ("M", "een")), group("a0", ("P1", "een")))
    assert [voice.speaker for voice in voices(talk, BOOK, [])] == ["M", "P9", "P10", "P1"]


def test_how_speech_is_divided_leaves_the_moderator_out():
    (one,) = balances(voices(TALK, BOOK, []))
    assert one.participants == 2
    assert one.moderator == pytest.approx(2 / 9)
    assert (one.largest, one.even) == (pytest.approx(6 / 7), 0.5)
    assert one.gini == pytest.approx(6 / 7 - 0.5)


def test_gini_of_equal_and_of_one():
    assert gini([5, 5, 5]) == pytest.approx(0)
    assert gini([0, 0, 0, 9]) == pytest.approx(1 - 1 / 4)
    assert math.isnan(gini([0, 0]))
    assert math.isnan(gini([]))


@given(st.lists(st.integers(0, 500), min_size=1, max_size=9).filter(any))
def test_gini_is_half_the_relative_mean_difference(values):
    count = len(values)
    difference = sum(abs(x - y) for x in values for y in values) / count**2
    assert gini(values) == pytest.approx(difference / (2 * sum(values) / count))


def test_tables_have_a_row_for_each_voice_and_each_group():
    spoken = voices(TALK, BOOK, [])
    first, second = speaking_tables(spoken, balances(spoken), what=())
    assert [row[1] for row in first.rows] == ["M", "Ank", "Bas", "Cor"]
    assert len(second.rows) == 1
