"""One worksheet for one table: headings, widths, number formats, filters, and cells that stay text."""

from __future__ import annotations

import math
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from codering.errors import Message
from codering.tables import Cell, Column, Kind, Table
from codering.texts import Texts

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as OpenpyxlCell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

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

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold; a workbook with it asks to be repaired."""
_TITLE = re.compile(r"[\\*?:/\[\]]")


def add_sheet(workbook: Workbook, table: Table, texts: Texts, *, title: str | None = None) -> Worksheet:
    """Add a worksheet that shows a table: notes above, then headings (frozen, with filters), then rows."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet: Worksheet = workbook.create_sheet(sheet_title(workbook, title or texts(table.title)))
    text_cell(sheet, 1, 1, texts(table.title)).font = Font(name=FONT, bold=True, size=14)
    for row, note in enumerate(table.notes, start=2):
        text_cell(sheet, row, 1, note.translated(texts.translate)).font = Font(name=FONT, italic=True, color="555555")
    head = len(table.notes) + 3
    for index, column in enumerate(table.columns, start=1):
        cell = text_cell(sheet, head, index, texts(column.label))
        cell.font = Font(name=FONT, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F4E79")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(index)].width = _width(column, table, index - 1, texts)
    for number, values in enumerate(table.rows, start=head + 1):
        for index, (column, value) in enumerate(zip(table.columns, values, strict=True), start=1):
            put(sheet, number, index, value, column.kind, texts)
    last = get_column_letter(len(table.columns))
    sheet.row_dimensions[head].height = 46
    sheet.freeze_panes = f"B{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{last}{head + max(len(table.rows), 1)}"
    fit_to_width(sheet)
    sheet.print_title_rows = f"{head}:{head}"
    if table.bars and table.rows:
        _add_bars(sheet, table, head, texts)
    return sheet


def fit_to_width(sheet: Worksheet) -> None:
    """Print on landscape pages, one page wide."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def put(sheet: Worksheet, row: int, column: int, value: Cell, kind: Kind, texts: Texts) -> None:
    """Write a value; text stays text, also where it begins with ``=``; undefined is written ``–``."""
    from openpyxl.styles import Alignment

    if value is None:
        return
    if isinstance(value, Message):
        value = value.translated(texts.translate)
    if isinstance(value, float) and not math.isfinite(value):
        value = "–"
    if isinstance(value, str):
        text_cell(sheet, row, column, value).alignment = Alignment(wrap_text=kind is Kind.LONG, vertical="top")
        return
    cell = sheet.cell(row, column)
    cell.value = timedelta(seconds=value) if kind is Kind.SECONDS else value
    cell.number_format = FORMATS.get(kind, "General")
    cell.alignment = Alignment(vertical="top")


def text_cell(sheet: Worksheet, row: int, column: int, text: str) -> OpenpyxlCell:
    """Write text that stays text: openpyxl would take what begins with ``=`` for a formula."""
    cell: OpenpyxlCell = sheet.cell(row, column, safe(text))
    cell.data_type = "s"
    return cell


def safe(text: str) -> str:
    """Drop what XML cannot hold, and cut what a cell cannot."""
    cleaned = _ILLEGAL.sub("\ufffd", text)
    return cleaned if len(cleaned) <= CELL_LIMIT else f"{cleaned[: CELL_LIMIT - 1]}…"


def sheet_title(workbook: Workbook, wanted: str) -> str:
    """Make a title that Excel allows: at most 31 characters, none of the seven it forbids, unique."""
    title = _TITLE.sub(" ", safe(wanted)).strip("' ")[:31] or "–"
    taken = {sheet.title.casefold() for sheet in workbook.worksheets}
    for number in range(2, 1000):
        if title.casefold() not in taken:
            break
        title = f"{title[:27]} ({number})"
    return title


def _width(column: Column, table: Table, index: int, texts: Texts) -> float:
    if column.kind is not Kind.TEXT:
        return float(WIDTHS[column.kind])
    longest = max((len(str(row[index])) for row in table.rows[:500]), default=0)
    return float(min(max(longest + 2, len(texts(column.label)) + 4, 10), 44))


def _add_bars(sheet: Worksheet, table: Table, head: int, texts: Texts) -> None:
    """Draw a native bar chart of one column, right of the table."""
    from openpyxl.chart import BarChart, Reference
    from openpyxl.chart.shapes import GraphicalProperties

    keys = [column.key for column in table.columns]
    shown = keys.index(table.bars) + 1
    labels = 2 if "code_label" in keys else 1
    last = head + len(table.rows)
    chart = BarChart()
    chart.type = "bar"
    chart.style = 10
    chart.title = texts(table.title)
    chart.legend = None
    chart.gapWidth = 40
    chart.add_data(Reference(sheet, min_col=shown, min_row=head, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=labels, min_row=head + 1, max_row=last))
    chart.series[0].graphicalProperties = GraphicalProperties(solidFill="1F4E79")
    # The first row of the table on top, as a reader expects; and axes that newer Excel versions would hide.
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = False
    chart.y_axis.delete = False
    chart.y_axis.title = texts(table.columns[shown - 1].label)
    chart.y_axis.numFmt = "0"
    chart.y_axis.majorGridlines = None
    chart.height = max(7.5, 0.75 * len(table.rows) + 3)
    chart.width = 22
    sheet.add_chart(chart, f"A{last + 3}")
