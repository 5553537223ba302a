"""CSV, TSV and Excel: one row a piece of speech, columns recognised by their headers in Dutch and English."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from codering.errors import Message, TranscriptError
from codering.readers.clock import seconds
from codering.readers.drafts import Draft, Piece, count
from codering.readers.grids import UNKNOWN_HEADINGS
from codering.readers.prefaces import take_fact
from codering.readers.speakers import role_of

_HEADERS: Final = {
    "speaker": "speaker spreker naam name deelnemer participant wie respondent persoon sprekernaam speakername",
    "role": "role rol functieingesprek",
    "start": "start starttijd tijd time timespan begin begintijd starttime startms tijdstip timestamp tijdcode timecode"
    " van beginms in",
    "text": "text tekst content inhoud uiting uitspraak utterance zin bijdrage gesprokentekst beurttekst"
    " transcript transcriptie",
    "group": "group groep focusgroep focusgroup",
    "date": "date datum",
    "wave": "wave golf meting ronde round meetmoment",
    "ignored": "end eind einde eindtijd endtime endms tot out duration duur nr nummer number id beurt turn index rij"
    " row # volgnummer",
}
_KNOWN: Final = {word: column for column, words in _HEADERS.items() for word in words.split()}
_ALSO_A_NAME: Final = ("transcript", "transcriptie")
"""Headers of a column of text, unless another is: then they name the transcript, as in what codering writes."""
HEADER_WITHIN: Final = 50
"""How many rows may stand above the header."""
_DUTCH_DATE: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_SPAN: Final = re.compile(r"\s*(?:[-–/]|-->|tot)\s*(?=[#\[]?\d+:)")


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the file, from 1."""

    number: int
    cells: tuple[object, ...]

    @property
    def place(self) -> Message:
        """The row, for a problem."""
        return Message("row {number}", number=self.number)

    def cell(self, column: int | None) -> object:
        """A cell; None beyond the end of the row or if there is no such column."""
        return self.cells[column] if column is not None and column < len(self.cells) else None

    def shown(self) -> str:
        """All cells as one line."""
        return " ".join(text for cell in self.cells if (text := as_text(cell)))


@dataclass(frozen=True, slots=True)
class Header:
    """Which column is what.

    Attributes
    ----------
    at
        The place of the header among the rows, from 0; -1 if there is none.
    columns
        Column numbers, from 0, by meaning.
    unknown
        Columns with a header that is not recognised.
    nameless
        Columns without a header, among those that have one.
    milliseconds
        Whether numbers in the column of times are thousandths of a second.
    above
        Where there is no header: how many rows stand above the first one with speech.
    guessed
        Whether no heading is known, and what is in the columns told which is which.
    """

    at: int
    columns: dict[str, int]
    unknown: tuple[int, ...] = ()
    nameless: tuple[int, ...] = ()
    milliseconds: bool = False
    above: int = 0
    guessed: bool = False

    @property
    def first(self) -> int:
        """The place of the first row that may hold speech, from 0."""
        return max(self.at + 1, self.above)


@dataclass(slots=True)
class _Facts:
    """What the columns about the meeting hold, row by row."""

    values: dict[str, list[str]] = field(default_factory=lambda: {"group": [], "wave": [], "date": []})

    def see(self, row: Row, header: Header) -> None:
        for name, seen in self.values.items():
            text = _date(row.cell(header.columns.get(name))) if name in header.columns else ""
            if text and text not in seen:
                seen.append(text)


