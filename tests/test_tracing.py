"""Where results come from, in the words of who reads it."""

from __future__ import annotations

import pytest

from codering.codebooks import Change, Code, Codebook, Crossing, Label, Theme
from codering.codings import Decision, Stance, Verdict
from codering.project.tracing import crosswalk_table, decision_table, provenance_table
from codering.review import Order
from codering.store import Run
from codering.texts import Texts
from codering.transcripts import Segment

NL = Texts("nl")
BOOK = Codebook(
    "boek",
    Label("Boek", "Book"),
    (Theme(Code("last", Label("Last", "Burden"), "Zwaar werk.", "last")),),
    crosswalk=(Crossing(Change.RENAMED, ("zwaarte",), ("last",), "Korter.", "2026-03-01"),),
)


def said(cell: object) -> str:
    return cell.translated(NL.translate) if hasattr(cell, "translated") else str(cell)


def decided(drawn: str) -> str:
    one = Decision(
        "1", "Noor", "2026-03-01T10:00:00.123456+00:00", Verdict.ADD, Segment("g", 1, 0, 2), "last", Stance.CONFIRMS,
        drawn=drawn,
    )  # fmt: skip
    (row,) = decision_table([one], BOOK, language="nl").records()
    return said(row["drawn"])


@pytest.mark.parametrize("order", [order for order in Order if order is not Order.MIX])
def test_every_order_of_the_queue_has_words(order):
    """Of a mix every turn says which of the three it came by."""
    assert decided(order.value) != order.value


def test_how_a_turn_came_up_is_said_in_words():
    assert decided("random") == "willekeurig gekozen"
    assert decided("adjudication:g 1 last") == "codeurs verschilden erover"
    assert decided("") == ""
    assert decided("iets anders") == "iets anders"


def test_what_became_of_a_code_is_said_in_words():
    (row,) = crosswalk_table(BOOK).records()
    assert said(row["change"]) == "hernoemd"


def test_a_run_is_told_in_words_to_the_second_and_ends_on_no_sign():
    runs = [
        Run("1", "rule", "abc-3", "abc", (), "2026-03-01T10:00:00.123456+00:00", 673),
        Run("2", "learned", "def", "abc", (("c", "2"),), "2026-03-01T11:00:00.5+00:00", 1),
    ]
    settings = {"counted_coder": "Noor", "seed": 3, "own": ["x"]}
    table = provenance_table({"python": "3.13"}, [], runs, [], settings)
    told = [tuple(map(said, row)) for row in table.rows]
    assert told == [
        ("Programma", "python", "3.13"),
        ("Suggesties", "Regels, versie abc-3", "2026-03-01 10:00:00; codeboek abc; 673 suggesties"),
        ("Suggesties", "Geleerd model, versie def", "2026-03-01 11:00:00; codeboek abc; 1 suggestie; c=2"),
        ("Instelling", "Wiens coderingen meetellen", "Noor"),
        ("Instelling", "Startgetal van willekeurige keuzes", "3"),
        ("Instelling", "own", '["x"]'),
    ]
