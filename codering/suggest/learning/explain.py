"""Why the model suggests a code: words, rules and similar passages, in terms that a student can check.

A logit is a sum, so it can be taken apart. A piece of a word (``char_wb``) means nothing to a reader; its share goes
to the words it stands in. How alike two passages are decides which are shown, and is itself never shown: it is no
certainty.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from codering.codebooks import Codebook
from codering.codings import Evidence, Suggestion
from codering.errors import Message
from codering.suggest.learning.data import REFERENCE, UNKNOWN, Floats, Labels, Matrix, Passage
from codering.suggest.learning.features import WORD, Features
from codering.transcripts import Segment

LONG_TURN: Final = 60
"""Words; a longer turn is suggested by its telling sentence."""
_WORDS: Final = 5
_NEIGHBOURS: Final = 3
_CONTEXT_LEAST: Final = 0.25  # log-odds; what was said before is named when it weighed at least this much
_SENTENCE: Final = re.compile(r"\S(?:.*?[.!?…]+(?=\s|$)|[^\n]*$|[^\n]*(?=\n))", re.MULTILINE)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a text stand: up to ``.``, ``!``, ``?``, ``…`` or the end of a line."""
    return tuple(match.span() for match in _SENTENCE.finditer(text) if match.group().strip())


def place_of(passage: Passage, shares: Mapping[str, float], fired: tuple[Suggestion, ...]) -> Segment:
    """The whole turn; of a long turn the sentence that weighed most.

    A sentence weighs what its words weigh, plus one for each rule that fired in it: a rule saw the words together.
    """
    if passage.length <= LONG_TURN:
        return passage.segment
    best, most = passage.segment, -np.inf
    for start, end in sentences(passage.text):
        words = {m.group().lower() for m in WORD.finditer(passage.text, start, end)}
        here = Segment(passage.segment.transcript, passage.segment.turn, start, end)
        total = sum(shares.get(word, 0.0) for word in sorted(words))
        total += sum(1.0 for hit in fired if hit.segment.overlaps(here))
        if total > most:
            best, most = here, total
    return best


def word_evidence(
    passage: Passage, shares: Mapping[str, float], common: Collection[str] = frozenset()
) -> tuple[Evidence, ...]:
    """The words of the turn that weighed most for the code, heaviest first; none of one letter, or of the common."""
    transcript, turn = passage.place
    first: dict[str, Segment] = {}
    for match in WORD.finditer(passage.text):
        first.setdefault(match.group().lower(), Segment(transcript, turn, *match.span()))
    told = ((-w, word) for word, w in shares.items() if w > 0 and word in first and len(word) > 1)
    for_it = sorted(pair for pair in told if pair[1] not in common)[:_WORDS]
    return tuple(Evidence("feature", word, first[word], -weight) for weight, word in for_it)


def context_evidence(passage: Passage, row: Matrix, weights: Floats, features: Features) -> tuple[Evidence, ...]:
    """What was said before, where it weighed for the code; `detail` is ``previous`` or ``question``."""
    found = []
    context = (
        ("previous", "question", passage.previous, passage.previous_at),
        ("question", "shape", passage.question, passage.question_at),
    )
    for name, after, words, where in context:
        inside = (row.indices >= features.starts[name]) & (row.indices < features.starts[after])
        weight = float(weights[row.indices[inside]] @ row.data[inside])
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
    own
        What they say themselves: rows of the first blocks, shape (passages, features).
    labels
        Shape (passages, codes).
    names
        How each positive came about (``added``, ``accepted``, ``changed``) and which negatives were ``rejected``,
        by row and column; a negative without a name was ``read``.
    """

    passages: tuple[Passage, ...]
    own: Matrix
    labels: Labels
    names: dict[tuple[int, int], str]

    def likeness(self, own: Matrix, weights: Floats) -> Floats:
        """How alike each passage is to some turns in what counts for a code; for choosing only.

        Parameters
        ----------
        own
            What the turns say themselves, shape (turns, features of the first blocks).
        weights
            What each feature counts for the code, for or against; shape (features of the first blocks,).

        Returns
        -------
        array of float, shape (turns, passages)
        """
        return np.asarray((own.multiply(np.abs(weights)).tocsr() @ self.own.T).todense())

    def neighbours(self, likeness: Floats, code: str, column: int) -> tuple[Evidence, ...]:
        """The three nearest passages that were decided for a code, nearest first.

        Parameters
        ----------
        likeness
            Of one turn, from :meth:`likeness`, shape (passages,).
        code, column
            The code and its column among the labels.

        Returns
        -------
        tuple of Evidence
            `words` is the passage; `detail` is ``TRANSCRIPT · TURN · CODE · DECISION``. No weight: likeness is for
            choosing only. A passage of a reference project has no segment, because it is no place in this project.
        """
        near = np.where(self.labels[:, column] == UNKNOWN, 0.0, likeness)
        some = np.argpartition(-near, min(_NEIGHBOURS, len(near) - 1))[: _NEIGHBOURS + 1]
        order = sorted((i for i in some.tolist() if near[i] > 0), key=lambda i: (-near[i], i))[:_NEIGHBOURS]
        found = []
        for i in order:
            passage = self.passages[i]
            place = passage.segment
            decision = self.names.get((i, column), "accepted" if self.labels[i, column] == 1 else "read")
            detail = f"{place.transcript.removeprefix(REFERENCE)} · {place.turn} · {code} · {decision}"
            here = None if place.transcript.startswith(REFERENCE) else place
            found.append(Evidence("neighbour", passage.text[place.start : place.end], here, None, detail))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a suggestion, in a sentence.

    Attributes
    ----------
    message
        The sentence, without words of a transcript.
    words
        The words that it is about; may be empty.
    segment
        Where they stand; None if that is not in this project.
    """

    message: Message
    words: str
    segment: Segment | None


def reasons(suggestion: Suggestion, codebook: Codebook) -> tuple[Reason, ...]:
    """Say why something is suggested: rules and words that weighed most, and what people decided in passages alike."""
    rules = {rule.id: rule for _, rule in codebook.rules()}
    matched: dict[str, list[Evidence]] = {}
    found: list[Reason] = []
    for one in suggestion.evidence:
        if one.kind == "match":
            matched.setdefault(one.detail, []).append(one)
        elif one.kind == "context":
            asked = Message("What the moderator asked pointed this way.")
            said = Message("What was said just before pointed this way.")
            found.append(Reason(asked if one.detail == "question" else said, one.words, one.segment))
        elif one.kind == "neighbour":
            found.append(Reason(_alike(one.detail), one.words, one.segment))
    for source, ones in reversed(matched.items()):
        rule = rules.get(source.removeprefix("rule:"))
        message = Message("A rule matched here: {reason}.", reason=(rule.reason if rule else source).rstrip("."))
        found.insert(0, Reason(message, " … ".join(one.words for one in ones), ones[0].segment))
    words = [one for one in suggestion.evidence if one.kind == "feature"]
    if words:
        listed = ", ".join(one.words for one in words)
        found.insert(0, Reason(Message("These words weighed most."), listed, words[0].segment))
    return tuple(found)


def _alike(detail: str) -> Message:
    transcript, turn, _, decision = detail.split(" · ")
    place = {"transcript": transcript, "turn": turn}
    said = {
        "rejected": Message("Resembles {transcript}, turn {turn}: there this code was rejected.", **place),
        "read": Message("Resembles {transcript}, turn {turn}: that was read, and this code was not given.", **place),
    }
    given = Message("Resembles {transcript}, turn {turn}: there a person gave this code.", **place)
    return said.get(decision, given)
