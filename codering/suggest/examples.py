"""The examples of a codebook, run as tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from codering.codebooks import Code, Codebook, Example, Rule
from codering.codings import Stance, Suggestion
from codering.errors import Message, Problem
from codering.suggest.rules import RuleSuggester
from codering.tables import Cell, Column, Kind, Table
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
        Whether it went as the codebook says.
    why
        What happened, if it did not pass.
    """

    kind: ExampleKind
    code: str
    rule: str
    text: str
    passed: bool
    why: Message | None = None

    @property
    def binding(self) -> bool:
        """Whether it must pass. A code's examples are information: its rules need not find them all."""
        return self.kind in ("yes", "no")


@dataclass(frozen=True, slots=True)
class _Trial:
    """One example, ready to try."""

    kind: ExampleKind
    code: Code
    rule: Rule | None
    text: str
    stance: Stance | None = None


def run_examples(codebook: Codebook) -> tuple[ExampleResult, ...]:
    """Try every example of a codebook: the rules' own sentences, and those of the codes.

    A rule's sentences and a code's examples are tried as if the context that a rule asks for (speaker, question, turn
    before) held; a code's near misses are tried without any context.
    """
    trials = [*_trials(codebook)]
    transcripts = [_alone(str(place), trial.text) for place, trial in enumerate(trials)]
    suggester = RuleSuggester(codebook)
    alone = _by_transcript(suggester.suggest_alone(transcripts))
    plain = _by_transcript(suggester.suggest(transcripts))
    results = []
    for place, trial in enumerate(trials):
        found = (plain if trial.kind == "near miss" else alone).get(str(place), [])
        if trial.rule is None:
            results.append(_of_code(trial, found))
        else:
            results.append(_of_rule(trial, trial.rule, found, suggester, transcripts[place]))
    return tuple(results)


def failures(checked: Codebook | Sequence[ExampleResult]) -> tuple[Problem, ...]:
    """What is wrong with the examples of rules: of a codebook, or among results that are there already."""
    results = run_examples(checked) if isinstance(checked, Codebook) else checked
    return tuple(_problem(result) for result in results if result.binding and not result.passed)


def _problem(result: ExampleResult) -> Problem:
    why = result.why or Message("nothing is known about it")
    if result.kind == "yes":
        return Problem(result.rule, "", "the rule must match “{text}”, but {why}", text=result.text, why=why)
    return Problem(result.rule, "", "the rule must not match “{text}”, but {why}", text=result.text, why=why)


def examples_table(results: Sequence[ExampleResult]) -> Table:
    """Per code: how many examples there are and how many went as the codebook says."""
    rows: list[tuple[Cell, ...]] = []
    for code in dict.fromkeys(result.code for result in results):
        mine = [result for result in results if result.code == code]
        cells: list[int] = []
        for kind in ("yes", "no", "example", "near miss"):
            of_kind = [result for result in mine if result.kind == kind]
            cells += [sum(result.passed for result in of_kind), len(of_kind)]
        rows.append((code, *cells))
    return Table(
        key="examples",
        title="Examples",
        columns=(
            Column("code", "Code"),
            Column("yes_passed", "Must match: right", Kind.COUNT),
            Column("yes", "Must match", Kind.COUNT),
            Column("no_passed", "Must not match: right", Kind.COUNT),
            Column("no", "Must not match", Kind.COUNT),
            Column("examples_found", "Examples found", Kind.COUNT),
            Column("examples", "Examples", Kind.COUNT),
            Column("near_misses_left", "Near misses left alone", Kind.COUNT),
            Column("near_misses", "Near misses", Kind.COUNT),
        ),
        rows=tuple(rows),
        notes=(
            Message("The sentences of a rule must all go right. A code's examples and near misses are information."),
        ),
    )


def _trials(codebook: Codebook) -> Iterator[_Trial]:
    for code in codebook:
        for rule in code.rules:
            yield from (_Trial("yes", code, rule, text) for text in rule.matches)
            yield from (_Trial("no", code, rule, text) for text in rule.misses)
        yield from (_of_example("example", code, example) for example in code.examples)
        yield from (_of_example("near miss", code, example) for example in code.near_misses)


def _of_example(kind: ExampleKind, code: Code, example: Example) -> _Trial:
    return _Trial(kind, code, None, example.text, example.stance)


def _alone(name: str, text: str) -> Transcript:
    return Transcript(name, (Turn(1, "P", text),), (Speaker("P"),))


def _by_transcript(suggestions: Iterable[Suggestion]) -> dict[str, list[Suggestion]]:
    found: dict[str, list[Suggestion]] = {}
    for suggestion in suggestions:
        found.setdefault(suggestion.segment.transcript, []).append(suggestion)
    return found


def _of_rule(
    trial: _Trial, rule: Rule, found: list[Suggestion], suggester: RuleSuggester, transcript: Transcript
) -> ExampleResult:
    mine = [suggestion for suggestion in found if suggestion.source == f"rule:{rule.id}"]
    why = None
    if bool(mine) != (trial.kind == "yes"):
        why = _found_by(mine) if mine else suggester.why_not(rule.id, transcript)
    return ExampleResult(trial.kind, trial.code.id, rule.id, trial.text, why is None, why)


def _of_code(trial: _Trial, found: list[Suggestion]) -> ExampleResult:
    mine = [suggestion for suggestion in found if suggestion.code == trial.code.id]
    why = None
    if trial.kind == "near miss":
        why = _found_by(mine) if mine else None
    elif not any(suggestion.stance is trial.stance for suggestion in mine):
        why = _found_by(mine) if mine else Message("no rule of the code finds it")
    return ExampleResult(trial.kind, trial.code.id, "", trial.text, why is None, why)


def _found_by(found: list[Suggestion]) -> Message:
    shown = "; ".join(
        f"{one.source.removeprefix('rule:')} ({one.stance.value}): "
        + " … ".join(evidence.words for evidence in one.evidence if evidence.kind == "match")
        for one in found
    )
    return Message("it is found by {rules}", rules=shown)
