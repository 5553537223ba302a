from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from codering.codings import Stance, Verdict
from codering.project import Project
from codering.transcripts import Segment
from tests.browser.conftest import SAMPLE, Desk

pytestmark = pytest.mark.browser

COUNT_CALLS = """
    window.calls = 0;
    Object.defineProperty(globalThis, "coderingTranscript", {
      set(script) {
        const show = (component) => { script.show(component); window.calls += 1; };
        Object.defineProperty(globalThis, "coderingTranscript", { value: { ...script, show } });
      },
      configurable: true,
    });
"""
"""Count how often the browser was sent something to show."""
TALK = (
    ("Ans", "Vertel eens."),
    ("Bo", "Nou, de coördinatoren 👵🏽🙂 zeiden: ‘maak je targets’, en dat was het 🤷🏽‍♀️ dan. Meer niet."),
    (
        "Cas",
        "<b>Vet</b> ![beeld](http://example.invalid/a.png) <script>window.hacked = 1</script> [ja](http://x.invalid)",
    ),
    ("Bo", "<img src=http://example.invalid/b.png onerror='window.hacked = 1'> {{ 1 + 1 }} :red[nee] $x^2$"),
)
CODEBOOK = """
codebook: kwaad
label: {nl: Kwaad, en: Evil}
themes:
  - id: thema
    label: {nl: "<img src=http://example.invalid/c.png onerror='window.hacked = 1'>", en: Theme}
    definition: "![beeld](http://example.invalid/d.png) <script>window.hacked = 1</script>"
    codes:
      - id: code_een
        label: {nl: "<b>een</b> ![x](http://example.invalid/e.png)", en: One}
        definition: "</style><script>window.hacked = 1</script>"
"""


def decided(file: Path) -> list[tuple[Verdict, int | None, str | None]]:
    with Project.open(file) as project:
        return [(one.verdict, one.segment and one.segment.turn, one.code) for one in project.decisions()]


def quoted(file: Path, name: str = SAMPLE) -> list[tuple[str, str, str]]:
    with Project.open(file) as project:
        transcript = project.transcript(name)
        return [(transcript.quote(one.segment), one.code, one.stance.value) for one in project.codings()]


@pytest.fixture
def talk(tmp_path) -> Path:
    """A project of our own few turns."""
    (tmp_path / "groep.txt").write_text("\n".join(f"{who}: {text}" for who, text in TALK), encoding="utf-8")
    (tmp_path / "groep.yaml").write_text("speakers: {Ans: {role: moderator}}", encoding="utf-8")
    with Project.create(tmp_path / "groep.codering") as project:
        project.add([tmp_path / "groep.txt"])
        assert [turn.text for turn in project.transcript("groep").turns] == [text for _, text in TALK]
    return tmp_path / "groep.codering"


# Deciding


def test_ten_acceptances_without_a_pause_are_all_stored(desk, copied):
    with Project.open(copied) as project:
        order = [one.id for one in project.suggestions(best=True)[:10]]
    desk.open(copied).press(*"aaaaaaaaaa").settle()
    with Project.open(copied) as project:
        decisions = project.decisions()
    assert [one.verdict for one in decisions] == [Verdict.ACCEPT] * 10
    assert [one.suggestion for one in decisions] == order
    expect(desk.page.locator(".cw .progress")).to_contain_text(re.compile(r"(?<!\d)10/\d\d"))


def test_caps_lock_silences_no_key(desk, copied):
    desk.open(copied).press("A").settle()  # a capital without Shift, as with Caps Lock
    assert [verdict for verdict, _, _ in decided(copied)] == [Verdict.ACCEPT]


def test_keys_after_the_name_are_not_letters_of_the_name(desk, copied):
    page = desk.page
    page.goto(f"{desk.address}/review?{urlencode({'project': str(copied), 'transcript': SAMPLE, 'lang': 'nl'})}")
    for name in ("Noor", "Els"):  # the first name, and another coder at the same screen
        field = page.locator(".st-key-coder input")
        field.fill(name)
        field.press("Enter")
        expect(field).not_to_be_focused(timeout=30_000)
        desk.ready().press("a").settle()
        expect(field).to_have_value(name)
    with Project.open(copied) as project:
        assert [one.coder for one in project.decisions()] == ["Noor", "Els"]


def test_who_confirms_the_name_that_is_there_leaves_its_field(desk, copied):
    desk.open(copied)
    field = desk.page.locator(".st-key-coder input")
    field.press("Enter")
    expect(field).not_to_be_focused()
    desk.press("a").settle()
    expect(field).to_have_value("Noor")
    with Project.open(copied) as project:
        assert [one.coder for one in project.decisions()] == ["Noor"]


def test_a_key_costs_a_line_and_not_the_whole_transcript(desk, copied):
    received = []
    desk.page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    desk.open(copied)
    whole = sum(received)
    received.clear()
    desk.press("a").settle()
    assert sum(received) < whole / 10
    assert sum(received) < 20_000


def test_the_page_is_whole_again_after_another_page(desk, copied):
    desk.open(copied).press("a", "a").settle()
    desk.page.get_by_role("link", name="Codeboek").click()
    expect(desk.page.locator(".cw")).to_have_count(0)
    desk.page.get_by_role("link", name="Coderen").click()
    desk.ready()
    expect(desk.page.locator(".cw .progress")).to_contain_text(re.compile(r"(?<!\d)2/\d\d"))
    desk.press("a").settle()
    assert [one[0] for one in decided(copied)] == [Verdict.ACCEPT] * 3


def test_data_that_overtake_what_the_browser_is_busy_with_leave_the_page_where_it_is(desk, copied):
    """Streamlit ends the overtaken call: once the page went with it, and keys and choices of that moment were lost."""
    page = desk.page
    page.emulate_media(color_scheme="light")
    page.add_init_script(
        """window.kept = [];
        const make = URL.createObjectURL.bind(URL);
        URL.createObjectURL = (blob) =>
          make(new Blob(["await new Promise((done) => window.kept.push(done));", blob], {type: blob.type}));"""
    )
    page.goto(f"{desk.address}/review?{urlencode({'project': str(copied), 'coder': 'Noor', 'lang': 'nl'})}")
    page.wait_for_function("window.kept.length === 2")  # the script and what calls it: a slow computer is this late
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("getComputedStyle(document.querySelector('.stApp')).backgroundColor === 'rgb(23, 22, 20)'")
    page.evaluate("window.kept.forEach((go) => go())")
    desk.ready().press("a").settle()
    assert [one[0] for one in decided(copied)] == [Verdict.ACCEPT]


def test_undo_and_redo_reach_back_over_a_reload(desk, copied):
    desk.open(copied).press("a", "r", "s").settle()
    first = quoted(copied)
    desk.page.reload()
    desk.ready().press("u", "u", "u").settle()
    assert quoted(copied) == []
    desk.page.reload()
    desk.ready().press("Shift+U", "Shift+U", "Shift+U").settle()
    assert quoted(copied) == first
    desk.press("Shift+U").settle()
    assert desk.said == "Er is niets om opnieuw te doen."


