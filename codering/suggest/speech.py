"""Many turns as arrays, with an index from words to where they stand.

The turns of a batch stand one after the other. Words are counted through the batch, so that a place is one number;
a sentence never runs over into the next turn.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from codering.language.words import CLAUSE, FIRST, LINE, QUESTION, SENTENCE, Lexicon
from codering.suggest.expansion import Family

Places = npt.NDArray[np.int64]
"""Sorted numbers of words, sentences or turns of a batch."""


Turns = npt.NDArray[np.bool_]
"""For each turn of a batch whether it counts, ``(t,)``."""


Sentences = npt.NDArray[np.bool_]
"""For each sentence of a batch whether it counts, ``(k,)``."""


class Spots(NamedTuple):
    """Short stretches of words, by where they begin; every match of something lies within one of them.

    Attributes
    ----------
    low, high
        First and last word; they may lie outside the turn.
    place
        A word within that a match holds.
    """

    low: Places
    high: Places
    place: Places

    def only(self, keep: Turns) -> Spots:
        """Some of them."""
        return Spots(self.low[keep], self.high[keep], self.place[keep])

    def wider(self, before: int, after: int) -> Spots:
        """All of them, longer."""
        return Spots(self.low - before, self.high + after, self.place)


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
    possible, held, masks, turned, longer, spots, orders, anchors
        What was worked out for a node: whether its words are there at all; the sentences (also as bytes) and turns that
        may hold it; the sentences that may hold one of its longer parts; its places; its parts from rare to common; the
        words of which every match holds one.
    tallies
        For some nodes together: for each of them, which turns may hold it.
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
    longer: dict[object, bytes] = field(default_factory=dict)
    turned: dict[object, Turns] = field(default_factory=dict)
    orders: dict[object, list[int]] = field(default_factory=dict)
    anchors: dict[object, Places] = field(default_factory=dict)
    tallies: dict[object, npt.NDArray[np.bool_]] = field(default_factory=dict)
    numbers: Any = None
    counted: dict[object, Any] = field(default_factory=dict)
    _found: dict[int, Places] = field(default_factory=dict)
    _held: dict[int, Sentences] = field(default_factory=dict)
    _listed: dict[int, list[int]] = field(default_factory=dict)

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
                of, inside = spread(after - first)
                found = self.order[first[of] + inside]
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
            places = self._listed[id(family)] = self.places(family).tolist()
        first = bisect_left(places, low)
        return places[first : bisect_left(places, high, first)]

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
            return _NONE, _NONE, _NONE
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
        found[self.turn_of[sentences]] = True
        return found


_SMALL: Final = 2**16  # so few distinct words are sorted five times as fast
_FEW: Final = 16  # so few words of a family are looked up one by one
_NONE: Final[Places] = np.empty(0, dtype=np.int64)
NOWHERE: Final = Spots(_NONE, _NONE, _NONE)


def unique(ordered: Places) -> Places:
    """Drop repetitions from sorted numbers."""
    if len(ordered) < 2:
        return ordered
    keep = np.empty(len(ordered), dtype=bool)
    keep[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


def meeting(spots: Spots, others: Spots, slack: int) -> Spots:
    """Those of some stretches that have another stretch within so many words."""
    if not len(spots.low) or not len(others.low):
        return NOWHERE
    furthest = np.maximum.accumulate(others.high)  # of the stretches that begin so early, how far one of them goes
    last = others.low.searchsorted(spots.high + slack, side="right") - 1
    return spots.only((last >= 0) & (furthest[last] >= spots.low - slack))


def gathered(spots: Sequence[Spots]) -> Spots:
    """All stretches together, by where they begin."""
    filled = [some for some in spots if some.low.size]
    if len(filled) < 2:
        return filled[0] if filled else NOWHERE
    low, high, place = (np.concatenate(parts) for parts in zip(*filled, strict=True))
    order = low.argsort(kind="stable")
    return Spots(low[order], high[order], place[order])


def union(sets: Iterable[Places]) -> Places:
    """What stands in any of the sorted sets."""
    filled = [found for found in sets if found.size]
    if len(filled) < 2:
        return filled[0] if filled else _NONE
    found = joined(filled)
    found.sort()
    return unique(found)


def joined(parts: Sequence[Places]) -> Places:
    """One after the other; a single one as it is."""
    if len(parts) < 2:
        return parts[0] if parts else _NONE
    return np.concatenate(parts)


def listen(texts: Sequence[str], lexicon: Lexicon) -> Speech:
    """Read the texts of some turns into one batch."""
    read = [lexicon.read(text) for text in texts]
    sizes = np.fromiter(map(len, read), dtype=np.int64, count=len(read))
    pieces = np.fromiter(chain.from_iterable(read), dtype=np.int64, count=int(sizes.sum()))
    codes, piece_of, starts, ends = _spelt_out(pieces, lexicon)
    is_word = codes >= FIRST
    words, of = codes[is_word], piece_of[is_word]

    # Where the pieces of a turn begin, if one blank stands between them, as is nearly always so.
    lengths = np.array(lexicon.lengths)[pieces]
    offsets = np.cumsum(lengths + 1) - lengths - 1
    closes = np.cumsum(sizes) - 1
    opens = closes - sizes + 1
    spaced = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) == offsets[closes] - offsets[opens] - 1
    offsets -= np.repeat(offsets[opens], sizes)

    real = np.cumsum(pieces != LINE) - (pieces != LINE)

    # Sentences are numbered by the marks that end them; those without words (the second dot of two) drop out.
    ended = codes == SENTENCE
    after = np.cumsum(ended) - ended
    raw, first, sentence = np.unique(after[is_word], return_index=True, return_inverse=True)
    asked = np.isin(raw, after[codes == QUESTION])
    turns = np.concatenate(([0], np.searchsorted(of, closes, side="right")))
    order = np.argsort(words.astype(np.uint16) if len(lexicon.keys) <= _SMALL else words, kind="stable")
    bounds = np.searchsorted(words[order], np.arange(len(lexicon.keys) + 1))
    return Speech(
        words=words.tolist(),
        sentence=sentence.data,
        clause=np.cumsum((codes == CLAUSE) | ended)[is_word].data,
        sentences=np.append(first, len(words)).tolist(),
        turns=turns.tolist(),
        questions=frozenset(np.flatnonzero(asked).tolist()),
        turn_bounds=turns,
        turn_of=np.searchsorted(turns, first, side="right") - 1,
        starts=(offsets[of] + starts[is_word]).data,
        ends=(offsets[of] + ends[is_word]).data,
        spaced=spaced,
        piece=real[of] - np.repeat(real[opens], np.diff(turns)),
        inside=starts[is_word],
        known=len(lexicon.keys),
        codes=words,
        in_sentence=sentence,
        said=frozenset(np.flatnonzero(bounds[1:] > bounds[:-1]).tolist()),
        order=order,
        bounds=bounds,
        _bounds=bounds.tolist(),
    )


def spread(counts: Places) -> tuple[Places, Places]:
    """For counts such as ``[2, 1]``: which each is of, ``[0, 0, 1]``, and its number within that, ``[0, 1, 0]``."""
    of = np.arange(len(counts)).repeat(counts)
    return of, np.arange(len(of)) - (counts.cumsum() - counts)[of]


def _spelt_out(pieces: Places, lexicon: Lexicon) -> tuple[Places, Places, Places, Places]:
    """Words and marks of a row of pieces: their codes, which piece each is of, and where they stand in it."""
    first = np.array(lexicon.first)
    flat, starts, ends = (np.array(numbers) for numbers in (lexicon.codes, lexicon.starts, lexicon.ends))
    counts = first[1:] - first[:-1]
    piece_of, inside = spread(counts[pieces])
    rows = first[pieces][piece_of] + inside
    return flat[rows], piece_of, starts[rows], ends[rows]
