"""What a project can say about coders: how far they agree, and on what they differ."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from codering.codings import standing
from codering.errors import AgreementError
from codering.project.counting import WithCounts

if TYPE_CHECKING:
    from codering.analysis.agreement import Level
    from codering.analysis.comparison import Comparison, Scope
    from codering.tables import Table


DOUBLE: Final = "double_sample"
"""The setting that keeps which turns were drawn to be coded twice."""


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

    def plan_double_coding(
        self, *, width: float = 0.3, kappa: float = 0.7, codes: bool = False, language: str = "nl"
    ) -> Table:
        """How many turns to code twice for an interval of κ of this width, by theme or by code.

        Parameters
        ----------
        width
            From the lower to the upper limit.
        kappa
            The agreement that is expected, between 0 and 1.
        codes
            Plan for codes instead of themes.
        language
            Of the labels.

        Raises
        ------
        AgreementError
            If there is no turn of a participant, or a value is out of range.
        """
        from codering.analysis.comparison import codes_of
        from codering.analysis.planning import plan_table, planned
        from codering.recall import participants_turns

        transcripts, codebook = self.transcripts(), self.codebook
        there = set(participants_turns(transcripts))
        if not there:
            raise AgreementError("No turn of a participant was found. Add transcripts first.")
        marks = self.counted_codings().codings or self.suggestions(best=True)
        carriers: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for mark in marks:
            carriers[mark.code].add((mark.segment.transcript, mark.segment.turn))
        groups = len({name for name, _ in there})
        wanted = [(code.id, code.label, {code.id}) for code in codebook]
        if not codes:
            wanted = [(theme.id, theme.label, set(codes_of(theme))) for theme in codebook.themes]
        plans = []
        for id_, label, ids in wanted:
            share = len(there & set().union(*(carriers[one] for one in ids))) / len(there)
            plan = planned(id_, width=width, kappa=kappa, share=share, groups=groups, available=len(there))
            plans.append((label.in_language(language), plan))
        return plan_table(plans, width=width, kappa=kappa, groups=groups)

    def draw_double(self, size: int, *, seed: int | None = None, scope: Scope | None = None) -> Table:
        """Draw turns to be coded twice, at random, spread over the transcripts, and keep which they are.

        Parameters
        ----------
        size
            How many.
        seed
            The same seed gives the same turns of the same transcripts; None for the project's.
        scope
            Only from these transcripts and waves; None for all.

        Raises
        ------
        AgreementError
            If there are not so many turns, or the scope names what is not there.
        """
        from codering.analysis.comparison import Scope
        from codering.recall import drawn_at_random, participants_turns

        chosen = (scope or Scope()).checked(self.codebook, self.transcripts())
        turns = participants_turns(
            one
            for one in self.transcripts()
            if (not chosen.transcripts or one.name in chosen.transcripts)
            and (not chosen.waves or one.wave in chosen.waves)
        )
        if not 1 <= size <= len(turns):
            raise AgreementError("There are {there} turns to draw from; found {size}.", there=len(turns), size=size)
        used = self.seed if seed is None else seed
        places = drawn_at_random(turns, size, used)
        self.set_setting(DOUBLE, json.dumps({"seed": used, "turns": places}, ensure_ascii=False))
        return self.double_sample()

    def double_sample(self) -> Table:
        """The turns that were drawn to be coded twice, with who read them so far.

        Raises
        ------
        AgreementError
            If none were drawn.
        """
        from codering.analysis.planning import drawn_table

        kept = self.setting(DOUBLE)
        if not isinstance(kept, str):
            raise AgreementError("No turns were drawn to be coded twice yet.")
        drawn = json.loads(kept)
        known = {(name, turn.number) for name, one in self._by_name().items() for turn in one.participant_turns()}
        places = [(name, number) for name, number in drawn["turns"] if (name, number) in known]
        return drawn_table(self._by_name(), places, self.read_turns(self.coders()), drawn["seed"])
