"""Deciding what two coders differ on: a third set of codings, every step of which can be traced.

No table of its own: what a coder gave becomes a proposal with the source ``coder:NAME``, and whoever adjudicates
accepts or rejects it, as a suggestion of a machine is accepted or rejected. So each decision says what it answers, by
whom, when and why; undo, redo and the fold to codings are those of every other decision. The third set is a coder of
its own, named after who decides and between whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from codering.codings import Coding, Decision, Stance, Suggestion, Verdict
from codering.errors import AgreementError, Message
from codering.project.comparing import WithComparisons
from codering.project.deciding import Act
from codering.project.thirds import ADJUDICATION, third_sets
from codering.transcripts import Segment

if TYPE_CHECKING:
    from codering.analysis.comparison import Comparison, Scope
    from codering.analysis.disagreements import Disagreement
    from codering.analysis.methods import Conduct
    from codering.tables import Table

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


class WithAdjudication(WithComparisons):
    """A project in which disagreements are decided."""

    def adjudication(
        self, coders: Sequence[str], *, by: str, scope: Scope | None = None, name: str | None = None
    ) -> Adjudication:
        """What two coders differ on, and what was decided so far.

        Transcripts that are still coded blind are left out.

        Parameters
        ----------
        coders
            Two.
        by
            Who decides.
        scope
            Which codes, themes, transcripts and waves; None for all.
        name
            Of the third set; None for the usual one.

        Raises
        ------
        AgreementError
            If a coder is unknown or no turn was read by both.
        """
        from codering.analysis.disagreements import agreed, disagreements

        comparison = self._open_comparison(coders, by, scope)
        third = name or third_set(coders, by)
        answers = self._answers(third)
        cases = tuple(_case(one, answers) for one in disagreements(comparison))
        both = agreed(comparison)
        begun = all(_proposal(coding).id in answers for coding in both)
        return Adjudication(third, (comparison.coders[0], comparison.coders[1]), cases, len(both), begun)

    def take_over_agreed(
        self, coders: Sequence[str], *, by: str, scope: Scope | None = None, name: str | None = None
    ) -> int:
        """Take over into the third set what both coders gave, and mark the turns that both read as read.

        Done again, it adds only what was not there yet. It is one act, undone in one step.

        Returns
        -------
        int
            How many codings were taken over.

        Raises
        ------
        AgreementError
            As :meth:`adjudication`.
        """
        from codering.analysis.disagreements import agreed

        comparison = self._open_comparison(coders, by, scope)
        third = name or third_set(coders, by)
        answers, read = self._answers(third), self.read_turns([third])[third]
        known = self._by_name()
        marked = read if third in self.coders() else frozenset[tuple[str, int]]()
        turns = [known[place].whole(known[place].turn(turn)) for place, turn in sorted(comparison.of_all - marked)]
        proposals = [one for one in map(_proposal, agreed(comparison)) if one.id not in answers]
        acts = [Act(Verdict.READ, segment=turn, drawn=ADJUDICATION) for turn in turns]
        acts += [Act(Verdict.ACCEPT, one, drawn=ADJUDICATION) for one in proposals]
        if acts:
            self.decide_all(acts, coder=third)
        return len(proposals)

    def adjudicate(
        self,
        disagreement: Disagreement,
        choice: Choice | str,
        *,
        coders: Sequence[str],
        by: str,
        reason: str = "",
        others: Sequence[Other] = (),
        name: str | None = None,
        action: str = "",
    ) -> tuple[Decision, ...]:
        """Decide a disagreement; deciding it again replaces what was decided before.

        Parameters
        ----------
        disagreement
            From :meth:`adjudication`.
        choice
            Who is right, both, neither, or something else.
        coders, by, name
            As of :meth:`adjudication`.
        reason
            In the words of whoever decides.
        others
            For :attr:`Choice.OTHER`: what is given instead, in the same turn.
        action
            See :meth:`decide_all`.

        Raises
        ------
        AgreementError
            If `choice` and `others` do not go together.
        CoderingError
            If a coding in `others` is not possible.
        """
        chosen = Choice(choice)
        if (chosen is Choice.OTHER) != bool(others):
            raise AgreementError("“Other” needs a code, a stance and words; another choice takes none.")
        if any((one.segment.transcript, one.segment.turn) != disagreement.place for one in others):
            raise AgreementError("What is given instead must stand in the same turn.")
        third = name or third_set(coders, by)
        right = {Choice.ONE: (True, False), Choice.TWO: (False, True), Choice.BOTH: (True, True)}
        accept = right.get(chosen, (False, False))
        acts = self._taken_back(disagreement, third)
        for codings, accepted in zip((disagreement.one, disagreement.two), accept, strict=True):
            verdict = Verdict.ACCEPT if accepted else Verdict.REJECT
            acts += [Act(verdict, _proposal(one), reason=reason, drawn=ADJUDICATION) for one in codings]
        acts += [
            Act(
                Verdict.ADD,
                segment=one.segment,
                code=one.code,
                stance=one.stance,
                reason=reason,
                drawn=_mark(disagreement),
            )
            for one in others
        ]
        return self.decide_all(acts, coder=third, action=action)

    def adjudication_table(
        self,
        coders: Sequence[str],
        *,
        by: str,
        scope: Scope | None = None,
        name: str | None = None,
        language: str = "nl",
    ) -> Table:
        """All disagreements with their passages, what was decided and why, for a sheet or a file."""
        from codering.analysis.disagreement_tables import DecidedCase, disagreement_table

        found = self.adjudication(coders, by=by, scope=scope, name=name)
        decided = {
            case.disagreement.key: DecidedCase(
                case.choice.value if case.choice else "",
                tuple((one.code or "", one.stance) for one in case.others if one.stance is not None),
                case.reason,
                case.time[:16].replace("T", " "),
            )
            for case in found.cases
        }
        cases = [case.disagreement for case in found.cases]
        return disagreement_table(
            cases, decided, self._by_name(), self.codebook, found.coders, found.name, language=language
        )

    def independent_coders(self) -> tuple[str, ...]:
        """The coders who code by themselves: without the sets in which disagreements were decided."""
        thirds = third_sets(self.decisions())
        return tuple(coder for coder in self.coders() if coder not in thirds)

    def agreement_paragraph(
        self, coders: Sequence[str], *, scope: Scope | None = None, by: str = "", language: str = "nl"
    ) -> tuple[Message, ...]:
        """A paragraph for the methods section with the figures filled in, a message for each sentence.

        Parameters
        ----------
        coders, scope
            As of :meth:`comparison`.
        by
            Who decided disagreements; empty for whoever decided most of these coders', if anybody did.
        language
            Of numbers and labels.

        Raises
        ------
        AgreementError
            As :meth:`comparison`.
        """
        from importlib.metadata import version

        from codering.analysis.methods import Conduct, methods_paragraph

        comparison = self.comparison(coders, scope=scope)
        mine = [one for one in self._now().all_standing() if one.coder in comparison.coders and one.code is not None]
        everywhere = [turn for one in comparison.chosen for turn in one.participant_turns() if turn.text.strip()]
        conduct = Conduct(
            blind=set(comparison.coders) <= set(self.blind_coders),
            seen=sum(one.shown for one in mine) / len(mine) if mine else 0.0,
            turns=len(everywhere),
            version=version("codering"),
        )
        return methods_paragraph(comparison, self._with_decided(conduct, coders, scope, by), language=language)

    def _with_decided(self, conduct: Conduct, coders: Sequence[str], scope: Scope | None, by: str) -> Conduct:
        """The same, with how far whoever decided is; nobody's, if nobody decided."""
        from dataclasses import replace

        who = by or (self.decided_by(coders) if len(set(coders)) == 2 else "")
        if not who:
            return conduct
        found = self.adjudication(coders, by=who, scope=scope)
        return replace(conduct, decided=len(found.cases) - len(found.open), left=len(found.open), by=who)

    def decided_by(self, coders: Sequence[str]) -> str:
        """Who decided most of what these two coders differ on; empty if nobody decided anything."""
        begins = f"{' + '.join(coders)} ("
        counts = Counter(
            one.coder
            for one in self._now().all_standing()
            if one.drawn == ADJUDICATION and one.coder.startswith(begins)
        )
        return max(counts, key=lambda name: counts[name]).removeprefix(begins).removesuffix(")") if counts else ""

    def confusions(
        self,
        coders: Sequence[str],
        *,
        by: str,
        scope: Scope | None = None,
        name: str | None = None,
        language: str = "nl",
    ) -> tuple[Table, ...]:
        """Which codes two coders swap or leave out, where the codebook could be sharper, and the passages.

        What was decided about disagreements is taken into account. Transcripts that are still coded blind are left out.

        Raises
        ------
        AgreementError
            As :meth:`adjudication`.
        """
        from codering.analysis import confusion

        comparison = self._open_comparison(coders, by, scope)
        cases = self.adjudication(coders, by=by, scope=scope, name=name).cases
        third = {
            ((one.segment.transcript, one.segment.turn), one.code)
            for one in self.codings(coder=name or third_set(coders, by))
        }
        decided = [case.disagreement for case in cases if case.choice is not None]
        holds = {(one.place, one.code): (one.place, one.code) in third for one in decided}
        found = confusion.confusions(comparison, holds)
        return (
            confusion.confusion_table(found, comparison, language=language),
            confusion.proposal_table(found, comparison, language=language),
            confusion.passage_table(found, comparison, language=language),
        )

    def _open_comparison(self, coders: Sequence[str], by: str, scope: Scope | None) -> Comparison:
        """The comparison, without transcripts that are still coded blind."""
        from dataclasses import replace

        from codering.analysis.comparison import compared

        if len(set(coders)) != 2:
            raise AgreementError("Disagreements are between two coders; found {count}.", count=len(set(coders)))
        comparison = self.comparison(coders, scope=scope)
        hidden = self.hidden_from(by)
        if not hidden:
            return comparison
        there = tuple(one for one in comparison.transcripts if one.name not in hidden)
        if not any(place not in hidden for place, _ in comparison.units):
            raise AgreementError(
                "These transcripts are still coded blind. Their codings can be seen once everyone is done with them: "
                "{names}.",
                names=", ".join(sorted({place for place, _ in comparison.units})),
            )
        return compared(replace(comparison, transcripts=there))

    def _answers(self, third: str) -> dict[str, Decision]:
        """By proposal, the decision about it that holds; what was added is under the key of its disagreement."""
        found: dict[str, Decision] = {}
        for decision in self._now().all_standing():
            if decision.coder == third and decision.drawn.startswith(ADJUDICATION):
                found[decision.suggestion or decision.id] = decision
        return found

    def _taken_back(self, disagreement: Disagreement, third: str) -> list[Act]:
        """Withdrawals of what was added when this was decided before; answers replace each other by themselves."""
        mark = _mark(disagreement)
        earlier = [one for one in self._answers(third).values() if one.drawn == mark and one.verdict is Verdict.ADD]
        return [Act(Verdict.WITHDRAW, target=one.id, drawn=ADJUDICATION) for one in earlier]


