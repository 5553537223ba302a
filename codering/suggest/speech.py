"""Many turns as arrays, with an index from words to where they stand.

The turns of a batch stand one after the other. Words are counted through the batch, so that a place is one number;
a sentence never runs over into the next turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from codering.language.words import CLAUSE, FIRST, QUESTION, SENTENCE, Lexicon
from codering.suggest.expansion import Family

Places = npt.NDArray[np.int64]
"""Sorted numbers of words, sentences or turns of a batch."""


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
    turn_of
        Number (from 0, in the batch) of the turn that each sentence stands in, ``(k,)``.
    questions
        The sentences that end in a question mark.
    known
        How many words the lexicon knew.
    """

    words: list[int]
    sentence: list[int]
    clause: list[int]
    sentences: list[int]
    turns: list[int]
    questions: frozenset[int]
    turn_of: Places
    known: int
    _sentence: Places
    _order: Places
    _bounds: Places
    _found: dict[int, Places] = field(default_factory=dict)

    def places(self, family: Family) -> Places:
        """Where the words of a family stand."""
        key = id(family)
        found = self._found.get(key)
        if found is None:
            last = len(self._bounds) - 1
            bounds = self._bounds
            parts = [self._order[bounds[code] : bounds[code + 1]] for code in family.codes if code < last]
            found = np.sort(np.concatenate(parts)) if len(parts) > 1 else parts[0] if parts else _NONE
            self._found[key] = found
        return found

    def within(self, family: Family, low: int, high: int) -> list[int]:
        """Where the words of a family stand among the words ``low`` to ``high`` (not included)."""
        if high - low <= _SHORT:
            codes = family.codes
            return [place for place, code in enumerate(self.words[low:high], low) if code in codes]
        places = self.places(family)
        first, last = np.searchsorted(places, (low, high))
        inside: list[int] = places[first:last].tolist()
        return inside

    def sentences_of(self, places: Places) -> Places:
        """The sentences that some words stand in."""
        return unique(self._sentence[places])

    def turns_of(self, sentences: Places) -> Places:
        """The turns that some sentences stand in."""
        return unique(self.turn_of[sentences])


_SHORT: Final = 96  # up to so many words, looking at each is faster than asking the index
_NONE: Final[Places] = np.empty(0, dtype=np.int64)


def unique(ordered: Places) -> Places:
    """Drop repetitions from sorted numbers."""
    if len(ordered) < 2:
        return ordered
    keep = np.empty(len(ordered), dtype=bool)
    keep[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


def common(sets: Iterable[Places]) -> Places:
    """What all sorted sets share; the cost is that of the smallest."""
    ordered = sorted(sets, key=len)
    found = ordered[0]
    for other in ordered[1:]:
        if not len(found) or not len(other):
            return _NONE
        places = np.searchsorted(other, found)
        places[places == len(other)] = 0
        found = found[other[places] == found]
    return found


def union(sets: Iterable[Places]) -> Places:
    """What stands in any of the sorted sets."""
    filled = [found for found in sets if len(found)]
    if len(filled) < 2:
        return filled[0] if filled else _NONE
    return unique(np.sort(np.concatenate(filled)))


def listen(texts: Sequence[str], lexicon: Lexicon) -> Speech:
    """Read the texts of some turns into one batch."""
    read = [lexicon.read(text) for text in texts]
    codes = np.fromiter(chain.from_iterable(read), dtype=np.int64, count=sum(map(len, read)))
    lengths = np.fromiter(map(len, read), dtype=np.int64, count=len(read))
    is_word = codes >= FIRST
    before = np.cumsum(is_word)
    turns = np.concatenate(([0], before[np.cumsum(lengths) - 1])) if len(read) else np.zeros(1, dtype=np.int64)

    # Sentences are numbered by the marks that end them; those without words (the second dot of two) drop out.
    ends = codes == SENTENCE
    after = np.cumsum(ends) - ends
    raw, starts, sentence = np.unique(after[is_word], return_index=True, return_inverse=True)
    clause = (np.cumsum((codes == CLAUSE) | ends))[is_word]
    asked = np.isin(raw, after[codes == QUESTION])

    words = codes[is_word]
    sentences = np.append(starts, len(words))
    order = np.argsort(words, kind="stable")
    bounds = np.searchsorted(words[order], np.arange(len(lexicon.keys) + 1))
    return Speech(
        words=words.tolist(),
        sentence=sentence.tolist(),
        clause=clause.tolist(),
        sentences=sentences.tolist(),
        turns=turns.tolist(),
        questions=frozenset(np.flatnonzero(asked).tolist()),
        turn_of=np.searchsorted(turns, starts, side="right") - 1,
        known=len(lexicon.keys),
        _sentence=sentence,
        _order=order,
        _bounds=bounds,
    )
