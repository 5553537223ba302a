from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from codering.analysis.suppression import hidden


def test_a_cell_of_few_people_is_left_out_and_one_more_hides_it():
    assert hidden([1, 9, 7, 0], [20, 20, 20, 20], 3).cells == (True, False, True, False)


def test_zeros_and_large_cells_are_shown():
    assert not any(hidden([0, 9, 7, 0], [20, 20, 20, 20], 3).cells)


def test_a_small_unit_is_left_out_altogether():
    assert hidden([0, 9], [2, 20], 3).cells == (True, True)


def test_two_cells_that_hold_two_people_are_not_enough():
    assert hidden([1, 1, 9, 6], [20, 20, 20, 20], 3).cells == (True, True, False, True)


def test_a_total_of_few_people_is_left_out_itself():
    out = hidden([1, 1, 0], [20, 20, 20], 3)
    assert out.total
    assert out.cells == (True, True, False)


def test_nothing_is_left_out_unless_asked():
    assert not any(hidden([1, 1], [1, 1], 0).cells)


rows = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4)), min_size=1, max_size=4)


@given(rows, st.integers(2, 4))
def test_no_cell_that_is_left_out_can_be_worked_out(row, fewest):
    """Try every row that fits what is shown: each hidden cell must be able to hold two numbers."""
    people = [count for count, _ in row]
    bases = [count + more for count, more in row]
    out = hidden(people, bases, fewest)
    places = [i for i, gone in enumerate(out.cells) if gone]
    if not places or out.total:
        return
    rest = sum(people) - sum(people[i] for i in range(len(people)) if not out.cells[i])
    choices = [range(0 if bases[i] < fewest else 1, min(rest, bases[i]) + 1) for i in places]
    fits = [found for found in product(*choices) if sum(found) == rest]
    assert tuple(people[i] for i in places) in fits
    assert all(len({found[i] for found in fits}) > 1 for i in range(len(places)))


@given(rows, st.integers(2, 4))
def test_everything_small_is_left_out(row, fewest):
    people = [count for count, _ in row]
    bases = [count + more for count, more in row]
    out = hidden(people, bases, fewest)
    assert all(gone for count, gone in zip(people, out.cells, strict=True) if 0 < count < fewest)
    assert out.total or not 0 < sum(people) < fewest
