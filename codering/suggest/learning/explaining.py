"""Why a turn is proposed: the proposals of a trained model as suggestions with a stance and reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from codering.codings import Evidence, Stance, Suggestion
from codering.suggest.learning.data import Matrix, Passage
from codering.suggest.learning.explain import context_evidence, place_of, rule_evidence, word_evidence
from codering.suggest.learning.features import Shares
from codering.suggest.learning.stance import Question, StanceReader
from codering.suggest.learning.trained import Proposal, Trained

_AT_ONCE: Final = 500  # turns that are compared with all decided passages together; bounds the memory
_TELLING: Final = 3  # words whose stance is the stance of a suggestion that no rule made


def explained(
    trained: Trained,
    passages: Sequence[Passage],
    proposals: Sequence[Proposal],
    matrix: Matrix,
    *,
    source: str,
    brief: bool = False,
) -> Iterator[Suggestion]:
    """The proposals as suggestions.

    Parameters
    ----------
    trained
        What proposes; nothing is yielded if nothing was learned.
    passages, proposals
        What was asked about, and what came of it.
    matrix
        The features of the passages, shape (passages, features).
    source
        Of the suggestions.
    brief
        With a stance, but without reasons and the passages that are alike.
    """
    if trained.model is None or trained.features is None or trained.decided is None:
        return
    rows = sorted({one.row for one in proposals})
    place = {row: i for i, row in enumerate(rows)}
    shares = Shares.of([passages[row] for row in rows], trained.features, trained.model.weights)
    stances = _stances(trained, passages, proposals, shares, place)
    alike = {} if brief else _alike(trained, proposals, matrix)
    for number, (one, stance) in enumerate(zip(proposals, stances, strict=True)):
        at = place[one.row]
        weighed = shares.at(at, one.code)
        fired = trained.hits.at(passages[one.row], trained.targets.codes[one.code])
        evidence = () if brief else _reasons(trained, passages[one.row], one, weighed, matrix) + alike[number]
        yield Suggestion(
            segment=place_of(passages[one.row], weighed, fired),
            code=trained.targets.codes[one.code],
            stance=stance,
            source=source,
            score=one.probability,
            evidence=evidence,
        )


def _alike(trained: Trained, proposals: Sequence[Proposal], matrix: Matrix) -> dict[int, tuple[Evidence, ...]]:
    """For each proposal the decided passages that resemble it most in what counts for its code."""
    assert trained.model is not None
    assert trained.features is not None
    assert trained.decided is not None
    width = trained.features.own_width
    by_code: dict[int, list[int]] = {}
    for number, one in enumerate(proposals):
        by_code.setdefault(one.code, []).append(number)
    found: dict[int, tuple[Evidence, ...]] = {}
    for code, numbers in by_code.items():
        weights = trained.model.weights[:width, code]
        for begin in range(0, len(numbers), _AT_ONCE):
            some = numbers[begin : begin + _AT_ONCE]
            table = trained.decided.likeness(matrix[[proposals[n].row for n in some]][:, :width], weights)
            for number, row in zip(some, table, strict=True):
                found[number] = trained.decided.neighbours(row, trained.targets.codes[code], code)
    return found


def _reasons(
    trained: Trained, passage: Passage, one: Proposal, shares: dict[str, float], matrix: Matrix
) -> tuple[Evidence, ...]:
    """Rules, words and what was said before, what weighed most first."""
    assert trained.model is not None
    assert trained.features is not None
    fired = trained.hits.at(passage, trained.targets.codes[one.code])
    worth = tuple(trained.trust.log_odds(hit.source, one.code, hit.score) for hit in fired)
    reasons = (
        *rule_evidence(fired, worth),
        *word_evidence(passage, shares, trained.features.common),
        *context_evidence(passage, matrix[[one.row]], trained.model.weights[:, one.code], trained.features),
    )
    return tuple(sorted(reasons, key=lambda reason: -(reason.weight or 0.0)))


def _stances(
    trained: Trained,
    passages: Sequence[Passage],
    proposals: Sequence[Proposal],
    shares: Shares,
    place: dict[int, int],
) -> list[Stance]:
    """That of the best rule where one fired; otherwise what cues say about the words that weighed most."""
    common = trained.features.common if trained.features else frozenset()
    stances: list[Stance | None] = []
    questions: list[Question] = []
    for one in proposals:
        passage = passages[one.row]
        fired = trained.hits.at(passage, trained.targets.codes[one.code])
        stances.append(fired[0].stance if fired else None)
        if not fired:
            telling = word_evidence(passage, shares.at(place[one.row], one.code), common)[:_TELLING]
            places = tuple(reason.segment.start for reason in telling if reason.segment)
            questions.append(Question(passage.text, places or (passage.segment.start,)))
    read = iter(StanceReader().read(questions) if questions else ())
    return [next(read) if stance is None else stance for stance in stances]
