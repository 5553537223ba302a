"""Suggestions in a project: who made them, and what is suggested now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codering.codings import Stance, Suggestion
from codering.errors import CoderingError
from codering.project.deciding import new_id, now
from codering.project.holdings import Holdings, Progress
from codering.transcripts import Segment, Transcript

if TYPE_CHECKING:
    from codering.store import Run
    from codering.suggest import Suggester


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one suggester did.

    Attributes
    ----------
    kind, version
        Of the suggester.
    made, new, gone
        How many suggestions it made; how many of those were not current before; how many no longer are.
    """

    kind: str
    version: str
    made: int
    new: int
    gone: int


@dataclass(frozen=True, slots=True)
class SuggestReport:
    """What all suggesters did.

    Attributes
    ----------
    runs
        One for each, in the order in which they ran.
    """

    runs: tuple[RunReport, ...]


class WithSuggestions(Holdings):
    """A project's suggestions."""

    def suggest(self, *, kinds: Sequence[str] = ("rule",), progress: Progress | None = None) -> SuggestReport:
        """Let suggesters run over all transcripts; running again adds nothing that was there.

        Parameters
        ----------
        kinds
            Which: ``rule``.
        progress
            Told after each transcript.

        Raises
        ------
        CoderingError
            If there is no such kind.
        """
        return SuggestReport(tuple(self.run(self._suggester(kind), progress=progress) for kind in kinds))

    def run(
        self, suggester: Suggester, *, settings: Mapping[str, object] | None = None, progress: Progress | None = None
    ) -> RunReport:
        """Let one suggester run, and keep what it suggests with where it came from.

        Parameters
        ----------
        suggester
            Any; what an earlier run of its kind suggested is replaced.
        settings
            What was chosen for this run, to be kept with it.
        progress
            Told after each transcript.
        """
        from codering.store import Run

        version = self.codebook.version
        made = suggester.suggest(self.transcripts(), progress=progress)
        chosen = tuple((key, str(value)) for key, value in (settings or {}).items())
        run = Run(new_id(), suggester.kind, suggester.version, version, chosen, now(), len(made))
        changed = self._store.suggestions.refresh(run, made)
        return RunReport(run.kind, run.version, changed.made, changed.new, changed.gone)

    def runs(self) -> tuple[Run, ...]:
        """Every time that a suggester ran, oldest first: with what version, codebook and settings."""
        return self._store.suggestions.runs()

    def suggestions(
        self,
        *,
        transcript: str | None = None,
        source: str = "any",
        code: str | None = None,
        best: bool = False,
        current: bool = True,
    ) -> tuple[Suggestion, ...]:
        """What is suggested for turns of participants, by place.

        Parameters
        ----------
        transcript, code
            Only of this transcript, this code.
        source
            ``any``, a kind (``rule``, ``learned``) or a whole source (``rule:ID``).
        best
            Whether to keep one for each turn, code and stance: that with the highest score; if two score the same, the
            source that comes first in the alphabet, then the first place.
        current
            Whether to leave out what the newest run no longer suggests.
        """
        found = self._store.suggestions.all(transcript=transcript, source=source, code=code, current=current)
        by_name = self._by_name()
        wanted = [one for one in found if _spoken_by_participant(one.segment, by_name)]
        return _best(wanted) if best else tuple(wanted)

    def _suggester(self, kind: str) -> Suggester:
        from codering.suggest.rules import RuleSuggester

        if kind != "rule":
            raise CoderingError("There is no kind of suggestion named {kind}.", kind=kind)
        return RuleSuggester(self.codebook)

    def _suggestion(self, identity: str) -> Suggestion:
        found = self._store.suggestions.with_ids([identity]).get(identity)
        if found is None:
            raise CoderingError("This suggestion is no longer there. Reload the page.")
        return found


def _spoken_by_participant(place: Segment, transcripts: Mapping[str, Transcript]) -> bool:
    # A role that was corrected by hand counts at once, before the suggesters run again.
    transcript = transcripts.get(place.transcript)
    return transcript is not None and transcript.is_participant(transcript.turn(place.turn))


def _best(suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    best: dict[tuple[str, int, str, Stance], Suggestion] = {}
    for one in suggestions:
        key = (one.segment.transcript, one.segment.turn, one.code, one.stance)
        rank = (-one.score, one.source, one.segment)
        if key not in best or rank < (-best[key].score, best[key].source, best[key].segment):
            best[key] = one
    return tuple(sorted(best.values(), key=lambda one: (one.segment, one.code, one.stance, one.source)))
