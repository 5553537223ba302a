"""A machine beside coders: whether it agrees with them as well as they agree with each other.

This is not intercoder reliability: a machine does not interpret, and learned from the codebook or from these very
coders. What can be asked is whether it disagrees with people more than people do with each other. The measure is F1,
because turns without the code say little about a detector; the difference has an interval over focus groups.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from codering.analysis.agreement import numbered
from codering.analysis.comparison import Comparison, codes_of
from codering.analysis.group_intervals import Units, difference_with_interval, units_of
from codering.analysis.measures import Floats, Measure, Ratings, f1
from codering.codings import Coding, Suggestion
from codering.errors import Message
from codering.tables import Cell, Column, Kind, Table
from codering.writing import percent

NOT_RELIABILITY: Final = Message(
    "This is not intercoder reliability, and may not be reported as such: a machine does not interpret."
)
NAME: Final = "⚙"
"""Under which a machine stands beside coders; no coder can be confused with it."""


@dataclass(frozen=True, slots=True)
class MachineAgreement:
    """How a machine and two coders agree on one code.

    Attributes
    ----------
    code
        The id of a code or theme; empty for all codes together.
    carried
        In how many turns the first coder, the second and the machine give it.
    people
        F1 of the coders against each other.
    machine
        The mean of the machine's F1 against each of them.
    difference
        `machine` minus `people`, with a 95% interval.
    """

    code: str
    carried: tuple[int, int, int]
    people: float
    machine: float
    difference: Measure


def as_coder(suggestions: Iterable[Suggestion], *, least: float = 0.0) -> tuple[Coding, ...]:
    """What a machine suggests, as if it had coded.

    Parameters
    ----------
    suggestions
        Those that hold now.
    least
        Leave out what scores lower.
    """
    return tuple(
        Coding(one.segment, one.code, one.stance, NAME, one.id, one.id, "added")
        for one in suggestions
        if one.score >= least
    )


def with_machine(comparison: Comparison, suggestions: Iterable[Suggestion], *, least: float = 0.0) -> Comparison:
    """Put a machine, which reads every turn, beside two coders.

    Parameters
    ----------
    comparison
        Of two coders.
    suggestions, least
        As of :func:`as_coder`.

    Returns
    -------
    Comparison
        With the machine as a third coder, called :data:`NAME`, on the turns that both coders read and no others.
    """
    units = frozenset(comparison.of_all)
    read = {**dict.fromkeys(comparison.coders, units), NAME: units}
    codings = (*comparison.codings, *as_coder(suggestions, least=least))
    return replace(comparison, coders=(*comparison.coders, NAME), codings=codings, read=read)


def machine_agreement(comparison: Comparison, codes: Sequence[frozenset[str]], name: str) -> MachineAgreement:
    """Measure, for a code, a theme (its codes together) or several codes (each a decision of its own).

    Parameters
    ----------
    comparison
        Of two coders and a machine, from :func:`with_machine`.
    codes
        One set: whether a turn carries one of them. Several: every pair of a turn and a set is a decision.
    name
        The id.
    """
    tables = [comparison.sheet.ratings(one) for one in codes]
    unit = np.tile(np.arange(len(comparison.units)), len(tables))
    units = units_of(np.hstack(tables), numbered(comparison.groups), unit=unit)
    carried = tuple(int(count) for count in (np.nan_to_num(units.patterns) > 0) @ units.total)
    people, machine = float(_people(units.patterns, units.total)), float(_machine(units.patterns, units.total))
    measure = _difference(units) if not math.isnan(people - machine) else Measure(math.nan, reason=_why(carried))
    return MachineAgreement(name, (carried[0], carried[1], carried[2]), people, machine, measure)


def machine_table(comparison: Comparison, *, language: str, what: str) -> Table:
    """Compare a machine with two coders: all codes, then by theme, then by code.

    Parameters
    ----------
    comparison
        From :func:`with_machine`.
    language
        Of the labels.
    what
        Which machine: ``rule``, ``learned`` or ``any``.
    """
    one, two, _ = comparison.coders
    columns = (
        Column("label", "Code or theme"),
        Column("id", "Id"),
        Column("carried_0", one, Kind.COUNT),
        Column("carried_1", two, Kind.COUNT),
        Column("machine", "Machine", Kind.COUNT),
        Column("people_f1", "F1 of the coders", Kind.NUMBER),
        Column("machine_f1", "F1 of the machine", Kind.NUMBER),
        Column("difference", "Difference", Kind.NUMBER),
        Column("low", "From", Kind.NUMBER),
        Column("high", "To", Kind.NUMBER),
        Column("reading", "Reading", Kind.LONG),
    )
    each = [frozenset({code.id}) for code in comparison.codes]
    rows = [_row(machine_agreement(comparison, each, ""), Message("All codes"))]
    rows += [
        _row(machine_agreement(comparison, [codes_of(theme)], theme.id), theme.label.in_language(language))
        for theme in comparison.themes
    ]
    rows += [
        _row(machine_agreement(comparison, [frozenset({code.id})], code.id), f"– {code.label.in_language(language)}")
        for code in comparison.codes
        if code.id != code.theme
    ]
    notes = [
        NOT_RELIABILITY,
        Message(
            "F1 of the machine is the mean of its F1 against each coder. The difference is that minus the F1 of the "
            "coders "
            "against each other; its 95% interval is over focus groups."
        ),
    ]
    if what != "rule":
        notes.append(
            Message("A learned model has seen these codings, so here it looks better than on new transcripts.")
        )
    if comparison.seen > 0:
        share = percent(comparison.seen, language)
        notes.append(
            Message(
                "{share} of the coders' decisions were made with a suggestion in sight; that makes machine and "
                "coders alike.",
                share=share,
            )
        )
    return Table("machine_agreement", "The machine beside the coders", columns, tuple(rows), tuple(notes))


def _row(one: MachineAgreement, label: Cell) -> tuple[Cell, ...]:
    measure = one.difference
    figures = (one.people, one.machine, measure.value, measure.low, measure.high)
    return label, one.code, *one.carried, *figures, _reading(measure)


def _reading(measure: Measure) -> Message:
    if math.isnan(measure.value) or math.isnan(measure.low):
        return measure.reason or Message("There is no interval.")
    if measure.low > 0:
        return Message(
            "The machine agrees with the coders better than they with each other: the code itself is unclear."
        )
    if measure.high < 0:
        return Message("The machine agrees with the coders less well than they with each other.")
    return Message("Cannot be told apart: the interval holds both better and worse.")


def _people(table: Ratings, weights: Floats | None) -> Floats:
    return f1(table[:2], weights)


def _machine(table: Ratings, weights: Floats | None) -> Floats:
    return (f1(table[[0, 2]], weights) + f1(table[[1, 2]], weights)) / 2


def _difference(units: Units) -> Measure:
    return difference_with_interval(_machine, _people, units)


def _why(carried: Sequence[int]) -> Message:
    if not any(carried[:2]):
        return Message("No coder used this code: there is nothing to agree on.")
    return Message("The measure is undefined here.")
