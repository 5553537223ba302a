"""What a model sees of a turn: blocks of features that are never mixed.

Words (one and two in a row) and pieces of words (three to five characters, which see through Dutch compounds) of the
turn itself; the words of the previous turn and of the moderator's question as blocks of their own, because joining
them to the turn's text was measured to cost a third of the average precision; and the turn's length. Who speaks is
no feature: a model that suggests a code because of somebody's job would find in the crosstabs what it put there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from codering.suggest.learning.data import Matrix, Passage

WORD: Final = re.compile(r"(?u)\b\w+(?:['’]\w+)*\b")
CONTEXT_WEIGHT: Final = 0.5  # what was said before may tip the balance, not decide
_LENGTH_SCALE: Final = 10.0  # log(1 + words) / 10 stays below the weight of a telling word


@dataclass(frozen=True, slots=True)
class Features:
    """Vectorisers that were fitted on some turns.

    Attributes
    ----------
    word, char, previous, question
        One for each block; None where the block has no words.
    """

    word: Any
    char: Any
    previous: Any
    question: Any
    _columns: dict[str, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def fit(cls, passages: Sequence[Passage]) -> tuple[Features, Matrix]:
        """Learn the vocabulary of some turns; also returns their matrix."""
        made = cls(
            _fitted(_words(), [p.text for p in passages]),
            _fitted(_characters(), [p.text for p in passages]),
            _fitted(_words(), [p.previous for p in passages]),
            _fitted(_words(), [p.question for p in passages]),
        )
        return made, made.transform(passages)

    def transform(self, passages: Sequence[Passage]) -> Matrix:
        """The features of turns.

        Returns
        -------
        sparse matrix (CSR), shape (passages, features), float64
            Blocks side by side: words, pieces of words, previous turn, question, length. The first four have length
            one per row (or the weight of context), or zero where there are no known words.
        """
        from scipy import sparse

        length = np.log1p([[len(p.text.split())] for p in passages]).reshape(-1, 1) / _LENGTH_SCALE
        blocks = [self.own(passages)]
        for vectoriser, texts in (
            (self.previous, [p.previous for p in passages]),
            (self.question, [p.question for p in passages]),
        ):
            if vectoriser is not None:
                blocks.append(vectoriser.transform(texts) * CONTEXT_WEIGHT)
        return sparse.csr_matrix(sparse.hstack([*blocks, sparse.csr_matrix(length)]))

    def own(self, passages: Sequence[Passage]) -> Matrix:
        """The first two blocks: what the turn itself says."""
        from scipy import sparse

        texts = [p.text for p in passages]
        blocks = [v.transform(texts) for v in (self.word, self.char) if v is not None]
        return sparse.csr_matrix(sparse.hstack(blocks)) if blocks else sparse.csr_matrix((len(texts), 0))

    def features_of(self, words: str) -> tuple[int, ...]:
        """The columns that some words (a word, or two in a row) have in the first two blocks."""
        known = self._columns.get(words)
        if known is None:
            known = self._columns[words] = tuple(self._looked_up(words))
        return known

    @property
    def own_width(self) -> int:
        """How many columns the first two blocks have."""
        return sum(len(v.vocabulary_) for v in (self.word, self.char) if v is not None)

    def _looked_up(self, words: str) -> Iterator[int]:
        offset = 0
        for vectoriser in (self.word, self.char):
            if vectoriser is not None:
                known = vectoriser.vocabulary_
                yield from sorted(offset + known[f] for f in set(vectoriser.build_analyzer()(words)) if f in known)
                offset += len(known)

    @property
    def context_columns(self) -> tuple[tuple[str, int, int], ...]:
        """``previous`` and ``question`` with the first column of the block and the first one after it."""
        start = self.own_width
        found = []
        for name, vectoriser in (("previous", self.previous), ("question", self.question)):
            if vectoriser is not None:
                found.append((name, start, start + len(vectoriser.vocabulary_)))
                start += len(vectoriser.vocabulary_)
        return tuple(found)


def _words() -> Any:  # noqa: ANN401
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD.pattern)


def _characters() -> Any:  # noqa: ANN401
    from sklearn.feature_extraction.text import TfidfVectorizer

    # A piece that occurs in one turn only cannot carry over to another.
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)


def _fitted(vectoriser: Any, texts: Sequence[str]) -> Any:  # noqa: ANN401
    """Fit on the texts; None if no text has a word, or no piece stands in two texts."""
    analyse = vectoriser.build_analyzer()
    seen: dict[str, int] = {}
    for text in texts:
        for feature in set(analyse(text)):
            seen[feature] = seen.get(feature, 0) + 1
        if seen and max(seen.values()) >= vectoriser.min_df:
            return vectoriser.fit(texts)
    return None