def test_a_reload_in_the_middle_loses_nothing_and_doubles_nothing(desk, copied):
    desk.open(copied)
    desk.press("a", "a", "a")
    desk.page.reload()
    desk.ready()
    assert [verdict for verdict, _, _ in decided(copied)] == [Verdict.ACCEPT] * 3


def test_what_a_lost_connection_kept_back_is_sent_after_a_reload(desk, copied):
    desk.open(copied)
    with Project.open(copied) as project:
        suggestion = project.queue(coder="Noor", order="place").head.suggestion
    action = {"id": "a" * 32, "verb": "accept", "transcript": SAMPLE, "suggestion": suggestion.id}
    key = f"codering:queue:{copied}:Noor"
    desk.page.evaluate("([key, value]) => sessionStorage.setItem(key, value)", [key, json.dumps([action])])
    desk.page.reload()
    desk.ready()
    assert decided(copied) == [(Verdict.ACCEPT, suggestion.segment.turn, suggestion.code)]
    assert desk.page.evaluate("(key) => sessionStorage.getItem(key)", key) is None


def test_an_action_that_fails_is_shown_on_its_turn_and_rolled_back(desk, copied):
    desk.open(copied)
    desk.press("ArrowDown", "w").code("caseload").settle()
    [(words, _, _)] = quoted(copied)
    desk.press("w").code("caseload").settle()
    trouble = desk.page.locator(".cw .turn.current .trouble")
    expect(trouble).to_have_text("Je hebt deze woorden deze code al gegeven.")
    assert quoted(copied) == [(words, "caseload", "bevestigt")]
    expect(desk.page.locator(".cw .turn.current .tag.held")).to_have_count(1)  # what rules suggest there may change


def test_another_tab_and_another_coder_are_noticed(desk, copied, context, server):
    desk.open(copied)
    other = Desk(context.new_page(), server).open(copied, coder="Daan")
    other.press("a").settle()
    theirs = desk.page.locator(".cw .tag.other")
    expect(theirs).to_have_count(1, timeout=15_000)
    assert "Daan" in theirs.inner_text()
    expect(desk.page.locator(".cw .progress")).to_contain_text(re.compile(r"(?<!\d)0/\d\d"))
    same = Desk(context.new_page(), server).open(copied)
    same.press("a").settle()
    desk.page.bring_to_front()
    expect(desk.page.locator(".cw .progress")).to_contain_text(re.compile(r"(?<!\d)1/\d\d"), timeout=15_000)
    desk.press("j", "a").settle()
    assert [one[0] for one in decided(copied)] == [Verdict.ACCEPT] * 3


def test_many_are_accepted_together_and_taken_back_in_one_step(desk, copied):
    desk.open(copied)
    page = desk.page
    page.get_by_role("button", name="Samen overnemen").click()
    thumb = page.get_by_role("slider")
    thumb.focus()
    with Project.open(copied) as project:
        count = len(project.acceptable(0.6, coder="Noor"))
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.get_by_role("button", name=f"Neem deze {count} suggesties over").click()
    expect(page.locator(".cw .progress")).to_contain_text(re.compile(rf"(?<!\d){count}/\d\d"))
    assert len(quoted(copied)) == count
    page.keyboard.press("Escape")
    page.locator(".cw .turn").first.click()
    desk.press("u").settle()
    assert quoted(copied) == []


def test_one_goes_on_to_a_place_in_another_transcript_each_time_that_one_asks(desk, tmp_path):
    """Streamlit hears of a wish only if it differs from the one before."""
    for name in ("een", "twee"):
        text = "Ans: Vertel.\nBo: Mijn caseload is veel te groot.\nCas: Ja."
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Project.create(tmp_path / "groepen.codering") as project:
        project.add([tmp_path / "een.txt", tmp_path / "twee.txt"])
        project.suggest()
        assert [one.segment.transcript for one in project.suggestions(best=True)] == ["een", "twee"]
    page = desk.page
    page.add_init_script(COUNT_CALLS)
    desk.open(tmp_path / "groepen.codering", transcript="een")
    page.get_by_role("button", name="Volgorde").click()
    before = page.evaluate("calls")
    page.get_by_text("Loop alle transcripten door").click()
    page.wait_for_function("(before) => calls > before", arg=before)
    page.keyboard.press("Escape")
    sheet = page.get_by_role("region", name=re.compile("^Transcript"))
    for _ in range(2):
        desk.press("Home", "j", "j")
        expect(sheet).to_have_accessible_name("Transcript twee")
        desk.ready()
        page.locator(".st-key-review_transcript input").click()
        page.get_by_role("option", name="○ een", exact=True).click()
        expect(sheet).to_have_accessible_name("Transcript een")
        desk.ready()


@pytest.fixture
def three(tmp_path) -> Path:
    """Three groups: of two, one turn is suggested something; of the third nothing is."""
    barrier = "Mijn caseload is veel te groot."
    for name, said in (("een", barrier), ("twee", barrier), ("drie", "Het regende gisteren.")):
        (tmp_path / f"{name}.txt").write_text(f"Ans: Vertel.\nBo: {said}\nCas: Ja.", encoding="utf-8")
    with Project.create(tmp_path / "groepen.codering") as project:
        project.add([tmp_path / f"{name}.txt" for name in ("een", "twee", "drie")])
        project.suggest()
        assert sorted(one.segment.transcript for one in project.suggestions(best=True)) == ["een", "twee"]
    return tmp_path / "groepen.codering"


def test_a_transcript_that_is_answered_says_so_and_one_key_leads_to_the_next_with_work(desk, three):
    page = desk.open(three, transcript="een").page
    finish, chosen = page.locator(".cw .rail .finish"), page.locator(".st-key-review_transcript input")
    expect(finish).to_have_count(0)
    expect(chosen).to_have_value("○ een")
    desk.press("a").settle()
    expect(finish).to_contain_text("Alle suggesties zijn beantwoord")
    expect(finish).to_contain_text("1 overgenomen, 0 gewijzigd, 0 niet overgenomen, 0 zelf gecodeerd")
    expect(finish).to_contain_text("Beurten die nog niet als gelezen zijn gemarkeerd: 3 van 3.")
    expect(finish).to_contain_text("Hierna: twee, met één suggestie om te beantwoorden. Daarna nog 1.")
    assert desk.said.endswith("Dat was de laatste suggestie in dit transcript. Met T ga je verder in twee.")
    expect(chosen).to_have_value("✓ een · beantwoord")
    desk.press("Shift+G", "Enter").settle()
    expect(finish).to_contain_text("Dit transcript is klaar")
    expect(page.locator(".cw .end")).to_contain_text("Hierna: twee")
    expect(chosen).to_have_value("✓ een · klaar")
    sheet = page.get_by_role("region", name=re.compile("^Transcript"))
    desk.press("t")
    expect(sheet).to_have_accessible_name("Transcript twee")
    expect(page.locator(".cw .turn.current")).to_contain_text("caseload")
    expect(page.locator(".cw .rail")).to_contain_text("Overnemen")
    desk.ready().press("r").settle()
    expect(finish).to_contain_text("0 overgenomen, 0 gewijzigd, 1 niet overgenomen")
    desk.press("u").settle()
    expect(finish).to_have_count(0)


