"""Every page in a browser: what a user does on them, who can use them, and that words of others stay words."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from codering.codings import Stance, Verdict
from codering.project import Project
from codering.resources import samples_path
from codering.web.pages import PAGES

pytestmark = pytest.mark.browser

ARTEFACTS = Path(__file__).parent.parent.parent / "artefacts" / "pages"
NAMES = [page.name for page in PAGES]
OF_STREAMLIT = {"presentation-role-conflict", "empty-table-header"}
"""What axe finds in Streamlit's own uploader and tables; minor, and not ours to mend."""
EVIL = (
    "![x](http://example.invalid/x.png) <img src=http://example.invalid/y.png onerror='window.hacked = 1'> "
    "<script>window.hacked = 1</script> :red[rood] [hier](http://example.invalid) $x^2$"
)
CODEBOOK = f"""codebook: kwaad
label: {{nl: "{EVIL}", en: Evil}}
themes:
  - id: thema
    label: {{nl: "{EVIL} thema", en: Theme}}
    definition: "{EVIL}"
    codes:
      - id: code_een
        label: {{nl: "{EVIL} code", en: One}}
        definition: "{EVIL}"
        include: ["{EVIL}"]
        examples: [{{text: "{EVIL}", why: "{EVIL}"}}]
"""


def address(server: str, name: str, file: Path, **more: str) -> str:
    place = "" if name == NAMES[0] else name
    return f"{server}/{place}?{urlencode({'project': str(file), 'coder': 'Noor', 'lang': 'nl', **more})}"


def ready(page: Page) -> Page:
    """Wait until the page stands: a heading, and nothing that still runs."""
    page.locator("h1").first.wait_for(timeout=60_000)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)
    page.wait_for_function("!document.querySelector('[data-stale=true], [data-testid=stSkeleton]')")
    return page


def decide(file: Path) -> None:
    """Let two coders code the first turn of a participant of every transcript."""
    with Project.open(file) as project:
        code = project.codebook.themes[0].codes[0].id if project.codebook.themes[0].codes else "thema"
        for transcript in project.transcripts():
            segment = transcript.whole(next(transcript.participant_turns()))
            for coder in ("Noor", "Els"):
                project.decide(Verdict.ADD, coder=coder, segment=segment, code=code, stance=Stance.CONFIRMS)


@pytest.fixture
def coded(copied) -> Path:
    decide(copied)
    return copied


def test_from_nothing_to_a_file_with_results(context: BrowserContext, server: str, tmp_path: Path):
    page = context.new_page()
    page.goto(f"{server}/?lang=nl&coder=Noor")
    ready(page)
    folder = page.locator(".st-key-project_folder input")
    folder.fill(str(tmp_path))
    folder.press("Enter")
    page.locator(".st-key-project_name input").fill("Ronde 1")
    page.locator(".st-key-project_make button").click()  # at once: what is typed needs no Enter
    expect(page.locator("h1")).to_have_text("Ronde 1")
    words = "Interviewer: Hoe gaat het?\nMaria: Er is echt te weinig tijd per cliënt.\nPiet: Mijn baas helpt mij.\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "groep.txt", "mimeType": "text/plain", "buffer": words.encode()}
    )
    page.locator("[class*=st-key-project_wave] input").fill("najaar")
    page.locator("[class*=st-key-project_wave] input").press("Enter")
    page.locator(".st-key-project_save button:not([disabled])").click()
    page.get_by_text("1 transcript is toegevoegd.").wait_for()
    decide(tmp_path / "Ronde 1.codering")
    page.reload()  # the address remembers the project
    expect(page.locator("h1")).to_have_text("Ronde 1")
    page.locator("[data-testid=stSidebarNav]").get_by_text("Exporteren").click()
    with page.expect_download() as download:
        page.locator(".st-key-exports_make_csv button").click()
    assert "te weinig tijd per cliënt" in download.value.path().read_text(encoding="utf-8-sig")
    with Project.open(tmp_path / "Ronde 1.codering") as project:
        assert project.transcript("groep").wave == "najaar"


def test_a_bar_opens_its_words_and_the_way_to_their_turn(context: BrowserContext, server: str, coded: Path):
    page = context.new_page()
    page.goto(address(server, "frequencies", coded))
    ready(page)
    page.locator("svg.marks path[aria-roledescription=bar], svg.marks .mark-rect path").first.click()
    page.get_by_text(re.compile("1 passage van 1 deelnemer")).wait_for()
    page.get_by_role("button", name="Naar de beurt").first.click()
    page.locator(".cw .turn").first.wait_for()
    assert "/review?" in page.url


