"""Where the phrases of a codebook may stand in a batch: what :mod:`codering.suggest.phrase_index` found."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from codering.suggest.places import NOWHERE, Places, Spots, joined


@dataclass(slots=True)
class Found:
    """Where the phrases may stand in one batch.

    Attributes
    ----------
    places
        Place of the rarest word, of all phrases: by phrase, then ascending.
    numbers
        The phrase of each place.
    stretches
        The stretch of words around each place that a match lies in: first and last word, and the place, ``(3, n)``.
    count
        How many phrases the codebook has.
    sure
        For each place whether the index could tell that the phrase matches there.
    """

    places: Places
    numbers: Places
    stretches: Places
    count: int
    sure: npt.NDArray[np.bool_]
    _ranges: dict[int, tuple[int, int]]  # of the phrases that may stand somewhere: rows of `places`
    _listed: list[int]  # the phrases by sentence, in the order of their rarest words
    _starts: list[int]  # the first word of each of these, if the index could tell that it matches; otherwise -1
    _opens: list[int]  # for each sentence, where its phrases begin among those; and one more
    _said: dict[int, dict[int, list[int]]] = field(default_factory=dict)

    def has_any(self, phrases: frozenset[int]) -> bool:
        """Whether one of some phrases may stand anywhere."""
        return not self._ranges.keys().isdisjoint(phrases)

    def of(self, phrases: frozenset[int]) -> Places:
        """The places of some phrases, in no order."""
        return joined([self.places[low:high] for low, high in self._rows(phrases)])

    def surely(self, phrases: frozenset[int]) -> Places:
        """Those of the places of some phrases where one matches for certain."""
        return joined([self.places[low:high][self.sure[low:high]] for low, high in self._rows(phrases)])

    def spots(self, phrases: frozenset[int]) -> Spots:
        """The stretches that some phrases may stand in, by where they begin."""
        rows = self._rows(phrases)
        if not rows:
            return NOWHERE
        if len(rows) == 1:
            return Spots(*self.stretches[:, slice(*rows[0])])
        found = np.concatenate([self.stretches[:, low:high] for low, high in rows], axis=1)
        return Spots(*found.take(found[0].argsort(kind="stable"), axis=1))

    def said(self, sentence: int) -> dict[int, list[int]]:
        """The phrases that may stand in a sentence, and where each begins; -1 for a place that is to be looked at."""
        said = self._said.get(sentence)
        if said is None:
            said = self._said[sentence] = {}
            here = slice(self._opens[sentence], self._opens[sentence + 1])
            for number, start in zip(self._listed[here], self._starts[here], strict=True):
                said.setdefault(number, []).append(start)
        return said

    def _rows(self, phrases: frozenset[int]) -> list[tuple[int, int]]:
        """Where the places are of those phrases that have any."""
        return [self._ranges[number] for number in self._ranges.keys() & phrases]
