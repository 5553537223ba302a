"""Small cells: what to leave out of a crosstab before it is published.

A cell that rests on one or two people can point at them. Leaving out only that cell does not help where the row's total
stands beside it: the rest can be subtracted. So more cells of the row are left out until none can be worked out
(complementary suppression; Hundepool, A., et al. (2012). Statistical disclosure control. Wiley, ch. 4).

What this cannot do: protect against somebody who was in the room, or against tables of one project that are published
with different divisions beside each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

HIDDEN: Final = "×"
"""What stands in a cell that is left out."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is left out of one row.

    Attributes
    ----------
    cells
        By unit, whether the cell is left out.
    total
        Whether the total of the row is left out.
    """

    cells: tuple[bool, ...]
    total: bool


def hidden(people: Sequence[int], bases: Sequence[int], fewest: int) -> Hidden:
    """Choose the cells of one row that are left out.

    Parameters
    ----------
    people
        By unit, how many participants are behind the cell. Together they are the row's total.
    bases
        By unit, how many participants there are.
    fewest
        A cell with fewer participants is left out, unless it is empty; so is everything of a unit that has fewer.
        1 or less leaves nothing out.

    Returns
    -------
    Hidden
        So that, from the cells and the total that are shown, no cell that is left out has one possible value only.
    """
    if fewest <= 1:
        return Hidden((False,) * len(people), total=False)
    # Zeros are shown: a cell that is left out holds somebody, unless its whole unit is left out.
    least = [0 if base < fewest else 1 for base in bases]
    out = [base < fewest or 0 < count < fewest for count, base in zip(people, bases, strict=True)]
    total = 0 < sum(people) < fewest
    while not total and _known(people, out, least, bases):
        shown = [index for index, left_out in enumerate(out) if not left_out and people[index]]
        if not shown:
            total = True
        else:
            out[min(shown, key=lambda index: people[index])] = True
    return Hidden(tuple(out), total)


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
