from __future__ import annotations

import pickle

import pytest

from codering import errors
from codering.errors import CoderingError, Message, Problem, TranscriptError
from codering.texts import texts


def shout(template: str) -> str:
    return {"line {number}": "regel {number}", "{count} words are missing.": "Er missen {count} woorden."}.get(
        template, template
    )


def test_a_message_is_translated_before_it_is_filled_in():
    assert Message("{count} words are missing.", count=3).translated(shout) == "Er missen 3 woorden."


def test_a_message_in_a_message_is_translated_too():
    message = Message("At {place}.", place=errors.line(4))
    assert message.translated(shout) == "At regel 4."


def test_braces_in_a_value_are_left_alone():
    assert str(Message("found {found}", found="{x}")) == "found {x}"


def test_a_problem_names_source_place_and_what_to_do():
    problem = Problem("groep.vtt", errors.line(7), "{count} words are missing.", count=2)
    assert str(problem) == "groep.vtt: line 7: 2 words are missing."
    assert problem.translated(shout) == "groep.vtt: regel 7: Er missen 2 woorden."


def test_a_problem_without_a_place_has_no_empty_part():
    assert str(Problem("groep.vtt", "", "The file is empty.")) == "groep.vtt: The file is empty."


def test_an_error_lists_its_problems():
    error = TranscriptError("Nothing usable.", (Problem("a.txt", "", "Empty."), Problem("b.txt", "", "Binary.")))
    assert str(error) == "Nothing usable.\n  a.txt: Empty.\n  b.txt: Binary."


def test_problems_compare_by_what_they_say():
    assert Problem("a", "", "x {n}", n=1) == Problem("a", "", "x {n}", n=1)
    assert Problem("a", "", "x {n}", n=1) != Problem("a", "", "x {n}", n=2)


@pytest.mark.parametrize("name", [n for n in vars(errors) if n.endswith("Error") and n != "CoderingError"])
def test_the_tree_in_the_docstring_is_complete(name):
    assert issubclass(getattr(errors, name), CoderingError)
    assert name in (errors.__doc__ or "")


def test_a_message_can_be_told_apart_in_a_log():
    assert repr(Message("{count} words are missing.", count=3)) == "Message('3 words are missing.')"
    assert hash(Message("a")) == hash(Message("a"))
    assert pickle.loads(pickle.dumps(str(CoderingError("a {b}", b=1)))) == "a 1"


@pytest.mark.parametrize(
    ("error", "dutch"),
    [
        (FileNotFoundError(2, "No such file or directory"), "het bestaat niet"),
        (IsADirectoryError(21, "Is a directory"), "het is een map"),
        (OSError(28, "No space left on device"), "de schijf is vol"),
        (OSError(5, "Input/output error"), "Input/output error"),
        (OSError("no number"), "OSError"),
    ],
)
def test_why_a_file_cannot_be_opened_is_said_in_the_language_of_the_reader(error, dutch):
    message = Message("{file}: {reason}", file="a.txt", reason=errors.cause(error))
    assert message.translated(texts("nl").translate) == f"a.txt: {dutch}"
