"""The files in which tables come: CSV, TSV and Excel. What their rows mean, :mod:`codering.readers.rows` says."""

from __future__ import annotations

import csv
import io
import struct
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

from codering.errors import TranscriptError
from codering.readers.decoding import decoded, peek
from codering.readers.drafts import Draft, Parser
from codering.readers.guards import CONTAINER
from codering.readers.rows import HEADER_WITHIN, Header, Row, as_text, fill, find_header
from codering.readers.unheaded import guess_header

if TYPE_CHECKING:
    from openpyxl import Workbook

_DELIMITERS: Final = ("\t", ";", ",", "|")
_EXPORT_MARK: Final = "codering-export"
"""The keyword in the properties of a workbook that codering wrote."""
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ParseError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    OSError,
    EOFError,
    RuntimeError,  # a member with a password, or of a kind that cannot be unpacked
)
"""What the zip, XML and workbook libraries raise on damaged files."""


class _Delimited:
    name: Final = "CSV"
    suffixes: Final = (".csv", ".tsv", ".tab")

    def sniff(self, head: bytes, suffix: str) -> float:
        """Sure of a header that we know; less sure of the suffix alone."""
        text = peek(head).lstrip("\ufeff")
        if text.lstrip()[:1] in ("{", "[") and suffix not in self.suffixes:
            return 0.0
        own = suffix in self.suffixes
        if _recognised(text[:8000], tabs_only=not own) is not None:
            return 0.96 if own else 0.92
        return 0.7 if own else 0.0

    def parse(self, data: bytes, source: str) -> Draft:
        """Read all rows.

        Raises
        ------
        TranscriptError
            If no column of text can be recognised.
        """
        text, problems = decoded(data, source)
        text = text.removeprefix("\ufeff")
        if text[:4].casefold() == "sep=":
            # Excel's own hint for the separator.
            text = text.partition("\n")[2]
        found = _recognised(text[:20_000]) or _guessed(text)
        draft = Draft("tsv" if found == "\t" else "csv", source, problems=list(problems))
        rows = _rows(text, found, draft) if found else []
        header = find_header(rows) or guess_header(rows)
        if not found or header is None:
            raise TranscriptError(
                "{source}: no column of text was recognised; name the columns, for example `spreker;tekst`.",
                tuple(problems),
                source=source,
            )
        fill(draft, rows, header, found)
        return draft


def _recognised(head: str, *, tabs_only: bool = False) -> str | None:
    """The separator with which a header is found."""
    for delimiter in _DELIMITERS[:1] if tabs_only else _DELIMITERS:
        rows = [
            Row(at, tuple(line.split(delimiter))) for at, line in enumerate(head.splitlines()[:HEADER_WITHIN], start=1)
        ]
        bare = [Row(row.number, tuple(str(cell).strip().strip('"') for cell in row.cells)) for row in rows]
        header = find_header(bare)
        if header is not None and len(header.columns) > 1:
            return delimiter
    return None


def _guessed(text: str) -> str | None:
    """The separator with which every line has the same two or three cells, or any for one column of text."""
    for delimiter in _DELIMITERS:
        if guess_header(list(_plain_rows(text[:20_000].rpartition("\n")[0] or text, delimiter))) is not None:
            return delimiter
    only = text.split("\n", 1)[0].strip().strip('"')
    return ";" if find_header([Row(1, (only,))]) is not None else None


def _plain_rows(text: str, delimiter: str) -> list[Row]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [Row(at, tuple(cells)) for at, cells in enumerate(lines, start=1)]
    except csv.Error:
        return []


def _rows(text: str, delimiter: str, draft: Draft) -> list[Row]:
    """Rows by the rules of CSV; if the quotation marks do not pair, as they stand."""
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        before = 0
        for cells in reader:
            rows.append(Row(before + 1, tuple(cells)))
            if any(_holds_rows(cell, delimiter, len(cells)) for cell in cells):
                draft.problem(
                    rows[-1].place, "A cell holds lines that look like rows; is a quotation mark missing before them?"
                )
            before = reader.line_num
    except csv.Error:
        draft.problem(
            "",
            "The quotation marks do not pair; every line was read as a row and the marks were kept.",
        )
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return [Row(at, tuple(line.split(delimiter))) for at, line in enumerate(lines, start=1)]
    return rows