def as_text(cell: object) -> str:
    """A cell as a person sees it: whole numbers without decimals, nothing for an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def find_header(rows: list[Row]) -> Header | None:
    """The first row among the top ones that names a column of text, and what its columns are."""
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        columns: dict[str, int] = {}
        unknown = []
        names = [_bare(as_text(cell)) for cell in row.cells]
        texts = [name for name in names if _KNOWN.get(name) == "text"]
        for number, name in enumerate(names):
            meaning = _KNOWN.get(name)
            if name in _ALSO_A_NAME and any(other not in _ALSO_A_NAME for other in texts):
                meaning = "ignored"
            if meaning is None:
                unknown += [number] if name else []
            elif meaning not in columns or meaning == "ignored":
                columns[meaning] = number
            else:
                unknown.append(number)
        if "text" in columns and ({"speaker", "start"} & set(columns) or not unknown):
            # Whisper's own tables: integer milliseconds under exactly these headers.
            whisper = [name for name in names if name != "speaker"] == ["start", "end", "text"]
            start = names[columns["start"]] if "start" in columns else ""
            last = max((*columns.values(), *unknown))
            nameless = tuple(number for number, name in enumerate(names[:last]) if not name)
            return Header(at, columns, tuple(unknown), nameless, whisper or start.endswith("ms"))
    return None


def fill(draft: Draft, rows: list[Row], header: Header, delimiter: str = "") -> None:
    """Read the rows below the header into a draft.

    Parameters
    ----------
    draft
        Is filled.
    rows, header
        All rows of the file, and where the header is among them.
    delimiter
        What separates the cells; empty if the file knows by itself where a cell ends.

    Raises
    ------
    TranscriptError
        If the rows are of more than one group or wave.
    """
    for row in rows[: max(header.at, header.above)]:
        if row.shown():
            _read_preface(row, draft)
    if header.guessed:
        _report_guess(rows, header, draft)
    if header.unknown:
        shown = ", ".join(column_letter(number) for number in header.unknown)
        draft.problem(rows[header.at].place, "Not read: columns {columns}; their headers are unknown.", columns=shown)
    for number in header.nameless:
        if lost := " ".join(text for row in rows[header.first :] if (text := as_text(row.cell(number)))):
            draft.skip(
                lost,
                rows[header.at].place,
                "Not read: column {column}, which has no header.",
                column=column_letter(number),
            )
    facts = _Facts()
    for row in rows[header.first :]:
        facts.see(row, header)
        _read_row(row, header, draft, delimiter)
    for name, seen in facts.values.items():
        if len(seen) > 1 and name != "date":
            raise TranscriptError(
                "{source}: the rows are of {count} {count:group|groups} or waves; save each in a file of its own.",
                source=draft.source,
                count=len(seen),
            )
        if len(seen) > 1:
            draft.problem(
                "", "The rows have {count} different {count:date|dates}; the first was used.", count=len(seen)
            )
        if seen:
            setattr(draft, name, seen[0])


def column_letter(number: int) -> str:
    """A column, from 0, as spreadsheets name it.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _read_preface(row: Row, draft: Draft) -> None:
    """Above the header stand a title and lines such as ``Datum | 14-4-2026`` or ``Datum: 14 april 2026``."""
    cells = [text for cell in row.cells if (text := as_text(cell))]
    meaning = _KNOWN.get(_bare(cells[0]))
    if len(cells) == 2 and meaning in ("group", "date", "wave"):
        setattr(draft, meaning, _date(next(cell for cell in reversed(row.cells) if as_text(cell))))
    elif take_fact(": ".join(cell.rstrip(":") for cell in cells), draft):
        return
    elif len(cells) == 1 and draft.title is None:
        draft.title = cells[0]
    else:
        words = count(row.shown())
        draft.skip(
            row.shown(),
            row.place,
            "Skipped: this row, {words} {words:word|words}, stands above the header.",
            words=words,
        )


def _report_guess(rows: list[Row], header: Header, draft: Draft) -> None:
    """Say which column was taken for what, where no heading says so."""
    row = rows[max(header.at, header.above)]
    if header.at >= 0:
        draft.skip(row.shown(), row.place, UNKNOWN_HEADINGS)
    if "speaker" in header.columns:
        draft.problem(
            row.place,
            "No known headings stand above the columns: column {speaker} was read as who speaks and column {text} as "
            "what is said. Look whether that is right, and name the columns, for example `spreker` and `tekst`.",
            speaker=column_letter(header.columns["speaker"]),
            text=column_letter(header.columns["text"]),
        )


def _read_row(row: Row, header: Header, draft: Draft, delimiter: str) -> None:
    text = as_text(row.cell(header.columns["text"]))
    speaker = as_text(row.cell(header.columns.get("speaker"))) or None
    extra = " ".join(cell_text for cell in row.cells[_width(header) :] if (cell_text := as_text(cell)))
    alone = not header.unknown and not header.nameless and header.columns["text"] == _width(header) - 1
    if extra and text and delimiter and alone:
        text = delimiter.join(map(str, row.cells[header.columns["text"] :])).strip(f" {delimiter}")
        extra = ""
        draft.problem(
            row.place, "The text holds the separator without quotation marks; the cells were put together again."
        )
    if not text:
        if row.shown():
            draft.skip(row.shown(), row.place, "This row has no text; nothing was read here.")
    else:
        cell = row.cell(header.columns.get("start"))
        start = starts(cell, milliseconds=header.milliseconds)
        if start is None and as_text(cell):
            draft.problem(row.place, "The time is not readable; the words were kept without a time.")
        _read_role(row, header, speaker, draft)
        draft.add(Piece(text, row.place, speaker, start))
    if extra:
        # A separator within unquoted text makes a cell too many.
        draft.skip(extra, row.place, "Skipped: cells beyond the last column; does the text hold a separator?")


def _width(header: Header) -> int:
    return max((*header.columns.values(), *header.unknown)) + 1


def _read_role(row: Row, header: Header, speaker: str | None, draft: Draft) -> None:
    written = as_text(row.cell(header.columns.get("role")))
    if not written or speaker is None:
        return
    role = role_of(written)
    if role is None:
        draft.problem(row.place, "The role is unknown; expected `moderator` or `deelnemer`.")
    elif draft.roles.setdefault(speaker, role) is not role:
        draft.problem(row.place, "This speaker had another role before; the first was kept.")


def starts(cell: object, *, milliseconds: bool = False) -> float | None:
    """A time in seconds from whatever a cell holds; of a span its start."""
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    if isinstance(cell, datetime | time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6
    if isinstance(cell, bool) or cell is None:
        return None
    text = _SPAN.split(as_text(cell))[0].strip()
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return seconds(text)
    return (number / 1000 if milliseconds else number) if number == number else None


def _date(cell: object) -> str:
    """A date as ISO 8601 if it is one, else the cell's text."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = as_text(cell)
    found = _DUTCH_DATE.fullmatch(text)
    if found is None:
        return text
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return text


def _bare(header: str) -> str:
    without_unit = re.sub(r"[(\[](?!ms)[^)\]]*[)\]]", "", header.casefold())
    return re.sub(r"[\s_\-.:()\[\]*\ufeff]", "", without_unit)
