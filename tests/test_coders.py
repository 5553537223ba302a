from __future__ import annotations

import pytest

from codering.analysis.coders import counted_codings
from codering.codings import Coding, Stance
from codering.errors import CoderingError
from codering.transcripts import Segment, Speaker, Transcript, Turn


def coding(transcript: str, coder: str) -> Coding:
    return Coding(Segment(transcript, 1, 0, 3), "druk", Stance.CONFIRMS, coder, "i", "d", "added")


def group(name: str) -> Transcript:
    return Transcript(name, (Turn(1, "A", "een twee"),), (Speaker("A"),))


BOTH = (coding("t1", "Noor"), coding("t1", "Bas"), coding("t2", "Bas"), coding("t3", "Noor"))


def test_what_two_coders_saw_counts_once_and_the_note_says_whose():
    looked = {"Noor": {"t1": 5, "t3": 9}, "Bas": {"t1": 5, "t2": 4}}
    chosen = counted_codings(BOTH, looked)
    assert [(c.segment.transcript, c.coder) for c in chosen.codings] == [("t1", "Noor"), ("t2", "Bas"), ("t3", "Noor")]
    assert chosen.overlap == ("t1",)
    assert "Noor (2), Bas (1)" in str(chosen.notes[0])
    assert "nothing counts twice" in str(chosen.notes[1])


def test_of_equals_whoever_began_first_counts():
    looked = {"Bas": {"t1": 5}, "Noor": {"t1": 5}}
    assert counted_codings(BOTH, looked).coder_of == (("t1", "Bas"),)


def test_who_found_nothing_in_a_group_still_decides_about_it():
    looked = {"Noor": {"t1": 9}, "Bas": {"t1": 3}}
    assert counted_codings([coding("t1", "Bas")], looked).codings == ()


def test_a_chosen_coder_counts_alone_and_what_others_coded_is_said():
    looked = {"Noor": {"t1": 5, "t3": 9}, "Bas": {"t1": 5, "t2": 4}}
    chosen = counted_codings(BOTH, looked, coder="Bas")
    assert {c.coder for c in chosen.codings} == {"Bas"}
    assert "has read them: 1 group (t3)" in str(chosen.notes[1])
    assert [t.name for t in chosen.among([group("t1"), group("t2"), group("t3")])] == ["t1", "t2"]


def test_what_nobody_looked_at_is_not_a_group_in_which_nothing_was_said():
    chosen = counted_codings([coding("t1", "Noor")], {"Noor": {"t1": 4}}, transcripts=["t1", "t9"])
    assert [t.name for t in chosen.among([group("t1"), group("t9")])] == ["t1"]
    assert "1 group (t9)" in str(chosen.notes[1])
    nobody = counted_codings([], {}, transcripts=["t1", "t9"])
    assert len(nobody.among([group("t1"), group("t9")])) == 2
    assert len(nobody.notes) == 1


def test_who_decided_a_part_goes_before_others_there_and_elsewhere_the_rule_holds():
    codings = [*BOTH, coding("t1", "Samen")]
    looked = {"Noor": {"t1": 5, "t3": 9}, "Bas": {"t1": 5, "t2": 4}, "Samen": {"t1": 5}}
    chosen = counted_codings(codings, looked, first="Samen")
    assert chosen.coder_of == (("t1", "Samen"), ("t2", "Bas"), ("t3", "Noor"))
    assert sorted(c.coder for c in chosen.codings) == ["Bas", "Noor", "Samen"]
    assert len(chosen.notes) == 1
    with pytest.raises(CoderingError, match="Ans"):
        counted_codings(codings, looked, first="Ans")


def test_a_coder_that_is_not_there_is_refused():
    with pytest.raises(CoderingError, match="Noor"):
        counted_codings(BOTH, {"Noor": {"t1": 1}}, coder="Ans")


def test_without_codings_the_note_says_nobody():
    chosen = counted_codings([], {})
    assert chosen.codings == ()
    assert str(chosen.notes[0]).startswith("Nobody has decided anything yet")
