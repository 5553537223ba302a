"""One rule against a batch: what it hits, and how good each hit is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final, NamedTuple

import numpy as np

from codering.codebooks import Code, Rule
from codering.codings import Stance
from codering.errors import Message, SuggestionError
from codering.language.cues import CueKind
from codering.language.stance import PLAIN, Reading
from codering.patterns import Answer, Context, Pattern, Phrase, Separable, Several, Without, Word, parts
from codering.suggest.compiling import Compiler
from codering.suggest.eligibility import eligible, words_asked
from codering.suggest.guarding import Guard
from codering.suggest.hearing import MENTIONED, Batch, Hearing
from codering.suggest.matching import Match, Node, Region
from codering.suggest.places import Turns

FLOOR: Final = 0.3
"""A hit whose score falls below this is not suggested."""

_DOUBTS: Final = frozenset({CueKind.REPORTED, CueKind.HYPOTHETICAL})
_FIXED: Final = {stance: Reading(stance) for stance in Stance}

_NO_CONTEXT: Final = Context()


@dataclass(frozen=True, slots=True, eq=False)
class CompiledRule:
    """A rule, ready to look for."""

    code: Code
    rule: Rule
    node: Node
    guard: Guard
    question: Node | None
    topic: Node | None
    compiler: Compiler

    def lacks(self, part: Pattern, batch: Batch) -> bool:
        """Whether a word or phrase of the pattern is not in the first turn of a batch."""
        if not isinstance(part, Word | Phrase | Separable) or not self.compiler.knows(part):
            return False  # the words of a phrase are not looked for on their own
        return not self.compiler.node(part).find(batch.speech, *batch.bounds(0))

    @property
    def context(self) -> Context:
        """What must hold around it; empty if the rule says nothing."""
        return self.rule.context or _NO_CONTEXT

    @property
    def contextual(self) -> bool:
        """Whether it needs to know what other rules suggest."""
        return self.context.sees_others

    @property
    def looks_around(self) -> bool:
        """Whether it looks at the turns around or at other rules."""
        return self.contextual or self.question is not None or self.topic is not None

    @property
    def counts_alone(self) -> bool:
        """Whether it counts words and looks at nothing around."""
        return isinstance(self.rule.pattern, Several) and not self.looks_around


class Hit(NamedTuple):
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
    context = rule.context or _NO_CONTEXT
    try:
        return CompiledRule(
            code=code,
            rule=rule,
            node=compiler.node(rule.pattern),
            guard=Guard(
                unless=compiler.either(rule.unless),
                unless_in_turn=compiler.either(rule.unless_in_turn),
                requires=tuple(map(compiler.node, rule.requires)),
            ),
            question=None if context.question is None else compiler.node(context.question),
            topic=None if context.topic is None else compiler.node(context.topic),
            compiler=compiler,
        )
    except SuggestionError as error:
        raise SuggestionError("Rule {rule}: {reason}", rule=rule.id, reason=error.message) from error


def regions(compiled: CompiledRule, batch: Batch, among: Turns | None = None) -> Iterable[tuple[int, list[Region]]]:
    """Where a rule is worth looking for, by turn: who speaks, how long and after which question is as it wants.

    A rule of a core theme that does not look at the moderator keeps silent while another core theme is talked of,
    unless it counts words by itself: who says so many of them does not joke. With `among` only those turns count.
    """
    if not compiled.node.possible(batch.speech):
        return ()
    turns = eligible(compiled.rule.context, compiled.question, compiled.topic, batch)
    if among is not None:
        turns = turns & among
    elsewhere = batch.elsewhere.get(compiled.code.theme)
    if elsewhere is not None and compiled.topic is None and compiled.question is None and not compiled.counts_alone:
        turns = turns & ~elsewhere
    if not np.count_nonzero(turns):
        return ()
    return _by_turn(compiled.node, batch, compiled.guard.open_in(batch.speech, turns))


def _by_turn(node: Node, batch: Batch, turns: Turns) -> Iterable[tuple[int, list[Region]]]:
    found: Iterable[Region] = node.regions(batch.speech, turns)
    if not node.local:
        found = sorted(found, key=itemgetter(0, 1, 2))  # sentences come in order
    by_turn: dict[int, list[Region]] = {}
    for region in found:
        by_turn.setdefault(region[0], []).append(region)
    return by_turn.items()


def hits(compiled: CompiledRule, batch: Batch, hearing: Hearing) -> Iterator[Hit]:
    """The best hit of a rule in each turn that it hits, in order."""
    found = (examine(compiled, where, batch, hearing) for _, where in regions(compiled, batch))
    return (hit for hit in found if hit is not None)


def hits_alone(compiled: CompiledRule, batch: Batch, hearing: Hearing) -> Iterator[Hit]:
    """The same, as if the context that the rule wants held everywhere: to try it on loose sentences."""
    everywhere = _by_turn(compiled.node, batch, batch.coded)
    found = (examine(compiled, where, batch, hearing) for _, where in everywhere)
    return (hit for hit in found if hit is not None)


def examine(
    compiled: CompiledRule,
    where: Sequence[Region],
    batch: Batch,
    hearing: Hearing,
    accepted: Callable[[Match], bool] | None = None,
) -> Hit | None:
    """The best hit of a rule in some regions of one turn; None if it finds nothing that may be suggested.

    Parameters
    ----------
    compiled, where, batch, hearing
        What to look for, where, and how it is meant.
    accepted
        Whether a match counts; None if all do.
    """
    best: Hit | None = None
    speech, turn = batch.speech, where[0][0]
    found = (match for _, low, high, node in where for match in node.find(speech, low, high))
    wanted = found if accepted is None else filter(accepted, found)
    for match in compiled.guard.admitted(wanted, speech, turn):
        hit = _heard(compiled, batch, hearing, turn, match)
        if hit.score >= FLOOR and (best is None or hit.score > best.score):
            best = hit
        if hit.score >= compiled.rule.weight:
            return best  # no other match can be better
    return best


def explain(compiled: CompiledRule, batch: Batch, hearing: Hearing) -> Message:
    """Say why a rule finds nothing in the first turn of a batch; context aside."""
    speech = batch.speech
    found = compiled.node.find(speech, *batch.bounds(0))
    if not found:
        absent = [part for part in _sought(compiled.rule.pattern) if compiled.lacks(part, batch)]
        shown = ", ".join(dict.fromkeys(map(_written, absent)))
        return Message("the pattern does not match; not found: {parts}", parts=shown or "–")
    for match in compiled.guard.admitted(found, speech, 0):
        score = _heard(compiled, batch, hearing, 0, match).score
        return Message("found, but with a score of {score} (a question, or not the speaker's own)", score=score)
    return Message("found, but 'unless' or 'requires' holds it back")


def _sought(pattern: Pattern) -> list[Pattern]:
    """The parts of a pattern, without what it excludes."""
    every = [*parts(pattern)]
    excluded = {inner for part in every if isinstance(part, Without) for bar in part.exclude for inner in parts(bar)}
    return [part for part in every if part not in excluded]


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


def _heard(compiled: CompiledRule, batch: Batch, hearing: Hearing, turn: int, match: Match) -> Hit:
    rule = compiled.rule
    stance = rule.stance
    if stance is None and isinstance(rule.pattern, Answer):
        stance = Stance.CONFIRMS if rule.pattern.agrees else Stance.DENIES
    reading = hearing.read(batch, turn, match) if stance is None else hearing.doubts(batch, turn, match)
    if stance is not None and reading is PLAIN:
        reading = _FIXED[stance]
    elif stance is not None:
        # The rule knows better than the cues what its words mean; only whose words they are still counts.
        doubts = tuple(cue for cue in reading.cues if cue.kind in _DOUBTS)
        reading = Reading(stance, doubts, reading.trust)
    asked = hearing.asked(batch, match, reading)
    score = round(rule.weight * reading.trust * (MENTIONED if asked else 1.0), 4)
    return Hit(compiled, turn, match, reading.stance, score, reading, asked, _question(compiled, batch, turn))


def _question(compiled: CompiledRule, batch: Batch, turn: int) -> tuple[int, Match] | None:
    """The moderator's turn that counted, and the words in it; the question rather than the topic."""
    if compiled.question is not None:
        node, before = compiled.question, int(batch.moderated[turn])
    elif compiled.topic is not None:
        node, before = compiled.topic, int(batch.topics[turn])
    else:
        return None
    words = words_asked(node, batch, before)
    return None if words is None else (before, words)
