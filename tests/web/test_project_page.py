from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from codering.codings import Verdict
from codering.demo import CODERS
from codering.errors import CoderingError
from codering.project import Project
from codering.readers import read_data
from codering.resources import codebook_path, samples_path
from codering.transcripts import Role, Segment
from codering.web import preferences
from codering.web.pages import PAGES
from codering.web.project.speakers import read_attributes, written
from codering.web.project.starting import new_project
from tests.web.conftest import visit

HOSTILE = "![x](http://tracker.example/x.png) <script>alert(1)</script> :red[rood] **vet**"
TEXT = "Interviewer: Hoe gaat het?\nMaria: Er is hier te weinig tijd, {words}.\nPiet: Mijn collega helpt mij.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    path = tmp_path / "projecten"
    path.mkdir()
    monkeypatch.chdir(path)
    return path


@pytest.fixture
def project(folder, monkeypatch, small):
    path = folder / "ronde.codering"
    Project.create(path, codebook=small).close()
    monkeypatch.setenv("CODERING_PROJECT", str(path))
    return path


def texts_of(at) -> str:
    return " ".join(str(element.value) for element in (*at.markdown, *at.caption, *at.error, *at.warning, *at.info))


def test_without_a_project_the_samples_are_one_click_away(app, folder):
    at = app().run()
    at.button(key="project_sample").click().run()
    assert not at.exception
    with Project.open(folder / "voorbeeld.codering") as project:
        assert len(project.transcripts()) == len(list(samples_path().glob("*.yaml"))) - 1  # split.yaml is none
        assert project.coders() == tuple(CODERS)
    assert at.title[0].value == "Voorbeeldproject"
    assert preferences.load().recent == (str(folder / "voorbeeld.codering"),)


def test_a_project_is_made_with_the_codebook_that_was_chosen(app, folder):
    at = app().run()
    at.text_input(key="project_name").set_value("Ronde 1/2").run()
    at.radio(key="project_codebook").set_value("vraagtafels").run()
    at.button(key="project_make").click().run()
    assert not at.exception
    with Project.open(folder / "Ronde 1-2.codering") as project:
        assert project.name == "Ronde 1/2"
        assert project.codebook.id == "vraagtafels"


@pytest.mark.parametrize(
    ("button", "codebook", "name", "says"),
    [
        ("project_make", "sam", "", "Geef het project eerst een naam."),
        ("project_make", "own", "Ronde 1", "Kies eerst het bestand van je codeboek."),
        ("project_open", "sam", "", "Vul eerst in waar het project staat."),
    ],
)
def test_a_button_that_lacks_something_says_what(app, folder, button, codebook, name, says):
    at = app().run()
    at.radio(key="project_codebook").set_value(codebook).run()
    at.text_input(key="project_name").set_value(name).run()
    at.button(key=button).click().run()
    assert says in texts_of(at)
    assert list(folder.iterdir()) == []


def test_a_project_in_the_folder_is_opened_and_a_bad_path_is_a_message(app, folder):
    Project.create(folder / "oud.codering", name="Oud").close()
    at = app().run()
    at.text_input(key="project_path").set_value(str(folder / "weg.codering")).run()
    at.button(key="project_open").click().run()
    assert "weg" in at.error[0].value
    at.text_input(key="project_path").set_value("").run()
    at.button(key="project_open").click().run()
    assert at.title[0].value == "Oud"


def test_an_own_codebook_that_is_not_valid_makes_no_project(folder):
    with pytest.raises(CoderingError):
        new_project(folder, "Eigen", "own", b"themes: 3", "eigen.yaml")
    assert list(folder.iterdir()) == []
    path = new_project(folder, "Eigen", "own", codebook_path("vraagtafels").read_bytes(), "eigen.yaml")
    with Project.open(path) as project:
        assert project.codebook.id == "vraagtafels"
        assert len(project.codebook_versions()) == 1, "nothing of ours stands before it"


