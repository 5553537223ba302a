"""From the patterns of a codebook to nodes that can be looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from codering.errors import SuggestionError
from codering.language.words import Lexicon, answers, spoken
from codering.patterns import (
    AllOf,
    Answer,
    AnyOf,
    Block,
    Near,
    Number,
    Pattern,
    Phrase,
    Separable,
    Several,
    Without,
    Word,
)
from codering.suggest.combining import Either, Together
from codering.suggest.expansion import NUMERAL, Expansion, Family
from codering.suggest.limiting import Barred, Opening
from codering.suggest.matching import Anything, Between, Node, One, Skipped, Step, Succession
from codering.suggest.phrase_index import PhraseIndex
from codering.suggest.several import Several as Counted
from codering.suggest.verbs_and_numbers import Count, SplitVerb

_GAP: Final = "..."
_ANY: Final = "_"

# Words with which the complement of a preposition begins; after a verb's own particle they are rare.
_OPENING: Final = (
    "=de", "=het", "=een", "=die", "=dat", "=deze", "=dit", "=mijn", "=m'n", "=je", "=jouw", "=zijn", "=z'n", "=haar",
    "=d'r", "=ons", "=onze", "=hun", "=jullie", "=elk", "=elke", "=ieder", "=iedere", "=alle", "=één", "=hem", "=hen",
    "=wie", "=wat", "=welke", "=zo'n", "=basis",
)  # fmt: skip
# Verbs that stand in one cluster with another verb.
_CLUSTER: Final = (
    "=te", "kunnen", "moeten", "mogen", "willen", "zullen", "gaan", "hoeven", "laten", "worden", "zijn", "hebben",
    "blijven", "komen", "doen", "zitten", "staan", "=aan", "=het", "durven", "proberen",
)  # fmt: skip


# What makes a fixed pair with the particle before it: "af en toe", "op en neer", "in en uit".
_PAIRED: Final = ("=toe", "=aan", "=neer", "=uit", "=weer")


class Compiler:
    """Compiles patterns; equal patterns become one node.

    Parameters
    ----------
    expansion
        Gives forms their families.
    blocks
        The codebook's building blocks, by name.
    """

    def __init__(self, expansion: Expansion, blocks: Mapping[str, Pattern]) -> None:
        self._expansion = expansion
        self._blocks = blocks
        self._nodes: dict[Pattern, Node] = {}
        self._phrases: dict[tuple[Step, ...], Succession] = {}
        self._open: list[str] = []
        self._lexicon: Lexicon = expansion.lexicon
        said = spoken()
        self._skipped = Skipped(
            particles=expansion.family(f"={word}" for word in said.particles),
            stopgaps=tuple(
                (expansion.family((f"={first}",)), expansion.family((f"={second}",)))
                for first, second in sorted(said.stopgaps)
            ),
        )

    def family(self, forms: Iterable[str]) -> Family:
        """The family of some forms."""
        return self._expansion.family(forms)

    def knows(self, pattern: Pattern) -> bool:
        """Whether a pattern was compiled before."""
        return pattern in self._nodes

    def node(self, pattern: Pattern) -> Node:
        """The node of a pattern.

        Raises
        ------
        SuggestionError
            If a building block is unknown or refers to itself.
        """
        node = self._nodes.get(pattern)
        if node is None:
            node = self._nodes[pattern] = self._compile(pattern)
        return node

    def _compile(self, pattern: Pattern) -> Node:
        match pattern:
            case Word():
                return self._sequence((pattern,))
            case Phrase(words):
                return self._sequence(words)
            case Separable(particle, verb, within):
                return self._verb(particle, verb, within)
            case Number(minimum, maximum, units):
                return self._count(minimum, maximum, units)
            case AnyOf(parts):
                return Either.of([*map(self.node, parts)])
            case AllOf(parts, within):
                nodes = tuple(map(self.node, parts))
                return nodes[0] if len(nodes) == 1 else Together(nodes, within, ordered=False)
            case Near(parts, within, ordered):
                nodes = tuple(map(self.node, parts))
                return nodes[0] if len(nodes) == 1 else Together(nodes, within, ordered)
            case Several(single, double, least):
                return self._several(single, double, least)
            case Without(wanted, exclude):
                return Barred(self.node(wanted), Either.of([*map(self.node, exclude)]))
            case Answer(agrees):
                return self._answer("ja" if agrees else "nee")
            case Block(name):
                return self._block(name)

    def either(self, patterns: Sequence[Pattern]) -> Node | None:
        """One node for any of some patterns; None for no patterns."""
        return Either.of([*map(self.node, patterns)]) if patterns else None

    def _answer(self, says: str) -> Node:
        listed = answers()[says]
        said, unless = (Either.of([self.node(written(one)) for one in listed[key]]) for key in ("says", "unless"))
        return Opening(said, unless)

    def _block(self, name: str) -> Node:
        if name not in self._blocks:
            raise SuggestionError("The codebook has no building block ${name}.", name=name)
        if name in self._open:
            raise SuggestionError("The building block ${name} refers to itself.", name=name)
        self._open.append(name)
        try:
            return self.node(self._blocks[name])
        finally:
            self._open.pop()

    def _several(self, single: Sequence[Pattern], double: Sequence[Pattern], least: int) -> Node:
        worth: dict[Node, int] = {}
        for points, patterns in ((2, double), (1, single)):
            for pattern in patterns:
                for node in self._entries(pattern):
                    worth.setdefault(node, points)
        return Counted(tuple(worth), tuple(worth.values()), least)

    def _entries(self, pattern: Pattern) -> Iterator[Node]:
        """What counts by itself: of a building block, each of its entries."""
        node = self.node(pattern)  # a block that is unknown or refers to itself is refused here
        inner = self._blocks[pattern.name] if isinstance(pattern, Block) else None
        if inner is None:
            yield node
        else:
            for part in inner.parts if isinstance(inner, AnyOf) else (inner,):
                yield from self._entries(part)

    def _verb(self, particle: str, verb: str, within: int) -> Node:
        family = self._expansion.family
        return SplitVerb(
            joined=self._expansion.verb(particle, verb),
            verb=family((verb,)),
            particle=family((f"={particle}",)),
            opening=family(_OPENING),
            cluster=family(_CLUSTER),
            idiom=(family(("=en",)), family(_PAIRED)),
            within=within,
        )

    def _count(self, minimum: float | None, maximum: float | None, units: Sequence[Word]) -> Node:
        forms = tuple(form for unit in units for form in unit.forms)
        exclude = tuple(form for unit in units for form in unit.exclude)
        return Count(
            numbers=self._expansion.family((NUMERAL,)),
            units=self._expansion.family(forms, exclude) if forms else None,
            minimum=float("-inf") if minimum is None else minimum,
            maximum=float("inf") if maximum is None else maximum,
            keys=self._lexicon.keys,
        )

    def _sequence(self, words: Sequence[Word]) -> Node:
        """A word or a phrase; a form that the tokenizer splits becomes a phrase of its own."""
        options = [self._steps(word) for word in words]
        ways: list[Node] = []
        for way in product(*options):
            steps = _trimmed([step for steps in way for step in steps])
            if len(steps) == 1 and isinstance(steps[0], Family):
                ways.append(One(steps[0]))
            elif any(isinstance(step, Family) for step in steps):
                ways.append(self._phrase(tuple(steps)))
        return Either.of(ways)

    def _phrase(self, steps: tuple[Step, ...]) -> Node:
        """A phrase, with its number; the same words are the same phrase."""
        phrase = self._phrases.get(steps)
        if phrase is None:
            phrase = self._phrases[steps] = Succession(steps, self._skipped, number=len(self._phrases))
        return phrase

    def index(self) -> PhraseIndex:
        """The phrases of everything that was compiled."""
        pairs = (family for pair in self._skipped.stopgaps for family in pair)
        return PhraseIndex(tuple(self._phrases.values()), (self._skipped.particles, *pairs))

    def _steps(self, word: Word) -> list[tuple[Step, ...]]:
        """The ways in which one word of a pattern can be said: usually one, of one step."""
        if word.forms == (_GAP,):
            return [(Between(),)]
        if word.forms == (_ANY,):
            return [(Anything(),)]
        single: list[str] = []
        ways: list[tuple[Step, ...]] = []
        for form in word.forms:
            apart = () if "*" in form else tuple(self._lexicon.words(form.removeprefix("=")))
            if len(apart) > 1:
                mark = "=" if form.startswith("=") else ""
                ways.append(tuple(self._expansion.family((f"{mark}{part}",)) for part in apart))
            elif len(apart) == 1:
                # As the tokenizer writes it: apostrophes straight, quotes gone.
                single.append(f"={apart[0]}" if form.startswith("=") else apart[0])
            else:
                single.append(form)
        return [(self._expansion.family(single, word.exclude),), *ways] if single else ways


def written(says: str) -> Phrase:
    """Read a phrase of a data file: words with alternatives, ``=`` and ``...``.

    The ``=`` of the first alternative holds for all.
    """
    words = []
    for word in says.split():
        exact = word.startswith("=")
        words.append(Word(tuple(f"={form.lstrip('=')}" if exact else form for form in word.split("|"))))
    return Phrase(tuple(words))


def _trimmed(steps: list[Step]) -> list[Step]:
    """Drop gaps at the ends, where they say nothing."""
    while steps and isinstance(steps[0], Between):
        steps = steps[1:]
    while steps and isinstance(steps[-1], Between):
        steps = steps[:-1]
    return steps