def test_when_no_transcript_has_work_left_the_page_leads_to_what_was_missed_and_to_the_results(desk, three):
    with Project.open(three) as project:
        project.accept_all(project.acceptable(0, coder="Noor"), coder="Noor")
        project.mark_read("drie", coder="Noor")
    page = desk.open(three, transcript="een").page
    finish = page.locator(".cw .rail .finish")
    expect(finish).to_contain_text("In geen enkel transcript wacht nog iets op jouw beslissing.")
    expect(finish).to_contain_text("In één ander transcript zijn niet alle beurten als gelezen gemarkeerd.")
    desk.press("t")
    expect(finish.get_by_role("button", name="Hoeveel hebben we gemist?")).to_be_focused()
    desk.press("Enter")
    expect(page.get_by_text("Kies de volgorde")).to_be_visible()
    page.keyboard.press("Escape")
    finish.get_by_role("button", name="Frequenties bekijken").click()
    expect(page.get_by_role("heading", name="Frequenties", exact=True)).to_be_visible()
    page.go_back()
    desk.ready()
    expect(finish).to_be_visible()


def test_who_goes_through_one_code_hears_that_others_wait_still(desk, copied):
    with Project.open(copied) as project:
        [only, *_] = sorted({one.code for one in project.suggestions(best=True)})
        label = project.codebook.code(only).label.in_language("nl")
        total = len(project.suggestions(best=True))
        count = sum(one.code == only for one in project.suggestions(best=True))
    page = desk.open(copied).page
    page.get_by_role("button", name="Volgorde").click()
    page.locator(".st-key-review_code input").fill(label)
    page.get_by_role("option", name=label, exact=True).click()
    expect(page.get_by_role("button", name="Volgorde")).to_contain_text(label)
    page.keyboard.press("Escape")
    desk.ready().press("j", *"a" * count).settle()
    expect(page.locator(".cw .finish")).to_have_count(0)
    last, others = "Dat was de laatste van wat je nu doorloopt.", f"nog {total - count} andere suggesties open."
    assert desk.said.endswith(f"{last} In dit transcript staan {others}")


def test_what_another_coder_changes_is_said_in_passing(desk, copied):
    with Project.open(copied) as project:
        first, *_, last = (item.suggestion for item in project.queue(coder="Noor", order="place").items)
    assert desk.open(copied).press("j", "k").cursor == first.id
    news = desk.page.locator(".cw .news")
    expect(news).to_have_text("")
    focus = "document.activeElement.shadowRoot.activeElement.dataset.item"
    where = "[...document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot.querySelectorAll('.words')]"
    where += ".map((words) => words.getBoundingClientRect().top)"
    before = [desk.page.evaluate(one) for one in (focus, where)]
    with Project.open(copied) as project:
        project.accept_all([last], coder="Daan")
    expect(news).to_have_text("Daan: één codering erbij.", timeout=15_000)
    assert [desk.page.evaluate(one) for one in (focus, where)] == before
    room = desk.page.locator(".cw .reading").bounding_box()
    box = news.bounding_box()
    assert room["x"] < box["x"] < box["x"] + box["width"] < room["x"] + room["width"]
    desk.press("a").settle()
    expect(news).to_have_text("Daan: één codering erbij.")
    assert [one[0] for one in decided(copied)] == [Verdict.ACCEPT] * 2


def test_blind_coders_hear_nothing_of_each_other(desk, copied):
    with Project.open(copied) as project:
        project.set_blind(["Noor", "Daan"])
        turn = project.transcript(SAMPLE).turn(3)
        place = project.transcript(SAMPLE).whole(turn)
    desk.page.add_init_script(COUNT_CALLS)
    desk.open(copied)
    for change in (
        lambda project: project.decide(Verdict.ADD, coder="Daan", segment=place, code="cl_omvang"),
        lambda project: project.undo("Daan"),
    ):
        before = desk.page.evaluate("calls")
        with Project.open(copied) as project:
            change(project)
        desk.page.wait_for_function("(before) => calls > before", arg=before, timeout=15_000)
        expect(desk.page.locator(".cw .news")).to_have_text("")
        expect(desk.page.locator(".cw .tag")).to_have_count(0)
    with Project.open(copied) as project:
        label = project.codebook.code("cl_omvang").label.in_language("nl")
        project.set_codebook(project.codebook_text.replace(label, "Anders"), by="Daan")
    expect(desk.page.locator(".cw .news")).to_have_text("Het codeboek is gewijzigd.", timeout=15_000)


def test_each_blind_coder_is_told_that_a_transcript_is_open_now(desk, copied):
    with Project.open(copied) as project:
        project.set_blind(["Noor", "Daan"])
    page = desk.open(copied).page
    page.get_by_role("button", name="Ik ben klaar met dit transcript").click()
    expect(page.get_by_text("Nog bezig: Daan.")).to_be_visible()
    expect(page.locator(".cw .finish")).to_contain_text("Je bent klaar met dit transcript")
    expect(page.locator(".st-key-review_transcript input")).to_have_value(re.compile("klaar$"))
    last = Desk(desk.page.context.new_page(), desk.address).open(copied, coder="Daan").page
    expect(last.get_by_text("dat is niet terug te draaien")).to_be_visible()
    last.get_by_role("button", name="Ik ben klaar met dit transcript").click()
    for one in (last, page):
        expect(one.get_by_text("Iedereen is klaar met dit transcript")).to_be_visible(timeout=20_000)
        expect(one.locator(".cw .tag").first).to_be_visible()
        expect(one.get_by_role("button", name="Samen overnemen")).to_be_visible()
    last.get_by_role("button", name="Sluiten").click()
    expect(last.get_by_text("Iedereen is klaar met dit transcript")).to_have_count(0)
    page.get_by_role("button", name="Codeurs vergelijken").click()
    expect(page.get_by_role("heading", name="Overeenstemming", exact=True)).to_be_visible()