def test_nothing_is_saved_before_the_button_and_corrections_are(app, project):
    at = app().run()
    name = "project_files_0"
    at.file_uploader(key=name).upload("groep.txt", TEXT.format(words="echt").encode(), "text/plain").run()
    assert not at.exception
    with Project.open(project) as opened:
        assert opened.transcripts() == ()
    identity = next(iter(at.session_state["project_read"]))
    at.text_input(key=f"project_wave_{identity}").set_value("2026-najaar").run()
    at.text_input(key=f"project_date_{identity}").set_value("5 november 2026").run()
    at.session_state[f"project_speakers_{identity}"] = {
        "edited_rows": {2: {"role": "moderator"}, 1: {"pseudonym": "P1", "attributes": "functie: arts"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    at.run()
    at.button(key="project_save").click().run()
    assert not at.exception
    with Project.open(project) as opened:
        (transcript,) = opened.transcripts()
        assert (transcript.wave, transcript.date) == ("2026-najaar", "2026-11-05")
        assert transcript.speaker("Piet").role is Role.MODERATOR
        assert transcript.speaker("Maria").pseudonym == "P1"
        assert transcript.speaker("Maria").attribute("functie") == "arts"
        assert opened.suggestions()
    assert "1 transcript is toegevoegd" in at.success[0].value


def test_what_cannot_be_read_is_said_with_its_file_and_the_rest_can_be_saved(app, project):
    at = app().run()
    files = at.file_uploader(key="project_files_0")
    files.upload("leeg.txt", b"", "text/plain").upload(
        "groep.txt", TEXT.format(words="echt").encode(), "text/plain"
    ).run()
    assert "leeg" in at.error[0].value
    assert "1 bestand was niet te lezen" in at.warning[0].value
    assert at.button(key="project_save").label.startswith("1 transcript")
    at.button(key="project_save").click().run()
    assert "leeg.txt" in " ".join(one.value for one in at.warning).replace("\\", "")
    assert [one.name for one in Project.open(project).transcripts()] == ["groep"]


LEADERLESS = "Ans: Er is te weinig tijd.\nMaria: Ja, en de computer hangt.\n"


def test_who_leads_is_corrected_on_the_page_and_then_no_longer_asked(app, project):
    at = app().run()
    at.file_uploader(key="project_files_0").upload("groep.txt", LEADERLESS.encode(), "text/plain").run()
    assert "in de tabel hieronder" in at.warning[0].value
    assert "yaml" not in at.warning[0].value
    assert "geen gespreksleider" in at.expander[0].label
    identity = next(iter(at.session_state["project_read"]))
    at.session_state[f"project_speakers_{identity}"] = {"edited_rows": {0: {"role": "moderator"}}}
    at.run()
    assert not at.warning
    assert "gespreksleider: Ans" in at.expander[0].label
    at.button(key="project_save").click().run()
    assert not at.exception
    with Project.open(project) as opened:
        assert opened.transcript("groep").speaker("Ans").role is Role.MODERATOR
        assert opened.describe_transcripts()[0].origin.problems == ()


def test_what_is_said_about_a_transcript_that_is_not_there_is_not_lost_without_a_word(app, project):
    at = app().run()
    files = at.file_uploader(key="project_files_0")
    files.upload("los.yaml", b"wave: najaar\n", "application/yaml").upload(
        "groep.txt", TEXT.format(words="echt").encode(), "text/plain"
    ).run()
    assert "los" in at.warning[0].value
    assert "er niet bij" in at.warning[0].value


def test_words_that_were_damaged_can_be_put_back_on_the_page(app, project):
    content = TEXT.format(words="echt").encode()
    with Project.open(project) as opened:
        opened.add_readings([read_data(content, "groep.txt")])
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute("DELETE FROM turns WHERE number = 3")
    at = app().run()
    assert "De woorden van groep zijn niet meer" in at.error[0].value
    at.file_uploader(key="project_files_0").upload("groep.txt", content, "text/plain").run()
    at.button(key="project_save").click().run()
    assert not at.exception
    assert not at.error
    assert "teruggezet" in texts_of(at)
    assert not at.success
    assert "niet veranderd" not in texts_of(at)
    with Project.open(project) as opened:
        assert len(opened.transcript("groep").turns) == 3


def test_a_codebook_that_was_damaged_is_not_used_on_any_page(app, project):
    with Project.open(project) as opened:
        opened.add_readings([read_data(TEXT.format(words="echt").encode(), "groep.txt")])
        opened.suggest()
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute("DROP TRIGGER codebooks_no_update")
        connection.execute("UPDATE codebooks SET text = text || '# zwabberbeleid'")
    at = app()
    at.session_state["coder"] = "Noor"
    at.run()
    said = set()
    for page in PAGES:
        visit(at, page.name)
        assert not at.exception, page.name
        assert "wabberbeleid" not in str(at), page.name
        said |= {page.name} if "niet meer zoals het is ingevoerd" in texts_of(at) else set()
    # Where nothing was coded yet, the other pages have nothing to show, whatever the codebook.
    assert {page.name for page in PAGES} - said <= {"help", "agreement", "waves", "practice", "learning"}
    assert {"project", "codebook", "review", "frequencies"} <= said


def test_no_page_shows_or_counts_words_that_were_damaged(app, project):
    with Project.open(project) as opened:
        opened.add_readings([read_data(TEXT.format(words="echt").encode(), "groep.txt")])
        opened.suggest()
        opened.decide(Verdict.ADD, coder="Noor", segment=Segment("groep", 2, 0, 5), code="tijd")
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute("DROP TRIGGER turns_no_update")
        connection.execute("UPDATE turns SET text = 'Zwabberbeleid, zwabberbeleid.' WHERE number = 2")
    at = app()
    at.session_state["coder"] = "Noor"
    at.run()
    for page in PAGES:
        visit(at, page.name)
        assert not at.exception, page.name
        assert "wabberbeleid" not in str(at), page.name
        assert not at.metric, page.name
        assert not at.dataframe, page.name
        assert page.name == "help" or "niet meer zoals het is toegevoegd" in texts_of(at), page.name


def test_hostile_files_are_shown_as_they_are(app, project):
    at = app().run()
    files = at.file_uploader(key="project_files_0")
    files.upload(f"{HOSTILE[:12]}.txt", TEXT.format(words=HOSTILE).encode(), "text/plain").run()
    at.button(key="project_save").click().run()
    assert not at.exception
    shown = texts_of(at)
    assert "![x](" not in shown
    assert "<script>" not in shown


def test_a_changed_wave_is_saved_only_when_asked(app, project):
    with Project.open(project) as opened:
        opened.add([samples_path() / "waterhove_voorjaar.docx"])
    at = app().run()
    version = Project.open(project).revisions()["transcripts"]
    at.session_state[f"project_transcripts_{version}"] = {"edited_rows": {0: {"wave": "ronde 9"}}}
    at.run()
    assert Project.open(project).transcripts()[0].wave == "2026-voorjaar"
    at.button(key="project_save_transcripts").click().run()
    assert not at.exception
    assert Project.open(project).transcripts()[0].wave == "ronde 9"
    assert Project.open(project).transcripts()[0].group == "Waterhove"


def test_a_transcript_is_removed_only_by_who_is_sure(app, project):
    with Project.open(project) as opened:
        opened.add([samples_path() / "waterhove_voorjaar.docx"])
        version = opened.revisions()["transcripts"]
    at = app().run()
    assert at.button(key="project_remove").disabled
    at.checkbox(key=f"project_sure_waterhove_voorjaar_{version}").check().run()
    at.button(key="project_remove").click().run()
    assert not at.exception
    assert Project.open(project).transcripts() == ()


def test_facts_are_written_and_read_back():
    facts = (("functie", "klantmanager"), ("ervaring", "12"))
    assert read_attributes(written(facts)) == facts
    assert read_attributes(" ; ") == ()
    with pytest.raises(CoderingError):
        read_attributes("functie")


def test_a_second_coder_is_led_to_their_own_suggestions_and_who_has_none_left_to_the_frequencies(app, project):
    with Project.open(project) as opened:
        opened.add_readings([read_data(TEXT.format(words="zeg ik").encode(), "a.txt")])
        opened.suggest()
        opened.accept_all(opened.acceptable(0, coder="Noor"), coder="Noor")
    keys = ("project_review", "project_frequencies")
    found = {}
    for coder in ("", "Noor", "Daan"):
        at = app()
        at.session_state["coder"] = coder
        found[coder] = [one.key for one in at.run().button if one.key in keys]
    assert found == {"": ["project_frequencies"], "Noor": ["project_frequencies"], "Daan": list(keys)}
    at.button(key="project_review").click().run()
    assert at.title[0].value == "Coderen"


def test_a_project_that_is_replaced_by_another_file_is_read_anew(app, project, tmp_path):
    at = app().run()
    other = Project.create(tmp_path / "b.codering", name="Ander")
    other.close()
    project.unlink()
    Path(tmp_path / "b.codering").rename(project)
    at.run()
    assert at.title[0].value == "Ander"


def test_what_an_open_suggestion_is_stands_beside_the_count_of_ones_own(app, project):
    with Project.open(project) as opened:
        opened.add_readings([read_data(TEXT.format(words="zeg ik").encode(), "a.txt")])
        opened.suggest()
        total, open_ = sum(one.total for one in opened.progress(coder="Noor")), len(opened.unreviewed())
    assert total == open_ == 1
    at = app().run()
    assert "telt alleen wat jij beantwoordde" not in texts_of(at), "without a name there is no count of one's own"
    at.session_state["coder"] = "Noor"
    at.run()
    assert next(one.value for one in at.metric if one.label == "Open suggesties") == str(open_)
    assert f"telt alleen wat jij beantwoordde: 0 van de {total}." in texts_of(at)


def test_a_project_without_transcripts_shows_no_row_of_zeros(app, project):
    at = app().run()
    assert not at.metric


def test_coding_blind_is_begun_and_ended_on_the_page(app, project):
    with Project.open(project) as opened:
        opened.add_readings([read_data(TEXT.format(words=f"{n} zeg ik").encode(), f"{n}.txt") for n in ("a", "b")])
    at = app().run()
    at.multiselect(key="project_blind_where_").set_value(["a"])
    at.multiselect(key="project_blind_").set_value(["Noor"]).run()
    at.button(key="project_blind_save").click().run()
    assert "twee of meer codeurs" in at.error[0].value
    at.multiselect(key="project_blind_").set_value(["Noor", "Daan"]).run()
    at.button(key="project_blind_save").click().run()
    assert not at.exception
    with Project.open(project) as opened:
        assert (opened.blind_coders, opened.blind_transcripts) == (("Noor", "Daan"), {"a"})
        opened.mark_done("a", coder="Noor")
        opened.mark_done("a", coder="Daan")
    at.run()
    assert "Iedereen is klaar met 1 van 1 transcript." in texts_of(at)
    at.multiselect(key="project_blind_Noor_Daan").set_value([]).run()
    assert at.button(key="project_blind_save").label == "Niet meer blind coderen"
    at.button(key="project_blind_save").click().run()
    with Project.open(project) as opened:
        assert opened.blind_coders == ()
