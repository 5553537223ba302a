"""Feedback on one turn, after it was handed in: what is right, what is not, what decides it, and turns to compare with.

A mark without a reason teaches nothing. Where the coders behind the reference disagreed, the student is told so and is
not marked wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codering.codings import STANCES, Stance
from codering.errors import Message
from codering.practice.comparing import Difference, Kind, compare
from codering.practice.criteria import Because, Criteria
from codering.practice.material import Mark, Material
from codering.practice.similar import Likeness
from codering.transcripts import Place

_TELLING = 8
"""Words from which a passage says something without the turns around it."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A turn of another transcript, with what the reference gives it.

    Attributes
    ----------
    place, marks
        Which turn, and all its marks.
    code
        The one that it is shown for.
    words
        The passage that carries the code, verbatim.
    why
        What to look at.
    """

    place: Place
    marks: tuple[Mark, ...]
    code: str
    words: str
    why: Message


@dataclass(frozen=True, slots=True)
class Explained:
    """A difference with its verdict, what decided it, and turns to compare with.

    Attributes
    ----------
    difference, verdict
        What differs; the same in a sentence.
    because
        The reasons, the most telling first.
    similar
        At most two turns of other transcripts.
    """

    difference: Difference
    verdict: Message
    because: tuple[Because, ...]
    similar: tuple[Similar, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """All that a student hears about one turn, after handing it in.

    Attributes
    ----------
    place, given
        Which turn, and the student's marks.
    verdict
        The turn as a whole.
    explained
        What is right first, then what is not.
    """

    place: Place
    given: tuple[Mark, ...]
    verdict: Message
    explained: tuple[Explained, ...]

    @property
    def right(self) -> bool:
        """Whether nothing counts against the student."""
        return not any(one.difference.wrong for one in self.explained)


def explain(material: Material, likeness: Likeness, place: Place, answer: Iterable[Mark], language: str) -> Feedback:
    """Compare an answer with the reference and say what decides each difference.

    Parameters
    ----------
    material, likeness
        What exercises are made of, and how much its turns resemble each other.
    place
        The turn.
    answer
        The student's marks; none for "no code".
    language
        Of the codes' labels.
    """
    given = tuple(sorted(answer))
    teller = _Teller(material, likeness, place, language)
    explained = tuple(
        Explained(one, teller.verdict(one), teller.criteria.reasons(one), teller.similar(one))
        for one in compare(material, place, given)
    )
    if not explained:
        verdict = Message("Right: this turn carries no code.")
    elif any(one.difference.wrong for one in explained):
        verdict = Message("Not quite; look at what decides it.")
    elif any(one.difference.contested for one in explained):
        verdict = Message("This one is open to discussion: the coders behind the reference disagreed.")
    else:
        verdict = Message("Right.")
    return Feedback(place, given, verdict, explained)


class _Teller:
    """Says what differs in one turn, and finds turns to compare with."""

    def __init__(self, material: Material, likeness: Likeness, place: Place, language: str) -> None:
        self._material, self._likeness, self._place = material, likeness, place
        self.criteria = Criteria(material, place, language)
        self._label = self.criteria.label

    def verdict(self, one: Difference) -> Message:
        """The difference in a sentence."""
        code = self._label(one.code)
        if one.contested:
            return Message(
                "{code}: the coders behind the reference disagreed here, so your answer is not counted as wrong. The "
                "decision was: {decision}.",
                code=code,
                decision=self._decision(one),
            )
        match one.kind:
            case Kind.RIGHT:
                return Message("{code}: right.", code=code)
            case Kind.BOUNDARY:
                return Message("{code}: right, but the reference means other words of this turn.", code=code)
            case Kind.STANCE:
                stance = _stance(one.expected)
                if len({mark.stance for mark in one.given}) > 1:
                    return Message("{code}: right, but only that the speaker {stance} it.", code=code, stance=stance)
                return Message("{code}: right, but the speaker {stance} it.", code=code, stance=stance)
            case Kind.MISSED:
                return Message("{code}: missed. The speaker {stance} it.", code=code, stance=_stance(one.expected))
            case Kind.EXTRA:
                return Message("{code}: not here, according to the reference.", code=code)
            case Kind.SIBLING | Kind.GENERAL:
                given = self._label(one.given[0].code)
                return Message("Not {given} but {code}; both belong to one theme.", given=given, code=code)

    def similar(self, one: Difference) -> tuple[Similar, ...]:
        """Two turns of other transcripts: with the code that was missed, or that is really there."""
        if one.kind in (Kind.RIGHT, Kind.BOUNDARY):
            return ()
        code = one.code
        expected = {mark.stance for mark in one.expected}
        if one.kind is Kind.STANCE:
            other = {mark.stance for mark in one.given} - expected
            return (*self._nearest(code, 1, expected), *self._nearest(code, 1, other))
        if one.kind in (Kind.SIBLING, Kind.GENERAL):
            given = one.given[0].code
            stance = min(expected)
            return (*self._nearest(code, 1, prefer=stance, without=given), *self._nearest(given, 1, without=code))
        return self._nearest(code, 2, expected or None) or self._nearest(code, 2)

    def _nearest(
        self,
        code: str,
        count: int,
        stances: set[Stance] | None = None,
        *,
        prefer: Stance = Stance.CONFIRMS,
        without: str = "",
    ) -> tuple[Similar, ...]:
        """The nearest turns with a code: first what has the stance that is preferred, and says enough by itself."""
        right = self._material.right
        candidates = [
            place
            for place, marks in right.items()
            if any(mark.code == code and (stances is None or mark.stance in stances) for mark in marks)
            and all(mark.code != without for mark in marks)
        ]
        nearest = self._likeness.nearest(self._place, candidates, len(candidates))
        wanted = stances or {prefer}

        def falls_short(place: Place) -> tuple[bool, bool]:
            return not self._stances(place, code) & wanted, len(self._passage(place, code).split()) < _TELLING

        return tuple(
            Similar(place, right[place], code, self._passage(place, code), self._why(place, code, stances))
            for place in sorted(nearest, key=falls_short)[:count]
        )

    def _why(self, place: Place, code: str, stances: set[Stance] | None) -> Message:
        """What to look at; a denial is never shown as if it were the code without more."""
        found = self._stances(place, code)
        if stances is None and Stance.CONFIRMS in found:
            return Message("Here it is {code}.", code=self._label(code))
        stance = min(found & stances if stances else found)
        return Message(
            "Here it is {code}, and the speaker {stance} it.", code=self._label(code), stance=STANCES[stance]
        )

    def _stances(self, place: Place, code: str) -> set[Stance]:
        return {mark.stance for mark in self._material.right[place] if mark.code == code}

    def _passage(self, place: Place, code: str) -> str:
        marks = [mark for mark in self._material.right[place] if mark.code == code]
        return " … ".join(self._material.by_name[place[0]].quote(mark.segment) for mark in marks)

    def _decision(self, one: Difference) -> Message:
        if not one.expected:
            return Message("no code")
        return Message("{code}, {stance}", code=self._label(one.expected[0].code), stance=_stance(one.expected))


def _stance(marks: Sequence[Mark]) -> Message:
    return STANCES[marks[0].stance]
