"""Values as a person reads them."""

from __future__ import annotations

import math

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