def test_charts_are_saved_as_files(context: BrowserContext, server: str, coded: Path):
    page = context.new_page()
    page.goto(address(server, "frequencies", coded))
    ready(page)
    for kind, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Figuur als {kind}").first.click()
        assert download.value.path().read_bytes().startswith(start)


@pytest.fixture
def two_waves(tmp_path) -> Path:
    file = tmp_path / "golven.codering"
    with Project.create(file) as project:
        project.add([samples_path() / "kloosterveen_voorjaar.srt", samples_path() / "kloosterveen_najaar.otr"])
        for number, transcript in enumerate(project.transcripts()):
            project.set_transcript(transcript.name, group="Kloosterveen", wave=f"ronde {number + 1}")
    decide(file)
    return file


@pytest.mark.parametrize(("name", "button"), [("waves", "waves_waves_1"), ("explore", "explore_curve")])
def test_charts_of_other_pages_are_saved_as_files_too(
    context: BrowserContext, server: str, two_waves: Path, name: str, button: str
):
    page = context.new_page()
    page.goto(address(server, name, two_waves))
    ready(page)
    if name == "explore":
        page.locator(".st-key-explore_view").get_by_text("Verzadiging").click()
    else:
        page.get_by_text("Ook wat incidenteel is").click()
    ready(page)  # a file belongs to the run that offered it
    for kind, start in (("png", b"\x89PNG"), ("svg", b"<svg")):
        with page.expect_download() as download:
            page.locator(f"[class*=st-key-{button}][class*=_{kind}] button").first.click()
        assert download.value.path().read_bytes().startswith(start)


def test_the_language_survives_a_reload_and_another_page(context: BrowserContext, server: str, coded: Path):
    page = context.new_page()
    page.goto(address(server, "help", coded))
    ready(page).locator(".st-key-lang").get_by_text("English").click()
    expect(page.locator("h1")).to_have_text("Help")
    page.locator("[data-testid=stSidebarNav]").get_by_text("Frequencies").click()
    expect(page.locator("h1")).to_have_text("Frequencies")
    page.reload()
    expect(page.locator("h1")).to_have_text("Frequencies")


def test_every_page_has_the_address_of_its_name(context: BrowserContext, server: str, coded: Path):
    page = context.new_page()
    for name in NAMES:
        page.goto(f"{server}/{name}?{urlencode({'project': str(coded), 'coder': 'Noor', 'lang': 'nl'})}")
        ready(page)
        assert page.locator("[role=dialog]").count() == 0, name
        assert page.locator(".st-key-coder input").input_value() == "Noor", name
        assert page.get_by_text("Er is geen project open").count() == 0, name


def test_a_page_says_that_it_is_stale_and_keeps_what_is_being_typed(context: BrowserContext, server: str, coded: Path):
    page = context.new_page()
    page.goto(address(server, "codebook", coded))
    ready(page).locator(".st-key-codebook_find input").fill("half")
    assert page.locator(".st-key-watching_stale").count() == 0
    with Project.open(coded) as project:
        project.undo("Els")
    page.locator(".st-key-watching_stale").wait_for()
    assert page.locator(".st-key-codebook_find input").input_value() == "half"
    page.locator(".st-key-watching_renew button").click()
    page.locator(".st-key-watching_stale").wait_for(state="detached")


def test_a_chart_can_be_read_after_the_reader_goes_from_light_to_dark(
    context: BrowserContext, server: str, coded: Path
):
    """Streamlit draws the page in the other colours without telling the program: letters stayed dark on dark."""
    page = context.new_page()
    page.emulate_media(color_scheme="light")
    page.goto(address(server, "frequencies", coded))
    chart = ready(page).locator("[data-testid=stVegaLiteChart]").first
    chart.scroll_into_view_if_needed()
    page.emulate_media(color_scheme="dark")

    def lightest() -> int:
        """How light the lightest letter is of the names on the left, 0 to 255."""
        picture = Image.open(BytesIO(chart.screenshot())).convert("L")
        return int(picture.crop((0, 0, 120, picture.height)).getextrema()[1])

    for _ in range(30):
        if lightest() > 180:
            return
        page.wait_for_timeout(500)
    pytest.fail(f"the lightest pixel is {lightest()}")


