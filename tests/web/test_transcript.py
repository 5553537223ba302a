from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.codings import Coding, Evidence, Memo, Stance, Suggestion, Verdict
from codering.project import Project
from codering.readers.codebook import read_codebook
from codering.resources import codebook_path
from codering.review import Filters, Order
from codering.texts import texts
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn
from codering.web.transcript import assets
from codering.web.transcript.actions import keep
from codering.web.transcript.colours import DARK, ENOUGH, LIGHT, contrast, on_page
from codering.web.transcript.data import Ahead, Seen, page_data, state_data
from codering.web.transcript.gather import gather

NL = texts("nl")
TALK = (
    ("Ans", "Hoe gaat het met de aantallen?"),
    ("Bo", "De coördinatoren 👵🏽🙂 zeggen: haal je targets. <b>Niet</b> leuk."),
    ("Cas", "Ik schrijf de hele dag uren in het systeem."),
)


@pytest.fixture(scope="module")
def codebook():
    return read_codebook(codebook_path())


@pytest.fixture
def transcript():
    speakers = (Speaker("Ans", Role.MODERATOR), Speaker("Bo", pseudonym="P1"), Speaker("Cas"))
    turns = tuple(Turn(number, who, text) for number, (who, text) in enumerate(TALK, start=1))
    return Transcript("groep", turns, speakers)


@pytest.fixture
def project(tmp_path):
    file = tmp_path / "groep.txt"
    file.write_text("\n".join(f"{who}: {text}" for who, text in TALK), encoding="utf-8")
    sidecar = "speakers: {Ans: {role: moderator}, Bo: {role: participant, pseudonym: P1}, Cas: {role: participant}}"
    (tmp_path / "groep.yaml").write_text(sidecar, encoding="utf-8")
    with Project.create(tmp_path / "p.codering") as project:
        report = project.add([file])
        assert not report.problems
        yield project


def suggested(code: str = "pi_output", turn: int = 2, start: int = 32, end: int = 47, **given: object) -> Suggestion:
    return Suggestion(Segment("groep", turn, start, end), code, Stance.CONFIRMS, "rule:x", 0.7, **given)


def act(verb: str, /, **given: object) -> dict[str, object]:
    return {"id": f"{verb}-{given}", "verb": verb, "transcript": "groep", **given}


def added(project: Project, start: int = 3, end: int = 20, **given: object) -> dict[str, object]:
    text = project.transcript("groep").turn(2).text[start:end]
    given = {"turn": 2, "start": start, "end": end, "text": text, "code": "pi_output", "stance": "bevestigt"} | given
    return act("add", **given)


def test_all_that_was_not_marked_is_marked_as_read_once_and_taken_back_at_once(project):
    keep(project, [act("read", turn=2)], coder="Noor", t=NL)
    doing = act("read_all")
    for _ in range(2):
        [result] = keep(project, [doing], coder="Noor", t=NL).values()
    assert result == {"said": "Eén beurt als gelezen gemarkeerd; met U draai je dat terug."}
    assert project.marked_read("groep", coder="Noor") == {2, 3}
    keep(project, [act("undo")], coder="Noor", t=NL)
    assert project.marked_read("groep", coder="Noor") == {2}


# What the browser is given


def test_the_page_holds_the_words_as_they_stand_and_pseudonyms_for_names(transcript, codebook):
    page = page_data(transcript, codebook, coder="Noor", project="p", t=NL)
    assert [turn[3] for turn in page["turns"]] == [text for _, text in TALK]
    assert [one["name"] for one in page["speakers"]] == ["Ans", "P1", "Cas"]
    assert [one["codable"] for one in page["speakers"]] == [False, True, True]
    assert {one["id"] for one in page["codes"]} == {code.id for code in codebook}
    assert json.loads(json.dumps(page)) == page


def test_the_page_changes_with_the_language_and_the_coder_keeps_a_queue_of_their_own(transcript, codebook):
    first = page_data(transcript, codebook, coder="Noor", project="p", t=NL)
    other = page_data(transcript, codebook, coder="Daan", project="p", t=texts("en"))
    assert first["version"] != other["version"]
    assert first["queue"] != other["queue"]
    assert first["texts"].keys() == other["texts"].keys()


