"""How much was missed, and how often codes occur: what the turns that were read at random allow to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

from codering.codings import Verdict
from codering.crosswalk import counting_for, current_codes
from codering.errors import CoderingError
from codering.project.standing import WithStandings
from codering.tables import Table
from codering.transcripts import Place, waves_in_order

if TYPE_CHECKING:
    from codering.recall import Estimate, Tally
    from codering.recall.answer import Missed
    from codering.transcripts import Transcript

By = Literal["code", "theme"]

ANY: Final = "*"
"""The name under which the turns are counted that carry any code at all."""


class WithMissed(WithStandings):
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

        Raises
        ------
        CoderingError
            If this coder decided nothing, or `target` or `confidence` is out of range.
        """
        from codering.recall.answer import answer

        places = self.codebook.themes if by == "theme" else tuple(self.codebook)
        labels = {one.id: one.label.in_language(language) for one in places}
        tallies = self.tallies(by=by, coder=coder)
        return answer(tallies, labels, of=by, target=target, confidence=confidence)

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
        from codering.recall.answer import answer_by_wave

        transcripts = self.transcripts()
        waves = waves_in_order(transcripts)
        if len(waves) < 2:
            return answer_by_wave({}, target=target, confidence=confidence)
        tallies = {wave: self._tally_of([one for one in transcripts if one.wave == wave], coder) for wave in waves}
        return answer_by_wave(tallies, target=target, confidence=confidence)

    def _tally_of(self, transcripts: Sequence[Transcript], coder: str | None) -> Tally:
        """What was found of any code in some transcripts, in a sample that began when the last of them was added."""
        from codering.recall import random_sample, tally

        names = {one.name for one in transcripts}
        added = {held.name: held.origin.added for held in self.describe_transcripts()}
        since = max(added[name] for name in names)
        standing = self._now().all_standing()
        sample = random_sample(transcripts, standing, self.seed, since=since, coder=coder)
        return tally(transcripts, self.decisions(), {ANY: self._any()}, coder, sample)[0]

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
        from codering.analysis.anchoring import anchoring, anchoring_table

        self._known(coder)
        best, every = self._proposals()
        found = anchoring(self.decisions(), self.codings(), best, every, coder=coder)
        return anchoring_table(found, self.codebook, language=language)

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
        """By theme or code of today, the ids that count for it."""
        return counting_for(self.codebook, self._earlier(), by)

    def _earlier(self) -> tuple[str, ...]:
        """Codes that were given and that the codebook no longer has."""
        decided = dict.fromkeys(decision.code for decision in self.decisions() if decision.code is not None)
        return tuple(code for code in decided if code not in self.codebook)
