"""Looking for a pattern in a batch of speech.

A pattern is compiled into nodes. A node does two things. It names the few sentences (or turns) that could hold it, from
the index, all at once; and it looks, word by word, whether one of those does. Nodes are shared: what stands in many
rules (``$tijdgebrek``) is looked up once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from codering.suggest.expansion import Family
from codering.suggest.phrase_index import ANYTHING as ANY_STEP
from codering.suggest.phrase_index import GAP as GAP_STEP
from codering.suggest.places import Places, Sentences, Spots, Turns
from codering.suggest.speech import Speech

Match = tuple[int, ...]
"""The places of the words that matched, ascending."""

Region = tuple[int, int, int, "Node"]
"""A turn, the first word of a stretch in it and of what follows, and what may be found there."""

SPAN: Final = 40
"""In a stretch without full stops (a machine's transcript) a sentence counts as at most this many words."""
GAP: Final = 5
"""At most this many words at ``...``."""
UNBOUNDED: Final = 1_000_000
"""Words between what may stand anywhere in a turn."""

_SKIPS: Final = 2  # particles that a phrase may hold between two words


class Node(ABC):
    """Something to look for.

    Attributes
    ----------
    local
        Whether a match always lies within one sentence.
    extent
        How many words there are, at most, from the first word of a match to the last.
    coarse
        Whether most of its :meth:`spots` hold no match, so that :meth:`anchors` are worth a look.
    """

    local: bool = True
    extent: int = 1
    coarse: bool = False

    @abstractmethod
    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """All matches among the words ``low`` to ``high``, which are a sentence or a turn."""

    @abstractmethod
    def _sentences(self, speech: Speech) -> Sentences:
        """Work out :meth:`sentences`."""

    @abstractmethod
    def _spots(self, speech: Speech) -> Spots:
        """Work out :meth:`spots`."""

    def possible(self, speech: Speech) -> bool:
        """Whether the words that a match needs are in the batch at all; says so before anything else is worked out."""
        found = speech.possible.get(self)
        if found is None:
            found = speech.possible[self] = self._possible(speech)
        return found

    def _possible(self, _speech: Speech) -> bool:
        """Work out :meth:`possible`."""
        return True

    def sentences(self, speech: Speech) -> Sentences:
        """The sentences that may hold a match; only for a local node."""
        found = speech.held.get(self)
        if found is None:
            found = speech.held[self] = self._sentences(speech)
        return found

    def mask(self, speech: Speech) -> bytes:
        """:meth:`sentences` as bytes, which are faster to look one up in."""
        found = speech.masks.get(self)
        if found is None:
            found = speech.masks[self] = self.sentences(speech).tobytes()
        return found

    def surely(self, speech: Speech) -> Sentences:
        """Sentences that hold a match for certain, as far as the index can tell."""
        return speech.nowhere()

    def surely_in(self, speech: Speech) -> Turns:
        """The turns that hold a match for certain."""
        found = speech.sure.get(self)
        if found is None:
            sentences = self.surely(speech) if self.possible(speech) else speech.nowhere()
            found = speech.sure[self] = speech.turns_of(sentences)
        return found

    def turns(self, speech: Speech) -> Turns:
        """The turns that may hold a match."""
        found = speech.turned.get(self)
        if found is None:
            found = speech.turned[self] = self._turns(speech)
        return found

    def turn_mask(self, speech: Speech) -> bytes:
        """:meth:`turns` as bytes."""
        found = speech.turn_masks.get(self)
        if found is None:
            found = speech.turn_masks[self] = self.turns(speech).tobytes()
        return found

    def spots(self, speech: Speech) -> Spots:
        """Short stretches of words; every match lies within one of them."""
        found = speech.spots.get(self)
        if found is None:
            found = speech.spots[self] = self._spots(speech)
        return found

    def anchors(self, speech: Speech) -> Places:
        """Words of which every match holds one: ascending, and closer to the matches than :meth:`spots`."""
        found = speech.anchors.get(self)
        if found is None:
            found = speech.anchors[self] = self._anchors(speech)
        return found

    def _anchors(self, speech: Speech) -> Places:
        """Work out :meth:`anchors`."""
        places = self.spots(speech).place.copy()
        places.sort()
        return places

    def _turns(self, speech: Speech) -> Turns:
        """Work out :meth:`turns`."""
        return speech.turns_of(self.sentences(speech))

    def regions(self, speech: Speech, turns: Turns) -> Iterator[Region]:
        """Stretches of words in some turns that together hold every match in those."""
        if not self.possible(speech):
            return
        sentences = self.sentences(speech).nonzero()[0]
        turn = speech.turn_of[sentences]
        wanted = turns[turn]
        for number, sentence in zip(turn[wanted].tolist(), sentences[wanted].tolist(), strict=True):
            yield number, speech.sentences[sentence], speech.sentences[sentence + 1], self

    def whole_turns(self, speech: Speech, turns: Turns) -> Iterator[Region]:
        """Those of some turns that may hold a match, each as one stretch: the regions of what may stand anywhere."""
        for turn in (self.turns(speech) & turns).nonzero()[0].tolist():
            yield turn, speech.turns[turn], speech.turns[turn + 1], self


@dataclass(slots=True, eq=False)
class One(Node):
    """One word of a family."""

    family: Family

    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """See :class:`Node`."""
        return [(place,) for place in speech.within(self.family, low, high)]

    def _possible(self, speech: Speech) -> bool:
        """See :class:`Node`."""
        return not speech.said.isdisjoint(self.family.codes)

    def surely(self, speech: Speech) -> Sentences:
        """See :class:`Node`."""
        return speech.with_one(self.family)

    def _sentences(self, speech: Speech) -> Sentences:
        """See :class:`Node`."""
        return speech.with_one(self.family)

    def _spots(self, speech: Speech) -> Spots:
        """See :class:`Node`."""
        places = speech.places(self.family)
        return Spots(places, places, places)


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
    number
        Its place among the phrases of the codebook.
    """

    steps: tuple[Step, ...]
    skipped: Skipped
    number: int
    extent: int = field(init=False)
    _own: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        gaps = sum(isinstance(step, Between) for step in self.steps)
        said = len(self.steps) - gaps
        self.extent = said + (said - 1) * _SKIPS + gaps * GAP
        self._own = frozenset((self.number,))

    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """See :class:`Node`."""
        first = self.steps[0]
        starts: Iterable[int] = range(low, high)
        if isinstance(first, Family):
            # A sentence or so: looking at each word is faster than asking the index for one phrase of thousands.
            codes = first.codes
            starts = [place for place, code in enumerate(speech.words[low:high], low) if code in codes]
        matches = [self.at(speech, start, high) for start in starts]
        return [match for match in matches if match is not None]

    def find_in(self, speech: Speech, sentence: int, starts: list[int]) -> list[Match]:
        """All matches in a sentence, from what the index says of it: where they begin, or -1 where it cannot tell."""
        if -1 in starts:
            return self.find(speech, speech.sentences[sentence], speech.sentences[sentence + 1])
        size = len(self.steps)
        return [tuple(range(start, start + size)) for start in starts]

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

    def marks(self, step: Step) -> int:
        """How the index of phrases writes a step that is no family."""
        return GAP_STEP if isinstance(step, Between) else ANY_STEP

    def _possible(self, speech: Speech) -> bool:
        """See :class:`Node`."""
        found: bool = speech.phrases.has_any(self._own)
        return found

    def _sentences(self, speech: Speech) -> Sentences:
        """See :class:`Node`."""
        return speech.sentences_of(speech.phrases.of(self._own))

    def surely(self, speech: Speech) -> Sentences:
        """See :class:`Node`."""
        return speech.sentences_of(speech.phrases.surely(self._own))

    def _spots(self, speech: Speech) -> Spots:
        """See :class:`Node`."""
        spots: Spots = speech.phrases.spots(self._own)
        return spots
