"""All phrases of a codebook at once: where in a batch each of them may stand.

A codebook has thousands of phrases. Asking the index for each of them would cost more than reading the words, so they
are asked for together: for each phrase the places of its rarest word, and of those only the places that have the
words before and after it. What remains is nearly exact. Where the words of a phrase stand side by side, as they mostly
do, the index can tell that it matches, and where; the rest is verified word by word, where a rule needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from codering.suggest.expansion import Family
from codering.suggest.membership import Membership, Mixed
from codering.suggest.phrases import Found
from codering.suggest.places import Places, counted_from, joined
from codering.suggest.speech import Speech

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
_BLOCK: Final = 50_000  # places that are looked at together: so few stay in the processor's memory


class _Row(NamedTuple):
    """The words of a batch, with empty places around, so that what stands next to one can always be asked for.

    Attributes
    ----------
    codes, mixed
        Number of each word, and that mixed for looking pairs up.
    sentence
        Its sentence.
    skipped
        Whether a phrase may pass over it.
    pad
        How many empty places there are on either side.
    """

    codes: Places
    mixed: Mixed
    sentence: Places
    skipped: npt.NDArray[np.bool_]
    pad: int


class _Candidates(NamedTuple):
    """Places where phrases may stand.

    Attributes
    ----------
    phrase
        Which phrase.
    place
        Where its rarest word stands, in the padded row.
    """

    phrase: Places
    place: Places

    def only(self, keep: npt.NDArray[np.bool_] | Places) -> _Candidates:
        """Some of them."""
        return _Candidates(self.phrase[keep], self.place[keep])


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
        self._longest = max((len(phrase.steps) for phrase in phrases), default=1)
        self._steps = np.full((len(phrases), self._longest + 2 * _MARGIN), _NONE, dtype=np.int64)
        for row, phrase in enumerate(phrases):
            for column, step in enumerate(phrase.steps, start=_MARGIN):
                if isinstance(step, Family):
                    number = numbers.setdefault(id(step), len(numbers))
                    if number == len(self._families):
                        self._families.append(step)
                    self._steps[row, column] = number
                else:
                    self._steps[row, column] = phrase.marks(step)
        self._sizes = np.count_nonzero(self._steps != _NONE, axis=1)
        self._gapless = ~(self._steps == GAP).any(axis=1)
        self._known = -1
        self._pairs = Membership((), 0)

    def ask(self, speech: Speech) -> Found:
        """Where each phrase may stand."""
        if speech.known != self._known:
            self._known, self._pairs = speech.known, Membership(self._families, speech.known)
        row, counts = self._row(speech), self._counts(speech)
        rarest = counts[np.where(self._steps >= 0, self._steps, -1)].argmin(axis=1)
        # First the side whose word is the rarer one, which fewer places pass.
        better = self._better_side(counts, rarest)
        anchored = self._anchored(speech, rarest, row.pad)
        passed = [some.only(self._beside(row, some, rarest, better)) for some in anchored]
        found = _Candidates(*(joined(parts) for parts in zip(*passed, strict=True)))
        found = found.only(self._beside(row, found, rarest, -better))
        for steps in (2, 3, -2, -3):
            found = found.only(self._further(row, found, rarest, steps))
        found = _Candidates(*_halves(np.sort(_joined(*found))))
        starts = self._starts(row, found, rarest) - row.pad
        return self._found(speech, found.phrase, found.place - row.pad, starts, rarest)

    def _row(self, speech: Speech) -> _Row:
        """The words with empty places around them."""
        pad = max(3 * _FAR, self._longest)
        codes = np.pad(speech.codes, pad)
        known = np.zeros(speech.known, dtype=bool)
        for family in self._skipped:
            known[[code for code in family.codes if code < speech.known]] = True
        skipped = known[codes]
        twice = codes[1:] == codes[:-1]
        skipped[1:] |= twice  # a word that is said twice may be passed over too
        skipped[:-1] |= twice
        sentence = np.pad(speech.in_sentence, pad, constant_values=-1)
        return _Row(codes, self._pairs.mixed_words(codes), sentence, skipped, pad)

    def _counts(self, speech: Speech) -> Places:
        """How often a word of each family is said; at the end, for steps that are no family, more than any."""
        counts = np.zeros(len(self._families) + 1, dtype=np.int64)
        sizes = np.diff(speech.bounds)[self._pairs.codes]
        np.add.at(counts, np.arange(len(self._families)).repeat(np.diff(self._pairs.first)), sizes)
        counts[-1] = np.iinfo(np.int64).max
        return counts

    def _anchored(self, speech: Speech, rarest: Places, pad: int) -> Iterator[_Candidates]:
        """Every place of the rarest word of every phrase, some phrases at a time."""
        rows, pairs = np.arange(len(self._phrases)), self._pairs
        anchors = self._steps[rows, rarest] if len(rows) else rows
        phrase, codes = _expanded(rows, pairs.first[anchors], pairs.first[anchors + 1], pairs.codes)
        low, high = speech.bounds[codes], speech.bounds[codes + 1]
        upto = np.cumsum(high - low)
        cuts = np.searchsorted(upto, np.arange(_BLOCK, upto.max(initial=0), _BLOCK)).tolist()
        for first, last in pairwise([0, *cuts, len(codes)]):
            some = slice(first, last)
            of, places = _expanded(phrase[some], low[some], high[some], speech.order)
            yield _Candidates(of, places + pad)

    def _next(self, rarest: Places, side: Places) -> tuple[Places, npt.NDArray[np.bool_]]:
        """The step on one side of the rarest word of each phrase, and whether it stands beyond a gap."""
        rows = np.arange(len(rarest))
        wanted = self._steps[rows, rarest + side]
        gap = wanted == GAP
        return np.where(gap, self._steps[rows, rarest + 2 * side], wanted), gap

    def _better_side(self, counts: Places, rarest: Places) -> Places:
        """The side of the rarest word of each phrase on which less can stand, a gap being wide: 1 or -1."""
        after = np.ones_like(rarest)
        said = []
        for side in (-after, after):
            wanted, gap = self._next(rarest, side)
            said.append(counts[np.maximum(wanted, -1)] // np.where(gap, 1, _FAR))
        return np.where(said[1] <= said[0], after, -after)

    def _beside(self, row: _Row, found: _Candidates, rarest: Places, side: Places) -> npt.NDArray[np.bool_]:
        """Whether the step on one side of a place can be there: at once, after words to skip, or beyond a gap."""
        wanted, gap = self._next(rarest, side)
        phrase, place = found
        holds: npt.NDArray[np.bool_] = (wanted < 0)[phrase]
        open_, step, beyond = np.arange(len(phrase)), side[phrase], gap[phrase]
        at = place + step
        for distance in range(1, _FAR + 1):
            holds[open_[self._standing(row, wanted, _Candidates(phrase, place), at)]] = True
            on = beyond | row.skipped[at] if distance < _NEAR else beyond
            on = np.flatnonzero(on & ~holds[open_])
            if not len(on):
                break
            open_, phrase, place, beyond, step = open_[on], phrase[on], place[on], beyond[on], step[on]
            at = at[on] + step
        return holds

    def _further(self, row: _Row, found: _Candidates, rarest: Places, steps: int) -> npt.NDArray[np.bool_]:
        """Whether the step so many steps on stands anywhere within reach; more than that is seen at verification."""
        side, rows = 1 if steps > 0 else -1, np.arange(len(rarest))
        wanted = self._steps[rows, rarest + steps]
        gaps = sum((self._steps[rows, rarest + side * n] == GAP).astype(np.int64) for n in range(1, abs(steps)))
        reach = abs(steps) * _NEAR + gaps * (_FAR - _NEAR)
        holds: npt.NDArray[np.bool_] = (wanted < 0)[found.phrase]
        open_ = np.flatnonzero(~holds)
        phrase, place = found.only(open_)
        at, last = place, reach[phrase]
        for distance in range(1, abs(steps) * _FAR + 1):
            at = at + side
            holds[open_[self._standing(row, wanted, _Candidates(phrase, place), at)]] = True
            on = np.flatnonzero(~holds[open_] & (distance < last))
            if not len(on):
                break
            open_, phrase, place, at, last = open_[on], phrase[on], place[on], at[on], last[on]
        return holds

    def _standing(self, row: _Row, wanted: Places, found: _Candidates, at: Places) -> Places:
        """Of which candidates a word of the family that their phrase wants stands at some place in their sentence."""
        phrase, place = found
        likely = self._pairs.likely(self._pairs.mixed_families(wanted)[phrase], row.mixed[at])
        here = at[likely]
        fits = self._pairs.sure(wanted[phrase[likely]], row.codes[here])
        fits &= row.sentence[here] == row.sentence[place[likely]]
        standing: Places = likely[fits]
        return standing

    def _starts(self, row: _Row, found: _Candidates, rarest: Places) -> Places:
        """Where the phrases begin whose words stand side by side; for others -1, in the padded row ``pad - 1``.

        No other match can hold the same place: the first word that fits a step is the one that counts, and none of the
        words before the rarest may be passed over.
        """
        phrase, place = found
        before = (rarest - _MARGIN)[phrase]
        start, size = place - before, self._sizes[phrase]
        sure = self._gapless[phrase] & (row.sentence[start] == row.sentence[start + size - 1])
        for column in range(self._longest):
            open_ = np.flatnonzero(sure & (column < size))
            at = start[open_] + column
            step = self._steps[phrase[open_], column + _MARGIN]
            fits = (step < 0) | self._pairs.sure(step, row.codes[at])
            sure[open_] = fits & ((column >= before[open_]) | ~row.skipped[at])
        return np.where(sure, start, row.pad - 1)

    def _found(self, speech: Speech, phrase: Places, places: Places, starts: Places, rarest: Places) -> Found:
        """Put candidates, which stand by phrase, where they can be asked for by phrase and by sentence."""
        before, after = self._lengths(rarest)
        first = np.searchsorted(phrase, np.arange(len(self._phrases) + 1))
        filled = np.flatnonzero(first[1:] > first[:-1])
        ranges = zip(first[filled].tolist(), first[filled + 1].tolist(), strict=True)
        by_place = _halves(np.sort(_joined(places, np.arange(len(places)))))[1]
        return Found(
            places=places,
            numbers=phrase,
            stretches=np.array((places - before[phrase], places + after[phrase], places)),
            count=len(self._phrases),
            sure=starts >= 0,
            _ranges=dict(zip(filled.tolist(), ranges, strict=True)),
            _listed=phrase[by_place].tolist(),
            _starts=starts[by_place].tolist(),
            _opens=places[by_place].searchsorted(speech.sentences).tolist(),
        )

    def _lengths(self, rarest: Places) -> tuple[Places, Places]:
        """How many words a match may have before and after the rarest word."""
        reach = np.select([self._steps == _NONE, self._steps == GAP], [0, _FAR - _NEAR], default=_NEAR)
        total = np.cumsum(reach, axis=1)
        upto = total[np.arange(len(self._phrases)), rarest]
        return upto - _NEAR, total[:, -1] - upto


def _expanded(of: Places, low: Places, high: Places, values: Places) -> tuple[Places, Places]:
    """For each row its number, repeated, and the values from `low` to `high`."""
    counts = high - low
    return of.repeat(counts), values[counted_from(low, counts)]


def _joined(left: Places, right: Places) -> Places:
    """Two numbers in one, which sorts faster than two."""
    joined: Places = (left << _BITS) | right
    return joined


def _halves(joined: Places) -> tuple[Places, Places]:
    """The two numbers in one."""
    return joined >> _BITS, joined & ((1 << _BITS) - 1)
