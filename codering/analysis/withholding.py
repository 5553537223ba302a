"""What is left out of published results: every number behind which there are few people, and what gives it away.

Crosstabs hide cells by :mod:`codering.analysis.suppression`. Here stands what the other tables of an export do, so that
they do not say what a crosstab hides:

* of all groups together, a number of few participants is left out with everything counted of the same row and stance
  (a count of groups or turns would bound it); the number of groups also where in every group exactly one says it;
* of waves, what is confirmed is shown of a whole row or not at all, because pattern, difference and the number of
  groups would each tell; who deny it are left out apart;
* in tables about the same themes or codes that count turns, the row of one with few participants is left out;
* tables that list people, passages or decisions one by one, or divide groups finer than the crosstabs, are left out:
  everything could be counted again from them. So is every table that is not named here.

What this cannot do stands in :mod:`codering.analysis.suppression`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from codering.analysis.frequencies import Frequency
from codering.analysis.panels import InWave, Panel
from codering.codings import Stance
from codering.errors import CoderingError, Message
from codering.tables import HIDDEN, Cell, Table

FEWEST: Final = 3
"""What is asked at least: where a number below 2 is left out, everybody knows that it is 1."""
OFFERED: Final = (0, FEWEST, 4, 5, 10)
"""Below how many participants numbers can be left out, for a list to choose from; 0 leaves nothing out."""
COEFFICIENTS: Final = frozenset(
    f"{figure}{end}" for figure in ("kappa", "alpha", "ac1", "f1", "alpha_u") for end in ("", "_low", "_high")
)
"""Columns with coefficients of agreement."""
_CONFIRMED: Final = ("participants", "participants_share", "low", "high", "groups", "groups_share")
_TURNS: Final = ("turns", "share", "mentions", "words")
_DENIED: Final = ("denied_participants", "denied_groups", "denied_turns")
_NAMES: Final = frozenset({"theme", "label", "code_label", "name", "id"})
"""Columns that say what a row is about."""
_KEPT: Final = {
    "totals": _NAMES,
    "missed": _NAMES,
    "paper": _NAMES | {"survey", "percentage", "n", "section"},
    "agreement_themes": _NAMES | COEFFICIENTS,
    "agreement_codes": _NAMES | COEFFICIENTS,
}
"""By table about themes or codes: what is shown of one with few participants. A coefficient of agreement counts nobody;
the percentage does, of a known number of turns.
"""
_OF_WAVES: Final = frozenset({"chance", "trends", "recurring", "by_wave", "gaps"})
_WHOLE: Final = frozenset(
    {"saturation_curve", "saturation", "agreement_overall", "agreement_pairs"}
    | {"agreement_figures", "agreement_methods"}
    | {"crosswalk", "provenance"}
)
"""Tables that count neither people nor groups by theme or code."""


@dataclass(frozen=True, slots=True)
class Few:
    """Themes and codes with a number of few people.

    Attributes
    ----------
    fewest
        Numbers of fewer participants are left out.
    themes, codes
        Ids of those with such a number over all groups.
    """

    fewest: int
    themes: frozenset[str]
    codes: frozenset[str]


def left_out(fewest: int) -> Message:
    """What the mark in a cell means."""
    return Message(
        "{mark}: left out. Fewer than {fewest} participants, or it would give such a number away.",
        mark=HIDDEN,
        fewest=fewest,
    )


def is_few(one: Frequency, fewest: int) -> bool:
    """Whether few people are behind it: who say it in words of their own, or these with who only agreed."""
    return any(0 < people < fewest for people in (one.participants, one.participants + one.assenting))


def refuse_too_few(fewest: int) -> None:
    """Refuse a number that hides nothing.

    Raises
    ------
    CoderingError
        If it is 1 or 2, or below 0.
    """
    if fewest and fewest < FEWEST:
        raise CoderingError(
            "Leaving out numbers below {found} hides nothing: everybody knows what was left out. Give {least} or more.",
            found=fewest,
            least=FEWEST,
        )


def with_few(counted: Iterable[Frequency], fewest: int) -> frozenset[str]:
    """The ids of which a number, confirmed or denied, is one of few people."""
    return frozenset(one.code for one in counted if is_few(one, fewest))


@dataclass(frozen=True, slots=True)
class FewInWaves:
    """Topics with a number of few people in some wave.

    Attributes
    ----------
    fewest
        Numbers of fewer participants are left out.
    confirmed
        Ids of those whose rows are left out: few people confirm it, or the number of groups tells how many in each.
    denied
        Ids of those of which few people deny it: these numbers are left out for every wave, since their total is known.
    """

    fewest: int
    confirmed: frozenset[str]
    denied: frozenset[str]


def few_in_waves(laid: Panel, fewest: int) -> FewInWaves:
    """Find the topics of which a number in some wave is one of fewer participants, or would give such a number away."""
    waves = range(len(laid.waves))
    of = {topic.id: [laid.in_wave(column, wave) for wave in waves] for column, topic in enumerate(laid.topics)}
    return FewInWaves(
        fewest,
        frozenset(topic for topic, row in of.items() if any(_tells(one, fewest) for one in row)),
        frozenset(topic for topic, row in of.items() if any(0 < one.denied < fewest for one in row)),
    )


def without_few(table: Table, counted: Sequence[Frequency], fewest: int) -> Table:
    """Leave numbers of few people out of a table of all groups together: ``themes`` or ``codes`` of an export.

    Parameters
    ----------
    counted
        What the table shows.
    """
    of = {(one.code, one.stance): one for one in counted}
    rows, keys = [], [column.key for column in table.columns]
    for row in table.rows:
        code = str(row[keys.index("id")])
        gone = _gone(of[code, Stance.CONFIRMS], of[code, Stance.DENIES], fewest)
        rows.append(tuple(HIDDEN if key in gone else cell for key, cell in zip(keys, row, strict=True)))
    return _noted(replace(table, rows=tuple(rows)), fewest)


def without_few_in_waves(table: Table, few: FewInWaves) -> Table:
    """Leave numbers of few people out of a table of waves, and say of how many topics."""
    keys = [column.key for column in table.columns]
    place = keys.index("id")
    denied = {key for key in keys if key.startswith("denied_")}
    rows = tuple(
        tuple(
            HIDDEN if key in denied and row[place] in few.denied else cell for key, cell in zip(keys, row, strict=True)
        )
        for row in table.rows
        if row[place] not in few.confirmed
    )
    made = _noted(replace(table, rows=rows), few.fewest)
    topics = {str(row[place]) for row in table.rows} & few.confirmed
    if not topics:
        return made
    note = Message(
        "Left out: {count}, because in some wave fewer than {fewest} participants say it, or it would tell how many do "
        "in one group.",
        count=len(topics),
        fewest=few.fewest,
    )
    return replace(made, notes=(*made.notes, note))


def withheld(table: Table, few: Few) -> Table | None:
    """A table beyond frequencies as it can be published; None if it is left out.

    Parameters
    ----------
    table
        Of a section of an export. Tables of waves have lost their rows by :func:`without_few_in_waves` already.
    """
    if table.key in _WHOLE or table.key in _OF_WAVES or table.key.startswith("waves_"):
        return table
    if table.key not in _KEPT:
        return None
    ids = few.codes if table.key == "agreement_codes" else few.themes
    keys = [column.key for column in table.columns]
    place, kept = keys.index("id"), _KEPT[table.key]
    rows = tuple(
        tuple(
            HIDDEN if row[place] in ids and key not in kept and not _in_words(cell) else cell
            for key, cell in zip(keys, row, strict=True)
        )
        for row in table.rows
    )
    return _noted(replace(table, rows=rows), few.fewest)


def _in_words(cell: Cell) -> bool:
    """Whether a reading names no figure."""
    return isinstance(cell, Message) and not cell.values


def _gone(yes: Frequency, no: Frequency, fewest: int) -> frozenset[str]:
    """The columns that are left out of a row."""
    gone: set[str] = set()
    if is_few(yes, fewest):
        gone |= {*_CONFIRMED, *_TURNS, "assenting"}
    elif 0 < yes.assenting < fewest:
        # Whoever agrees has a turn: with one turn more than participants there is one who only agreed.
        gone |= {"assenting", *(_TURNS if yes.turns - yes.participants < fewest - 1 else ())}
    if yes.participants == yes.groups == yes.base.groups:
        gone |= {"groups", "groups_share"}
    if is_few(no, fewest):
        gone |= {*_DENIED}
    return frozenset(gone)


def _tells(one: InWave, fewest: int) -> bool:
    in_each = 0 < one.participants == one.groups == one.of_groups  # then in every group it is one
    return 0 < one.participants < fewest or in_each


def _noted(table: Table, fewest: int) -> Table:
    cells: list[Cell] = [cell for row in table.rows for cell in row]
    if HIDDEN not in cells:
        return table
    return replace(table, notes=(*table.notes, left_out(fewest)))
