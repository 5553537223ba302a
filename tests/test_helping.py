"""The help of every command stands on the screen whole, and in one language."""

from __future__ import annotations

import re

import pytest

from codering.cli import STEPS, app, codebooks, codings, contrasting, double, quoting, run
from codering.texts import Texts

ENGLISH = Texts("en")
GROUPS = {"codings": codings, "codebook": codebooks, "compare": contrasting, "double": double, "passages": quoting}
LINES = [
    [],
    *([make(ENGLISH)[0]] for module in STEPS for make in module.COMMANDS),
    *([group] for group in GROUPS),
    *([group, make(ENGLISH)[0]] for group, module in GROUPS.items() for make in module.COMMANDS),
]


@pytest.fixture(autouse=True)
def narrow(monkeypatch):
    monkeypatch.delenv("CODERING_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_every_screen_is_whole_and_fits(line, capsys):
    for language in ("nl", "en"):
        assert run([*line, "--help", "--lang", language]) == 0
        shown = capsys.readouterr().out
        assert "..." not in shown
        assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_no_screen_mixes_languages(line, capsys):
    assert run([*line, "--help"]) == 0
    dutch = capsys.readouterr().out
    assert dutch.startswith(f"Gebruik: {' '.join(('codering', *line))} [OPTIES]")
    assert not re.search(r"Usage|OPTIONS|Options|Commands|COMMAND|Arguments|required|default|Show|FILE|PATH", dutch)
    assert run([*line, "--help", "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert english.startswith("Usage: ")
    assert not re.search(r"Gebruik|OPTIES|Opties|OPDRACHT|verplicht|standaard|Toon|BESTAND|GETAL", english)


@pytest.mark.parametrize("line", LINES[1:], ids=" ".join)
def test_the_summary_of_a_command_stands_whole_in_the_list(line, capsys):
    assert run([*line[:-1], "--help"]) == 0
    listed = " ".join(capsys.readouterr().out.split())
    assert run([*line, "--help"]) == 0
    summary = " ".join(capsys.readouterr().out.split("\n\n")[1].split())
    assert f"{line[-1]} {summary}" in listed


def test_what_to_give_within_which_bounds_and_what_holds_otherwise_is_said(capsys):
    assert run(["practice", "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "PROJECT Het projectbestand. [verplicht]" in told
    assert "--size GETAL Hoeveel beurten. [standaard: 10]" in told
    assert "[van 0 tot en met 65535; standaard: 1]" in told
    assert run(["agreement", "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Gebruik: codering agreement [OPTIES] PROJECT Vergelijk" in told
    assert "--level turn|segment Vergelijk per beurt (turn) of per passage (segment). [standaard: turn]" in told
    assert "--coders A B [C …] De codeurs" in told
    assert run(["review", "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "codering review [OPTIES] [PROJECT] Open" in told
    assert "--browser/--no-browser Open de browser" in told
    assert run(["code", "--help"]) == 0
    assert "codering code [OPTIES] PAD …" in capsys.readouterr().out


def test_every_parameter_says_what_to_give():
    from typer.main import get_command

    def commands(one):
        for inner in getattr(one, "commands", {}).values():
            yield inner
            yield from commands(inner)

    for command in commands(get_command(app(ENGLISH))):
        for param in command.params:
            assert param.help, (command.name, param.name)
            assert param.metavar or param.is_flag, (command.name, param.name)
