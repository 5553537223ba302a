from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.language.numerals import combined, continues, numeral

SPOKEN = {
    "één": 1, "zeven": 7, "dertien": 13, "tweeëntwintig": 22, "drieëndertig": 33, "achtentachtig": 88, "honderd": 100,
    "honderdzeven": 107, "honderdendrie": 103, "honderdveertig": 140, "tweehonderdtien": 210, "vijftienhonderd": 1500,
    "duizend": 1000, "twaalfduizend": 12000, "anderhalf": 1.5, "140": 140, "1.200": 1200, "3,5": 3.5, "80-100": 80,
    "100%": 100, "2k": 2000,
}  # fmt: skip


@pytest.mark.parametrize(("word", "value"), SPOKEN.items())
def test_numbers(word, value):
    assert numeral(word) == value


@pytest.mark.parametrize(
    "word", ["een", "derde", "tweedehands", "36-urige", "achter", "drie-eenheid", "", "1e", "a" * 500]
)
def test_no_numbers(word):
    assert numeral(word) is None


@pytest.mark.parametrize(
    ("values", "whole"), [([2, 100, 40], 240), ([3, 1000, 500], 3500), ([80], 80), ([100, 40], 140), ([2, 1000], 2000)]
)
def test_numbers_of_several_words(values, whole):
    assert combined(values) == whole
    assert all(continues(left, right) for left, right in pairwise(values))


@pytest.mark.parametrize(("before", "after"), [(80, 90), (20, 7), (140, 160), (1.5, 100), (100, 200)])
def test_a_row_of_numbers_is_not_one_number(before, after):
    assert not continues(before, after)


@given(st.integers(0, 999_999))
def test_figures_read_as_they_are_written(number):
    assert numeral(str(number)) == number
    assert numeral(f"{number:,}".replace(",", ".")) == number
