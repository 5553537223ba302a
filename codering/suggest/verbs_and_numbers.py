"""Nodes for what a list of words cannot say: separable verbs and numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from codering.language.numerals import SCALES, combined, continues, numeral
from codering.suggest.expansion import Family
from codering.suggest.matching import Match, Node
from codering.suggest.speech import Places, Speech, Spots, common, union

_NUMBER: Final = 8  # words of the longest number that is expected
_UNIT: Final = 3  # the unit of a number is one of the three words after it
_BEFORE: Final = 4  # "af te hoeven rekenen": what may stand between a particle and the verb after it


@dataclass(slots=True, eq=False)
class SplitVerb(Node):
    """A separable verb, together or apart.

    Attributes
    ----------
    joined, verb, particle
        Families of ``afgerekend``, ``rekent`` and ``af``.
    opening
        Words that begin what a preposition governs: "geven … op *de* markt" is not "opgeven".
    cluster
        Verbs that may stand between a particle and the verb after it: "af *kan* rekenen".
    idiom
        Words that follow a particle in a fixed pair: "af *en toe*".
    within
        At most this many words between verb and particle.
    """

    joined: Family
    verb: Family
    particle: Family
    opening: Family
    cluster: Family
    idiom: tuple[Family, Family]
    within: int
    extent: int = field(init=False)

    def __post_init__(self) -> None:
        self.extent = self.within + 2

    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """See :class:`Node`."""
        found: list[Match] = [(place,) for place in speech.within(self.joined, low, high)]
        particles = speech.within(self.particle, low, high)
        if not particles:
            return found
        for verb in speech.within(self.verb, low, high):
            after = [p for p in particles if verb < p <= verb + self.within + 1 and self._closes(speech, verb, p, high)]
            if after:
                found.append((verb, after[0]))
                continue
            before = [p for p in particles if verb - _BEFORE - 1 <= p < verb and self._opens(speech, p, verb)]
            if before:
                found.append((before[-1], verb))
        return found

    def _closes(self, speech: Speech, verb: int, particle: int, high: int) -> bool:
        """Whether a particle after its verb is the verb's, not a preposition."""
        if speech.sentence[verb] != speech.sentence[particle]:
            return False
        after = particle + 1
        if after >= high or speech.clause[after] != speech.clause[particle]:
            return True
        following = speech.words[after : after + len(self.idiom)]
        paired = len(following) == 2 and all(w in f.codes for w, f in zip(following, self.idiom, strict=True))
        return speech.words[after] not in self.opening.codes and not paired

    def _opens(self, speech: Speech, particle: int, verb: int) -> bool:
        """Whether only verbs stand between a particle and the verb after it."""
        between = speech.words[particle + 1 : verb]
        return speech.sentence[verb] == speech.sentence[particle] and all(w in self.cluster.codes for w in between)

    def _sentences(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        verbs = speech.with_one(self.verb)
        particles = speech.with_one(self.particle)
        return union((speech.with_one(self.joined), common((verbs, particles))))

    def _spots(self, speech: Speech) -> Spots:
        """See :class:`Node`."""
        places = union((speech.places(self.joined), speech.places(self.verb)))
        return Spots(places - _BEFORE - 1, places + self.within + 1, places)


@dataclass(slots=True, eq=False)
class Count(Node):
    """A number, with or without a unit.

    Attributes
    ----------
    numbers
        The family of all number words.
    units
        What is counted; None for any number.
    minimum, maximum
        Inclusive bounds.
    keys
        The words by number, to read values from.
    """

    numbers: Family
    units: Family | None
    minimum: float
    maximum: float
    keys: list[str]
    extent: int = _NUMBER + _UNIT
    _fitting: Family = field(default_factory=lambda: Family((), ()), init=False)
    _known: int = field(default=-1, init=False)

    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """See :class:`Node`."""
        found: list[Match] = []
        after = low
        for start in speech.within(self.numbers, low, high):
            if start < after:
                continue
            end, value = self._value(speech, start, high)
            after = end
            if not self.minimum <= value <= self.maximum:
                continue
            places = tuple(range(start, end))
            if self.units is None:
                found.append(places)
            elif (unit := self._unit(speech, end, high)) is not None:
                found.append((*places, unit))
        return found

    def _value(self, speech: Speech, start: int, high: int) -> tuple[int, float]:
        """Read the number that begins at `start`: where it ends, and its value."""
        values = [numeral(self.keys[speech.words[start]]) or 0.0]
        end = start + 1
        while end < high and speech.sentence[end] == speech.sentence[start]:
            place = end
            if self.keys[speech.words[place]] == "en" and place + 1 < high:
                place += 1
            value = numeral(self.keys[speech.words[place]])
            if value is None or not continues(values[-1], value) or speech.clause[place] != speech.clause[start]:
                break
            values.append(value)
            end = place + 1
        return end, combined(values)

    def _unit(self, speech: Speech, end: int, high: int) -> int | None:
        assert self.units is not None
        for place in range(end, min(end + _UNIT, high)):
            if speech.sentence[place] != speech.sentence[end - 1]:
                return None
            if speech.words[place] in self.units.codes:
                return place
        return None

    def _sentences(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        numbers = speech.sentences_of(speech.places(self._likely(speech.known)))
        return numbers if self.units is None else common((numbers, speech.with_one(self.units)))

    def _spots(self, speech: Speech) -> Spots:
        """See :class:`Node`."""
        places = speech.places(self._likely(speech.known))
        return Spots(places - _NUMBER, places + _NUMBER + _UNIT, places)

    def _likely(self, known: int) -> Family:
        """Number words within the bounds, and those of which longer numbers are made: ``honderd``."""
        if known != self._known:
            self._known = known
            self._fitting.codes = {code for code in self.numbers.codes if self._fits(numeral(self.keys[code]) or 0.0)}
        return self._fitting

    def _fits(self, value: float) -> bool:
        return self.minimum <= value <= self.maximum or value in SCALES
