"""Tables within documents: which column says who, when and what.

Spreadsheets have a reader of their own; this is for the tables that people make in Word and Writer, and for NVivo's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from codering.errors import Message
from codering.readers.attendance import SKIPPED, is_attendance, take_attendance
from codering.readers.clock import CLOCK, seconds
from codering.readers.drafts import Draft, count
from codering.readers.marks import Kind, Line, Mark
from codering.readers.prefaces import is_keyed
from codering.readers.speakers import is_label, is_sure, role_of, split_label

_HEADINGS: Final = {
    "speaker": "spreker speaker naam name deelnemer wie persoon respondent participant sprekers who",
    "role": "rol role functie",
    "start": "tijd time timespan tijdstip start begin tijdcode timecode starttijd van from",
    "text": "tekst text content uiting inhoud transcript transcriptie uitspraak utterance beurt gesprek bijdrage"
    " gezegd",
    "none": "nr nummer # end eind einde tot to duur regel turn",
}
_COLUMN_OF: Final = {word: column for column, words in _HEADINGS.items() for word in words.split()}
UNKNOWN_HEADINGS: Final = Message(
    "Skipped: this row was taken for headings of columns; none of them is known."
).template
_SPAN: Final = re.compile(rf"\W*(?P<time>{CLOCK})(?:\s*(?:-->|-|–|/|tot)\s*{CLOCK})?\W*")
_MOSTLY: Final = 0.8


@dataclass(frozen=True, slots=True)
class _Columns:
    text: int
    speaker: int | None = None
    start: int | None = None
    role: int | None = None
    ignored: frozenset[int] = frozenset()
    header: bool = False
    known: bool = True


def lines_of(rows: Sequence[Sequence[str]], number: int, draft: Draft) -> list[Line]:
    """Make lines of a table.

    Parameters
    ----------
    rows
        The cells of each row; rows may differ in length.
    number
        Of the table in the document, from 1.
    draft
        Gets roles and problems.

    Returns
    -------
    list of Line
        One a row for a table of speech, with the speaker and time given. Of any other table, one a cell (or a header
        line for a row ``Datum | 14 april``), so that its words are treated as those around it.
    """
    attendance = is_attendance(rows)
    if attendance:
        words = " ".join(" ".join(row) for row in rows)
        take_attendance(rows, draft)
        draft.skip(words, Message("table {table}", table=number), SKIPPED, words=count(words))
        return []
    places = [Message("table {table}, row {row}", table=number, row=row) for row in range(1, len(rows) + 1)]
    columns = _columns(rows)
    if columns is None:
        return [line for cells, place in zip(rows, places, strict=True) for line in _loose(cells, place)]
    if attendance is None and columns.speaker is not None:
        draft.problem(
            Message("table {table}", table=number),
            "every name stands once in this table, with a few words; it was read as speech. If it says who was "
            "present, take it out of the file.",
        )
    if not columns.known:
        draft.skip(" ".join(rows[0]), places[0], UNKNOWN_HEADINGS)
    lines: list[Line] = []
    for cells, place in list(zip(rows, places, strict=True))[1 if columns.header else 0 :]:
        lines += _row(cells, place, columns, draft)
    return lines


def says_what(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the column with the words and another one that is known."""
    return bool(rows) and _by_heading(rows) is not None


def _row(cells: Sequence[str], place: Message, columns: _Columns, draft: Draft) -> list[Line]:
    label = " ".join(_cell(cells, columns.speaker).split()).rstrip(":").strip() or None
    found = _SPAN.fullmatch(_cell(cells, columns.start))
    start = seconds(found["time"]) if found else None
    role = role_of(_cell(cells, columns.role))
    if label and role:
        draft.roles[label] = role
    used = {columns.text, columns.speaker, columns.start, columns.role} | columns.ignored
    rest = " ".join(cell for i, cell in enumerate(cells) if i not in used and not _is_number(cell)).strip()
    if rest:
        draft.skip(
            rest,
            place,
            "skipped: {words} {words:word|words} in columns that are neither speaker, time nor text.",
            words=count(rest),
        )
    text = _cell(cells, columns.text)
    if label and not text and (len(cells) <= columns.text or not is_label(label)):
        # Cells that were merged, or a remark between the turns: words, and nobody's name.
        if split_label(label) is None:
            draft.problem(place, "this row has no cell for who speaks; its words were given to the speaker before.")
        return _loose(cells, place)
    if columns.speaker is None:
        stamp = [Line(found["time"], place)] if found and start is not None else []
        return [*stamp, *(Line(part, place, soft=i > 0) for i, part in enumerate(text.split("\n")))]
    if not text and label is None:
        return []
    return [Line(text or label or "", place, given=Mark(Kind.ROW, label, start, text))]


