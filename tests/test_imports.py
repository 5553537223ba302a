"""Codings from elsewhere come in exactly, or are refused by file and line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.codebooks import Code, Codebook, Label, Theme
from codering.codings import Stance, Verdict
from codering.errors import CoderingError
from codering.exporters.flat import COLUMNS
from codering.imports import CodingRow, acts_from, fresh, read_coding_rows, remarks, understood
from codering.previews import SAMPLE_KEYS, SUGGESTION_KEYS
from codering.project.deciding import decisions_for
from codering.project.ledger import Ledger
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn, normalised

WORDS = "Druk, druk, druk.\nIk heb er  140 👩🏽‍🌾 op mijn naam."


def transcript(words: str = WORDS) -> Transcript:
    turns = (Turn(1, "Mod", "Vertel eens."), Turn(2, "Anja", words))
    return Transcript("groep", turns, (Speaker("Mod", Role.MODERATOR), Speaker("Anja")))


def codebook() -> Codebook:
    omvang = Code("cl_omvang", Label("Te veel cliënten", "Too many clients"), "", "cl")
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
        ({"turn": "2"}, "turn: expected a whole number, found a text"),
        ({"turn": True}, "turn: expected a whole number"),
        ({"turn": ...}, "turn: expected a whole number"),
        ({"turn": 1, "quote": ...}, "a moderator speaks"),
        ({"code": "nergens"}, "no code nergens. Write the id"),
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


def test_a_mistyped_field_is_named_with_the_one_that_was_meant():
    rows = [row(), row(stance=..., stanse="ontkent"), row(stanse="ontkent"), row(drwan="random"), row(Code="cl")]
    known, problems, notes = understood(rows)
    assert [one.line for one in known] == [1]
    assert notes == ()
    assert [str(problem) for problem in problems] == [
        "line 2: There is no field stanse; stance is probably meant. Rows with it were left out: 2.",
        "line 4: There is no field drwan; drawn is probably meant. Rows with it were left out: 1.",
        "line 5: There is no field Code; code is probably meant. Rows with it were left out: 1.",
    ]


def test_a_field_that_means_nothing_is_named_once_and_left_alone():
    known, problems, notes = understood([row(), row(zekerheid=3), row(zekerheid=4, kleur="rood")])
    assert len(known) == 3
    assert problems == ()
    assert [str(note)[:32] for note in notes] == [
        "line 2: The field zekerheid mean",
        "line 3: The field kleur means no",
    ]


@pytest.mark.parametrize("keys", [SUGGESTION_KEYS, SAMPLE_KEYS, COLUMNS])
def test_what_codering_writes_is_understood(keys):
    assert understood([dict.fromkeys(keys, "x")])[1:] == ((), ())


def test_a_stance_that_is_not_given_is_said_once_with_the_count():
    rows, _, _ = understood([row(), row(stance=...), row(stance=""), row(code=..., stance=...)])
    (note,) = remarks(rows)
    assert str(note).startswith("2 codings say nothing about stance and count as bevestigt")
    assert remarks(rows[:1]) == ()


def test_rows_that_were_refused_are_not_among_the_codings_that_confirm():
    rows, _, _ = understood([row(stance=...), row(stance=..., turn=9), row(stance=..., turn=1)])
    _, refused = acts_from(rows, {"groep": transcript()}, codebook())
    (note,) = remarks(rows, refused)
    assert str(note).startswith("1 coding says nothing about stance and counts as bevestigt")


@pytest.mark.parametrize(
    "found", ["Te veel cliënten", "te veel CLIËNTEN ", "Too many clients", "cl_omvan", "CL_OMVANG"]
)
def test_who_writes_the_name_of_a_code_is_told_its_id(found):
    _, (problem,) = acts(row(code=found))
    assert str(problem).endswith(f"has no code {found}; did you mean cl_omvang?")


def test_codings_of_several_coders_are_not_taken_for_those_of_one():
    known, _, _ = understood([row(coder="An"), row(coder="Bo")])
    with pytest.raises(CoderingError, match=r"several coders \(An, Bo\)"):
        remarks(known)
    assert remarks(known[:1]) == ()


def test_of_an_export_only_what_one_person_coded_comes_back():
    made, (problem,) = acts(row(status="suggested", source="te_veel"), row(status="coded", source="An"))
    assert len(made) == 1
    assert "nobody decided on it" in str(problem)
    known, _, _ = understood([row(status="coded", source="An"), row(status="coded", source="Bo")])
    with pytest.raises(CoderingError, match=r"several coders \(An, Bo\)"):
        remarks(known)


def test_how_a_turn_was_drawn_is_random_or_nothing():
    made, (problem,) = acts(row(drawn="randm"), row(drawn="random"), row(drawn=None, quote="Druk,"))
    assert [act.drawn for act in made] == ["random", ""]
    assert "drawn: expected random" in str(problem)


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", "transcript;turn;code\n", "transcript;turn;code\n;;\n"])
@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_a_file_without_rows_is_said_to_be_empty(tmp_path, content, suffix):
    if suffix == ".jsonl" and "transcript" in content:
        content = ""
    file = tmp_path / f"leeg{suffix}"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CoderingError, match="there are no rows in this file"):
        read_coding_rows(file)


def test_what_spreadsheets_put_above_a_heading_and_into_numbers_is_understood(tmp_path):
    file = tmp_path / "c.csv"
    rows = [
        "sep=;",
        "",
        "transcript;turn;code;start;end",
        "groep;2.0;cl;0;4.00",
        f"groep;{'9' * 5000};cl;;",
        ";x;y;z;;;",
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    (first, second), (problem,) = read_coding_rows(file)
    assert (first.values, first.line) == ({"transcript": "groep", "turn": 2, "code": "cl", "start": 0, "end": 4}, 4)
    assert (second.values["turn"], second.line) == ("9" * 5000, 5)
    assert str(problem).startswith("c.csv: line 6")
    ((act,), _) = acts({"transcript": "groep", "turn": 2.0, "code": "cl"})
    assert act.segment.turn == 2


def test_cells_that_would_be_lost_are_refused(tmp_path):
    file = tmp_path / "c.csv"
    file.write_text("transcript;turn;code;reason\ngroep;2;cl;a\ngroep;2;cl;ja; nee\n", encoding="utf-8")
    rows, (problem,) = read_coding_rows(file)
    assert len(rows) == 1
    assert str(problem).startswith("c.csv: line 3: This line has more cells")
    file.write_text("transcript;turn;code;code\ngroep;2;cl;x\n", encoding="utf-8")
    assert "The field code stands there twice" in str(read_coding_rows(file)[1][0])
    file.write_text("transcript;turn;code\ngroep;2;" + "x" * 200_000 + "\n", encoding="utf-8")
    assert "cannot be read as CSV" in str(read_coding_rows(file)[1][0])
    file = tmp_path / "c.jsonl"
    file.write_text('{"code": "a", "code": "b"}\n', encoding="utf-8")
    assert "The field code stands there twice" in str(read_coding_rows(file)[1][0])


def test_an_apostrophe_that_an_export_put_there_is_taken_away_again(tmp_path):
    file = tmp_path / "c.csv"
    file.write_text("transcript;turn;code;quote;reason\ngroep;2;cl;'- nou ; 't is zo\n", encoding="utf-8")
    (only,), _ = read_coding_rows(file)
    assert only.values["quote"] == "- nou "
    assert only.values["reason"] == "'t is zo"
