"""Third sets: what it is to decide what two coders differ on, and what was decided.

What a coder gave becomes a proposal with the source ``coder:NAME``, which whoever decides accepts or rejects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from codering.codings import Coding, Decision, Stance, Suggestion, Verdict
from codering.errors import AgreementError
from codering.project.signing import coder_name
from codering.transcripts import Segment

if TYPE_CHECKING:
    from codering.analysis.disagreements import Disagreement

ADJUDICATION: Final = "adjudication"
"""What :attr:`codering.codings.Decision.drawn` holds, or begins with, for decisions on what coders differ on."""
NOBODY: Final = "-"
"""Stands for whoever decides as long as nobody did."""
SOURCE: Final = "coder:"


class Choice(StrEnum):
    """What is decided about a disagreement between two coders."""

    ONE = "a"
    TWO = "b"
    BOTH = "both"
    NEITHER = "neither"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Other:
    """A coding that neither coder gave.

    Attributes
    ----------
    code, stance, segment
        What it says, and of which words of the turn.
    """

    code: str
    stance: Stance
    segment: Segment


@dataclass(frozen=True, slots=True)
class Case:
    """A disagreement, with what was decided about it.

    Attributes
    ----------
    disagreement
        What the coders gave.
    choice
        What was decided; None as long as it is open.
    others
        What was added instead, for :attr:`Choice.OTHER`.
    reason, time
        Of the decision; empty if it is open.
    """

    disagreement: Disagreement
    choice: Choice | None = None
    others: tuple[Decision, ...] = ()
    reason: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Adjudication:
    """How far the adjudication between two coders is.

    Attributes
    ----------
    name
        Of the third set: a coder in the project.
    coders
        Between whom.
    cases
        All disagreements, what matters most first.
    agreed
        How many codings both gave.
    begun
        Whether what both gave was taken over.
    """

    name: str
    coders: tuple[str, str]
    cases: tuple[Case, ...]
    agreed: int
    begun: bool

    @property
    def open(self) -> tuple[Case, ...]:
        """What is still to be decided."""
        return tuple(case for case in self.cases if case.choice is None)


def third_sets(decisions: Iterable[Decision]) -> frozenset[str]:
    """The names of sets in which disagreements were decided.

    They are compared with nobody, and count in results only if they are chosen: half of one lacks what is still open.
    """
    return frozenset(one.coder for one in decisions if one.drawn.startswith(ADJUDICATION))


def third_set(coders: Sequence[str], by: str) -> str:
    """The usual name of the set in which somebody decides between two coders.

    Raises
    ------
    AgreementError
        If nobody's name is given.
    CoderingError
        If the name is not usable (:mod:`codering.project.signing`).
    """
    if not by.strip():
        raise AgreementError("Give the name of whoever decides.")
    return f"{' + '.join(coders)} ({coder_name(by)})"


def proposal(coding: Coding) -> Suggestion:
    """What a coder gave, as something that can be accepted or rejected."""
    return Suggestion(coding.segment, coding.code, coding.stance, f"{SOURCE}{coding.coder}", 1.0)


def mark(disagreement: Disagreement) -> str:
    """What :attr:`codering.codings.Decision.drawn` holds for what was added instead of what the coders gave."""
    return f"{ADJUDICATION}:{disagreement.key}"


def case_of(disagreement: Disagreement, answers: Mapping[str, Decision]) -> Case:
    """What was decided about a disagreement.

    `answers` holds by proposal, or by its own id if something was added, each decision that holds.
    """
    one = [answers.get(proposal(coding).id) for coding in disagreement.one]
    two = [answers.get(proposal(coding).id) for coding in disagreement.two]
    given = [answer for answer in (*one, *two) if answer is not None]
    if len(given) < len(one) + len(two):
        return Case(disagreement)
    added = mark(disagreement)
    others = tuple(answer for answer in answers.values() if answer.drawn == added)
    last = max(given, key=lambda answer: answer.time)
    right = [any(answer is not None and answer.verdict is Verdict.ACCEPT for answer in side) for side in (one, two)]
    if all(right):
        choice = Choice.BOTH
    elif any(right):
        choice = Choice.ONE if right[0] else Choice.TWO
    elif others:
        choice = Choice.OTHER
    elif one and two:
        choice = Choice.NEITHER
    else:  # what only one of them gave was rejected: the other, who left it out, was right
        choice = Choice.TWO if one else Choice.ONE
    return Case(disagreement, choice, others, last.reason, last.time)
