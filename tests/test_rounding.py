"""Rounding: what a reader finds with a calculator, which is what the exact fraction gives."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction

import pytest

from codering.rounding import half_up, to_digits


def of(exact: Fraction, places: int) -> Decimal:
    """The same with whole numbers only: twice the distance to the number below decides."""
    scaled = abs(exact) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    return Decimal(whole if exact >= 0 else -whole).scaleb(-places)


@pytest.mark.parametrize(
    ("value", "places", "told"),
    [(6 / 48, 2, "0.13"), (29 / 200, 2, "0.15"), (0.5, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"), (-0.125, 2, "-0.13"),
     (-0.0004, 2, "0.00"), (0.48 - 0.375, 2, "0.11"), (12_345.5, 0, "12346"), (1e-17, 2, "0.00"), (1250, -2, "1300")],
)  # fmt: skip
def test_halves_go_up_and_nothing_has_no_sign(value, places, told):
    assert str(half_up(value, places)) == told


def test_every_share_is_rounded_as_its_fraction_is():
    """Whole percents and one decimal, of every count in every base up to a thousand that can end in a half."""
    halves = 0
    for whole in (*range(1, 121), 125, 160, 200, 225, 320, 400, 500, 625, 800, 819, 1000):
        for part in range(whole + 1):
            exact = Fraction(part, whole)
            for places in (2, 3):
                assert half_up(part / whole, places) == of(exact, places), (part, whole, places)
                halves += (exact * 10**places * 2).denominator == 1 and (exact * 10**places).denominator == 2
    assert halves > 500, "ties were among them"


def test_every_difference_between_shares_is_rounded_as_its_fraction_is():
    ties = 0
    for one in (7, 8, 16, 20, 23, 25, 32, 40, 60):
        for other in (8, 9, 16, 20, 25, 48, 60):
            for a in range(one + 1):
                for b in range(other + 1):
                    exact = Fraction(a, one) - Fraction(b, other)
                    assert half_up(a / one - b / other, 3) == of(exact, 3), (a, one, b, other)
                    ties += (exact * 1000).denominator == 2
    assert ties > 100


@pytest.mark.parametrize(
    ("value", "digits", "told"),
    [(1 / 8, 3, 0.125), (1 / 32, 3, 0.0313), (1 / 70, 3, 0.0143), (0.0, 3, 0.0), (-0.25, 1, -0.3)],
)
def test_significant_digits(value, digits, told):
    assert to_digits(value, digits) == told


def test_the_context_of_decimals_is_left_as_it_was():
    before = getcontext().rounding, getcontext().prec
    half_up(0.5)
    assert (getcontext().rounding, getcontext().prec) == before
    assert getcontext().rounding != ROUND_HALF_UP
