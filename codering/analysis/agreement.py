"""How far coders agree on a code: by turn, or by passage, with honest intervals.

Units are participants' turns that the coders compared have read; per code a turn carries the code or it does not (rule
1 of the coding guide). At the level of passages the unit is a character of such a turn. The measures stand in
:mod:`codering.analysis.measures`, the intervals in :mod:`codering.analysis.group_intervals`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from codering.analysis.group_intervals import Units, units_of, with_interval
from codering.analysis.measures import (
    Measure,
    Ratings,
    Statistic,
    cohen_kappa,
    f1,
    gwet_ac1,
    krippendorff_alpha,
    pabak,
    percentage,
)
from codering.codings import Coding, Stance
from codering.errors import AgreementError, Message

Level = Literal["turn", "segment"]

Unit = tuple[str, int]
"""A turn: transcript and number."""

NOBODY: Final = Message("No coder used this code: there is nothing to agree on.")
EVERYBODY: Final = Message("Every coder gave the code everywhere: chance agreement is complete.")
NO_UNITS: Final = Message("No turn was read by two coders.")
TWO_ONLY: Final = Message("Defined for two coders only; compare them in pairs.")

STATISTICS: Final[Mapping[str, Statistic]] = {
    "percentage": percentage,
    "kappa": cohen_kappa,
    "alpha": krippendorff_alpha,
    "ac1": gwet_ac1,
    "pabak": pabak,
    "f1": f1,
}
"""By name, the measures of one code."""
FOR_TWO: Final = ("kappa", "f1")
FROM_ZERO: Final = ("percentage", "f1")


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """Agreement of coders on one code (or theme).

    Attributes
    ----------
    code
        The id.
    units
        Turns (or characters) that at least two of the coders read.
    carried
        By coder, in how many of those the coder gives the code.
    together
        Those in which all coders who read it give the code.
    percentage
        Share of pairs of coders and units that agree, 0 to 1. Not corrected for chance.
    kappa
        Cohen's κ; undefined for more than two coders.
    alpha
        Krippendorff's α, nominal.
    ac1
        Gwet's AC1.
    pabak
        Prevalence- and bias-adjusted κ, ``2 * percentage - 1``: only beside κ, never instead of it.
    f1
        F1 of one coder against the other (it is symmetric); undefined for more than two coders.
    """

    code: str
    units: int
    carried: tuple[int, ...]
    together: int
    percentage: Measure
    kappa: Measure
    alpha: Measure
    ac1: Measure
    pabak: Measure
    f1: Measure

    @property
    def prevalence(self) -> float:
        """The mean share of the units to which a coder gives the code; NaN without units."""
        return sum(self.carried) / len(self.carried) / self.units if self.units else math.nan

    @property
    def paradox(self) -> bool:
        """Whether κ is low though coders nearly always agree, because the code is rare or common.

        Feinstein, A. R., & Cicchetti, D. V. (1990). High agreement but low kappa. J. Clinical Epidemiology 43, 543-549.
        """
        return self.percentage.value >= 0.85 and self.kappa.value < 0.6 <= self.ac1.value


class CodingSheet:
    """Which coder gave which code to which turn, gone through once for all codes.

    Parameters
    ----------
    codings
        Of any coders.
    coders
        The rows.
    read
        By coder, the turns that the coder read: what is not in it is missing, not "no".
    units
        The columns.
    """

    def __init__(
        self,
        codings: Iterable[Coding],
        coders: Sequence[str],
        read: Mapping[str, Collection[Unit]],
        units: Sequence[Unit],
    ) -> None:
        row = {coder: index for index, coder in enumerate(coders)}
        column = {unit: index for index, unit in enumerate(units)}
        self._empty = np.full((len(row), len(column)), np.nan)
        for coder, index in row.items():
            self._empty[index, [column[unit] for unit in read.get(coder, ()) if unit in column]] = 0.0
        self._given: dict[str, list[tuple[int, int, Stance]]] = defaultdict(list)
        for coding in codings:
            unit = coding.segment.place
            if coding.coder in row and unit in column:
                self._given[coding.code].append((row[coding.coder], column[unit], coding.stance))

    def ratings(self, codes: Iterable[str], *, stance: Stance | None = None) -> Ratings:
        """Lay one code (or the codes of a theme) out by coder and turn.

        Parameters
        ----------
        codes
            A turn carries the code if it carries one of these.
        stance
            Only codings with this stance; None for any.

        Returns
        -------
        Ratings
            Shape ``(len(coders), len(units))``.
        """
        table = self._empty.copy()
        for code in codes:
            for row, column, given in self._given.get(code, ()):
                if stance in (None, given):
                    table[row, column] = 1.0
        return table


def numbered(groups: Sequence[str]) -> NDArray[np.intp]:
    """Number groups from 0, in the order in which they come."""
    order = {group: index for index, group in enumerate(dict.fromkeys(groups))}
    return np.array([order[group] for group in groups], dtype=np.intp)


def code_agreement(code: str, table: Ratings, groups: Sequence[str]) -> CodeAgreement:
    """Measure agreement on one code, by turn.

    Parameters
    ----------
    code
        Its id.
    table
        Shape ``(coders, units)``, at least two coders; units that fewer than two of them read are left out.
    groups
        For each unit its focus group: intervals are over groups, because turns of one group are not independent.

    Raises
    ------
    AgreementError
        With fewer than two coders.
    """
    if table.shape[0] < 2:
        raise AgreementError("Agreement needs two coders; found {count}.", count=table.shape[0])
    double = (~np.isnan(table)).sum(axis=0) >= 2
    kept = [group for group, keep in zip(groups, double, strict=True) if keep]
    return of_units(code, units_of(table[:, double], numbered(kept)))


def of_units(code: str, units: Units) -> CodeAgreement:
    """Measure agreement on one code, from its ratings by turn or by character."""
    patterns, total = units.patterns, units.total
    coders = patterns.shape[0]
    given = np.nan_to_num(patterns) > 0
    carried = given @ total
    nobody, everybody = not carried.any(), _everybody(patterns, total)

    def measured(name: str) -> Measure:
        if name in FOR_TWO and coders != 2:
            return Measure(math.nan, reason=TWO_ONLY)
        if not total.sum():
            return Measure(math.nan, reason=NO_UNITS)
        # Coders who both never use a code agree in a hundred percent of the turns; nothing follows from that.
        if nobody and name != "percentage":
            return Measure(math.nan, reason=NOBODY)
        measure = with_interval(STATISTICS[name], units, lowest=0.0 if name in FROM_ZERO else -1.0)
        if math.isnan(measure.value):
            return Measure(math.nan, reason=EVERYBODY if everybody else NO_UNITS)
        return measure

    together = (given | np.isnan(patterns)).all(axis=0)
    return CodeAgreement(
        code,
        round(float(total.sum())),
        tuple(round(float(count)) for count in carried),
        round(float(total[together].sum())),
        **{name: measured(name) for name in STATISTICS},
    )


def _everybody(patterns: Ratings, total: NDArray[np.float64]) -> bool:
    present = patterns[:, total > 0]
    return bool((present[~np.isnan(present)] > 0).all())
