"""What forbids a rule near a match, and what it requires in the turn: ``unless``, ``unless_in_turn``, ``requires``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from codering.suggest.limiting import beside
from codering.suggest.matching import Match, Node
from codering.suggest.places import Turns
from codering.suggest.speech import Speech


@dataclass(frozen=True, slots=True, eq=False)
class Guard:
    """Lets only some matches of a rule through.

    Attributes
    ----------
    unless, unless_in_turn
        What must not stand in the sentences of a match, or in its turn; None for nothing.
    requires
        What must stand in the turn, each outside the match.
    """

    unless: Node | None
    unless_in_turn: Node | None
    requires: tuple[Node, ...]

    def open_in(self, speech: Speech, turns: Turns) -> Turns:
        """Those of some turns that may hold what is required, and do not for certain hold what is forbidden."""
        for node in self.requires:
            turns = turns & node.turns(speech)
        if self.unless_in_turn is not None and np.count_nonzero(turns):
            turns = turns & ~self.unless_in_turn.surely_in(speech)
        return turns

    def admitted(self, matches: Iterable[Match], speech: Speech, turn: int) -> Iterator[Match]:
        """Those of the matches in a turn that nothing forbids; the turn is looked through only if one asks for it."""
        near: list[list[Match]] | None = None
        low, high = speech.turns[turn], speech.turns[turn + 1]
        for match in matches:
            if self.unless is not None and beside(self.unless, speech, match):
                continue
            if near is None:
                if self._forbidden(speech, turn, low, high):
                    return
                near = [node.find(speech, low, high) for node in self.requires]
            if all(any(map(set(match).isdisjoint, found)) for found in near):
                yield match

    def _forbidden(self, speech: Speech, turn: int, low: int, high: int) -> bool:
        node = self.unless_in_turn
        return node is not None and node.turn_mask(speech)[turn] == 1 and bool(node.find(speech, low, high))
