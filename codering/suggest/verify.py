"""One rule against a batch: what it hits, and how good each hit is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from codering.codebooks import Code, Rule
from codering.codings import Stance
from codering.errors import Message, SuggestionError
from codering.language.stance import Reading
from codering.patterns import Pattern, Phrase, Separable, Word, parts
from codering.suggest.compiling import Compiler
from codering.suggest.hearing import MENTIONED, Batch, Hearing
from codering.suggest.matching import SPAN, Match, Node
from codering.transcripts import Attributes, Speaker

FLOOR: Final = 0.3
"""A hit whose score falls below this is not suggested."""

_BACK: Final = 3  # turns back in which the moderator's question is looked for
_COMPARISON: Final = re.compile(r"(>=|<=|>|<|=)?\s*(.+)", re.DOTALL)
_NUMBER: Final = re.compile(r"-?\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True, eq=False)
class CompiledRule:
    """A rule, ready to look for."""

    code: Code
    rule: Rule
    node: Node
    unless: tuple[Node, ...]
    requires: tuple[Node, ...]
    question: Node | None
    compiler: Compiler

    def lacks(self, part: Pattern, batch: Batch) -> bool:
        """Whether a word or phrase of the pattern is not in the first turn of a batch."""
        if not isinstance(part, Word | Phrase | Separable) or not self.compiler.knows(part):
            return False  # the words of a phrase are not looked for on their own
        return not self.compiler.node(part).find(batch.speech, *batch.bounds(0))

    @property
    def contextual(self) -> bool:
        """Whether it needs to know what other rules suggest."""
        context = self.rule.context
        return context is not None and bool(context.previous or context.neighbour or context.inherit)


@dataclass(frozen=True, slots=True)
class Hit:
    """What one rule found in one turn.

    Attributes
    ----------
    rule
        Which.
    turn
        Number of the turn in the batch.
    match
        Places of the words.
    stance
        Fixed by the rule, or read from the words.
    score
        The rule's weight times the trust in what was found.
    reading
        What decided the stance.
    asked
        Whether the words stand in a question.
    question
        The moderator's turn that counted, and the words in it; None if none did.
    """

    rule: CompiledRule
    turn: int
    match: Match
    stance: Stance
    score: float
    reading: Reading
    asked: bool = False
    question: tuple[int, Match] | None = None


def compile_rule(code: Code, rule: Rule, compiler: Compiler) -> CompiledRule:
    """Compile the patterns of a rule.

    Raises
    ------
    SuggestionError
        If the rule refers to a building block that does not exist.
    """
    asked = rule.context.question if rule.context is not None else None
    try:
        return CompiledRule(
            code=code,
            rule=rule,
            node=compiler.node(rule.pattern),
            unless=tuple(map(compiler.node, rule.unless)),
            requires=tuple(map(compiler.node, rule.requires)),
            question=None if asked is None else compiler.node(asked),
            compiler=compiler,
        )
    except SuggestionError as error:
        raise SuggestionError("Rule {rule}: {reason}", rule=rule.id, reason=error.message) from error


def hits(compiled: CompiledRule, batch: Batch, hearing: Hearing, *, alone: bool = False) -> Iterator[Hit]:
    """The best hit of a rule in each turn that it hits, in order.

    Parameters
    ----------
    compiled
        The rule.
    batch
        The turns.
    hearing
        Reads the stance.
    alone
        Whether to leave out the context (speaker, question, length), to try a rule on a loose sentence.
    """
    best: dict[int, Hit] = {}
    for turn, match in _matches(compiled, batch):
        if guarded(compiled, batch, turn, match):
            continue
        question = None
        if not alone:
            if not _fits(compiled, batch, turn):
                continue
            if compiled.question is not None:
                question = _question(compiled.question, batch, turn)
                if question is None:
                    continue
        hit = _heard(compiled, batch, hearing, turn, match, question)
        if hit.score >= FLOOR and (turn not in best or hit.score > best[turn].score):
            best[turn] = hit
    yield from best.values()


def _matches(compiled: CompiledRule, batch: Batch) -> Iterator[tuple[int, Match]]:
    coded = batch.coded
    for turn, low, high in compiled.node.regions(batch.speech):
        if coded[turn]:
            for match in compiled.node.find(batch.speech, low, high):
                yield turn, match


def guarded(compiled: CompiledRule, batch: Batch, turn: int, match: Match) -> bool:
    """Whether something stands near that forbids the rule, or nothing that it requires."""
    speech = batch.speech
    if compiled.unless:
        low = max(speech.sentences[speech.sentence[match[0]]], match[0] - SPAN)
        high = min(speech.sentences[speech.sentence[match[-1]] + 1], match[-1] + SPAN)
        if any(node.find(speech, low, high) for node in compiled.unless):
            return True
    words = set(match)
    low, high = batch.bounds(turn)
    return not all(any(words.isdisjoint(found) for found in node.find(speech, low, high)) for node in compiled.requires)


def explain(compiled: CompiledRule, batch: Batch, hearing: Hearing) -> Message:
    """Say why a rule finds nothing in the first turn of a batch; context aside."""
    speech = batch.speech
    found = compiled.node.find(speech, *batch.bounds(0))
    if not found:
        absent = [part for part in parts(compiled.rule.pattern) if compiled.lacks(part, batch)]
        shown = ", ".join(dict.fromkeys(map(_written, absent)))
        return Message("the pattern does not match; not found: {parts}", parts=shown or "–")
    for match in found:
        if guarded(compiled, batch, 0, match):
            continue
        score = _heard(compiled, batch, hearing, 0, match, None).score
        return Message("found, but with a score of {score} (a question, or not the speaker's own)", score=score)
    return Message("found, but 'unless' or 'requires' holds it back")


def _written(part: Pattern) -> str:
    """Write a word or phrase as a researcher would."""
    match part:
        case Word(forms):
            return "|".join(forms[:4]) + ("|…" if len(forms) > 4 else "")
        case Phrase(words):
            return " ".join(map(_written, words))
        case Separable(particle, verb):
            return f"{particle}+{verb}"
    return type(part).__name__


def _fits(compiled: CompiledRule, batch: Batch, turn: int) -> bool:
    """Whether length and speaker are as the rule wants them."""
    context = compiled.rule.context
    if context is None:
        return True
    transcript, spoken = batch.turns[turn]
    if context.longest is not None and spoken.words > context.longest:
        return False
    return is_speaker(transcript.speaker(spoken.speaker), context.speaker)


def is_speaker(speaker: Speaker, wanted: Attributes) -> bool:
    """Whether a speaker has attributes; ``>=10`` and the like compare numbers, anything else texts, case aside.

    An attribute that is unknown is not there.
    """
    return all(_compares(speaker.attribute(name), value) for name, value in wanted)


def _compares(found: str | None, wanted: str) -> bool:
    parsed = _COMPARISON.fullmatch(wanted.strip())
    if found is None or parsed is None:
        return False
    sign, value = parsed.groups()
    if sign in (None, "="):
        return found.strip().casefold() == value.strip().casefold()
    number, bound = _NUMBER.search(found), _NUMBER.search(value)
    if number is None or bound is None:
        return False
    left, right = (float(part.group().replace(",", ".")) for part in (number, bound))
    return {">": left > right, ">=": left >= right, "<": left < right, "<=": left <= right}[sign]


def _question(node: Node, batch: Batch, turn: int) -> tuple[int, Match] | None:
    """The words of the moderator's last turn, at most three turns back, that a pattern finds."""
    for earlier in range(turn - 1, max(batch.opens[turn], turn - _BACK) - 1, -1):
        if not batch.coded[earlier]:
            found = node.find(batch.speech, *batch.bounds(earlier))
            return (earlier, found[0]) if found else None
    return None


def _heard(
    compiled: CompiledRule, batch: Batch, hearing: Hearing, turn: int, match: Match, question: tuple[int, Match] | None
) -> Hit:
    rule = compiled.rule
    reading = hearing.read(batch, turn, match)
    if rule.stance is not None:
        # The rule knows better than the cues what its words mean; only whose words they are still counts.
        doubts = tuple(cue for cue in reading.cues if cue.kind in ("reported", "hypothetical"))
        reading = Reading(rule.stance, doubts, reading.trust)
    asked = hearing.asked(batch, match)
    score = rule.weight * reading.trust * (MENTIONED if asked else 1.0)
    return Hit(compiled, turn, match, reading.stance, round(score, 4), reading, asked, question)