def _holds_rows(cell: str, delimiter: str, width: int) -> bool:
    """Whether an unclosed quotation mark may have swallowed the rows below."""
    return width > 1 and any(line.count(delimiter) >= width - 1 for line in cell.split("\n")[1:])


class _Excel:
    name: Final = "Excel"
    suffixes: Final = (".xlsx", ".xlsm")

    def sniff(self, head: bytes, suffix: str) -> float:
        """Sure of a zip that proved to be a workbook."""
        return 1.0 if suffix in self.suffixes and head.startswith(CONTAINER) else 0.0

    def parse(self, data: bytes, source: str) -> Draft:
        """Read the first sheet that has a column of text.

        Raises
        ------
        TranscriptError
            If there is none, the file is damaged, or codering itself wrote it.
        """
        draft = Draft("xlsx", source)
        sheets = _sheets(data, source)
        found = next(((title, header) for title, rows in sheets.items() if (header := find_header(rows))), None)
        if found is None and len([rows for rows in sheets.values() if rows]) == 1:
            guesses = ((title, guess_header(rows)) for title, rows in sheets.items())
            found = next(((title, header) for title, header in guesses if header), None)
        if found is None:
            raise TranscriptError(
                "{source}: no sheet has a column of text; name the columns, for example `spreker` and `tekst`.",
                source=source,
            )
        title, header = found
        for number, (other, rows) in enumerate(sheets.items(), start=1):
            if other != title and rows:
                draft.skip(
                    " ".join(row.shown() for row in rows),
                    "",
                    "Skipped: sheet {number}; only one sheet is read.",
                    number=number,
                )
        fill(draft, sheets[title], header)
        try:
            _report_formulas(data, title, header, draft)
        except _UNREADABLE:
            raise _damaged(source) from None
        return draft


def _open(data: bytes, source: str, *, values: bool) -> Workbook:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            # The library warns of what it does not keep (validation, drawings); we only read values.
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    except (InvalidFileException, *_UNREADABLE):
        raise _damaged(source) from None


def _damaged(source: str) -> TranscriptError:
    return TranscriptError("{source}: this workbook is damaged; open it in Excel and save it again.", source=source)


def _sheets(data: bytes, source: str) -> dict[str, list[Row]]:
    """Rows with something in them, by the title of their sheet."""
    workbook = _open(data, source, values=True)
    if _EXPORT_MARK in (workbook.properties.keywords or ""):
        raise TranscriptError(
            "{source}: codering wrote this workbook; it holds results, no transcript. Add the transcripts themselves.",
            source=source,
        )
    sheets: dict[str, list[Row]] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for sheet in workbook.worksheets:
                # The size that a file states may be wrong.
                sheet.reset_dimensions()
                rows = (Row(at, tuple(cells)) for at, cells in enumerate(sheet.iter_rows(values_only=True), start=1))
                sheets[sheet.title] = [row for row in rows if row.shown()]
    except _UNREADABLE:
        raise _damaged(source) from None
    finally:
        workbook.close()
    return sheets


def _report_formulas(data: bytes, title: str, header: Header, draft: Draft) -> None:
    """Formulas whose value the file does not hold look like empty cells: say so."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(b"<f>" in archive.read(name) or b"<f " in archive.read(name) for name in sheets):
            return
    values, formulas = _open(data, draft.source, values=True), _open(data, draft.source, values=False)
    column = header.columns["text"]
    try:
        pairs = zip(
            values[title].iter_rows(values_only=True), formulas[title].iter_rows(values_only=True), strict=False
        )
        for number, (shown, written) in enumerate(pairs, start=1):
            formula = len(written) > column and as_text(written[column]).startswith("=")
            if formula and not (len(shown) > column and as_text(shown[column])):
                draft.problem(
                    Row(number, ()).place,
                    "The text is a formula without a calculated value; open the file in Excel and save it.",
                )
    finally:
        values.close()
        formulas.close()


PARSERS: Final[tuple[Parser, ...]] = (_Delimited(), _Excel())
