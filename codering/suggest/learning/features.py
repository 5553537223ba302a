"""What a model sees of a turn: blocks of features that are never mixed.

Words (one and two in a row) and pieces of words (four characters, which see through Dutch compounds) of the turn
itself; the words of the previous turn and of the moderator's question as blocks of their own, because joining
them to the turn's text was measured to cost a third of the average precision; and the turn's shape: its length, and
whether a moderator spoke just before. Only participants' turns are coded, so their own role says nothing. Who speaks
is no feature either: a model that suggests a code because of somebody's job would find in the crosstabs what it put
there.

Pieces are counted by word, once for every word that occurs, and added up over the words of a turn. That is many times
as fast as counting them in every turn, and the weight of a word is simply the sum of the weights of its pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np

from codering.suggest.learning.data import Floats, Matrix, Passage, Rows

WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
CONTEXT_WEIGHT: Final = 0.5  # what was said before may tip the balance, not decide
_PIECE: Final = 4  # three to five together were measured to be no better, and are three times as many
_COMMON: Final = 0.2  # what stands in more than a fifth of the turns tells nothing and costs most of the time
_FEW: Final = 50  # below so many turns nothing is common
_LENGTH_SCALE: Final = 10.0  # log(1 + words) / 10 stays below the weight of a telling word

BLOCKS: Final = ("words", "pairs", "pieces", "previous", "question", "shape")
OWN: Final = ("words", "pairs", "pieces")
"""The blocks of what the turn itself says."""


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [word.lower() for word in WORD.findall(text)]


@lru_cache(maxsize=200_000)
def pieces_of(word: str) -> tuple[str, ...]:
    """The pieces of a word, with its edges marked by a blank; each as often as it occurs."""
    whole = f" {word} "
    return tuple(whole[i : i + _PIECE] for i in range(len(whole) - _PIECE + 1)) or (whole,)


@dataclass(frozen=True, slots=True)
class Features:
    """A vocabulary that was fitted on some turns.

    Attributes
    ----------
    columns
        By block (:data:`BLOCKS` but the last) the column of each word, pair or piece, from 0.
    idf
        By block the inverse document frequency of each column, ``log((1 + n) / (1 + df)) + 1``.
    starts
        By block its first column in the matrix; and after the last block how many columns there are.
    common
        Words that stand in too many turns to tell anything: they have no column.
    """

    columns: dict[str, dict[str, int]]
    idf: dict[str, Floats]
    starts: dict[str, int]
    common: frozenset[str] = frozenset()

    @classmethod
    def fit(cls, passages: Sequence[Passage]) -> tuple[Features, Matrix]:
        """Learn the vocabulary of some turns; also returns their matrix."""
        columns: dict[str, dict[str, int]] = {}
        idf: dict[str, Floats] = {}
        starts: dict[str, int] = {}
        start, most = 0, max(_FEW, _COMMON * len(passages))
        common: set[str] = set()
        counted = tuple(_counted(passages))
        for block, counts, names in counted:
            starts[block] = start
            found = np.bincount(counts.indices, minlength=counts.shape[1])
            # A pair or piece that occurs in one turn only cannot carry over to another.
            least = 1 if block == "words" else 2
            kept = np.flatnonzero((found >= least) & (found <= most))
            if block == "words":
                common = {names[i] for i in np.flatnonzero(found > most).tolist()}
            columns[block] = {names[i]: column for column, i in enumerate(kept.tolist())}
            idf[block] = np.log((1 + len(passages)) / (1 + found[kept])) + 1
            start += len(kept)
        starts["shape"] = start
        starts["end"] = start + 2
        made = cls(columns, idf, starts, frozenset(common))
        return made, made._weighed(passages, counted)

    def transform(self, passages: Sequence[Passage]) -> Matrix:
        """The features of turns.

        Returns
        -------
        sparse matrix (CSR), shape (passages, features), float64
            Blocks side by side, in the order of :data:`BLOCKS`. In each but the last a row has length one (half for
            what was said before), or zero where there are no known words.
        """
        return self._weighed(passages, _counted(passages, self.columns))

    def _weighed(self, passages: Sequence[Passage], counted: Iterable[tuple[str, Matrix, list[str]]]) -> Matrix:
        from scipy import sparse

        parts = []
        for block, counts, names in counted:
            weight = 1.0 if block in OWN else CONTEXT_WEIGHT
            scaled = sparse.csr_matrix(counts @ self.chosen(block, names))
            parts.append(sparse.csr_matrix(sparse.diags(_scale(scaled, weight)) @ scaled))
        shape = [[np.log1p(p.length) / _LENGTH_SCALE, float(p.answers)] for p in passages]
        parts.append(sparse.csr_matrix(np.array(shape, dtype=np.float64).reshape(-1, 2)))
        return sparse.csr_matrix(sparse.hstack(parts))

    def chosen(self, block: str, names: Sequence[str]) -> Matrix:
        """From columns with these names to the known columns of a block, with their IDF: shape (names, known)."""
        from scipy import sparse

        known = self.columns[block]
        pairs = [(i, known[name]) for i, name in enumerate(names) if name in known]
        rows, into = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
        return sparse.csr_matrix((self.idf[block][into], (rows, into)), shape=(len(names), len(known)))

    @property
    def own_width(self) -> int:
        """How many columns the blocks of the turn itself have."""
        return self.starts["previous"]


def _counted(
    passages: Sequence[Passage], known: dict[str, dict[str, int]] | None = None, blocks: Sequence[str] = BLOCKS[:-1]
) -> Iterator[tuple[str, Matrix, list[str]]]:
    """Block, counts (CSR, ``1 + log`` of each word's count) and the names of the columns, block by block."""
    own, vocabulary = _incidence(words_of(p.text) for p in passages)
    yield "words", own, vocabulary
    yield "pairs", *_incidence(_pairs(words_of(p.text)) for p in passages)
    spelt, names = _pieces_of_words(vocabulary, known["pieces"] if known else None)
    yield "pieces", own @ spelt, names
    if "previous" in blocks:
        yield "previous", *_incidence(words_of(p.previous) for p in passages)
        yield "question", *_incidence(words_of(p.question) for p in passages)


def _incidence(texts: Iterable[Sequence[str]]) -> tuple[Matrix, list[str]]:
    """How often each word stands in each text, dampened; words in order of appearance."""
    from scipy import sparse

    numbers: dict[str, int] = {}
    found: list[int] = []
    ends = [0]
    for text in texts:
        found += [numbers.setdefault(word, len(numbers)) for word in text]
        ends.append(len(found))
    counts = sparse.csr_matrix(
        (np.ones(len(found)), np.array(found, dtype=np.int32), np.array(ends)), shape=(len(ends) - 1, len(numbers))
    )
    counts.sum_duplicates()
    counts.data = 1 + np.log(counts.data)
    return counts, list(numbers)


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{left} {right}" for left, right in pairwise(words)]


def _pieces_of_words(vocabulary: Sequence[str], known: dict[str, int] | None) -> tuple[Matrix, list[str]]:
    """How often each piece stands in each word, shape (words, pieces); only known pieces, if some are given."""
    from scipy import sparse

    numbers: dict[str, int] = dict(known) if known is not None else {}
    rows: list[int] = []
    found: list[int] = []
    for row, word in enumerate(vocabulary):
        for piece in pieces_of(word):
            number = numbers.get(piece)
            if number is None:
                if known is not None:
                    continue
                number = numbers[piece] = len(numbers)
            rows.append(row)
            found.append(number)
    spelt = sparse.csr_matrix((np.ones(len(rows)), (rows, found)), shape=(len(vocabulary), len(numbers)))
    return spelt, list(numbers)


def _scale(matrix: Matrix, length: float) -> Floats:
    """What to multiply each row with to give it this length; 0 for an empty row."""
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return np.asarray(np.divide(length, norms, out=np.zeros_like(norms), where=norms > 0))


@dataclass(frozen=True, slots=True)
class Shares:
    """What each word of some turns contributes to what the text says, in log-odds.

    A contribution (weight × value) of a pair is split equally over its two words; that of pieces belongs to the words
    that they stand in.

    Attributes
    ----------
    own, pairs
        Dampened counts, shapes (turns, words) and (turns, pairs).
    vocabulary, halves
        The words; of each pair the numbers of its two words, shape (pairs, 2).
    by_word, by_piece, by_pair
        Weights, shapes (words, codes), (words, codes) and (pairs, codes).
    scales
        What the three blocks of each turn are multiplied with, shape (turns, 3).
    """

    own: Matrix
    pairs: Matrix
    vocabulary: list[str]
    halves: Rows
    by_word: Floats
    by_piece: Floats
    by_pair: Floats
    scales: Floats

    @classmethod
    def of(cls, passages: Sequence[Passage], features: Features, weights: Floats) -> Shares:
        """Work out the weights of all words in these turns; `weights` has shape (features, codes)."""
        counted = {block: (counts, names) for block, counts, names in _counted(passages, features.columns, OWN)}
        own, vocabulary = counted["words"]
        pairs, couples = counted["pairs"]
        pieces, piece_names = _pieces_of_words(vocabulary, features.columns["pieces"])
        tables: dict[str, Matrix] = {}
        for block, names in (("words", vocabulary), ("pairs", couples), ("pieces", piece_names)):
            tables[block] = features.chosen(block, names)
        tables["pieces"] = pieces @ tables["pieces"]
        number = {word: i for i, word in enumerate(vocabulary)}
        halves = np.array([[number[word] for word in couple.split(" ")] for couple in couples], dtype=np.intp)
        blocks = {"words": own, "pairs": pairs, "pieces": own}
        scales = np.column_stack([_scale(blocks[block] @ tables[block], 1.0) for block in OWN])
        by = {
            block: np.asarray(
                tables[block] @ weights[features.starts[block] : features.starts[block] + len(features.columns[block])]
            )
            for block in OWN
        }
        return cls(own, pairs, vocabulary, halves.reshape(-1, 2), by["words"], by["pieces"], by["pairs"], scales)

    def at(self, turn: int, code: int) -> dict[str, float]:
        """By word what it contributes, over all its places in the turn together."""
        low, high = self.own.indptr[turn : turn + 2]
        words, counts = self.own.indices[low:high], self.own.data[low:high]
        word_scale, pair_scale, piece_scale = self.scales[turn]
        values = counts * (self.by_word[words, code] * word_scale + self.by_piece[words, code] * piece_scale)
        found = dict(zip(words.tolist(), values.tolist(), strict=True))
        low, high = self.pairs.indptr[turn : turn + 2]
        couples = self.pairs.indices[low:high]
        for pair, value in zip(
            couples.tolist(),
            (self.pairs.data[low:high] * self.by_pair[couples, code] * pair_scale).tolist(),
            strict=True,
        ):
            for word in self.halves[pair].tolist():
                found[word] += value / 2
        return {self.vocabulary[word]: value for word, value in found.items()}
