"""Ids of codes within the codebook's own sentences."""

from __future__ import annotations

from codering.codebooks import Code, Codebook, Label, Theme
from codering.naming import codes_named, with_labels


def book(*ids: str) -> Codebook:
    codes = tuple(Code(one, Label(f"Naam van {one}", f"Name of {one}"), "", theme="druk") for one in ids)
    return Codebook(
        "proef", Label("Proef", "Trial"), (Theme(Code("druk", Label("Druk", "Pressure"), "", theme="druk"), codes),)
    )


def test_an_id_is_named_as_a_whole_word_only():
    assert codes_named("niet bij dr_tijd_team", book("dr_tijd", "dr_tijd_team")) == ("dr_tijd_team",)


def test_ids_with_digits_are_named_once_each_in_the_order_of_the_text():
    line = "dr_2 gaat voor (dr_1), dr_2 blijft."

    assert codes_named(line, book("dr_1", "dr_2")) == ("dr_2", "dr_1")


def test_a_reader_sees_labels_in_the_language_of_the_page():
    line = "De gevolgen daarvan (dr_1)"

    assert with_labels(line, book("dr_1"), "nl") == "De gevolgen daarvan (‘Naam van dr_1’)"
    assert with_labels(line, book("dr_1"), "en") == "De gevolgen daarvan (‘Name of dr_1’)"


def test_a_word_that_is_also_an_id_stays_a_word():
    assert codes_named("de druk is hoog", book()) == ("druk",)
    assert with_labels("de druk is hoog", book(), "nl") == "de druk is hoog"


def test_after_an_arrow_or_in_brackets_the_code_is_meant():
    assert with_labels("rennen → druk, haast (druk)", book(), "en") == "rennen → ‘Pressure’, haast (‘Pressure’)"


def test_what_the_codebook_does_not_know_stays():
    assert with_labels("zie dr_9", book("dr_1"), "nl") == "zie dr_9"
