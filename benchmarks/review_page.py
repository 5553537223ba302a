"""The review page in Chromium, beside a plain page of ``st.markdown`` with the same turns.

The times are taken within the page: from the key event to the second frame after the page shows its effect, and to the
change that the server's acknowledgement makes. Goals: 50 ms, 150 ms; the first view within 1.5 s of a warm server.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlencode
from urllib.request import urlopen

from benchmarks.corpus import transcripts
from codering.codings import Evidence, Stance, Suggestion, Verdict
from codering.project import Act, Project
from codering.transcripts import Segment, Transcript
from codering.web.serving import flags

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
TURNS, WORDS, CODINGS = 900, 18_000, 400

STREAMLIT = """
from codering.web.serving import answer_at_once
from streamlit.web import cli
answer_at_once()
cli.main()
"""
PLAIN = """
import json, streamlit as st
turns = json.loads(open(r"{file}", encoding="utf-8").read())
st.session_state.setdefault("count", 0)
if st.button("Accept", shortcut="A"):
    st.session_state["count"] += 1
st.text(f"acknowledged {{st.session_state['count']}}")
for text in turns:
    st.markdown(text)
st.text("end")
"""

WATCH = """
window.times = {keys: [], painted: [], kept: [], first: 0};
const deep = (selector) => {
    const host = document.querySelector('[data-testid=stBidiComponentIsolated]');
    return (host && host.shadowRoot && host.shadowRoot.querySelector(selector)) || document.querySelector(selector);
};
addEventListener('keydown', (event) => { if (event.key === 'a') times.keys.push(performance.now()); }, {capture: true});
const afterFrame = (done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
const begin = setInterval(() => {
    if (!window.isThere()) return;
    clearInterval(begin);
    afterFrame((now) => { times.first = now; });
    const root = deep('.cw');
    let cursor = root && root.dataset.cursor, kept = window.count && window.count();
    const look = () => {
        const [nowCursor, nowKept] = [root && root.dataset.cursor, window.count()];
        if (root && nowCursor !== cursor) { cursor = nowCursor; afterFrame((now) => times.painted.push(now)); }
        if (nowKept !== kept) {
            kept = nowKept;
            if (root) times.kept.push(performance.now());
            else afterFrame((now) => { times.painted.push(now); times.kept.push(now); });
        }
    };
    new MutationObserver(look).observe(root || document.body, root
        ? {attributes: true} : {subtree: true, childList: true, characterData: true});
}, 5);
"""
OURS = (
    WATCH
    + """
window.isThere = () => deep('.cw .turn:last-of-type');
window.count = () => { const root = deep('.cw'); return root && root.dataset.acknowledged; };
"""
)
THEIRS = (
    WATCH
    + """
const lines = () => [...document.querySelectorAll('[data-testid=stText]')].map((text) => text.textContent);
window.isThere = () => lines().includes('end');
window.count = () => lines()[0];
"""
)


class Anywhere:
    """Suggests at random places, always the same."""

    kind: ClassVar[str] = "rule"
    version: ClassVar[str] = "benchmark"

    def __init__(self, codes: Sequence[str], count: int) -> None:
        self._codes, self._count = codes, count

    def suggest(self, found: Sequence[Transcript], **_: object) -> tuple[Suggestion, ...]:
        """Suggest codes for parts of turns, with evidence."""
        random, made = Random(5), {}
        transcript = found[0]
        turns = [turn for turn in transcript.participant_turns() if turn.words > 6]
        while len(made) < self._count:
            turn = random.choice(turns)
            cut = random.randrange(len(turn.text) // 2)
            place = Segment(transcript.name, turn.number, cut, min(len(turn.text), cut + 60))
            why = Evidence("match", turn.text[cut : cut + 12], Segment(transcript.name, turn.number, cut, cut + 12))
            code = random.choice(self._codes)
            made[turn.number, code] = Suggestion(place, code, random.choice(list(Stance)), "rule:x", 0.7, (why,))
        return tuple(made.values())


def make_project(file: Path, *, turns: int, words: int, codings: int) -> list[str]:
    """Make a project of one focus group, half of its suggestions accepted; returns the texts of its turns."""
    each = max(words // turns, 1)
    spoken = " ".join(turn.text for turn in transcripts(words + each)[0].turns).split()
    lines = [" ".join(spoken[n * each : (n + 1) * each]).replace(":", "") for n in range(turns)]
    speakers = ["Gespreksleider" if n % 8 == 0 else f"P{n % 6 + 1}" for n in range(turns)]
    text = file.with_name("groep.txt")
    text.write_text("\n".join(f"{who}: {line}" for who, line in zip(speakers, lines, strict=True)), encoding="utf-8")
    file.with_name("groep.yaml").write_text("speakers: {Gespreksleider: {role: moderator}}", encoding="utf-8")
    with Project.create(file) as project:
        project.add([text])
        project.run(Anywhere([code.id for code in project.codebook], codings))
        half = project.suggestions()[: codings // 2]
        project.decide_all([Act(Verdict.ACCEPT, one) for one in half], coder="Noor")
        return [turn.text for turn in project.transcript("groep").turns]


@contextmanager
def serving(home: Path, script: Path | None = None) -> Iterator[str]:
    """Run the app as ``codering review`` does, or Streamlit on a script in the same way; gives the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["-m", "codering", "review", "--no-browser", f"--port={port}"]
    if script is not None:
        command = ["-c", STREAMLIT, "run", str(script), f"--server.port={port}", "--server.headless=true", *flags()]
    environment = {**os.environ, "CODERING_HOME": str(home), "CODERING_PROJECT": "", "HOME": str(home)}
    with subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(600):
                with suppress(OSError), urlopen(f"{address}/_stcore/health", timeout=1):
                    break
                time.sleep(0.1)
            yield address
        finally:
            server.terminate()


def measured(chromium: Browser, address: str, watch: str, keys: int) -> dict[str, float]:
    """Open a page twice (the first warms the server), press a key so often, and give medians in ms, and kB per key."""
    received: list[int] = []
    for attempt in range(2):
        page = chromium.new_page(viewport={"width": 1400, "height": 900})
        page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
        page.add_init_script(watch)
        page.goto(address)
        page.wait_for_function("times.first > 0", timeout=120_000)
        page.locator('[data-testid=stApp][data-test-script-state="notRunning"]').wait_for()
        if attempt == 0:
            page.close()
    first = page.evaluate("times.first")
    received.clear()
    for pressed in range(1, keys + 1):
        page.keyboard.press("a")
        page.wait_for_function(f"times.kept.length >= {pressed} && times.painted.length >= {pressed}", timeout=60_000)
        page.wait_for_timeout(60)
    times = page.evaluate("times")
    bytes_received = sum(received) / keys
    page.close()
    return {
        "first": first,
        "paint": median(there - key for key, there in zip(times["keys"], times["painted"], strict=False)),
        "kept": median(there - key for key, there in zip(times["keys"], times["kept"], strict=False)),
        "received": bytes_received / 1000,
    }


def report(*, smoke: bool) -> list[str]:
    """Measure both pages in one run."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        return ["not measured: there is no Chromium"]
    turns, words, codings, keys = (30, 600, 20, 2) if smoke else (TURNS, WORDS, CODINGS, 30)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        texts = make_project(home / "p.codering", turns=turns, words=words, codings=codings)
        asked = urlencode({"project": str(home / "p.codering"), "coder": "Noor"})
        import json

        (home / "turns.json").write_text(json.dumps(texts), encoding="utf-8")
        (home / "plain.py").write_text(PLAIN.format(file=home / "turns.json"), encoding="utf-8")
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        with serving(home) as app, serving(home, home / "plain.py") as plain:
            ours = measured(chromium, f"{app}/review?{asked}", OURS, keys)
            theirs = measured(chromium, plain, THEIRS, keys)
        chromium.close()
    names = {"first": "first view", "paint": "key to paint", "kept": "key to acknowledged"}
    sent = f"{turns} turns, {codings} codings, sent to the browser for each key: {ours['received']:.1f} kB"
    return [
        f"{turns} turns, {codings} codings, {names[key]}: {ours[key]:.0f} ms (goal: {goal}); st.markdown: "
        f"{theirs[key]:.0f} ms, {theirs[key] / ours[key]:.1f} times as long"
        for key, goal in (("first", 1500), ("paint", 50), ("kept", 150))
    ] + [f"{sent}; st.markdown: {theirs['received']:.1f} kB"]
