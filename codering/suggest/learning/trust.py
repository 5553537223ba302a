"""What a rule's hit, and its silence, is worth: log-odds from the decisions about them.

A rule starts with the trust that its author gave it. Every reviewed turn moves that: the share of a rule's hits that
a person accepted, with the author's trust counted as a few imagined turns (the mean of a beta distribution after
the data). The same for turns on which no rule of the code fired.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from codering.codings import Suggestion
from codering.suggest.learning.data import Floats, Labels, Passage, Place, Rows, Targets

_TRUST: Final = 6.0  # imagined reviewed hits with the author's weight as their precision
_SILENCE: Final = 20.0  # imagined reviewed turns without a hit
_MISSED: Final = 0.03  # the share of those that carry the code all the same
_LEAST: Final = 0.005  # a probability stays this far from 0 and 1


@dataclass(frozen=True, slots=True)
class Hits:
    """Which rules fired where.

    Attributes
    ----------
    by_place
        Turn and code: the suggestions of rules.
    ruled
        The codes that some rule suggests somewhere. About the others the silence of rules says nothing.
    """

    by_place: dict[tuple[Place, str], tuple[Suggestion, ...]]
    ruled: frozenset[str]

    @classmethod
    def of(cls, suggestions: Iterable[Suggestion], targets: Targets) -> Hits:
        """Sort suggestions by turn and code; a code's hit is also a hit of its theme."""
        index = {code: j for j, code in enumerate(targets.codes)}
        found: dict[tuple[Place, str], dict[str, Suggestion]] = {}
        for one in suggestions:
            if one.kind != "rule" or one.code not in index:
                continue
            place = (one.segment.transcript, one.segment.turn)
            for code in {one.code, targets.codes[targets.parents[index[one.code]]]}:
                found.setdefault((place, code), {})[one.id] = one
        sorted_hits = {
            key: tuple(sorted(ones.values(), key=lambda one: (-one.score, one.segment, one.source, one.id)))
            for key, ones in found.items()
        }
        return cls(sorted_hits, frozenset(code for _, code in found))

    def at(self, passage: Passage, code: str) -> tuple[Suggestion, ...]:
        """What rules suggest for a turn and a code, the most trusted first."""
        return self.by_place.get((passage.place, code), ())

    def table(self, passages: Sequence[Passage], targets: Targets) -> Labels:
        """1 where a rule fired, otherwise 0; shape (passages, codes)."""
        return np.array(
            [[(passage.place, code) in self.by_place for code in targets.codes] for passage in passages], dtype=np.int8
        ).reshape(len(passages), len(targets.codes))


@dataclass(frozen=True, slots=True)
class RuleTrust:
    """How often each rule, and each silence, was right.

    Attributes
    ----------
    counts
        Rule and code: how many reviewed hits it had, and how many of them carry the code.
    silences
        Code: the log-odds that a turn on which no rule fired carries it.
    """

    counts: dict[tuple[str, str], tuple[int, int]]
    silences: dict[str, float]

    @classmethod
    def learn(
        cls, hits: Hits, passages: Sequence[Passage], targets: Targets, decided: Labels, rows: Rows | None = None
    ) -> RuleTrust:
        """Count on reviewed turns; with `rows`, on those only."""
        chosen = range(len(passages)) if rows is None else rows.tolist()
        counts: dict[tuple[str, str], tuple[int, int]] = {}
        silences: dict[str, float] = {}
        for j, code in enumerate(targets.codes):
            if code not in hits.ruled:
                continue
            silent = missed = 0
            for i in chosen:
                label = int(decided[i, j])
                if label < 0:
                    continue
                fired = hits.at(passages[i], code)
                silent += not fired
                missed += label if not fired else 0
                for rule in {one.source for one in fired}:
                    seen, right = counts.get((rule, code), (0, 0))
                    counts[rule, code] = (seen + 1, right + label)
            silences[code] = _logit((_SILENCE * _MISSED + missed) / (_SILENCE + silent))
        return cls(counts, silences)

    def log_odds(self, hit: Suggestion, code: str) -> float:
        """The log-odds that a hit of a rule is right; without decisions those of its own weight."""
        seen, right = self.counts.get((hit.source, code), (0, 0))
        return _logit((_TRUST * hit.score + right) / (_TRUST + seen))

    def table(self, hits: Hits, passages: Sequence[Passage], targets: Targets) -> Floats:
        """The log-odds of each turn and code according to the rules.

        Returns
        -------
        array of float, shape (passages, codes)
            Those of the best rule that fired; of silence where none did; 0 for codes without rules. Rules that fire
            together are not added up: they mostly see the same words.
        """
        table: Floats = np.zeros((len(passages), len(targets.codes)))
        for j, code in enumerate(targets.codes):
            if code in hits.ruled:
                for i, passage in enumerate(passages):
                    fired = hits.at(passage, code)
                    table[i, j] = max((self.log_odds(h, code) for h in fired), default=self.silences[code])
        return table


def _logit(probability: float) -> float:
    kept = min(max(probability, _LEAST), 1 - _LEAST)
    return float(np.log(kept / (1 - kept)))
