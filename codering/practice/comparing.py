"""How an answer differs from the reference, code by code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from codering.practice.material import Mark, Material, by_code
from codering.transcripts import Place

_SHARED: Final = 0.5
"""The share of the shorter passage that must lie in the other, to speak of the same words."""


class Kind(StrEnum):
    """What is the matter with a code in an answer."""

    RIGHT = "right"
    MISSED = "missed"
    EXTRA = "extra"
    STANCE = "stance"
    BOUNDARY = "boundary"
    """The code is right, but on other words of the turn."""
    SIBLING = "sibling"
    """Another code of the same theme."""
    GENERAL = "general"
    """The theme's own code where one of its codes fits."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What an answer and the reference say about one code (two for a sibling) in one turn.

    Attributes
    ----------
    kind
        See :class:`Kind`.
    given, expected
        The student's marks and the reference's; empty where there are none.
    contested
        Whether the coders behind the reference disagreed here, and one of them gave the student's answer.
    """

    kind: Kind
    given: tuple[Mark, ...]
    expected: tuple[Mark, ...]
    contested: bool = False

    @property
    def code(self) -> str:
        """The code that it is about: the reference's, or else the student's."""
        return (self.expected or self.given)[0].code

    @property
    def wrong(self) -> bool:
        """Whether it counts against the student: rule 1 counts turns, so other words of the turn do not."""
        return self.kind not in (Kind.RIGHT, Kind.BOUNDARY) and not self.contested


def compare(material: Material, place: Place, answer: Iterable[Mark]) -> tuple[Difference, ...]:
    """Compare an answer about one turn with the reference: what is right first, then what is not.

    An empty tuple means that both give the turn no code.
    """
    given, expected = by_code(answer), material.carried(place)
    both = [code for code in expected if code in given]
    found = [_same_code(material, place, given[code], expected[code]) for code in both]
    extra = {code: marks for code, marks in given.items() if code not in expected}
    for code in (code for code in expected if code not in given):
        instead = _instead(material, code, tuple(extra))
        kind = Kind.MISSED
        if instead:
            kind = Kind.GENERAL if instead == material.theme(code) else Kind.SIBLING
        found.append(_judged(material, place, kind, extra.pop(instead, ()), expected[code]))
    found += [_judged(material, place, Kind.EXTRA, marks, ()) for marks in extra.values()]
    return tuple(sorted(found, key=lambda one: (one.wrong, one.kind is not Kind.RIGHT)))


def _same_code(material: Material, place: Place, given: tuple[Mark, ...], expected: tuple[Mark, ...]) -> Difference:
    # Who gives both stances where the reference has one would otherwise never be wrong about it.
    if {mark.stance for mark in given} - {mark.stance for mark in expected}:
        return _judged(material, place, Kind.STANCE, given, expected)
    on_the_same_words = any(_shares(one, two) for one in given for two in expected)
    return Difference(Kind.RIGHT if on_the_same_words else Kind.BOUNDARY, given, expected)


def _judged(
    material: Material, place: Place, kind: Kind, given: tuple[Mark, ...], expected: tuple[Mark, ...]
) -> Difference:
    """Look whether one of the coders behind the reference gave the student's answer."""
    codes = {mark.code for mark in (*given, *expected)}
    answer = {(mark.code, mark.stance) for mark in given}
    contested = any(material.contested(place, code) for code in codes) and any(
        answer == {(mark.code, mark.stance) for mark in marks[place] if mark.code in codes}
        for marks in material.others.values()
        if place in marks
    )
    return Difference(kind, given, expected, contested)


def _instead(material: Material, code: str, extra: Sequence[str]) -> str:
    """The code of the same theme that the student gave in the place of this one."""
    theme = material.theme(code)
    return next((other for other in extra if material.theme(other) == theme), "")


def _shares(one: Mark, two: Mark) -> bool:
    shared = min(one.segment.end, two.segment.end) - max(one.segment.start, two.segment.start)
    shorter = min(mark.segment.end - mark.segment.start for mark in (one, two))
    return shared >= _SHARED * shorter
