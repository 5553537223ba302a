"""Where an export may be written: over nothing, or over an earlier export that nobody touched.

What is recognised as an earlier export: a workbook or Word document that was last saved by codering (another program
puts its user's name there), a page or a file for other programs that names codering as its maker, and a flat file of
passages with the same columns. Other flat files are for filling in, so they are replaced by what is the same only.
Anything else is somebody's own and stays as it is, unless its owner says otherwise.
"""

from __future__ import annotations

import errno
import json
import re
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from codering.errors import ExportError, cause

_SQLITE: Final = b"SQLite format 3\x00"
_MADE_BY: Final = re.compile(rb'(origin="|name="generator" content=")codering')
_SAVED_BY: Final = re.compile(rb"<cp:lastModifiedBy>codering[^<]*</cp:lastModifiedBy>")
_LOOKED_AT: Final = 4096
"""Bytes in which a file says who made it."""
_LEFT_BEHIND: Final = 3600.0
"""Seconds after which nobody is writing an unfinished file any more."""


def replaced(path: Path, write: Callable[[Path], object], *, overwrite: bool = False, by_columns: bool = False) -> None:
    """Write a file elsewhere first, so that what was there is replaced only once the new one is complete.

    Parameters
    ----------
    path
        Where to.
    write
        Writes to the path that it is given.
    overwrite
        Also replace what no exporter wrote; a project is never replaced.
    by_columns
        Whether a flat file with the columns of the new one is an earlier export: one that nobody fills in.

    Raises
    ------
    ExportError
        If the file cannot be written, or what stands there was not written by an exporter.
    """
    unfinished = path.with_name(f"{path.stem[:40]}.{uuid.uuid4().hex[:8]}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_left_behind(path)
        write(unfinished)
        if overwrite or not _same(path, unfinished, by_columns=by_columns):
            check_free(path, overwrite=overwrite)
        unfinished.replace(path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise ExportError(
                "{file} cannot be written: the disk is full. Make room and do this again; what stood there is as it "
                "was.",
                file=path.name,
            ) from error
        raise ExportError(
            "{file} cannot be written ({reason}). Is it open in another program, or is the folder protected?",
            file=path.name,
            reason=cause(error),
        ) from error
    finally:
        with suppress(OSError):  # where no file can be made, none can be removed; why is said above
            unfinished.unlink(missing_ok=True)


def _remove_left_behind(path: Path) -> None:
    """Remove what a program that was killed left of an earlier export of this name: it holds words of transcripts."""
    for half in path.parent.glob(f"{escape(path.stem[:40])}.{'[0-9a-f]' * 8}.unfinished"):
        with suppress(OSError):  # another program may be writing it
            if time.time() - half.lstat().st_mtime > _LEFT_BEHIND:
                half.unlink()


def check_free(path: Path, *, overwrite: bool = False) -> None:
    """Refuse to replace what does not itself say that it is an earlier export.

    Parameters
    ----------
    path
        Where something is to be written.
    overwrite
        Refuse a project only.

    Raises
    ------
    ExportError
        If a project or something of the user's own stands there.
    """
    if not stands(path):
        return
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    if start.startswith(_SQLITE):
        raise ExportError(
            "{file} is a project (or another database). It was left as it is; choose another name.", file=path.name
        )
    if start and not overwrite and not is_export(path):
        raise ExportError(
            "{file} exists and is not an export as codering wrote it: it is your own, or it was changed since. It was "
            "left as it is. Choose another name, or add --overwrite to replace it.",
            file=path.name,
        )


def stands(path: Path) -> bool:
    """Whether there is a file; a name that no file can have has none, and says so when it is written."""
    try:
        return path.is_file()
    except OSError:
        return False


def refuse_folder(path: Path, suffix: str) -> None:
    """Refuse the name of a folder: what is written there would stand beside it, or nowhere.

    Raises
    ------
    ExportError
        If there is a folder of this name, with a name of a file in it that could be meant.
    """
    try:
        folder = path.is_dir()
    except OSError:  # a name that nothing can have; that is said when it is written
        return
    if folder:
        raise ExportError(
            "{file} is a folder. Give the name of the file to write, for example {example}.",
            file=path,
            example=path / f"codering{suffix}",
        )


def is_export(path: Path) -> bool:
    """Whether a file says itself that codering wrote it and nobody saved it since; flat files cannot say so."""
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    return _archive_of_ours(path) if start.startswith(b"PK") else _MADE_BY.search(start) is not None


def _archive_of_ours(path: Path) -> bool:
    """Whether an Office file was last saved by codering, or a REFI-QDA project made by it."""
    try:
        with ZipFile(path) as archive:
            for name, says in (("docProps/core.xml", _SAVED_BY), ("project.qde", _MADE_BY)):
                if name in archive.namelist():
                    with archive.open(name) as file:
                        return says.search(file.read(_LOOKED_AT)) is not None
    except (BadZipFile, NotImplementedError, RuntimeError):  # damaged, of an unknown method, or with a password
        return False
    return False


def _same(path: Path, fresh: Path, *, by_columns: bool) -> bool:
    """Whether a file holds what is to be written, or at least its columns."""
    if not stands(path):
        return False
    if by_columns:
        return _columns(path) == _columns(fresh)
    return path.stat().st_size == fresh.stat().st_size and path.read_bytes() == fresh.read_bytes()


def _columns(path: Path) -> object:
    """The heading of a CSV file, or the keys of the first object of a JSON Lines file."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        first = file.readline(_LOOKED_AT).strip()
    try:
        found = json.loads(first)
    except ValueError:
        return first
    return list(found) if isinstance(found, dict) else first
