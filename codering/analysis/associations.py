"""Which codes share a turn, and which code follows which: observed counts beside those that chance would give.

Expected counts are worked out within each group: in a group that talks about caseload all afternoon, caseload meets
everything. The measure of association is how far the observed count lies from the expected one in standard deviations,
with the counts in each group fixed (the statistic of Mantel, N., & Haenszel, W. (1959). Statistical aspects of the
analysis of data from retrospective studies of disease. J. of the National Cancer Institute 22, 719-748, without
continuity correction; for turns that follow each other it is the z of lag sequential analysis: Bakeman, R., & Gottman,
J. M. (1997). Observing interaction, 2nd ed. Cambridge University Press, pooled over groups). Beside it stands Jaccard's
index (Jaccard, P. (1912). The distribution of the flora in the alpine zone. New Phytologist 11, 37-50), which other
programs call the co-occurrence coefficient.

No p-values: successive turns of a conversation are not independent, so they would promise too much.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from codering.analysis.frequencies import Coded, Level, counted
from codering.codebooks import Codebook
from codering.codings import Stance
from codering.transcripts import Transcript

Carried = NDArray[np.bool_]
"""Shape ``(turns, codes)``: which turn carries which code."""


@dataclass(frozen=True, slots=True)
class Association:
    """How two codes go together.

    Attributes
    ----------
    first, second
        Ids of codes or themes. For turns that follow each other: what is followed by what.
    together
        Turns that carry both (pairs of turns in which `second` follows `first`).
    expected
        How many that would be if, within each group, the turns with one had nothing to do with those with the other.
    first_turns, second_turns
        Turns with each.
    groups
        Groups in which they go together at least once.
    above
        Groups in which they do so more often than expected.
    z
        Standard deviations between observed and expected; NaN where nothing can vary.
    """

    first: str
    second: str
    together: int
    expected: float
    first_turns: int
    second_turns: int
    groups: int
    above: int
    z: float

    @property
    def rare(self) -> bool:
        """Whether both counts are below three: then a turn or two make any `z` large, and it says nothing."""
        return max(self.together, self.expected) < 3

    @property
    def jaccard(self) -> float:
        """Turns with both as a share of the turns with either, 0 to 1; NaN without turns."""
        either = self.first_turns + self.second_turns - self.together
        return self.together / either if either else math.nan


def cooccurrences(
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    coded: Iterable[Coded],
    *,
    level: Level = "theme",
    stance: Stance | None = Stance.CONFIRMS,
) -> tuple[Association, ...]:
    """Find which codes share a turn.

    Parameters
    ----------
    transcripts, codebook, coded, level
        As of :func:`codering.analysis.frequencies.frequencies`.
    stance
        Only what has this stance; None for both together.

    Returns
    -------
    tuple of Association
        For every two codes that occur: the strongest association first, those that are too rare to tell last.
    """
    codes, carried = _carried(transcripts, codebook, tuple(coded), level, stance)
    pairs = [(i, j) for i in range(len(codes)) for j in range(i + 1, len(codes))]
    return _associations(codes, pairs, [(own, own) for own in carried])


def sequences(
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    coded: Iterable[Coded],
    *,
    level: Level = "theme",
    stance: Stance | None = Stance.CONFIRMS,
) -> tuple[Association, ...]:
    """Find which code follows which: in the next turn, of another participant, with no moderator in between.

    Parameters
    ----------
    transcripts, codebook, coded, level, stance
        As of :func:`cooccurrences`.

    Returns
    -------
    tuple of Association
        For every ordered two codes that occur, a code after itself included, in the same order.
    """
    codes, carried = _carried(transcripts, codebook, tuple(coded), level, stance)
    pairs = [(i, j) for i in range(len(codes)) for j in range(len(codes))]
    followed: list[tuple[Carried, Carried]] = []
    for transcript, own in zip(transcripts, carried, strict=True):
        turns = list(transcript.spoken_turns())
        next_to = [
            place
            for place in range(len(turns) - 1)
            if turns[place + 1].number == turns[place].number + 1 and turns[place + 1].speaker != turns[place].speaker
        ]
        followed.append((own[next_to], own[[place + 1 for place in next_to]]))
    return _associations(codes, pairs, followed)


def _carried(
    transcripts: Sequence[Transcript], codebook: Codebook, coded: Sequence[Coded], level: Level, stance: Stance | None
) -> tuple[list[str], list[Carried]]:
    """The codes that occur, and for each transcript which of its turns carry which."""
    by_name = {transcript.name: transcript for transcript in transcripts}
    found: dict[str, set[tuple[int, str]]] = {name: set() for name in by_name}
    for item in coded:
        place = counted(item, by_name, codebook, level)
        if place is not None and stance in (None, item.stance):
            turn, code = place
            found[item.segment.transcript].add((turn.number, code))
    occur = {code for places in found.values() for _, code in places}
    order = [theme.id for theme in codebook.themes] if level == "theme" else [code.id for code in codebook]
    codes = [code for code in order if code in occur]
    column = {code: index for index, code in enumerate(codes)}
    carried: list[Carried] = []
    for transcript in transcripts:
        row = {turn.number: index for index, turn in enumerate(transcript.spoken_turns())}
        own = np.zeros((len(row), len(codes)), dtype=bool)
        for number, code in found[transcript.name]:
            if number in row:
                own[row[number], column[code]] = True
        carried.append(own)
    return codes, carried


def _associations(
    codes: Sequence[str], pairs: Sequence[tuple[int, int]], groups: Sequence[tuple[Carried, Carried]]
) -> tuple[Association, ...]:
    size = len(codes)
    together = np.zeros((len(groups), size, size))
    expected, variance = together.copy(), together.copy()
    first, second = np.zeros(size), np.zeros(size)
    for index, (before, after) in enumerate(groups):
        turns = len(before)
        left, right = before.sum(axis=0).astype(float), after.sum(axis=0).astype(float)
        first, second = first + left, second + right
        together[index] = before.T.astype(float) @ after.astype(float)
        if turns:
            expected[index] = np.outer(left, right) / turns
        if turns > 1:
            spread = np.outer(left * (turns - left), right * (turns - right))
            variance[index] = spread / (turns**2 * (turns - 1))
    observed, mean, deviation = together.sum(axis=0), expected.sum(axis=0), np.sqrt(variance.sum(axis=0))
    found = [
        Association(
            first=codes[i],
            second=codes[j],
            together=int(observed[i, j]),
            expected=float(mean[i, j]),
            first_turns=int(first[i]),
            second_turns=int(second[j]),
            groups=int((together[:, i, j] > 0).sum()),
            above=int((together[:, i, j] > expected[:, i, j]).sum()),
            z=float((observed[i, j] - mean[i, j]) / deviation[i, j]) if deviation[i, j] > 0 else math.nan,
        )
        for i, j in pairs
    ]
    return tuple(sorted(found, key=_strongest_first))


def _strongest_first(one: Association) -> tuple[bool, float, int]:
    told = not one.rare and not math.isnan(one.z)
    return not told, -one.z if told else 0.0, -one.together
