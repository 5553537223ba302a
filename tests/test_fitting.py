"""How much room text takes in a worksheet."""

from __future__ import annotations

import pytest
from xlsxwriter.utility import cell_autofit_width

from codering.exporters.fitting import TALLEST, lines, lines_of_heading, widths
from codering.tables import Column, Kind, Table

WORDS = "Niemand vraagt hoe het met de mensen gaat"


@pytest.mark.parametrize("text", [WORDS, "aanvragen", "Ma\u00df", "i" * 40])
def test_a_line_holds_what_excel_itself_fits_in_a_column_and_no_more(text):
    """Excel's own width for a text, which holds 7 pixels of white, 5 of which a column has besides its characters."""
    width = (cell_autofit_width(text) - 5) / 7
    assert lines(text, width) == 1
    assert lines(text, 0.8 * width) == 2


def test_words_are_kept_whole_lines_are_kept_apart_and_a_word_that_is_too_wide_is_broken():
    assert lines("aaaa bbbb", 5) == 2
    assert lines("aaaa bbbb", 5, indent=1) == 4
    assert lines("a\n\nb", 50) == 3
    assert lines("a" * 100, 10) == 10
    assert lines("", 10) == 1


def test_a_heading_leaves_the_corner_to_the_button_of_its_filter():
    assert lines_of_heading("Deelnemers", 15, right=False, indent=0) == 1
    assert lines_of_heading("Deelnemers", 12, right=False, indent=0) == 2
    assert lines_of_heading("Deelnemers", 15, right=True, indent=2) == 1


def test_no_word_of_a_heading_is_broken_and_a_long_heading_gets_a_wider_column():
    heads = ["Verantwoordelijkheden", "Deelnemers die het thema bevestigen en niet ontkennen", "n"]
    columns = tuple(Column(str(i), head, Kind.COUNT) for i, head in enumerate(heads))
    wide = widths(Table("t", "T", columns, ()), heads, ())
    taken = [lines_of_heading(head, wide[i], right=True, indent=2) for i, head in enumerate(heads)]
    assert taken[0] == 1
    assert taken[1] <= 3
    assert wide[2] == 10


def test_a_column_of_text_is_as_wide_as_its_longest_text_wherever_it_stands():
    columns = (Column("a", "Naam"),)
    rows = [("kort",)] * 600 + [("een veel langere naam",)]
    (width,) = widths(Table("t", "T", columns, ()), ["Naam"], rows)
    assert lines("een veel langere naam", width) == 1
    assert width < 30


def test_a_column_of_long_text_grows_until_the_longest_is_seen_whole():
    columns = (Column("a", "Citaat", Kind.LONG),)
    long = "woord " * 450
    assert lines(long, 70) > TALLEST
    (width,) = widths(Table("t", "T", columns, ()), ["Citaat"], [(long,), ("kort",)])
    assert lines(long, width) <= TALLEST


def test_a_column_is_a_little_wider_for_a_phrase_that_returns():
    columns = (Column("a", "Duiding", Kind.LONG),)
    phrase, longer = "a" * 34 + " " + "b" * 35, "woord " * 40
    rows = [(phrase,)] * 20 + [(longer,)]
    (width,) = widths(Table("t", "T", columns, ()), ["Duiding"], rows)
    assert lines(phrase, 70) == 2
    assert lines(phrase, width) == 1
    assert width <= 76
