"""The workbook: a cover that says how to read it, frequencies, quotations, the codebook and what was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from codering.codebooks import Code, Codebook
from codering.codings import STANCES, Coding, Stance
from codering.errors import Message
from codering.exporters import Quotation, Results
from codering.exporters.cover import Part, add_cover
from codering.exporters.report_tables import IN_DUTCH
from codering.exporters.sheets import Book
from codering.tables import Cell, Column, Kind, Table
from codering.texts import Texts
from codering.transcripts import Transcript

EXPORT_MARK = "codering-export"
"""A document property by which a reader knows that a workbook is a result, not a transcript."""
SUGGESTED = "_suggested"
"""How the key ends of a table that counts what machines propose."""
_IN_CELL = 3
_RESULT, _CHECK, _TRACE, _MACHINE = "#1F4E79", "#6FA8DC", "#7F7F7F", "#D9D9D9"
"""Colours of tabs, from dark to light: also in grey print they differ."""


def write_excel(results: Results, path: Path, texts: Texts) -> None:
    """Write the workbook.

    Raises
    ------
    ExportError
        If a quotation is not verbatim.
    """
    parts = tuple(_parts(results, texts))
    with Book(
        path, texts, title=results.project, author=f"codering {results.version}", keywords=EXPORT_MARK
    ) as workbook:
        cover = workbook.sheet(texts("Cover"))
        made = [
            (part.title, name) for part in parts for table in part.tables for name in workbook.add(table, part.colour)
        ]
        add_cover(workbook, cover, results, made)


def _parts(results: Results, texts: Texts) -> Iterator[Part]:
    """What people decided, with the passages behind it; then how good it is; then what to trace it by; then machines.

    A table by wave or by group where a project has none would be one column that says "not stated": the cover says
    so instead.
    """
    quotations = results.quotations()
    without = _without(results)
    counted = tuple(one for one in results.tables if not one.key.endswith(SUGGESTED) and one.key not in without)
    suggested = tuple(
        one for one in results.tables if one.key.endswith(SUGGESTED) and one.key.removesuffix(SUGGESTED) not in without
    )
    coded = tuple(one for one in quotations if one.reviewed)
    proposed = tuple(one for one in quotations if not one.reviewed)
    passages: tuple[Table, ...] = ()
    if coded:
        passages = (quotation_table(coded, results.codebook, texts.language),)
    if results.counted:
        passages = (matrix_table(quotations, results, texts), *passages)
    if proposed:
        suggested += (quotation_table(proposed, results.codebook, texts.language, proposed=True),)
    read = (codebook_table(results.codebook, texts.language), transcript_table(results, texts))
    if counted:
        yield Part("What people coded", counted, _RESULT)
    if passages:
        yield Part("Passages", passages, _RESULT)
    for section in (one for one in results.sections if one.key != "origin"):
        yield Part(section.title, section.tables, _CHECK)
    yield Part("What was read, and with which codebook", read, _TRACE)
    for section in (one for one in results.sections if one.key == "origin"):
        yield Part(section.title, section.tables, _TRACE)
    if suggested:
        yield Part("What machines propose and nobody reviewed: no result", suggested, _MACHINE)


def _without(results: Results) -> frozenset[str]:
    """Keys of tables by something that no transcript states, or of which there is only one transcript."""
    stated = {
        "_by_wave": any(one.wave for one in results.transcripts),
        "_by_group": any(one.group for one in results.transcripts),
        "_by_transcript": len(results.transcripts) > 1,
    }
    return frozenset(f"{level}s{by}" for level in ("theme", "code") for by, there in stated.items() if not there)


def quotation_table(
    quotations: tuple[Quotation, ...], codebook: Codebook, language: str, *, proposed: bool = False
) -> Table:
    """List passages, a row each, with all that a pivot table can be made by: who, where, when, coded by whom.

    What machines propose has a table of its own: beside what people coded it would be taken for a result.
    """
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
    verbatim = Message("Quotations are verbatim: exactly the characters of the transcript.")
    if not proposed:
        return Table("quotations", "Quotations", columns, rows, (verbatim,))
    notes = (
        verbatim,
        Message("A suggestion is a proposal of a rule or a model; it becomes a coding only when a person accepts it."),
    )
    return Table(f"quotations{SUGGESTED}", "Quotations (suggestions)", columns, rows, notes)


def matrix_table(quotations: tuple[Quotation, ...], results: Results, texts: Texts) -> Table:
    """Lay passages out by code and group: what people coded, chosen passages first, three at most in a cell."""
    held: dict[tuple[str, str], list[Quotation]] = {}
    for one in quotations:
        if isinstance(one.item, Coding) and one.item.id in results.counted and one.item.code in results.codebook:
            held.setdefault((one.item.code, _group(one.transcript)), []).append(one)
    groups = sorted({group for _, group in held})
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
    return Table("matrix", "Passages by group", columns, rows, (Message("Chosen passages first; three at most."),))


def _group(transcript: Transcript) -> str:
    return ", ".join(part for part in (transcript.group or transcript.name, transcript.wave) if part)


def _passages(own: Sequence[Quotation], chosen: frozenset[str], texts: Texts) -> str:
    """The passages of one cell, each with who said it."""
    ordered = sorted(own, key=lambda one: not (isinstance(one.item, Coding) and one.item.id in chosen))
    shown = [
        f"“{one.words}” ({one.transcript.speaker(one.transcript.turn(one.item.segment.turn).speaker).shown}, "
        f"{one.item.segment.turn}{_denied(one, texts)})"
        for one in ordered[:_IN_CELL]
    ]
    more = len(ordered) - len(shown)
    return "\n".join([*shown, *([texts("… and {count} more", count=more)] if more else [])])


def _denied(one: Quotation, texts: Texts) -> str:
    return f", {texts('denies it')}" if one.item.stance is Stance.DENIES else ""


def codebook_table(codebook: Codebook, language: str) -> Table:
    """List themes and codes with their meaning and criteria."""
    columns = (
        Column("theme", "Theme"),
        Column("id", "Id"),
        Column("label", "Label"),
        Column("definition", "Definition", Kind.LONG),
        Column("include", "Include", Kind.LONG),
        Column("exclude", "Exclude", Kind.LONG),
        Column("section", "Section of the paper"),
        Column("rules", "Rules", Kind.COUNT),
        Column("figures", "Survey figures of the paper", Kind.LONG),
    )
    rows = tuple(_code_row(code, codebook, language) for code in codebook)
    notes = (Message("Version {version}.", version=codebook.version), *((IN_DUTCH,) if language != "nl" else ()))
    return Table("codebook", "Codebook", columns, rows, notes)


def transcript_table(results: Results, texts: Texts) -> Table:
    """List what was read, and what the reader reported."""
    columns = (
        Column("transcript", "Transcript"),
        Column("title", "Title"),
        Column("date", "Date", Kind.DATE),
        Column("wave", "Wave"),
        Column("group", "Group"),
        Column("participants", "Participants", Kind.COUNT),
        Column("turns", "Turns", Kind.COUNT),
        Column("participant_turns", "Participants' turns", Kind.COUNT),
        Column("file", "File"),
        Column("format", "Format"),
        Column("words_in", "Words in the file", Kind.COUNT),
        Column("words_out", "Words in turns", Kind.COUNT),
        Column("problems", "Reported while reading", Kind.LONG),
    )
    rows: list[tuple[Cell, ...]] = []
    for transcript in results.transcripts:
        own = list(transcript.participant_turns())
        source = results.sources.get(transcript.name)
        read: tuple[Cell, ...] = (None,) * 5
        if source is not None:
            told = "\n".join(problem.translated(texts.translate) for problem in source.problems)
            read = (source.file, source.format, source.words_in, source.words_out, told or None)
        facts = (transcript.name, transcript.title, transcript.date, transcript.wave, transcript.group)
        rows.append((*facts, len({turn.speaker for turn in own}), len(transcript.turns), len(own), *read))
    return Table("transcripts", "Transcripts", columns, tuple(rows))


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


def _code_row(code: Code, codebook: Codebook, language: str) -> tuple[Cell, ...]:
    theme = codebook.theme_of(code.id)
    figures = theme.figures if code is theme.own else ()
    told = "\n".join(
        f"{figure.percentage:g}%: {figure.text.in_language(language)} ({_where(figure.section, figure.n)})"
        for figure in figures
    )
    return (
        theme.label.in_language(language),
        code.id,
        code.label.in_language(language),
        code.definition,
        "\n".join(code.include),
        "\n".join(code.exclude),
        code.section,
        len(code.rules),
        told,
    )


def _where(section: str, n: int | None) -> str:
    return section if n is None else f"{section}, n = {n}"
