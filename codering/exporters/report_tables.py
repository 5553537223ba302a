"""The tables of a report: fewer columns than in a workbook, and above every count what it is counted in."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from codering.errors import Message
from codering.exporters import sheets
from codering.exporters.results import Results
from codering.tables import HIDDEN, Cell, Column, Kind, Table
from codering.texts import Texts
from codering.transcripts import Transcript
from codering.writing import UNDEFINED, percent

_FIGURE: Final = re.compile(r"\b(AC1|F1|[κα])\s(?=\d|from\b|to\b|van\b|tot\b)")
IN_DUTCH: Final = Message(
    "Names of themes and codes are in English here; what they mean is given in Dutch, as it stands in the codebook."
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What there is to count in: as :class:`codering.analysis.frequencies.Base`, of participants who speak.

    Attributes
    ----------
    people, groups, turns
        Participants, focus groups, participants' turns with words in them.
    """

    people: int
    groups: int
    turns: int


def spoken_in(transcripts: Iterable[Transcript]) -> Spoken:
    """Count participants' turns with words in them, who speaks them, and in how many groups."""
    turns = [(one.name, turn.speaker) for one in transcripts for turn in one.spoken_turns()]
    return Spoken(people=len(set(turns)), groups=len({name for name, _ in turns}), turns=len(turns))


def counts(table: Table, label: str, of: Spoken, texts: Texts, only: frozenset[str] | None = None) -> Table:
    """How often themes or codes occur, with the interval in one column and the base in the heading.

    Parameters
    ----------
    table
        ``themes`` or ``codes`` of the results.
    label
        The key of the column with the name.
    of
        What is counted in.
    only
        The ids of the rows to show, of those that occur; None for all rows, zeros included, with the notes.
    """
    t = texts
    rows = [
        _counts(row, label, t)
        for row in table.records()
        if only is None
        or (row["id"] in only and any(_some(row[key]) for key in ("participants", "denied_participants")))
    ]
    head = next(column for column in table.columns if column.key == label)
    spans = only is None and any(row["interval"] != UNDEFINED for row in rows)
    columns = (
        head,
        Column("participants", f"{t('Participants')} (n = {of.people})", Kind.COUNT),
        Column("participants_share", "Share", Kind.NUMBER),
        *((Column("interval", "95% interval", Kind.NUMBER),) if spans else ()),
        *((Column("groups", f"{t('Focus groups')} (n = {of.groups})", Kind.COUNT),) if of.groups > 1 else ()),
        Column("turns", f"{t('Turns')} (n = {of.turns})", Kind.COUNT),
        Column("denied_participants", "Deny it", Kind.COUNT),
    )
    shown = [column.key for column in columns]
    cells = tuple(tuple(row[key] for key in shown) for row in rows)
    return Table(table.key, table.title, columns, cells, table.notes if only is None else ())


def _counts(row: dict[str, Cell], label: str, texts: Texts) -> dict[str, Cell]:
    keys = (label, "participants", "groups", "turns", "denied_participants")
    made: dict[str, Cell] = {key: row[key] for key in keys}
    made["participants_share"] = _percent(row["participants_share"], texts)
    ends = row.get("low"), row.get("high")
    shown = UNDEFINED if None in ends else " – ".join(_percent(end, texts) for end in ends)
    made["interval"] = HIDDEN if HIDDEN in ends else shown
    return made


def _percent(share: Cell, texts: Texts) -> str:
    """Whole percents: of a few dozen participants a decimal says nothing."""
    if share == HIDDEN:
        return HIDDEN
    return percent(share, texts.language) if isinstance(share, int | float) else UNDEFINED


def definitions(results: Results, texts: Texts) -> Table:
    """What the themes mean."""
    rows: list[tuple[Cell, ...]] = [
        (theme.label.in_language(texts.language), theme.own.definition, theme.own.section)
        for theme in results.codebook.themes
    ]
    columns = (Column("theme", "Theme"), Column("definition", "Definition", Kind.LONG), Column("section", "Section"))
    note = Message("Sections are those of Van Nunen & Van der Meulen, Stichting Beroepseer; the wording is ours.")
    notes = (*((note,) if results.codebook.id == "sam" else ()), *((IN_DUTCH,) if texts.language != "nl" else ()))
    return Table("definitions", "Themes", columns, tuple(rows), notes)


def origin(transcripts: Sequence[Transcript]) -> Table:
    """By which the transcripts can be recognised."""
    rows = tuple((one.name, one.wave, one.group, one.words, len(one.turns), one.hash[:16]) for one in transcripts)
    columns = (
        Column("transcript", "Transcript"),
        Column("wave", "Wave"),
        Column("group", "Group"),
        Column("words", "Words", Kind.COUNT),
        Column("turns", "Turns", Kind.COUNT),
        Column("hash", "SHA-256 of the words"),
    )
    note = Message(
        "Words and turns are those of everyone, the moderator included. Of each hash the first 16 characters."
    )
    return Table("origin", "Transcripts", columns, rows, (note,))


def _some(cell: Cell) -> bool:
    return cell == HIDDEN or number(cell) > 0


def unbroken(text: str) -> str:
    """A text in which figures stay on one line with their name, as in a workbook, and "F1 0.29" and "κ from" too."""
    return _FIGURE.sub("\\1\u00a0", sheets.unbroken(text))


def number(cell: Cell) -> float:
    """A cell as a number; 0 if it holds none."""
    return float(cell) if isinstance(cell, int | float) and not math.isnan(cell) else 0.0
