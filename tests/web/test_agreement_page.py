"""The page Agreement: the same figures as elsewhere, deciding with one key, nothing shown while coding is blind."""

from __future__ import annotations

from pathlib import Path

import pytest

from codering.project import Project
from codering.texts import texts as translations
from codering.writing import written
from tests.test_adjudicating import CODERS, TALK, row
from tests.web.conftest import visit


@pytest.fixture
def path(tmp_path) -> Path:
    (tmp_path / "g.txt").write_text(TALK, encoding="utf-8")
    with Project.create(tmp_path / "p.codering") as made:
        made.add([tmp_path / "g.txt"])
        made.add_codings([row(2, "cl_omvang", "Ik heb er te veel"), row(3, "cl_werkdruk", "valt het mee")], coder="An")
        made.add_codings([row(2, "cl_omvang", "Ik heb er te veel")], coder="An")
        both = [row(2, "cl_omvang", "Ik heb er te veel"), row(5, "kv_team", "Daar zeg je wat")]
        made.add_codings([*both, row(4, "kv_team", "Een beetje van dit")], coder="Bo")
    return tmp_path / "p.codering"


@pytest.fixture
def page(app, path, monkeypatch):
    monkeypatch.setenv("CODERING_PROJECT", str(path))
    at = app()
    at.query_params["coder"] = "Cas"
    return visit(at.run(), "agreement")


def texts(at) -> str:
    return " ".join(str(one.value) for kind in ("markdown", "caption", "info", "success") for one in at.get(kind))


def test_the_figures_are_those_of_the_project(page, path):
    assert not page.exception
    with Project.open(path) as project:
        (overall, themes, codes, *_) = project.agreement(CODERS)
    assert len(page.table[0].value) == len(overall.rows)  # few rows: all words are shown
    place = [column.key for column in themes.columns].index("kappa")
    wrote = [written(row[place], themes.columns[place], translations("nl")) for row in themes.rows]
    assert [cell.replace("\\", "") for cell in page.table[1].value["κ"]] == wrote
    assert "Duiding" in page.table[1].value
    shown = page.dataframe[0].value
    assert list(shown["Cohens κ"].fillna(-9)) == [row[place] if row[place] == row[place] else -9 for row in codes.rows]
    assert "Duiding" not in shown  # a table that can be sorted would cut it off
    assert len({one.value for one in page.caption}) == len(page.caption)
    assert "Dat geldt hier voor An, Bo." in texts(page).replace("\\", "")


def test_all_figures_fit_a_small_screen(page):
    """No reading stands beside them, and figures of passages have a table of their own."""
    page.toggle(key="agreement_every").set_value(True)
    page.segmented_control(key="agreement_level").set_value("segment").run()
    assert not page.exception
    assert all("Duiding" not in one.value for one in page.dataframe)
    assert [list(one.value.columns)[1:] for one in page.dataframe][1] == [
        "An ¶", "Bo ¶", "Passages van beiden", "Overlap", "Krippendorffs α_U", "α_U van", "α_U tot",
    ]  # fmt: skip
    assert "PABAK is het percentage" in texts(page)


def decide(page):
    page.segmented_control(key="agreement_part").set_value("decide").run()
    return page.button(key="agreement_begin").click().run()


def test_disagreements_are_decided_one_by_one_with_a_reason_and_undone(page, path):
    at = decide(page)
    assert not at.exception
    at.text_input(key="agreement_reason").set_value("regel 6").run()
    at.button(key="agreement_b").click().run()
    assert at.text_input(key="agreement_reason").value == ""
    at.button(key="agreement_neither").click().run()
    with Project.open(path) as project:
        found = project.adjudication(CODERS, by="Cas")
        assert sorted(str(case.choice) for case in found.cases) == ["a", "b"]
        assert {case.reason for case in found.cases} == {"regel 6", ""}
    assert len(at.success) == 1
    at.button(key="agreement_count").click().run()
    with Project.open(path) as project:
        assert project.setting("counted_coder") == "An + Bo (Cas)"
    at.button(key="agreement_undo").click().run()
    with Project.open(path) as project:
        assert len(project.adjudication(CODERS, by="Cas").open) == 1


def test_something_else_takes_a_code_a_stance_and_words_of_the_turn(page, path):
    at = decide(page)
    at.button(key="agreement_open_other").click().run()
    at.selectbox(key="agreement_other_code").set_value("kv_partners")
    words = next(one for one in at.text_area if one.key.startswith("agreement_words"))
    words.set_value("staat er niet")
    submit = next(one for one in at.button if one.key and "other_form" in one.key)
    submit.click().run()
    assert at.error
    next(one for one in at.text_area if one.key.startswith("agreement_words")).set_value("Een beetje")
    next(one for one in at.button if one.key and "other_form" in one.key).click().run()
    with Project.open(path) as project:
        assert [c.code for c in project.codings(coder="An + Bo (Cas)")][-1] == "kv_partners"


def test_nothing_is_shown_while_coding_is_blind(app, path, monkeypatch):
    with Project.open(path) as project:
        project.set_blind(CODERS)
    monkeypatch.setenv("CODERING_PROJECT", str(path))
    at = app()
    at.query_params["coder"] = "An"
    at = visit(at.run(), "agreement")
    assert not at.dataframe
    assert at.info


def test_every_part_is_shown(page):
    for part in ("codebook", "text", "plan", "machine"):
        at = page.segmented_control(key="agreement_part").set_value(part).run()
        assert not at.exception, part
    assert page.warning
    assert "suggest" in texts(page) or page.error, "without suggestions there is nothing to compare with"
    page.segmented_control(key="agreement_part").set_value("plan").run()
    page.number_input(key="agreement_turns").set_value(3)
    next(one for one in page.button if one.key and "agreement_draw" in one.key).click().run()
    assert len(page.dataframe[0].value) == 3
