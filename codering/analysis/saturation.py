"""Saturation: whether more groups still bring something new.

The curve says how many codes of the codebook are heard in k groups, averaged over every order in which the groups could
have been held (sample-based rarefaction: Colwell, R. K., Mao, C. X., & Chang, J. (2004). Interpolating, extrapolating,
and comparing incidence-based species accumulation curves. Ecology 85, 2717-2727, eq. 5). Beside it stands the method of
Guest, G., Namey, E., & Chen, M. (2020). A simple method to assess and report thematic saturation in qualitative
research. PLoS ONE 15(5), e0232076: codes heard in a base of the first groups, and in each run of groups after it the
new codes as a share of those of the base; saturation where that share is at or below a threshold. Runs move up one
group at a time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from codering.analysis.frequencies import Coded, Level, counted
from codering.codebooks import Codebook
from codering.errors import CoderingError, Message
from codering.transcripts import Transcript

ORDERS: Final = 1000
"""Random orders of the groups for the spread of the curve."""


@dataclass(frozen=True, slots=True)
class Point:
    """The curve after some groups.

    Attributes
    ----------
    groups
        How many groups were heard.
    codes
        Codes heard by then, averaged over all orders.
    low, high
        Between these lie 95% of the orders.
    held
        Codes heard by then in the order in which the groups were held.
    group
        The name of the group that was then held.
    """

    groups: int
    codes: float
    low: float
    high: float
    held: int
    group: str


@dataclass(frozen=True, slots=True)
class Run:
    """New information in a run of groups after the base.

    Attributes
    ----------
    first, last
        The run's groups, counted from 1.
    new
        Codes that were not heard before the run.
    share
        Of the codes of the base, 0 or more.
    """

    first: int
    last: int
    new: int
    share: float


@dataclass(frozen=True, slots=True)
class Saturation:
    """What more groups brought.

    Attributes
    ----------
    points
        The curve.
    base, run, threshold
        As of Guest, Namey and Chen.
    base_codes
        Codes heard in the base.
    runs
        In the order in which the groups were held.
    reached
        How many groups had been held before the first run with as little new as the threshold; None if none had.
    reached_in_orders
        The share of random orders in which it is reached, 0 to 1; NaN with too few groups.
    unheard
        Ids of codes that no group mentions.
    reason
        Why saturation cannot be assessed; None if it can.
    """

    points: tuple[Point, ...]
    base: int
    run: int
    threshold: float
    base_codes: int
    runs: tuple[Run, ...]
    reached: int | None
    reached_in_orders: float
    unheard: tuple[str, ...]
    reason: Message | None = None


def saturation(
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    coded: Iterable[Coded],
    *,
    level: Level = "code",
    base: int = 4,
    run: int = 2,
    threshold: float = 0.05,
    seed: int = 1,
) -> Saturation:
    """Assess saturation over groups.

    Parameters
    ----------
    transcripts
        Groups; they are put in the order of their dates (those without a date last, as they stand).
    codebook, coded, level
        As of :func:`codering.analysis.frequencies.frequencies`. A code counts as heard whether confirmed or denied.
    base
        Groups in the base; the source advises 4 to 6.
    run
        Groups in a run; the source advises 2 or 3.
    threshold
        New codes in a run, as a share of the base's; the source advises 0.05 or 0.
    seed
        Of the random orders.

    Raises
    ------
    CoderingError
        If the base or the run is smaller than one group, or the threshold negative.
    """
    if base < 1 or run < 1 or threshold < 0:
        raise CoderingError(
            "Saturation needs a base and a run of at least one group and a threshold of at least 0; found {found}.",
            found=f"{base}, {run}, {threshold:g}",
        )
    ordered = sorted(transcripts, key=lambda t: (t.date is None, t.date or ""))
    codes = [theme.id for theme in codebook.themes] if level == "theme" else [code.id for code in codebook]
    heard = _heard(ordered, codebook, coded, codes, level)
    points = _curve(heard, [t.name for t in ordered], seed)
    base_codes, runs, reached = _assessed(heard, base, run, threshold)
    reason = None
    share = math.nan
    if len(ordered) < base + run:
        reason = Message(
            "Saturation takes {needed} groups (a base of {base} and a run of {run}); this project has {found}.",
            needed=base + run,
            base=base,
            run=run,
            found=len(ordered),
        )
    elif not base_codes:
        reason = Message("No code was heard in the base, so there is nothing to compare new codes with.")
    else:
        generator = np.random.default_rng(seed)
        outcomes = (_assessed(heard[generator.permutation(len(heard))], base, run, threshold) for _ in range(ORDERS))
        share = sum(outcome[2] is not None for outcome in outcomes) / ORDERS
    unheard = tuple(code for code, groups in zip(codes, heard.T, strict=True) if not groups.any())
    return Saturation(points, base, run, threshold, base_codes, runs, reached, share, unheard, reason)


def _heard(
    transcripts: Sequence[Transcript], codebook: Codebook, coded: Iterable[Coded], codes: Sequence[str], level: Level
) -> NDArray[np.bool_]:
    by_name = {t.name: t for t in transcripts}
    row = {name: index for index, name in enumerate(by_name)}
    column = {code: index for index, code in enumerate(codes)}
    heard = np.zeros((len(row), len(codes)), dtype=bool)
    for item in coded:
        if (place := counted(item, by_name, codebook, level)) is not None:
            heard[row[item.segment.transcript], column[place[1]]] = True
    return heard


def _curve(heard: NDArray[np.bool_], names: Sequence[str], seed: int) -> tuple[Point, ...]:
    count = len(heard)
    if not count:
        return ()
    in_groups = heard.sum(axis=0)
    generator = np.random.default_rng(seed)
    orders = np.array([generator.permutation(count) for _ in range(ORDERS)])
    spread = np.logical_or.accumulate(heard[orders], axis=1).sum(axis=2)
    held = np.logical_or.accumulate(heard, axis=0).sum(axis=1)
    points: list[Point] = []
    for k in range(1, count + 1):
        ways = math.comb(count, k)
        mean = sum(1 - math.comb(count - int(n), k) / ways for n in in_groups)
        low, high = (float(value) for value in np.percentile(spread[:, k - 1], (2.5, 97.5), method="inverted_cdf"))
        points.append(Point(k, mean, low, high, int(held[k - 1]), names[k - 1]))
    return tuple(points)


def _assessed(
    heard: NDArray[np.bool_], base: int, run: int, threshold: float
) -> tuple[int, tuple[Run, ...], int | None]:
    total = np.logical_or.accumulate(heard, axis=0).sum(axis=1) if len(heard) else np.zeros(0)
    base_codes = int(total[base - 1]) if len(heard) >= base else 0
    runs: list[Run] = []
    reached: int | None = None
    for start in range(base, len(heard) - run + 1) if base_codes else ():
        new = int(total[start + run - 1] - total[start - 1])
        runs.append(Run(start + 1, start + run, new, new / base_codes))
        if reached is None and new / base_codes <= threshold + 1e-12:
            reached = start
    return base_codes, tuple(runs), reached
