"""What a project can count: frequencies, and how much there is in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codering.codings import standing
from codering.errors import CoderingError, Message
from codering.project.kept import Kept
from codering.project.missing import WithMissed
from codering.project.thirds import third_sets
from codering.project.versions import of_earlier_versions

if TYPE_CHECKING:
    from codering.analysis.coders import CodingSet
    from codering.analysis.completeness import Unread
    from codering.analysis.frequencies import Frequency, Level, Measure
    from codering.codebooks import Codebook
    from codering.store import Store
    from codering.tables import Table
    from codering.transcripts import Transcript

COUNTED_CODER = "counted_coder"
"""The setting that names the coder whose codings count where several looked; elsewhere a rule decides."""


class WithCounts(WithMissed):
    """A project's figures. Every figure counts the codings of one set, and says which."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._counted: Final = Kept["CodingSet"]()

    def counted_codings(self, coder: str | None = None) -> CodingSet:
        """Choose the codings that count in results, so that what two coders both saw does not count twice.

        Parameters
        ----------
        coder
            Whose codings count, and nobody else's. Without it, for every transcript: the coder in the project's setting
            ``counted_coder`` if they looked at it; otherwise the coder who did and, of several, the one who read most
            of the project.

        Raises
        ------
        CoderingError
            If there is no such coder.
        CodebookError
            If a code was split and a codebook of before is not what was put in force then.
        """
        return self._counted.get(self._as_of_now(coder), lambda: self._counted_codings(coder))

    def _counted_codings(self, coder: str | None) -> CodingSet:
        from codering.analysis.coders import counted_codings

        turns: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for decision in standing(self.decisions()):
            if decision.segment is not None:
                turns[decision.coder][decision.segment.transcript].add(decision.segment.turn)
        preferred = str(self.setting(COUNTED_CODER, "") or "")
        apart = third_sets(self.decisions()) - {coder, preferred}
        looked = {c: {t: len(n) for t, n in turns[c].items()} for c in self.coders() if c in turns and c not in apart}
        found = counted_codings(
            self.codings(),
            looked,
            coder=coder,
            first=preferred if preferred in looked else None,
            transcripts=[transcript.name for transcript in self.transcripts()],
        )
        notes = (*found.notes, *_without_moderator(found.among(self.transcripts())))
        earlier = of_earlier_versions(self.codebook_versions(), self.codebook, self.decisions(), found.codings)
        found = replace(found, notes=(*notes, *earlier))
        note = self._unread(found).note
        return found if note is None else replace(found, notes=(*found.notes, note), in_part=True)

    def totals(self, *, level: Level = "theme", coder: str | None = None, language: str = "nl") -> Table | None:
        """Estimate how many turns carry each theme or code in all, where not every turn was read; None if all were.

        Parameters
        ----------
        level
            Themes or codes.
        coder
            Whose codings count; see :meth:`counted_codings`.
        language
            Of the labels.

        Raises
        ------
        CoderingError
            If there is no such coder.
        """
        from codering.analysis.completeness import totals_table
        from codering.recall import estimates, tally

        chosen = self.counted_codings(coder)
        if not self._unread(chosen).turns:
            return None
        coder_of = dict(chosen.coder_of)
        coders = set(coder_of.values())
        sample = self.sample(coders.pop() if len(coders) == 1 else None)
        mine = [d for d in self.decisions() if d.segment is None or coder_of.get(d.segment.transcript) == d.coder]
        found = estimates(tally(self.transcripts(), mine, self._groups(level), None, sample))
        rows = [(e.code, e.reviewed, e.total, e.low, e.high, e.drawn, e.hits, e.left) for e in found]
        return totals_table(rows, self.codebook, language=language, what=chosen.notes)

    def _unread(self, chosen: CodingSet) -> Unread:
        from codering.analysis.completeness import unread

        return unread(chosen.among(self.transcripts()), self.decisions(), dict(chosen.coder_of))

    def frequencies(
        self,
        *,
        by: str = "all",
        level: Level = "theme",
        measure: Measure | str = "participants",
        coder: str | None = None,
        cuts: Sequence[float] = (),
        shares: bool = False,
        suppress_below: int = 0,
        language: str = "nl",
    ) -> tuple[Table, ...]:
        """Count themes or codes in what people decided; suggestions are never in it.

        Parameters
        ----------
        by
            ``"all"``, ``"wave"``, ``"group"``, ``"transcript"``, ``"speaker"``, or an attribute of speakers or groups.
        level
            Themes or codes.
        measure
            What a crosstab counts: ``"participants"``, ``"groups"``, ``"turns"``, ``"mentions"`` or ``"words"``.
        coder
            Whose codings count; see :meth:`counted_codings`.
        cuts
            For an attribute that is a number: where its classes begin.
        shares
            Whether a crosstab shows percentages beside the counts.
        suppress_below
            Leave out cells of a crosstab with fewer participants, and what would give them away: 3 or more; 0 leaves
            nothing out.
        language
            Of the labels.

        Returns
        -------
        tuple of Table
            First for people (``"themes"`` with all measures and intervals, or a crosstab), then ``"frequencies"`` for
            programs: a row for each unit, code and stance.

        Raises
        ------
        CoderingError
            If nobody has the attribute, there is no such measure or coder, or `suppress_below` is 1 or 2.
        """
        from codering.analysis.frequencies import frequencies
        from codering.analysis.frequency_tables import long_table, unit_table
        from codering.analysis.withholding import refuse_too_few

        refuse_too_few(suppress_below)
        counted_in = measure_named(measure)
        chosen = self.counted_codings(coder)
        transcripts, codebook = chosen.among(self.transcripts()), self.codebook
        counted = frequencies(transcripts, codebook, chosen.codings, level=level, by=by, cuts=cuts)
        if by == "all":
            shown = _all_measures(counted, transcripts, codebook, chosen, level, language)
        else:
            shown = unit_table(
                counted,
                codebook,
                level=level,
                language=language,
                what=chosen.notes,
                key=f"{level}s_by_{by}",
                title="Themes" if level == "theme" else "Codes",
                measure=counted_in,
                shares=shares,
                suppress_below=suppress_below,
            )
        flat = long_table(counted, codebook, language=language, what=chosen.notes, suppress_below=suppress_below)
        return shown, flat


def measure_named(name: str) -> Measure:
    """Find a measure by its name.

    Raises
    ------
    CoderingError
        If there is none of that name; it says which there are.
    """
    from codering.analysis.frequencies import Measure

    try:
        return Measure(name)
    except ValueError:
        known = ", ".join(Measure)
        raise CoderingError("{found} cannot be counted; choose from {known}.", found=name, known=known) from None


def _all_measures(
    counted: Sequence[Frequency],
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    chosen: CodingSet,
    level: Level,
    language: str,
) -> Table:
    """All transcripts together, with every measure and the intervals of the shares."""
    from codering.analysis.frequency_tables import frequency_table
    from codering.analysis.returning import returning
    from codering.results import participant_intervals

    return frequency_table(
        counted,
        codebook,
        level=level,
        language=language,
        what=(*chosen.notes, *returning(transcripts)),
        key=f"{level}s",
        title="Themes" if level == "theme" else "Codes",
        intervals=participant_intervals(transcripts, codebook, chosen, level=level),
    )


def _without_moderator(transcripts: Sequence[Transcript]) -> tuple[Message, ...]:
    names = [transcript.name for transcript in transcripts if not transcript.led]
    if not names:
        return ()
    return (
        Message(
            "Nobody is a moderator in {names}: whoever led the conversation there counts as a participant. Choose "
            "their role on the page Project.",
            names=", ".join(names),
        ),
    )
