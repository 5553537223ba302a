"""What a rule looks for: a small tree of immutable patterns.

A researcher writes patterns in YAML (see ``docs/rules.md``); :mod:`codering.readers.codebook` reads them into these
classes and :mod:`codering.suggest.rules` looks for them with spaCy. Nothing here knows how matching works.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from codering.transcripts import Attributes


class Within(StrEnum):
    """How far apart the parts of a pattern may stand, where that is not a number of words."""

    SENTENCE = "sentence"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or a gap.

    Attributes
    ----------
    forms
        Alternatives, lower-case. Each is a lemma that matches where ``lemma == form or lower == form``. A ``*`` at
        the end, at the start or at both ends makes it the first part (modifier), the last part (head) or any part
        of a compound. ``=form`` matches that exact form only (case aside). ``_`` is any one word; ``...`` is any
        zero to five words within the sentence.
    exclude
        Forms that must not match though `forms` would, for example ``urensaldo`` for ``uren*``.
    """

    forms: tuple[str, ...]
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after the other, within a sentence."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Separable:
    """A separable verb, together (``afrekenen``, ``af te rekenen``, ``afgerekend``) or apart (``rekenen … af``).

    Attributes
    ----------
    particle, verb
        ``af`` and ``rekenen``.
    within
        At most this many words between the parts, in either order.
    """

    particle: str
    verb: str
    within: int = 12


@dataclass(frozen=True, slots=True)
class Number:
    """A number in figures or in words, with a unit.

    Attributes
    ----------
    minimum, maximum
        Inclusive bounds; None for no bound. ``anderhalf`` is 1.5, ``honderdveertig`` 140, ``1.200`` 1200.
    units
        What is counted; the unit stands at most three words after the number. Empty for any number.
    """

    minimum: float | None = None
    maximum: float | None = None
    units: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the parts."""

    parts: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts, in any order, within the given span."""

    parts: tuple[Pattern, ...]
    within: Within = Within.SENTENCE


@dataclass(frozen=True, slots=True)
class Near:
    """The parts close together.

    Attributes
    ----------
    parts
        Two or more patterns.
    within
        At most this many words between one part and the next; or a sentence, or a turn.
    ordered
        Whether they must come in the order given.
    """

    parts: tuple[Pattern, ...]
    within: int | Within = 6
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Without:
    """A pattern, where none of some others stands in the same sentence.

    Attributes
    ----------
    pattern
        What must be there.
    exclude
        What must not.
    """

    pattern: Pattern
    exclude: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """Enough of the parts somewhere in the turn, each counted once.

    Attributes
    ----------
    parts
        What counts for one; of a building block, each of its entries.
    double
        What counts for two.
    least
        How much there must be together.
    """

    parts: tuple[Pattern, ...]
    double: tuple[Pattern, ...] = ()
    least: int = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer at the beginning of a turn: ``ja``, ``zeker weten``; ``nee``, ``valt mee``, ``helemaal niet``.

    Attributes
    ----------
    agrees
        Whether the answer is yes.
    """

    agrees: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A named building block of the codebook, written ``$name``."""

    name: str


Pattern = Word | Phrase | Separable | Number | AnyOf | AllOf | Near | Several | Without | Answer | Block
"""Anything that can be looked for in the words of one turn."""


@dataclass(frozen=True, slots=True)
class Context:
    """What must hold around the words that a rule matches. Everything given must hold.

    Attributes
    ----------
    previous
        Ids of codes or themes: the previous participant's turn is suggested one of them.
    recent
        Ids of codes or themes: one of the participants' turns shortly before is suggested one of them.
    soon
        Ids of codes or themes: one of the participants' turns shortly after is suggested one of them.
    unclaimed
        Whether no other rule may suggest anything in the turn.
    question
        A pattern in the nearest moderator's turn before (at most three turns back).
    topic
        A pattern in the moderator's turn that opened what the group is talking about, however far back.
    neighbour
        Ids of codes or themes suggested by another rule in the same sentence of the turn, or in the one before or
        after it.
    speaker
        Attributes that the speaker must have; a value is compared case aside, or as a number with ``>=``, ``<``….
    inherit
        Whether the rule takes over the codes of the previous participant's turn (short agreement) instead of
        suggesting its own.
    longest
        The turn has at most this many words; None for no limit.
    shortest
        The turn has at least this many words; None for no limit.
    states
        Whether the turn may hold no question mark: who asks back is mostly talking of something else.
    """

    previous: tuple[str, ...] = ()
    question: Pattern | None = None
    neighbour: tuple[str, ...] = ()
    speaker: Attributes = ()
    inherit: bool = False
    longest: int | None = None
    topic: Pattern | None = None
    shortest: int | None = None
    states: bool = False
    recent: tuple[str, ...] = ()
    soon: tuple[str, ...] = ()
    unclaimed: bool = False

    @property
    def sees_others(self) -> bool:
        """Whether it looks at what other rules suggest."""
        return bool(self.previous or self.recent or self.neighbour or self.inherit or self.looks_on)

    @property
    def looks_on(self) -> bool:
        """Whether it looks at what all others suggest, in the turn and after it."""
        return bool(self.soon or self.unclaimed)


def parts(pattern: Pattern) -> Iterator[Pattern]:
    """Walk over a pattern and everything in it, outermost first."""
    yield pattern
    if isinstance(pattern, AnyOf | AllOf | Near):
        for part in pattern.parts:
            yield from parts(part)
    elif isinstance(pattern, Several):
        for part in (*pattern.parts, *pattern.double):
            yield from parts(part)
    elif isinstance(pattern, Without):
        for part in (pattern.pattern, *pattern.exclude):
            yield from parts(part)
    elif isinstance(pattern, Phrase):
        yield from pattern.words
    elif isinstance(pattern, Number):
        yield from pattern.units
