"""Nodes that combine others: one of them, or all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_
from typing import Final

import numpy as np

from codering.patterns import Within
from codering.suggest import joining
from codering.suggest.expansion import Family
from codering.suggest.matching import SPAN, UNBOUNDED, Match, Node, One, Region, Succession
from codering.suggest.places import NOWHERE, Places, Sentences, Spots, Turns, gathered, meeting, union
from codering.suggest.speech import Speech

_MOST: Final = 200  # matches of one part in one turn; more would only cost time
_PERMUTED: Final = 4  # parts that are tried in every order


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
    coarse: bool = field(init=False)
    extent: int = field(init=False)
    _narrow: Either | None = field(init=False)
    _rest: tuple[Node, ...] = field(init=False)
    _phrases: dict[int, Succession] = field(init=False)
    _own: frozenset[int] = field(init=False)
    _single: Family = field(default_factory=lambda: Family((), ()), init=False)
    _known: int = field(default=-1, init=False)

    def __post_init__(self) -> None:
        self.wide = tuple(part for part in self.others if not part.local)
        narrow = tuple(part for part in self.others if part.local)
        self._narrow = Either(self.words, narrow) if self.wide and (self.words or narrow) else None
        self._rest = tuple(part for part in self.others if part.local and not isinstance(part, Succession))
        self._phrases = {part.number: part for part in self.others if isinstance(part, Succession)}
        self._own = frozenset(self._phrases)
        self.local = not self.wide
        self.coarse = any(part.coarse for part in self.others)
        self.extent = max((1, *(part.extent for part in self.others)))

    @classmethod
    def of(cls, parts: Sequence[Node]) -> Node:
        """One of the parts; the part itself, if there is only one."""
        flat = [one for part in parts for one in (part.ways() if isinstance(part, Either) else (part,))]
        if len(flat) == 1:
            return flat[0]
        words = tuple(part.family for part in flat if isinstance(part, One))
        return cls(words, tuple(part for part in flat if not isinstance(part, One)))

    def ways(self) -> tuple[Node, ...]:
        """All parts, single words too."""
        return (*map(One, self.words), *self.others)

    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """See :class:`Node`."""
        found: list[Match] = [(place,) for place in speech.within(self._word(speech.known), low, high)]
        if not self.others or low == high:
            return found
        more: set[Match] = set()
        longer, after = self._longer(speech), speech.sentence[high - 1] + 1
        sentence = longer.find(1, speech.sentence[low], after)
        while sentence >= 0:
            first, last = speech.sentences[sentence], speech.sentences[sentence + 1]
            begins, ends = max(low, first), min(high, last)
            said = speech.phrases.said(sentence)
            for number in self._own.intersection(said):
                if begins == first and ends == last:
                    more.update(self._phrases[number].find_in(speech, sentence, said[number]))
                else:
                    more.update(self._phrases[number].find(speech, begins, ends))
            for part in self._rest:
                if part.mask(speech)[sentence]:
                    more.update(part.find(speech, begins, ends))
            sentence = longer.find(1, sentence + 1, after)
        for part in self.wide:
            more.update(part.find(speech, low, high))
        return sorted(more.union(found))[:_MOST] if more else found

    def _word(self, known: int) -> Family:
        """All single words as one family; put together again when the lexicon knows more words."""
        if known != self._known:
            self._single.codes = set().union(*(family.codes for family in self.words))
            self._known = known
        return self._single

    def _longer(self, speech: Speech) -> bytes:
        """For each sentence 1 if it may hold a part of more than a word, otherwise 0."""
        longer = speech.longer.get(self)
        if longer is None:
            longer = speech.longer[self] = self._with_longer(speech).tobytes()
        return longer

    def _with_longer(self, speech: Speech) -> Sentences:
        found = speech.sentences_of(speech.phrases.of(self._own))
        for part in self._rest:
            found |= part.sentences(speech)
        return found

    def _possible(self, speech: Speech) -> bool:
        """See :class:`Node`."""
        if not speech.said.isdisjoint(self._word(speech.known).codes) or speech.phrases.has_any(self._own):
            return True
        return any(part.possible(speech) for part in (*self._rest, *self.wide))

    def _sentences(self, speech: Speech) -> Sentences:
        """See :class:`Node`."""
        return speech.with_one(self._word(speech.known)) | self._with_longer(speech)

    def surely(self, speech: Speech) -> Sentences:
        """See :class:`Node`."""
        found = speech.sentences_of(speech.phrases.surely(self._own))
        found |= speech.with_one(self._word(speech.known))
        for part in self._rest:
            found |= part.surely(speech)
        return found

    def _turns(self, speech: Speech) -> Turns:
        """See :class:`Node`."""
        if self.local:
            return speech.turns_of(self.sentences(speech))
        parts = (part for part in (self._narrow, *self.wide) if part is not None)
        found: Turns = np.logical_or.reduce([part.turns(speech) for part in parts])
        return found

    def _spots(self, speech: Speech) -> Spots:
        """See :class:`Node`."""
        words = speech.places(self._word(speech.known))
        rest = [part.spots(speech) for part in (*self._rest, *self.wide)]
        return gathered([Spots(words, words, words), speech.phrases.spots(self._own), *rest])

    def _anchors(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        phrases = np.sort(speech.phrases.of(self._own))
        rest = [part.anchors(speech) for part in (*self._rest, *self.wide)]
        return union([speech.places(self._word(speech.known)), phrases, *rest])

    def regions(self, speech: Speech, turns: Turns) -> Iterator[Region]:
        """See :class:`Node`."""
        if self.local:
            yield from Node.regions(self, speech, turns)
            return
        # A part that runs over sentences is looked for where that part may be, not where another may.
        for part in (self._narrow, *self.wide):
            if part is not None:
                yield from part.regions(speech, turns)


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
    _between: int = field(init=False)

    def __post_init__(self) -> None:
        self.local = self.within is Within.SENTENCE and all(part.local for part in self.parts)
        wide = SPAN if self.within is Within.SENTENCE else UNBOUNDED
        between = self.within if isinstance(self.within, int) else wide
        self._between = (between + 1) * (len(self.parts) - 1)
        self.extent = sum(part.extent for part in self.parts) + self._between

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
            return joining.chains(lists, fits)
        if isinstance(self.within, Within) or len(lists) > _PERMUTED:
            # Any order and no distance between neighbours: gather around the rarest part.
            return joining.gathered(sorted(lists, key=len), fits)
        return joining.permuted(lists, fits)[:_MOST]

    def _order(self, speech: Speech) -> list[int]:
        """The parts, the rarest first: if that is not there, the others need not be looked for."""
        order = speech.orders.get(self)
        if order is None:
            # Counted by what was worked out already to know where to look.
            if self.local:
                sizes = [int(np.count_nonzero(part.sentences(speech))) for part in self.parts]
            elif self.extent >= UNBOUNDED:
                sizes = [int(np.count_nonzero(part.turns(speech))) for part in self.parts]
            else:
                sizes = [part.spots(speech).low.size for part in self.parts]
            order = speech.orders[self] = sorted(range(len(sizes)), key=sizes.__getitem__)
        return order

    def _fits(self, speech: Speech) -> joining.Fits:
        if isinstance(self.within, int):
            return joining.CloseBy(self.within)
        return joining.anywhere if self.within is Within.TURN else joining.SameSentence(speech.sentence)

    def _possible(self, speech: Speech) -> bool:
        """See :class:`Node`."""
        return all(part.possible(speech) for part in self.parts)

    def _sentences(self, speech: Speech) -> Sentences:
        """See :class:`Node`."""
        if not self.possible(speech):
            return speech.nowhere()
        return reduce(and_, (part.sentences(speech) for part in self.parts))

    def _turns(self, speech: Speech) -> Turns:
        """See :class:`Node`."""
        if self.local:
            return speech.turns_of(self.sentences(speech))
        if not self.possible(speech):
            return speech.turns_of(speech.nowhere())
        return reduce(and_, (part.turns(speech) for part in self.parts))

    def _spots(self, speech: Speech) -> Spots:
        """See :class:`Node`."""
        if not self.possible(speech):
            return NOWHERE
        rarest, *others = sorted(self.parts, key=lambda part: part.spots(speech).low.size)
        found = rarest.spots(speech)
        total = self._between + sum(part.extent for part in others)
        for part in others:
            # Two parts are next to each other; of more, the others may stand between.
            slack = self._between if len(others) == 1 else total - part.extent
            found = meeting(found, part.spots(speech), slack)
            if not found.low.size:
                return NOWHERE
        return found.wider(total, total)

    def regions(self, speech: Speech, turns: Turns) -> Iterator[Region]:
        """See :class:`Node`."""
        if self.local:
            yield from Node.regions(self, speech, turns)
        elif not self.possible(speech):
            return
        elif self.extent >= UNBOUNDED:
            yield from self.whole_turns(speech, turns)
        else:
            spots = self.spots(speech)
            if not spots.low.size:
                return
            turn, low, high = speech.within_turns(spots, turns)
            for part in self.parts:
                if not part.coarse:
                    continue
                anchors = part.anchors(speech)
                holds = anchors.searchsorted(low) < anchors.searchsorted(high)
                turn, low, high = turn[holds], low[holds], high[holds]
            for stretch in zip(turn.tolist(), low.tolist(), high.tolist(), strict=True):
                yield (*stretch, self)
