"""Nodes for what a list of words cannot say: separable verbs and numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from codering.language.numerals import SCALES, combined, continues, numeral
from codering.suggest.expansion import Family
from codering.suggest.matching import Match, Node
from codering.suggest.places import Places, Sentences, Spots, union
from codering.suggest.speech import Speech

_NUMBER: Final = 8  # words of the longest number that is expected
_UNIT: Final = 3  # the unit of a number is one of the three words after it
_APART: Final = 3  # number words so far apart are no one number: "honderd en veertig"
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
    coarse: bool = True
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

    def _sentences(self, speech: Speech) -> Sentences:
        """See :class:`Node`."""
        return speech.with_one(self.joined) | speech.with_one(self.verb) & speech.with_one(self.particle)

    def _spots(self, speech: Speech) -> Spots:
        """See :class:`Node`."""
        places = union((speech.places(self.joined), speech.places(self.verb)))
        return Spots(places - _BEFORE - 1, places + self.within + 1, places)

    def _anchors(self, speech: Speech) -> Places:
        """See :class:`Node`: verbs are common ("komt", "gaat"), with their particle near them they are not."""
        verbs, particles = speech.places(self.verb), speech.places(self.particle)
        near = particles.searchsorted(verbs - _BEFORE - 1) < particles.searchsorted(verbs + self.within + 2)
        return union((speech.places(self.joined), verbs[near]))


class Numbers(NamedTuple):
    """The numbers of a batch, read once for all rules.

    Attributes
    ----------
    first, after
        The first word of each, and what follows its last, ascending.
    value
        What it is worth.
    """

    first: Places
    after: Places
    value: npt.NDArray[np.float64]


def numbers(speech: Speech, words: Family, keys: Sequence[str]) -> Numbers:
    """Read all numbers; ``honderd veertig`` is one.

    Parameters
    ----------
    speech
        Where.
    words
        The family of all number words.
    keys
        The words by number, to read values from.
    """
    places = speech.places(words)
    codes = words.numbers[words.numbers < speech.known]
    worth = np.zeros(speech.known)
    worth[codes] = [numeral(keys[code]) or 0.0 for code in codes.tolist()]
    apart = np.diff(places, prepend=-_APART, append=len(speech.codes) + _APART) >= _APART
    alone = apart[:-1] & apart[1:]
    read: list[tuple[int, int, float]] = []
    after = 0
    for place in places[~alone].tolist():
        if place >= after:
            after, value = _read(speech, keys, place)
            read.append((place, after, value))
    begins, ends, values = zip(*read, strict=True) if read else ((), (), ())
    single = places[alone]
    first = np.concatenate((single, np.array(begins, dtype=np.int64)))
    order = first.argsort()
    return Numbers(
        first[order],
        np.concatenate((single + 1, np.array(ends, dtype=np.int64)))[order],
        np.concatenate((worth[speech.codes[single]], values))[order],
    )


def _read(speech: Speech, keys: Sequence[str], first: int) -> tuple[int, float]:
    """Read the number that begins at a place: where it ends, and its value."""
    words, sentence, clause = speech.words, speech.sentence, speech.clause
    last = len(words)
    values = [numeral(keys[words[first]]) or 0.0]
    end = first + 1
    while end < last and sentence[end] == sentence[first]:
        place = end + 1 if keys[words[end]] == "en" and end + 1 < last else end
        value = numeral(keys[words[place]])
        if value is None or not continues(values[-1], value) or clause[place] != clause[first]:
            break
        values.append(value)
        end = place + 1
    return end, combined(values)


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
    coarse: bool = True
    extent: int = _NUMBER + _UNIT
    _fitting: Family = field(default_factory=lambda: Family((), ()), init=False)
    _known: int = field(default=-1, init=False)

    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """See :class:`Node`."""
        begins, afters, units = self._listed(speech)
        first = bisect_left(begins, low)
        here = slice(first, bisect_left(begins, high, first))
        found = zip(begins[here], afters[here], units[here], strict=True)
        return [(*range(begin, end), *((unit,) if unit >= end else ())) for begin, end, unit in found if unit < high]

    def _listed(self, speech: Speech) -> tuple[list[int], list[int], list[int]]:
        """What :meth:`_counted` gives, as lists; worked out once for a batch."""
        known: tuple[list[int], list[int], list[int]] | None = speech.counted.get(self)
        if known is None:
            first, after, unit = self._counted(speech)
            known = speech.counted[self] = (first.tolist(), after.tolist(), unit.tolist())
        return known

    def _counted(self, speech: Speech) -> tuple[Places, Places, Places]:
        """Of the numbers that fit: the first word, what follows the last, and the unit (the last word without one)."""
        if speech.numbers is None:
            speech.numbers = numbers(speech, self.numbers, self.keys)
        first, after, value = speech.numbers
        fits = (self.minimum <= value) & (value <= self.maximum)
        first, after = first[fits], after[fits]
        if self.units is None:
            return first, after, after - 1
        counted = np.zeros(speech.known, dtype=bool)
        counted[self.units.numbers[self.units.numbers < speech.known]] = True
        unit = after - 1
        for place in (after + 2, after + 1, after):  # the nearest is the last to be noted
            within = np.minimum(place, len(speech.codes) - 1)
            same = (place == within) & (speech.in_sentence[within] == speech.in_sentence[after - 1])
            unit = np.where(same & counted[speech.codes[within]], place, unit)
        found = unit >= after
        return first[found], after[found], unit[found]

    def _sentences(self, speech: Speech) -> Sentences:
        """See :class:`Node`."""
        numbers = speech.sentences_of(speech.places(self._likely(speech.known)))
        return numbers if self.units is None else numbers & speech.with_one(self.units)

    def _spots(self, speech: Speech) -> Spots:
        """See :class:`Node`."""
        places = speech.places(self._likely(speech.known))
        return Spots(places - _NUMBER, places + _NUMBER + _UNIT, places)

    def _anchors(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        first, _, _ = self._counted(speech)
        return first

    def _likely(self, known: int) -> Family:
        """Number words within the bounds, and those of which longer numbers are made: ``honderd``."""
        if known != self._known:
            self._known = known
            self._fitting.codes = {code for code in self.numbers.codes if self._fits(numeral(self.keys[code]) or 0.0)}
        return self._fitting

    def _fits(self, value: float) -> bool:
        return self.minimum <= value <= self.maximum or value in SCALES
