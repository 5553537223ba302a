from __future__ import annotations

from types import SimpleNamespace

import pytest

from codering.codings import Stance, Verdict
from codering.project import Project
from codering.readers import read_data
from codering.web.frequencies.views import CODE, STANCE, UNIT, _picked
from tests.web.conftest import visit

HOSTILE = "![x](http://tracker.example/x.png) <b>vet</b> :red[rood] [hier](http://kwaad.example)"
TEXT = f"""Interviewer: Hoe gaat het?
Maria: Er is te weinig tijd voor iedereen, {HOSTILE} zeg ik.
Piet: Bij mij is er juist genoeg tijd, zeg ik.
"""


@pytest.fixture
def project(tmp_path, monkeypatch, small):
    path = tmp_path / "ronde.codering"
    with Project.create(path, codebook=small) as project:
        code, other = (theme.codes[0].id for theme in project.codebook.themes[:2])
        for name, wave in (("a", "1"), ("b", "2")):
            project.add_readings([read_data(TEXT.encode(), f"{name}.txt")])
            project.set_transcript(name, wave=wave, group=f"Groep {name}")
            transcript = project.transcript(name)
            for number, one, stance in (
                (2, code, Stance.CONFIRMS),
                (2, other, Stance.CONFIRMS),
                (3, code, Stance.DENIES),
            ):
                segment = transcript.whole(transcript.turn(number))
                project.decide(Verdict.ADD, coder="Noor", segment=segment, code=one, stance=stance)
    monkeypatch.setenv("CODERING_PROJECT", str(path))
    return path


@pytest.fixture
def page(app, project):
    return visit(app().run(), "frequencies")


def shown(at) -> str:
    return " ".join(str(one.value) for one in (*at.markdown, *at.caption, *at.info))


@pytest.mark.parametrize("view", ["bars", "map", "course", "table"])
@pytest.mark.parametrize("level", ["theme", "code"])
def test_every_view_shows_something_and_its_base(page, view, level):
    page.button_group(key="frequencies_view").set_value(view).run()
    page.button_group(key="frequencies_level").set_value(level).run()
    assert not page.exception, page.exception
    assert not page.error
    assert "Noor" in shown(page)  # whose codings these are


@pytest.mark.parametrize("measure", ["groups", "turns", "mentions"])
def test_every_measure_is_counted(page, measure):
    page.button_group(key="frequencies_measure").set_value(measure).run()
    assert not page.exception


def test_denied_is_a_figure_of_its_own(page):
    assert [one.value for one in page.header][:2] == ["Bevestigd", "Ontkend"]


def test_a_number_opens_its_words_and_they_are_not_markup(page, project):
    theme = Project.open(project).codebook.themes[0].id
    page.selectbox(key=CODE).set_value(theme).run()
    page.selectbox(key=UNIT).set_value("2").run()
    assert not page.exception
    assert "1 passage van 1 deelnemer in 1 focusgroep." in shown(page)
    html = " ".join(one.proto.body for one in page.get("html"))
    assert "&lt;b&gt;vet&lt;/b&gt;" in html
    assert "<b>" not in html
    assert "tracker.example" not in shown(page)


def test_who_only_agreed_stands_behind_a_number_without_counting_in_it(page, project):
    """The map said 6 and the words below it were of 7 participants."""
    with Project.open(project) as opened:
        code = opened.codebook.themes[0].codes[0].id
        opened.add_readings([read_data(TEXT.encode() + b"Kees: Ja, precies.\n", "c.txt")])
        opened.set_transcript("c", wave="1")
        transcript = opened.transcript("c")
        for number in (2, 4):
            segment = transcript.whole(transcript.turn(number))
            opened.decide(Verdict.ADD, coder="Noor", segment=segment, code=code, stance=Stance.CONFIRMS)
        theme = opened.codebook.themes[0].id
    page.run()
    page.selectbox(key=CODE).set_value(theme).run()
    page.selectbox(key=UNIT).set_value("1").run()
    assert not page.exception
    assert "3 passages van 3 deelnemers in 2 focusgroepen. 1 van hen stemde alleen in" in shown(page)
    page.button_group(key="frequencies_measure").set_value("turns").run()
    assert "stemde alleen in" not in shown(page)


def test_a_moment_of_the_discussion_opens_its_words_from_the_keyboard_too(page, project):
    page.button_group(key="frequencies_view").set_value("course").run()
    moment = page.selectbox(key="frequencies_moment")
    assert len(moment.options) == 4  # none, two themes confirmed and one denied
    theme = Project.open(project).codebook.themes[0].id
    moment.set_value((3, theme)).run()
    assert not page.exception
    assert "ontkent" in " ".join(one.proto.body for one in page.get("html"))


def test_another_level_forgets_a_choice_that_it_does_not_have(page, project):
    theme = Project.open(project).codebook.themes[0].id
    page.selectbox(key=CODE).set_value(theme).run()
    page.button_group(key="frequencies_level").set_value("code").run()
    assert not page.exception
    assert page.selectbox(key=CODE).value is None


def test_a_cell_of_the_table_chooses_its_row_unit_and_stance(monkeypatch):
    state: dict[str, object] = {}
    monkeypatch.setattr("codering.web.frequencies.views.st", SimpleNamespace(session_state=state))
    by_wave, whole = SimpleNamespace(by="wave"), SimpleNamespace(by="all")
    _picked("druk", ["1", "2"], by_wave, "unit_1", 1)
    assert state == {CODE: "druk", UNIT: "2", STANCE: "bevestigt"}
    state["frequencies_shares"] = True
    _picked("druk", ["1", "2"], by_wave, "share_0", 1)
    assert state[UNIT] == "1"
    _picked("rust", [""], whole, "denied_turns", 9)
    assert (state[CODE], state[UNIT], state[STANCE]) == ("rust", "", "ontkent")
    _picked("niets", [""], whole, "theme", -1)
    assert state[CODE] == "rust"


def test_nothing_decided_says_what_to_do(app, tmp_path, monkeypatch, small):
    path = tmp_path / "leeg.codering"
    with Project.create(path, codebook=small) as project:
        project.add_readings([read_data(TEXT.encode(), "a.txt")])
    monkeypatch.setenv("CODERING_PROJECT", str(path))
    at = visit(app().run(), "frequencies")
    assert "suggesties zijn geen uitkomsten" in at.info[0].value


def test_blind_coding_hides_what_others_decided(app, project):
    with Project.open(project) as opened:
        opened.set_blind(["Noor", "Els"])
    for page in ("frequencies", "exports"):
        at = visit(app().run(), page)
        assert "blind" in at.info[0].value
        assert not at.get("download_button")


def test_a_passage_is_chosen_for_the_report_and_left_out_again(page, project):
    with Project.open(project) as opened:
        theme = opened.codebook.themes[0].id
    page.session_state["coder"] = "Noor"
    page.selectbox(key=CODE).set_value(theme).run()
    first = next(one for one in page.button if "_choose_" in str(one.key))
    assert first.label == "Voor het verslag"
    first.click().run()
    assert not page.exception
    with Project.open(project) as opened:
        (kept,) = opened.chosen_quotations()
        assert kept.id in {one.id for one in opened.codings()}
    again = page.button(key=first.key)
    assert again.label == "In het verslag"
    again.click().run()
    with Project.open(project) as opened:
        assert opened.chosen_quotations() == ()
