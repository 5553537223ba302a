"""Why the model suggests a code: words, rules and similar passages, in terms that a student can check.

A logit is a sum, so it can be taken apart. A piece of a word (``char_wb``) means nothing to a reader; its share goes
to the words it stands in. How alike two passages are decides which are shown, and is itself never shown: it is no
certainty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from codering.codings import Evidence, Suggestion
from codering.suggest.learning.data import UNKNOWN, Floats, Labels, Matrix, Passage
from codering.suggest.learning.features import WORD, Features
from codering.transcripts import Segment

LONG_TURN: Final = 60
"""Words; a longer turn is suggested by its telling sentence."""
_WORDS: Final = 5
_NEIGHBOURS: Final = 3
_CONTEXT_LEAST: Final = 0.25  # log-odds; what was said before is named when it weighed at least this much
_SENTENCE: Final = re.compile(r"\S(?:.*?[.!?…]+(?=\s|$)|[^\n]*$|[^\n]*(?=\n))", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class WordShare:
    """A word's part of the logit.

    Attributes
    ----------
    word
        Lower case.
    start, end
        Where it first stands in the turn.
    weight
        Its share, in log-odds, over all its places together.
    """

    word: str
    start: int
    end: int
    weight: float


def word_shares(passage: Passage, row: Matrix, weights: Floats, features: Features) -> tuple[WordShare, ...]:
    """Divide what the turn itself contributes over its words.

    Parameters
    ----------
    passage
        The turn.
    row
        Its features, shape (1, features).
    weights
        Of one code, shape (features,).

    Returns
    -------
    tuple of WordShare
        Each different word once, in order of appearance. A feature's contribution (weight × value) is split equally
        over the words that hold it; two words in a row share theirs.
    """
    values = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
    places: dict[str, tuple[int, int]] = {}
    sequence = [(m.group().lower(), m.start(), m.end()) for m in WORD.finditer(passage.text)]
    for word, start, end in sequence:
        places.setdefault(word, (start, end))
    holders: dict[int, set[str]] = {}
    for word in places:
        for column in features.features_of(word):
            holders.setdefault(column, set()).add(word)
    pairs = {(left[0], right[0]) for left, right in pairwise(sequence)}
    for left, right in sorted(pairs):
        for column in features.features_of(f"{left} {right}"):
            if column not in holders:
                holders[column] = {left, right}
    shares = dict.fromkeys(places, 0.0)
    for column in sorted(holders):
        for word in holders[column]:
            shares[word] += weights[column] * values.get(column, 0.0) / len(holders[column])
    return tuple(WordShare(word, *places[word], shares[word]) for word in places)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a text stand: up to ``.``, ``!``, ``?``, ``…`` or the end of a line."""
    return tuple(match.span() for match in _SENTENCE.finditer(text) if match.group().strip())


def place_of(passage: Passage, shares: tuple[WordShare, ...], fired: tuple[Suggestion, ...]) -> Segment:
    """The whole turn; of a long turn the sentence that weighed most.

    A sentence weighs what its words weigh, plus one for each rule that fired in it: a rule saw the words together.
    """
    if len(passage.text.split()) <= LONG_TURN:
        return passage.segment
    weight = {share.word: share.weight for share in shares}
    best, most = passage.segment, -np.inf
    for start, end in sentences(passage.text):
        words = {m.group().lower() for m in WORD.finditer(passage.text, start, end)}
        here = Segment(passage.segment.transcript, passage.segment.turn, start, end)
        total = sum(weight.get(word, 0.0) for word in sorted(words))
        total += sum(1.0 for hit in fired if hit.segment.overlaps(here))
        if total > most:
            best, most = here, total
    return best


def feature_evidence(passage: Passage, shares: tuple[WordShare, ...]) -> tuple[Evidence, ...]:
    """The words of the turn that weighed most for the code, heaviest first."""
    for_it = sorted((s for s in shares if s.weight > 0), key=lambda s: (-s.weight, s.start))[:_WORDS]
    transcript, turn = passage.place
    return tuple(Evidence("feature", s.word, Segment(transcript, turn, s.start, s.end), s.weight) for s in for_it)


def context_evidence(passage: Passage, row: Matrix, weights: Floats, features: Features) -> tuple[Evidence, ...]:
    """What was said before, where it weighed for the code; `detail` is ``previous`` or ``question``."""
    found = []
    for name, start, end in features.context_columns:
        inside = (row.indices >= start) & (row.indices < end)
        weight = float(weights[row.indices[inside]] @ row.data[inside])
        where = passage.previous_at if name == "previous" else passage.question_at
        words = passage.previous if name == "previous" else passage.question
        if where is not None and weight >= _CONTEXT_LEAST:
            found.append(Evidence("context", words[where.start : where.end], where, weight, name))
    return tuple(sorted(found, key=lambda one: -(one.weight or 0.0)))


def rule_evidence(fired: tuple[Suggestion, ...], log_odds: tuple[float, ...]) -> tuple[Evidence, ...]:
    """What rules matched, with what their decisions made of their weight; `detail` is the source of the hit."""
    found: list[Evidence] = []
    for hit, weight in zip(fired, log_odds, strict=True):
        matched = [one for one in hit.evidence if one.kind == "match"]
        found += [
            Evidence("match", one.words, one.segment or hit.segment, weight, hit.source)
            for one in matched or [Evidence("match", "", hit.segment)]
        ]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Decided:
    """The passages that people decided about, to find the nearest ones.

    Attributes
    ----------
    passages
        With a decision.
    vectors
        Their own words as rows of length one, shape (passages, features of the first two blocks).
    labels
        Shape (passages, codes).
    names
        How each positive came about (``added``, ``accepted``, ``changed``) and which negatives were ``rejected``,
        by row and column; a negative without a name was ``read``.
    """

    passages: tuple[Passage, ...]
    vectors: Matrix
    labels: Labels
    names: dict[tuple[int, int], str]

    def likeness(self, own: Matrix) -> Floats:
        """How alike each passage is to a turn (first two blocks, one row); for choosing only."""
        return np.asarray((self.vectors @ own.T).todense()).ravel()

    def neighbours(self, likeness: Floats, code: str, column: int) -> tuple[Evidence, ...]:
        """The three nearest passages that were decided for a code, nearest first.

        Parameters
        ----------
        likeness
            From :meth:`likeness`, shape (passages,).
        code, column
            The code and its column among the labels.

        Returns
        -------
        tuple of Evidence
            `words` is the passage; `detail` is ``TRANSCRIPT · TURN · CODE · DECISION``. No weight: likeness is for
            choosing only.
        """
        near = np.where(self.labels[:, column] == UNKNOWN, 0.0, likeness)
        order = [int(i) for i in np.argsort(-near, kind="stable")[:_NEIGHBOURS] if near[i] > 0]
        found = []
        for i in order:
            passage = self.passages[i]
            place = passage.segment
            decision = self.names.get((i, column), "accepted" if self.labels[i, column] == 1 else "read")
            detail = f"{place.transcript} · {place.turn} · {code} · {decision}"
            found.append(Evidence("neighbour", passage.text[place.start : place.end], place, None, detail))
        return tuple(found)
