from __future__ import annotations

import pytest

from codering.codebooks import Change
from codering.project import Project
from codering.readers import read_data
from codering.readers.codebook_edit import CodebookFile
from codering.readers.codebook_rule_text import TEMPLATE, add_rule, rule_text, write_rule
from codering.resources import codebook_path
from tests.web.conftest import visit

TEXT = "Interviewer: Hoe gaat het?\nMaria: Wij hebben hier een zwabberbeleid, zeg ik altijd.\n"
RULE = TEMPLATE.replace("te weinig tijd]", "zwabberbeleid]").replace("We hebben te weinig tijd", "Een zwabberbeleid")


@pytest.fixture
def project(tmp_path, monkeypatch, small):
    path = tmp_path / "ronde.codering"
    with Project.create(path, codebook=small) as project:
        project.add_readings([read_data(TEXT.encode(), "a.txt")])
    monkeypatch.setenv("CODERING_PROJECT", str(path))
    return path


@pytest.fixture
def page(app, project):
    at = app()
    at.session_state["coder"] = "Noor"
    at = visit(at.run(), "codebook")
    code = Project.open(project).codebook.themes[0].codes[0]
    at.radio(key="codebook_code").set_value(code.id).run()
    return at, code


def show(at, way):
    at.button_group(key="codebook_way").set_value(way).run()
    assert not at.exception, at.exception
    return at


def form_button(at):
    return next(button for button in at.button if button.proto.form_id)


def test_a_code_is_shown_with_its_meaning(page):
    at, code = page
    shown = " ".join(str(one.value) for one in at.markdown)
    assert code.definition.split()[0] in shown
    assert not at.exception


def test_the_tree_is_searched_by_name_and_definition(page):
    at, _ = page
    at.text_input(key="codebook_find").set_value("caseload").run()
    assert len(at.radio(key="codebook_code").options) == 1
    at.text_input(key="codebook_find").set_value("bestaatnietinhetcodeboek").run()
    assert "Geen code" in at.caption[0].value


def test_a_changed_definition_is_in_force_only_after_saving_and_the_version_says_who(page, project):
    at, code = page
    show(at, "edit")
    next(area for area in at.text_area if area.label == "Definitie").set_value("Iets heel anders.")
    form_button(at).click().run()
    assert not at.exception
    assert Project.open(project).codebook.code(code.id).definition == code.definition
    at.button(key="codebook_save").click().run()
    assert not at.exception
    with Project.open(project) as opened:
        assert opened.codebook.code(code.id).definition == "Iets heel anders."
        assert [one.coder for one in opened.codebook_versions()] == ["codering", "Noor"]
        assert opened.codebook_text.count("#") == opened.codebook_versions()[0].text.count("#")  # comments stay


def test_a_new_rule_is_tried_on_the_transcripts_before_it_is_kept(page, project):
    at, code = page
    show(at, "rules")
    at.selectbox(key=f"codebook_rule_{code.id}").set_value("").run()
    next(iter(at.text_area)).set_value(RULE).run()
    assert not at.exception
    assert not at.error
    assert [(one.label, one.value) for one in at.metric][:2] == [("Erbij", "1"), ("Eraf", "0")]
    at.button(key="codebook_rule_take").click().run()
    assert at.selectbox(key=f"codebook_rule_{code.id}").value == f"{code.id}.naam", "not a new rule any more"
    assert not at.error
    assert code.label.nl in [one.value for one in at.subheader]
    at.button(key="codebook_save").click().run()
    with Project.open(project) as opened:
        assert [one.code for one in opened.suggestions()] == [code.id]


def test_while_coders_work_blind_no_change_shows_what_it_brings(page, project):
    """What is gained and lost are suggestions, with their words: those are not seen before everyone is done."""
    at, code = page
    with Project.open(project) as opened:
        opened.set_blind(["Noor", "Daan"])
    show(at, "rules")
    at.selectbox(key=f"codebook_rule_{code.id}").set_value("").run()
    next(iter(at.text_area)).set_value(RULE).run()
    assert [one.value[:34] for one in at.info] == ["1 transcript wordt nog blind gecod"]
    at.button(key="codebook_rule_take").click().run()
    at.toggle(key="codebook_looking").set_value(True).run()
    assert not at.exception
    assert [one.value[:34] for one in at.info] == ["1 transcript wordt nog blind gecod"]
    assert not at.metric
    assert not at.dataframe
    assert not at.table
    with Project.open(project) as opened:
        for coder in ("Noor", "Daan"):
            opened.mark_done("a", coder=coder)
    at.run()
    assert not at.info
    assert [(one.label, one.value) for one in at.metric][:2] == [("Erbij", "1"), ("Eraf", "0")]


