"""What follows from comparing coders: a text for the report, swapped codes, a sharper codebook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from codering.errors import Message
from codering.project.adjudicating import WithAdjudication
from codering.project.thirds import third_set, third_sets

if TYPE_CHECKING:
    from codering.analysis.comparison import Scope
    from codering.analysis.methods import Conduct
    from codering.tables import Table


class WithContrasts(WithAdjudication):
    """A project whose coders are looked at further."""

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
        everywhere = [turn for one in comparison.chosen for turn in one.spoken_turns()]
        conduct = Conduct(
            blind=set(comparison.coders) <= set(self.blind_coders)
            and self.blind_transcripts.issuperset(comparison.groups),
            turns=len(everywhere),
            groups=len(comparison.chosen),
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

        Parameters
        ----------
        coders, by, scope, name
            As of :meth:`adjudication`.
        language
            Of the labels.

        Returns
        -------
        tuple of Table
            Swaps and omissions, proposals, passages.

        Raises
        ------
        AgreementError
            As :meth:`adjudication`.
        """
        from codering.analysis import confusion, proposals

        comparison = self._open_comparison(coders, by, scope)
        cases = self.adjudication(coders, by=by, scope=scope, name=name).cases
        third = {(one.segment.place, one.code) for one in self.codings(coder=name or third_set(coders, by))}
        decided = [case.disagreement for case in cases if case.choice is not None]
        holds = {(one.place, one.code): (one.place, one.code) in third for one in decided}
        found = confusion.confusions(comparison, holds)
        return (
            confusion.confusion_table(found, comparison, language=language),
            proposals.proposal_table(found, comparison, language=language),
            confusion.passage_table(found, comparison, language=language),
        )
