"""Worksheets from tables: headings, widths, number formats, filters, charts, and cells that stay text.

Written with XlsxWriter: on the tables of a large project it takes a third of the time of openpyxl, and text that begins
with ``=`` stays text by a setting instead of by care.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from codering.errors import Message
from codering.exporters.fitting import BUTTON, LINE, TALLEST, indents, lines, lines_of_heading, widths, wraps
from codering.tables import Cell, Kind, Table
from codering.texts import Texts
from codering.writing import UNDEFINED, moment

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FORMATS: Final = {
    Kind.COUNT: "#,##0",
    Kind.SHARE: "0.0%",
    Kind.STATED: 'General"%"',
    Kind.POINTS: "+0.0;-0.0;0.0",
    Kind.NUMBER: "0.00",
    Kind.P: '[<0.001]"<\u00a0{least}";0.000',
    Kind.SECONDS: "[h]:mm:ss",
}
_SCALES: Final = {Kind.SECONDS: 1 / 86_400, Kind.POINTS: 100.0, Kind.STATED: 100.0}
"""By what a value is multiplied to be read in the format of its kind."""
_CLEAR: Final = "_0_0_0"
"""White of three digits behind a number, which then ends where its heading does, left of the button of the filter.

It stands in the format: LibreOffice forgets the indentation of a number where the format changes within a row.
"""
FONT: Final = "Calibri"
"""The workbook's own default; a font without a name falls back to another in LibreOffice."""
CELL_LIMIT: Final = 32_767
"""Characters that Excel allows in one cell."""
INK: Final = "#1F4E79"

_A3, _A4 = 8, 9
"""How Excel numbers sizes of paper."""
_WIDE, _NARROW = 225, 135
"""Characters: what is wider is printed on A3, or nobody could read it; a long table that is narrower, upright."""
_NOTE_LEAST, _NOTE_MOST, _USUAL = 90, 150, 8.43
"""Characters over which notes are written, and the width of a column that nobody set."""
_RULE: Final = "#D9D9D9"
"""The line below a row: on paper, without the grid of a screen, the eye needs one to follow a row by."""
_NOTE: Final = {"italic": True, "color": "#555555"}
_CELL: Final = {"valign": "top", "bottom": 1, "bottom_color": _RULE}
_MANY: Final = 25
"""Bars, and rows of a narrow table: more are printed upright."""
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold; a workbook with it asks to be repaired."""
_EQUALS = re.compile(r"\b([np]) = ")
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
        self._path: Final = path
        # Written at once at the end: a full disk or a protected folder then fails as for every other file.
        self._content: Final = BytesIO()
        self._workbook: Any = Workbook(self._content, _OPTIONS)
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
            self._path.write_bytes(self._content.getvalue())

    def style(self, **properties: object) -> Format:
        """A format, made once for each set of properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format({"font_name": FONT, "font_size": 11, **properties})
        return self._formats[key]

    def sheet(self, title: str, colour: str = "") -> Worksheet:
        """Add an empty worksheet; printed on landscape pages, one page wide, with its name and the page below."""
        sheet: Worksheet = self._workbook.add_worksheet(sheet_title(title, self._titles))
        self._titles.add(sheet.name.casefold())
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&L&8&A&R&8&P / &N")
        sheet.fit_to_pages(1, 0)
        if colour:
            sheet.set_tab_color(colour)
        return sheet

    def add(self, table: Table, colour: str = "", *, printed: int | None = None) -> list[str]:
        """Add a worksheet that shows a table: notes above, then headings (frozen, with filters), then rows.

        A chart of it stands on a sheet of its own, so that it is printed on one page.

        Parameters
        ----------
        table, colour
            What it shows, and the colour of its tab.
        printed
            How many columns are printed, from the first; with 0 only what stands above the table. None for all.

        Returns
        -------
        list of str
            The names of the sheets.
        """
        texts = self.texts
        sheet = self.sheet(texts(table.title), colour)
        rows = [
            [self._said(value, column.kind) for value, column in zip(row, table.columns, strict=True)]
            for row in table.rows
        ]
        heads = [safe(unbroken(texts(column.label))) for column in table.columns]
        wide = widths(table, heads, rows)
        for index, width in enumerate(wide):
            sheet.set_column(index, index, width)
        sheet.write_string(0, 0, texts(table.title), self.style(bold=True, font_size=14))
        over = self._notes(sheet, table, wide, len(wide) if printed is None else printed)
        head = len(table.notes) + 2
        self._heads(sheet, head, table, heads, wide)
        self._rows(sheet, head + 1, table, rows, wide)
        last = head + max(len(rows), 1)
        sheet.freeze_panes(head + 1, 1)
        sheet.autofilter(head, 0, last, len(table.columns) - 1)
        sheet.repeat_rows(head)
        if printed == 0:
            sheet.print_area(0, 0, head - 1, over)
        else:
            shown = sum(wide[:printed])
            if shown > _WIDE:
                sheet.set_paper(_A3)
            elif shown < _NARROW and len(rows) > _MANY:
                sheet.set_portrait()
            if printed is not None:
                sheet.print_area(0, 0, last, max(printed - 1, over))
        return [sheet.name, *([self._bars(sheet.name, table, head, colour)] if table.bars and rows else [])]

    def _notes(self, sheet: Worksheet, table: Table, wide: Sequence[float], printed: int) -> int:
        """Write notes over what is printed of the table, within what can be read at once; returns the last column."""
        style = self.style(**_NOTE, text_wrap=True, valign="top")
        last, width = 0, wide[0]
        while width < _NOTE_LEAST or (last + 1 < printed and width + wide[last + 1] <= _NOTE_MOST):
            last += 1
            width += wide[last] if last < len(wide) else _USUAL
        for row, note in enumerate(table.notes, start=1):
            text = safe(note.translated(self.texts.translate))
            if last:
                sheet.merge_range(row, 0, row, last, text, style)
            else:
                sheet.write_string(row, 0, text, style)
            sheet.set_row(row, LINE * lines(text, width))
        return last if table.notes else 0

    def _heads(self, sheet: Worksheet, row: int, table: Table, heads: Sequence[str], wide: Sequence[float]) -> None:
        """Write the headings: above numbers to the right, with room for the button of the filter."""
        heading = {"bold": True, "color": "#FFFFFF", "bg_color": INK, "text_wrap": True, "valign": "top"}
        taken = []
        for index, (text, step) in enumerate(zip(heads, indents(table), strict=True)):
            right = table.columns[index].kind in FORMATS
            indent = BUTTON if right else step
            style = self.style(**heading, align="right" if right else "left", indent=indent)
            sheet.write_string(row, index, text, style)
            taken.append(lines_of_heading(text, wide[index], right=right, indent=indent))
        sheet.set_row(row, LINE * max(taken) + 2)

    def _rows(
        self, sheet: Worksheet, first: int, table: Table, rows: Sequence[Sequence[Cell]], wide: Sequence[float]
    ) -> None:
        """Write the cells, and make every row as high as its longest text asks."""
        steps = indents(table)
        wrapped = [
            wraps(column, wide[i], [row[i] for row in rows], indent=steps[i]) for i, column in enumerate(table.columns)
        ]
        styles = [self._cell_style(one.kind, wrapped[i], steps[i]) for i, one in enumerate(table.columns)]
        for number, values in enumerate(rows, start=first):
            high = 1
            for index, (column, value) in enumerate(zip(table.columns, values, strict=True)):
                self._put(sheet, number, index, value, column.kind, styles[index])
                if wrapped[index] and isinstance(value, str):
                    high = max(high, lines(value, wide[index], indent=steps[index]))
            if high > 1:
                sheet.set_row(number, LINE * min(high, TALLEST))

    def _said(self, value: Cell, kind: Kind) -> Cell:
        if isinstance(value, Message):
            return value.translated(self.texts.translate)
        return moment(value, self.texts.language) if kind is Kind.MOMENT and isinstance(value, str) else value

    def _cell_style(self, kind: Kind, wrap: bool, indent: int) -> Format:
        more: dict[str, object] = {"align": "left", "text_wrap": wrap, "indent": indent}
        if kind in FORMATS:  # the decimal sign within a text is ours to write
            shown = FORMATS[kind].replace("{least}", f"0{self.texts('.')}001")
            more = {"align": "right", "num_format": ";".join(f"{part}{_CLEAR}" for part in shown.split(";"))}
        return self.style(**_CELL, **more)

    def _put(self, sheet: Worksheet, row: int, column: int, value: Cell, kind: Kind, style: Format) -> None:
        """Write a value; undefined is written ``–``, and what stands for a number where that would be."""
        if isinstance(value, float) and not math.isfinite(value):
            value = UNDEFINED
        if isinstance(value, str) and kind in FORMATS:
            style = self.style(**_CELL, align="right", num_format=f"@{_CLEAR}")
        if value is None:
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            sheet.write_string(row, column, safe(value), style)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, style)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value * _SCALES[kind] if kind in _SCALES else value, style)

    def _bars(self, data: str, table: Table, head: int, colour: str) -> str:
        """Draw a native bar chart of one column, on a sheet that is printed on one page; returns its name."""
        title = self.texts(table.title)
        sheet = self.sheet(self.texts("Chart: {title}", title=title).replace(":", " –"), colour)
        sheet.hide_gridlines(2)
        sheet.fit_to_pages(1, 1)
        told = self.texts("What is counted, and in what, stands on the sheet “{sheet}”.", sheet=data)
        sheet.write_string(0, 0, told, self.style(**_NOTE))
        if len(table.rows) > _MANY:
            sheet.set_portrait()
        keys = [column.key for column in table.columns]
        shown, labels = keys.index(table.bars), 1 if "code_label" in keys else 0
        first, last = head + 1, head + len(table.rows)
        name = self.texts(table.columns[shown].label)
        # What is left out would be drawn as 0, and said to be 0.
        said = [{"value": row[shown]} if isinstance(row[shown], str) else None for row in table.rows]
        chart = self._workbook.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": name,
                "categories": [data, first, labels, last, labels],
                "values": [data, first, shown, last, shown],
                "fill": {"color": INK},
                "gap": 40,
                "data_labels": {"value": True, "font": {"size": 9}, "custom": said},
            }
        )
        chart.set_title({"name": title, "name_font": {"size": 13}})
        chart.set_legend({"none": True})
        # The first row of the table on top, as a reader expects, and every label, also where there are many; the axis
        # below would go to the top with it, away from its name.
        chart.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": {"size": 9}})
        along = {"name": name, "num_format": "0", "min": 0, "label_position": "high", "line": {"none": True}}
        chart.set_x_axis({**along, "major_gridlines": {"visible": False}})
        chart.set_size({"width": 900, "height": max(420, 20 * len(table.rows) + 120)})
        alt = self.texts("Bar chart of the column “{column}” on the sheet “{sheet}”.", column=name, sheet=data)
        sheet.insert_chart(2, 0, chart, {"description": alt})
        return str(sheet.name)


def storable(text: str) -> str:
    """Put U+FFFD in the place of what XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def safe(text: str) -> str:
    """Drop what XML cannot hold, and cut what a cell cannot."""
    cleaned = storable(text)
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


def unbroken(head: str) -> str:
    """A text in which "n = 48", "p = 0.125" and "4 gr." stay on one line."""
    return _EQUALS.sub("\\1\u00a0=\u00a0", head).replace(" gr.)", "\u00a0gr.)")
