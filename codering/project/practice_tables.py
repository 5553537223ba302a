"""A student's, or a class's, results as tables."""

from __future__ import annotations

import math
from collections.abc import Sequence

from codering.analysis.agreement import CodeAgreement, CodingSheet, code_agreement
from codering.codings import Coding
from codering.errors import CoderingError, Message
from codering.practice import Mark, Material, Outcome, Sheet, confusions, next_codes, outcomes, tallies
from codering.tables import Cell, Column, Kind, Table
from codering.transcripts import Place, Segment

_PASSAGES = 3
_STUDENT, _REFERENCE = "student", "reference"


def practice_tables(material: Material, sheets: Sequence[Sheet], *, language: str) -> tuple[Table, ...]:
    """By code, what is confused, by exercise, and by student if there are several.

    Raises
    ------
    CoderingError
        If nobody handed in a turn that the reference read.
    """
    found = outcomes(material, sheets)
    if not found:
        raise CoderingError("No turn of this project was handed in yet.")
    tables = [_by_code(material, found, language), _confused(material, found, language)]
    if len({sheet.student for sheet in sheets}) > 1:
        tables.append(_by_student(material, found, language))
    tables.append(_by_exercise(found))
    return tuple(tables)


def own_table(found: Sequence[Outcome], code: str) -> tuple[int, int, int, int]:
    """The four counts that κ is made of: both give the code, only the student, only the reference, neither."""
    counts = [0, 0, 0, 0]
    for outcome in found:
        mine = any(mark.code == code for mark in outcome.given)
        theirs = any(mark.code == code for mark in outcome.expected)
        counts[(0 if theirs else 1) if mine else (2 if theirs else 3)] += 1
    return counts[0], counts[1], counts[2], counts[3]


def agreement_with_reference(found: Sequence[Outcome], code: str) -> CodeAgreement:
    """Agreement of answers with the reference on one code; intervals over the transcripts.

    Every answer is a unit of its own, so a turn that ten students answered counts ten times: the figure is about the
    answers.
    """
    units = [(f"{outcome.place[0]}\0{index}", outcome.place[1]) for index, outcome in enumerate(found)]
    codings = [
        Coding(_moved(mark, unit), mark.code, mark.stance, coder, "", "", "added")
        for unit, outcome in zip(units, found, strict=True)
        for coder, given in ((_STUDENT, outcome.given), (_REFERENCE, outcome.expected))
        for mark in given
    ]
    read = {_STUDENT: frozenset(units), _REFERENCE: frozenset(units)}
    table = CodingSheet(codings, (_STUDENT, _REFERENCE), read, units).ratings([code])
    groups = [outcome.place[0] for outcome in found]
    return code_agreement(code, table, groups)


def _moved(mark: Mark, unit: Place) -> Segment:
    return Segment(unit[0], unit[1], mark.segment.start, mark.segment.end)


def _by_code(material: Material, found: Sequence[Outcome], language: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    counted = tallies(material, found)
    for one in counted:
        measured = agreement_with_reference(found, one.code)
        kappa = measured.kappa
        rows.append(
            (
                one.code,
                _label(material, one.code, language),
                one.asked,
                one.right,
                one.missed,
                one.stance,
                one.extra,
                one.disputed,
                kappa.value,
                kappa.low,
                kappa.high,
                kappa.reason if math.isnan(kappa.value) else "",
            )
        )
    weak = next_codes(counted)
    advice = (
        Message("Practise next: {codes}.", codes=", ".join(_label(material, code, language) for code in weak))
        if weak
        else Message("Nothing counts against you yet: try harder turns, or other themes.")
    )
    return Table(
        "practice_codes",
        "By code",
        (
            Column("code", "Code"),
            Column("label", "Label"),
            Column("asked", "In the reference", Kind.COUNT),
            Column("right", "Right", Kind.COUNT),
            Column("missed", "Missed", Kind.COUNT),
            Column("stance", "Other stance", Kind.COUNT),
            Column("extra", "Too many", Kind.COUNT),
            Column("disputed", "Open to discussion", Kind.COUNT),
            Column("kappa", "Cohen's κ", Kind.NUMBER),
            Column("kappa_low", "κ from", Kind.NUMBER),
            Column("kappa_high", "κ to", Kind.NUMBER),
            Column("reason", "Why there is no κ"),
        ),
        tuple(rows),
        (
            advice,
            Message("Cohen's κ corrects for chance: 1 is the same as the reference, 0 is what guessing would give."),
            Message("κ looks at whether you gave the code; stance does not count in it."),
            Message(
                "With few turns κ says little: look at its interval (95%, over transcripts) and at what you missed."
            ),
        ),
    )


def _confused(material: Material, found: Sequence[Outcome], language: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in confusions(found):
        places = list(dict.fromkeys(one.places))[:_PASSAGES]
        rows.append(
            (
                _or_none(material, one.given, language),
                _or_none(material, one.expected, language),
                len(one.places),
                one.students,
                "\n".join(f"{name}, {number}: {material.turn((name, number)).text}" for name, number in places),
            )
        )
    columns = (
        Column("given", "Given"),
        Column("expected", "Reference"),
        Column("times", "Times", Kind.COUNT),
        Column("students", "Students", Kind.COUNT),
        Column("passages", "Passages", Kind.LONG),
    )
    return Table("practice_confusions", "Mixed up, missed or too many", columns, tuple(rows))


def _by_student(material: Material, found: Sequence[Outcome], language: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for student in sorted({outcome.student for outcome in found}):
        own = [outcome for outcome in found if outcome.student == student]
        weak = next_codes(tallies(material, own), 2)
        rows.append((student, *_share(own), ", ".join(_label(material, code, language) for code in weak)))
    columns = (Column("student", "Student"), *_SHARE_COLUMNS, Column("next", "Practise next"))
    return Table("practice_students", "By student", columns, tuple(rows), (_WILSON,))


def _by_exercise(found: Sequence[Outcome]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for student, exercise in dict.fromkeys((outcome.student, outcome.exercise) for outcome in found):
        own = [outcome for outcome in found if (outcome.student, outcome.exercise) == (student, exercise)]
        rows.append((student, exercise, *_share(own)))
    columns = (Column("student", "Student"), Column("exercise", "Exercise"), *_SHARE_COLUMNS)
    return Table("practice_exercises", "By exercise", columns, tuple(rows), (_WILSON,))


_SHARE_COLUMNS = (
    Column("turns", "Turns", Kind.COUNT),
    Column("right", "Right", Kind.COUNT),
    Column("share", "Share right", Kind.SHARE),
    Column("low", "from", Kind.SHARE),
    Column("high", "to", Kind.SHARE),
)
_WILSON = Message(
    "A turn is right if nothing in it counts against the student. The interval is Wilson's (95%); it takes the turns "
    "as independent, so it is a little too narrow."
)


def _share(own: Sequence[Outcome]) -> tuple[int, int, float, float, float]:
    """Turns, right ones, their share, and its Wilson interval (Wilson 1927, J. American Statistical Association 22)."""
    from scipy.stats import binomtest

    right = sum(outcome.right for outcome in own)
    interval = binomtest(right, len(own)).proportion_ci(method="wilson")
    return len(own), right, right / len(own), float(interval.low), float(interval.high)


def _label(material: Material, code: str, language: str) -> str:
    return material.codebook.code(code).label.in_language(language)


def _or_none(material: Material, code: str, language: str) -> Cell:
    return _label(material, code, language) if code else Message("(no code)")