def test_a_rule_that_is_none_is_a_message_and_changes_nothing(page, project):
    at, _ = page
    show(at, "rules")
    next(iter(at.text_area)).set_value("match: [").run()
    assert at.error
    assert not at.exception
    assert "codebook_save" not in {button.key for button in at.button}


def test_a_renamed_code_is_in_the_crosswalk(page, project):
    at, code = page
    show(at, "tree")
    at.radio(key="codebook_way_False").set_value("rename").run()
    next(one for one in at.text_input if one.label == "Nieuwe id").set_value("anders_genoemd")
    form_button(at).click().run()
    assert not at.exception
    assert not at.error
    at.button(key="codebook_save").click().run()
    (crossing,) = Project.open(project).codebook.crosswalk
    assert (crossing.change, crossing.before, crossing.after) == (Change.RENAMED, (code.id,), ("anders_genoemd",))
    show(at, "history")
    assert len(at.dataframe) == 2


def fill(at, name, nl, definition):
    for label, value in (("Id", name), ("Naam in het Nederlands", nl)):
        next(one for one in at.text_input if one.label == label).set_value(value)
    next(one for one in at.text_area if one.label == "Definitie").set_value(definition)
    form_button(at).click().run()
    assert not at.exception


def test_a_theme_is_added_shown_and_given_its_first_code(page, project):
    at, _ = page
    show(at, "tree")
    at.radio(key="codebook_way_False").set_value("theme").run()
    fill(at, "Wonen!", "Wonen", "Waar mensen wonen.")
    assert at.error
    assert next(one for one in at.text_input if one.label == "Naam in het Nederlands").value == "Wonen"
    fill(at, "wonen", "Wonen", "Waar mensen wonen.")
    assert not at.error
    assert at.radio(key="codebook_code").value == "wonen"
    assert at.radio(key="codebook_way_empty").value == "add"
    fill(at, "wachtlijst", "Wachtlijsten", "Wachten op een huis.")
    assert at.radio(key="codebook_code").value == "wachtlijst"
    at.button(key="codebook_save").click().run()
    with Project.open(project) as opened:
        (theme,) = opened.codebook.themes[2:]
        assert (theme.id, theme.label.nl, [one.id for one in theme.codes]) == ("wonen", "Wonen", ["wachtlijst"])


def test_who_gives_no_id_gets_one_made_of_the_name(page, project):
    at, code = page
    show(at, "tree")
    fill(at, "", "", "Zonder naam.")
    assert [one.value[:28] for one in at.error] == ["Geef het eerst een naam in h"]
    for made in ("te_laat_of_te_vroeg_2x", "te_laat_of_te_vroeg_2x_2"):
        fill(at, "", "Té laat (of te vroeg) 2x", "Niet op tijd.")
        assert not at.error
        assert at.radio(key="codebook_code").value == made
        at.radio(key="codebook_code").set_value(code.id).run()
    at.button(key="codebook_save").click().run()
    with Project.open(project) as opened:
        assert "te_laat_of_te_vroeg_2x_2" in opened.codebook


def test_a_new_code_is_called_by_its_name_in_what_its_rule_brings(page):
    at, _ = page
    show(at, "tree")
    fill(at, "", "Zwabberen", "Beleid dat wisselt.")
    show(at, "rules")
    next(iter(at.text_area)).set_value(RULE).run()
    (table,) = (*at.dataframe, *at.table)
    assert [str(cell) for cell in table.value.iloc[0]][1] == "Zwabberen"


def test_a_theme_that_was_added_by_mistake_is_removed_from_the_draft(page, project):
    at, _ = page
    show(at, "tree")
    at.radio(key="codebook_way_False").set_value("theme").run()
    fill(at, "wonen", "Wonen", "Waar mensen wonen.")
    at.radio(key="codebook_way_empty").set_value("remove").run()
    form_button(at).click().run()
    assert not at.exception
    assert not at.error
    assert at.radio(key="codebook_code").value == "druk"
    assert "remove" not in at.radio(key="codebook_way_True").options
    with Project.open(project) as opened:
        assert "wonen" not in CodebookFile(opened.codebook_draft("Noor").text).codebook


def test_without_a_name_nothing_is_changed(app, project):
    at = visit(app().run(), "codebook")
    for way in ("edit", "rules", "tree"):
        show(at, way)
        assert "Vul eerst links je naam in" in at.info[0].value
        assert not at.text_area


def new_session(app, coder="Noor"):
    """Another tab, or the same one after a reload."""
    at = app()
    at.session_state["coder"] = coder
    return visit(at.run(), "codebook")


def change_definition(at, text):
    show(at, "edit")
    next(area for area in at.text_area if area.label == "Definitie").set_value(text)
    form_button(at).click().run()
    assert not at.exception


