"""Worksheets from tables: headings, widths, number formats, filters, charts, and cells that stay text.

Written with XlsxWriter: on the tables of a large project it takes a third of the time of openpyxl, and text that begins
with ``=`` stays text by a setting instead of by care.
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from codering.errors import Message
from codering.tables import Cell, Column, Kind, Table
from codering.texts import Texts

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

WIDTHS: Final = {
    Kind.TEXT: 24,
    Kind.LONG: 70,
    Kind.COUNT: 13,
    Kind.SHARE: 13,
    Kind.NUMBER: 12,
    Kind.SECONDS: 10,
    Kind.DATE: 12,
}
FORMATS: Final = {Kind.COUNT: "#,##0", Kind.SHARE: "0.0%", Kind.NUMBER: "0.00", Kind.SECONDS: "[h]:mm:ss"}
FONT: Final = "Calibri"
"""The workbook's own default; a font without a name falls back to another in LibreOffice."""
CELL_LIMIT: Final = 32_767
"""Characters that Excel allows in one cell."""
INK: Final = "#1F4E79"

_DAY: Final = 86_400
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold; a workbook with it asks to be repaired."""
_TITLE = re.compile(r"[\\*?:/\[\]]")
_OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Book:
    """A workbook that is being written; use it in a ``with`` statement.

    Parameters
    ----------
    path
        The file.
    texts
        The language.
    **properties
        Of the document: ``title``, ``author``, ``keywords``.
    """

    def __init__(self, path: Path, texts: Texts, **properties: str) -> None:
        from xlsxwriter import Workbook

        self.texts: Final = texts
        self._workbook: Any = Workbook(str(path), _OPTIONS)
        self._workbook.set_properties({key: safe(value) for key, value in properties.items()})
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._titles: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._workbook.close()

    def style(self, **properties: object) -> Format:
        """A format, made once for each set of properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format({"font_name": FONT, "font_size": 11, **properties})
        return self._formats[key]

    def sheet(self, title: str) -> Worksheet:
        """Add an empty worksheet; printed on landscape pages, one page wide."""
        sheet: Worksheet = self._workbook.add_worksheet(sheet_title(title, self._titles))
        self._titles.add(sheet.name.casefold())
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def add(self, table: Table) -> None:
        """Add a worksheet that shows a table: notes above, then headings (frozen, with filters), then rows."""
        texts = self.texts
        sheet = self.sheet(texts(table.title))
        sheet.write_string(0, 0, texts(table.title), self.style(bold=True, font_size=14))
        for row, note in enumerate(table.notes, start=1):
            sheet.write_string(row, 0, safe(note.translated(texts.translate)), self.style(italic=True, color="#555555"))
        head = len(table.notes) + 2
        heading = self.style(bold=True, color="#FFFFFF", bg_color=INK, text_wrap=True, valign="top")
        for index, column in enumerate(table.columns):
            sheet.set_column(index, index, _width(column, table, index, texts))
            sheet.write_string(head, index, safe(texts(column.label)), heading)
        kinds = [(column.kind, self._cell_style(column.kind)) for column in table.columns]
        for number, values in enumerate(table.rows, start=head + 1):
            for index, ((kind, style), value) in enumerate(zip(kinds, values, strict=True)):
                self._put(sheet, number, index, value, kind, style)
        sheet.set_row(head, 46)
        sheet.freeze_panes(head + 1, 1)
        sheet.autofilter(head, 0, head + max(len(table.rows), 1), len(table.columns) - 1)
        sheet.repeat_rows(head)
        if table.bars and table.rows:
            self._bars(sheet, table, head)

    def _cell_style(self, kind: Kind) -> Format:
        number = {"num_format": FORMATS[kind]} if kind in FORMATS else {}
        return self.style(valign="top", text_wrap=kind is Kind.LONG, **number)

    def _put(self, sheet: Worksheet, row: int, column: int, value: Cell, kind: Kind, style: Format) -> None:
        """Write a value; undefined is written ``–``."""
        if isinstance(value, Message):
            value = value.translated(self.texts.translate)
        if isinstance(value, float) and not math.isfinite(value):
            value, style = "–", self._cell_style(Kind.TEXT)
        if isinstance(value, str):
            sheet.write_string(row, column, safe(value), style)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, style)
        elif value is not None:
            sheet.write_number(row, column, value / _DAY if kind is Kind.SECONDS else value, style)

    def _bars(self, sheet: Worksheet, table: Table, head: int) -> None:
        """Draw a native bar chart of one column below the table."""
        keys = [column.key for column in table.columns]
        shown, labels = keys.index(table.bars), 1 if "code_label" in keys else 0
        first, last = head + 1, head + len(table.rows)
        name = self.texts(table.columns[shown].label)
        chart = self._workbook.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": name,
                "categories": [sheet.name, first, labels, last, labels],
                "values": [sheet.name, first, shown, last, shown],
                "fill": {"color": INK},
                "gap": 40,
            }
        )
        chart.set_title({"name": self.texts(table.title), "name_font": {"size": 13}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})  # the first row of the table on top, as a reader expects
        chart.set_x_axis({"name": name, "num_format": "0", "major_gridlines": {"visible": False}})
        chart.set_size({"width": 830, "height": max(280, 28 * len(table.rows) + 110)})
        sheet.insert_chart(last + 2, 0, chart)


def safe(text: str) -> str:
    """Drop what XML cannot hold, and cut what a cell cannot."""
    cleaned = _ILLEGAL.sub("\ufffd", text)
    return cleaned if len(cleaned) <= CELL_LIMIT else f"{cleaned[: CELL_LIMIT - 1]}…"


def sheet_title(wanted: str, taken: set[str]) -> str:
    """Make a title that Excel allows: at most 31 characters, none of the seven it forbids, unlike those taken.

    Parameters
    ----------
    wanted
        Any text.
    taken
        Titles that there are already, folded (``str.casefold``): Excel does not tell ``A`` from ``a``.
    """
    title = base = _TITLE.sub(" ", safe(wanted)).strip("' ")[:31] or "–"
    number = 2
    while title.casefold() in taken:
        title = f"{base[: 31 - len(f' ({number})')]} ({number})"
        number += 1
    return title


def _width(column: Column, table: Table, index: int, texts: Texts) -> float:
    if column.kind is not Kind.TEXT:
        return float(WIDTHS[column.kind])
    longest = max((len(str(row[index])) for row in table.rows[:500]), default=0)
    return float(min(max(longest + 2, len(texts(column.label)) + 4, 10), 44))
