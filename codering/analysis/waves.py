"""Which barriers are new, which stay, which grow and which fade between waves of focus groups.

Effect before p-value: first how many participants and groups said it in each wave and by how much that differs, then
whether the difference is more than which groups happened to be heard. The pattern (new, growing, ...) follows from the
counts by a rule that the analyst sets, and says nothing about chance. With few groups nothing can be concluded about
chance, and then that is said.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from codering.analysis.bridging import Topic
from codering.analysis.differences import difference_intervals
from codering.analysis.intervals import RESAMPLES, Interval
from codering.analysis.panels import InWave, Panel
from codering.analysis.permutation import contrasts, deals, p_values
from codering.errors import Message

SURE: Final = 0.05
"""The corrected p-value at or below which a difference is called more than chance."""


class Pattern(StrEnum):
    """What happened to a barrier from one wave to the next, by the counts."""

    NEW = "new"
    GROWING = "growing"
    PERSISTENT = "persistent"
    FADING = "fading"
    GONE = "gone"
    INCIDENTAL = "incidental"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rule:
    """When a barrier counts as there, and when a change as a change; chosen by the analyst, before looking.

    Attributes
    ----------
    groups
        A barrier is there in a wave if it is confirmed in at least this share of the groups.
    step
        The share of participants by which it must differ to be called growing or fading.
    """

    groups: float = 0.5
    step: float = 0.15

    def needed(self, groups: int) -> int:
        """In how many of so many groups it must be confirmed; at least one."""
        return max(1, math.ceil(self.groups * groups - 1e-9))


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one topic between two waves.

    Attributes
    ----------
    topic
        The theme or code.
    before, after
        Both waves.
    pattern
        By the counts and the analyst's rule.
    rose, fell
        In how many of the places that were visited in both waves the share rose or fell; None without such places.
    interval
        Of the difference of shares; see :attr:`difference`.
    p, p_together
        By permutation, on its own and corrected for all topics and comparisons; NaN if undefined.
    leans_on
        Places (or groups) without any one of which the pattern would be another.
    """

    topic: Topic
    before: InWave
    after: InWave
    pattern: Pattern
    rose: int | None
    fell: int | None
    interval: Interval
    p: float
    p_together: float
    leans_on: tuple[str, ...]

    @property
    def difference(self) -> float:
        """Share of participants after minus before, -1 to 1."""
        return self.after.share - self.before.share


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two waves side by side.

    Attributes
    ----------
    before, after
        Names of the waves.
    changes
        By topic, in the codebook's order.
    paired
        Places that were visited in both.
    dealt, exact, smallest_p
        Of the permutation test: ways of dealing, whether these are all, the smallest corrected p-value possible.
    in_part
        Whether not everything was read. Then there is no p-value (NaN): that of one wave more was read looks like a
        change.
    """

    before: str
    after: str
    changes: tuple[Change, ...]
    paired: tuple[str, ...]
    dealt: int
    exact: bool
    smallest_p: float
    in_part: bool = False

    @property
    def can_conclude(self) -> bool:
        """Whether any data from so few groups, all of it read, could show a difference to be more than chance."""
        return not self.in_part and self.smallest_p <= SURE


def compare_waves(
    laid: Panel, *, rule: Rule | None = None, resamples: int = RESAMPLES, seed: int = 1
) -> tuple[Comparison, ...]:
    """Compare every wave with the next.

    Parameters
    ----------
    laid
        From :func:`codering.analysis.panels.panel`.
    rule
        When a barrier is there, and what is a change.
    resamples, seed
        Of the bootstrap and of random deals.
    """
    pairs = tuple(pairwise(range(len(laid.waves))))
    chosen = rule or Rule()
    return tuple(_compare(laid, pair, chosen, len(pairs), resamples, seed) for pair in pairs)


def _compare(laid: Panel, pair: tuple[int, int], rule: Rule, comparisons: int, resamples: int, seed: int) -> Comparison:
    rows = np.flatnonzero(np.isin(laid.wave_of, pair))
    labels = [pair.index(int(laid.wave_of[row])) for row in rows]
    places = [laid.places[row] for row in rows]
    hits, sizes = laid.in_groups(laid.hits)[rows], laid.sizes[rows]
    dealt = deals(labels, places, seed=seed)
    known = [all(laid.known(column, wave) for wave in pair) for column in range(len(laid.topics))]
    own, together = np.full(len(known), math.nan), np.full(len(known), math.nan)
    columns = np.flatnonzero(known)
    if len(columns):
        own[columns], together[columns] = p_values(contrasts(hits[:, columns], sizes, dealt, (-1.0, 1.0)))
    together = np.minimum(1.0, together * comparisons)
    paired = tuple(
        place
        for place in dict.fromkeys(places)
        if place and len({label for label, other in zip(labels, places, strict=True) if other == place}) == 2
    )
    intervals = difference_intervals(laid, rows, labels, paired, resamples=resamples, seed=seed)
    side = _Side(laid, rows, np.asarray(labels), np.asarray(places), hits, sizes, rule, paired)
    changes = tuple(
        side.change(column, pair, intervals[column], float(own[column]), float(together[column]), known=known[column])
        for column in range(len(laid.topics))
    )
    smallest = min(1.0, dealt.smallest_p * comparisons)
    before, after = (laid.waves[wave] for wave in pair)
    return Comparison(before, after, changes, paired, len(dealt.waves), dealt.exact, smallest)


@dataclass(frozen=True)
class _Side:
    """Two waves, side by side."""

    laid: Panel
    rows: NDArray[np.intp]
    labels: NDArray[np.intp]
    places: NDArray[np.str_]
    hits: NDArray[np.float64]
    sizes: NDArray[np.float64]
    rule: Rule
    paired: tuple[str, ...]

    def change(
        self, column: int, pair: tuple[int, int], interval: Interval, p: float, together: float, *, known: bool
    ) -> Change:
        everything = np.ones(len(self.rows), dtype=bool)
        before, after = (self.laid.in_wave(column, wave) for wave in pair)
        pattern = self._pattern(column, everything) if known else Pattern.UNKNOWN
        rose, fell = self._directions(column)
        return Change(
            topic=self.laid.topics[column],
            before=before,
            after=after,
            pattern=pattern,
            rose=rose if known else None,
            fell=fell if known else None,
            interval=interval if known else Interval(reason=Message("It could not have been coded in both waves.")),
            p=p,
            p_together=together,
            leans_on=self._leans_on(column, pattern) if known else (),
        )

    def _pattern(self, column: int, kept: NDArray[np.bool_]) -> Pattern:
        there: list[bool] = []
        heard: list[bool] = []
        shares: list[float] = []
        for label in (0, 1):
            own = kept & (self.labels == label)
            groups = int((self.hits[own, column] > 0).sum())
            there.append(groups >= self.rule.needed(int(own.sum())))
            heard.append(groups > 0)
            shares.append(float(self.hits[own, column].sum() / self.sizes[own].sum()))
        return pattern_of(there, heard, shares[1] - shares[0], self.rule)

    def _leans_on(self, column: int, pattern: Pattern) -> tuple[str, ...]:
        """Leave one place out at a time (or one group, where it has no place or none was visited twice)."""
        found: list[str] = []
        names = [self.laid.transcripts[row].name for row in self.rows]
        own = self.places.tolist() if self.paired else [""] * len(names)
        units = np.asarray([place or name for place, name in zip(own, names, strict=True)])
        for unit in dict.fromkeys(units.tolist()):
            kept = units != unit
            if {0, 1} <= set(self.labels[kept].tolist()) and self._pattern(column, kept) is not pattern:
                found.append(unit)
        return tuple(found)

    def _directions(self, column: int) -> tuple[int | None, int | None]:
        if not self.paired:
            return None, None
        differences = []
        for place in self.paired:
            shares = []
            for label in (0, 1):
                own = (self.places == place) & (self.labels == label)
                shares.append(float(self.hits[own, column].sum() / self.sizes[own].sum()))
            differences.append(shares[1] - shares[0])
        return sum(d > 0 for d in differences), sum(d < 0 for d in differences)


def pattern_of(there: Sequence[bool], heard: Sequence[bool], difference: float, rule: Rule) -> Pattern:
    """Name what happened between two waves.

    Parameters
    ----------
    there
        Before and after: whether enough groups confirm it.
    heard
        Before and after: whether any group does.
    difference
        Of the shares of participants.
    rule
        For what counts as a change.
    """
    if not any(heard):
        return Pattern.ABSENT
    if not any(there):
        return Pattern.INCIDENTAL
    if there[1] and not heard[0]:
        return Pattern.NEW
    if there[0] and not heard[1]:
        return Pattern.GONE
    if difference >= rule.step - 1e-9:
        return Pattern.GROWING
    if difference <= -rule.step + 1e-9:
        return Pattern.FADING
    return Pattern.PERSISTENT if all(there) else Pattern.INCIDENTAL
