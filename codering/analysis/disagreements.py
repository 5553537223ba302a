"""On what two coders differ, what matters most first, and on what they agree.

The unit is a code in a turn. Coders differ on the code (one gives it, the other does not), on the stance, or on where
the passage begins and ends. Where they agree, the longer passage stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from codering.analysis.agreement import Unit
from codering.analysis.comparison import Comparison
from codering.codings import Coding, Stance
from codering.errors import AgreementError, Message

SAME_PASSAGE: Final = 0.5
"""Two coders mean the same words if what both marked is at least this share of what either marked."""


class Difference(StrEnum):
    """On what two coders differ."""

    CODE = "code"
    STANCE = "stance"
    BOUNDARIES = "boundaries"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A code in a turn on which two coders differ.

    Attributes
    ----------
    place, code
        The turn, and the id of the code.
    difference
        On what.
    one, two
        What each coder gave: none or more codings of this code in this turn.
    instead_one, instead_two
        Other codes that this coder gave the turn and the other did not: perhaps the codes were swapped.
    core
        Whether the code belongs to a core theme.
    theme_at_stake
        Whether the decision changes how often the theme occurs, and not only which of its codes.
    share_at_stake
        The share of the code's turns that this turn is, of all turns to which either coder gives it.
    """

    place: Unit
    code: str
    difference: Difference
    one: tuple[Coding, ...]
    two: tuple[Coding, ...]
    instead_one: tuple[str, ...] = ()
    instead_two: tuple[str, ...] = ()
    core: bool = False
    theme_at_stake: bool = False
    share_at_stake: float = 0.0

    @property
    def key(self) -> str:
        """A name for it, stable as long as the coders change nothing."""
        return f"{self.place[0]}#{self.place[1]}#{self.code}"

    @property
    def why(self) -> Message:
        """What depends on the decision."""
        if self.difference is Difference.STANCE:
            return Message("Confirmed or denied: decides whether it counts as experienced.")
        if self.difference is Difference.BOUNDARIES:
            return Message("Only the passage differs; the counts stay the same.")
        if self.theme_at_stake:
            return Message("Decides whether the theme counts in this turn.")
        return Message("Decides which code of the theme counts; the theme counts anyhow.")

    @property
    def rank(self) -> tuple[int, bool, float, Unit, str]:
        """Sorts by what matters most: results first, core themes before others, then rare codes."""
        step = 0 if self.difference is Difference.STANCE or self.theme_at_stake else 1
        if self.difference is Difference.BOUNDARIES:
            step = 2
        return step, not self.core, -self.share_at_stake, self.place, self.code


def disagreements(comparison: Comparison, *, same_passage: float = SAME_PASSAGE) -> tuple[Disagreement, ...]:
    """List what two coders differ on, in turns that both read; what matters most first.

    Parameters
    ----------
    comparison
        Of two coders.
    same_passage
        Passages that share less than this of their characters are a disagreement on boundaries, 0 to 1.

    Raises
    ------
    AgreementError
        With another number of coders than two.
    """
    sides = _sides(comparison)
    themes = {code.id: code.theme for code in comparison.codebook}
    core = {theme.id for theme in comparison.codebook.themes if theme.core}
    used = Counter(code for place, code in sides if place in comparison.of_all)
    by_turn: dict[Unit, dict[str, tuple[tuple[Coding, ...], tuple[Coding, ...]]]] = defaultdict(dict)
    for (place, code), both in sides.items():
        by_turn[place][code] = both
    found = []
    for place, codes in by_turn.items():
        only_one = tuple(sorted(code for code, (one, two) in codes.items() if one and not two))
        only_two = tuple(sorted(code for code, (one, two) in codes.items() if two and not one))
        for code, (one, two) in codes.items():
            difference = _difference(one, two, same_passage)
            if difference is None:
                continue
            swapped = difference is Difference.CODE
            found.append(
                Disagreement(
                    place,
                    code,
                    difference,
                    one,
                    two,
                    only_one if swapped and not one else (),
                    only_two if swapped and not two else (),
                    themes[code] in core,
                    swapped and not _theme_anyhow(code, codes, themes, one_lacks=not one),
                    1 / used[code],
                )
            )
    return tuple(sorted(found, key=lambda one: one.rank))


def agreed(comparison: Comparison, *, same_passage: float = SAME_PASSAGE) -> tuple[Coding, ...]:
    """What both coders gave: of each code and stance in a turn the codings of whoever marked more.

    Parameters
    ----------
    comparison, same_passage
        As of :func:`disagreements`.
    """
    kept: list[Coding] = []
    for one, two in _sides(comparison).values():
        if _difference(one, two, same_passage) is None:
            for stance in Stance:
                mine = [coding for coding in one if coding.stance is stance]
                other = [coding for coding in two if coding.stance is stance]
                kept += max(mine, other, key=lambda several: len(_marked(several)))
    return tuple(sorted(kept))


def _sides(comparison: Comparison) -> Mapping[tuple[Unit, str], tuple[tuple[Coding, ...], tuple[Coding, ...]]]:
    """By turn that both read and code: the codings of each coder."""
    if len(comparison.coders) != 2:
        raise AgreementError("Disagreements are between two coders; found {count}.", count=len(comparison.coders))
    sides: dict[tuple[Unit, str], tuple[list[Coding], list[Coding]]] = defaultdict(lambda: ([], []))
    for coding in comparison.counted:
        place = coding.segment.place
        if place in comparison.of_all:
            sides[place, coding.code][comparison.coders.index(coding.coder)].append(coding)
    return {key: (tuple(one), tuple(two)) for key, (one, two) in sorted(sides.items())}


def _difference(one: Sequence[Coding], two: Sequence[Coding], same_passage: float) -> Difference | None:
    if not one or not two:
        return Difference.CODE
    if {coding.stance for coding in one} != {coding.stance for coding in two}:
        return Difference.STANCE
    marked, other = _marked(one), _marked(two)
    return Difference.BOUNDARIES if len(marked & other) < same_passage * len(marked | other) else None


def _theme_anyhow(
    code: str,
    codes: Mapping[str, tuple[tuple[Coding, ...], tuple[Coding, ...]]],
    themes: Mapping[str, str],
    *,
    one_lacks: bool,
) -> bool:
    """Whether whoever lacks the code gave the turn another code of its theme."""
    side = 0 if one_lacks else 1
    return any(themes[other] == themes[code] and both[side] for other, both in codes.items() if other != code)


def _marked(codings: Iterable[Coding]) -> set[int]:
    return {place for coding in codings for place in range(coding.segment.start, coding.segment.end)}