def test_a_draft_survives_a_reload_and_is_still_not_in_force(page, app, project):
    at, code = page
    change_definition(at, "Een uur werk.")
    again = new_session(app)
    again.radio(key="codebook_code").set_value(code.id).run()
    show(again, "read")
    assert "Een uur werk" in " ".join(str(one.value) for one in again.markdown)
    assert any("Bewaard in het project sinds" in one.value for one in again.caption)
    with Project.open(project) as opened:
        assert opened.codebook.code(code.id).definition == code.definition
    again.button(key="codebook_save").click().run()
    with Project.open(project) as opened:
        assert opened.codebook.code(code.id).definition == "Een uur werk."
        assert opened.codebook_drafts() == {}


def test_a_draft_is_dropped_only_by_its_owner_and_others_see_that_it_exists(page, app, project):
    at, code = page
    change_definition(at, "Van Noor.")
    other = new_session(app, "Els")
    assert any("Noor" in one.value for one in other.info)
    assert "codebook_throw" not in {button.key for button in other.button}
    at.button(key="codebook_throw").click().run()
    with Project.open(project) as opened:
        assert opened.codebook_drafts() == {}
        assert opened.codebook.code(code.id).definition == code.definition
    assert not other.run().info


def test_a_draft_that_another_tab_changed_is_shown_before_it_is_changed_further(page, app, project):
    at, code = page
    change_definition(at, "Eerst.")
    other = new_session(app)
    other.radio(key="codebook_code").set_value(code.id).run()
    change_definition(other, "Daarna, in de andere tab.")
    next(area for area in at.text_area if area.label == "Definitie").set_value("Zonder het te weten.")
    form_button(at).click().run()
    assert "in een andere tab" in at.warning[0].value
    assert not at.run().warning
    with Project.open(project) as opened:
        assert "Daarna, in de andere tab." in opened.codebook_draft("Noor").text


def test_a_draft_that_was_overtaken_cannot_be_saved_but_thrown_away(page, project):
    at, code = page
    show(at, "edit")
    next(area for area in at.text_area if area.label == "Definitie").set_value("Van mij.")
    form_button(at).click().run()
    with Project.open(project) as opened:
        file = CodebookFile(opened.codebook_text)
        file.set_definition(code.id, "Van een ander.")
        opened.set_codebook(file.text, by="Els")
    at.run()
    assert at.button(key="codebook_save").disabled
    assert at.error
    at.button(key="codebook_throw").click().run()
    assert not at.error
    assert any("Van een ander" in str(area.value) for area in at.text_area)


def test_a_draft_that_is_overtaken_between_looking_and_clicking_is_not_put_in_force(page, project):
    at, code = page
    change_definition(at, "Van mij.")
    with Project.open(project) as opened:
        file = CodebookFile(opened.codebook_text)
        file.set_definition(code.id, "Van een ander.")
        opened.set_codebook(file.text, by="Els")
    at.button(key="codebook_save").click().run()
    assert not at.exception
    assert any("andere versie" in one.value for one in at.error)
    with Project.open(project) as opened:
        assert opened.codebook.code(code.id).definition == "Van een ander."
        assert opened.codebook_draft("Noor") is not None


def test_a_draft_that_is_overtaken_while_it_is_being_saved_is_not_put_in_force(page, project, monkeypatch):
    at, code = page
    change_definition(at, "Van mij.")
    saving = Project.set_codebook

    def after_another(self, text, by, **how):
        with Project.open(project) as opened:
            file = CodebookFile(opened.codebook_text)
            file.set_definition(code.id, "Van een ander.")
            saving(opened, file.text, by="Els")
        return saving(self, text, by, **how)

    monkeypatch.setattr(Project, "set_codebook", after_another)
    at.button(key="codebook_save").click().run()
    assert not at.exception
    assert any("heeft iemand een andere versie laten gelden" in one.value for one in at.error)
    with Project.open(project) as opened:
        assert opened.codebook.code(code.id).definition == "Van een ander."
        assert opened.codebook_draft("Noor") is not None


def test_a_rule_as_text_is_written_back_with_its_comments():
    file = CodebookFile(codebook_path().read_text(encoding="utf-8"))
    code, rule = next((code, rule) for code, rule in file.codebook.rules() if rule.weight != 0.31)
    before, comments = file.text, file.text.count("#")
    write_rule(file, rule.id, rule_text(file, rule.id))
    assert file.text == before
    text = "\n".join(line for line in rule_text(file, rule.id).splitlines() if not line.startswith("weight"))
    write_rule(file, rule.id, f"{text}\nweight: 0.31\n")
    changed = next(one for one in file.codebook.code(code.id).rules if one.id == rule.id)
    assert (changed.weight, changed.pattern) == (0.31, rule.pattern)
    assert file.text.count("#") == comments
    add_rule(file, code.id, RULE)
    assert file.codebook.code(code.id).rules[-1].id == f"{code.id}.naam"
