"""A node that counts: so many of its parts, wherever they stand in a turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from codering.suggest.matching import UNBOUNDED, Match, Node, Region
from codering.suggest.places import Sentences, Spots, Turns, gathered
from codering.suggest.speech import Speech


@dataclass(slots=True, eq=False)
class Several(Node):
    """At least so many of the parts in one turn, each counted once; their words never overlap.

    Attributes
    ----------
    parts
        What is counted, the parts that count most first.
    points
        For how much each part counts.
    least
        How much there must be together.
    """

    parts: tuple[Node, ...]
    points: tuple[int, ...]
    least: int
    local = False
    extent = UNBOUNDED

    def _possible(self, speech: Speech) -> bool:
        """See :class:`Node`."""
        there = (part.possible(speech) for part in self.parts)
        return sum(points for points, said in zip(self.points, there, strict=True) if said) >= self.least

    def find(self, speech: Speech, low: int, high: int) -> list[Match]:
        """See :class:`Node`; one match, of everything that counts."""
        if low == high:
            return []
        taken: set[int] = set()
        total = 0
        for place in np.flatnonzero(self._likely(speech)[0][:, speech.turn_of[speech.sentence[low]]]).tolist():
            found = self.parts[place].find(speech, low, high)
            match = next((match for match in found if taken.isdisjoint(match)), None)
            if match is not None:
                taken.update(match)
                total += self.points[place]
        return [tuple(sorted(taken))] if total >= self.least else []

    def _turns(self, speech: Speech) -> Turns:
        """See :class:`Node`."""
        enough: Turns = self._likely(speech)[1] >= self.least
        return enough

    def _likely(self, speech: Speech) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
        """Which part may be in which turn, and for how much all of a turn may count.

        Worked out once for rules that ask different numbers of the same parts.
        """
        asked = (self.parts, self.points)
        likely = speech.tallies.get(asked)
        if likely is None:
            nowhere = np.zeros(len(speech.turns) - 1, dtype=bool)
            by_part = np.array([part.turns(speech) if part.possible(speech) else nowhere for part in self.parts])
            likely = speech.tallies[asked] = (by_part, np.array(self.points) @ by_part)
        return likely

    def regions(self, speech: Speech, turns: Turns) -> Iterator[Region]:
        """See :class:`Node`."""
        return self.whole_turns(speech, turns)

    def _sentences(self, speech: Speech) -> Sentences:
        """See :class:`Node`; of the turns that may hold a match, as it is not local."""
        return self.turns(speech)[speech.turn_of]

    def _spots(self, speech: Speech) -> Spots:
        """See :class:`Node`."""
        return gathered([part.spots(speech) for part in self.parts]).wider(UNBOUNDED, UNBOUNDED)
