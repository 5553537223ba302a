"""Values as a person reads them."""

from __future__ import annotations

import math
from datetime import datetime

import pytest

from codering.exporters.writing import written
from codering.tables import Column, Kind
from codering.texts import Texts


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


def test_charts_reports_and_readings_round_as_tables_do():
    """Six of 48 is an eighth: 13%, wherever it stands."""
    from codering.analysis import readings
    from codering.exporters import charts, report_tables
    from codering.web import numbers

    share, t = 6 / 48, Texts("nl")
    assert charts.percent(share, t) == report_tables._percent(share, t) == readings.percent(share, "nl") == "13%"
    assert numbers.percent(t, 1 / 16) == "6,3%"
    assert readings.number(share, "nl") == "0,13"
