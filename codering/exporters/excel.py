"""The workbook: a cover that says how to read it, frequencies, quotations, the codebook and what was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from codering.codebooks import Code, Codebook
from codering.errors import Message
from codering.exporters.cover import Listed, Part, add_cover
from codering.exporters.passages import OTHERS, SUGGESTED, Of, matrix_table, quotation_table
from codering.exporters.report_tables import IN_DUTCH
from codering.exporters.results import Results
from codering.exporters.sheets import Book
from codering.formats import format_name
from codering.naming import with_labels
from codering.tables import Cell, Column, Kind, Table
from codering.texts import Texts

EXPORT_MARK = "codering-export"
"""A document property by which a reader knows that a workbook is a result, not a transcript."""
_SEARCHED = ("decisions", "by_wave", f"quotations{OTHERS}", f"quotations{SUGGESTED}")
"""Keys of tables that nobody reads on paper: lists of everything, to filter and to look something up in."""
_FIRST_TO_COUNT_BY = "status"
"""Key of a column of passages: it and those behind it are for counting in a pivot table, and are not printed."""
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
        made: list[Listed] = []
        for part in parts:
            for table in map(_laid, part.tables):
                printed = _printed(table)
                names = workbook.add(table, part.colour, printed=printed)
                made += [Listed(part.title, name, printed=printed > 0) for name in names]
        add_cover(workbook, cover, results, made)


def _parts(results: Results, texts: Texts) -> Iterator[Part]:
    """What people decided, with the passages behind it; then how good it is; then what to trace it by; then machines.

    A table by wave or by group where a project has none would be one column that says "not stated": the cover says
    so instead.
    """
    quotations = results.quotations()
    if results.fewest:  # everything could be counted again from a list of passages, and who says them
        quotations = ()
    without = _without(results)
    counted = tuple(one for one in results.tables if not one.key.endswith(SUGGESTED) and one.key not in without)
    suggested = tuple(
        one for one in results.tables if one.key.endswith(SUGGESTED) and one.key.removesuffix(SUGGESTED) not in without
    )
    proposed = tuple(one for one in quotations if not one.reviewed)
    coded = tuple(one for one in quotations if one.reviewed and one.item.id in results.counted)
    others = tuple(one for one in quotations if one.reviewed and one.item.id not in results.counted)
    passages: tuple[Table, ...] = ()
    if coded:
        passages = (matrix_table(coded, results, texts), quotation_table(coded, results.codebook, texts.language))
    if proposed:
        suggested += (quotation_table(proposed, results.codebook, texts.language, of=Of.MACHINES),)
    read: tuple[Table, ...] = (codebook_table(results.codebook, texts.language), transcript_table(results, texts))
    if others:
        read += (quotation_table(others, results.codebook, texts.language, of=Of.OTHERS),)
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


def _laid(table: Table) -> Table:
    """A table as a reader wants it: ids, which are for programs, last, and no column in which nothing stands."""
    said = [
        i for i in range(len(table.columns)) if not table.rows or any(row[i] not in (None, "") for row in table.rows)
    ]
    order = sorted(said, key=lambda i: _is_id(table.columns[i]))
    rows = tuple(tuple(row[i] for i in order) for row in table.rows)
    notes = table.notes
    if table.key in _SEARCHED:
        shown = Message(
            "{count} {count:row|rows}, to filter and to search in on a screen; they are not printed.", count=len(rows)
        )
        notes = (*notes, shown)
    return replace(table, columns=tuple(table.columns[i] for i in order), rows=rows, notes=notes)


def _printed(table: Table) -> int:
    """How many columns are printed: none of a list to search in, and otherwise those that say something on paper."""
    if table.key in _SEARCHED:
        return 0
    passages = table.key == "quotations"
    beyond = (i for i, one in enumerate(table.columns) if _is_id(one) or (passages and one.key == _FIRST_TO_COUNT_BY))
    return next(beyond, len(table.columns))


def _is_id(column: Column) -> bool:
    return column.label == "Id" or column.label.startswith("Id of ")


def _without(results: Results) -> frozenset[str]:
    """Keys of tables by something of which there is one: its column would hold the totals."""
    stated = {
        "_by_wave": len({one.wave for one in results.transcripts}) > 1,
        "_by_group": len({one.group for one in results.transcripts}) > 1,
        "_by_transcript": len(results.transcripts) > 1,
    }
    return frozenset(f"{level}s{by}" for level in ("theme", "code") for by, there in stated.items() if not there)


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
            read = (source.file, format_name(source.format), source.words_in, source.words_out, told or None)
        facts = (transcript.name, transcript.title, transcript.date, transcript.wave, transcript.group)
        rows.append((*facts, len({turn.speaker for turn in own}), len(transcript.turns), len(own), *read))
    notes = (Message("Nothing was reported while reading."),) if rows and not any(row[-1] for row in rows) else ()
    return Table("transcripts", "Transcripts", columns, tuple(rows), notes)


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
        "\n".join(with_labels(line, codebook, language) for line in code.include),
        "\n".join(with_labels(line, codebook, language) for line in code.exclude),
        code.section,
        len(code.rules),
        told,
    )


def _where(section: str, n: int | None) -> str:
    return section if n is None else f"{section}, n = {n}"
