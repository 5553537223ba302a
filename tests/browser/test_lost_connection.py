"""Keys while the server cannot be reached: each is stored once, and the coder goes on where they were."""

from __future__ import annotations

import re
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import expect

from codering.project import Project
from tests.browser.conftest import Desk, free_port, serving
from tests.browser.line import Line

pytestmark = pytest.mark.browser

GONE = "De verbinding met codering is weg."


@pytest.fixture
def line(server):
    with Line(server) as line:
        yield line


def in_order(file: Path) -> list[str]:
    """The suggestions, as one who accepts them one by one comes by."""
    with Project.open(file) as project:
        return [item.suggestion.id for item in project.queue(coder="Noor", order="place").items]


def answered(file: Path) -> list[str | None]:
    with Project.open(file) as project:
        return [one.suggestion for one in project.decisions()]


def at_hand(desk: Desk) -> str | None:
    """The passage that has the focus."""
    return desk.page.evaluate("document.activeElement.shadowRoot?.activeElement?.dataset.item ?? null")


def kept_back(desk: Desk) -> list[str]:
    """The ids of the actions that wait in the tab's storage."""
    return desk.page.evaluate(
        """Object.entries(sessionStorage).filter(([key]) => key.startsWith("codering:queue:"))
            .flatMap(([, actions]) => JSON.parse(actions)).map((action) => action.id)"""
    )


def test_keys_before_during_and_after_a_lost_connection_are_each_stored_once(context, copied, line):
    order = in_order(copied)
    desk = Desk(context.new_page(), line.address).open(copied).press("a").settle()
    desk.press("a")  # perhaps stored, perhaps not: the line breaks before the page hears it
    line.cut()
    desk.press("a", "a")
    assert len(kept_back(desk)) >= 2
    rail = desk.page.locator(".cw .rail .progress")
    expect(rail).to_contain_text(GONE)
    expect(rail).to_contain_text(re.compile(r"\d acties zijn nog niet opgeslagen"))
    desk.press("a")
    line.mend()
    expect(rail).not_to_contain_text(GONE, timeout=20_000)
    desk.settle()
    desk.press("a").settle()
    assert answered(copied) == order[:6]
    assert (desk.cursor, at_hand(desk), kept_back(desk)) == (order[6], order[6], [])


def test_the_message_of_streamlit_takes_neither_keys_nor_focus(context, copied, line):
    order = in_order(copied)
    desk = Desk(context.new_page(), line.address).open(copied).press("a").settle()
    with desk.page.expect_console_message(lambda said: "not responding" in said.text, timeout=60_000):
        line.cut()
    expect(desk.page.locator(".cw .rail .progress")).to_contain_text(GONE)
    expect(desk.page.get_by_role("dialog")).to_have_count(0)
    desk.page.wait_for_function("document.activeElement.shadowRoot?.activeElement")
    desk.press("a")
    assert (desk.cursor, at_hand(desk)) == (order[2], order[2])
    line.mend()
    desk.settle()
    assert answered(copied) == order[:2]


def test_keys_during_a_stall_are_each_stored_once(context, copied, line):
    order = in_order(copied)
    desk = Desk(context.new_page(), line.address).open(copied)
    desk.press("a")
    line.hold()
    desk.press("a", "a")
    expect(desk.page.locator(".cw .rail .waiting")).to_contain_text("nog niet opgeslagen")
    desk.press("a")
    line.mend()
    desk.settle()
    assert (answered(copied), at_hand(desk)) == (order[:4], order[4])


def test_who_goes_on_before_an_undo_is_known_decides_about_what_is_at_hand_there(context, copied, line):
    order = in_order(copied)
    desk = Desk(context.new_page(), line.address).open(copied).press("a").settle()
    line.hold()
    desk.press("u", "j")
    line.mend()
    desk.settle()
    assert (desk.cursor, at_hand(desk)) == (order[2], order[2])
    desk.press("a").settle()
    with Project.open(copied) as project:
        assert [one.suggestion for one in project.decisions() if one.suggestion] == [order[0], order[2]]
    line.hold()
    desk.press("u", "u")
    line.mend()
    desk.settle()
    assert desk.cursor == order[2], "who waits goes to what was taken back"


def test_a_server_that_was_started_again_gets_the_keys_that_it_missed(context, copied, tmp_path):
    order, port = in_order(copied), free_port()
    with ExitStack() as first:
        address = first.enter_context(serving(tmp_path, port))
        desk = Desk(context.new_page(), address).open(copied).press("a").settle()
    expect(desk.page.locator(".cw .rail .progress")).to_contain_text(GONE)
    expect(desk.page.get_by_role("dialog")).to_have_count(0)
    desk.press("a", "a")
    with serving(tmp_path, port):
        expect(desk.page.locator(".cw .rail .progress")).not_to_contain_text(GONE, timeout=60_000)
        desk.settle()
        desk.press("a").settle()
        assert (answered(copied), desk.cursor, at_hand(desk)) == (order[:4], order[4], order[4])


def test_a_page_that_is_built_anew_while_keys_wait_loses_none_of_them(context, copied, line):
    order = in_order(copied)
    desk = Desk(context.new_page(), line.address).open(copied).press("a").settle()
    line.cut()
    desk.press("a", "a")
    line.mend()
    desk.page.reload()
    desk.ready()
    assert (answered(copied), desk.cursor) == (order[:3], order[3])
    desk.press("a").settle()
    assert answered(copied) == order[:4]
