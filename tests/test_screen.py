"""What stands on a terminal: no word is broken, at 80 and at 60 characters, and what is missing is said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from codering.cli.counting import ALL_TOGETHER, SPARE
from codering.errors import Message, Problem
from codering.screen import Screen
from codering.screen_tables import broken, fitting, row_by_row, widths
from codering.tables import Column, Kind, Table
from codering.texts import Texts
from codering.writing import written

NL = Texts("nl")
COUNTS = ("participants", "groups", "turns", "denied_participants")


def frequencies() -> Table:
    """As wide as the table of ``codering frequencies --codes``."""
    heads = ("Theme", "Code", "Participants", "Share of participants", "Interval from", "Interval to", "Focus groups")
    columns = tuple(
        Column(key, head, Kind.COUNT if key in COUNTS else Kind.SHARE if place > 2 else Kind.TEXT)
        for place, (key, head) in enumerate(
            zip(ALL_TOGETHER, (*heads, "Turns", "Participants who deny it"), strict=True)
        )
    )
    rows = (
        ("Prestatie-indicatoren", "Bredere resultaatmeting", 20, 0.417, 0.176, 0.653, 7, 1025, 2),
        ("Maatschappelijke opdracht", "Wet- en regelgeving uitvoeren", 1, 0.021, 0.0, 0.1, 1, 1, 0),
    )
    note = Message("Counted in {turns} {turns:turn|turns} of {participants} {participants:participant|participants} in "
                   "{groups} focus {groups:group|groups}; the moderator's turns do not count.",
                   turns=819, participants=48, groups=8)  # fmt: skip
    return Table("codes", "Codes", columns, rows, (note,))


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w,%]+", text))


@pytest.mark.parametrize("width", [60, 80, 100, 132])
@pytest.mark.parametrize("spare", [SPARE, ()], ids=["with spare columns", "without"])
def test_no_word_is_broken_or_lost_and_no_line_is_too_long(capsys, width, spare):
    table = frequencies()
    Screen(NL, width).table(table, columns=ALL_TOGETHER, spare=spare)
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= width
    missing = words(" ".join(re.findall(r"Te smal voor: ([^.]*)\.", shown)).replace(",", ""))
    wanted = {
        NL(column.label): [written(row[i], column, NL) for row in table.rows] for i, column in enumerate(table.columns)
    }
    for place, (head, cells) in enumerate(wanted.items()):
        if words(head) <= missing:
            continue
        assert place < 2 or words(head) <= words(shown), head  # what names a row can be its heading
        assert all(words(cell) <= words(shown) for cell in cells), head
    assert words(table.notes[0].translated(NL.translate)) <= words(shown)


def test_a_narrow_terminal_misses_what_can_be_missed_best_and_says_so(capsys):
    Screen(NL, 80).table(frequencies(), columns=ALL_TOGETHER, spare=SPARE, notes=False)
    shown = capsys.readouterr().out
    assert "Te smal voor: Thema, Interval van, Interval tot, Beurten." in " ".join(shown.split())
    assert "Bredere" in shown
    assert "1.025" not in shown


def test_where_nothing_can_be_missed_rows_stand_below_one_another(capsys):
    Screen(NL, 60).table(frequencies(), columns=ALL_TOGETHER, notes=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == [
        "Prestatie-indicatoren · Bredere resultaatmeting",
        "  Deelnemers: 20",
        "  Aandeel deelnemers: 41,7%",
        "  Interval van: 17,6%",
    ]


def test_what_fits_keeps_its_natural_width():
    assert widths(["Code", "n"], [["Druk op het werk", "12"]], 80) == [16, 2]


def test_what_does_not_fit_gets_its_longest_word_and_a_share_of_the_rest():
    found = widths(["Code", "n"], [["Druk op het werk dat blijft liggen", "12"]], 30)
    assert found is not None
    assert sum(found) + 5 <= 30
    assert found[0] >= len("blijft")


def test_words_that_do_not_fit_have_no_widths():
    assert widths(["Regelgerichtewerkstijl", "Onzichtbaarresultaat"], [], 30) is None
    assert fitting(["Regelgerichtewerkstijl", "Onzichtbaarresultaat"], [], [1], 30) == ([0], [22])
    assert fitting(["Regelgerichtewerkstijl", "Onzichtbaarresultaat"], [], [], 30) is None


def test_a_path_stays_whole_and_a_hyphen_is_a_place_to_break():
    assert broken("Werkmap: /home/iemand/onderzoek/voorbeeld.xlsx", 20).splitlines()[-1].endswith("voorbeeld.xlsx")
    assert broken("Prestatie-indicatoren", 12) == "Prestatie-\nindicatoren"


def test_an_empty_cell_has_no_line():
    assert list(row_by_row(["Code", "n", "p"], [["Druk", "2", ""]], 1, 40)) == [("Druk", True), ("  n: 2", False)]


def test_a_problem_in_many_places_is_said_once_with_how_many_and_the_last(capsys):
    same = [Problem("c.csv", Message("line {line}", line=line), "There is no turn 9.") for line in range(2, 60)]
    few = [Problem("c.csv", Message("line {line}", line=line), "No stance.") for line in (3, 4)]
    Screen(NL).problems((*few, *same))
    told = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[1] for line in told[:3]] == ["line 3", "line 4", "line 2"]
    assert told[3:] == ["  Hetzelfde op nog 57 plaatsen, als laatste: line 59"]


def test_of_a_table_without_rows_its_notes_are_shown_and_otherwise_that_there_is_nothing(capsys):
    empty = Table("t", "Empty", (Column("a", "Theme"),), ())
    screen = Screen(Texts("nl"), 80)
    screen.table(empty)
    assert capsys.readouterr().out.strip() == "Die zijn er niet."
    screen.table(replace(empty, notes=(Message("Agreement"),)))
    assert capsys.readouterr().out.strip() == "Overeenstemming"


def test_words_of_a_transcript_break_between_words_where_the_terminal_ends(capsys):
    Screen(Texts("nl"), 20).line("wij hebben er te veel, en dat weet iedereen")
    assert capsys.readouterr().out.splitlines() == ["wij hebben er te", "veel, en dat weet", "iedereen"]


def test_a_row_that_a_number_names_says_of_what(capsys):
    table = Table("t", "T", (Column("n", "Groups", Kind.COUNT), Column("b", "Transcript")), ((3, "x" * 40),))
    Screen(Texts("nl"), 30).table(table)
    assert capsys.readouterr().out.splitlines()[0] == "Groepen: 3"
