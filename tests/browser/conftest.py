"""One server and one Chromium for all tests; each test has a project of its own, named in the page's address."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from codering.project import Project
from codering.resources import samples_path

ROOT = Path(__file__).parent.parent.parent
QUIET = ("--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update")
STILL = '[data-testid=stApp][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
"""Streamlit is connected and does nothing."""
SAMPLE = "kloosterveen_voorjaar"


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[str]:
    """The address of the app, which runs on its own as for a user, with a home folder that nothing is in."""
    with serving(tmp_path_factory.mktemp("home"), free_port()) as address:
        yield address


@contextmanager
def serving(home: Path, port: int) -> Iterator[str]:
    """Run the app; gives its address."""
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), f"--server.port={port}"]
    environment = {**os.environ, "CODERING_HOME": str(home), "CODERING_PROJECT": "", "HOME": str(home)}
    with subprocess.Popen([*command, "--server.headless=true"], cwd=ROOT, env=environment) as running:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{address}/_stcore/health")
            yield address
        finally:
            running.terminate()


def free_port() -> int:
    """A port that nothing listens to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(address: str) -> None:
    for _ in range(600):
        with suppress(OSError), urlopen(address, timeout=1) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise TimeoutError(address)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("there is no Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", *QUIET])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Path:
    """A project with one sample transcript and what the rules suggest for it."""
    file = tmp_path_factory.mktemp("sample") / "voorbeeld.codering"
    with Project.create(file) as project:
        project.add([samples_path() / f"{SAMPLE}.srt"])
        project.suggest()
    return file


@pytest.fixture
def copied(sample, tmp_path) -> Path:
    return Path(shutil.copy(sample, tmp_path / "voorbeeld.codering"))


@dataclass
class Seen:
    """What a browser did while a test ran."""

    hosts: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def context(chromium) -> Iterator[BrowserContext]:
    """A browser of which every request is recorded: one to another computer, or an error, fails the test."""
    seen = Seen()
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, locale="nl-NL")
    context.on("request", lambda request: seen.hosts.add(urlsplit(request.url).hostname or ""))
    context.on("weberror", lambda error: seen.errors.append(str(error.error)))
    yield context
    context.close()
    assert seen.hosts <= {"127.0.0.1", ""}, "something was asked of another computer"
    assert seen.errors == []


class Desk:
    """The review page, as a person uses it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def open(self, file: Path, *, coder: str = "Noor", transcript: str = SAMPLE, **more: str) -> Desk:
        asked = {"project": str(file), "coder": coder, "transcript": transcript, "lang": "nl", **more}
        self.page.goto(f"{self.address}/review?{urlencode(asked)}")
        return self.ready()

    def ready(self) -> Desk:
        """Wait until there is a page to decide about, and nothing on its way that would build it anew."""
        self.page.locator(".cw[data-cursor] .turn").first.wait_for()
        self.page.locator(STILL).wait_for()
        return self.settle()

    def press(self, *keys: str) -> Desk:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def code(self, query: str, pick: str = "Enter") -> Desk:
        """Type into the pop-up that finds a code, and choose."""
        self.page.locator(".cw .picker input").wait_for()
        self.page.keyboard.type(query)
        return self.press(pick)

    def settle(self) -> Desk:
        """Wait until everything is acknowledged."""
        self.page.locator('.cw[data-waiting="0"]').wait_for()
        return self

    @property
    def cursor(self) -> str:
        return self.page.locator(".cw").get_attribute("data-cursor") or ""

    @property
    def said(self) -> str:
        return self.page.locator(".cw > [aria-live]").text_content() or ""

    def place(self, turn: int, words: str) -> tuple[tuple[float, float], tuple[float, float]]:
        """Where words begin and end on the screen; they are brought into view."""
        left, right = self.page.evaluate(
            """([turn, words]) => {
                const root = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot;
                const box = root.querySelector(`[data-turn="${turn}"] .words`);
                box.scrollIntoView({block: 'center'});
                const at = box.textContent.indexOf(words);
                if (at < 0) throw new Error('not in this turn');
                const point = (offset) => {
                    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
                    let rest = offset;
                    while (walker.nextNode()) {
                        const {length} = walker.currentNode;
                        if (rest <= length) {
                            const range = document.createRange();
                            range.setStart(walker.currentNode, rest);
                            const {left, top, height} = range.getBoundingClientRect();
                            return [left, top + height / 2];
                        }
                        rest -= length;
                    }
                };
                return [point(at), point(at + words.length)];
            }""",
            [turn, words],
        )
        return tuple(left), tuple(right)

    def select(self, turn: int, words: str, *, alt: bool = False) -> Desk:
        """Select words with the mouse."""
        left, right = self.place(turn, words)
        mouse, keyboard = self.page.mouse, self.page.keyboard
        if alt:
            keyboard.down("Alt")
        mouse.move(*left)
        mouse.down()
        mouse.move(*right, steps=4)
        mouse.up()
        if alt:
            keyboard.up("Alt")
        return self


@pytest.fixture
def desk(context, server) -> Desk:
    return Desk(context.new_page(), server)
