"""CSV, TSV and Excel."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

from codering.transcripts import Role, Transcript
from tools.writers import clock, repacked

_ROLES = {Role.MODERATOR: "moderator", Role.PARTICIPANT: "deelnemer"}


def delimited(transcript: Transcript, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Rows of start, speaker, role and text, as Excel saves them on a Dutch machine."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=delimiter)
    rows.writerow(("Starttijd", "Spreker", "Rol", "Tekst"))
    for turn in transcript.turns:
        role = _ROLES[transcript.speaker(turn.speaker).role]
        rows.writerow((clock(turn.start or 0), turn.speaker, role, turn.text))
    return out.getvalue().encode(encoding)


def xlsx(transcript: Transcript) -> bytes:
    """A sheet that someone took care of: bold and frozen header, times as times, wrapped text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Transcript"
    sheet.append(["tijd", "spreker", "rol", "tekst"])
    for turn in transcript.turns:
        role = _ROLES[transcript.speaker(turn.speaker).role]
        sheet.append([timedelta(seconds=turn.start or 0), turn.speaker, role, turn.text])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE7F0")
    for time, *_, text in sheet.iter_rows(min_row=2):
        time.number_format = "[hh]:mm:ss"
        text.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in zip("ABCD", (10, 14, 12, 100), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    workbook.save(out)
    return _timeless(out.getvalue())


def _timeless(data: bytes) -> bytes:
    """Fix the moment of saving, which the library always writes."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        core = archive.read("docProps/core.xml")
    moment = rb"\g<1>2026-01-01T00:00:00Z<"
    return repacked(data, {"docProps/core.xml": re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*<", moment, core)})
