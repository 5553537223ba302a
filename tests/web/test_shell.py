from __future__ import annotations

import pytest

from codering.project import Project
from codering.web import preferences
from codering.web.pages import PAGES
from tests.web.conftest import visit


@pytest.fixture
def project(tmp_path, monkeypatch):
    path = tmp_path / "ronde.codering"
    Project.create(path).close()
    monkeypatch.setenv("CODERING_PROJECT", str(path))
    return path


def test_every_page_of_the_list_is_shown_with_an_empty_project(app, project):
    at = app().run()
    for page in PAGES:
        at.session_state["coder"] = "Noor"
        visit(at, page.name)
        assert not at.exception, page.name
        assert not at.error, page.name
        assert at.title, page.name


@pytest.mark.parametrize("page", ["review", "frequencies", "waves", "explore"])
def test_a_page_without_transcripts_leads_to_where_they_are_added(app, project, page):
    at = app().run()
    at.session_state["coder"] = "Noor"
    visit(at, page).button(key="nothing_read").click().run()
    assert not at.exception
    assert at.get("file_uploader"), "the page Project"


def test_dutch_is_the_default_and_english_is_remembered(app, project):
    at = app().run()
    assert at.text_input(key="coder").label == "Je naam als codeur"
    at.button_group(key="lang").set_value("en").run()
    assert at.text_input(key="coder").label == "Your name as a coder"
    assert preferences.load().language == "en"
    assert app().run().text_input(key="coder").label == "Your name as a coder"


def test_the_language_that_a_link_asks_for_outlives_a_reload(app, project):
    preferences.save(preferences.Preferences(language="en"))
    at = app()
    at.query_params["lang"] = "nl"
    assert at.run().text_input(key="coder").label == "Je naam als codeur"
    # Streamlit takes a first value out of the address, so that a reload asks for none.
    assert app().run().text_input(key="coder").label == "Je naam als codeur"


def test_a_coder_is_remembered_on_this_computer(app, project):
    at = app().run()
    at.text_input(key="coder").set_value("  Noor   de Wit ").run()
    assert preferences.load().coder == "Noor de Wit"
    assert app().run().text_input(key="coder").value == "Noor de Wit"


def test_a_page_that_needs_a_name_asks_for_it_and_goes_on(app, project, tmp_path):
    (tmp_path / "groep.txt").write_text("Ans: Vertel.\nBo: Ja.", encoding="utf-8")
    with Project.open(project) as opened:
        opened.add([tmp_path / "groep.txt"])
    at = visit(app().run(), "review")
    assert at.info[0].value.startswith("Elke beslissing wordt onder een naam bewaard.")
    at.text_input(key="coder_asked").set_value(" Noor  de Wit ")
    next(one for one in at.button if one.label == "Verder").click().run()
    assert not at.exception
    assert not at.info
    assert "Noor" in at.text_input(key="coder").value
    assert preferences.load().coder == "Noor de Wit"
    assert at.selectbox(key="review_transcript").value == "groep"


def test_the_field_of_the_name_is_filled_again_in_each_run(app):
    """The browser forgets it where the connection is cut while another page is on its way."""
    at = app().run()
    at.text_input(key="coder").set_value("Noor").run()
    field = at.run().text_input(key="coder").proto
    assert (field.set_value, field.value) == (True, "Noor")


def test_what_is_wrong_with_a_project_is_a_message(app, tmp_path, monkeypatch):
    monkeypatch.setenv("CODERING_PROJECT", str(tmp_path / "weg.codering"))
    at = app().run()
    assert not at.exception
    assert "weg" in at.error[0].value
    shown = [element.type for element in at.main]
    assert shown.index("title") < shown.index("error"), "what is wrong stands under the name of the page"


@pytest.mark.parametrize("address", ["", "/review", "/codebook"])
def test_the_script_of_the_transcript_is_sent_once_whatever_the_address_says(app, project, monkeypatch, address):
    """The address may still be that of the page before; it only decides how early the script comes."""
    from codering.web import shell
    from codering.web.pages import PAGES

    named = {page.name: page for page in PAGES}
    first = named.get(address.strip("/"), PAGES[0])
    find = shell._page
    monkeypatch.setattr(shell, "_page", lambda path: first if path == "" else find(path))
    at = app().run()
    at.session_state["coder"] = "Noor"
    visit(at, "review")
    assert not at.exception
    assert len([one for one in at.get("bidi_component") if "review_script" in one.proto.id]) == 1
