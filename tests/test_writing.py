"""Values as a person reads them."""

from __future__ import annotations

import math
from datetime import datetime

import pytest

from codering.tables import Column, Kind
from codering.texts import Texts
from codering.writing import coefficient, count, day, percent, written


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0015, "0,002"), (0.00005, "0,00005"), (0.005, "0,005"), (-0.003, "−0,003"), (0.0, "0,00"), (1e-17, "0,00"),
     (0.05, "0,05"), (1.234, "1,23"), (math.nan, "–")],
)  # fmt: skip
def test_a_number_that_is_not_nothing_is_not_written_as_nothing(value, text):
    assert written(value, Column("p", "p", Kind.NUMBER), Texts("nl")) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0004, "<\u00a00,001"),
        (0.0, "<\u00a00,001"),
        (0.001, "0,001"),
        (0.125, "0,125"),
        (1.0, "1,000"),
        (math.nan, "–"),
    ],
)
def test_a_small_p_is_said_to_be_small(value, text):
    assert written(value, Column("p", "p", Kind.P), Texts("nl")) == text


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (23 / 160, Kind.SHARE, "14,4%"),
        (9 / 160, Kind.SHARE, "5,6%"),
        (1 / 16, Kind.SHARE, "6,3%"),
        (1 / 16 - 1 / 8, Kind.POINTS, "−6,3"),
        (0.48 - 0.4795, Kind.POINTS, "+0,1"),
        (0.0, Kind.POINTS, "0,0"),
        (-0.0004, Kind.POINTS, "0,0"),
        (0.125, Kind.NUMBER, "0,13"),
        (0.0025, Kind.NUMBER, "0,003"),
        (-0.125, Kind.NUMBER, "−0,13"),
        (0.0625, Kind.P, "0,063"),
        (2.5, Kind.COUNT, "3"),
    ],
)
def test_a_half_is_rounded_up_in_every_kind_of_figure(value, kind, text):
    assert written(value, Column("x", "x", kind), Texts("nl")) == text


@pytest.mark.parametrize(("value", "text"), [(0.49, "49%"), (0.07, "7%"), (0.125, "12,5%"), (1.0, "100%")])
def test_a_published_percentage_keeps_the_decimals_that_it_was_published_with(value, text):
    assert written(value, Column("x", "x", Kind.STATED), Texts("nl")) == text


def test_a_moment_is_a_date_and_a_time_of_this_computer():
    iso = "2026-03-01T09:05:30+00:00"
    here = datetime.fromisoformat(iso).astimezone()
    column = Column("since", "Since", Kind.MOMENT)
    assert written(iso, column, Texts("nl")) == f"{here.day} mrt {here:%Y %H:%M}"
    assert written("", column, Texts("nl")) == ""


@pytest.mark.parametrize(
    ("number", "decimals", "text"), [(12345, 0, "12.345"), (2.5, 0, "3"), (0, 0, "0"), (3.25, 1, "3,3"), (3, 1, "3,0")]
)
def test_a_count_has_its_thousands_apart_and_a_mean_its_decimals(number, decimals, text):
    assert count(number, "nl", decimals) == text


def test_a_coefficient_has_two_decimals_and_a_true_minus():
    assert [coefficient(value, "nl") for value in (0.125, -0.125, 1.0, math.nan)] == ["0,13", "−0,13", "1,00", "–"]
    assert coefficient(0.125, "en") == "0.13"


def test_a_percentage_rounds_halves_up_and_does_not_make_nothing_of_what_is_undefined():
    assert percent(6 / 48, "nl") == "13%"
    assert percent(1 / 16, "nl", 1) == "6,3%"
    assert percent(math.nan, "nl") == "–"


def test_a_day_is_written_in_full_and_stays_the_day_of_its_own_time_zone():
    assert day("2026-03-01T23:59:00+00:00", "nl") == "1 maart 2026"
    assert day("2026-03-01T00:01:00+00:00", "en") == "1 March 2026"
