"""Passages as tables: a row each, to search in and to count by, and laid out by code and group, to read."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from codering.codebooks import Codebook
from codering.codings import STANCES, Coding, Stance
from codering.errors import Message
from codering.exporters.results import Quotation, Results
from codering.tables import Cell, Column, Kind, Table
from codering.texts import Texts
from codering.transcripts import Transcript, waves_in_order

SUGGESTED: Final = "_suggested"
"""How the key ends of a table of what machines propose."""
OTHERS: Final = "_others"
"""How the key ends of a table of codings that do not count."""
_IN_CELL, _LETTERS = 3, 600
"""Passages in one cell, and letters: beside each other long ones would make all groups too small to read."""
_VERBATIM: Final = Message("Quotations are verbatim: exactly the characters of the transcript.")
_IN_EACH: Final = Message(
    "Chosen passages first; three at most, fewer where they are long, and of a very long one the beginning (…). All of "
    "them, and whole, stand on the sheet with quotations."
)


class Of(Enum):
    """Whose passages a table lists."""

    COUNTED = auto()
    OTHERS = auto()
    MACHINES = auto()


def quotation_table(
    quotations: tuple[Quotation, ...], codebook: Codebook, language: str, *, of: Of = Of.COUNTED
) -> Table:
    """List passages, a row each, with all that a pivot table can be made by: who, where, when, coded by whom.

    What machines propose, and what coders coded whose codings do not count, have tables of their own: beside what
    counts they would be taken for a result, and be counted with it.
    """
    proposed = of is Of.MACHINES
    speakers = {(q.transcript.name, s.name): s for q in quotations for s in q.transcript.speakers}
    attributes = tuple(dict.fromkeys(name for speaker in speakers.values() for name, _ in speaker.attributes))
    columns = (
        Column("theme", "Theme"),
        Column("code_label", "Code"),
        Column("stance", "Stance"),
        Column("quote", "Quotation", Kind.LONG),
        Column("speaker", "Speaker"),
        Column("transcript", "Transcript"),
        Column("turn", "Turn", Kind.COUNT),
        Column("time", "Time", Kind.SECONDS),
        Column("wave", "Wave"),
        Column("group", "Group"),
        Column("status", "Status"),
        Column("source", "Rule or model") if proposed else Column("source", "Coder"),
        *((Column("score", "Score", Kind.NUMBER),) if proposed else ()),
        Column("words", "Words", Kind.COUNT),
        Column("id", "Id"),
        *(Column(f"attribute_{name}", name) for name in attributes),
    )
    rows = tuple(_quotation_row(quotation, codebook, language, attributes) for quotation in quotations)
    if of is Of.MACHINES:
        note = Message(
            "A suggestion is a proposal of a rule or a model; it becomes a coding only when a person accepts it."
        )
        return Table(f"quotations{SUGGESTED}", "Quotations (suggestions)", columns, rows, (_VERBATIM, note))
    if of is Of.OTHERS:
        note = Message(
            "What coders coded and the figures do not count. Whose codings they do count stands above every table."
        )
        return Table(f"quotations{OTHERS}", "Quotations not counted", columns, rows, (_VERBATIM, note))
    return Table("quotations", "Quotations", columns, rows, (_VERBATIM,))


def matrix_table(quotations: tuple[Quotation, ...], results: Results, texts: Texts) -> Table:
    """Lay passages out by code and group: chosen passages first, three at most in a cell."""
    held: dict[tuple[str, str], list[Quotation]] = {}
    for one in quotations:
        if one.item.code in results.codebook:
            held.setdefault((one.item.code, _group(one.transcript)), []).append(one)
    waves = ("", *waves_in_order(results.transcripts))
    ordered = sorted(results.transcripts, key=lambda one: (one.group or one.name, waves.index(one.wave or "")))
    groups = [group for group in dict.fromkeys(map(_group, ordered)) if any(group == found for _, found in held)]
    codes = [code for code in results.codebook if any((code.id, group) in held for group in groups)]
    rows = tuple(
        (
            results.codebook.theme_of(code.id).label.in_language(texts.language),
            code.label.in_language(texts.language),
            *(_passages(held.get((code.id, group), []), results.chosen, texts) for group in groups),
        )
        for code in codes
    )
    columns = (Column("theme", "Theme"), Column("code_label", "Code"), *(Column(g, g, Kind.LONG) for g in groups))
    return Table("matrix", "Passages by group", columns, rows, (_IN_EACH,))


def _group(transcript: Transcript) -> str:
    return ", ".join(part for part in (transcript.group or transcript.name, transcript.wave) if part)


def _passages(own: Sequence[Quotation], chosen: frozenset[str], texts: Texts) -> str:
    """The passages of one cell, each with who said it."""
    ordered = sorted(own, key=lambda one: not (isinstance(one.item, Coding) and one.item.id in chosen))
    shown: list[str] = []
    for one in ordered[:_IN_CELL]:
        speaker = one.transcript.speaker(one.transcript.turn(one.item.segment.turn).speaker).shown
        said = f"“{_beginning(one.words)}” ({speaker}, {one.item.segment.turn}{_denied(one, texts)})"
        if shown and sum(map(len, shown)) + len(said) > _LETTERS:
            break
        shown.append(said)
    more = len(ordered) - len(shown)
    return "\n".join([*shown, *([texts("… and {count} more", count=more)] if more else [])])


def _beginning(words: str) -> str:
    """The words, or as many whole ones as there is room for, and a mark that there are more."""
    return words if len(words) <= _LETTERS else f"{words[:_LETTERS].rsplit(maxsplit=1)[0]} …"


def _denied(one: Quotation, texts: Texts) -> str:
    return f", {texts('denies it')}" if one.item.stance is Stance.DENIES else ""


def _quotation_row(
    quotation: Quotation, codebook: Codebook, language: str, attributes: Sequence[str]
) -> tuple[Cell, ...]:
    item, transcript = quotation.item, quotation.transcript
    turn = transcript.turn(item.segment.turn)
    known = item.code in codebook
    speaker = transcript.speaker(turn.speaker)
    return (
        codebook.theme_of(item.code).label.in_language(language) if known else "",
        codebook.code(item.code).label.in_language(language) if known else item.code,
        STANCES[item.stance],
        quotation.words,
        speaker.shown,
        transcript.name,
        turn.number,
        turn.start,
        transcript.wave,
        transcript.group,
        Message("coded") if quotation.reviewed else Message("suggested"),
        quotation.source,
        *(() if isinstance(item, Coding) else (item.score,)),
        len(quotation.words.split()),
        item.code,
        *(speaker.attribute(name) for name in attributes),
    )
