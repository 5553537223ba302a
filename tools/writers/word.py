"""Word documents: typed by hand, in a table, and as Teams writes them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from codering.transcripts import Transcript
from tools.writers import clock, heading, repacked, sentences, spoken, text_of

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph


def report(transcript: Transcript) -> bytes:
    """A typed transcript: title, header lines, bold names with the time, a footer with page numbers."""
    document = _document(transcript)
    document.add_heading(transcript.title or transcript.name, level=0)
    for line in heading(transcript):
        document.add_paragraph(line)
    for turn in transcript.turns:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{turn.speaker}:").bold = True
        stamp = f"[{clock(turn.start)}] " if turn.start is not None else ""
        paragraph.add_run(f" {stamp}{turn.text}")
    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run("Vertrouwelijk, pagina ")
    _add_page_number(footer)
    return _saved(document)


def table(transcript: Transcript) -> bytes:
    """A table with a header row: time, speaker, text."""
    document = _document(transcript)
    grid = document.add_table(rows=1, cols=3)
    for cell, title in zip(grid.rows[0].cells, ("Tijd", "Spreker", "Tekst"), strict=True):
        cell.text = title
    for turn in transcript.turns:
        # Rows one by one through the library are quadratic in the number of rows; transcripts here are short.
        cells = grid.add_row().cells
        for cell, text in zip(cells, (clock(turn.start or 0), turn.speaker, turn.text), strict=True):
            cell.text = text
    return _saved(document)


def teams(transcript: Transcript) -> bytes:
    """As Teams writes it: one paragraph an entry, with line breaks; name and time on its first line."""
    document = _document(transcript)
    document.add_paragraph(f"{transcript.title or transcript.name}-20260312_140233-Opname van vergadering")
    document.add_paragraph("12 maart 2026, 13:02")
    document.add_paragraph("58m 14s")
    document.add_paragraph(f"{transcript.turns[0].speaker} heeft de transcriptie gestart")
    for speaker, words in spoken(transcript):
        paragraph = document.add_paragraph()
        paragraph.add_run().add_break()
        paragraph.add_run(speaker).bold = True
        minutes, seconds = divmod(int(words[0].start), 60)
        hours, minutes = divmod(minutes, 60)
        paragraph.add_run("   " + (f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"))
        for cue in sentences(words):
            paragraph.add_run().add_break()
            paragraph.add_run(text_of(cue))
    return _saved(document)


def _document(transcript: Transcript) -> Document:
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.title = transcript.title or transcript.name
    properties.author = "Hogeschool Waterhove (fictie)"
    properties.created = properties.modified = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    return document


def _add_page_number(paragraph: Paragraph) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = "PAGE"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)  # noqa: SLF001 - the library has no fields


def _saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())
