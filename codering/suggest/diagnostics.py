"""What is wrong with rules, and what they are worth.

Pure functions on a codebook, transcripts, suggestions and what people decided.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from codering.codebooks import Code, Codebook, Rule
from codering.codings import Suggestion
from codering.errors import Message
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Speaker, Transcript, Turn

ExampleKind = Literal["yes", "no", "example", "near miss"]


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What became of one example.

    Attributes
    ----------
    kind
        ``yes`` and ``no`` are a rule's own sentences; ``example`` and ``near miss`` are a code's.
    code, rule
        Whose example; `rule` is empty for a code's.
    text
        The example.
    passed
        Whether it went as the codebook says. A code's examples are information: rules need not find them all.
    why
        What happened, if it did not pass.
    """

    kind: ExampleKind
    code: str
    rule: str
    text: str
    passed: bool
    why: Message | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """How suggestions compare with what people found.

    Attributes
    ----------
    hits, suggested, wanted
        How many of the suggested are right, how many were suggested, how many there are to find.
    """

    hits: int
    suggested: int
    wanted: int

    @property
    def precision(self) -> float:
        """The share of what was suggested that is right; NaN if nothing was suggested."""
        return self.hits / self.suggested if self.suggested else math.nan

    @property
    def recall(self) -> float:
        """The share of what is there that was suggested; NaN if there is nothing."""
        return self.hits / self.wanted if self.wanted else math.nan

    @property
    def f1(self) -> float:
        """The harmonic mean of both; NaN if nothing was suggested and nothing is there."""
        total = self.suggested + self.wanted
        return 2 * self.hits / total if total else math.nan


def scores(suggested: AbstractSet[object], wanted: AbstractSet[object]) -> Scores:
    """Compare two sets of anything that can be equal, for example turns with a code."""
    return Scores(len(suggested & wanted), len(suggested), len(wanted))


def run_examples(codebook: Codebook) -> tuple[ExampleResult, ...]:
    """Try every example of a codebook: the rules' own sentences, and those of the codes.

    The context that a rule asks for (speaker, question, turn before) is taken to hold.
    """
    asked = [*_asked(codebook)]
    transcripts = [_alone(str(place), text) for place, (*_, text) in enumerate(asked)]
    suggester = RuleSuggester(codebook)
    alone = _by_transcript(suggester.suggest_alone(transcripts))
    # A code's near miss is tried without context: a rule that needs a question does not find it out of the blue.
    plain = _by_transcript(suggester.suggest(transcripts))
    results = []
    for place, (kind, code, rule, text) in enumerate(asked):
        found = (plain if kind == "near miss" else alone).get(str(place), [])
        results.append(_result(kind, code, rule, text, found, suggester, transcripts[place]))
    return tuple(results)


def _by_transcript(suggestions: Iterable[Suggestion]) -> dict[str, list[Suggestion]]:
    found: dict[str, list[Suggestion]] = {}
    for suggestion in suggestions:
        found.setdefault(suggestion.segment.transcript, []).append(suggestion)
    return found


def _asked(codebook: Codebook) -> Iterator[tuple[ExampleKind, Code, Rule | None, str]]:
    for code in codebook:
        for rule in code.rules:
            yield from (("yes", code, rule, text) for text in rule.matches)
            yield from (("no", code, rule, text) for text in rule.misses)
        yield from (("example", code, None, example.text) for example in code.examples)
        yield from (("near miss", code, None, example.text) for example in code.near_misses)


def _alone(name: str, text: str) -> Transcript:
    return Transcript(name, (Turn(1, "P", text),), (Speaker("P"),))


def _result(
    kind: ExampleKind,
    code: Code,
    rule: Rule | None,
    text: str,
    found: list[Suggestion],
    suggester: RuleSuggester,
    transcript: Transcript,
) -> ExampleResult:
    if rule is not None:
        mine = [suggestion for suggestion in found if suggestion.source == f"rule:{rule.id}"]
        passed = bool(mine) == (kind == "yes")
        why = None
        if not passed:
            why = suggester.why_not(rule.id, transcript) if kind == "yes" else _found_by(mine)
        return ExampleResult(kind, code.id, rule.id, text, passed, why)
    mine = [suggestion for suggestion in found if suggestion.code == code.id]
    if kind == "near miss":
        return ExampleResult(kind, code.id, "", text, not mine, _found_by(mine) if mine else None)
    example = next(example for example in code.examples if example.text == text)
    right = [suggestion for suggestion in mine if suggestion.stance is example.stance]
    why = None if right else _found_by(mine) if mine else Message("no rule of the code finds it")
    return ExampleResult(kind, code.id, "", text, bool(right), why)


def _found_by(found: list[Suggestion]) -> Message:
    shown = "; ".join(
        f"{s.source.removeprefix('rule:')} ({s.stance.value}): "
        + " … ".join(evidence.words for evidence in s.evidence if evidence.kind == "match")
        for s in found
    )
    return Message("found by {rules}", rules=shown)
