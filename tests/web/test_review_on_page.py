from __future__ import annotations

import json

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from codering.codings import Verdict
from codering.errors import CoderingError
from codering.project import Project
from codering.resources import samples_path
from codering.texts import texts
from codering.web import learning
from codering.web.here import Here
from codering.web.pages.review import KEY
from tests.web.conftest import visit

NAMES = ("kloosterveen_voorjaar", "waterhove_voorjaar")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("review") / "voorbeeld.codering"
    with Project.create(path) as project:
        project.add([samples_path() / "kloosterveen_voorjaar.srt", samples_path() / "waterhove_voorjaar.docx"])
        project.suggest()
    return path


@pytest.fixture
def project(sample, tmp_path, monkeypatch):
    import shutil

    path = shutil.copy(sample, tmp_path / "voorbeeld.codering")
    monkeypatch.setenv("CODERING_PROJECT", str(path))
    with Project.open(path) as project:
        yield project


@pytest.fixture
def page(app, project) -> AppTest:
    at = app().run()
    at.session_state["coder"] = "Noor"
    at = visit(at, "review")
    assert not at.exception
    return at


def shown(at: AppTest) -> dict:
    assert not at.exception
    assert not at.error
    return json.loads(at.get_by_key(KEY).proto.json)


def emit(page: AppTest, *, holds: str = "", **state: object) -> AppTest:
    """What the browser sends; the states of the other widgets go with it."""
    if isinstance(state.get("queue"), list):
        state["queue"] = {"holds": holds, "actions": state["queue"]}
    states = page._tree.get_widget_states()
    states.widgets.append(WidgetState(id=page.get_by_key(KEY).proto.id, json_value=json.dumps(state)))
    return page._run(states)


def action(verb: str, **given: object) -> dict[str, object]:
    return {"id": f"{verb}{given}", "verb": verb, "transcript": NAMES[0], **given}


def first_open(at: AppTest) -> str:
    state = shown(at)["state"]
    return state["order"][state["open"].index("1")]["item"]


def test_the_page_shows_the_first_transcript_with_what_is_suggested(page, project):
    data = shown(page)
    assert data["page"]["transcript"] == NAMES[0]
    ids = {one.id for one in project.suggestions(transcript=NAMES[0], best=True)}
    assert {one["id"] for one in data["state"]["items"]} == ids
    assert {one["item"] for one in data["state"]["order"]} == ids


def test_what_the_coder_does_is_on_the_disk_before_the_page_hears_of_it(page, project):
    identity = first_open(page)
    doing = action("accept", suggestion=identity, drawn="place")
    state = shown(emit(page, queue=[doing]))["state"]
    [decision] = project.decisions()
    assert (decision.verdict, decision.suggestion, decision.coder) == (Verdict.ACCEPT, identity, "Noor")
    assert (decision.shown, decision.drawn) == (True, "place")
    assert state["results"] == {doing["id"]: {"coding": decision.id}}
    assert [one["id"] for one in state["items"] if one["kind"] == "coding"] == [decision.id]


def test_only_what_changed_is_sent_to_who_says_what_it_holds(page):
    before = shown(page)
    state = shown(emit(page, holds=before["version"], queue=[action("accept", suggestion=first_open(page))]))
    assert (state["base"], state["page"]) == (before["version"], {})
    assert [one["kind"] for one in state["state"]["items"]] == ["coding"]
    assert len(state["gone"]) == 1
    assert "order" not in state["state"]
    assert len(json.dumps(state)) < len(json.dumps(before)) / 30
    again = shown(emit(page, holds="of-a-server-before", queue=[]))
    assert (again["base"], again["page"]) == ("", before["page"])


def test_one_goes_on_in_another_transcript(page):
    data = shown(emit(page, at={"transcript": NAMES[1], "turn": 7, "item": None}))
    assert data["page"]["transcript"] == NAMES[1]
    assert data["state"]["at"] == {"transcript": NAMES[1], "turn": 7, "item": None}


def test_a_place_in_another_transcript_is_not_looked_for_in_the_one_that_is_chosen_next(page):
    emit(page, at={"transcript": NAMES[1], "turn": 7, "item": None})
    page.selectbox(key="review_transcript").set_value(NAMES[0]).run()
    data = shown(page)
    assert (data["page"]["transcript"], data["state"]["at"]) == (NAMES[0], None)


def chooser(page) -> list[str]:
    return page.selectbox(key="review_transcript").options


def test_the_list_of_transcripts_says_how_far_the_coder_is_with_each(page, project):
    titles = [project.transcript(name).title for name in NAMES]
    assert chooser(page) == [f"○ {title}" for title in titles]
    emit(page, queue=[action("accept", suggestion=first_open(page))])
    assert chooser(page) == [f"… {titles[0]} · bezig", f"○ {titles[1]}"]
    answered = [one for one in project.acceptable(0, coder="Noor") if one.segment.transcript == NAMES[0]]
    project.accept_all(answered[1:], coder="Noor")
    emit(page, queue=[action("reject", suggestion=answered[0].id)])
    assert chooser(page)[0] == f"✓ {titles[0]} · beantwoord"
    assert shown(page)["state"]["onward"]["next"]["transcript"] == NAMES[1]
    emit(page, queue=[action("read_all")])
    assert chooser(page)[0] == f"✓ {titles[0]} · klaar"
    assert page.selectbox(key="review_transcript").value == NAMES[0]
    page.session_state["coder"] = "Daan"
    page.run()
    assert chooser(page) == [f"○ {title}" for title in titles]


def test_a_label_that_was_of_before_still_means_its_transcript(page):
    """Streamlit tells an option by its label, and the browser may tell it as it was a moment ago."""
    emit(page, at={"transcript": NAMES[1], "turn": 2, "item": None})
    before = next(one for one in chooser(page) if "Waterhove" in one)
    emit(page, queue=[action("read_all") | {"transcript": NAMES[1]}])
    assert before not in chooser(page)
    states = page._tree.get_widget_states()
    [told] = [one for one in states.widgets if one.id == page.selectbox(key="review_transcript").id]
    assert told.string_value in chooser(page)
    told.string_value = before
    page._run(states)
    assert shown(page)["page"]["transcript"] == NAMES[1]
    assert page.selectbox(key="review_transcript").value == NAMES[1]


def test_transcripts_of_one_title_can_be_told_apart(page, project):
    for name in NAMES:
        project.set_transcript(name, title="Groep")
    page.run()
    assert chooser(page) == [f"○ Groep ({name})" for name in NAMES]


def test_where_nothing_waits_one_goes_on_to_what_was_missed_or_to_the_frequencies(page):
    emit(page, at={"show": "missed"})
    assert page.session_state["review_missed"]
    assert "Hoeveel hebben we gemist?" in [text.value for text in page.text]
    emit(page, at={"show": "frequencies", "told": 2})
    assert page.title[0].value == "Frequenties"


def test_one_code_is_gone_through_in_another_order(page, project):
    page.selectbox(key="review_code").set_value("pi_registratiedruk")
    page.selectbox(key="review_order").set_value("certain").run()
    order = shown(page)["state"]["order"]
    scores = {one.id: one.score for one in project.suggestions()}
    assert {one["code"] for one in order} == {"pi_registratiedruk"}
    found = [scores[one["item"]] for one in order]
    assert found == sorted(found, reverse=True)
    assert len(shown(page)["state"]["items"]) > len(order)


def test_turns_drawn_at_random_come_from_all_transcripts(page):
    page.selectbox(key="review_order").set_value("random").run()
    order = shown(page)["state"]["order"]
    assert {one["transcript"] for one in order} == set(NAMES)
    assert {one["item"] for one in order} == {None}
    emit(page, queue=[action("read", turn=order[0]["turn"], drawn="random") | {"transcript": order[0]["transcript"]}])
    assert shown(page)["state"]["open"].startswith("01")


def accept_button(page):
    [button] = [one for one in page.button if (one.key or "").startswith("review_accept_")]
    return button


def test_many_are_accepted_in_one_act_after_a_look(page, project):
    page.session_state["review_bulk"] = True
    page.run()
    page.slider(key="review_bar").set_value(65).run()
    found = project.acceptable(0.65, coder="Noor")
    here = [one for one in found if one.segment.transcript == NAMES[0]]
    assert len(page.dataframe[0].value) == len(here)
    accept_button(page).click().run()
    assert {one.suggestion for one in project.decisions()} == {one.id for one in here}
    emit(page, queue=[action("undo")])
    assert project.codings() == ()


def pressed_late(page, button) -> AppTest:
    """Click on a button that the browser still shows, while the page behind it went on."""
    states = page._tree.get_widget_states()
    states.widgets.append(WidgetState(id=button.proto.id, trigger_value=True))
    return page._run(states)


