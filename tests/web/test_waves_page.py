from __future__ import annotations

import pytest

from codering.codebooks import Label
from codering.imports import read_coding_rows
from codering.project import Project
from codering.readers.codebook_edit import CodebookFile
from codering.resources import codebook_path, samples_path
from tests.web.conftest import visit


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("waves") / "ronde.codering"
    with Project.create(path) as project:
        project.add([samples_path()])
        rows, _ = read_coding_rows(samples_path() / "reference" / "adjudicated.jsonl")
        project.add_codings(rows, coder="Referentie")
    return path


@pytest.fixture
def session(app, made, monkeypatch):
    monkeypatch.setenv("CODERING_PROJECT", str(made))
    at = app().run()
    at.session_state["coder"] = "Merel"
    return at


def said(at):
    return " ".join(str(one.value) for one in (*at.markdown, *at.caption, *at.warning, *at.info, *at.title, *at.header))


def charts(at):
    return at.get("vega_lite_chart") + at.get("arrow_vega_lite_chart")


def test_the_page_says_first_that_so_few_groups_allow_no_conclusion(session):
    at = visit(session, "waves")
    assert not at.exception
    assert "valt niets te zeggen over toeval" in at.warning[0].value
    assert "2026-voorjaar → 2026-najaar" in said(at)
    assert charts(at)
    compared = at.dataframe[0].value
    row = compared[compared["Naam"] == "Registratiedruk"].iloc[0]
    assert row["Patroon"] == "verdwenen"


def test_the_rules_are_the_analysts(session):
    at = visit(session, "waves")
    at.number_input(key="waves_step").set_value(60)
    at.number_input(key="waves_recurring_groups").set_value(4)
    at.run()
    assert not at.exception
    assert "60 procentpunt" in said(at)
    assert "minstens 4 groepen" in said(at)
    at.toggle(key="waves_themes").set_value(True).run()
    assert not at.exception
    assert "Registratiedruk" not in set(at.dataframe[0].value["Naam"])


def test_the_words_behind_a_topic_are_shown_by_wave(session):
    at = visit(session, "waves")
    at.selectbox(key="waves_code_code").set_value("gb_politieke_druk").run()
    assert "Dit zegt hier niemand" in said(at)
    at.selectbox(key="waves_wave").set_value("2026-najaar").run()
    assert not at.exception
    assert "Dit zegt hier niemand" not in said(at)
    assert "stemde alleen in" not in said(at)
    at.selectbox(key="waves_code_code").set_value("cl_prioriteren").run()
    assert "van 16 deelnemers" in said(at)
    assert "1 van hen stemde alleen in" in said(at), "the figure says 15"


def test_one_wave_is_nothing_to_compare(app, tmp_path, monkeypatch):
    with Project.create(tmp_path / "een.codering") as project:
        project.add([samples_path() / "waterhove_voorjaar.docx"])
    monkeypatch.setenv("CODERING_PROJECT", str(tmp_path / "een.codering"))
    at = visit(app().run(), "waves")
    assert not at.exception
    assert "in dit project staan er 1" in said(at)
    assert "suggesties zijn geen uitkomst" in said(visit(at, "explore"))


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("together", "Wat een beurt deelt"),
        ("saturation", "Niet verzadigd"),
        ("speaking", "Hoe het spreken verdeeld is"),
        ("paper", "zijn niet hetzelfde"),
    ],
)
def test_everything_can_be_explored(session, view, words):
    at = visit(session, "explore")
    at.segmented_control(key="explore_view").set_value(view).run()
    assert not at.exception
    assert words in said(at)


def test_saturation_by_another_rule(session):
    at = visit(session, "explore")
    at.segmented_control(key="explore_view").set_value("saturation").run()
    at.number_input(key="explore_threshold").set_value(10).run()
    assert "Verzadigd bij" in at.info[0].value


def test_pairs_show_few_columns_at_first_and_all_of_them_when_asked(session):
    at = visit(session, "explore")
    assert list(at.dataframe[0].value) == [
        "Thema", "Met", "Beurten met beide", "Verwacht bij toeval", "z", "Focusgroepen"
    ]  # fmt: skip
    at.toggle(key="explore_every").set_value(True).run()
    assert {"Jaccard", "Beurten met de eerste"} <= set(at.dataframe[0].value)
    assert "Jaccard" in at.dataframe[1].value


def test_the_words_behind_codes_that_are_compared_together_are_those_of_the_code_that_was_split(
    app, made, tmp_path, monkeypatch
):
    book = tmp_path / "boek.yaml"
    book.write_text(codebook_path().read_text(encoding="utf-8"), encoding="utf-8")
    file = CodebookFile.open(book)
    parts = [(id_, Label(id_, id_), "Een deel van wat het was.") for id_ in ("cl_lawaai", "cl_toeval")]
    file.split_code("cl_prioriteren", parts)
    copied = tmp_path / "later.codering"
    copied.write_bytes(made.read_bytes())
    with Project.open(copied) as project:
        project.set_codebook(file.text, by="Els")
    monkeypatch.setenv("CODERING_PROJECT", str(copied))
    at = visit(app().run(), "waves")
    at.selectbox(key="waves_code_code").set_value("cl_lawaai+cl_toeval")
    at.selectbox(key="waves_wave").set_value("2026-najaar").run()
    assert not at.exception
    assert "van 16 deelnemers" in said(at)
