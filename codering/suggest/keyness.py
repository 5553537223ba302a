"""Words that are typical of some turns: candidates for a rule."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from codering.language.lemmas import lemma
from codering.language.words import Lexicon


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that some turns hold more often than the others do.

    Attributes
    ----------
    word
        Its lemma.
    here, there
        How often it occurs in the turns at hand and in the others.
    turns
        In how many of the turns at hand it occurs.
    keyness
        :func:`log_likelihood`.
    """

    word: str
    here: int
    there: int
    turns: int
    keyness: float


def log_likelihood(here: int, there: int, words_here: int, words_there: int) -> float:
    """How surprising it is that a word is so frequent in one corpus, next to another: the statistic G².

    Parameters
    ----------
    here, there
        How often the word occurs in each.
    words_here, words_there
        How many words each has.

    Returns
    -------
    float
        0 or more; 3.84 is the 95% point of chi-squared with one degree of freedom, 10.83 the 99.9% point. NaN if one
        of the corpora is empty.

    Notes
    -----
    Rayson, P. and Garside, R. (2000). Comparing corpora using frequency profiling. Proceedings of the workshop on
    Comparing Corpora, 1-6: ``E = words * (here + there) / (words_here + words_there)``,
    ``G2 = 2 * (here * ln(here / E_here) + there * ln(there / E_there))``.

    >>> round(log_likelihood(100, 50, 10_000, 10_000), 4)
    16.9899
    """
    if not words_here or not words_there:
        return math.nan
    both = here + there
    all_words = words_here + words_there
    terms = ((here, words_here * both / all_words), (there, words_there * both / all_words))
    return 2 * sum(count * math.log(count / expected) for count, expected in terms if count)


def keywords(
    texts: Iterable[str],
    others: Iterable[str],
    *,
    least: int = 3,
    threshold: float = 10.83,
    times: float = 4.0,
    most: int = 15,
) -> tuple[Keyword, ...]:
    """The words that are typical of some texts, next to others.

    Parameters
    ----------
    texts, others
        Turns to describe and turns to compare them with.
    least
        In at least so many of the turns; what one person says once is no pattern.
    threshold
        With at least this keyness; 10.83 is p < 0.001.
    times
        At least so many times as frequent as in the others. G² alone lets common words through, because they have the
        numbers: a difference must be large too (Hardie's Log Ratio of 2: A. Hardie, Log Ratio, an informal
        introduction, CASS, Lancaster, 2014).
    most
        No more than so many.

    Returns
    -------
    tuple of Keyword
        The most typical first.
    """
    lexicon = Lexicon()
    here, there, spread = Counter[str](), Counter[str](), Counter[str]()
    for text in texts:
        said = [lemma(word) for word in lexicon.words(text)]
        here.update(said)
        spread.update(set(said))
    for text in others:
        there.update(lemma(word) for word in lexicon.words(text))
    sizes = here.total(), there.total()
    found = []
    for word, count in here.items():
        typical = count * sizes[1] >= times * there[word] * sizes[0]
        keyness = log_likelihood(count, there[word], *sizes)
        if typical and spread[word] >= least and keyness >= threshold:
            found.append(Keyword(word, count, there[word], spread[word], keyness))
    return tuple(sorted(found, key=lambda key: (-key.keyness, key.word))[:most])