def test_a_suggestion_that_became_a_coding_is_shown_once_and_knows_what_was_asked(transcript, codebook):
    asked = suggested(evidence=(Evidence("context", "aantallen", Segment("groep", 1, 19, 28), detail="Bo"),))
    coding = Coding(Segment("groep", 2, 3, 20), "caseload", Stance.DENIES, "Noor", "d1", "d2", "changed")
    seen = Seen((asked,), (coding,), {"d1": asked.id}, memos=(Memo("m", "Noor", "", "let op", "coding:d1"),))
    [item] = state_data(transcript, codebook, seen, coder="Noor", t=NL)["items"]
    assert (item["kind"], item["id"], item["code"], item["memo"]) == ("coding", "d1", "caseload", "let op")
    assert item["asked"] == {"code": "pi_output", "stance": "bevestigt", "start": 32, "end": 47}
    assert item["why"][0]["detail"] == "P1"


def test_reasons_are_said_in_words_and_only_places_of_this_transcript_are_marked(transcript, codebook):
    why = (
        Evidence("feature", "targets", Segment("groep", 2, 40, 47), 1.25),
        Evidence("context", "aantallen", Segment("groep", 1, 19, 28), 0.5, "question"),
        Evidence(
            "neighbour", "Wij halen dat nooit.", Segment("elders", 2, 0, 20), None, "elders · 2 · pi_output · read"
        ),
        Evidence("cue", "nooit", Segment("groep", 2, 1, 6), detail="negation"),
    )
    seen = Seen((suggested(evidence=why),))
    [item] = state_data(transcript, codebook, seen, coder="Noor", t=NL)["items"]
    assert [one.get("turn") for one in item["why"]] == [2, 1, None, 2]
    assert [one.get("detail") for one in item["why"]] == [
        None,
        "de vraag ervoor",
        "elders, beurt 2: is gelezen en heeft de code niet",
        "ontkenning",
    ]
    assert item["why"][0]["weight"] == 1.25


def test_what_another_coder_coded_is_not_an_answer_of_this_one(transcript, codebook):
    asked = suggested()
    coding = Coding(asked.segment, asked.code, asked.stance, "Daan", "d1", "d1", "accepted")
    seen = Seen((asked,), (coding,), {"d1": asked.id}, open=frozenset({asked.id}))
    items = state_data(transcript, codebook, seen, coder="Noor", t=NL)["items"]
    assert [(one["kind"], one["mine"], one["state"]) for one in items] == [
        ("coding", False, "held"),
        ("suggestion", True, "open"),
    ]


def test_a_suggestion_that_asks_for_nothing_any_more_is_not_open(transcript, codebook):
    asked = suggested()
    seen = Seen((asked,), order=(Ahead("groep", 2, asked, "place", open=False),))
    state = state_data(transcript, codebook, seen, coder="Noor", t=NL)
    assert state["items"][0]["state"] == "rejected"
    assert state["order"] == [
        {"transcript": "groep", "turn": 2, "item": asked.id, "code": "pi_output", "drawn": "place"}
    ]
    assert state["open"] == "0"


@given(st.tuples(*[st.integers(0, 255)] * 3), st.sampled_from([LIGHT, DARK]))
def test_every_colour_can_be_seen_on_the_page(channels, page):
    colour = "#" + "".join(f"{channel:02x}" for channel in channels)
    shown = on_page(colour, page)
    assert contrast(shown, page) >= ENOUGH
    assert shown == colour or contrast(colour, page) < ENOUGH


def test_contrast_is_that_of_wcag():
    # Published examples: black on white is 21; #767676 is the lightest grey with 4.5 on white.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#777777", "#ffffff") < 4.5


def test_the_script_is_every_module_and_nothing_is_imported():
    files = {path.stem for path in (assets.FOLDER / "js").glob("*.js")}
    assert files == {*assets.MODULES, "loader"}
    lines = assets.script().splitlines()
    assert not [line for line in lines if line.startswith("import ")]
    assert [line for line in lines if line.startswith("export ")] == ["export default () => {};"]
    named = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", assets.script(), re.MULTILINE)
    assert sorted(named) == sorted(set(named)), "joined, two modules cannot use one name"


def test_every_text_that_the_script_uses_is_given(transcript, codebook):
    used = set(re.findall(r"\btexts\.(\w+)", assets.script()))
    used |= set(re.findall(r'"(key[A-Z]\w+|[a-z]+Keys)"', assets.script()))
    counted = re.findall(r'\bcounted\(texts, "(\w+)"', assets.script())
    used |= {form for name in counted for form in (name, f"{name}One")}
    given = set(page_data(transcript, codebook, coder="Noor", project="p", t=NL)["texts"])
    assert used - given == set()
    assert given - used == set()