def _columns(rows: Sequence[Sequence[str]]) -> _Columns | None:
    """Find the columns by their headings or else by what is in them; None if it is no table of speech."""
    if not rows or max(len(row) for row in rows) < 2 or all(is_keyed(_joined(row)) for row in rows if any(row)):
        return None
    return _by_heading(rows) or _by_content(rows)


def _by_heading(rows: Sequence[Sequence[str]]) -> _Columns | None:
    found: dict[str, int] = {}
    ignored: set[int] = set()
    for i, cell in enumerate(rows[0]):
        words = re.findall(r"[^\W\d_]+|#", cell.casefold())
        # "Wat is gezegd", "Gesproken tekst": what a heading is of may stand at its end.
        column = _COLUMN_OF.get(words[0], _COLUMN_OF.get(words[-1])) if words and len(words) <= 3 else None
        if column == "none":
            ignored.add(i)
        elif column is not None:
            found.setdefault(column, i)
    if "text" not in found or len(found) < 2:
        return None
    return _Columns(
        found["text"], found.get("speaker"), found.get("start"), found.get("role"), frozenset(ignored), header=True
    )


def _by_content(rows: Sequence[Sequence[str]]) -> _Columns | None:
    width = max(len(row) for row in rows)
    filled = {i: [cell for row in rows if (cell := _cell(row, i))] for i in range(width)}
    text = max(filled, key=lambda i: (sum(count(cell) for cell in filled[i]), i))
    others = [i for i in range(width) if i != text and filled[i]]
    start = next(
        (i for i in others if _share(filled[i], lambda cell: _SPAN.fullmatch(cell) is not None) >= _MOSTLY), None
    )
    names = {i: _names(filled[i]) for i in others if i != start and len(filled[i]) * 2 >= len(filled[text])}
    speaker = max(names, key=lambda i: names[i], default=None)
    if speaker is not None and names[speaker][0] < _MOSTLY:
        speaker = None
    if speaker is None and start is None:
        return None
    # Above times, or above names, what is none is a heading that is not known.
    first = [_cell(rows[0], start), _cell(rows[0], speaker)]
    headed = bool(first[0] and not _SPAN.fullmatch(first[0])) or bool(first[1] and not is_label(first[1]))
    return _Columns(text, speaker, start, header=headed, known=not headed)


def _names(cells: Sequence[str]) -> tuple[float, bool, bool, int]:
    """How much cells are like names of speakers: what can be a label, a role or code, what returns, how often."""
    returns = len({cell.casefold() for cell in cells}) < len(cells)
    # A heading that is not known may stand above them.
    labels = max(_share(cells, is_label), _share(cells[1:], is_label) if len(cells) > 2 else 0.0)
    return min(labels, _MOSTLY), any(map(is_sure, cells)), returns, len(cells)


def _share(cells: Sequence[str], test: object) -> float:
    return sum(bool(test(cell)) for cell in cells) / len(cells) if callable(test) and cells else 0.0


def _loose(cells: Sequence[str], place: Message) -> list[Line]:
    joined = _joined(cells)
    if len([cell for cell in cells if cell]) == 2 and is_keyed(joined):
        return [Line(joined, place)]
    return [Line(part, place, soft=i > 0) for cell in cells for i, part in enumerate(cell.split("\n"))]


def _joined(cells: Sequence[str]) -> str:
    """A row as a header line: ``Aanwezig: Anouk, Karim``, also where each name has a line of the cell."""
    return ": ".join(", ".join(cell.rstrip(":").split("\n")) for cell in cells if cell)


def _cell(cells: Sequence[str], column: int | None) -> str:
    return cells[column].strip() if column is not None and column < len(cells) else ""


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d\s.#]*", text))
