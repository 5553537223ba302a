"""Learning in a project: what people decided goes in, suggestions and a report come out.

Training reads the project and works on what it read, so that it can run beside a review: nobody waits for it, and what
is decided in the meantime counts the next time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codering.codings import Verdict, standing
from codering.errors import CoderingError
from codering.project.holdings import Progress
from codering.project.reported import WithReports
from codering.project.suggesting import RunReport

if TYPE_CHECKING:
    from codering.suggest.learning.data import Lessons
    from codering.suggest.learning.mixing import Aim
    from codering.suggest.learning.report import LearningReport

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class LearnReport:
    """What training did.

    Attributes
    ----------
    learned
        For each code what it was learned from, or how much more is needed.
    run
        What the suggester that came of it suggests.
    """

    learned: LearningReport
    run: RunReport


class WithLearning(WithReports):
    """A project that learns."""

    def learn(
        self,
        *,
        coder: str | None = None,
        aim: Aim = "balance",
        seed: int = 1,
        progress: Progress | None = None,
    ) -> LearnReport:
        """Train on the decisions so far and refresh the learned suggestions.

        Parameters
        ----------
        coder
            Whose decisions; None for everyone's together.
        aim
            ``balance`` for the best F1, ``recall`` to find nine in ten at the price of more rejections.
        seed
            The same seed and decisions give the same suggestions.
        progress
            Told after each transcript.

        Raises
        ------
        CoderingError
            If nobody of that name decided anything.
        """
        from codering.suggest.learned import LearnedSuggester

        suggester = LearnedSuggester.train(self.codebook, self.lessons(coder), seed=seed, aim=aim)
        settings = {
            "coders": ", ".join(self._learning_from(coder)),
            "turns": suggester.report.reviewed,
            "groups": suggester.report.groups,
            "aim": aim,
            "seed": seed,
        }
        return LearnReport(suggester.report, self.run(suggester, settings=settings, progress=progress))

    def lessons(self, coder: str | None = None) -> Lessons:
        """What there is to learn from: transcripts, rule hits, and what a coder (or everyone) decided.

        Raises
        ------
        CoderingError
            If nobody of that name decided anything.
        """
        from codering.suggest.learning.data import Lessons

        coders = self._learning_from(coder)
        return Lessons(
            self.transcripts(),
            tuple(coding for coding in self.codings() if coding.coder in coders),
            self.turns_decided(coders),
            self._rejected(coders),
            self.suggestions(source="rule"),
        )

    def turns_decided(self, coders: Iterable[str]) -> frozenset[Place]:
        """Participants' turns of which the coders decided everything: codes that they do not carry are not there.

        A turn that was marked as read; and all turns of a transcript in which a coder only added codings, answered no
        suggestion and marked nothing: such codings come from a whole transcript that was coded elsewhere.
        """
        wanted = set(coders)
        marked: set[Place] = set()
        verdicts: dict[tuple[str, str], set[Verdict]] = defaultdict(set)
        for decision in standing(self.decisions()):
            if decision.coder in wanted and decision.segment is not None:
                verdicts[decision.coder, decision.segment.transcript].add(decision.verdict)
                if decision.verdict is Verdict.READ:
                    marked.add((decision.segment.transcript, decision.segment.turn))
        elsewhere = {transcript for (_, transcript), found in verdicts.items() if found == {Verdict.ADD}}
        for transcript in self.transcripts():
            if transcript.name in elsewhere:
                marked |= {(transcript.name, turn.number) for turn in transcript.participant_turns()}
        return frozenset(marked)

    def _rejected(self, coders: Sequence[str]) -> frozenset[tuple[str, int, str]]:
        """Transcript, turn and code of suggestions that were rejected."""
        return frozenset(
            (decision.segment.transcript, decision.segment.turn, decision.code)
            for decision in standing(self.decisions())
            if decision.verdict is Verdict.REJECT and decision.coder in coders and decision.segment and decision.code
        )

    def _learning_from(self, coder: str | None) -> tuple[str, ...]:
        known = self.coders()
        if coder is None:
            return known
        if coder not in known:
            raise CoderingError(
                "Nobody named {name} decided anything in this project. The project has: {known}.",
                name=coder,
                known=", ".join(known) or "-",
            )
        return (coder,)
