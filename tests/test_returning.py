"""Who came to more than one group of a place."""

from __future__ import annotations

from codering.analysis.returning import returning
from codering.transcripts import Speaker, Transcript, Turn


def group(name: str, place: str, speakers: str) -> Transcript:
    names = speakers.split(" ")
    turns = tuple(Turn(i, speaker, "Dat klopt niet.") for i, speaker in enumerate(names, start=1))
    return Transcript(name, turns, tuple(Speaker(one) for one in names), group=place)


def test_names_that_return_in_a_place_are_counted_as_people_once():
    held = (
        group("a1", "A", "Ruud Ilse Edwin"),
        group("a2", "A", "ilse Nordin"),
        group("a3", "A", "Ilse Ruud"),
        group("b1", "B", "Ruud Noor"),
    )
    first, second = returning(held)
    assert "counts in each of them" in str(first)
    # Ilse twice more and Ruud once more in A; the Ruud of B is another.
    assert str(second).startswith("2 names return")
    assert "6 people behind the 9 participants" in str(second)


def test_a_label_of_a_transcriber_is_no_person():
    (only,) = returning((group("a1", "A", "P1 P2"), group("a2", "A", "P1 P2")))
    assert "counts in each of them" in str(only)


def test_where_no_place_was_visited_twice_there_is_nothing_to_say():
    assert returning((group("a", "A", "Ruud"), group("b", "B", "Ruud"), group("c", "", "Ruud"))) == ()
