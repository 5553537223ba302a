from __future__ import annotations

import pytest

from codering.codings import Stance, Verdict
from codering.errors import ExportError
from codering.exporters import FORMATS
from codering.project import Project
from codering.project.counting import COUNTED_CODER
from codering.readers import read_data
from codering.texts import texts
from codering.web.pages.exports import _TOLD, made
from tests.web.conftest import visit

TEXT = "Interviewer: Hoe gaat het?\nMaria: Er is te weinig tijd voor iedereen.\n"


@pytest.fixture
def project(tmp_path, monkeypatch, small):
    path = tmp_path / "ronde.codering"
    with Project.create(path, codebook=small) as project:
        project.add_readings([read_data(TEXT.encode(), "a.txt")])
        transcript = project.transcript("a")
        segment = transcript.whole(transcript.turn(2))
        code = project.codebook.themes[0].codes[0].id
        for coder in ("Noor", "Els"):
            project.decide(Verdict.ADD, coder=coder, segment=segment, code=code, stance=Stance.CONFIRMS)
    monkeypatch.setenv("CODERING_PROJECT", str(path))
    return path


def test_every_format_is_offered_with_what_it_holds(app, project):
    at = visit(app().run(), "exports")
    assert not at.exception
    assert len(at.get("download_button")) == len(FORMATS)
    assert set(FORMATS) <= set(_TOLD)


def test_small_numbers_can_be_left_out_of_what_is_published(app, project):
    at = visit(app().run(), "exports")
    at.selectbox(key="exports_fewest").set_value(3).run()
    offered = {button.proto.id.rpartition("exports_make_")[2] for button in at.get("download_button")}
    assert offered == {"excel", "word", "html", "qdc"}
    assert sum("Hier kan niets worden weggelaten" in one.value for one in at.caption) == 3
    with Project.open(project) as opened:
        assert "minder dan 3 deelnemers" in made(opened, "html", ".html", texts("nl"), [], fewest=3).decode()


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_is_made(project, name):
    with Project.open(project) as opened:
        assert len(made(opened, name, FORMATS[name][0], texts("nl"), [])) > 100


def test_what_goes_wrong_saves_nothing_and_is_kept_for_the_page(project, monkeypatch):
    def fail(*_args, **_kwargs):
        raise ExportError("{file} cannot be written ({reason}). Is it open in another program, or is the folder "
                          "protected?", file="x", reason="y")  # fmt: skip

    failures = []
    with Project.open(project) as opened:
        monkeypatch.setattr(opened, "export", fail, raising=False)
        with pytest.raises(ExportError):
            made(opened, "excel", ".xlsx", texts("nl"), failures)
    assert len(failures) == 1


def test_whose_codings_count_is_kept_only_when_asked(app, project):
    at = visit(app().run(), "exports")
    at.selectbox(key="exports_counted_").set_value("Els").run()
    assert not Project.open(project).setting(COUNTED_CODER)
    at.button(key="exports_keep").click().run()
    assert not at.exception
    assert Project.open(project).setting(COUNTED_CODER) == "Els"


def test_help_is_in_both_languages(app, project):
    at = visit(app().run(), "help")
    assert "Het eerste uur" in [one.value for one in at.header]
    at.button_group(key="lang").set_value("en").run()
    assert "The first hour" in [one.value for one in at.header]
