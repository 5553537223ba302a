"""The report as a Word document, in the styles of codering or of a template of one's own."""

from __future__ import annotations

import io
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codering.errors import ExportError, cause
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
from codering.exporters.report_tables import unbroken
from codering.exporters.results import Results
from codering.exporters.sheets import safe
from codering.exporters.word_columns import MARGIN, WIDTH, laid_out
from codering.tables import NUMBERS
from codering.texts import Texts
from codering.writing import written

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_INK: Final = "1F4E79"
_CM: Final = 360_000
"""In which Word measures: a centimetre."""
_CLOSE, _BETWEEN = 0.12, 0.4
"""Centimetres between a table and its notes, and above the name of the next table."""
_TWENTIETHS: Final = 567
"""Twentieths of a point in a centimetre."""


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
        template.open("rb").close()
    except OSError as error:
        raise ExportError(
            "{file} cannot be used as a template: {reason}.", file=template.name, reason=cause(error)
        ) from error
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
        self._width: Final = min(WIDTH, ((section.page_width or 0) - margins) / _CM) or WIDTH
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
                self._note(text)
            case Passage(words, where):
                quoted = self._text(f"“{words}”", "Quote").paragraph_format
                quoted.keep_with_next, quoted.space_after = True, self._cm(0)
                said = self._note(where).paragraph_format
                said.space_after = self._cm(2 * _CLOSE)
                said.left_indent = quoted.left_indent or self._word.styles["Quote"].paragraph_format.left_indent
            case Grid():
                self._grid(block)
            case Picture():
                self._picture(block)

    def _note(self, text: str) -> Any:  # noqa: ANN401
        """What belongs to what stands above it; in many templates a caption is bold, which would outweigh the text."""
        made = self._text(unbroken(text), "Caption")
        made.runs[0].bold = False
        made.paragraph_format.space_before, made.paragraph_format.space_after = self._cm(0), self._cm(_CLOSE)
        return made

    def _text(self, text: str, style: str) -> Any:  # noqa: ANN401
        return self._word.add_paragraph(safe(text), style=self._style(style))

    def _style(self, name: str) -> str | None:
        """The style of this name, or the usual one where a template lacks it."""
        return name if any(style.name == name for style in self._word.styles) else None

    def _grid(self, grid: Grid) -> None:
        columns = shown_columns(grid)
        if grid.caption:
            caption = self._text(self._texts(grid.caption), "Caption")
            caption.paragraph_format.keep_with_next = caption.runs[0].bold = True
            caption.paragraph_format.space_before = self._cm(_BETWEEN)
        table = self._word.add_table(rows=1, cols=len(columns))
        table.autofit = False
        _rule(table)
        heads = [unbroken(self._texts(grid.table.columns[i].label)) for i in columns]
        cells = [[written(row[i], grid.table.columns[i], self._texts) for i in columns] for row in grid.table.rows]
        size, spread, margin = laid_out(heads, cells, self._width)
        if margin < MARGIN:
            _tighten(table, round(margin / 2 * _TWENTIETHS))
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
        for place, note in enumerate(grid.table.notes):
            made = self._note(note.translated(self._texts.translate))
            made.paragraph_format.space_before = self._cm(_CLOSE if place == 0 else 0)
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
            run = paragraph.add_run(safe(text) or "\u00a0")  # an empty cell would be as high as a line of the text
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
            self._note(picture.caption)

    @staticmethod
    def _cm(size: float) -> Any:  # noqa: ANN401
        from docx.shared import Cm

        return Cm(size)


def _keep(row: Any, kept: bool) -> None:  # noqa: ANN401
    """Keep a row on the page of the next one; of the last row, of the first note."""
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = kept


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


def _tighten(table: Any, margin: int) -> None:  # noqa: ANN401
    """Leave so many twentieths of a point at the left and the right of every cell."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        space = OxmlElement(f"w:{side}")
        space.set(qn("w:w"), str(margin))
        space.set(qn("w:type"), "dxa")
        margins.append(space)
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001
    look.addprevious(margins) if look is not None else table._tbl.tblPr.append(margins)  # noqa: SLF001


def _mark(properties: Any, name: str) -> None:  # noqa: ANN401
    """Set a property of a row: repeated at the top of each page, or never broken over two pages."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement(f"w:{name}")
    mark.set(qn("w:val"), "true")
    properties.append(mark)
