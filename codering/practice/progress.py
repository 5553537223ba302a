"""What a student, or a class, does well and not yet: counted per code, and which codes are confused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from codering.practice.comparing import Difference, Kind, compare
from codering.practice.exercises import exercise_from
from codering.practice.material import Mark, Material, by_code
from codering.practice.sheets import Sheet
from codering.transcripts import Place

NOTHING: Final = ""
"""In a confusion: no code."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One turn that one student handed in.

    Attributes
    ----------
    student, exercise, place
        Who, in which exercise, which turn.
    given, expected
        The student's marks, and the reference's on the themes of the exercise.
    differences
        As :func:`codering.practice.comparing.compare` gives them.
    """

    student: str
    exercise: str
    place: Place
    given: tuple[Mark, ...]
    expected: tuple[Mark, ...]
    differences: tuple[Difference, ...]

    @property
    def right(self) -> bool:
        """Whether nothing counts against the student."""
        return not any(one.wrong for one in self.differences)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a code was needed, seen and missed.

    Attributes
    ----------
    code
        The id.
    asked
        Turns in which the reference gives the code.
    right, missed, stance
        Of those: given with its stance; not given; given with the other stance.
    extra
        Turns in which the student gives it and the reference does not (another code in its place included).
    disputed
        Differences that do not count, because the coders behind the reference disagreed.
    """

    code: str
    asked: int
    right: int
    missed: int
    stance: int
    extra: int
    disputed: int

    @property
    def wrong(self) -> int:
        """What counts against the student."""
        return self.missed + self.stance + self.extra


@dataclass(frozen=True, slots=True)
class Confusion:
    """A code that was given where another belongs (or none).

    Attributes
    ----------
    given, expected
        Ids; empty for no code.
    places
        The turns, each as often as it happened.
    students
        How many different students.
    """

    given: str
    expected: str
    places: tuple[Place, ...]
    students: int


def outcomes(material: Material, sheets: Iterable[Sheet]) -> tuple[Outcome, ...]:
    """Compare every answer with the reference, on the themes of its exercise.

    Raises
    ------
    CoderingError
        If a sheet is of another project.
    """
    found: list[Outcome] = []
    for sheet in sheets:
        exercise = exercise_from(material, sheet.exercise)
        scope = exercise.scope(material)
        found += [
            Outcome(sheet.student, sheet.exercise, answer.place, answer.marks, scope.right[answer.place], differences)
            for answer in sheet.answers
            if answer.place in scope.right and all(mark.code in material.codebook for mark in answer.marks)
            for differences in (compare(scope, answer.place, answer.marks),)
        ]
    return tuple(found)


def tallies(material: Material, found: Sequence[Outcome]) -> tuple[Tally, ...]:
    """Count per code, in the codebook's order; codes that neither side used are left out."""
    counts: dict[str, Counter[str]] = {code.id: Counter() for code in material.codebook}
    for outcome in found:
        for one in outcome.differences:
            for code, what in _counted(one):
                counts[code][what] += 1
        for code in by_code(outcome.expected):
            counts[code]["asked"] += 1
    return tuple(
        Tally(code, n["asked"], n["right"], n["missed"], n["stance"], n["extra"], n["disputed"])
        for code, n in counts.items()
        if n
    )


def confusions(found: Sequence[Outcome]) -> tuple[Confusion, ...]:
    """What was given in the place of what, the most frequent first; what does not count is left out."""
    places: dict[tuple[str, str], list[Place]] = {}
    students: dict[tuple[str, str], set[str]] = {}
    for outcome in found:
        for one in outcome.differences:
            if one.wrong and one.kind is not Kind.STANCE:
                pair = (one.given[0].code if one.given else NOTHING, one.expected[0].code if one.expected else NOTHING)
                places.setdefault(pair, []).append(outcome.place)
                students.setdefault(pair, set()).add(outcome.student)
    pairs = sorted(places, key=lambda pair: (-len(places[pair]), pair))
    return tuple(Confusion(*pair, tuple(places[pair]), len(students[pair])) for pair in pairs)


def next_codes(counted: Iterable[Tally], count: int = 3) -> tuple[str, ...]:
    """The codes to practise next: those with most against the student, the larger share first where it is equal."""
    weak = [one for one in counted if one.wrong]
    weak.sort(key=lambda one: (-one.wrong, -one.wrong / (one.asked + one.extra), one.code))
    return tuple(one.code for one in weak[:count])


def _counted(one: Difference) -> list[tuple[str, str]]:
    """Which codes a difference is counted for, and as what."""
    if one.contested:
        return [(one.code, "disputed")]
    match one.kind:
        case Kind.RIGHT | Kind.BOUNDARY:
            return [(one.code, "right")]
        case Kind.STANCE:
            return [(one.code, "stance")]
        case Kind.MISSED:
            return [(one.code, "missed")]
        case Kind.EXTRA:
            return [(one.code, "extra")]
        case Kind.SIBLING | Kind.GENERAL:
            return [(one.code, "missed"), (one.given[0].code, "extra")]
