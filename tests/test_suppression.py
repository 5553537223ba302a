from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from codering.analysis.suppression import hidden


def cells(people, bases, fewest):
    return hidden((people,), bases, fewest)


def test_a_cell_of_few_people_is_left_out_and_one_more_hides_it():
    assert cells([1, 9, 7, 0], [20, 20, 20, 20], 3) == (True, False, True, False)


def test_zeros_and_large_cells_are_shown():
    assert not any(cells([0, 9, 7, 0], [20, 20, 20, 20], 3))


def test_a_small_unit_is_left_out_altogether():
    assert cells([0, 9], [2, 20], 3) == (True, True)


def test_two_cells_that_hold_two_people_are_not_enough():
    assert cells([1, 1, 9, 6], [20, 20, 20, 20], 3) == (True, True, False, True)


def test_of_a_total_of_few_people_everything_is_left_out_zeros_too():
    """With the zero shown, a total of 2 over two cells that are left out would say that each is 1."""
    assert cells([1, 1, 0], [20, 20, 20], 3) == (True, True, True)
    assert cells([2, 0, 0], [20, 20, 20], 3) == (True, True, True)


def test_who_says_it_in_their_own_words_is_counted_apart_from_who_only_agreed():
    """One who says it and two who agree: the table of participants would show the 1."""
    assert hidden(([1, 9, 7], [3, 9, 7]), [20, 20, 20], 3) == (True, False, True)
    assert hidden(([0, 9, 7], [1, 9, 8]), [20, 20, 20], 3) == (True, False, True)
    assert hidden(([0, 9, 7], [3, 9, 8]), [20, 20, 20], 3) == (False, False, False)


def test_nothing_is_left_out_unless_asked():
    assert not any(cells([1, 1], [1, 1], 0))


rows = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(0, 2)), min_size=2, max_size=4)


@given(rows, st.integers(2, 4))
def test_no_cell_that_is_left_out_can_be_worked_out(row, fewest):
    """Try every row that fits what is shown and the total: each hidden cell must be able to hold two numbers."""
    said = [count for count, _, _ in row]
    people = [count + agreed for count, _, agreed in row]
    bases = [max(1, count + more + agreed) for count, more, agreed in row]
    out = hidden((said, people), bases, fewest)
    places = [i for i, gone in enumerate(out) if gone]
    for counts in (said, people):
        rest = sum(counts[i] for i in places)
        if (not rest and (counts is said or all(out))) or sum(counts) == sum(bases):
            continue
        zeros_shown = counts is people and not all(out)
        choices = [range(1 if zeros_shown and bases[i] >= fewest else 0, min(rest, bases[i]) + 1) for i in places]
        fits = [found for found in product(*choices) if sum(found) == rest]
        assert tuple(counts[i] for i in places) in fits
        assert all(len({found[k] for found in fits}) > 1 for k, i in enumerate(places) if bases[i])


@given(rows, st.integers(2, 4))
def test_everything_small_is_left_out(row, fewest):
    said = [count for count, _, _ in row]
    people = [count + agreed for count, _, agreed in row]
    out = hidden((said, people), [count + more + agreed for count, more, agreed in row], fewest)
    assert all(gone for counts in (said, people) for n, gone in zip(counts, out, strict=True) if 0 < n < fewest)
