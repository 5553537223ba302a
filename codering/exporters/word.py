"""The report as a Word document, in the styles of codering or of a template of one's own."""

from __future__ import annotations

import io
import re
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codering.errors import ExportError
from codering.exporters import Results
from codering.exporters.document import (
    ALONE,
    TOGETHER,
    Block,
    Document,
    Grid,
    Heading,
    Note,
    Paragraph,
    Passage,
    Picture,
    Points,
    shown_columns,
)
from codering.exporters.report import report
from codering.exporters.sheets import safe, unbroken
from codering.exporters.writing import written
from codering.tables import NUMBERS
from codering.texts import Texts

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_INK: Final = "1F4E79"
_WIDTH: Final = 16.0
"""Centimetres between the margins of an A4 page; a template can leave less."""
_CM: Final = 360_000
"""In which Word measures: a centimetre."""
_LETTER: Final = 0.2
_MARGIN: Final = 0.4
"""Centimetres of a letter of a table at its usual size, and of the space around a cell."""
_SIZE, _SMALLEST = 9.0, 6.5
"""Points: of the letters of a table, and of one with so many columns that its words would be broken."""
_WIDER: Final = 0.5
"""By how many usual letters a wide one is wider."""
_BLANK, _HYPHEN = re.compile(" "), re.compile(r" |(?<=\w-)")
"""Where a line of a cell can end without breaking a word; behind the hyphen of "2026-voorjaar" only if need be."""
_LONG, _ROOM = 60, 2.0
"""Letters of a text that takes more lines, and the centimetres that it gets beside its longest word, or a row of it
would be a narrow column of words.
"""
STYLES: Final = ("Title", "Subtitle", "Heading 1", "Heading 2", "Normal", "Quote", "Caption", "List Bullet")
"""What a template can give a form of its own; what it lacks gets that of Word."""


def write_word(results: Results, path: Path, texts: Texts, *, template: Path | None = None) -> None:
    """Write the report.

    Parameters
    ----------
    results, texts
        What is shown, in which language.
    path
        The file.
    template
        A Word document whose styles, header and footer are taken; its own text is left out.

    Raises
    ------
    ExportError
        If a quotation is not verbatim, or the template is no Word document.
    """
    written_document = report(results, texts)
    word = _begin(template)
    _Writer(word, texts).document(written_document)
    content = io.BytesIO()
    word.save(content)
    path.write_bytes(content.getvalue())


def _begin(template: Path | None) -> WordDocument:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    if template is None:
        word = docx.Document()
        _own_styles(word)
        return word
    try:
        word = docx.Document(str(template))
    except (PackageNotFoundError, KeyError, ValueError, OSError) as error:
        raise ExportError(
            "{file} cannot be used as a template; expected a Word document (.docx).", file=template.name
        ) from error
    for element in list(word.element.body)[:-1]:  # the last one holds the page's size and margins
        word.element.body.remove(element)
    return word


def _own_styles(word: WordDocument) -> None:
    from docx.shared import Cm, Pt, RGBColor

    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.3)
    styles: Any = word.styles
    styles["Normal"].font.name = "Calibri"
    styles["Normal"].font.size = Pt(11)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Normal"].paragraph_format.line_spacing = 1.15
    for name, size in (("Title", 26), ("Heading 1", 17), ("Heading 2", 13)):
        font = styles[name].font
        font.name, font.size, font.color.rgb = "Calibri", Pt(size), RGBColor.from_string(_INK)
    styles["Heading 1"].paragraph_format.space_before = Pt(22)
    styles["Quote"].paragraph_format.left_indent = Cm(0.8)
    styles["Quote"].font.color.rgb = RGBColor(0x33, 0x33, 0x33)
    styles["Caption"].font.color.rgb = RGBColor(0x44, 0x44, 0x44)
    styles["Caption"].font.size = Pt(9)
    styles["Caption"].font.bold = False