# What the coder does


def test_an_action_that_is_sent_again_changes_nothing(project):
    raw = added(project)
    first = keep(project, [raw], coder="Noor", t=NL)
    again = keep(project, [raw, act("undo")], coder="Noor", t=NL)
    assert again[raw["id"]] == first[raw["id"]]
    assert len(project.decisions()) == 2
    assert project.codings() == ()


@pytest.mark.parametrize("shown", [True, False])
def test_a_coder_who_saw_no_suggestion_can_change_a_coding_without_having_seen_one(project, shown):
    raw = added(project)
    keep(project, [raw], coder="Noor", t=NL)
    [coding] = project.codings()
    change = act("change", coding=coding.id, stance="ontkent", shown=shown)
    [result] = keep(project, [change], coder="Noor", t=NL).values()
    assert "error" not in result
    assert [one.shown for one in project.decisions()] == [False, shown]


def test_the_words_must_be_those_that_the_coder_saw(project):
    raw = added(project) | {"text": "De coordinatoren"}
    [result] = keep(project, [raw], coder="Noor", t=NL).values()
    assert "vertaler" in result["error"]
    assert "coord" not in result["error"]
    assert project.decisions() == ()


def test_code_points_count_on_both_sides(project):
    [result] = keep(project, [added(project, 17, 20)], coder="Noor", t=NL).values()
    [coding] = project.codings()
    assert project.transcript("groep").quote(coding.segment) == "👵🏽🙂"
    assert result == {"coding": coding.id}


def test_an_action_about_one_that_was_just_made_finds_it(project):
    raw = added(project)
    flipped = act("change", coding=raw["id"], stance="ontkent")
    noted = act("memo", about=f"coding:{raw['id']}", memo="twijfel")
    results = keep(project, [raw, flipped, noted], coder="Noor", t=NL)
    assert not [result for result in results.values() if "error" in result]
    [coding] = project.codings()
    assert coding.stance is Stance.DENIES
    assert [memo.about for memo in project.memos()] == [f"coding:{coding.id}"]
    keep(project, [act("memo", about=f"coding:{coding.id}", memo="zeker")], coder="Noor", t=NL)
    assert [memo.text for memo in project.memos()] == ["zeker"]


def test_one_that_fails_leaves_the_others(project):
    raws = [act("accept", suggestion="weg"), added(project), act("dansen"), added(project, turn=1)]
    results = list(keep(project, raws, coder="Noor", t=NL).values())
    assert ["error" in result for result in results] == [True, False, True, True]
    assert len(project.codings()) == 1


def test_undo_says_where_to_look(project):
    raw = added(project)
    keep(project, [raw, act("remove", coding=raw["id"])], coder="Noor", t=NL)
    assert project.codings() == ()
    [back] = keep(project, [act("undo", n=1)], coder="Noor", t=NL).values()
    assert back == {"transcript": "groep", "turn": 2, "item": project.codings()[0].id}
    [gone] = keep(project, [act("undo", n=2)], coder="Noor", t=NL).values()
    assert (gone["turn"], gone["item"]) == (2, None)
    [none] = keep(project, [act("undo", n=3)], coder="Noor", t=NL).values()
    assert none == {"said": "Er is niets om ongedaan te maken."}


# What a coder may see


def test_a_project_is_gathered_as_the_coder_may_see_it(project):
    project.suggest()
    assert project.suggestions()

    def seen(coder: str) -> Seen:
        return gather(project, "groep", coder=coder, order=Order.PLACE, filters=Filters(transcript="groep"))

    first = project.suggestions(best=True)[0]
    project.decide(Verdict.ACCEPT, coder="Noor", suggestion=first)
    noor, daan = seen("Noor"), seen("Daan")
    assert first.id not in noor.open
    assert list(noor.came_of.values()) == [first.id]
    assert noor.uses == {first.code: 1}
    assert first.id in daan.open
    assert (daan.came_of, daan.uses) == ({}, {})
    project.decide(Verdict.READ, coder="Noor", segment=Segment("groep", 3, 0, 5))
    assert seen("Noor").read == {3}
    project.set_blind(["Noor", "Daan"])
    blind = seen("Daan")
    assert (blind.suggestions, blind.codings, blind.order) == ((), (), ())