def test_an_answer_of_an_exercise_is_handed_in_with_the_keyboard(context: BrowserContext, server: str, coded: Path):
    with Project.open(coded) as project:
        project.set_setting("counted_coder", next(iter(project.coders())))
    page = context.new_page()
    page.goto(address(server, "practice", coded))
    ready(page).get_by_role("button", name="Beginnen").press("Enter")
    codes = page.get_by_role("combobox", name="Welke codes krijgt de laatste beurt?")
    codes.press_sequentially("Registratiedruk")
    codes.press("Enter")
    expect(page.get_by_text("Registratiedruk: de spreker ontkent het")).to_be_visible()
    codes.press("Control+s")
    expect(page.get_by_text("Jouw antwoord:")).to_have_text("Jouw antwoord: Registratiedruk (bevestigt)")
    # The feedback comes piece by piece; the button that Enter stands for is the last.
    expect(page.get_by_role("button", name="Volgende beurt")).to_be_visible()
    ready(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Jouw antwoord:")).to_have_count(0)
    expect(codes).to_be_visible()


def test_streamlits_own_words_for_uploading_are_in_the_language_of_the_page(
    context: BrowserContext, server: str, coded: Path
):
    page = context.new_page()
    page.goto(address(server, "project", coded))
    ready(page)
    button = page.locator("[data-testid=stFileUploaderDropzone] button")
    expect(button.locator("p", has_text="Upload")).to_be_hidden()
    assert "Bestanden kiezen" in button.locator("[data-testid=stMarkdownContainer]").evaluate(
        "element => getComputedStyle(element, '::after').content"
    )


def test_a_draft_survives_a_reload(context: BrowserContext, server: str, coded: Path):
    page = context.new_page()
    page.goto(address(server, "codebook", coded))
    ready(page).locator(".st-key-codebook_way").get_by_text("Betekenis wijzigen").click()
    page.locator("[data-testid=stForm] textarea").first.wait_for()
    ready(page).locator("[data-testid=stForm] textarea").first.fill("Een uur werk.")
    page.get_by_role("button", name="In het concept zetten").first.click()
    page.locator(".st-key-codebook_draft_bar").wait_for()
    page.reload()
    ready(page).locator(".st-key-codebook_draft_bar").wait_for()
    page.get_by_text("Een uur werk.").wait_for()
    page.locator(".st-key-codebook_throwing button").click()  # by key: another test made English the language
    page.locator(".st-key-codebook_throw button").click()
    page.locator(".st-key-codebook_draft_bar").wait_for(state="detached")


def test_words_of_others_are_never_markup_on_any_page(context: BrowserContext, server: str, tmp_path: Path):
    """The recorded requests are checked when the context closes; here: nothing ran, nothing became an element."""
    (tmp_path / "kwaad.yaml").write_text(CODEBOOK, encoding="utf-8")
    (tmp_path / "groep.txt").write_text(f"Interviewer: {EVIL}\nBo: {EVIL}\nCas: {EVIL} en meer.\n", encoding="utf-8")
    with Project.create(tmp_path / "kwaad.codering", codebook=tmp_path / "kwaad.yaml", name=EVIL) as project:
        project.add([tmp_path / "groep.txt"])
        project.set_transcript("groep", title=EVIL, group=EVIL, wave=EVIL)
    decide(tmp_path / "kwaad.codering")
    page = context.new_page()
    for name in NAMES:
        page.goto(address(server, name, tmp_path / "kwaad.codering"))
        ready(page)
        main = page.locator("[data-testid=stMain]")
        assert page.evaluate("window.hacked") is None, name
        assert main.locator("img[src*='example.invalid'], a[href*='example.invalid']").count() == 0, name


@pytest.mark.parametrize(("language", "theme", "width"), [("nl", "light", 1280), ("en", "dark", 1920)])
def test_every_page_can_be_used_by_everyone(chromium, server: str, coded: Path, language: str, theme: str, width: int):
    """Axe finds nothing serious but what is Streamlit's own; pictures of every page are kept for who looks."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    context = chromium.new_context(viewport={"width": width, "height": width * 9 // 16}, color_scheme=theme)
    page = context.new_page()
    found = []
    for name in NAMES:
        page.goto(address(server, name, coded, lang=language))
        ready(page)
        page.screenshot(path=ARTEFACTS / f"{name}-{language}-{theme}-{width}.png")
        found += [
            (name, one["id"], one["impact"], one["nodes"][0]["html"][:200])
            for one in axe.run(page).response["violations"]
            if one["id"] not in OF_STREAMLIT and one["impact"] in ("serious", "critical")
        ]
    context.close()
    assert found == []
