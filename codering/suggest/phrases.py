"""All phrases of a codebook at once: where in a batch each of them may stand.

A codebook has thousands of phrases. Asking the index for each of them would cost more than reading the words, so they
are asked for together: for each phrase the places of its rarest word, and of those only the places that have the
words before and after it. What remains is nearly exact; word by word it is verified where a rule needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from codering.suggest.expansion import Family
from codering.suggest.speech import NOWHERE, Places, Speech, Spots, joined, spread

if TYPE_CHECKING:
    from codering.suggest.matching import Succession

ANYTHING: Final = -1
"""Stands for a step that any word fits."""
GAP: Final = -2
"""Stands for a gap."""

_NONE: Final = -3
_MARGIN: Final = 4  # columns on either side, so that the step before the first can be asked for
_FAR: Final = 8  # words in which the step after a gap is looked for: the gap and the particles after it
_NEAR: Final = 3  # the next word, or the one after two particles
_BITS: Final = 32
_LEAST: Final = 16
_ROOM: Final = 24  # slots for each pair of a family and a word
_PRIME: Final = 2_654_435_761
_OTHER: Final = 40_503_009
_SHIFT: Final = 7


@dataclass(slots=True)
class Found:
    """Where the phrases may stand in one batch.

    Attributes
    ----------
    places
        Place of the rarest word, of all phrases: by phrase, then ascending.
    stretches
        The stretch of words around each place that a match lies in: first and last word, and the place, ``(3, n)``.
    first
        Where the places of each phrase begin, and one more.
    """

    places: Places
    stretches: npt.NDArray[np.int64]
    first: Places
    _ranges: dict[int, tuple[int, int]]  # of the phrases that may stand somewhere: rows of `places`
    _places: list[int]
    _numbers: list[int]
    _opens: list[int]  # for each sentence, where its phrases begin among `_places`; and one more
    _said: dict[int, frozenset[int]] = field(default_factory=dict)

    def has_any(self, phrases: frozenset[int]) -> bool:
        """Whether one of some phrases may stand anywhere."""
        return not self._ranges.keys().isdisjoint(phrases)

    def of(self, phrases: frozenset[int]) -> Places:
        """The places of some phrases, by phrase."""
        return joined([self.places[low:high] for low, high in self._rows(phrases)])

    def spots(self, phrases: frozenset[int]) -> Spots:
        """The stretches that some phrases may stand in, by where they begin."""
        rows = self._rows(phrases)
        if not rows:
            return NOWHERE
        if len(rows) == 1:
            return Spots(*self.stretches[:, slice(*rows[0])])
        found = np.concatenate([self.stretches[:, low:high] for low, high in rows], axis=1)
        return Spots(*found.take(found[0].argsort(kind="stable"), axis=1))

    def listed(self, sentence: int) -> list[int]:
        """The phrases that may stand in a sentence, by number, in the order of their rarest words."""
        return self._numbers[self._opens[sentence] : self._opens[sentence + 1]]

    def said(self, sentence: int) -> frozenset[int]:
        """The same, as a set."""
        said = self._said.get(sentence)
        if said is None:
            said = self._said[sentence] = frozenset(self.listed(sentence))
        return said

    def every(self) -> tuple[Places, Places]:
        """The places of all phrases, and the number of the phrase of each."""
        return self.places, np.arange(self.count).repeat(np.diff(self.first))

    @property
    def count(self) -> int:
        """How many phrases there are."""
        return len(self.first) - 1

    def _rows(self, phrases: frozenset[int]) -> list[tuple[int, int]]:
        """Where the places are of those phrases that have any, by phrase."""
        return [self._ranges[number] for number in sorted(self._ranges.keys() & phrases)]


class PhraseIndex:
    """The phrases of a codebook, ready to be asked for together.

    Parameters
    ----------
    phrases
        Numbered from 0 in this order.
    skipped
        Families of words that may stand between the words of a phrase.
    """

    def __init__(self, phrases: Sequence[Succession], skipped: Sequence[Family]) -> None:
        self._phrases = phrases
        self._skipped = skipped
        self._families: list[Family] = []
        numbers: dict[int, int] = {}
        longest = max((len(phrase.steps) for phrase in phrases), default=1)
        self._steps = np.full((len(phrases), longest + 2 * _MARGIN), _NONE, dtype=np.int64)
        for row, phrase in enumerate(phrases):
            for column, step in enumerate(phrase.steps, start=_MARGIN):
                if isinstance(step, Family):
                    number = numbers.setdefault(id(step), len(numbers))
                    if number == len(self._families):
                        self._families.append(step)
                    self._steps[row, column] = number
                else:
                    self._steps[row, column] = phrase.marks(step)
        self._known = -1
        self._codes = self._first = self._keys = np.empty(0, dtype=np.int64)
        self._hashes = np.empty(0, dtype=bool)

    def ask(self, speech: Speech) -> Found:
        """Where each phrase may stand."""
        self._learn(speech.known)
        speech.skipped = self._to_skip(speech)
        counts = np.zeros(len(self._families) + 1, dtype=np.int64)
        sizes = speech.bounds[self._codes + 1] - speech.bounds[self._codes]
        np.add.at(counts, np.repeat(np.arange(len(self._families)), np.diff(self._first)), sizes)
        counts[-1] = np.iinfo(np.int64).max
        rarest = np.argmin(counts[np.where(self._steps >= 0, self._steps, -1)], axis=1)
        rows = np.arange(len(self._phrases))
        anchors = self._steps[rows, rarest] if len(rows) else rows

        # (phrase, word number) for each word of the anchor's family; then (phrase, place) for each of its places.
        phrase, codes = _expanded(rows, self._first[anchors], self._first[anchors + 1], self._codes)
        phrase, places = _expanded(phrase, speech.bounds[codes], speech.bounds[codes + 1], speech.order)
        for side in (1, -1):
            keep = self._has(speech, phrase, places, rarest, side)
            phrase, places = phrase[keep], places[keep]
        for side in (1, -1):
            for steps in (2, 3):
                keep = self._has_further(speech, phrase, places, rarest, side * steps)
                phrase, places = phrase[keep], places[keep]
        order = np.lexsort((places, phrase))
        phrase, places = phrase[order], places[order]
        before, after = self._lengths(rarest)
        by_place = np.argsort(places, kind="stable")
        first = np.searchsorted(phrase, np.arange(len(self._phrases) + 1))
        filled = np.flatnonzero(first[1:] > first[:-1])
        ranges = zip(first[filled].tolist(), first[filled + 1].tolist(), strict=True)
        return Found(
            places=places,
            stretches=np.array((places - before[phrase], places + after[phrase], places)),
            first=first,
            _ranges=dict(zip(filled.tolist(), ranges, strict=True)),
            _places=places[by_place].tolist(),
            _numbers=phrase[by_place].tolist(),
            _opens=np.searchsorted(places[by_place], speech.sentences).tolist(),
        )

    def _lengths(self, rarest: Places) -> tuple[Places, Places]:
        """How many words a match may have before and after the rarest word."""
        reach = np.select([self._steps == _NONE, self._steps == GAP], [0, _FAR - _NEAR], default=_NEAR)
        total = np.cumsum(reach, axis=1)
        rows = np.arange(len(self._phrases))
        upto = total[rows, rarest]
        return upto - _NEAR, total[:, -1] - upto

    def _to_skip(self, speech: Speech) -> npt.NDArray[np.bool_]:
        """Which words a phrase may pass over: particles, and words that are said twice."""
        known = np.zeros(speech.known, dtype=bool)
        for family in self._skipped:
            known[[code for code in family.codes if code < speech.known]] = True
        skipped = known[speech.codes]
        twice = speech.codes[1:] == speech.codes[:-1]
        skipped[1:] |= twice
        skipped[:-1] |= twice
        return skipped

    def _learn(self, known: int) -> None:
        """Note which words the families have, now that the lexicon knows more."""
        if known == self._known:
            return
        self._known = known
        codes = [sorted(code for code in family.codes if code < known) for family in self._families]
        lengths = np.fromiter(map(len, codes), dtype=np.int64, count=len(codes))
        self._codes = np.fromiter((code for some in codes for code in some), dtype=np.int64, count=int(lengths.sum()))
        self._first = np.concatenate(([0], np.cumsum(lengths)))
        of = np.repeat(np.arange(len(codes)), lengths)
        self._hashes = np.zeros(1 << max(_LEAST, int(self._codes.size * _ROOM).bit_length()), dtype=bool)
        self._hashes[self._hashed(of, self._codes)] = True
        self._keys = np.sort((of << _BITS) | self._codes)

    def _has(self, speech: Speech, phrase: Places, places: Places, rarest: Places, side: int) -> npt.NDArray[np.bool_]:
        """Whether the step before or after a place can be there: at once, after words to skip, or beyond a gap."""
        rows = np.arange(len(rarest))
        wanted = self._steps[rows, rarest + side]
        gap = wanted == GAP
        wanted = np.where(gap, self._steps[rows, rarest + 2 * side], wanted)
        holds: npt.NDArray[np.bool_] = (wanted < 0)[phrase]
        open_ = np.flatnonzero(~holds)
        at, family, beyond = places[open_], wanted[phrase[open_]], gap[phrase[open_]]
        for distance in range(1, _FAR + 1):
            at = at + side
            fits = self._stands(speech, family, at, places[open_])
            holds[open_[fits]] = True
            on = ~fits & (beyond | (speech.skipped.take(at, mode="clip") & (distance < _NEAR)))
            open_, at, family, beyond = open_[on], at[on], family[on], beyond[on]
            if not len(open_):
                break
        return holds

    def _has_further(
        self, speech: Speech, phrase: Places, places: Places, rarest: Places, steps: int
    ) -> npt.NDArray[np.bool_]:
        """Whether the step so many steps on stands anywhere within reach; more than that is seen at verification."""
        side, rows = 1 if steps > 0 else -1, np.arange(len(rarest))
        wanted = self._steps[rows, rarest + steps]
        gaps = sum((self._steps[rows, rarest + side * n] == GAP).astype(np.int64) for n in range(1, abs(steps)))
        reach = abs(steps) * _NEAR + gaps * (_FAR - _NEAR)
        holds: npt.NDArray[np.bool_] = (wanted < 0)[phrase]
        open_ = np.flatnonzero(~holds)
        at, family, last = places[open_], wanted[phrase[open_]], reach[phrase[open_]]
        for distance in range(1, abs(steps) * _FAR + 1):
            at = at + side
            fits = self._stands(speech, family, at, places[open_])
            holds[open_[fits]] = True
            on = ~fits & (distance < last)
            open_, at, family, last = open_[on], at[on], family[on], last[on]
            if not len(open_):
                break
        return holds

    def _stands(self, speech: Speech, family: Places, at: Places, places: Places) -> npt.NDArray[np.bool_]:
        """Whether a word of a family stands at some place, in the sentence of another, pair by pair."""
        stands = self._member(family, speech.codes.take(at, mode="clip"))
        likely = np.flatnonzero(stands)
        within = at[likely].clip(0, len(speech.codes) - 1)
        stands[likely] = speech.in_sentence[within] == speech.in_sentence[places[likely]]
        return stands

    def _member(self, family: Places, code: Places) -> npt.NDArray[np.bool_]:
        """Whether words belong to families, pair by pair.

        Nearly all do not, which a look into a table of hashes tells; the rest are looked up.
        """
        member: npt.NDArray[np.bool_] = self._hashes.take(self._hashed(family, code))
        likely = np.flatnonzero(member)
        keys = (family[likely] << _BITS) | code[likely]
        found = np.searchsorted(self._keys, keys)
        found[found == len(self._keys)] = 0
        member[likely] = self._keys[found] == keys
        return member

    def _hashed(self, family: Places, code: Places) -> Places:
        hashed: Places = (family * _PRIME + code * _OTHER) >> _SHIFT & (len(self._hashes) - 1)
        return hashed


def _expanded(of: Places, low: Places, high: Places, values: Places) -> tuple[Places, Places]:
    """For each row its number, repeated, and the values from `low` to `high`."""
    rows, inside = spread(high - low)
    return of[rows], values[low[rows] + inside]
