"""Many turns as arrays, with an index from words to where they stand.

The turns of a batch stand one after the other. Words are counted through the batch, so that a place is one number;
a sentence never runs over into the next turn.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from codering.suggest.expansion import Family
from codering.suggest.places import NONE, Places, Sentences, Spots, Turns, counted_from, joined

_FEW: Final = 16  # so few words of a family are looked up one by one


@dataclass(slots=True)
class Speech:
    """The words of some turns.

    Attributes
    ----------
    words
        Number of each word in the lexicon, ``(n,)``.
    sentence, clause
        Number of the sentence, and of the stretch between punctuation, that each word stands in, ``(n,)``.
    sentences, turns
        First word of each sentence (or turn), with one more at the end: ``(k + 1,)``.
    turn_bounds
        `turns` as an array.
    turn_of
        Number (from 0, in the batch) of the turn that each sentence stands in, ``(k,)``.
    questions
        The sentences that end in a question mark.
    starts, ends
        Code points at which each word begins and ends in its turn, ``(n,)``; right where the turn is `spaced`.
    spaced
        Whether one blank stands between the pieces of a turn, and none around them, ``(t,)``.
    piece, inside
        For each word the number of its piece in the turn, and where it begins in that piece, ``(n,)``.
    known
        How many words the lexicon knew.
    codes, in_sentence
        `words` and `sentence` as arrays.
    said
        The numbers of the words that stand somewhere.
    order, bounds
        The places of all words by number, ascending; where those of each word begin, ``(known + 1,)``.
    skipped
        Which words a phrase may pass over, ``(n,)``.
    phrases
        Where the phrases of the codebook may stand: :class:`codering.suggest.phrases.Found`.
    possible, sure, held, masks, turned, turn_masks, longer, spots, orders, anchors
        What was worked out for a node: whether its words are there at all; the turns that hold it for certain; the
        sentences and turns that may hold it, each also as bytes; the sentences that may hold one of its longer parts;
        its places; its parts from rare to common; the words of which every match holds one.
    tallies
        For some nodes together, by what each counts for: which turns may hold each, and what those count for at most.
    numbers, counted
        All numbers, and those of them that a node counts: see :mod:`codering.suggest.verbs_and_numbers`.
    """

    words: list[int]
    sentence: memoryview[int]
    clause: memoryview[int]
    sentences: list[int]
    turns: list[int]
    questions: frozenset[int]
    turn_bounds: Places
    turn_of: Places
    starts: memoryview[int]
    ends: memoryview[int]
    spaced: Turns
    piece: Places
    inside: Places
    known: int
    codes: Places
    in_sentence: Places
    said: frozenset[int]
    order: Places
    bounds: Places
    _bounds: list[int]
    skipped: Turns = field(default_factory=lambda: np.empty(0, dtype=bool))
    phrases: Any = None
    held: dict[object, Sentences] = field(default_factory=dict)
    spots: dict[object, Spots] = field(default_factory=dict)
    masks: dict[object, bytes] = field(default_factory=dict)
    possible: dict[object, bool] = field(default_factory=dict)
    sure: dict[object, Turns] = field(default_factory=dict)
    longer: dict[object, bytes] = field(default_factory=dict)
    turned: dict[object, Turns] = field(default_factory=dict)
    turn_masks: dict[object, bytes] = field(default_factory=dict)
    orders: dict[object, list[int]] = field(default_factory=dict)
    anchors: dict[object, Places] = field(default_factory=dict)
    tallies: dict[object, tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]] = field(default_factory=dict)
    numbers: Any = None
    counted: dict[object, Any] = field(default_factory=dict)
    _found: dict[int, Places] = field(default_factory=dict)
    _held: dict[int, Sentences] = field(default_factory=dict)
    _listed: dict[int, memoryview[int]] = field(default_factory=dict)

    def stand(self, turn: int, begins: Sequence[int]) -> None:
        """Note where the pieces of an unevenly spaced turn begin."""
        words = slice(self.turns[turn], self.turns[turn + 1])
        starts, ends = np.asarray(self.starts)[words], np.asarray(self.ends)[words]
        sizes = ends - starts
        starts[:] = np.array(begins, dtype=np.int64)[self.piece[words]] + self.inside[words]
        ends[:] = starts + sizes
        self.spaced[turn] = True

    def places(self, family: Family) -> Places:
        """Where the words of a family stand."""
        found = self._found.get(id(family))
        if found is None:
            held = self.said & family.codes
            if len(held) > _FEW:
                codes = np.fromiter(held, dtype=np.int64, count=len(held))
                first, after = self.bounds[codes], self.bounds[codes + 1]
                found = self.order[counted_from(first, after - first)]
            else:
                bounds = self._bounds
                found = joined([self.order[bounds[code] : bounds[code + 1]] for code in held])
            if len(held) > 1:
                found.sort()
            self._found[id(family)] = found
        return found

    def within(self, family: Family, low: int, high: int) -> list[int]:
        """Where the words of a family stand among the words ``low`` to ``high`` (not included)."""
        places = self._listed.get(id(family))
        if places is None:
            places = self._listed[id(family)] = self.places(family).data
        first = bisect_left(places, low)
        last = bisect_left(places, high, first)
        return places[first:last].tolist() if first < last else []

    def with_one(self, family: Family) -> Sentences:
        """The sentences in which a family has a word."""
        found = self._held.get(id(family))
        if found is None:
            found = self._held[id(family)] = self.sentences_of(self.places(family))
        return found

    def within_turns(self, spots: Spots, turns: Turns) -> tuple[Places, Places, Places]:
        """Stretches in some of the turns: the turn, the first word, and what follows the last.

        They are cut to the turn, and those that overlap are joined, so that nothing is found twice.
        """
        turn = self.turn_of[self.in_sentence[spots.place]]
        keep = turns[turn]
        if not keep.any():
            return NONE, NONE, NONE
        turn, spots, bounds = turn[keep], spots.only(keep), self.turn_bounds
        first = np.maximum(spots.low, bounds[turn])
        after = np.maximum.accumulate(np.minimum(spots.high + 1, bounds[turn + 1]))
        apart = (turn[1:] != turn[:-1]) | (first[1:] > after[:-1])
        opens = np.concatenate(((0,), np.flatnonzero(apart) + 1))
        closes = np.append(opens[1:], len(turn)) - 1
        return turn[opens], first[opens], after[closes]

    def nowhere(self) -> Sentences:
        """No sentence."""
        return np.zeros(len(self.sentences) - 1, dtype=bool)

    def sentences_of(self, places: Places) -> Sentences:
        """The sentences that some words stand in."""
        found = self.nowhere()
        found[self.in_sentence[places]] = True
        return found

    def turns_of(self, sentences: Sentences) -> Turns:
        """The turns that some sentences stand in."""
        found = np.zeros(len(self.turns) - 1, dtype=bool)
        found[self.turn_of[sentences.nonzero()[0]]] = True
        return found
