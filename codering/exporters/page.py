"""The report as one HTML page that holds everything: no script, nothing is fetched."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from codering.exporters.document import TOGETHER, Block, Grid, shown_columns
from codering.exporters.report import report
from codering.exporters.report_tables import unbroken
from codering.exporters.results import Results
from codering.tables import NUMBERS
from codering.texts import Texts
from codering.writing import written

if TYPE_CHECKING:
    from jinja2 import Template


def write_html(results: Results, path: Path, texts: Texts) -> None:
    """Write the report.

    Raises
    ------
    ExportError
        If a quotation is not verbatim.
    """
    document = report(results, texts)
    page = _template().render(
        document=document,
        kind=lambda block: type(block).__name__,
        columns=lambda grid: [
            (unbroken(texts(grid.table.columns[i].label)), _side(grid, i)) for i in shown_columns(grid)
        ],
        rows=lambda grid: _rows(grid, texts),
        notes=lambda grid: [unbroken(note.translated(texts.translate)) for note in grid.table.notes],
        unbroken=unbroken,
        together=TOGETHER,
        drawing=_drawing,
        caption=lambda grid: texts(grid.caption) if grid.caption else "",
    )
    path.write_text(page, encoding="utf-8", newline="\n")


def _rows(grid: Grid, texts: Texts) -> list[list[tuple[str, str]]]:
    shown = shown_columns(grid)
    return [[(written(row[i], grid.table.columns[i], texts), _side(grid, i)) for i in shown] for row in grid.table.rows]


def _side(grid: Grid, index: int) -> str:
    return "number" if grid.table.columns[index].kind in NUMBERS else "words"


def _drawing(block: Block) -> str:
    """The address of a chart that stands in the page itself; as a picture, so that no script in it can run."""
    from base64 import b64encode

    svg = getattr(block, "svg", b"")
    return f"data:image/svg+xml;base64,{b64encode(svg).decode()}"


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("report.html")
