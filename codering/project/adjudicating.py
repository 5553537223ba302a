"""Deciding what two coders differ on: a third set of codings, every step of which can be traced.

No table of its own: what a coder gave becomes a proposal with the source ``coder:NAME``, and whoever adjudicates
accepts or rejects it, as a suggestion of a machine is accepted or rejected. So each decision says what it answers, by
whom, when and why; undo, redo and the fold to codings are those of every other decision. The third set is a coder of
its own, named after who decides and between whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from codering.codings import Decision, Verdict
from codering.errors import AgreementError
from codering.project.comparing import WithComparisons
from codering.project.deciding import Act
from codering.project.thirds import (
    ADJUDICATION,
    Adjudication,
    Choice,
    Other,
    case_of,
    mark,
    proposal,
    third_set,
)

if TYPE_CHECKING:
    from codering.analysis.comparison import Comparison, Scope
    from codering.analysis.disagreements import Disagreement
    from codering.tables import Table


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
        cases = tuple(case_of(one, answers) for one in disagreements(comparison))
        both = agreed(comparison)
        begun = bool(answers) and all(proposal(coding).id in answers for coding in both)
        return Adjudication(third, (comparison.coders[0], comparison.coders[1]), cases, len(both), begun)

    def take_over_agreed(
        self, coders: Sequence[str], *, by: str, scope: Scope | None = None, name: str | None = None
    ) -> int:
        """Take over into the third set what both coders gave, and mark the turns that both read as read.

        Done again, it adds only what was not there yet. It is one act, undone in one step. For the parameters see
        :meth:`adjudication`.

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
        proposals = [one for one in map(proposal, agreed(comparison)) if one.id not in answers]
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
        if any(one.segment.place != disagreement.place for one in others):
            raise AgreementError("What is given instead must stand in the same turn.")
        third = name or third_set(coders, by)
        right = {Choice.ONE: (True, False), Choice.TWO: (False, True), Choice.BOTH: (True, True)}
        accept = right.get(chosen, (False, False))
        acts = self._taken_back(disagreement, third)
        for codings, accepted in zip((disagreement.one, disagreement.two), accept, strict=True):
            verdict = Verdict.ACCEPT if accepted else Verdict.REJECT
            acts += [Act(verdict, proposal(one), reason=reason, drawn=ADJUDICATION) for one in codings]
        acts += [
            Act(
                Verdict.ADD,
                segment=one.segment,
                code=one.code,
                stance=one.stance,
                reason=reason,
                drawn=mark(disagreement),
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

    def decided_by(self, coders: Sequence[str]) -> str:
        """Who decided most of what these two coders differ on; empty if nobody decided anything."""
        begins = f"{' + '.join(coders)} ("
        counts = Counter(
            one.coder
            for one in self._now().all_standing()
            if one.drawn == ADJUDICATION and one.coder.startswith(begins)
        )
        return max(counts, key=lambda name: counts[name]).removeprefix(begins).removesuffix(")") if counts else ""

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
        added = mark(disagreement)
        earlier = [one for one in self._answers(third).values() if one.drawn == added and one.verdict is Verdict.ADD]
        return [Act(Verdict.WITHDRAW, target=one.id, drawn=ADJUDICATION) for one in earlier]
