"""Small cells: what to leave out of a crosstab before it is published.

A cell that rests on one or two people can point at them. Leaving out only that cell does not help where the row's total
stands beside it: the rest can be subtracted. So more cells of the row are left out until none can be worked out
(complementary suppression; Hundepool, A., et al. (2012). Statistical disclosure control. Wiley, ch. 4).

What this cannot do: protect against somebody who was in the room, against tables of one project that are published
with different divisions beside each other, or against somebody who repeats the choice of cells for every row that is
possible (a "minimality attack").
"""

from __future__ import annotations

from collections.abc import Sequence


def hidden(counts: Sequence[Sequence[int]], bases: Sequence[int], fewest: int) -> tuple[bool, ...]:
    """Choose the cells of one row that are left out.

    Parameters
    ----------
    counts
        One or more ways to count people, each by unit: how many are behind the cell. The last one counts everybody, so
        that where it is 0 the others are. The totals of each over all units are taken to be known.
    bases
        By unit, how many participants there are.
    fewest
        A cell with fewer participants, by any of the counts, is left out, unless it is empty; so is everything of a
        unit that has fewer. 1 or less leaves nothing out.

    Returns
    -------
    tuple of bool
        By unit, whether the cell is left out: so that, from the cells that are shown and the totals, no cell that is
        left out has one possible value only. Where the total is so small that this takes everything, empty cells are
        left out too. What follows from the total alone (there is one unit; everyone said it) cannot be hidden.
    """
    everybody = counts[-1]
    if fewest <= 1:
        return (False,) * len(bases)
    out = [
        base < fewest or any(0 < count < fewest for count in cell) for base, *cell in zip(bases, *counts, strict=True)
    ]
    # Zeros are shown: behind a cell that is left out is somebody, unless its whole unit is left out.
    least = [0 if base < fewest else 1 for base in bases]
    while _known(everybody, out, least, bases) or any(_told(one, out, bases) for one in counts[:-1]):
        shown = [index for index, left_out in enumerate(out) if not left_out and everybody[index]]
        if not shown:
            return (True,) * len(out)
        out[min(shown, key=lambda index: everybody[index])] = True
    return tuple(out)


def _told(some: Sequence[int], out: Sequence[bool], most: Sequence[int]) -> bool:
    """The same of a count that may be 0 behind a cell that is left out; that it is 0 everywhere points at nobody."""
    left_out = sum(count for count, gone in zip(some, out, strict=True) if gone)
    return left_out > 0 and _known(some, out, [0] * len(some), most)


def _known(people: Sequence[int], out: Sequence[bool], least: Sequence[int], most: Sequence[int]) -> bool:
    """Whether the total, and how many participants a unit has, leave one value for a cell that is left out."""
    where = [index for index, left_out in enumerate(out) if left_out]
    together = sum(people[index] for index in where)
    others_least = sum(least[index] for index in where)
    others_most = sum(most[index] for index in where)
    return any(
        max(least[i], together - (others_most - most[i])) == min(most[i], together - (others_least - least[i]))
        for i in where
    )
