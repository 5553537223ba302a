from __future__ import annotations

import json

import pytest

from codering.errors import CoderingError
from codering.practice import Settings, SheetFile, draw, read_sheet
from tests.practice.helpers import mark, material


@pytest.fixture
def exercise():
    return draw(material(), Settings(("load",), 4))


def test_answers_come_back_as_they_were_handed_in(tmp_path, exercise):
    file = SheetFile(tmp_path / "map" / "sam.jsonl")
    file.begin(exercise, " Sam ")
    marks = (mark("noord", 2, "many"),)
    file.hand_in(("noord", 2), marks)
    file.hand_in(("noord", 6), ())
    sheet = read_sheet(file.path)
    assert (sheet.student, sheet.exercise) == ("Sam", exercise.code)
    assert [(answer.place, answer.marks) for answer in sheet.answers] == [(("noord", 2), marks), (("noord", 6), ())]


def test_the_first_answer_counts_because_feedback_follows_it(tmp_path, exercise):
    file = SheetFile(tmp_path / "sam.jsonl")
    file.begin(exercise, "Sam")
    file.hand_in(("noord", 2), ())
    file.hand_in(("noord", 2), (mark("noord", 2, "many"),))
    assert read_sheet(file.path).answers[0].marks == ()


def test_an_exercise_is_continued(tmp_path, exercise):
    file = SheetFile(tmp_path / "sam.jsonl")
    file.begin(exercise, "Sam")
    file.hand_in(("noord", 2), ())
    assert len(SheetFile(file.path).begin(exercise, "Sam").answers) == 1
    with pytest.raises(CoderingError, match="holds answers of Sam"):
        SheetFile(file.path).begin(exercise, "Noor")


def test_no_word_of_a_transcript_is_in_the_file(tmp_path, exercise):
    file = SheetFile(tmp_path / "sam.jsonl")
    file.begin(exercise, "Sam")
    file.hand_in(("noord", 2), (mark("noord", 2, "many"),))
    assert "namen" not in file.path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "holds no answers"),
        (b"\xff\xfe", "holds no answers"),
        (b"[1]\n", "holds no answers"),
        (b'{"codering_practice": 1}\n{"transcript": "a"}\n', "line 2"),
        (b'{"codering_practice": 1}\n\n{"transcript": "a", "turn": 1, "codes": [{"code": "x"}]}\n', "line 3"),
        (b'{"codering_practice": 1}\n{"transcript": "a", "turn": 0, "codes": 3}\n', "line 2"),
    ],
)
def test_what_is_no_sheet_is_said(tmp_path, content, said):
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    with pytest.raises(CoderingError, match=said):
        read_sheet(path)


def test_a_student_needs_a_name(tmp_path, exercise):
    with pytest.raises(CoderingError, match="pseudonym"):
        SheetFile(tmp_path / "x.jsonl").begin(exercise, "  ")


def test_each_line_is_one_object(tmp_path, exercise):
    file = SheetFile(tmp_path / "sam.jsonl")
    file.begin(exercise, "Sam")
    file.hand_in(("noord", 2), (mark("noord", 2, "many"),))
    for line in file.path.read_text(encoding="utf-8").splitlines():
        assert isinstance(json.loads(line), dict)