def test_blind_coders_get_no_suggestions(desk, copied):
    with Project.open(copied) as project:
        project.decide(Verdict.ACCEPT, coder="Daan", suggestion=project.suggestions()[0])
        project.set_blind(["Noor", "Daan"])
    desk.open(copied)
    expect(desk.page.locator(".cw .tag")).to_have_count(0)
    expect(desk.page.get_by_text("Je codeert dit transcript blind.")).to_be_visible()
    expect(desk.page.locator(".cw .meter")).to_have_count(0)
    expect(desk.page.get_by_role("button", name="Samen overnemen")).to_have_count(0)
    desk.press("ArrowDown", "w").code("caseload").settle()
    expect(desk.page.locator(".cw .tag")).to_have_count(1)


def test_how_much_was_missed_is_said_beside_the_transcript(desk, copied):
    with Project.open(copied) as project:
        project.decide(Verdict.ACCEPT, coder="Daan", suggestion=project.suggestions()[0])
    desk.open(copied)
    page = desk.page
    page.get_by_role("button", name="Gemist?").click()
    expect(page.get_by_text("geen willekeurig gekozen beurten gelezen")).to_be_visible()
    with Project.open(copied) as project:
        for name, turn in project.to_read(30):
            place = Segment(name, turn, 0, 1)
            project.decide(Verdict.READ, coder="Daan", segment=place, drawn="random")
    desk.open(copied)
    page.get_by_role("button", name="Gemist?").click()
    expect(page.get_by_text("Gevonden: 1 beurt. ")).to_be_visible()
    with Project.open(copied) as project:
        project.set_blind(["Noor", "Daan"])
    desk.open(copied)
    page.get_by_role("button", name="Gemist?").click()
    expect(page.get_by_text("geen willekeurig gekozen beurten gelezen")).to_be_visible()  # Noor's own, not Daan's


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_progress_is_whole_in_sight_and_can_be_read(desk, copied, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = desk.page
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": 1280, "height": 800})
    desk.open(copied)
    page.get_by_role("button", name="Voortgang").click()
    room = page.get_by_test_id("stPopoverBody")
    expect(page.get_by_role("tab")).to_have_text(
        ["Per transcript", "Per code, in dit transcript", "Leren van beslissingen"]
    )
    expect(room.locator("td", has_text="Focusgroep Kloosterveen, voorjaar 2026")).to_be_attached()  # not its file
    lefts = set()
    for number in range(3):
        tab = page.get_by_role("tab").nth(number)
        tab.click()
        expect(tab.locator("p")).to_have_css("color", room.evaluate("(box) => getComputedStyle(box).color"))
        expect(page.get_by_role("tabpanel")).to_be_in_viewport(ratio=1)
        assert room.evaluate("(box) => [box.scrollHeight - box.clientHeight, box.scrollWidth - box.clientWidth]") == [
            0,
            0,
        ]
        lefts.add(room.bounding_box()["x"])
        violations = axe.run(page).response["violations"]
        assert [one["id"] for one in violations if one["id"] != "region"] == []
    assert len(lefts) == 1, "it stays where it is"


def test_of_each_wave_every_column_is_in_sight(desk, copied, tmp_path):
    later = tmp_path / "later.txt"
    later.write_text("\n".join(f"{who}: {text}" for who, text in TALK), encoding="utf-8")
    with Project.open(copied) as project:
        project.add([later])
        project.set_transcript(SAMPLE, wave="2026-voorjaar")
        project.set_transcript("later", wave="2026-najaar")
        project.decide(Verdict.ACCEPT, coder="Noor", suggestion=project.suggestions()[0])
    desk.page.set_viewport_size({"width": 1280, "height": 800})
    desk.open(copied)
    desk.page.get_by_role("button", name="Gemist?").click()
    last = desk.page.get_by_role("columnheader", name="Nog te lezen")
    expect(last).to_be_visible()
    box, room = last.bounding_box(), desk.page.get_by_test_id("stPopoverBody").bounding_box()
    assert box["x"] + box["width"] <= room["x"] + room["width"]
    expect(desk.page.get_by_role("cell", name="2026\u2011najaar")).to_be_visible()  # a hyphen that does not break


def test_turning_the_stance_answers_a_suggestion_and_goes_on_and_one_undo_takes_it_back(desk, copied):
    with Project.open(copied) as project:
        first, second, *_ = [item.suggestion for item in project.queue(coder="Noor", order="place").items]
    other = "bevestigt" if first.stance is Stance.DENIES else "ontkent"
    assert desk.open(copied).cursor == first.id
    desk.press("s").settle()
    assert desk.cursor == second.id
    assert [(code, stance) for _, code, stance in quoted(copied)] == [(first.code, other)]
    desk.press("u").settle()
    assert quoted(copied) == []
    assert desk.cursor == first.id


def test_another_code_answers_a_suggestion_and_goes_on_and_one_undo_takes_it_back(desk, copied):
    with Project.open(copied) as project:
        first, second, *_ = [item.suggestion for item in project.queue(coder="Noor", order="place").items]
        other = next(code for code in project.codebook if code.id not in {first.code, second.code})
    desk.open(copied).press("c").code(other.label.in_language("nl")).settle()
    assert desk.cursor == second.id
    assert [(code, stance) for _, code, stance in quoted(copied)] == [(other.id, first.stance.value)]
    desk.press("u").settle()
    assert quoted(copied) == []
    assert desk.cursor == first.id
    desk.press("c", "Enter").settle()  # the code that it has: nothing is answered
    assert (quoted(copied), desk.cursor) == ([], first.id)


def test_another_code_for_a_coding_leaves_it_at_hand(desk, copied):
    with Project.open(copied) as project:
        first = project.queue(coder="Noor", order="place").head.suggestion
        other = next(code for code in project.codebook if code.id != first.code)
    desk.open(copied).press("Shift+S").settle()
    at = desk.cursor
    desk.press("c").code(other.label.in_language("nl")).settle()
    assert (desk.cursor, [code for _, code, _ in quoted(copied)]) == (at, [other.id])


def test_with_shift_one_stays_and_a_coding_keeps_its_place_too(desk, copied):
    with Project.open(copied) as project:
        first = project.queue(coder="Noor", order="place").head.suggestion
    desk.open(copied).press("Shift+S").settle()
    [(_, code, turned)] = quoted(copied)
    assert (code, turned != first.stance.value) == (first.code, True)
    at = desk.cursor
    desk.press("s").settle()
    assert (desk.cursor, quoted(copied)[0][2]) == (at, first.stance.value)


def test_a_key_without_a_passage_at_hand_takes_up_the_turns_suggestion_before_it_answers(desk, copied):
    with Project.open(copied) as project:
        first = project.queue(coder="Noor", order="place").head.suggestion
    desk.open(copied)
    note = desk.page.locator(".cw .note")
    expect(note).to_be_hidden()
    desk.page.locator(f'.cw [data-turn="{first.segment.turn}"] .who').click()
    assert desk.cursor == f"turn {first.segment.turn}"
    desk.press("a")
    assert desk.cursor == first.id
    expect(note).to_contain_text("Druk de toets nog een keer")
    assert decided(copied) == []
    desk.press("a").settle()
    assert decided(copied) == [(Verdict.ACCEPT, first.segment.turn, first.code)]
    expect(note).to_be_hidden()


def test_a_key_that_can_do_nothing_says_why_where_everyone_sees_it(desk, talk):
    desk.open(talk, transcript="groep").press("ArrowDown", "a")
    note = desk.page.locator(".cw .note")
    expect(note).to_be_visible()
    expect(note).to_have_text(desk.said)
    assert "W codeert deze hele beurt" in note.inner_text()
    desk.press("ArrowDown")
    expect(note).to_be_hidden()


def test_names_of_codes_can_be_read_in_a_narrow_margin(desk, copied):
    with Project.open(copied) as project:
        place = project.queue(coder="Noor", order="place").head.suggestion.segment
        for code in project.codebook:
            project.decide(Verdict.ADD, coder="Noor", segment=place, code=code.id)
    desk.page.set_viewport_size({"width": 1280, "height": 800})
    desk.open(copied)
    boxes = desk.page.locator(f'.cw [data-turn="{place.turn}"] .tag').evaluate_all(
        """(tags) => tags.map((tag) => {
            const {top, bottom, right} = tag.getBoundingClientRect();
            const margin = tag.parentElement.getBoundingClientRect();
            const [out, low] = [right - margin.right, bottom - margin.bottom];
            return {top, bottom, out, low, cut: tag.scrollWidth - tag.clientWidth};
        })"""
    )
    assert len(boxes) > 20
    assert max(one["bottom"] - one["top"] for one in boxes) > 30, "no name needed a second line: the test shows nothing"
    assert all(one["cut"] <= 0 and one["out"] <= 1 and one["low"] <= 1 for one in boxes)
    assert all(above["bottom"] <= below["top"] for above, below in pairwise(boxes))


@pytest.mark.parametrize("width", [900, 1900])
def test_what_one_looks_at_stays_in_sight_when_lines_change_their_length(desk, copied, width):
    with Project.open(copied) as project:
        items = project.queue(coder="Noor", order="place").items
        chosen = items[len(items) // 2].suggestion
    desk.open(copied, turn=str(chosen.segment.turn))
    page = desk.page
    page.locator(f'.cw .tag[data-item="{chosen.id}"]').click()
    passage = page.locator(f'.cw [data-turn="{chosen.segment.turn}"] .on-current').first
    expect(passage).to_be_in_viewport()
    page.set_viewport_size({"width": width, "height": 900})
    expect(passage).to_be_in_viewport(ratio=0.5)
    bar = page.locator(f'.cw .bar[data-item="{chosen.id}"]')
    expect(bar).to_be_in_viewport()
    desk.press("c")  # the choice of a code goes along with the words
    page.set_viewport_size({"width": 1400, "height": 900})
    expect(passage).to_be_in_viewport(ratio=0.5)
    page.wait_for_function(
        """([turn]) => {
            const root = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot;
            const words = root.querySelector(`[data-turn="${turn}"] .on-current`).getBoundingClientRect();
            const box = root.querySelector(".picker").getBoundingClientRect();
            return box.top >= words.bottom || box.bottom <= words.top;
        }""",
        arg=[chosen.segment.turn],
    )
    desk.press("Escape")
    elsewhere = page.locator('.cw [data-turn="20"] .words')
    elsewhere.evaluate("(words) => { words.scrollIntoView(); words.closest('.paper').scrollTop -= 200; }")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.set_viewport_size({"width": width, "height": 900})
    expect(passage).not_to_be_in_viewport()  # who reads elsewhere goes on there
    expect(elsewhere).to_be_in_viewport()


def test_one_code_of_several_coders_has_one_name_that_goes_through_them(desk, copied):
    with Project.open(copied) as project:
        first = project.queue(coder="Noor", order="place").head.suggestion
        theirs = [project.decide(Verdict.ACCEPT, coder=who, suggestion=first).id for who in ("Daan", "Els", "Ref.")]
    desk.open(copied)
    turn = desk.page.locator(f'.cw [data-turn="{first.segment.turn}"]')
    name = turn.locator(".tag.other")
    expect(name).to_have_count(1)
    assert re.search(r"\s(Daan|Els|Ref\.), (Daan|Els|Ref\.), (Daan|Els|Ref\.)$", name.inner_text())
    assert "·" not in name.inner_text()
    expect(turn.locator(".bar.other")).to_have_count(3)
    seen = []
    for _ in theirs:
        name.click()
        seen.append(desk.cursor)
    assert sorted(seen) == sorted(theirs)
    assert desk.page.evaluate("document.activeElement.shadowRoot.activeElement.dataset.item") == seen[-1]


def test_a_turn_that_is_read_says_what_counts_as_not_taken_over(desk, copied):
    with Project.open(copied) as project:
        first = project.queue(coder="Noor", order="place").head.suggestion
        label = project.codebook.code(first.code).label.in_language("nl")
    desk.open(copied).press("g").settle()
    note = desk.page.locator(".cw .note")
    expect(note).to_be_visible()
    expect(note).to_contain_text(f"Beurt {first.segment.turn} is als gelezen gemarkeerd.")
    expect(note).to_contain_text(label)
    with Project.open(copied) as project:
        assert [one.verdict for one in project.decisions()] == [Verdict.READ]
        assert first.id not in {one.id for one in project.acceptable(0.0, coder="Noor")}


# Coding


def test_words_chosen_with_the_mouse_are_coded_to_the_code_point(desk, talk):
    desk.open(talk, transcript="groep")
    desk.select(2, "coördinatoren 👵🏽🙂 zeiden").code("sturen op", "1").settle()
    desk.select(2, "targets’, en dat was het 🤷🏽‍♀️ dan").code("werkdruk").settle()
    assert [words for words, _, _ in quoted(talk, "groep")] == [
        "coördinatoren 👵🏽🙂 zeiden",
        "targets’, en dat was het 🤷🏽‍♀️ dan",
    ]


def test_half_words_are_made_whole_unless_alt_is_held(desk, talk):
    desk.open(talk, transcript="groep")
    desk.select(2, "ördinat").code("werkdruk").settle()
    desk.select(2, "ördinat", alt=True).code("caseload").settle()
    assert sorted(words for words, _, _ in quoted(talk, "groep")) == ["coördinatoren", "ördinat"]


def test_nothing_moves_under_the_mouse_while_it_selects(desk, talk):
    """Words that were painted anew in the meantime once let the selection begin at the start of their turn."""
    desk.page.add_init_script(COUNT_CALLS)
    desk.open(talk, transcript="groep")
    (x, y), end = desk.place(2, "dat was het")
    desk.page.mouse.move(x, y)
    desk.page.mouse.down()
    before = desk.page.evaluate("calls")
    with Project.open(talk) as project:
        turn = project.transcript("groep").turn(2)
        at = turn.text.index("maak")
        project.decide(Verdict.ADD, coder="Daan", segment=Segment("groep", 2, at, at + 4), code="cl_werkdruk")
    desk.page.wait_for_function("(before) => calls > before", arg=before, timeout=15_000)
    theirs = desk.page.locator(".cw .tag.other")
    expect(theirs).to_have_count(0)
    desk.page.mouse.move(*end, steps=4)
    desk.page.mouse.up()
    desk.code("werkdruk").settle()
    expect(theirs).to_have_count(1)
    assert sorted(words for words, _, _ in quoted(talk, "groep")) == ["dat was het", "maak"]


def test_words_stay_chosen_when_the_window_loses_the_focus_while_the_mouse_selects(desk, talk):
    desk.open(talk, transcript="groep")
    begin, end = desk.place(2, "dat was het")
    desk.page.mouse.move(*begin)
    desk.page.mouse.down()
    desk.page.evaluate("dispatchEvent(new Event('blur'))")
    desk.page.mouse.move(*end, steps=4)
    desk.page.mouse.up()
    desk.code("werkdruk").settle()
    assert [words for words, _, _ in quoted(talk, "groep")] == ["dat was het"]


def test_a_mouse_that_is_let_go_of_elsewhere_keeps_nothing_back(desk, talk):
    desk.open(talk, transcript="groep")
    desk.page.locator('.cw [data-turn="2"] .words').dispatch_event("mousedown", {"button": 0, "composed": True})
    with Project.open(talk) as project:
        place = Segment("groep", 2, 0, 3)
        project.decide(Verdict.ADD, coder="Daan", segment=place, code="cl_werkdruk")
    desk.page.evaluate("dispatchEvent(new Event('blur'))")
    expect(desk.page.locator(".cw .tag.other")).to_have_count(1, timeout=15_000)


def test_a_moderator_is_not_coded(desk, talk):
    desk.open(talk, transcript="groep")
    desk.select(1, "Vertel eens")
    said = desk.page.locator(".cw > [aria-live]")
    expect(said).to_have_text("Hier spreekt een gespreksleider; alleen deelnemers worden gecodeerd.")
    desk.press("w")
    expect(desk.page.locator(".cw .picker")).to_have_count(0)


def test_a_turn_is_coded_with_keys_alone(desk, talk):
    desk.open(talk, transcript="groep").press("ArrowDown", "e", "ArrowDown", "Shift+ArrowLeft", "Enter")
    desk.code("te veel clienten").press("s", "m")
    desk.page.keyboard.type("Rare avond, u en ik: Reken maar.")
    desk.press("Escape", "e", "Shift+ArrowRight", "Enter").settle()
    assert quoted(talk, "groep") == [("Meer niet.", "cl_omvang", "ontkent")]
    with Project.open(talk) as project:
        assert [memo.text for memo in project.memos()] == ["Rare avond, u en ik: Reken maar."]
    desk.press("x").settle()
    assert quoted(talk, "groep") == []


def test_a_coding_that_is_stored_while_one_goes_on_with_it_stays_at_hand(desk, talk):
    desk.open(talk, transcript="groep").press("ArrowDown")
    desk.press("w").code("caseload").press("e").settle()  # stored between E and the keys that follow
    desk.press("Shift+ArrowLeft", "Enter").settle()
    [(words, _, _)] = quoted(talk, "groep")
    assert words.endswith("Meer")
    desk.press("x").settle()
    desk.press("w").code("caseload").press("c").settle()
    desk.code("werkdruk").press("x").settle()
    assert quoted(talk, "groep") == []


def test_bounds_are_dragged(desk, talk):
    desk.open(talk, transcript="groep")
    desk.select(2, "de coördinatoren").code("werkdruk").settle()
    handle = desk.page.locator(".cw .handle.end").bounding_box()
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    desk.page.mouse.move(x, y)
    desk.page.mouse.down()
    desk.page.mouse.move(x + 90, y, steps=5)
    desk.page.mouse.up()
    desk.settle()
    [(words, code, _)] = quoted(talk, "groep")
    assert code == "cl_werkdruk"
    assert words.startswith("de coördinatoren 👵🏽🙂")


def test_a_click_goes_through_the_passages_beneath(desk, talk):
    with Project.open(talk) as project:
        turn = project.transcript("groep").turn(2)
        for code, words in (("pi_output", "maak je targets"), ("cl_werkdruk", "targets")):
            start = turn.text.index(words)
            place = Segment("groep", 2, start, start + len(words))
            project.decide(Verdict.ADD, coder="Noor", segment=place, code=code, stance=Stance.CONFIRMS)
    desk.open(talk, transcript="groep")
    name = desk.page.locator(".cw .rail h2")
    for expected in ("Sturen op output", "Werkdruk", "Sturen op output"):
        desk.page.locator(".cw .passage", has_text="targets").last.click()
        expect(name).to_have_text(expected)


# Searching, and reading to the end


def marked(desk: Desk) -> list[str]:
    return desk.page.locator(".cw .on-hit, .cw .on-hit-now").all_text_contents()


def test_words_are_found_however_they_are_written(desk, talk):
    before = desk.open(talk, transcript="groep").press("ArrowDown").cursor
    desk.press("/")
    field = desk.page.get_by_role("textbox", name="Zoek in dit transcript")
    expect(field).to_be_focused()
    desk.page.keyboard.type("COORD")
    assert marked(desk) == ["coörd"]
    field.fill("'maak je")
    assert marked(desk) == ["‘maak je"]
    field.fill("e")
    assert marked(desk) == []
    field.fill("nee")
    bar = desk.page.locator(".cw .finder .count")
    expect(bar).to_have_text("1 van 1")
    field.fill("geen woord")
    expect(bar).to_have_text("Niets gevonden")
    desk.press("Escape")
    assert (field.count(), marked(desk), desk.cursor) == (0, [], before)
    assert desk.page.evaluate("document.activeElement.shadowRoot.activeElement.dataset.turn") == "2"


def test_one_goes_from_hit_to_hit_and_back_and_can_go_on_there(desk, copied):
    before = desk.open(copied).cursor
    desk.press("/")
    desk.page.keyboard.type("maar")
    count = desk.page.locator(".cw .finder .count")
    expect(count).to_have_text(re.compile(r"\d+ van \d+"))
    first, hits = (int(number) for number in re.findall(r"\d+", count.inner_text()))
    assert hits > 2
    assert len(marked(desk)) == hits
    desk.press("Enter")
    expect(count).to_have_text(f"{first % hits + 1} van {hits}")
    desk.press("Shift+Enter", "Shift+Enter")
    expect(count).to_have_text(f"{(first - 2) % hits + 1} van {hits}")
    expect(desk.page.locator(".cw .on-hit-now")).to_be_in_viewport()
    turn = desk.page.locator(".cw .turn:has(.on-hit-now)").get_attribute("data-turn")
    assert desk.cursor == before
    desk.press("Control+Enter")
    assert (desk.cursor, desk.page.locator(".cw .finder").count()) == (f"turn {turn}", 0)


def test_the_search_bar_covers_no_words(desk, copied):
    desk.open(copied).press("/")
    bar, page = (desk.page.locator(f".cw .{name}").bounding_box() for name in ("finder", "paper"))
    assert bar["y"] + bar["height"] <= page["y"]
    rail = desk.page.locator(".cw .rail").bounding_box()
    assert page["y"] + page["height"] == pytest.approx(rail["y"] + rail["height"], abs=1)


def test_searching_neither_loses_a_key_nor_answers_anything(desk, copied):
    desk.open(copied).press(*"aaa", "/")
    desk.page.keyboard.type("ararar")
    desk.press("Escape", *"aa").settle()
    assert [verdict for verdict, _, _ in decided(copied)] == [Verdict.ACCEPT] * 5


def test_another_codebook_comes_in_without_closing_what_one_types_in(desk, copied):
    """Letters that were meant for the search or the choice of a code would decide otherwise."""

    def rename(after: str) -> None:
        with Project.open(copied) as project:
            text = project.codebook_text
            label = project.codebook.code("cl_omvang").label.in_language("nl")
            assert text.count(label) > 0
            project.set_codebook(text.replace(label, after), by="Daan")
        expect(option).to_have_count(1, timeout=15_000)

    option = desk.page.locator(".cw .rail h2", has_text=re.compile("Eerst|Later"))
    desk.open(copied)
    with Project.open(copied) as project:
        first = next(one for one in project.suggestions(best=True) if one.code == "cl_omvang")
    desk.page.locator(f'.cw .tag[data-item="{first.id}"]').click()
    desk.press("/")
    desk.page.keyboard.type("case")
    hits, top = marked(desk), desk.page.locator(".cw .paper").evaluate("(paper) => paper.scrollTop")
    rename("Eerst dit")
    expect(desk.page.locator(".cw .news")).to_have_text("Daan: codeboek gewijzigd.")
    desk.page.keyboard.type("load")
    field = desk.page.get_by_role("textbox", name="Zoek in dit transcript")
    expect(field).to_have_value("caseload")
    assert (len(hits) > 0, set(marked(desk))) == (True, {one + "load" for one in hits if one.lower() == "case"})
    # Names of another length make turns above higher or lower.
    assert desk.page.locator(".cw .paper").evaluate("(paper) => paper.scrollTop") == pytest.approx(top, abs=60)
    desk.press("Escape", "c")
    with Project.open(copied) as project:
        project.set_codebook(project.codebook_text.replace("Eerst dit", "Later dit"), by="Daan")
    expect(option).to_contain_text("Later dit", timeout=15_000)
    desk.page.keyboard.type("rar")
    expect(desk.page.locator(".cw .picker input")).to_have_value("rar")
    desk.press("Escape").settle()
    assert (desk.cursor, decided(copied)) == (first.id, [])


def test_what_is_painted_while_one_searches_is_found_still(desk, copied):
    desk.open(copied).press("/")
    desk.page.keyboard.type("caseload")
    hits = marked(desk)
    with Project.open(copied) as project:
        project.decide(Verdict.ACCEPT, coder="Daan", suggestion=project.suggestions()[0])
    expect(desk.page.locator(".cw .tag.other")).to_have_count(1, timeout=15_000)
    assert marked(desk) == hits


def test_a_transcript_that_was_read_to_its_end_is_marked_so_and_one_undo_takes_it_back(desk, talk):
    desk.open(talk, transcript="groep").press("ArrowDown", "g").settle()
    end = desk.page.locator(".cw .end")
    expect(end).to_contain_text("Je hebt 1 van de 3 beurten als gelezen gemarkeerd.")
    expect(end.get_by_role("button")).to_have_text("Ik heb alles gelezen: markeer de overige 2 beurten")
    desk.press("Shift+G")
    expect(end.get_by_role("button")).to_be_focused()
    assert [one[0] for one in decided(talk)] == [Verdict.READ]
    desk.press("Enter").settle()
    expect(end).to_contain_text("Je hebt dit hele transcript gelezen.")
    with Project.open(talk) as project:
        assert project.marked_read("groep", coder="Noor") == {2, 3, 4}
        assert project.tallies()[0].left == 0, "what was read is known: nothing can have been missed there"
        assert all(not one.shown for one in project.decisions()[1:])
    desk.press("u").settle()
    with Project.open(talk) as project:
        assert project.marked_read("groep", coder="Noor") == {2}
    expect(end).to_contain_text("Je hebt 1 van de 3 beurten als gelezen gemarkeerd.")


# Safety


def test_words_of_others_are_only_ever_shown(desk, tmp_path, talk):
    book = tmp_path / "kwaad.yaml"
    book.write_text(CODEBOOK, encoding="utf-8")
    with Project.open(talk) as project:
        project.set_codebook(CODEBOOK, by="Noor")
        project.set_transcript("groep", title="![t](http://example.invalid/t.png) <b>t</b>")
        turn = project.transcript("groep").turn(3)
        place = project.transcript("groep").whole(turn)
        coding = project.decide(Verdict.ADD, coder="<i>Noor</i>", segment=place, code="code_een")
        project.add_memo("<img src=http://example.invalid/m.png>", coder="<i>Noor</i>", about=f"coding:{coding.id}")
    desk.open(talk, transcript="groep", coder="<i>Noor</i>")
    page = desk.page
    for number in (3, 4):
        assert page.locator(f'.cw [data-turn="{number}"] .words').text_content() == TALK[number - 1][1]
    desk.press("ArrowDown", "ArrowDown", "ArrowRight")
    assert page.locator(".cw .rail h2").inner_text() == "<b>een</b> ![x](http://example.invalid/e.png)"
    assert page.locator(".cw textarea").input_value() == "<img src=http://example.invalid/m.png>"
    desk.press("c").code("een")
    page.get_by_role("button", name="Voortgang").click()
    page.get_by_text("Per code, in dit transcript").wait_for()
    desk.settle()
    assert page.evaluate("window.hacked") is None
    expect(page.locator(".cw img, .cw script, .cw b")).to_have_count(0)


def test_streamlit_keeps_no_key_that_the_page_uses(desk, copied):
    desk.open(copied).press("Shift+C", "Shift+R", "c")
    expect(desk.page.locator(".cw .picker")).to_have_count(1)
    expect(desk.page.get_by_role("dialog")).to_have_count(1)


def test_the_overview_of_keys_opens_and_closes_with_keys(desk, copied):
    before = desk.open(copied).cursor
    desk.press("?")
    expect(desk.page.get_by_role("dialog", name="Toetsen")).to_be_visible()
    desk.press("a", "r", "Escape").settle()
    expect(desk.page.get_by_role("dialog")).to_have_count(0)
    assert (desk.cursor, decided(copied)) == (before, [])


def test_a_key_with_shift_stands_below_the_key_itself(desk, copied):
    desk.page.set_viewport_size({"width": 1280, "height": 800})
    desk.open(copied).press("?")
    found = desk.page.locator(".cw .help dt").evaluate_all(
        """(terms) => terms.map((term) => {
            const {x, y} = term.getBoundingClientRect();
            return [term.textContent, [Math.round(x), Math.round(y)]];
        })"""
    )
    places = {key: tuple(place) for key, place in found}
    for key in "SGU":
        (left, top), (below_left, below_top) = places[key], places[f"Shift {key}"]
        assert left == below_left
        assert [one for one in places.values() if one[0] == left and top < one[1] < below_top] == []
        assert top < below_top
    box = desk.page.locator(".cw .help")
    assert box.evaluate("(box) => box.scrollHeight - box.clientHeight") == 0, "all keys are in sight"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everyone_can_use_what_opens_on_the_page(desk, copied, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with Project.open(copied) as project:
        first, second, third, *_ = project.suggestions(best=True)
        project.decide(Verdict.ACCEPT, coder="Noor", suggestion=first)
        project.decide(Verdict.REJECT, coder="Noor", suggestion=second)
        project.decide(Verdict.ACCEPT, coder="Daan", suggestion=third)
    desk.page.emulate_media(color_scheme=theme)
    desk.open(copied)
    found = []
    shown = ((), ("c",), tuple("xyz"), ("Escape", "?"), ("Escape", "/", *"caseload"), ("Escape", "Shift+G"), ("j", "e"))
    for keys in (*shown, ("Escape", "m"), ("Escape", "Home")):
        desk.press(*keys)
        violations = axe.run(desk.page).response["violations"]
        found += [(keys, one["id"], one["nodes"][0]["html"][:200]) for one in violations if one["id"] != "region"]
    with Project.open(copied) as project:
        project.accept_all(project.acceptable(0, coder="Noor"), coder="Noor")
    expect(desk.page.locator(".cw .finish")).to_be_visible(timeout=15_000)
    found += [one["id"] for one in axe.run(desk.page).response["violations"] if one["id"] != "region"]
    assert found == []


def test_the_words_of_a_passage_and_the_language_of_the_page_are_told_to_a_screen_reader(desk, copied):
    with Project.open(copied) as project:
        first = project.queue(coder="Noor", order="place").head.suggestion
        words = project.transcript(SAMPLE).quote(first.segment)
    desk.open(copied)
    tag = desk.page.locator(f'.cw .tag[data-item="{first.id}"]')
    expect(tag).to_have_accessible_description(words)
    expect(tag).to_have_attribute("aria-current", "true")
    expect(desk.page.locator('.cw .tag[aria-current="true"]')).to_have_count(1)
    expect(desk.page.locator("html")).to_have_attribute("lang", "nl")
    desk.press("c")
    desk.page.keyboard.type("xyz")
    none = desk.page.get_by_role("option", name="Geen code past.")
    expect(none).to_be_visible()
    field = desk.page.locator(".cw .picker input")
    assert field.get_attribute("aria-activedescendant") == none.get_attribute("id")


def test_the_page_can_be_used_when_it_is_enlarged_to_twice_its_size(desk, copied):
    desk.page.set_viewport_size({"width": 640, "height": 400})
    desk.open(copied)
    assert desk.page.get_by_test_id("stMain").evaluate("(main) => main.scrollWidth - main.clientWidth") <= 0
    shown: list[tuple[tuple[str, ...], str]] = [((), "turn.current"), (("c",), "picker"), (("Escape", "?"), "help")]
    for keys, name in (*shown, (("Escape", "/"), "finder")):
        desk.press(*keys)
        box = desk.page.locator(f".cw .{name}").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 640
    desk.press("Escape", "a").settle()
    expect(desk.page.locator(".cw .on-current").first).to_be_in_viewport()
    assert [one[0] for one in decided(copied)] == [Verdict.ACCEPT]


MEETING = """
    () => {
        const root = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot;
        const picker = root.querySelector('.picker').getBoundingClientRect();
        const sheet = root.querySelector('.paper').getBoundingClientRect();
        const words = [...root.querySelectorAll('.on-span, .turn.current .on-current')];
        const lines = words.flatMap((one) => [...one.getClientRects()]).sort((left, right) => left.top - right.top);
        const [top, bottom] = [sheet.top - 1, Math.min(sheet.bottom, innerHeight) + 1];
        const isFree = (line) => line.top >= top && line.bottom <= bottom && (
            line.right <= picker.left || line.left >= picker.right ||
            line.bottom <= picker.top || line.top >= picker.bottom
        );
        return {
            covered: lines.filter((line) => !isFree(line)).length, first: isFree(lines[0]),
            higher: Math.max(...lines.map((line) => line.bottom)) - lines[0].top > picker.top - top - 12,
            whole: picker.top >= 0 && picker.left >= 0 && picker.bottom <= innerHeight && picker.right <= innerWidth,
        };
    }
"""
"""Whether the pop-up with codes stands over the words that it is about."""


@pytest.mark.parametrize(("width", "height"), [(640, 450), (640, 400), (1280, 560), (1280, 900)])
def test_a_code_is_chosen_with_its_words_in_sight(desk, copied, width, height):
    """The first two are windows of 1280 by 900 and by 800 pixels at 200%."""
    page = desk.page
    page.set_viewport_size({"width": width, "height": height})
    desk.open(copied)
    for _ in range(4):
        desk.press("j", "c")
        found = page.evaluate(MEETING)
        assert found["whole"]
        assert found["first"]
        assert not found["covered"] or found["higher"], "in sight as a whole, if there is room for it above the codes"
        desk.press("Escape")
    with Project.open(copied) as project:
        longest = max(project.transcript(SAMPLE).spoken_turns(), key=lambda turn: len(turn.text)).number
    desk.place(longest, "a")
    page.locator(f'.cw [data-turn="{longest}"] .words').click(position={"x": 2, "y": 2})
    if page.locator(".cw .turn.current .tag.current").count():
        desk.press("ArrowDown", "ArrowUp")
    desk.press("w")
    found = page.evaluate(MEETING)
    assert found["whole"]
    assert found["first"], "of words for which there is no room, the beginning is"
    desk.press("Escape").settle()
    assert decided(copied) == []


def test_nothing_moves_a_handle_from_the_edge_of_its_passage(desk, copied):
    """The style of the end of a transcript once moved the end handle by twenty pixels, onto another word."""
    desk.open(copied)
    desk.press("j")
    margins = desk.page.locator(".handle").evaluate_all(
        "handles => handles.map((handle) => getComputedStyle(handle).margin)"
    )
    assert len(margins) == 2
    assert margins[0] == margins[1]
