"""Agreement on stance: coders who see the same barrier may differ on whether somebody has it."""

from __future__ import annotations

import math

import numpy as np

from codering.analysis.agreement import numbered
from codering.analysis.comparison import Comparison, codes_of
from codering.analysis.group_intervals import units_of, with_interval
from codering.analysis.measures import Ratings, cohen_kappa, percentage
from codering.analysis.readings import GOOD, reading_of
from codering.codings import Stance
from codering.errors import Message
from codering.tables import Cell, Column, Kind, Table


def stance_table(comparison: Comparison, *, language: str) -> Table:
    """Whether coders who give a turn the same code also read the same stance in it; by theme, and all codes together.

    A coder who sees a code both confirmed and denied in one turn has a stance of its own kind: both.

    Parameters
    ----------
    comparison
        Who and what.
    language
        Of the labels.
    """
    columns = (
        Column("label", "Theme"),
        Column("id", "Id"),
        Column("units", "Codes that all gave", Kind.COUNT),
        Column("same", "Same stance", Kind.COUNT),
        Column("percentage", "Agreement", Kind.SHARE),
        Column("kappa", "Cohen's κ", Kind.NUMBER),
        Column("kappa_low", "κ from", Kind.NUMBER),
        Column("kappa_high", "κ to", Kind.NUMBER),
        Column("reading", "Reading", Kind.LONG),
    )
    several = [(theme.label.in_language(language), theme.id, codes_of(theme)) for theme in comparison.themes]
    whole = frozenset(code.id for code in comparison.codes)
    rows = [_row(comparison, Message("All codes"), "", whole)]
    rows += [_row(comparison, label, id_, codes) for label, id_, codes in several]
    note = Message(
        "Counted in turns to which every coder gave the same code: only there can they differ on the stance."
    )
    return Table("agreement_stance", "Agreement on stance", columns, tuple(rows), (note,))


def _row(comparison: Comparison, label: Cell, id_: str, codes: frozenset[str]) -> tuple[Cell, ...]:
    """Of one code or several together: each turn to which every coder gave a code is a unit."""
    tables, places = [], []
    for code in sorted(codes):
        table = _stances(comparison, code)
        given_by_all = (table >= 0).all(axis=0)
        tables.append(table[:, given_by_all])
        places += list(np.flatnonzero(given_by_all))
    table = np.hstack(tables)
    units = units_of(table, numbered(comparison.groups), unit=np.array(places, dtype=np.intp))
    size = table.shape[1]
    if not size:
        reason = Message("There is no turn to which every coder gave the same code.")
        return label, id_, 0, 0, *[math.nan] * 4, reason
    same = int((table == table[0]).all(axis=0).sum())
    agreed = float(percentage(table))
    if table.shape[0] != 2:
        return label, id_, size, same, agreed, *[math.nan] * 3, Message("κ compares two coders; see the pairs.")
    kappa = with_interval(cohen_kappa, units)
    if math.isnan(kappa.value):
        return label, id_, size, same, agreed, *[math.nan] * 3, Message("Both saw one and the same stance everywhere.")
    rare = Message("One stance is rare here, so κ says little: look at the turns on which they differ.")
    says = rare if agreed >= 0.85 and kappa.value < GOOD else reading_of(kappa)
    return label, id_, size, same, agreed, kappa.value, kappa.low, kappa.high, says


def _stances(comparison: Comparison, code: str) -> Ratings:
    """Shape ``(coders, units)``: 1 confirmed, 0 denied, 2 both; -1 where the coder does not give the code."""
    confirmed, denied = (comparison.sheet.ratings([code], stance=one) for one in (Stance.CONFIRMS, Stance.DENIES))
    return np.where(confirmed + denied > 0, confirmed + confirmed * denied, -1.0)
