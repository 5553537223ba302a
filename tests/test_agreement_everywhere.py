"""The two coders of the sample: the same figures by hand, in the library, on the command line, in app and workbook."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sklearn.metrics import cohen_kappa_score, f1_score
from streamlit.testing.v1 import AppTest

from codering.cli import run
from codering.demo import add_reference
from codering.project import Project
from codering.resources import samples_path

ROOT = Path(__file__).parent.parent
REFERENCE = samples_path() / "reference"


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("sample") / "s.codering"
    with Project.create(file) as project:
        project.add([samples_path()])
    for coder in ("A", "B"):
        codings = REFERENCE / f"coder_{coder.lower()}.jsonl"
        assert run(["codings", "add", str(file), str(codings), "--coder", coder]) == 0
    return file


@pytest.fixture(scope="module")
def tables(path) -> dict[str, list[dict[str, object]]]:
    with Project.open(path) as project:
        return {table.key: list(table.records()) for table in project.agreement(["A", "B"])}


def given(coder: str) -> set[tuple[str, int, str]]:
    lines = (REFERENCE / f"coder_{coder}.jsonl").read_text(encoding="utf-8").splitlines()
    return {(row["transcript"], row["turn"], row["code"]) for row in map(json.loads, lines)}


def test_the_library_says_what_scikit_learn_says_of_the_files(path, tables):
    one, two = given("a"), given("b")
    with Project.open(path) as project:
        places = [(t.name, turn.number) for t in project.transcripts() for turn in t.participant_turns()]
        codebook = project.codebook
    assert len(places) == 819
    for row in tables["agreement_themes"]:
        theme = next(theme for theme in codebook.themes if theme.id == row["id"])
        ids = {theme.id, *(code.id for code in theme.codes)}
        rows = [[any((*place, id_) in side for id_ in ids) for place in places] for side in (one, two)]
        if not any(map(any, rows)):
            assert (row["kappa"], row["percentage"]) == (None, 1)
            continue
        assert row["kappa"] == pytest.approx(cohen_kappa_score(*rows)), row["id"]
        assert row["f1"] == pytest.approx(f1_score(*rows)), row["id"]
        assert row["kappa_low"] <= row["kappa"] <= row["kappa_high"]


def test_the_command_line_says_the_same(path, tables, capsys):
    assert run(["agreement", str(path), "--coders", "A", "B", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == list(tables)
    for key in ("agreement_overall", "agreement_themes", "agreement_codes", "agreement_stance"):
        for row, expected in zip(told[key], tables[key], strict=True):
            figures = {name: value for name, value in expected.items() if isinstance(value, int | float)}
            assert {name: row[name] for name in figures} == figures


def test_the_workbook_says_the_same(path, tables, tmp_path):
    with Project.open(path) as project:
        project.export("excel", tmp_path / "w.xlsx")
    sheet = load_workbook(tmp_path / "w.xlsx")["Overeenstemming per thema"]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(index for index, row in enumerate(rows) if row[0] == "Thema")
    columns = {name: index for index, name in enumerate(rows[head])}
    names = {"kappa": "Cohens κ", "kappa_low": "κ van", "kappa_high": "κ tot", "alpha": "Krippendorffs α"}
    names |= {"ac1": "Gwets AC1", "f1": "F1"}
    for row, expected in zip(rows[head + 1 :], tables["agreement_themes"], strict=False):
        for key, label in names.items():
            wanted = "–" if expected[key] is None else pytest.approx(expected[key])
            assert row[columns[label]] == wanted, (expected["id"], key)


def test_the_app_says_the_same(path, tables, monkeypatch, tmp_path):
    monkeypatch.setenv("CODERING_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CODERING_PROJECT", str(path))
    monkeypatch.delenv("CODERING_LANG", raising=False)
    monkeypatch.setattr("sys.argv", ["app.py"])
    monkeypatch.setattr("codering.web.shell._is_private", lambda: True)
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    at.run()
    at._page_hash = at.session_state["shell_pages"]["agreement"]._script_hash
    at.run()
    at.toggle(key="agreement_every").set_value(True).run()
    assert not at.exception
    shown = at.dataframe[0].value  # the overall figures are few and stand in a table of their own
    for key, label in (("kappa", "Cohens κ"), ("kappa_low", "κ van"), ("alpha", "Krippendorffs α"), ("f1", "F1")):
        for value, expected in zip(shown[label], tables["agreement_themes"], strict=True):
            if expected[key] is None:
                assert math.isnan(value)
            else:
                assert value == pytest.approx(expected[key])


def test_the_paragraph_holds_these_figures_in_two_languages(path, tables, capsys):
    overall = {str(row["figure"]): row for row in tables["agreement_overall"]}
    alpha = overall["Krippendorff's α with MASI distance"]
    for language, mark in (("nl", ","), ("en", ".")):
        assert run(["--lang", language, "agreement", str(path), "--coders", "A", "B", "--paragraph"]) == 0
        text = capsys.readouterr().out
        for name in ("value", "low", "high"):
            assert f"{alpha[name]:.2f}".replace(".", mark) in text
        assert "819" in text
        assert "[" in text, "what a program cannot know is to be filled in"


def test_passages_and_restriction_leave_out_what_was_not_asked_for(path, capsys):
    line = ["agreement", "--coders", "A", "B", str(path), "--json"]
    assert run([*line, "--level", "segment", "--theme", "caseload"]) == 0
    told = json.loads(capsys.readouterr().out)
    (theme,) = told["agreement_themes"]
    assert theme["matched"] <= min(theme["passages_0"], theme["passages_1"])
    assert 0 < theme["overlap"] <= 1
    assert theme["alpha_u"] < 1
    assert run([*line, "--code", "cl_omvang", "--wave", "2026-najaar"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in told["agreement_codes"]] == ["cl_omvang"]
    assert "agreement_themes" not in told
    assert run([*line, "--code", "nergens"]) == 2
    assert "nergens" in capsys.readouterr().err


def test_by_passage_every_figure_says_what_it_counts(path, capsys):
    """Readings spoke of turns where characters were counted, and one table held figures of both."""
    line = ["--lang", "en", "agreement", "--coders", "A", "B", str(path), "--json"]
    assert run([*line, "--level", "segment"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["figure"], row["unit"]) for row in told["agreement_overall"]] == [
        ("Krippendorff's α with MASI distance", "turn"),
        ("Krippendorff's α_U", "character"),
        ("Mean κ over themes", "character"),
        ("Mean κ over codes", "character"),
        ("Agreement, all decisions together (0 to 1)", "turn × code"),
        ("F1, all decisions together", "turn × code"),
    ]
    rare = [row["reading"] for row in told["agreement_codes"] if row["reading"].startswith("Paradox")]
    assert rare
    assert all(" of the characters, " in one for one in rare)
    assert not any("100.0%" in one or " 0.0%" in one for one in rare), "a rare code is not nothing"
    assert all("turns" not in row["says"] for row in told["agreement_figures"] if row["figure"] in ("Agreement", "F1"))

    assert run(line) == 0
    told = json.loads(capsys.readouterr().out)
    assert "unit" not in told["agreement_overall"][0], "by turn all figures count turns"
    rare = [row["reading"] for row in told["agreement_codes"] if row["reading"].startswith("Paradox")]
    assert all(" of the turns, " in one for one in rare)


def test_three_coders_have_alpha_and_pairs(path, capsys):
    rows = REFERENCE / "adjudicated.jsonl"
    assert run(["codings", "add", str(path), str(rows), "--coder", "C"]) == 0
    capsys.readouterr()
    assert run(["agreement", str(path), "--coders", "A", "B", "C", "--json", "--theme", "caseload"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["agreement_pairs"]) == 3
    (theme,) = told["agreement_themes"]
    assert "kappa" not in theme
    assert theme["alpha_low"] < theme["alpha"] <= theme["alpha_high"]


def test_one_group_has_no_intervals_and_nothing_that_only_more_groups_bring(tmp_path):
    """In the report of one group figures without an interval were said to have one with a low end."""
    with Project.create(tmp_path / "een.codering") as project:
        project.add([samples_path() / "kloosterveen_voorjaar.srt"])
        add_reference(project)
        said = " ".join(map(str, project.agreement_paragraph(["Codeur A", "Codeur B"])))
        assert "there is no interval" in said
        assert "lower end" not in said
        assert "jackknife" not in said
        assert "saturation" not in {section.key for section in project.results().sections}