def third_set(coders: Sequence[str], by: str) -> str:
    """The usual name of the set in which somebody decides between two coders.

    Raises
    ------
    AgreementError
        If nobody's name is given.
    """
    if not by.strip():
        raise AgreementError("Give the name of whoever decides.")
    return f"{' + '.join(coders)} ({by.strip()})"


def _proposal(coding: Coding) -> Suggestion:
    """What a coder gave, as something that can be accepted or rejected."""
    return Suggestion(coding.segment, coding.code, coding.stance, f"{SOURCE}{coding.coder}", 1.0)


def _mark(disagreement: Disagreement) -> str:
    return f"{ADJUDICATION}:{disagreement.key}"


def _case(disagreement: Disagreement, answers: dict[str, Decision]) -> Case:
    one = [answers.get(_proposal(coding).id) for coding in disagreement.one]
    two = [answers.get(_proposal(coding).id) for coding in disagreement.two]
    given = [answer for answer in (*one, *two) if answer is not None]
    if len(given) < len(one) + len(two):
        return Case(disagreement)
    mark = _mark(disagreement)
    others = tuple(answer for answer in answers.values() if answer.drawn == mark)
    last = max(given, key=lambda answer: answer.time)
    right = [any(answer is not None and answer.verdict is Verdict.ACCEPT for answer in side) for side in (one, two)]
    if all(right):
        choice = Choice.BOTH
    elif any(right):
        choice = Choice.ONE if right[0] else Choice.TWO
    else:
        choice = Choice.OTHER if others else Choice.NEITHER
    return Case(disagreement, choice, others, last.reason, last.time)
