"""Looking for a pattern in a batch of speech.

A pattern is compiled into nodes. A node does two things. It names the few sentences (or turns) that could hold it, from
the index, all at once; and it looks, word by word, whether one of those does. Nodes are shared: what stands in many
rules (``$tijdgebrek``) is looked up once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Final

from codering.language.numerals import SCALES, combined, continues, numeral
from codering.patterns import Within
from codering.suggest.expansion import Family
from codering.suggest.speech import Places, Speech, Turns, close_to, common, union

Match = tuple[int, ...]
"""The places of the words that matched, ascending."""

Region = tuple[int, int, int]
"""A turn, and the first word of a stretch in it and of what follows."""

SPAN: Final = 40
"""In a stretch without full stops (a machine's transcript) a sentence counts as at most this many words."""
GAP: Final = 5
"""At most this many words at ``...``."""

_SKIPS: Final = 2  # particles that a phrase may hold between two words
_MOST: Final = 200  # matches of one part in one turn; more would only cost time
_NUMBER: Final = 8  # words of the longest number that is expected
_UNIT: Final = 3  # the unit of a number is one of the three words after it
_BEFORE: Final = 4  # "af te hoeven rekenen": what may stand between a particle and the verb after it
_PERMUTED: Final = 4
_UNBOUNDED: Final = 1_000_000


class Node(ABC):
    """Something to look for.

    Attributes
    ----------
    local
        Whether a match always lies within one sentence.
    extent
        How many words there are, at most, from the first word of a match to the last.
    """

    local: bool = True
    extent: int = 1

    @abstractmethod
    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """All matches among the words ``low`` to ``high``, which are a sentence or a turn."""

    @abstractmethod
    def _sentences(self, speech: Speech) -> Places:
        """Work out :meth:`sentences`."""

    @abstractmethod
    def _spots(self, speech: Speech) -> Places:
        """Work out :meth:`spots`."""

    def sentences(self, speech: Speech) -> Places:
        """The sentences that may hold a match; only for a local node."""
        found = speech.held.get(self)
        if found is None:
            found = speech.held[self] = self._sentences(speech)
        return found

    def spots(self, speech: Speech) -> Places:
        """Places of words of which every match holds at least one."""
        found = speech.spots.get(self)
        if found is None:
            found = speech.spots[self] = self._spots(speech)
        return found

    def turns(self, speech: Speech) -> Places:
        """The turns that may hold a match."""
        return speech.turns_of(self.sentences(speech))

    def regions(self, speech: Speech, turns: Turns) -> Iterator[Region]:
        """Stretches of words in some turns, with the turn of each, that together hold every match in those."""
        sentences = self.sentences(speech)
        sentences = sentences[turns[speech.turn_of[sentences]]]
        for sentence, turn in zip(sentences.tolist(), speech.turn_of[sentences].tolist(), strict=True):
            yield turn, speech.sentences[sentence], speech.sentences[sentence + 1]


@dataclass(slots=True, eq=False)
class One(Node):
    """One word of a family."""

    family: Family

    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """See :class:`Node`."""
        return [(place,) for place in speech.within(self.family, low, high)]

    def _sentences(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        return speech.with_one(self.family)

    def _spots(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        return speech.places(self.family)


@dataclass(frozen=True, slots=True)
class Anything:
    """Any one word."""


@dataclass(frozen=True, slots=True)
class Between:
    """Up to :data:`GAP` words."""


Step = Family | Anything | Between


@dataclass(frozen=True, slots=True, eq=False)
class Skipped:
    """What a phrase may hold without being another phrase.

    Attributes
    ----------
    particles
        ``gewoon``, ``eigenlijk`` and the like.
    stopgaps
        The same of two words: ``zeg maar``.
    """

    particles: Family
    stopgaps: tuple[tuple[Family, Family], ...]

    def after(self, words: list[int], place: int, end: int) -> int:
        """Where a phrase may go on if it skips what stands at `place`; `place` itself if it may not."""
        if words[place] in self.particles.codes or words[place] == words[place - 1]:
            return place + 1
        if place + 1 < end:
            for first, second in self.stopgaps:
                if words[place] in first.codes and words[place + 1] in second.codes:
                    return place + 2
        return place


@dataclass(slots=True, eq=False)
class Succession(Node):
    """Words one after the other.

    Attributes
    ----------
    steps
        Families and gaps; the first and the last are families or ``_``.
    skipped
        What may stand between, at most two at a time; so may a repeated word ("de de").
    """

    steps: tuple[Step, ...]
    skipped: Skipped
    extent: int = field(init=False)

    def __post_init__(self) -> None:
        gaps = sum(isinstance(step, Between) for step in self.steps)
        said = len(self.steps) - gaps
        self.extent = said + (said - 1) * _SKIPS + gaps * GAP

    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """See :class:`Node`."""
        first = self.steps[0]
        starts = speech.within(first, low, high) if isinstance(first, Family) else range(low, high)
        matches = (self.at(speech, start, high) for start in starts)
        return [match for match in matches if match is not None]

    def at(self, speech: Speech, start: int, high: int) -> Match | None:
        """The match that begins with the word at `start`, which is known to fit the first step."""
        end = min(high, speech.sentences[speech.sentence[start] + 1])
        return self._match(speech, 1, start + 1, end, (start,))

    def _match(self, speech: Speech, step: int, place: int, end: int, so_far: Match) -> Match | None:
        """Match the steps from `step` on with the words from `place` on."""
        while step < len(self.steps):
            wanted = self.steps[step]
            if isinstance(wanted, Between):
                return self._after_gap(speech, step + 1, place, end, so_far)
            if place >= end:
                return None
            if isinstance(wanted, Family):
                place = self._reach(speech, wanted, place, end)
                if place < 0:
                    return None
            so_far = (*so_far, place)
            step, place = step + 1, place + 1
        return so_far

    def _after_gap(self, speech: Speech, step: int, place: int, end: int, so_far: Match) -> Match | None:
        for start in range(place, min(place + GAP + 1, end)):
            match = self._match(speech, step, start, end, so_far)
            if match is not None:
                return match
        return None

    def _reach(self, speech: Speech, wanted: Family, place: int, end: int) -> int:
        """Where the next word of a family stands, if only particles come before it; -1 if it does not."""
        words = speech.words
        start = place
        while place < end:
            if words[place] in wanted.codes:
                return place
            after = self.skipped.after(words, place, end)
            if after == place or after - start > _SKIPS:
                return -1
            place = after
        return -1

    def _sentences(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        return speech.sharing([step for step in self.steps if isinstance(step, Family)])

    def _spots(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        sentences = self.sentences(speech)
        if not len(sentences):
            return sentences
        rarest = min((step for step in self.steps if isinstance(step, Family)), key=speech.count)
        return speech.standing_in(speech.places(rarest), sentences)


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
    within
        At most this many words between verb and particle.
    """

    joined: Family
    verb: Family
    particle: Family
    opening: Family
    cluster: Family
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
        return speech.words[after] not in self.opening.codes

    def _opens(self, speech: Speech, particle: int, verb: int) -> bool:
        """Whether only verbs stand between a particle and the verb after it."""
        between = speech.words[particle + 1 : verb]
        return speech.sentence[verb] == speech.sentence[particle] and all(w in self.cluster.codes for w in between)

    def _sentences(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        verbs = speech.with_one(self.verb)
        particles = speech.with_one(self.particle)
        return union((speech.with_one(self.joined), common((verbs, particles))))

    def _spots(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        return union((speech.places(self.joined), speech.places(self.verb)))


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
        numbers = speech.sentences_of(self.spots(speech))
        return numbers if self.units is None else common((numbers, speech.with_one(self.units)))

    def _spots(self, speech: Speech) -> Places:
        """See :class:`Node`. A number of several words holds ``honderd`` or the like."""
        if speech.known != self._known:
            self._known = speech.known
            self._fitting.codes = {code for code in self.numbers.codes if self._fits(numeral(self.keys[code]) or 0.0)}
        return speech.places(self._fitting)

    def _fits(self, value: float) -> bool:
        return self.minimum <= value <= self.maximum or value in SCALES


@dataclass(slots=True, eq=False)
class Either(Node):
    """At least one of the parts.

    A researcher writes dozens of ways to say one thing. Single words are looked up as one set, and of the other ways
    only those are tried whose words are all in the sentence.

    Attributes
    ----------
    words
        The single words among the parts.
    others
        The parts that are more than a word.
    wide
        Those of the others that may run over the end of a sentence.
    """

    words: tuple[Family, ...]
    others: tuple[Node, ...]
    wide: tuple[Node, ...] = field(init=False)
    local: bool = field(init=False)
    extent: int = field(init=False)
    _codes: set[int] = field(default_factory=set, init=False)
    _known: int = field(default=-1, init=False)

    def __post_init__(self) -> None:
        self.wide = tuple(part for part in self.others if not part.local)
        self.local = not self.wide
        self.extent = max((1, *(part.extent for part in self.others)))

    @classmethod
    def of(cls, parts: Sequence[Node]) -> Node:
        """One of the parts; the part itself, if there is only one."""
        flat = [one for part in parts for one in (_ways(part) if isinstance(part, Either) else (part,))]
        if len(flat) == 1:
            return flat[0]
        words = tuple(part.family for part in flat if isinstance(part, One))
        return cls(words, tuple(part for part in flat if not isinstance(part, One)))

    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """See :class:`Node`."""
        codes = self.codes(speech.known)
        words = speech.words[low:high]
        found: list[Match] = []
        if not codes.isdisjoint(words):
            found = [(place,) for place, code in enumerate(words, low) if code in codes]
        if not self.others or low == high:
            return found
        ways = self._ways(speech)
        more: dict[Match, None] = {}
        for sentence in range(speech.sentence[low], speech.sentence[high - 1] + 1):
            if sentence in ways:
                first, last = max(low, speech.sentences[sentence]), min(high, speech.sentences[sentence + 1])
                for part in ways[sentence]:
                    more |= dict.fromkeys(part.find(speech, first, last))
        for part in self.wide:
            more |= dict.fromkeys(part.find(speech, low, high))
        return sorted({*found, *more})[:_MOST] if more else found

    def codes(self, known: int) -> set[int]:
        """The single words, by number; worked out again when the lexicon knows more words."""
        if known != self._known:
            self._codes = set().union(*(family.codes for family in self.words))
            self._known = known
        return self._codes

    def _ways(self, speech: Speech) -> dict[int, list[Node]]:
        """For each sentence the parts that it may hold."""
        ways = speech.ways.get(self)
        if ways is None:
            ways = speech.ways[self] = {}
            for part in self.others:
                if part.local:
                    for sentence in part.sentences(speech).tolist():
                        if sentence in ways:
                            ways[sentence].append(part)
                        else:
                            ways[sentence] = [part]
        return ways

    def _sentences(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        words = [speech.with_one(family) for family in self.words]
        return union([*words, *(part.sentences(speech) for part in self.others)])

    def turns(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        words = union([speech.with_one(family) for family in self.words])
        return union([speech.turns_of(words), *(part.turns(speech) for part in self.others)])

    def _spots(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        words = [speech.places(family) for family in self.words]
        return union([*words, *(part.spots(speech) for part in self.others)])

    def regions(self, speech: Speech, turns: Turns) -> Iterator[Region]:
        """See :class:`Node`."""
        if self.local:
            yield from Node.regions(self, speech, turns)
            return
        parts = (*map(One, self.words), *self.others)
        yield from merged(region for part in parts for region in part.regions(speech, turns))


def _ways(either: Either) -> tuple[Node, ...]:
    return (*map(One, either.words), *either.others)


@dataclass(slots=True, eq=False)
class Together(Node):
    """All parts, within a number of words, a sentence or a turn.

    Attributes
    ----------
    parts
        Two or more nodes; their words never overlap.
    within
        At most so many words between one part and the next; or a sentence, or a turn.
    ordered
        Whether they come in the order given.
    """

    parts: tuple[Node, ...]
    within: int | Within
    ordered: bool
    local: bool = field(init=False)
    extent: int = field(init=False)

    def __post_init__(self) -> None:
        self.local = self.within is Within.SENTENCE and all(part.local for part in self.parts)
        if isinstance(self.within, int):
            between = self.within
        else:
            between = SPAN if self.within is Within.SENTENCE else _UNBOUNDED
        self.extent = sum(part.extent for part in self.parts) + between * (len(self.parts) - 1)

    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """See :class:`Node`."""
        lists: list[list[Match]] = [[]] * len(self.parts)
        for place in self._order(speech):
            found = self.parts[place].find(speech, low, high)[:_MOST]
            if not found:
                return []
            lists[place] = found
        fits = self._fits(speech)
        if self.ordered:
            return _chains(lists, fits, ordered=True)
        if isinstance(self.within, Within) or len(lists) > _PERMUTED:
            # Any order and no distance between neighbours: gather around the rarest part.
            return _gathered(sorted(lists, key=len), fits)
        found = [match for order in permutations(lists) for match in _chains(list(order), fits, ordered=True)]
        return sorted(set(found))[:_MOST]

    def _order(self, speech: Speech) -> list[int]:
        """The parts, the rarest first: if that is not there, the others need not be looked for."""
        order = speech.orders.get(self)
        if order is None:
            sizes = [len(part.spots(speech)) for part in self.parts]
            order = speech.orders[self] = sorted(range(len(sizes)), key=sizes.__getitem__)
        return order

    def _fits(self, speech: Speech) -> Callable[[Match, Match], bool]:
        if isinstance(self.within, int):
            return _CloseBy(self.within)
        return _anywhere if self.within is Within.TURN else _SameSentence(speech.sentence)

    def _sentences(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        return common(part.sentences(speech) for part in self.parts)

    def turns(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        if self.local:
            return speech.turns_of(self.sentences(speech))
        return common(part.turns(speech) for part in self.parts)

    def _spots(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        spots = sorted((part.spots(speech) for part in self.parts), key=len)
        found = spots[0]
        for others in spots[1:]:
            found = close_to(found, others, self.extent)
        return found

    def regions(self, speech: Speech, turns: Turns) -> Iterator[Region]:
        """See :class:`Node`."""
        if self.local:
            yield from Node.regions(self, speech, turns)
        elif self.extent >= _UNBOUNDED:
            possible = self.turns(speech)
            for turn in possible[turns[possible]].tolist():
                yield turn, speech.turns[turn], speech.turns[turn + 1]
        else:
            spots = self.spots(speech)
            spots = spots[turns[speech.turns_with(spots)]]
            around = zip(speech.turns_with(spots).tolist(), spots.tolist(), strict=True)
            yield from merged((turn, *self._reach(speech, turn, spot)) for turn, spot in around)

    def _reach(self, speech: Speech, turn: int, spot: int) -> tuple[int, int]:
        low, high = speech.turns[turn], speech.turns[turn + 1]
        return max(low, spot - self.extent), min(high, spot + self.extent + 1)


def merged(regions: Iterable[Region]) -> Iterator[Region]:
    """Join regions that overlap, so that nothing is found twice."""
    last: Region | None = None
    for region in sorted(regions):
        if last is None:
            last = region
        elif region[0] == last[0] and region[1] <= last[2]:
            last = (last[0], last[1], max(last[2], region[2]))
        else:
            yield last
            last = region
    if last is not None:
        yield last


@dataclass(frozen=True, slots=True)
class _CloseBy:
    words: int

    def __call__(self, left: Match, right: Match) -> bool:
        return max(left[0], right[0]) - min(left[-1], right[-1]) - 1 <= self.words


@dataclass(frozen=True, slots=True)
class _SameSentence:
    sentence: list[int]

    def __call__(self, left: Match, right: Match) -> bool:
        first, last = min(left[0], right[0]), max(left[-1], right[-1])
        return self.sentence[first] == self.sentence[last] and last - first < SPAN


def _anywhere(_left: Match, _right: Match) -> bool:
    return True


def _chains(lists: Sequence[list[Match]], fits: Callable[[Match, Match], bool], *, ordered: bool) -> list[Match]:
    """Join one match of each list to the next; for each beginning the nearest continuation."""
    found: list[Match] = []
    for start in lists[0]:
        chain, last = start, start
        for options in lists[1:]:
            nearest = _nearest(chain, last, options, fits, ordered=ordered)
            if nearest is None:
                break
            chain, last = tuple(sorted({*chain, *nearest})), nearest
        else:
            found.append(chain)
    return found


def _gathered(lists: Sequence[list[Match]], fits: Callable[[Match, Match], bool]) -> list[Match]:
    found: list[Match] = []
    for start in lists[0]:
        chain = start
        for options in lists[1:]:
            nearest = _nearest(chain, chain, options, fits, ordered=False)
            if nearest is None:
                break
            chain = tuple(sorted({*chain, *nearest}))
        else:
            found.append(chain)
    return found


def _nearest(
    chain: Match, last: Match, options: Iterable[Match], fits: Callable[[Match, Match], bool], *, ordered: bool
) -> Match | None:
    """The match that fits after `last`, shares no word with `chain` and makes the shortest whole."""
    best, least = None, 0
    for option in options:
        if ordered and option[0] <= last[0]:
            continue
        if not fits(last, option) or not set(chain).isdisjoint(option):
            continue
        width = max(chain[-1], option[-1]) - min(chain[0], option[0])
        if best is None or width < least:
            best, least = option, width
    return best