def test_what_was_not_looked_at_is_not_accepted(page, project):
    page.session_state["review_bulk"] = True
    page.run()
    page.slider(key="review_bar").set_value(80).run()
    before = accept_button(page)
    page.slider(key="review_bar").set_value(60).run()
    assert accept_button(page).proto.id != before.proto.id
    pressed_late(page, before)
    assert project.decisions() == ()
    assert page.warning[0].value.startswith("Er is niets overgenomen")
    accept_button(page).click()
    page.slider(key="review_bar").set_value(80).run()  # slider and click come together
    assert project.decisions() == ()
    assert page.warning[0].value.startswith("Er is niets overgenomen")
    page.run()
    assert not page.warning
    accept_button(page).click().run()
    expected = project.acceptable(0.8, coder="Daan")
    assert {one.suggestion for one in project.decisions()} == {
        one.id for one in expected if one.segment.transcript == NAMES[0]
    }


def test_what_changed_after_the_look_is_not_accepted(page, project):
    page.session_state["review_bulk"] = True
    page.run()
    page.slider(key="review_bar").set_value(65).run()
    first = project.acceptable(0.65, coder="Noor")[0]
    project.decide(Verdict.REJECT, coder="Noor", suggestion=first)
    accept_button(page).click().run()
    assert [one.verdict for one in project.decisions()] == [Verdict.REJECT]
    assert page.warning[0].value.startswith("Er is niets overgenomen")


def test_blind_coders_say_when_they_are_done(page, project):
    project.set_blind(["Noor", "Daan"])
    page.run()
    assert shown(page)["state"]["items"] == []
    assert "Suggesties en andermans coderingen zie je als iedereen klaar is." in blind_line(page)
    page.button(key="review_done").click().run()
    assert project.done_with(NAMES[0]) == ("Noor",)
    assert blind_line(page).startswith("Je bent klaar met dit transcript. Nog bezig: Daan.")
    assert shown(page)["state"]["onward"] == {
        "blind": True,
        "done": True,
        "next": {
            "transcript": NAMES[1],
            "title": project.transcript(NAMES[1]).title,
            "open": 0,
            "blind": True,
        },
        "left": 1,
        "unread": 1,
    }
    project.mark_done(NAMES[0], coder="Daan")
    page.run()
    assert shown(page)["state"]["items"]


def blind_line(page) -> str:
    return next((one.value for one in page.text if "transcript" in one.value), "")


def test_the_last_blind_coder_is_told_what_will_be_open_and_then_that_it_is(page, project):
    project.set_blind(["Noor", "Daan"])
    project.mark_done(NAMES[0], coder="Daan")
    page.run()
    assert "als laatste. Zodra je klaar bent, zie je de suggesties en elkaars coderingen" in blind_line(page)
    assert not page.success
    page.button(key="review_done").click().run()
    assert shown(page)["state"]["items"]
    [said] = page.success
    assert said.value.startswith(
        "Iedereen is klaar met dit transcript: suggesties en elkaars coderingen zijn nu te zien."
    )
    assert said.value.endswith("zodra iedereen klaar is met nog 1 transcript.")
    for coder in ("Noor", "Daan"):
        project.mark_done(NAMES[1], coder=coder)
    page.run()
    assert "Overeenstemming" not in page.success[0].value
    page.button(key="review_opened_close").click().run()
    assert not page.success
    page.selectbox(key="review_transcript").set_value(NAMES[1]).run()
    page.button(key="review_compare").click().run()
    assert page.title[0].value == "Overeenstemming"


def test_who_does_not_take_part_in_blind_coding_is_not_called_the_last(page, project):
    project.set_blind(["Els", "Daan"])
    page.run()
    assert blind_line(page).startswith("Je codeert dit transcript blind. Suggesties")


def test_an_action_of_an_old_page_becomes_a_message(page):
    state = shown(emit(page, queue=[action("accept", suggestion="weg")]))["state"]
    [result] = state["results"].values()
    assert result["error"] == "Deze suggestie is er niet meer. Laad de pagina opnieuw."


def test_learning_goes_on_in_the_background_and_says_what_went_wrong(project, monkeypatch):
    here = Here(project, "Noor", texts("nl"))
    asked = []

    def learn(self: Project, *, coder: str | None) -> None:
        asked.append(coder)
        raise CoderingError("Nobody decided anything yet.")

    monkeypatch.setattr(Project, "learn", learn)
    learning.begin(here)
    lesson = learning._LESSONS[project]
    lesson.thread.join()
    assert lesson.error is not None
    project.set_blind(["Noor", "Daan"])
    learning.begin(here)
    learning._LESSONS[project].thread.join()
    assert asked == [None, "Noor"]


def test_decisions_are_counted_since_the_model_last_learned(project):
    here = Here(project, "Noor", texts("nl"))
    for one in project.suggestions()[:3]:
        project.decide(Verdict.ACCEPT, coder="Noor", suggestion=one)
    assert learning.decisions_since(here) == 3
