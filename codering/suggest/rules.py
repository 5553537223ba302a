"""Suggestions from the rules of a codebook.

The work is done a batch of transcripts at a time: read the words, look at the words that are new, ask the index for
the few sentences that could hold each rule, look at those word by word, and weigh what was found in its context.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from codering.codebooks import Codebook
from codering.codings import Suggestion
from codering.errors import Message
from codering.language.words import Lexicon
from codering.suggest import Progress
from codering.suggest.compiling import Compiler
from codering.suggest.context import as_they_are, in_context
from codering.suggest.eligibility import talked_of, talked_of_elsewhere, talked_of_within
from codering.suggest.expansion import VERSION as EXPANSION
from codering.suggest.expansion import Expansion
from codering.suggest.hearing import Batch, Hearing
from codering.suggest.matching import Node
from codering.suggest.moderating import Moderating
from codering.suggest.verify import CompiledRule, Hit, compile_rule, explain, hits, hits_alone
from codering.transcripts import Transcript

ENGINE: Final = "5"
"""Changes whenever the same rules could suggest something else for the same words."""

_BATCH: Final = 250_000  # words; bounds the memory of a run, and what asking the index for every rule costs


class RuleSuggester:
    """Suggests what the rules of a codebook find.

    Parameters
    ----------
    codebook
        Whose rules.
    cache_dir
        Where to keep which words the rules' forms stand for; None to keep nothing on disk.
    lexicon
        Words that were met before, to go on with; None to begin anew.
    leave_out
        Ids of rules that are not looked for.

    Raises
    ------
    SuggestionError
        If a rule refers to a building block that does not exist.
    """

    kind: Final = "rule"

    def __init__(
        self,
        codebook: Codebook,
        *,
        cache_dir: Path | None = None,
        lexicon: Lexicon | None = None,
        leave_out: Collection[str] = (),
    ) -> None:
        self.codebook: Final = codebook
        self._expansion = Expansion(lexicon or Lexicon(), cache_dir)
        compiler = Compiler(self._expansion, dict(codebook.blocks))
        self._rules: tuple[CompiledRule, ...] = tuple(
            compile_rule(code, rule, compiler) for code, rule in codebook.rules() if rule.id not in leave_out
        )
        self._openings: tuple[Node, ...] = tuple(compiler.node(topic) for _, topic in codebook.topics())
        self._topics: dict[str, set[Node]] = {}
        for (theme, _), node in zip(codebook.topics(), self._openings, strict=True):
            if theme.core:
                self._topics.setdefault(theme.id, set()).add(node)
        self._moderating = Moderating.compiled(compiler)
        self._hearing = Hearing(compiler)
        self._phrases = compiler.index()

    @property
    def version(self) -> str:
        """The version of the codebook and that of the engine."""
        return f"{self.codebook.version}-{ENGINE}.{EXPANSION}"

    def suggest(self, transcripts: Sequence[Transcript], *, progress: Progress | None = None) -> tuple[Suggestion, ...]:
        """Propose codes for turns of participants; see :class:`codering.suggest.Suggester`."""
        found: list[Suggestion] = []
        done = 0
        for some in batches(transcripts):
            batch = self.batch(some)
            found += self.weighed(self.plain_hits(batch), batch)
            done += len(some)
            if progress is not None:
                progress(done, len(transcripts))
        return tuple(found)

    def batch(self, transcripts: Sequence[Transcript]) -> Batch:
        """Read some transcripts."""
        batch = Batch.of(transcripts, self._expansion, self._phrases)
        batch.leaving = self._moderating.leaving(batch)
        batch.topics = talked_of(set(self._openings), batch)
        batch.within = talked_of_within(self._topics, batch)
        batch.elsewhere = talked_of_elsewhere(batch.within, batch)
        return batch

    def plain_hits(self, batch: Batch) -> list[Hit]:
        """What the rules hit that do not look at what others suggest, in the codebook's order."""
        return [hit for rule in self._rules if not rule.contextual for hit in hits(rule, batch, self._hearing)]

    def weighed(self, plain: Iterable[Hit], batch: Batch) -> list[Suggestion]:
        """Suggestions of what was hit, and of what the rules see in it that look at other suggestions."""
        later = [rule for rule in self._rules if rule.contextual]
        return in_context(plain, later, batch, self._hearing, self.codebook)

    def suggest_alone(self, transcripts: Sequence[Transcript]) -> tuple[Suggestion, ...]:
        """What every rule finds by itself: no other rule, no speaker, no turn before. For trying examples."""
        batch = self.batch(transcripts)
        found = [hit for rule in self._rules for hit in hits_alone(rule, batch, self._hearing)]
        return tuple(as_they_are(found, batch))

    def firings(self, transcripts: Sequence[Transcript], *, moderators: bool = False) -> tuple[Suggestion, ...]:
        """Every hit of every rule by itself, before rules are weighed against each other; for diagnostics.

        Rules fire where the length, the speaker and the question that they want are there; what they want to see
        suggested in the turn before, or by other rules, is not looked at.

        Parameters
        ----------
        transcripts
            Where to look.
        moderators
            Whether to look at the turns of moderators instead of those of participants.
        """
        found: list[Suggestion] = []
        for some in batches(transcripts):
            batch = self.batch(some)
            if moderators:
                batch.coded = ~batch.coded
            found += as_they_are([hit for rule in self._rules for hit in hits(rule, batch, self._hearing)], batch)
        return tuple(found)

    def why_not(self, rule: str, transcript: Transcript) -> Message:
        """Say why a rule finds nothing in the first turn of a transcript."""
        compiled = next(one for one in self._rules if one.rule.id == rule)
        return explain(compiled, self.batch([transcript]), self._hearing)


def batches(transcripts: Sequence[Transcript]) -> Iterator[list[Transcript]]:
    """Transcripts, some at a time."""
    batch: list[Transcript] = []
    letters = 0
    for transcript in transcripts:
        batch.append(transcript)
        letters += sum(len(turn.text) for turn in transcript.turns)
        if letters > _BATCH * 5:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch
