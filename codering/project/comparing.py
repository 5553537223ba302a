"""What a project can say about coders: how far they agree, and on what they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from codering.codings import standing
from codering.errors import AgreementError
from codering.project.counting import WithCounts

if TYPE_CHECKING:
    from codering.analysis.agreement import Level
    from codering.analysis.comparison import Comparison, Scope
    from codering.tables import Table


class WithComparisons(WithCounts):
    """A project's coders, side by side."""

    def read_turns(self, coders: Iterable[str]) -> dict[str, frozenset[tuple[str, int]]]:
        """By coder, the participants' turns that the coder read.

        A coder who marked turns of a transcript as read, read those and the ones coded there; a coder who only coded
        is taken to have read the whole transcript.
        """
        marked: dict[tuple[str, str], set[int]] = defaultdict(set)
        touched: dict[tuple[str, str], set[int]] = defaultdict(set)
        for decision in standing(self.decisions()):
            if decision.segment is not None:
                place = (decision.coder, decision.segment.transcript)
                touched[place].add(decision.segment.turn)
                if decision.code is None:
                    marked[place].add(decision.segment.turn)
        read: dict[str, frozenset[tuple[str, int]]] = {}
        for coder in coders:
            turns: set[tuple[str, int]] = set()
            for transcript in self.transcripts():
                place = (coder, transcript.name)
                own = {turn.number for turn in transcript.participant_turns() if turn.text.strip()}
                if place in touched:
                    turns |= {(transcript.name, n) for n in (own & touched[place] if marked[place] else own)}
            read[coder] = frozenset(turns)
        return read

    def comparison(self, coders: Sequence[str], *, level: Level = "turn", scope: Scope | None = None) -> Comparison:
        """Put coders side by side.

        Parameters
        ----------
        coders
            Two or more, as they are named in the decisions.
        level
            ``turn`` or ``segment``.
        scope
            Which codes, themes, transcripts and waves; None for all.

        Raises
        ------
        AgreementError
            If a coder is unknown, the scope names what is not there, or no turn was read by two of the coders.
        """
        from codering.analysis.comparison import Comparison, Scope, compared

        known = self.coders()
        chosen = tuple(dict.fromkeys(coders))
        if len(chosen) < 2 or any(coder not in known for coder in chosen):
            raise AgreementError(
                "Name two different coders of this project; found {found}. The project has: {known}.",
                found=", ".join(coders) or "-",
                known=", ".join(known) or "-",
            )
        transcripts, codebook = self.transcripts(), self.codebook
        checked = (scope or Scope()).checked(codebook, transcripts)
        read = self.read_turns(chosen)
        return compared(Comparison(transcripts, codebook, self.codings(), chosen, read, checked, level))

    def agreement(
        self, coders: Sequence[str], *, level: Level = "turn", scope: Scope | None = None, language: str = "nl"
    ) -> tuple[Table, ...]:
        """Compare coders: overall, by theme, by code, on stance, by pair, and what the figures say.

        Parameters
        ----------
        coders, level, scope
            As of :meth:`comparison`.
        language
            Of the labels.

        Raises
        ------
        AgreementError
            As :meth:`comparison`.
        """
        from codering.analysis.agreement_tables import agreement_tables

        return agreement_tables(self.comparison(coders, level=level, scope=scope), language=language)