class _Writer:
    """Writes blocks one after another."""

    def __init__(self, word: WordDocument, texts: Texts) -> None:
        self._word: Any = word
        section = word.sections[-1]
        margins = (section.left_margin or 0) + (section.right_margin or 0)
        self._width: Final = min(_WIDTH, ((section.page_width or 0) - margins) / _CM) or _WIDTH
        self._texts = texts

    def document(self, document: Document) -> None:
        """Write the whole."""
        properties = self._word.core_properties
        properties.title, properties.author = safe(document.title), "codering"
        properties.last_modified_by = "codering"  # another program puts its user's name there: see `replacing`
        properties.language = document.language
        self._text(document.title, "Title")
        self._text(document.subtitle, "Subtitle")
        for block, following in zip_longest(document.blocks, document.blocks[1:]):
            self._block(block)
            if isinstance(block, Paragraph) and isinstance(following, Grid | Points):
                self._word.paragraphs[-1].paragraph_format.keep_with_next = True

    def _block(self, block: Block) -> None:
        match block:
            case Heading(text, level):
                self._text(text, f"Heading {level}")
            case Paragraph(text):
                self._text(unbroken(text), "Normal")
            case Points(points):
                for text in points:
                    self._text(unbroken(text), "List Bullet")
            case Note(text):
                self._text(unbroken(text), "Caption")
            case Passage(words, where):
                self._text(f"“{words}”", "Quote").paragraph_format.keep_with_next = True
                self._text(where, "Caption").paragraph_format.left_indent = self._cm(0.8)
            case Grid():
                self._grid(block)
            case Picture():
                self._picture(block)

    def _text(self, text: str, style: str) -> Any:  # noqa: ANN401
        return self._word.add_paragraph(safe(text), style=self._style(style))

    def _style(self, name: str) -> str | None:
        """The style of this name, or the usual one where a template lacks it."""
        return name if any(style.name == name for style in self._word.styles) else None

    def _grid(self, grid: Grid) -> None:
        columns = shown_columns(grid)
        if grid.caption:
            self._text(self._texts(grid.caption), "Caption").paragraph_format.keep_with_next = True
        table = self._word.add_table(rows=1, cols=len(columns))
        table.autofit = False
        _rule(table)
        heads = [unbroken(self._texts(grid.table.columns[i].label)) for i in columns]
        cells = [[written(row[i], grid.table.columns[i], self._texts) for i in columns] for row in grid.table.rows]
        size, spread = _laid(heads, cells, self._width)
        self._row(table.rows[0], heads, columns, grid, size, head=True)
        for texts in cells:
            self._row(table.add_row(), texts, columns, grid, size, head=False)
        for place, row in enumerate(table.rows):
            if len(cells) <= TOGETHER or place < ALONE or place >= len(table.rows) - ALONE:
                _keep(row, place < len(table.rows) - 1 or bool(grid.table.notes))
        widths = [self._cm(width) for width in spread]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
            for cell in column.cells:  # Word goes by the cells, LibreOffice by the column
                cell.width = width
        for note in grid.table.notes:
            self._text(unbroken(note.translated(self._texts.translate)), "Caption")
        if not grid.table.notes:  # or the next table would be joined to this one
            self._text("", "Caption")

    def _row(
        self,
        row: Any,  # noqa: ANN401
        cells: list[str],
        columns: list[int],
        grid: Grid,
        size: float,
        *,
        head: bool,
    ) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        _mark(row._tr.get_or_add_trPr(), "tblHeader" if head else "cantSplit")  # noqa: SLF001
        for cell, text, index in zip(row.cells, cells, columns, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.line_spacing = 1.0
            run = paragraph.add_run(safe(text))
            run.font.size = Pt(size - 1 if head else size)
            run.bold = head
            if grid.table.columns[index].kind in NUMBERS:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _picture(self, picture: Picture) -> None:
        self._word.add_picture(io.BytesIO(picture.png))
        shape = self._word.inline_shapes[-1]
        if (smaller := self._cm(self._width) / shape.width) < 1:
            shape.width, shape.height = (round(side * smaller) for side in (shape.width, shape.height))
        drawing = self._word.inline_shapes[-1]._inline.docPr  # noqa: SLF001
        drawing.set("descr", safe(picture.alt))
        if picture.caption:
            self._word.paragraphs[-1].paragraph_format.keep_with_next = True
            self._text(unbroken(picture.caption), "Caption")

    @staticmethod
    def _cm(size: float) -> Any:  # noqa: ANN401
        from docx.shared import Cm

        return Cm(size)


def _keep(row: Any, kept: bool) -> None:  # noqa: ANN401
    """Keep a row on the page of the next one; of the last row, of the first note."""
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = kept


def _letters(word: str) -> float:
    """How wide a word is, in letters of usual width; where Calibri is lacking, the font that replaces it is wide."""
    return len(word) + _WIDER * sum(letter in "mwMW%" for letter in word)


def _least(heads: list[str], rows: list[list[str]], size: float, breaks: re.Pattern[str]) -> list[float]:
    """Centimetres that each column needs so that no word is broken; those of the heading are smaller but bold."""
    words = [
        max((_letters(word) for text in (head, *(row[i] for row in rows)) for word in breaks.split(text)), default=1)
        for i, head in enumerate(heads)
    ]
    return [_LETTER * size / _SIZE * word + _MARGIN for word in words]


def _laid(heads: list[str], rows: list[list[str]], wide: float = _WIDTH) -> tuple[float, list[float]]:
    """The largest size of letters, in points, at which no word has to be broken, and centimetres for each column."""
    sizes = [_SIZE - step / 2 for step in range(int(2 * (_SIZE - _SMALLEST)) + 1)]
    room = _ROOM if any(len(text) > _LONG for row in rows for text in row) else 0.0
    tried = [(size, _least(heads, rows, size, breaks)) for breaks in (_BLANK, _HYPHEN) for size in sizes]
    size, least = next((one for one in tried if sum(one[1]) + room <= wide), tried[-1])
    return size, _widths(heads, rows, size, least, wide)


def _widths(heads: list[str], rows: list[list[str]], size: float, least: list[float], wide: float) -> list[float]:
    """Centimetres for each column: its longest word, and the rest of the page to where the text is long."""
    left = wide - sum(least)
    if left <= 0:
        return [wide * width / sum(least) for width in least]
    longest = [max(map(len, (head, *(row[i] for row in rows)))) for i, head in enumerate(heads)]
    short = [
        max(_LETTER * size / _SIZE * long + _MARGIN - width, 0.01) for long, width in zip(longest, least, strict=True)
    ]
    if sum(short) <= left:  # everything fits on a line: the rest is spread evenly
        return [width + lack + (left - sum(short)) / len(least) for width, lack in zip(least, short, strict=True)]
    return [width + left * lack / sum(short) for width, lack in zip(least, short, strict=True)]


def _rule(table: Any) -> None:  # noqa: ANN401
    """Draw lines between rows and none between columns."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "B8C2CC")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)  # noqa: SLF001


def _mark(properties: Any, name: str) -> None:  # noqa: ANN401
    """Set a property of a row: repeated at the top of each page, or never broken over two pages."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement(f"w:{name}")
    mark.set(qn("w:val"), "true")
    properties.append(mark)
