"""Agreement on passages: published values, and what follows from how passages lie."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.sets_and_passages import CodersOfPassages, coverage
from codering.analysis.agreement import NOBODY, TWO_ONLY
from codering.analysis.continua import Continuum
from codering.analysis.group_intervals import CLUMPED
from codering.analysis.unitizing import alpha_u, alpha_u_of_all, boundaries

C_2004 = Continuum(300, (((75, 145), (220, 250)), ((70, 150), (205, 225), (250, 270))))
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy computer decides no test."""
K_2004 = Continuum(300, (((30, 90), (150, 200)), ((30, 90), (150, 200))))


def test_krippendorffs_example_of_2004():
    """Content Analysis (2nd ed.), p. 254 and following: categories c and k, and both together."""
    assert alpha_u([C_2004]) == pytest.approx(0.7286, abs=5e-5)
    assert alpha_u([K_2004]) == 1
    assert alpha_u_of_all([[C_2004], [K_2004]]) == pytest.approx(0.8591, abs=5e-4)


def test_example_c_of_1995_on_a_continuum_of_twelve():
    """Krippendorff (1995), p. 57; at other lengths the paper's expected disagreement has the sign corrected in 2004."""
    first = ((1, 4), (5, 6), (7, 9), (10, 11))
    second = ((0, 1), (2, 4), (5, 7), (8, 9), (10, 11))
    assert alpha_u([Continuum(12, (first, second))]) == pytest.approx(0.494, abs=5e-4)


def _by_definition(length: int, spans: tuple[tuple[tuple[int, int], ...], ...]) -> float:
    """The observed disagreement, summed over all pairs of sections (units and gaps) of the two coders."""

    def sections(row: tuple[tuple[int, int], ...]) -> list[tuple[int, int, bool]]:
        found, here = [], 0
        for start, end in row:
            if start > here:
                found.append((here, start, False))
            found.append((start, end, True))
            here = end
        return [*found, (here, length, False)] if here < length else found

    def distance(one: tuple[int, int, bool], two: tuple[int, int, bool]) -> int:
        if one[2] and two[2]:
            apart = one[1] <= two[0] or two[1] <= one[0]
            return 0 if apart else (one[0] - two[0]) ** 2 + (one[1] - two[1]) ** 2
        if one[2] == two[2]:
            return 0
        unit, gap = (one, two) if one[2] else (two, one)
        return (unit[1] - unit[0]) ** 2 if gap[0] <= unit[0] and unit[1] <= gap[1] else 0

    return sum(distance(one, two) for one in sections(spans[0]) for two in sections(spans[1]))


rows = st.lists(st.integers(0, 30), min_size=0, max_size=6, unique=True).map(
    lambda edges: tuple(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
)


@patient
@given(rows, rows)
def test_the_observed_disagreement_is_that_of_the_definition(one, two):
    part = Continuum(30, (one, two))
    if not one and not two:
        assert math.isnan(alpha_u([part]))
        return
    swapped = Continuum(30, (two, one))
    assert alpha_u([part]) == pytest.approx(alpha_u([swapped]))
    assert (alpha_u([part]) == 1) == (_by_definition(30, (one, two)) == 0)


def test_several_continua_are_one_laid_end_to_end():
    part = Continuum(30, (((2, 5),), ((2, 6),)))
    whole = Continuum(60, (((2, 5), (32, 35)), ((2, 6), (32, 36))))
    assert alpha_u([part, part]) == pytest.approx(alpha_u([whole]))


def test_passages_are_matched_once_and_best_first():
    one = ((0, 10), (12, 20))
    two = ((1, 11), (13, 20))
    found = boundaries([Continuum(40, (one, two))])
    assert (found.passages, found.matched) == ((2, 2), 2)
    assert found.overlap == pytest.approx((9 / 11 + 7 / 8) / 2)
    long = boundaries([Continuum(40, (((0, 30),), ((0, 8), (10, 30))))])
    assert (long.matched, long.overlap) == (1, pytest.approx(20 / 30))


def test_the_interval_of_alpha_u_is_over_groups():
    good = Continuum(200, (((2, 20), (50, 60)), ((2, 20), (50, 61))))
    poor = Continuum(200, (((2, 20), (50, 60)), ((2, 30), (80, 90))))
    two = boundaries([good, poor]).alpha
    assert math.isnan(two.low)
    measure = boundaries([good, poor, good, good, poor]).alpha
    assert measure.low < measure.value < measure.high <= 1


def test_coders_who_mark_the_same_passages_get_an_interval_with_width():
    """With ten passages in five groups and no difference, α_U of 1 is what was seen and not what must be so."""
    same = Continuum(2000, (((20, 80), (500, 560)), ((20, 80), (500, 560))))
    measure = boundaries([same] * 5).alpha
    assert (measure.value, measure.high) == (1, 1)
    assert 0.6 < measure.low < 0.95


def test_passages_in_one_group_say_nothing_of_others():
    full = Continuum(900, (((20, 80), (500, 560)), ((20, 80), (500, 570))))
    empty = Continuum(900, ((), ()))
    assert boundaries([full, empty, empty]).alpha.reason is CLUMPED


@pytest.mark.slow
@pytest.mark.parametrize(("error", "shift"), [(0.05, 0.05), (0.2, 0.1)])
def test_the_interval_of_alpha_u_holds_as_often_as_docs_agreement_says(error, shift):
    """With 150 projects the share that holds has a standard error of 1.8 points; .925 and more was measured in 300."""
    coders = CodersOfPassages(0.1, error, shift, 0.02)
    held, _, without = coverage(coders.measures(150, 6), coders.truth)
    assert without < 0.02
    assert held >= 0.89


def test_nobody_and_one_coder_have_no_alpha_u():
    assert boundaries([Continuum(10, ((), ()))]).alpha.reason is NOBODY
    assert boundaries([Continuum(10, (((1, 2),),))]).alpha.reason is TWO_ONLY
