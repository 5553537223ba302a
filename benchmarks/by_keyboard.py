"""A sample transcript, coded with keys alone: how many, and what of the time is the machine's.

What a person would decide is taken from the reference: a suggestion that it has is accepted, one that it has with the
other stance is turned, another is rejected. What it has and nothing suggested is searched for by its first words and
coded with the whole turn; at the end everything is marked as read. Reading and thinking take no time here.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from benchmarks.review_page import serving
from codering.demo import REFERENCE, add_reference
from codering.project import Project
from codering.resources import samples_path

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from codering.codings import Coding, Suggestion

NAME = "kloosterveen_voorjaar"

WATCH = """
window.times = [];
const cw = () => document.querySelector('[data-testid=stBidiComponentIsolated]')?.shadowRoot?.querySelector('.cw');
window.answer = () => new Promise((done) => {
    const began = performance.now(), root = cw(), {cursor, acknowledged} = root.dataset;
    let painted = 0, kept = 0;
    const look = () => {
        if (!painted && root.dataset.cursor !== cursor) {
            painted = 1;
            requestAnimationFrame(() => requestAnimationFrame(() => { painted = performance.now() - began; look(); }));
        }
        if (!kept && root.dataset.acknowledged !== acknowledged) kept = performance.now() - began;
        if (painted > 1 && kept) { watch.disconnect(); times.push([painted, kept]); done(); }
    };
    const watch = new MutationObserver(look);
    watch.observe(root, {attributes: true});
});
addEventListener('keydown', (event) => { if ('ars'.includes(event.key) && window.deciding) window.waits = answer(); },
    {capture: true});
"""


class Coder:
    """Somebody at the keyboard who counts."""

    def __init__(self, page: Page, project: Project) -> None:
        self.page, self.keys, self.typed = page, 0, 0
        self.transcript = project.transcript(NAME)
        self.labels = {code.id: code.label.in_language("nl") for code in project.codebook}
        self.wanted = project.codings(coder=REFERENCE, transcript=NAME)
        self.suggested = {one.id: one for one in project.suggestions(transcript=NAME)}

    @property
    def at(self) -> str:
        """What is at hand."""
        return self.page.locator(".cw").get_attribute("data-cursor") or ""

    def press(self, key: str) -> None:
        """Press one key; with Shift or Ctrl it is one too."""
        self.page.keyboard.press(key)
        self.keys += 1

    def type(self, words: str) -> None:
        """Type words; every letter is a key."""
        self.page.keyboard.type(words)
        self.typed += len(words)

    def settle(self) -> None:
        """Wait until everything is stored."""
        self.page.locator('.cw[data-waiting="0"]').wait_for()

    def decide(self) -> list[tuple[float, float]]:
        """Answer every suggestion; gives milliseconds to the page's effect and to the disk, for each."""
        while one := self.suggested.get(self.at):
            self.page.evaluate("window.deciding = true")
            self.press(self._answer(one))
            self.page.evaluate("window.deciding = false; window.waits")
        return [tuple(one) for one in self.page.evaluate("times")]

    def _answer(self, one: Suggestion) -> str:
        same = [wish.stance for wish in self.wanted if (wish.segment.turn, wish.code) == (one.segment.turn, one.code)]
        return "a" if one.stance in same else "s" if same else "r"

    def add(self, wish: Coding) -> None:
        """Search for a passage and code the turn that it stands in."""
        turn = self.transcript.turn(wish.segment.turn)
        self.press("/")
        self.type(turn.text[:24])
        found = f"turn {turn.number}"
        for _ in range(20):  # the first words of a turn may stand in others too
            marked = self.page.locator(".cw .turn:has(.on-hit-now)")
            if marked.get_attribute("data-turn") == str(turn.number):
                break
            self.press("Enter")
        self.press("Control+Enter")
        self.page.locator(f'.cw[data-cursor="{found}"]').wait_for()
        self.press("w")
        self.page.locator(".cw .picker input").wait_for()
        self.type(self.labels[wish.code][:8])
        self.page.locator(".cw .picker .option", has_text=self.labels[wish.code]).first.wait_for()
        self.press("Enter")
        self.settle()


def report(*, smoke: bool) -> list[str]:
    """Code the transcript; a smoke run answers only the suggestions."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        return ["not measured: there is no Chromium"]
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        with Project.create(home / "p.codering") as project:
            project.add([samples_path() / f"{NAME}.srt"])
            project.suggest()
            add_reference(project)
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        with serving(home) as address, Project.open(home / "p.codering") as project:
            page = chromium.new_page(viewport={"width": 1400, "height": 900}, locale="nl-NL")
            page.add_init_script(WATCH)
            asked = urlencode({"project": str(home / "p.codering"), "coder": "Noor", "lang": "nl"})
            page.goto(f"{address}/review?{asked}")
            page.locator(".cw[data-cursor] .turn").first.wait_for()
            coder = Coder(page, project)
            times = coder.decide()
            lines = [_decisions(times, coder)]
            if not smoke:
                lines += _rest(coder, project)
        chromium.close()
    return [*lines, f"on {os.cpu_count()} processors"]


def _decisions(times: list[tuple[float, float]], coder: Coder) -> str:
    painted, kept = ([one[at] for one in times] for at in (0, 1))
    return (
        f"{len(times)} suggestions answered with {coder.keys} keys; machine, median of a decision: the next one is "
        f"shown after {median(painted):.0f} ms, on the disk after {median(kept):.0f} ms (longest {max(kept):.0f})"
    )


def _rest(coder: Coder, project: Project) -> list[str]:
    answered = coder.keys
    held = {(one.segment.turn, one.code) for one in project.codings(coder="Noor", transcript=NAME)}
    left = {(one.segment.turn, one.code): one for one in coder.wanted}
    for place, wish in left.items():
        if place not in held:
            coder.add(wish)
    added = len(project.codings(coder="Noor", transcript=NAME)) - len(held)
    coded = coder.keys - answered
    coder.press("Shift+G")
    coder.press("Enter")
    coder.settle()
    read = len(project.marked_read(NAME, coder="Noor"))
    return [
        f"{added} passages added by search: {coded} keys and {coder.typed} letters typed",
        f"{read} turns marked as read with 2 keys",
    ]
