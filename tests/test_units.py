from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.analysis.assent import is_short_agreement
from codering.analysis.units import attributes, in_order, unit_of
from codering.errors import CoderingError
from codering.transcripts import Role, Speaker, Transcript, Turn


def group(name: str, years: dict[str, str], **facts: str) -> Transcript:
    people = (Speaker(name, attributes=(("ervaring", value),) if value else ()) for name, value in years.items())
    speakers = (Speaker("M", Role.MODERATOR, attributes=(("ervaring", "99"),)), *people)
    turns = tuple(Turn(i, speaker.name, "woorden") for i, speaker in enumerate(speakers, start=1))
    return Transcript(name, turns, speakers, attributes=tuple(facts.items()))


def units(transcripts, by, **how):
    unit = unit_of(transcripts, by, **how)
    return {f"{t.name}.{s.name}": unit(t, s.name) for t in transcripts for s in t.speakers if s.name != "M"}


def test_numbers_make_three_classes_of_about_as_many_participants():
    one = group("a", {"A": "2", "B": "3", "C": "9", "D": "11", "E": "20", "F": ""})
    assert units([one], "ervaring") == {
        "a.A": "<3",
        "a.B": "3–10",
        "a.C": "3–10",
        "a.D": "≥11",
        "a.E": "≥11",
        "a.F": "",
    }


def test_classes_can_be_chosen():
    one = group("a", {"A": "2", "B": "5", "C": "9", "D": "10", "E": "31"})
    assert list(units([one], "ervaring", cuts=(5, 10)).values()) == ["<5", "5–9", "5–9", "≥10", "≥10"]


def test_a_class_of_broken_numbers_ends_at_what_was_seen():
    one = group("a", {"A": "1,5", "B": "5", "C": "7.25", "D": "10", "E": "31"})
    assert list(units([one], "ervaring", cuts=(5, 10)).values())[1:3] == ["5–7.25", "5–7.25"]


def test_what_only_python_calls_a_number_is_a_word():
    one = group("a", {"A": "nan", "B": "5", "C": "7", "D": "10", "E": "31", "F": "inf"})
    found = units([one], "ervaring")
    assert list(found.values()) == ["nan", "5", "7", "10", "31", "inf"]
    assert in_order(tuple(found.values()), "ervaring") == ("nan", "5", "7", "10", "31", "inf")


@pytest.mark.parametrize("by", ["ervaring", "wave", "speaker"])
def test_what_is_no_number_has_no_classes_that_could_begin_anywhere(by):
    one = group("a", {"A": "veel", "B": "5"})
    with pytest.raises(CoderingError, match=f"{by} is no number, so it has no classes that could begin at 5, 10"):
        unit_of([one], by, cuts=(5, 10))


def test_few_different_numbers_and_words_stay_as_they_are():
    assert list(units([group("a", {"A": "1", "B": "2", "C": "10"})], "ervaring").values()) == ["1", "2", "10"]
    mixed = group("a", {"A": "1", "B": "veel", "C": "10", "D": "11", "E": "12", "F": "13"})
    assert units([mixed], "ervaring")["a.B"] == "veel"


def test_a_speaker_goes_before_the_group_and_the_moderator_decides_nothing():
    one = group("a", {"A": "1", "B": ""}, ervaring="7", plaats="stad")
    assert units([one], "ervaring") == {"a.A": "1", "a.B": "7"}
    assert attributes([one]) == ("ervaring", "plaats")


def test_units_stand_in_order():
    assert in_order(("≥10", "", "<5", "5–9"), "ervaring") == ("<5", "5–9", "≥10", "")
    assert in_order(("310000", "24000"), "inwoners") == ("24000", "310000")
    assert in_order(("", "stad", "dorp"), "plaats") == ("stad", "dorp", "")
    assert in_order(("b", "a"), "wave") == ("b", "a")


def test_what_nobody_has_is_refused_with_what_there_is():
    with pytest.raises(CoderingError, match=r"plaats.*wave.*ervaring"):
        unit_of([group("a", {"A": "1"})], "plaats")


@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=20),
    st.lists(st.integers(1, 50), unique=True, max_size=4).map(sorted),
)
def test_classes_keep_the_order_of_the_numbers(numbers, cuts):
    one = group("a", {f"P{i}": str(number) for i, number in enumerate(numbers)})
    found = units([one], "ervaring", cuts=tuple(cuts))
    by_number = sorted((number, found[f"a.P{i}"]) for i, number in enumerate(numbers))
    place = {unit: i for i, unit in enumerate(in_order(tuple(dict.fromkeys(found.values())), "ervaring"))}
    assert all(place[u] <= place[v] for (_, u), (_, v) in pairwise(by_number))


@pytest.mark.parametrize(
    "text",
    [
        "Ja, precies.",
        "Herkenbaar!",
        "Ja. Ja, nee, dat is ook zo.",
        "Mm, ja.",
        "Touché.",
        "Nee, precies, bij ons ook.",
        "'t Klopt.",
    ],
)
def test_short_agreement(text):
    assert is_short_agreement(text)


@pytest.mark.parametrize(
    "text",
    ["Veertig.", "Niet allemaal.", "Te veel.", "Rood is de la.", "", "…", "Ja " * 9, "Bij ons duurt het drie maanden."],
)
def test_something_of_ones_own(text):
    assert not is_short_agreement(text)
