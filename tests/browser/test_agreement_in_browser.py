"""Deciding disagreements with the keyboard, in a real browser."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, expect

from codering.project import Project
from tests.test_adjudicating import CODERS, TALK, row

pytestmark = pytest.mark.browser


@pytest.fixture
def file(tmp_path) -> Path:
    (tmp_path / "g.txt").write_text(TALK, encoding="utf-8")
    with Project.create(tmp_path / "p.codering") as made:
        made.add([tmp_path / "g.txt"])
        made.add_codings([row(2, "cl_omvang", "Ik heb er te veel")], coder="An")
        made.add_codings([row(4, "kv_team", "Een beetje van dit"), row(5, "kv_team", "Daar zeg je wat")], coder="Bo")
    return tmp_path / "p.codering"


def decided(file: Path) -> list[str]:
    with Project.open(file) as project:
        return sorted(str(case.choice) for case in project.adjudication(CODERS, by="Cas").cases)


def test_one_key_decides_and_u_undoes_but_not_while_typing(server, context: BrowserContext, file):
    page = context.new_page()
    page.goto(f"{server}/agreement?{urlencode({'project': str(file), 'coder': 'Cas', 'lang': 'nl'})}")
    page.get_by_text("Verschillen beslissen").click()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("0 van 3 verschillen besloten")).to_be_visible(timeout=30_000)
    page.get_by_label("Reden").fill("b a 0")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Overeenstemming").click()
    expect(page.get_by_text("0 van 3 verschillen besloten")).to_be_visible()
    page.keyboard.press("b")
    expect(page.get_by_text("1 van 3 verschillen besloten")).to_be_visible(timeout=30_000)
    page.keyboard.press("0")
    expect(page.get_by_text("2 van 3 verschillen besloten")).to_be_visible(timeout=30_000)
    assert decided(file) == ["None", "a", "b"]
    page.keyboard.press("u")
    expect(page.get_by_text("1 van 3 verschillen besloten")).to_be_visible(timeout=30_000)
    assert decided(file) == ["None", "None", "b"]
    with Project.open(file) as project:
        assert [c.reason for c in project.adjudication(CODERS, by="Cas").cases if c.choice] == ["b a 0"]
