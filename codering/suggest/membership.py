"""Which words belong to which families, asked for many pairs at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from codering.suggest.expansion import Family
from codering.suggest.places import Places

Mixed = npt.NDArray[np.uint32]
"""Numbers of families or words, mixed: the sum of one of each is the hash of the pair."""

_PRIME: Final = 2_654_435_761
_OTHER: Final = 2_246_822_519
_LEAST: Final = 16  # bits of the smallest table
_MOST: Final = 31
_ROOM: Final = 24  # slots for each pair


class Membership:
    """The pairs of a family and a word of it.

    Nearly all pairs that are asked for are none, which a look into a small table of hashes tells. What remains is
    looked up in a table of the pairs themselves; the few pairs that share a slot with another stand apart.

    Parameters
    ----------
    families
        Numbered from 0 in this order.
    known
        How many words the lexicon knows.

    Attributes
    ----------
    codes, first
        The words of all families, one after the other; where those of each begin, and one more.
    """

    def __init__(self, families: Sequence[Family], known: int) -> None:
        codes = [sorted(code for code in family.codes if code < known) for family in families]
        lengths = np.fromiter(map(len, codes), dtype=np.int64, count=len(codes))
        self.codes: Final = np.fromiter((code for some in codes for code in some), np.int64, count=int(lengths.sum()))
        self.first: Final = np.concatenate(([0], np.cumsum(lengths)))
        self._families: Final[Mixed] = np.arange(len(families), dtype=np.uint32) * np.uint32(_PRIME)
        self._words: Final[Mixed] = np.arange(known, dtype=np.uint32) * np.uint32(_OTHER)
        bits = min(max(_LEAST, (self.codes.size * _ROOM).bit_length()), _MOST)
        self._shift: Final = np.uint32(32 - bits)
        of = np.arange(len(families)).repeat(lengths)
        slots = self._hashed(self._families[of], self._words[self.codes])
        self._taken: Final = np.zeros(1 << bits, dtype=bool)
        self._taken[slots] = True
        self._keys: Final = _keyed(of, self.codes)
        self._rows: Final = np.zeros(1 << bits, dtype=np.int32)
        rows = np.arange(len(slots), dtype=np.int32)
        self._rows[slots] = rows
        self._apart: Final = np.sort(self._keys[self._rows[slots] != rows])

    def mixed_families(self, families: Places) -> Mixed:
        """The families, mixed; a negative number stands for no family, of which :meth:`sure` knows."""
        return self._families.take(families, mode="clip")

    def mixed_words(self, codes: Places) -> Mixed:
        """The words, mixed."""
        return self._words[codes]

    def likely(self, families: Mixed, words: Mixed) -> Places:
        """Which of some pairs are taken to be there: all that are, and a few that share a hash with one."""
        return np.flatnonzero(self._taken[self._hashed(families, words)])

    def sure(self, families: Places, codes: Places) -> npt.NDArray[np.bool_]:
        """Whether a word belongs to a family, pair by pair."""
        keys = _keyed(families, codes)
        rows = self._rows[self._hashed(self.mixed_families(families), self._words[codes])]
        found: npt.NDArray[np.bool_] = self._keys[rows] == keys
        if self._apart.size:
            at = self._apart.searchsorted(keys)
            found |= self._apart.take(at, mode="clip") == keys
        return found

    def _hashed(self, families: Mixed, words: Mixed) -> Mixed:
        hashed: Mixed = (families + words) >> self._shift
        return hashed


def _keyed(families: Places, codes: Places) -> Places:
    keys: Places = (families << 32) | codes
    return keys
