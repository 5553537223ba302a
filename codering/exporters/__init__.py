"""Exporters: results to files that other people can open.

An exporter knows the nouns and tables, not the project: :class:`codering.exporters.results.Results` is everything that
it may show.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from codering.errors import ExportError
from codering.exporters.replacing import refuse_folder, replaced, stands
from codering.exporters.results import Results
from codering.texts import Texts

FORMATS: Final = {
    "excel": (".xlsx", "codering.exporters.excel"),
    "word": (".docx", "codering.exporters.word"),
    "html": (".html", "codering.exporters.page"),
    "refi": (".qdpx", "codering.exporters.refi"),
    "qdc": (".qdc", "codering.exporters.refi"),
    "csv": (".csv", "codering.exporters.flat"),
    "jsonl": (".jsonl", "codering.exporters.flat"),
}
"""By format: the usual suffix, and the module whose ``write_FORMAT`` writes it."""


def formats() -> Iterator[str]:
    """The names of the formats that can be written."""
    return iter(FORMATS)


def write(
    results: Results,
    path: Path,
    *,
    format: str,  # noqa: A002
    texts: Texts,
    template: Path | None = None,
    overwrite: bool = False,
) -> Path:
    """Write results to a file, which is replaced only once the new one is complete.

    Parameters
    ----------
    results, path, texts
        What, where to, in which language. A name without a suffix gets that of the format.
    format
        One of :func:`formats`.
    template
        For ``word`` only: a document whose styles, header and footer are taken.
    overwrite
        Also replace a file that is no earlier export.

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    ExportError
        If the format is unknown or the name belongs to another one, a quotation is not verbatim, what stands there is
        no earlier export or the file cannot be written.
    """
    from importlib import import_module

    if format not in FORMATS:
        raise ExportError(
            "{format} is not a format that can be exported; choose from {formats}.",
            format=format,
            formats=", ".join(FORMATS),
        )
    path = named(path, format)
    writer = getattr(import_module(FORMATS[format][1]), f"write_{format}")
    if template is not None:
        if format != "word":
            raise ExportError("A template is for Word only; {format} has none.", format=format)
        writer = partial(writer, template=template)
    if stands(path) and path.name in {source.file for source in results.sources.values()}:
        raise ExportError(
            "{file} is the name of a transcript of this project. It was left as it is; choose another name.",
            file=path.name,
        )
    flat = format in ("csv", "jsonl")
    replaced(path, lambda unfinished: writer(results, unfinished, texts), overwrite=overwrite, by_columns=flat)
    return path


def named(path: Path, format: str) -> Path:  # noqa: A002
    """A path with the suffix of a format, if it had none.

    Raises
    ------
    ExportError
        If it is a folder, or its suffix says that it is something else: a program that opens the file would be misled.
    """
    suffix, _ = FORMATS[format]
    refuse_folder(path, suffix)
    found = path.suffix.lower()
    if found in (suffix, ".htm" if suffix == ".html" else suffix):
        return path
    if not found[1:2].isalpha():  # of `ronde 1.2` the end is no suffix
        return path.with_name(path.name + suffix)
    raise ExportError(
        "{file}: the name of an export as {format} ends in {suffix}. Call it {better}, or choose another format.",
        file=path.name,
        format=format,
        suffix=suffix,
        better=path.with_suffix(suffix).name,
    )
