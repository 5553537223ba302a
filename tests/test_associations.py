from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom
from scipy.stats.contingency import expected_freq

from codering.analysis.associations import Association, _associations, cooccurrences, sequences
from codering.codings import Stance
from tests.test_frequencies import BOOK, coding, group

TALK = (
    group(
        "a1",
        ("Ank", "een twee drie"),
        ("Bas", "een twee drie"),
        ("M", "een twee drie"),
        ("Ank", "een twee drie"),
        ("Ank", "een twee drie"),
        ("Bas", "een twee drie"),
    ),
    group("b1", ("Cor", "een twee drie"), ("Dina", "een twee drie")),
)


def of(found: tuple[Association, ...], first: str, second: str) -> Association:
    (one,) = [a for a in found if {a.first, a.second} == {first, second} and a.first == first]
    return one


def test_codes_that_share_a_turn_are_counted_by_turn():
    coded = [coding("a1", 1, 0, 3, "druk"), coding("a1", 1, 4, 8, "druk"), coding("a1", 1, 0, 3, "streng")]
    coded += [coding("b1", 1, 0, 3, "druk"), coding("b1", 2, 0, 3, "streng")]
    one = of(cooccurrences(TALK, BOOK, coded, level="code"), "druk", "streng")
    assert (one.together, one.first_turns, one.second_turns, one.groups, one.above) == (1, 2, 2, 1, 1)
    assert one.expected == pytest.approx(1 * 1 / 5 + 1 * 1 / 2)
    assert one.jaccard == pytest.approx(1 / 3)
    assert one.rare


def test_stances_are_apart_unless_asked_for_together():
    coded = [coding("a1", 1, 0, 3), coding("a1", 1, 0, 3, "streng", Stance.DENIES)]
    assert cooccurrences(TALK, BOOK, coded, level="code") == ()
    assert of(cooccurrences(TALK, BOOK, coded, level="code", stance=None), "druk", "streng").together == 1


def test_what_follows_is_said_next_by_another_participant():
    """Turns 1-2 follow each other; 2-4 have the moderator between them; 4-5 are one speaker; 5-6 follow."""
    coded = [coding("a1", turn, 0, 3, "druk") for turn in (1, 2, 4, 5)]
    coded += [coding("a1", turn, 0, 3, "streng") for turn in (2, 5, 6)]
    found = sequences(TALK, BOOK, coded, level="code")
    one = of(found, "druk", "streng")
    assert (one.together, one.first_turns, one.second_turns) == (2, 2, 2)
    assert of(found, "druk", "druk").together == 1
    assert of(found, "streng", "druk").together == 0


def test_published_strata_give_the_published_statistic():
    """Agresti (2013), Categorical Data Analysis, table 6.9: eight clinical centres; 6.384 without correction.

    By centre: success and failure of the drug, then of the control.
    """
    centres = [
        (11, 25, 10, 27),
        (16, 4, 22, 10),
        (14, 5, 7, 12),
        (2, 14, 1, 16),
        (6, 11, 0, 12),
        (1, 10, 0, 10),
        (1, 4, 1, 8),
        (4, 2, 6, 1),
    ]
    groups = []
    for a, b, c, d in centres:
        drug = np.repeat([True, True, False, False], (a, b, c, d))
        success = np.repeat([True, False, True, False], (a, b, c, d))
        table = np.column_stack([drug, success])
        groups.append((table, table))
    (one,) = _associations(["drug", "success"], [(0, 1)], groups)
    assert one.z**2 == pytest.approx(6.384, abs=0.001)
    assert one.together == 55


@given(
    st.lists(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=12), min_size=1, max_size=4).map(
        lambda groups: [np.array(turns, dtype=bool) for turns in groups]
    )
)
def test_expected_and_spread_are_those_of_scipy(groups):
    (one,) = _associations(["a", "b"], [(0, 1)], [(g, g) for g in groups])
    expected, variance = 0.0, 0.0
    for g in groups:
        both = int((g[:, 0] & g[:, 1]).sum())
        a, b, n = int(g[:, 0].sum()), int(g[:, 1].sum()), len(g)
        table = np.array([[both, a - both], [b - both, n - a - b + both]])
        if a and b and n - a and n - b:
            expected += float(expected_freq(table)[0, 0])
        else:
            expected += a * b / n
        counts = np.arange(n + 1)
        chances = hypergeom(n, a, b).pmf(counts)
        variance += float((chances * counts**2).sum() - (chances * counts).sum() ** 2)
    assert one.expected == pytest.approx(expected)
    if variance > 1e-9:
        assert one.z == pytest.approx((one.together - expected) / math.sqrt(variance))
    else:
        assert math.isnan(one.z)


def test_the_strongest_comes_first_and_what_is_too_rare_last():
    strong = Association("a", "b", 6, 2.0, 9, 9, 2, 2, 3.0)
    rare = Association("a", "c", 1, 0.1, 1, 1, 1, 1, 9.0)
    assert not strong.rare
    assert rare.rare
    assert math.isnan(Association("a", "b", 0, 0, 0, 0, 0, 0, math.nan).jaccard)
    turns = np.array([[True, True, True]] * 6 + [[False, False, False]] * 9 + [[False, False, False]])
    turns[5, 2] = turns[4, 2] = turns[3, 2] = turns[2, 2] = turns[1, 2] = False
    found = _associations(["a", "b", "c"], [(0, 2), (0, 1)], [(turns, turns)])
    assert [(one.first, one.second) for one in found] == [("a", "b"), ("a", "c")]
