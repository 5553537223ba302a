"""How much was missed, and how often codes occur: what the turns that were read at random allow to say."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from codering.codings import Verdict
from codering.crosswalk import counted_as, current_codes
from codering.errors import CoderingError, Message
from codering.project.reviewing import WithReview
from codering.rounding import half_up
from codering.tables import Cell, Column, Kind, Table
from codering.transcripts import Place, waves_in_order

if TYPE_CHECKING:
    from codering.analysis.anchoring import Anchoring
    from codering.recall import Estimate, RecallStatement, Tally
    from codering.transcripts import Transcript

By = Literal["code", "theme"]

ANY: Final = "*"
"""The name under which the turns are counted that carry any code at all."""

_REACHED: Final = "For {count} of {all} {all:code|codes} it is established."
_COLUMNS: Final = (
    Column("id", "Id"),
    Column("name", "Code or theme"),
    Column("found", "Turns found", Kind.COUNT),
    Column("drawn", "Random turns", Kind.COUNT),
    Column("hits", "Of those coded", Kind.COUNT),
    Column("missed", "Missed at most", Kind.COUNT),
    Column("recall", "Found at least", Kind.SHARE),
    Column("established", "Established"),
    Column("more", "To read", Kind.COUNT),
)
_WAVE_COLUMNS: Final = (Column("wave", "Wave"), *_COLUMNS[2:])

_ANCHORING: Final = (
    Column("id", "Id"),
    Column("name", "Code"),
    Column("shown", "Suggestions seen", Kind.COUNT),
    Column("shown_share", "Taken over when seen", Kind.SHARE),
    Column("blind", "Suggestions not seen", Kind.COUNT),
    Column("blind_share", "Coded so when not seen", Kind.SHARE),
    Column("difference", "Difference in percentage points", Kind.POINTS),
)


@dataclass(frozen=True, slots=True)
class Missed:
    """The answer to "how much did we miss?".

    Attributes
    ----------
    overall
        About the turns that carry any code.
    statements
        One for each code or theme, in the codebook's order; all are true together with the confidence that was asked.
    conclusions
        What may be said, in plain words: the verdict on the whole, for how many codes it is established, what to do.
    assumptions
        What it rests on.
    table
        The statements as a table.
    """

    overall: RecallStatement
    statements: tuple[RecallStatement, ...]
    conclusions: tuple[Message, ...]
    assumptions: tuple[Message, ...]
    table: Table


class WithMissed(WithReview):
    """A project that knows what it does not know."""

    def to_read(self, size: int, *, coder: str | None = None) -> tuple[Place, ...]:
        """The next turns to read at random: transcript and number of the turn, in the order in which to read them.

        Parameters
        ----------
        size
            How many.
        coder
            Who reads; None for the team: turns that anyone read are left out then.

        Raises
        ------
        CoderingError
            If less than one turn is asked for, or the coder is known in another spelling.
        """
        if coder is not None:
            coder = self.signed(coder)
        if size < 1:
            raise CoderingError("Ask for one turn or more; found {size}.", size=size)
        read = {
            decision.segment.place
            for decision in self._now().all_standing()
            if decision.verdict is Verdict.READ and decision.segment and coder in (None, decision.coder)
        }
        return tuple(place for place in self.sample().order if place not in read)[:size]

    def tallies(self, *, by: By = "code", coder: str | None = None) -> tuple[Tally, ...]:
        """What was found of each code or theme, at random and otherwise; the first is of turns with any code.

        Parameters
        ----------
        by
            Of codes (a theme's own included) or of themes with all their codes.
        coder
            Whose work; None for everyone's together.

        Raises
        ------
        CoderingError
            If this coder decided nothing.
        """
        from codering.recall import tally

        self._known(coder)
        groups = {ANY: self._any()} | self._groups(by)
        return tally(self.transcripts(), self.decisions(), groups, coder, self.sample(coder))

    def estimates(
        self, *, by: By = "theme", coder: str | None = None, confidence: float = 0.95
    ) -> tuple[Estimate, ...]:
        """How many turns carry each theme or code: those found, and an estimate of all with its interval.

        See :func:`codering.recall.estimates`; `by` and `coder` as of :meth:`tallies`, without the first.
        """
        from codering.recall import estimates

        return estimates(self.tallies(by=by, coder=coder)[1:], confidence)

    def missed(
        self,
        *,
        by: By = "code",
        coder: str | None = None,
        target: float = 0.9,
        confidence: float = 0.95,
        language: str = "nl",
    ) -> Missed:
        """Say how much was missed, as far as the turns that were read at random allow.

        Parameters
        ----------
        by, coder
            As of :meth:`tallies`. Fewer statements need less reading: themes less than codes.
        target
            The share of the turns with a code that should have been found, above 0 and at most 1.
        confidence
            With which all statements are true together, one-sided, above 0 and below 1.
        language
            Of the labels.
        """
        from codering.recall import recall_statements

        tallies = self.tallies(by=by, coder=coder)
        overall, *statements = recall_statements(tallies, target=target, confidence=confidence)
        names = {theme.id: theme.label for theme in self.codebook.themes} if by == "theme" else {}
        labels = names or {code.id: code.label for code in self.codebook}
        shown = {identity: label.in_language(language) for identity, label in labels.items()}
        said = tuple(statements)
        table = Table("missed", "How much was missed", _COLUMNS, tuple(_row(one, shown[one.code]) for one in said))
        return Missed(
            overall=overall,
            statements=said,
            conclusions=tuple(_conclusions(overall, said, by, tallies[0].unused)),
            assumptions=tuple(_assumptions(overall, said)),
            table=table,
        )

    def missed_by_wave(self, *, coder: str | None = None, target: float = 0.9, confidence: float = 0.95) -> Table:
        """Say for each wave how much was missed of the turns that carry any code.

        Parameters
        ----------
        coder, target, confidence
            As of :meth:`missed`; the statements on all waves are true together with this confidence.

        Returns
        -------
        Table
            A row for each wave in the order of their dates; none where the transcripts have fewer than two waves.

        Notes
        -----
        A wave has a sample of its own, begun when its own last transcript was added: what was drawn of the first wave
        before the second came stays a sample of the first, though it is none of all transcripts.
        """
        from codering.recall import recall_statements

        transcripts = self.transcripts()
        waves = waves_in_order(transcripts)
        if len(waves) < 2:
            return Table("missed_by_wave", "How much was missed, by wave", _WAVE_COLUMNS, ())
        tallies = [self._tally_of([one for one in transcripts if one.wave == wave], coder) for wave in waves]
        said = recall_statements(tallies, target=target, confidence=confidence)
        rows = tuple(_row(one, wave)[1:] for one, wave in zip(said, waves, strict=True))
        note = Message(
            "Of turns that carry any code. Each wave has its own sample; the lines are true together with "
            "{confidence}% confidence.",
            confidence=f"{100 * confidence:g}",
        )
        return Table("missed_by_wave", "How much was missed, by wave", _WAVE_COLUMNS, rows, notes=(note,))

    def _tally_of(self, transcripts: Sequence[Transcript], coder: str | None) -> Tally:
        """What was found of any code in some transcripts, in a sample that began when the last of them was added."""
        from codering.recall import random_sample, tally

        names = {one.name for one in transcripts}
        added = {held.name: held.origin.added for held in self.describe_transcripts()}
        since = max(added[name] for name in names)
        standing = self._now().all_standing()
        sample = random_sample(transcripts, standing, self.seed, since=since, coder=coder)
        groups = {ANY: self._any()}
        return tally(transcripts, self.decisions(), groups, coder, sample)[0]

    def anchoring(self, *, coder: str | None = None, language: str = "nl") -> Table:
        """How often suggestions are taken over when a coder sees them and when not, by code; see docs/recall.md.

        Parameters
        ----------
        coder
            Whose decisions; None for everyone's.
        language
            Of the labels.

        Raises
        ------
        CoderingError
            If this coder decided nothing.
        """
        from codering.analysis.anchoring import anchoring

        self._known(coder)
        best, every = self._proposals()
        labels = {code.id: code.label.in_language(language) for code in self.codebook}
        found = anchoring(self.decisions(), self.codings(), best, every, coder=coder)
        rows = tuple(
            (
                one.code,
                labels.get(one.code, one.code) if one.code else Message("All codes"),
                one.shown.count,
                one.shown.share,
                one.blind.count,
                one.blind.share,
                one.difference,
            )
            for one in found
        )
        return Table("anchoring", "What seeing a suggestion does", _ANCHORING, rows, notes=_about_anchoring(found[0]))

    def _known(self, coder: str | None) -> None:
        if coder is not None and coder not in self.coders():
            raise CoderingError(
                "There is no coder named {coder} in this project. It has: {known}.",
                coder=coder,
                known=", ".join(self.coders()) or "-",
            )

    def _any(self) -> tuple[str, ...]:
        """Every code of today, and those of earlier versions that became one or more of them."""
        earlier = (code for code in self._earlier() if current_codes(self.codebook, code))
        return (*(code.id for code in self.codebook), *earlier)

    def _groups(self, by: By) -> dict[str, tuple[str, ...]]:
        """By theme or code of today: the ids, also of earlier versions, that count for it."""
        codes = [(code.id, code.theme if by == "theme" else code.id) for code in self.codebook]
        codes += [(code, counted_as(self.codebook, code, by) or "") for code in self._earlier()]
        wanted = dict.fromkeys(place for _, place in codes if place)
        return {place: tuple(code for code, counts_for in codes if counts_for == place) for place in wanted}

    def _earlier(self) -> tuple[str, ...]:
        decided = dict.fromkeys(decision.code for decision in self.decisions() if decision.code is not None)
        return tuple(code for code in decided if code not in self.codebook)


def _row(one: RecallStatement, label: str) -> tuple[Cell, ...]:
    verdict = Message("yes") if one.established else Message("no")
    missed, more = (math.nan if figure is None else figure for figure in (one.missed_at_most, one.more))
    return one.code, label, one.found, one.drawn, one.hits, missed, one.recall_at_least, verdict, more


def _conclusions(overall: RecallStatement, said: tuple[RecallStatement, ...], by: By, unused: int) -> Iterator[Message]:
    target, confidence = f"{100 * overall.target:g}", f"{100 * overall.confidence:g}"
    if not overall.drawn:
        yield Message("Not established: no turns were read at random, so nothing can be said about what was missed.")
    elif overall.established:
        yield Message(
            "With {confidence}% confidence at least {target}% of all turns that carry a code were found.",
            confidence=confidence,
            target=target,
        )
    else:
        yield Message(
            "Not established: it has not been shown that at least {target}% of all turns that carry a code were found.",
            target=target,
        )
    if overall.drawn:
        yield Message(
            "Turns read at random of which nobody knew yet whether they carry a code: {drawn}; {hits} did.",
            drawn=overall.drawn,
            hits=overall.hits,
        )
    yield from overall.figures[1:]
    if unused:
        yield Message(
            "{unused} {unused:turn that was|turns that were} read at random {unused:does|do} not count yet: a "
            "turn that was drawn before was skipped. Read the skipped turns first.",
            unused=unused,
        )
    if (advice := overall.advice) is not None:
        yield advice
    if overall.drawn and said:
        reached = "For {count} of {all} {all:theme|themes} it is established." if by == "theme" else _REACHED
        yield Message(reached, count=sum(one.established for one in said), all=len(said))


def _assumptions(overall: RecallStatement, said: tuple[RecallStatement, ...]) -> Iterator[Message]:
    from codering.recall.saying import ASSUMES_GROUPS, ASSUMES_TURNS, Design

    if not overall.drawn:
        return
    designs = {one.design for one in (overall, *said)}
    yield Message(
        "All these statements are true together with {confidence}% confidence: they share the risk of error (Holm).",
        confidence=f"{100 * overall.confidence:g}",
    )
    yield ASSUMES_GROUPS if Design.GROUPS in designs else ASSUMES_TURNS
    yield Message(
        "It is about the turns of participants in these transcripts, and about what these readers call a code; not "
        "about groups that were not held."
    )


def _about_anchoring(overall: Anchoring) -> tuple[Message, ...]:
    interval = overall.reason or Message(
        "Difference over all codes: between {low} and {high} percentage points (95%).",
        low=int(half_up(100 * overall.low)),
        high=int(half_up(100 * overall.high)),
    )
    return (
        interval,
        Message(
            "Taken over: the coder gave the turn the code that was suggested. Seen: a suggestion was visible for that "
            "turn. What was accepted in bulk does not count."
        ),
        Message(
            "If other turns were read without suggestions than with them, the difference is also one between turns. "
            "Read turns drawn at random without suggestions to know what seeing does."
        ),
    )
