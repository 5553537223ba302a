from __future__ import annotations

import shutil

import pytest

from codering.demo import CODERS
from codering.imports import read_coding_rows
from codering.practice import read_sheet
from codering.project import Project
from codering.resources import samples_path
from tests.web.conftest import visit

TALKS = ("kloosterveen_voorjaar.srt", "waterhove_voorjaar.docx", "waterhove_najaar.vtt")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("practice") / "ronde.codering"
    with Project.create(path) as project:
        project.add([samples_path() / name for name in TALKS])
        project.suggest()
        held = {transcript.name for transcript in project.transcripts()}
        for coder, file in CODERS.items():
            rows, _ = read_coding_rows(samples_path() / "reference" / file)
            project.add_codings((row for row in rows if row.values["transcript"] in held), coder=coder)
        project.set_setting("counted_coder", "Referentie")
    return path


@pytest.fixture
def page(app, made, monkeypatch):
    monkeypatch.setenv("CODERING_PROJECT", str(made))
    at = app().run()
    at.session_state["coder"] = "Merel"
    return visit(at, "practice")


def begin(at, **chosen):
    at.number_input(key="practice_size").set_value(3)
    at.number_input(key="practice_seed").set_value(chosen.get("seed", 1))
    return at.button(key="practice_begin").click().run()


def said(at):
    return " ".join(str(one.value) for one in (*at.markdown, *at.caption, *at.warning, *at.info, *at.success))


def test_an_exercise_from_begin_to_end(page, made):
    at = begin(page, seed=11)
    for _ in range(3):
        hidden = said(at)
        assert "Definitie van" not in hidden, "the reference stays hidden until the turn is handed in"
        at.multiselect[0].select("pi_output").run()
        at = at.button(key="practice_hand_in").click().run()
        assert "Jouw antwoord" in said(at)
        at = at.button(key="practice_next").click().run()
        assert not at.exception
    assert "van de 3 beurten goed" in said(at)
    (file,) = (made.parent / "ronde-oefeningen").glob("Merel-*.jsonl")
    assert len(read_sheet(file).answers) == 3
    at.segmented_control(key="practice_part").set_value("progress").run()
    assert not at.exception
    assert next(one.value for one in at.subheader) == "Per code"


def test_an_exercise_goes_on_in_another_session(page, app, made):
    at = begin(page, seed=12)
    at = at.button(key="practice_hand_in").click().run()
    code = at.session_state["practice_code"]
    other = app().run()
    other.session_state["coder"] = "Merel"
    other = visit(other, "practice")
    other.text_input(key="practice_shared").set_value(code).run()
    other = other.button(key="practice_begin").click().run()
    assert len(read_sheet(next((made.parent / "ronde-oefeningen").glob(f"*{code}.jsonl"))).answers) == 1
    assert other.session_state["practice_code"] == code


def test_a_mistyped_code_is_a_message(page):
    page.text_input(key="practice_shared").set_value("ABCD").run()
    at = page.button(key="practice_begin").click().run()
    assert "geen oefencode" in at.error[0].value


def test_nothing_handed_in_says_what_to_do(app, made, monkeypatch):
    monkeypatch.setenv("CODERING_PROJECT", str(made))
    at = app().run()
    at.session_state["coder"] = "Niemand"
    visit(at, "practice")
    at.segmented_control(key="practice_part").set_value("progress").run()
    assert "nog niets ingeleverd" in at.info[0].value
    at.button(key="practice_to_exercise").click().run()
    assert at.segmented_control(key="practice_part").value == "exercise"
    assert at.button(key="practice_begin").label == "Beginnen"


def test_while_coders_work_blind_there_is_no_reference_to_practise_on(app, made, tmp_path, monkeypatch):
    path = tmp_path / "blind.codering"
    shutil.copy(made, path)
    with Project.open(path) as project:
        project.set_blind(["Merel", "Daan"])
    monkeypatch.setenv("CODERING_PROJECT", str(path))
    at = app().run()
    at.session_state["coder"] = "Merel"
    visit(at, "practice")
    assert "blind gecodeerd" in at.info[0].value
    assert "practice_begin" not in {button.key for button in at.button}
