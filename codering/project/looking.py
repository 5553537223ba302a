"""What stands behind a figure: the passages of a number, what a chart draws, a conversation from begin to end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from codering.codings import Coding, Stance
from codering.errors import Message
from codering.project.counting import WithCounts, measure_named
from codering.tables import Cell, Column, Kind, Table

if TYPE_CHECKING:
    from codering.analysis.coders import CodingSet
    from codering.analysis.frequencies import Frequency, Level
    from codering.analysis.intervals import Interval

_COLUMNS: Final = (
    Column("unit", "Unit"),
    Column("theme", "Theme"),
    Column("label", "Label"),
    Column("id", "Id"),
    Column("stance", "Stance"),
    Column("count", "Count", Kind.COUNT),
    Column("of", "Of", Kind.COUNT),
    Column("share", "Share", Kind.SHARE),
    Column("low", "Interval from", Kind.SHARE),
    Column("high", "Interval to", Kind.SHARE),
)


class WithLooks(WithCounts):
    """A project whose figures can be looked into."""

    def passages(
        self,
        code: str,
        *,
        level: Level = "theme",
        stance: Stance = Stance.CONFIRMS,
        by: str = "all",
        unit: str = "",
        coder: str | None = None,
        cuts: Sequence[float] = (),
    ) -> tuple[Coding, ...]:
        """Give the codings behind one number of :meth:`frequencies`, by place.

        Parameters
        ----------
        code
            The id of a theme or, at the level of codes, of a code; or ids with ``+`` between them, of codes that are
            compared together (:class:`codering.analysis.bridging.Topic`).
        level, by, coder, cuts
            As of :meth:`frequencies`.
        stance, unit
            Of which number.

        Raises
        ------
        CoderingError
            If there is no such coder, or nobody has the attribute `by`.
        """
        from codering.analysis.units import unit_of
        from codering.crosswalk import counted_as, current_codes

        chosen, codebook = self.counted_codings(coder), self.codebook
        transcripts = chosen.among(self.transcripts())  # as in the count: they decide the classes of a number
        by_name = {transcript.name: transcript for transcript in transcripts}
        unit_named = unit_of(transcripts, by, cuts=cuts)
        together = frozenset(code.split("+"))

        def counts(one: str) -> bool:
            if len(together) == 1:
                return counted_as(codebook, one, level) == code
            return bool(now := {one} if one in codebook else {*current_codes(codebook, one)}) and now <= together

        found = []
        for coding in chosen.codings:
            transcript = by_name.get(coding.segment.transcript)
            if transcript is None or coding.stance is not stance or not counts(coding.code):
                continue
            turn = transcript.turn(coding.segment.turn)
            if transcript.is_participant(turn) and unit_named(transcript, turn.speaker) == unit:
                found.append(coding)
        return tuple(found)

    def passages_together(
        self, first: str, second: str, *, level: Level = "theme", coder: str | None = None
    ) -> tuple[Coding, ...]:
        """Give the codings of two codes or themes in the turns that confirm both; else as :meth:`passages`."""
        both = [self.passages(code, level=level, coder=coder) for code in (first, second)]
        turns = [{one.segment.place for one in found} for found in both]
        shared = turns[0] & turns[1]
        return tuple(sorted(one for found in both for one in found if one.segment.place in shared))

    def figures(
        self,
        *,
        by: str = "all",
        level: Level = "theme",
        measure: str = "participants",
        coder: str | None = None,
        cuts: Sequence[float] = (),
        language: str = "nl",
    ) -> Table:
        """Give what a chart draws: a row for each unit, code and stance, with count, base, share and interval.

        Parameters
        ----------
        by, level, measure, coder, cuts, language
            As of :meth:`frequencies`.

        Returns
        -------
        Table
            The interval is of the share of participants who confirm it, within each wave, group or transcript or over
            all; NaN for other measures and units, for what is denied, and where fewer than five groups are counted
            together.
        """
        from codering.analysis.frequencies import frequencies
        from codering.analysis.frequency_tables import interval_notes

        counted_in = measure_named(measure)
        chosen = self.counted_codings(coder)
        codebook = self.codebook
        counted = frequencies(chosen.among(self.transcripts()), codebook, chosen.codings, level=level, by=by, cuts=cuts)
        spans = self._spans(chosen, by, level) if counted_in == "participants" else {}
        rows: list[tuple[Cell, ...]] = []
        for f in counted:
            span = spans.get((f.unit, f.code)) if f.stance is Stance.CONFIRMS else None
            low, high = (span.low, span.high) if span else (float("nan"), float("nan"))
            names = (codebook.theme_of(f.code).label, codebook.code(f.code).label)
            shown = tuple(name.in_language(language) for name in names)
            numbers = (f.count(counted_in), f.of(counted_in), f.share(counted_in), low, high)
            rows.append((f.unit, *shown, f.code, f.stance.value, *numbers))
        return Table(
            "figures",
            "Frequencies",
            _COLUMNS,
            tuple(rows),
            (*chosen.notes, *_bases(counted), *interval_notes(tuple(spans.values()))),
        )

    def course(
        self, transcript: str, *, level: Level = "theme", coder: str | None = None, language: str = "nl"
    ) -> Table:
        """Give the codes along one discussion: a row for each coded turn, code and stance, in order.

        Raises
        ------
        CoderingError
            If there is no such transcript or coder.
        """
        from codering.analysis.frequencies import counted

        held, codebook = self.transcript(transcript), self.codebook
        chosen = self.counted_codings(coder)
        seen: dict[tuple[int, str, str], None] = {}
        for coding in chosen.codings:
            place = counted(coding, {held.name: held}, codebook, level)
            if place is not None:
                turn, code = place
                seen[turn.number, code, coding.stance.value] = None
        rows: list[tuple[Cell, ...]] = []
        for number, code, stance in sorted(seen):
            turn = held.turn(number)
            label = codebook.code(code).label.in_language(language)
            rows.append((number, turn.start, held.speaker(turn.speaker).shown, label, code, stance))
        columns = (
            Column("turn", "Turn", Kind.COUNT),
            Column("start", "Time", Kind.SECONDS),
            Column("speaker", "Speaker"),
            Column("label", "Label"),
            Column("id", "Id"),
            Column("stance", "Stance"),
        )
        length = Message("This conversation has {turns} {turns:turn|turns}.", turns=len(held.turns))
        return Table("course", "Along the discussion", columns, tuple(rows), (*chosen.notes, length))

    def _spans(self, chosen: CodingSet, by: str, level: Level) -> dict[tuple[str, str], Interval]:
        """The intervals within each unit that is made of whole focus groups."""
        from codering.analysis.units import unit_of
        from codering.results import participant_intervals

        if by not in ("all", "wave", "group", "transcript"):
            return {}
        transcripts = chosen.among(self.transcripts())
        unit = unit_of(transcripts, by)
        units = dict.fromkeys(unit(transcript, "") for transcript in transcripts)
        return {
            (name, code): interval
            for name in units
            for code, interval in participant_intervals(
                [t for t in transcripts if unit(t, "") == name], self.codebook, chosen, level=level
            ).items()
        }


def _bases(counted: Sequence[Frequency]) -> Iterator[Message]:
    """Say what was counted in, where that is one base."""
    units = {f.unit: f.base for f in counted}
    if len(units) == 1:
        (base,) = units.values()
        yield Message(
            "Counted in {turns} {turns:turn|turns} of {participants} {participants:participant|participants} in "
            "{groups} focus {groups:group|groups}; the moderator's turns do not count.",
            turns=base.turns,
            participants=base.participants,
            groups=base.groups,
        )
