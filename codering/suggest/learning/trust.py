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
from codering.suggest.learning.data import UNKNOWN, Floats, Labels, Passage, Rows, Targets
from codering.transcripts import Place

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
        Turn and code: the suggestions of rules, the most trusted first; a code's hit is also a hit of its theme.
    ruled
        The codes that some rule suggests somewhere. About the others the silence of rules says nothing.
    """

    by_place: dict[Place, dict[str, tuple[Suggestion, ...]]]
    ruled: frozenset[str]

    @classmethod
    def of(cls, suggestions: Iterable[Suggestion], targets: Targets) -> Hits:
        """Sort suggestions by turn and code."""
        index = {code: j for j, code in enumerate(targets.codes)}
        found: dict[Place, dict[str, dict[str, Suggestion]]] = {}
        for one in suggestions:
            if one.kind != "rule" or one.code not in index:
                continue
            here = found.setdefault(one.segment.place, {})
            for code in dict.fromkeys((one.code, targets.codes[targets.parents[index[one.code]]])):
                here.setdefault(code, {})[one.id] = one
        by_place = {
            place: {
                code: tuple(sorted(ones.values(), key=lambda one: (-one.score, one.segment, one.source, one.id)))
                for code, ones in codes.items()
            }
            for place, codes in found.items()
        }
        return cls(by_place, frozenset(code for codes in found.values() for code in codes))

    def at(self, passage: Passage, code: str) -> tuple[Suggestion, ...]:
        """What rules suggest for a turn and a code, the most trusted first."""
        return self.by_place.get(passage.place, {}).get(code, ())


@dataclass(frozen=True, slots=True)
class Fired:
    """The hits on some passages as arrays, a hit each: shape (hits,).

    Attributes
    ----------
    shape
        How many passages and codes there are.
    row, code
        Of which passage, for which code.
    rule, weight
        Number of the rule in `names`, and the trust of its author in it.
    names
        The sources of hits, for example ``rule:cl_omvang.veel``.
    ruled
        Whether some rule suggests the code somewhere, shape (codes,).
    """

    shape: tuple[int, int]
    row: Rows
    code: Rows
    rule: Rows
    weight: Floats
    names: tuple[str, ...]
    ruled: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

    @classmethod
    def on(cls, passages: Sequence[Passage], hits: Hits, targets: Targets) -> Fired:
        """Look up the hits on these passages; a rule that fired twice in a turn counts once."""
        column = {code: j for j, code in enumerate(targets.codes)}
        numbers: dict[str, int] = {}
        found: dict[tuple[int, int, int], float] = {}
        for i, passage in enumerate(passages):
            for code, ones in hits.by_place.get(passage.place, {}).items():
                for one in ones:
                    key = (i, column[code], numbers.setdefault(one.source, len(numbers)))
                    found[key] = max(found.get(key, 0.0), one.score)
        row, code_of, rule = np.array(list(found), dtype=np.intp).reshape(-1, 3).T
        ruled = np.array([code in hits.ruled for code in targets.codes], dtype=bool)
        weight = np.array(list(found.values()), dtype=np.float64)
        return cls((len(passages), len(targets.codes)), row, code_of, rule, weight, tuple(numbers), ruled)

    def table(self) -> Labels:
        """1 where a rule fired, otherwise 0; shape (passages, codes)."""
        table: Labels = np.zeros(self.shape, dtype=np.int8)
        table[self.row, self.code] = 1
        return table


@dataclass(frozen=True, slots=True)
class RuleTrust:
    """How often each rule, and each silence, was right.

    Attributes
    ----------
    counts
        Rule and code: how many reviewed hits it had, and how many of them carry the code.
    silences
        The log-odds that a turn on which no rule fired carries the code, shape (codes,).
    """

    counts: dict[tuple[str, int], tuple[int, int]]
    silences: Floats

    @classmethod
    def learn(cls, fired: Fired, labels: Labels, rows: Rows) -> RuleTrust:
        """Count on these rows."""
        codes = fired.shape[1]
        among = np.zeros(fired.shape[0], dtype=bool)
        among[rows] = True
        label = labels[fired.row, fired.code]
        counted = among[fired.row] & (label != UNKNOWN)
        key = fired.rule * codes + fired.code
        size = max(1, len(fired.names)) * codes
        seen = np.bincount(key[counted], minlength=size)
        right = np.bincount(key[counted], label[counted], size).astype(np.intp)
        counts = {
            (fired.names[k // codes], k % codes): (int(seen[k]), int(right[k])) for k in np.flatnonzero(seen).tolist()
        }
        silent = (labels[rows] != UNKNOWN) & (fired.table()[rows] == 0)
        missed = silent & (labels[rows] == 1)
        share = (_SILENCE * _MISSED + missed.sum(axis=0)) / (_SILENCE + silent.sum(axis=0))
        return cls(counts, _logit(share))

    def log_odds(self, rule: str, code: int, weight: float) -> float:
        """The log-odds that a hit of a rule is right; without decisions those of its author's weight."""
        seen, right = self.counts.get((rule, code), (0, 0))
        return float(_logit((_TRUST * weight + right) / (_TRUST + seen)))

    def table(self, fired: Fired) -> Floats:
        """The log-odds of each turn and code according to the rules.

        Returns
        -------
        array of float, shape (passages, codes)
            Those of the best rule that fired; of silence where none did. Rules that fire together are not added up:
            they mostly see the same words.
        """
        table: Floats = np.tile(self.silences, (fired.shape[0], 1))
        table[fired.row, fired.code] = -np.inf
        worth = np.array(
            [
                self.log_odds(fired.names[rule], code, weight)
                for rule, code, weight in zip(
                    fired.rule.tolist(), fired.code.tolist(), fired.weight.tolist(), strict=True
                )
            ]
        )
        np.maximum.at(table, (fired.row, fired.code), worth)
        return table


def _logit(probability: Floats | float) -> Floats:
    kept = np.clip(probability, _LEAST, 1 - _LEAST)
    return np.asarray(np.log(kept / (1 - kept)))
