"""Decisions about disagreements from a file: rows become choices.

A row is an object with ``transcript``, ``turn``, ``code`` and ``choice`` (``a``, ``b``, ``both`` or ``neither``), and
perhaps a ``reason``. Instead of ``choice`` it can say the ``decision``: the stance that holds (``bevestigt``,
``ontkent``, or ``bevestigt+ontkent``), or null for no code; whoever gave that is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from codering.analysis.disagreements import Disagreement
from codering.errors import CoderingError, Problem, line
from codering.imports import CodingRow, understood
from codering.project.thirds import Choice

if TYPE_CHECKING:
    from codering.project import Project

_MEANT: Final = frozenset({"transcript", "turn", "code", "choice", "decision", "reason"})
_TOLD: Final = frozenset(
    {"speaker", "wave", "theme", "label", "id", "difference", "one", "one_words", "two", "two_words", "instead", "why"}
)
"""Fields of the list of disagreements that say nothing about what is decided."""


@dataclass(frozen=True, slots=True)
class VerdictReport:
    """What came of a file with decisions about disagreements.

    Attributes
    ----------
    name
        Of the third set.
    agreed, decided, left
        Codings of both that were taken over, disagreements decided now, and disagreements still open.
    problems
        Why rows were refused, by file and line.
    """

    name: str
    agreed: int
    decided: int
    left: int
    problems: tuple[Problem, ...]


def adjudicate_rows(project: Project, rows: Iterable[CodingRow], *, coders: Sequence[str], by: str) -> VerdictReport:
    """Take over what both coders gave, and decide what rows say about the rest; nothing, if no row says anything.

    Parameters
    ----------
    project
        Open.
    rows
        See above.
    coders
        Two; ``a`` is the first.
    by
        Who decides.

    Raises
    ------
    AgreementError
        If a coder is unknown or no turn was read by both.
    """
    known, mistyped, _ = understood(rows, meant=_MEANT, known=_MEANT | _TOLD)
    found = project.adjudication(coders, by=by)
    by_key = {(*case.disagreement.place, case.disagreement.code): case.disagreement for case in found.cases}
    problems = list(mistyped)
    verdicts: list[tuple[CodingRow, Disagreement, Choice]] = []
    for row in known:
        values = row.values
        case = by_key.get((str(values.get("transcript")), _whole(values.get("turn")), str(values.get("code"))))
        try:
            if case is None:
                raise CoderingError("The coders do not differ on this code in this turn; the row was left out.")
            verdicts.append((row, case, _choice(case, row)))
        except CoderingError as error:
            problems.append(_problem(row, error))
    if problems and not verdicts:  # another file than was meant
        return VerdictReport(found.name, 0, 0, len(found.open), tuple(problems))
    agreed = project.take_over_agreed(coders, by=by)
    decided = 0
    for row, case, choice in verdicts:
        try:
            project.adjudicate(case, choice, coders=coders, by=by, reason=str(row.values.get("reason") or ""))
            decided += 1
        except CoderingError as error:
            problems.append(_problem(row, error))
    left = len(project.adjudication(coders, by=by).open)
    return VerdictReport(found.name, agreed, decided, left, tuple(problems))


def _problem(row: CodingRow, error: CoderingError) -> Problem:
    return Problem(row.source, line(row.line), error.message)


def _choice(case: Disagreement, row: CodingRow) -> Choice:
    if "choice" in row.values:
        given = str(row.values["choice"])
        if given not in (Choice.ONE, Choice.TWO, Choice.BOTH, Choice.NEITHER):
            raise CoderingError("{found} is not a choice; expected a, b, both or neither.", found=given)
        return Choice(given)
    if "decision" not in row.values:
        raise CoderingError("A row needs a choice: a, b, both or neither.")
    wanted = set(str(row.values["decision"] or "").split("+")) - {""}
    one = {coding.stance.value for coding in case.one}
    two = {coding.stance.value for coding in case.two}
    for stances, choice in ((one, Choice.ONE), (two, Choice.TWO), (one | two, Choice.BOTH)):
        if stances == wanted:
            return choice
    if not wanted:
        return Choice.NEITHER
    raise CoderingError("No choice between both coders comes to this decision; decide it in the app.")


def _whole(value: object) -> int:
    return value if isinstance(value, int) else -1
