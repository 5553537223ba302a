"""Nodes that let only some matches of a part through: by what stands beside them, by where in a turn they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from codering.suggest.matching import SPAN, Match, Node, Region
from codering.suggest.places import Places, Sentences, Spots, Turns
from codering.suggest.speech import Speech

_OPENING: Final = 3  # an answer begins with one of the first three words: "nou ja nee"


@dataclass(slots=True, eq=False)
class _Limited(Node):
    """A part of which some matches are let through: it may stand where the part may.

    Attributes
    ----------
    part
        What must be there.
    bar
        What must not be in the same sentence.
    """

    part: Node
    bar: Node
    extent: int = field(init=False)

    def __post_init__(self) -> None:
        self.extent = self.part.extent

    def _possible(self, speech: Speech) -> bool:
        """See :class:`Node`."""
        return self.part.possible(speech)

    def _sentences(self, speech: Speech) -> Sentences:
        """See :class:`Node`."""
        return self.part.sentences(speech)

    def _spots(self, speech: Speech) -> Spots:
        """See :class:`Node`."""
        return self.part.spots(speech)

    def _anchors(self, speech: Speech) -> Places:
        """See :class:`Node`."""
        return self.part.anchors(speech)


@dataclass(slots=True, eq=False)
class Barred(_Limited):
    """A part, where something else does not stand in the same sentence."""

    local: bool = field(init=False)
    coarse: bool = field(init=False)

    def __post_init__(self) -> None:
        _Limited.__post_init__(self)
        self.local = self.part.local
        self.coarse = self.part.coarse

    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """See :class:`Node`."""
        return [match for match in self.part.find(speech, low, high) if not beside(self.bar, speech, match)]

    def surely(self, speech: Speech) -> Sentences:
        """See :class:`Node`."""
        if not self.bar.local:
            return speech.nowhere()
        return self.part.surely(speech) & ~self.bar.sentences(speech)

    def _turns(self, speech: Speech) -> Turns:
        """See :class:`Node`."""
        return self.part.turns(speech)

    def regions(self, speech: Speech, turns: Turns) -> Iterator[Region]:
        """See :class:`Node`."""
        return ((turn, low, high, self) for turn, low, high, _ in self.part.regions(speech, turns))


@dataclass(slots=True, eq=False)
class Opening(_Limited):
    """A part that begins among the first words of a turn, where something else does not take it back."""

    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """See :class:`Node`."""
        found = (match for match in self.part.find(speech, low, high) if self._opens(speech, match[0]))
        return [match for match in found if not beside(self.bar, speech, match)]

    def _opens(self, speech: Speech, place: int) -> bool:
        turn = int(speech.turn_of[speech.sentence[place]])
        return place - speech.turns[turn] < _OPENING


def beside(node: Node, speech: Speech, match: Match) -> bool:
    """Whether something stands in the sentences of a match; of a sentence without end, in its neighbourhood."""
    first, last = speech.sentence[match[0]], speech.sentence[match[-1]]
    if node.local and node.mask(speech).find(1, first, last + 1) < 0:
        return False
    low = max(speech.sentences[first], match[0] - SPAN)
    high = min(speech.sentences[last + 1], match[-1] + SPAN)
    return bool(node.find(speech, low, high))
