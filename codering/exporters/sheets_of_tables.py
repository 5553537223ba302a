"""Tables by themselves in a file: a workbook with a sheet for each, or one CSV file."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from codering.errors import ExportError, Message
from codering.exporters.flat import inert
from codering.exporters.replacing import refuse_folder, replaced
from codering.exporters.sheets import Book
from codering.tables import Cell, Table
from codering.texts import Texts


def write_tables(tables: Sequence[Table], path: Path, texts: Texts, *, overwrite: bool = False) -> None:
    """Write tables to a file, which is replaced only once the new one is complete.

    Parameters
    ----------
    tables
        One or more; a CSV file holds the first.
    path
        ``.xlsx`` or ``.csv``.
    texts
        The language of headings.
    overwrite
        Also replace a file that is no earlier export.

    Raises
    ------
    ExportError
        If it is a folder, the suffix is another one, what stands there is no earlier export, or the file cannot be
        written.
    """
    refuse_folder(path, ".xlsx")
    writers = {".xlsx": _write_workbook, ".csv": _write_csv}
    if path.suffix.lower() not in writers:
        raise ExportError("{file}: expected a name that ends in .xlsx or .csv.", file=path.name)
    writer = writers[path.suffix.lower()]
    replaced(path, lambda unfinished: writer(tables, unfinished, texts), overwrite=overwrite)


def _write_workbook(tables: Sequence[Table], path: Path, texts: Texts) -> None:
    from codering.exporters.excel import EXPORT_MARK

    with Book(path, texts, author="codering", keywords=EXPORT_MARK) as workbook:
        for table in tables:
            workbook.add(table)


def _write_csv(tables: Sequence[Table], path: Path, texts: Texts) -> None:
    """Semicolons and a byte-order mark, as :mod:`codering.exporters.flat` writes."""
    table = tables[0]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [column.key for column in table.columns], delimiter=";", lineterminator="\r\n")
        writer.writeheader()
        for record in table.records():
            writer.writerow({key: inert(_written(value, texts)) for key, value in record.items()})


def _written(value: Cell, texts: Texts) -> Cell:
    return value.translated(texts.translate) if isinstance(value, Message) else value
