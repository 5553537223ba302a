"""What the parser complains about is said in the user's language, with the help to ask for."""

from __future__ import annotations

import pytest

from codering.cli import run
from codering.cli.parsing import _SAID, _translated
from codering.texts import Texts

LINES = [
    (["expor"], "Er is geen opdracht expor.\nBedoel je export"),
    (["export"], "PROJECT ontbreekt.\nHoe het werkt: codering export --help"),
    (["export", "p", "--to", "exel", "--out", "o"], "--to: exel kan niet; kies uit excel, word"),
    (["export", "p", "--tp", "excel"], "Er is geen optie --tp.\nBedoel je"),
    (["export", "p", "q r", "--to", "csv", "--out", "o"], "Niet begrepen: q r."),
    (["export", "p", "--to"], "Achter --to moet een waarde staan."),
    (["waves", "p", "--themes=3"], "Achter --themes hoort geen waarde."),
    (["waves", "p", "--groups", "7"], "--groups: "),
    (["waves", "p", "--groups", "veel"], "--groups: verwacht wordt een getal."),
    (["practice", "p", "--seed", "a"], "--seed: verwacht wordt een geheel getal."),
]


@pytest.mark.parametrize(("line", "says"), LINES)
def test_the_line_is_explained_in_dutch(line, says, capsys, monkeypatch):
    monkeypatch.delenv("CODERING_LANG", raising=False)
    assert run(line) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert "Error" not in told.err
    assert "Usage" not in told.err


def test_and_in_english(capsys):
    assert run(["--lang", "en", "export", "p", "--tp", "excel"]) == 2
    assert "There is no option --tp." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "dutch"),
    [
        # As other versions of the parser say it.
        ("No such option '--tp'.", "Er is geen optie --tp."),
        ("Missing option '--by'. Choose from: a, b", "--by ontbreekt."),
        ("Got unexpected extra argument (x)", "Niet begrepen: x."),
        ("Invalid value for '--to': 'x' is not one of 'a', 'b'.", "--to: x kan niet; kies uit a, b."),
        ("Invalid value for '--to': 'it's' is not one of 'a'.", "--to: its kan niet; kies uit a."),
        ("Invalid value for '--groups': 7.0 is not in the range 0<=x<=1.", "--groups: verwacht wordt 0<=x<=1."),
        ("Invalid value for '--seed': 'a' is not a valid integer.", "--seed: verwacht wordt een geheel getal."),
        ("Invalid value for '--step': 'a' is not a valid float.", "--step: verwacht wordt een getal."),
        ("Invalid value for 'BESTAND': path 'x.txt' is not readable.", "BESTAND: je mag x.txt niet lezen. Vraag"),
        ("Invalid value for 'FILE': File 'x.txt' is not readable.", "FILE: je mag x.txt niet lezen."),
        ("Something new.", "Something new."),
    ],
)
def test_other_versions_of_the_parser_are_understood(said, dutch):
    assert _translated(said, Texts("nl")).startswith(dutch)


def test_everything_that_is_recognised_has_dutch():
    assert all(Texts("nl")(template) != template for _, template in _SAID)


def test_a_group_without_a_command_shows_its_help(capsys):
    assert run(["codings"]) == 2
    assert "Opdrachten:\n  add" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "before"),
    [
        (["code", ""], "code"),
        (["read", ""], "read"),
        (["agreement", "", "--coders", "A", "B"], "agreement"),
        (["agreement", "p", "--coders", "A", ""], "A"),
        (["review", ""], "review"),
        (["code", "x.txt", "--out", ""], "--out"),
        (["code", "x.txt", "--project="], "--project"),
        (["codebook", "new", "--", ""], "--"),
        ([""], "codering"),
    ],
)
def test_an_empty_word_is_never_the_folder_in_which_one_is(line, before, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODERING_LANG", raising=False)
    (tmp_path / "x.txt").write_text("Ank: Het is druk.\n", encoding="utf-8")
    assert run(line) == 2
    assert f'Achter {before} is niets opgegeven ("").' in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["x.txt"]


def test_the_version_is_shown_without_a_command(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("codering ")


def test_who_stops_a_command_sees_no_traceback(capsys, monkeypatch):
    def stop(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("codering.readers.read", stop)
    assert run(["read", "x.txt"]) == 130
    assert capsys.readouterr().err.strip() == "Gestopt."


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (["learn", "p", "--reference-coder", "An"], "--reference-coder doet niets zonder --reference"),
        (["evaluate", "p", "--against", "An", "--reference-coder", "Bo"], "--reference-coder doet niets zonder"),
        (["evaluate", "p", "--against", "An", "--beside", "An"], "--beside is een tweede codeur; An is de eerste al"),
        (["learn", "p", "--reference", "./p"], "--reference is een ander project; p is het project dat leert"),
        (["learn", "p", "--fetch"], "--fetch doet niets zonder --encoder"),
        (["frequencies", "p", "--measure", "turns"], "--measure doet niets zonder --by"),
        (["frequencies", "p", "--shares"], "--shares doet niets zonder --by"),
        (["frequencies", "p", "--cuts", "5,10"], "--cuts doet niets zonder --by"),
        (["explore", "p", "saturation", "--codes"], "--codes doet niets naast saturation"),
        (["waves", "p", "--recurring", "3,2,x"], "--recurring 3,2,x is niet te lezen"),
        (["agreement", "p", "--coders", "A", "B", "--paragraph", "--json"], "--json doet niets naast --paragraph"),
        (["agreement", "p", "--coders", "A", "B", "--paragraph", "--level", "segment"], "--level doet niets naast"),
        (["double", "draw", "p", "--seed", "3"], "--seed doet niets zonder --turns"),
        (["double", "draw", "p", "--wave", "1"], "--wave doet niets zonder --turns"),
        (["practice", "p", "--exercise", "X", "--size", "5"], "--size doet niets naast --exercise"),
        (["codebook", "check", "b.yaml", "--against", "An"], "--against doet niets zonder --project"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(line, says, capsys, monkeypatch):
    monkeypatch.delenv("CODERING_LANG", raising=False)
    assert run(line) == 2
    assert says in capsys.readouterr().err
