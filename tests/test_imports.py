"""Codings from elsewhere come in exactly, or are refused by file and line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.codebooks import Code, Codebook, Label, Theme
from codering.codings import Stance, Verdict
from codering.errors import CoderingError
from codering.imports import CodingRow, acts_from, fresh, read_coding_rows
from codering.project.deciding import decisions_for
from codering.project.ledger import Ledger
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn, normalised

WORDS = "Druk, druk, druk.\nIk heb er  140 👩🏽‍🌾 op mijn naam."


def transcript(words: str = WORDS) -> Transcript:
    turns = (Turn(1, "Mod", "Vertel eens."), Turn(2, "Anja", words))
    return Transcript("groep", turns, (Speaker("Mod", Role.MODERATOR), Speaker("Anja")))


def codebook() -> Codebook:
    omvang = Code("cl_omvang", Label("", ""), "", "cl")
    return Codebook("sam", Label("", ""), (Theme(Code("cl", Label("", ""), "", "cl"), (omvang,)),))


def row(**changes: object) -> dict[str, object]:
    values = {"transcript": "groep", "turn": 2, "code": "cl_omvang", "stance": "bevestigt", "quote": "op mijn naam"}
    return {key: value for key, value in (values | changes).items() if value is not ...}


def acts(*rows: dict[str, object], words: str = WORDS):
    return acts_from(rows, {"groep": transcript(words)}, codebook())


def test_a_quotation_is_found_by_its_words():
    ((act,), problems) = acts(row(stance="ontkent", reason="caseload"))
    assert problems == ()
    assert transcript().quote(act.segment) == "op mijn naam"
    assert (act.verdict, act.code, act.stance, act.reason) == (Verdict.ADD, "cl_omvang", Stance.DENIES, "caseload")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"quote": ..., "start": 0, "end": 4}, "Druk"),
        ({"quote": "Druk", "start": 0, "end": 4}, "Druk"),
        ({"quote": None, "start": None, "end": None}, WORDS),
        ({"quote": ...}, WORDS),
        ({"quote": "druk. Ik heb er 140 👩🏽‍🌾"}, "druk.\nIk heb er  140 👩🏽‍🌾"),
        ({"stance": ...}, "op mijn naam"),
        ({"stance": None}, "op mijn naam"),
        ({"code": "cl"}, "op mijn naam"),
        ({"score": 0.3, "evidence": [], "speaker": "Anja", "theme": "cl"}, "op mijn naam"),
    ],
)
def test_places_can_be_given_in_several_ways(changes, words):
    ((act,), problems) = acts(row(**changes))
    assert problems == ()
    assert transcript().quote(act.segment) == words


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"transcript": "elders"}, "no transcript named elders"),
        ({"transcript": 3}, "expected the name of a transcript"),
        ({"turn": 9}, "no turn 9"),
        ({"turn": 0}, "no turn 0"),
        ({"turn": "2"}, "turn: expected a whole number, found str"),
        ({"turn": True}, "turn: expected a whole number"),
        ({"turn": ...}, "turn: expected a whole number"),
        ({"turn": 1, "quote": ...}, "a moderator speaks"),
        ({"code": "nergens"}, "no code nergens"),
        ({"code": 3}, "Expected a text"),
        ({"reason": 3}, "Expected a text"),
        ({"read": "ja"}, "Expected a text"),
        ({"stance": "eens"}, "expected bevestigt, ontkent"),
        ({"stance": []}, "expected bevestigt, ontkent"),
        ({"quote": 3}, "quote: expected a text"),
        ({"quote": "geen geheim"}, "does not occur"),
        ({"quote": "OP MIJN NAAM"}, "does not occur"),
        ({"quote": "  "}, "does not occur"),
        ({"quote": ..., "start": 27, "end": 29}, "no words"),
        ({"quote": "druk"}, "occurs 2 times"),
        ({"start": 3}, "end: expected a whole number"),
        ({"start": 0, "end": 4}, "not what stands at"),
        ({"quote": ..., "start": 0, "end": 999}, "outside the turn"),
        ({"quote": ..., "start": 4, "end": 4}, "not a segment"),
        ({"quote": ..., "start": 1.5, "end": 4}, "start: expected a whole number"),
    ],
)
def test_what_cannot_be_placed_is_refused_without_showing_what_was_said(changes, says):
    made, (problem,) = acts(row(**changes))
    assert made == ()
    assert says in str(problem)
    assert "geheim" not in str(problem)
    assert "line 1" in str(problem)


def test_overlapping_occurrences_are_ambiguous_too():
    _, (problem,) = acts(row(quote="ja ja"), words="ja ja ja")
    assert "occurs 2 times" in str(problem)


def test_a_row_without_a_code_says_that_the_turn_was_read():
    made, problems = acts(row(read=True, code=...), row(code=None, quote=...), row(read=True))
    assert problems == ()
    assert [act.verdict for act in made] == [Verdict.READ, Verdict.READ, Verdict.ADD, Verdict.READ]
    assert {act.segment for act in made if act.verdict is Verdict.READ} == {Segment("groep", 2, 0, len(WORDS))}


def test_a_bad_row_does_not_stop_the_others():
    made, problems = acts(row(), row(turn=9), row(quote="Druk,"))
    assert len(made) == 2
    assert [str(problem).split(":")[0] for problem in problems] == ["line 2"]


def test_what_holds_already_and_what_comes_twice_is_left_out():
    made, _ = acts(row(), row(read=True), row(), row(stance="ontkent"))
    once = fresh(made, (), coder="Noor")
    assert [(act.verdict, act.stance) for act in once] == [
        (Verdict.ADD, Stance.CONFIRMS),
        (Verdict.READ, None),
        (Verdict.ADD, Stance.DENIES),
    ]
    decided = decisions_for(once, Ledger(), coder="Noor", transcripts={"groep": transcript()}, codebook=codebook())
    assert fresh(made, decided, coder="Noor") == ()
    assert len(fresh(made, decided, coder="Sam")) == 3


@given(st.text(min_size=1).map(normalised).filter(str.strip), st.data())
def test_every_quotation_that_stands_once_is_found_where_it_stands(words, data):
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    quote = words[start:end]
    occurrences = sum(words.startswith(quote, at) for at in range(len(words)))
    made, problems = acts(row(quote=quote), words=words)
    if quote.strip() and occurrences == 1:
        assert [(act.segment.start, act.segment.end) for act in made] == [(start, end)]
    elif occurrences > 1:
        assert not made
        assert problems


def test_a_file_names_the_lines_that_are_no_objects(tmp_path):
    file = tmp_path / "noor.jsonl"
    lines = [json.dumps(row()), "", "{kapot", "[1]", "NaN", "[" * 100_000, json.dumps(row(quote="a\u2028b"))]
    file.write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8")
    rows, problems = read_coding_rows(file)
    assert [(one.source, one.line) for one in rows] == [("noor.jsonl", 1), ("noor.jsonl", 7)]
    assert rows[1].values["quote"] == "a\u2028b"
    assert [str(problem)[:18] for problem in problems] == [f"noor.jsonl: line {n}" for n in (3, 4, 5, 6)]
    _, (refused,) = acts_from([CodingRow(row(turn=7), "noor.jsonl", 12)], {"groep": transcript()}, codebook())
    assert str(refused).startswith("noor.jsonl: line 12: groep: there is no turn 7")


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(CoderingError, match=r"weg\.jsonl: the file cannot be read"):
        read_coding_rows(tmp_path / "weg.jsonl")
    (tmp_path / "b.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CoderingError, match="UTF-8"):
        read_coding_rows(tmp_path / "b.jsonl")
