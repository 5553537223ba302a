"""Rounding as a reader does it: 12.5 is 13, in every table, chart, sentence and report.

A share is a quotient of two counts, held as a binary float: 29 of 200 is 0.14499999999999999 there, and Python rounds
halves to even besides, so that 6 of 48 would be 12%. Both differ from what somebody with a calculator finds.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

_SURE: Final = 12
"""Decimals of a float that can be trusted after a subtraction of shares; the rest is noise of the binary form."""


def half_up(value: float, places: int = 0) -> Decimal:
    """Round to so many decimals, halves away from zero; never ``-0``.

    Parameters
    ----------
    value
        A finite number.
    places
        Decimals; negative ones count from the decimal sign to the left.

    Notes
    -----
    Equal to rounding the exact fraction for every share of at most a thousand, and for every difference of two shares
    of at most sixty (``tests/test_rounding.py`` tries all of them).
    """
    exact = Decimal(repr(round(float(value), _SURE)))
    with localcontext() as context:
        context.prec = 60
        return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0


def to_digits(value: float, digits: int) -> float:
    """Round to so many significant digits, halves away from zero; 0 stays 0."""
    if not value:
        return 0.0
    return float(half_up(value, digits - 1 - math.floor(math.log10(abs(value)))))
