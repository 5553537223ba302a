"""Reading the texts of turns into one batch of speech."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from codering.language.words import CLAUSE, FIRST, LINE, QUESTION, SENTENCE, Lexicon
from codering.suggest.places import Places, counted_from
from codering.suggest.speech import Speech

_SMALL: Final = 2**16  # so few distinct words are sorted five times as fast


def listen(texts: Sequence[str], lexicon: Lexicon) -> Speech:
    """Read the texts of some turns into one batch."""
    pieces = np.fromiter(lexicon.read(texts), dtype=np.int64)
    codes, piece_of, starts, ends = _spelt_out(pieces, lexicon)
    is_word = codes >= FIRST
    words, of = codes[is_word], piece_of[is_word]

    # Where the pieces of a turn begin, if one blank stands between them, as is nearly always so.
    lengths = np.array(lexicon.lengths)[pieces]
    offsets = np.cumsum(lengths + 1) - lengths - 1
    lines = np.cumsum([text.count("\n") + 1 for text in texts], dtype=np.int64)
    closes = np.flatnonzero(pieces == LINE)[lines - 1]
    opens = np.concatenate(([0], closes[:-1] + 1))
    sizes = closes - opens + 1
    spaced = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) == offsets[closes] - offsets[opens] - 1
    offsets -= np.repeat(offsets[opens], sizes)

    real = np.cumsum(pieces != LINE) - (pieces != LINE)

    # Sentences are numbered by the marks that end them; those without words (the second dot of two) drop out.
    ended = codes == SENTENCE
    after = np.cumsum(ended) - ended
    raw = after[is_word]
    begins = np.diff(raw, prepend=-1) > 0
    first, sentence = np.flatnonzero(begins), np.cumsum(begins) - 1
    asked = np.isin(raw[first], after[codes == QUESTION])
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


def _spelt_out(pieces: Places, lexicon: Lexicon) -> tuple[Places, Places, Places, Places]:
    """Words and marks of a row of pieces: their codes, which piece each is of, and where they stand in it."""
    first = np.array(lexicon.first)
    flat, starts, ends = (np.array(numbers) for numbers in (lexicon.codes, lexicon.starts, lexicon.ends))
    counts = np.diff(first)[pieces]
    rows = counted_from(first[pieces], counts)
    return flat[rows], np.arange(len(pieces)).repeat(counts), starts[rows], ends[rows]
