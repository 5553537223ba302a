"""What a project can say about coders: how far they agree, and on what they differ."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codering.errors import AgreementError
from codering.project.counting import WithCounts
from codering.project.kept import Kept
from codering.project.versions import read_version

if TYPE_CHECKING:
    from codering.analysis.agreement import Level
    from codering.analysis.comparison import Comparison, Scope
    from codering.store import Store
    from codering.tables import Table


DOUBLE: Final = "double_sample"
"""The setting that keeps which turns were drawn to be coded twice."""


class WithComparisons(WithCounts):
    """A project's coders, side by side."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._comparison: Final = Kept["Comparison"]()

    def read_turns(self, coders: Iterable[str]) -> dict[str, frozenset[tuple[str, int]]]:
        """By coder, the participants' turns that the coder read: marked as read, or with a decision in them.

        A coder who only coded by hand in a transcript, or came with codings from elsewhere, is taken to have read all
        of it. Counts and agreement share this: see :func:`codering.analysis.completeness.turns_read`.
        """
        from codering.analysis.completeness import turns_read

        return turns_read(self.decisions(), self.transcripts(), coders)

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
        from codering.analysis.comparison import Scope

        known = self.coders()
        chosen = tuple(dict.fromkeys(coders))
        if len(chosen) < 2 or any(coder not in known for coder in chosen):
            raise AgreementError(
                "Name two different coders of this project; found {found}. The project has: {known}.",
                found=", ".join(coders) or "-",
                known=", ".join(known) or "-",
            )
        scope = scope or Scope()
        state = self._as_of_now(chosen, level, scope)
        return self._comparison.get(state, lambda: self._compared(chosen, level, scope))

    def _compared(self, chosen: tuple[str, ...], level: Level, scope: Scope) -> Comparison:
        from codering.analysis.comparison import Comparison, compared
        from codering.analysis.completeness import taken_as_read

        transcripts, codebook = self.transcripts(), self.codebook
        checked = scope.checked(codebook, transcripts)
        read = self.read_turns(chosen)
        assumed = taken_as_read(self.decisions())
        found = Comparison(transcripts, codebook, self.codings(), chosen, read, checked, level, assumed=assumed)
        there = set(found.units)
        mine = [
            one.shown
            for one in self._now().all_standing()
            if one.coder in chosen and one.code is not None and one.segment is not None and one.segment.place in there
        ]
        return compared(replace(found, seen=sum(mine) / len(mine) if mine else 0.0))

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
            carriers[mark.code].add(mark.segment.place)
        groups = len({name for name, _ in there})
        wanted = [(code.id, code.label, {code.id}) for code in codebook]
        if not codes:
            wanted = [(theme.id, theme.label, set(codes_of(theme))) for theme in codebook.themes]
        plans = []
        for id_, label, ids in wanted:
            share = len(there & set().union(*(carriers[one] for one in ids))) / len(there)
            plan = planned(id_, width=width, kappa=kappa, share=share, groups=groups, available=len(there))
            plans.append((label.in_language(language), plan))
        return plan_table(plans, width=width, kappa=kappa, groups=groups, codes=codes, language=language)

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
            raise AgreementError(
                "There {there:is|are} {there} {there:turn|turns} to draw from; found {size}.",
                there=len(turns),
                size=size,
            )
        used = self.seed if seed is None else seed
        places = drawn_at_random(turns, size, used)
        self.set_setting(DOUBLE, json.dumps({"seed": used, "turns": places}, ensure_ascii=False))
        return self.double_sample()

    @property
    def has_double_sample(self) -> bool:
        """Whether turns were drawn to be coded twice."""
        return isinstance(self.setting(DOUBLE), str)

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

    def with_machine(
        self,
        coders: Sequence[str],
        *,
        source: str = "rule",
        least: float = 0.0,
        scope: Scope | None = None,
        language: str = "nl",
    ) -> Table:
        """Put the suggester beside two coders: whether it agrees with them as well as they agree with each other.

        Parameters
        ----------
        coders
            Two.
        source
            Which suggestions: ``rule``, ``learned`` or ``any``.
        least
            Leave out suggestions that score lower.
        scope
            As of :meth:`comparison`.
        language
            Of the labels.

        Raises
        ------
        AgreementError
            As :meth:`comparison`, or if there are no such suggestions.
        """
        from codering.analysis import machine

        if len(set(coders)) != 2:
            raise AgreementError("A machine is compared with two coders; found {count}.", count=len(set(coders)))
        comparison = self.comparison(coders, scope=scope)
        suggestions = self.suggestions(source=source, best=True)
        if not suggestions:
            raise AgreementError("There are no suggestions of this kind to compare with: {kind}.", kind=source)
        beside = machine.with_machine(comparison, suggestions, least=least)
        return machine.machine_table(beside, language=language, what=source)

    def over_time(
        self, coders: Sequence[str], *, scope: Scope | None = None, language: str = "nl"
    ) -> tuple[Table, ...]:
        """Agreement under each version of the codebook, and how each coder changed over time.

        Parameters
        ----------
        coders, scope
            As of :meth:`comparison`.
        language
            Of the labels.

        Raises
        ------
        AgreementError
            As :meth:`comparison`.
        CodebookError
            If a codebook of before is not what was put in force then.
        """
        from codering.analysis.stability import Version, drift_table, version_table

        comparison, today = self.comparison(coders, scope=scope), self.codebook
        versions = [Version(read_version(one, today), one.time) for one in self.codebook_versions()]
        decisions = self.decisions()
        return (
            version_table(comparison, decisions, versions, language=language),
            *(drift_table(comparison, decisions, coder) for coder in comparison.coders),
        )
