"""Which files of a folder can be transcripts, and what is left out of it."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from codering.errors import Problem, cause
from codering.exporters.replacing import is_export
from codering.readers.sidecar import is_sidecar, sidecar_path

_OURS: Final = (".codering", ".codering-wal", ".codering-shm", ".codering-journal", ".bak", ".part", ".unfinished")
_BESIDE: Final = (".yaml", ".yml")
_NO_SPEECH: Final = ("thumbs.db", "desktop.ini")
_ABOUT: Final = re.compile(r"(?:readme|leesmij|licen[cs]e|licentie)(?![^\W\d_])")
"""What people put beside transcripts to say what they are."""
_FIELD: Final = {
    ".jsonl": re.compile(rb'"(?:stance|code|read)"\s*:'),
    ".csv": re.compile(rb'(?:^|[;,\t"])(?:stance|code|read)(?:[;,\t"\r\n]|$)'),
}
"""Fields of codings, that no transcript has: as fields, for people say "for instance"."""
_CREATOR: Final = (b"<dc:creator>codering<", b"<dc:creator>codering ")


def transcript_files(
    paths: Iterable[str | Path], left_out: Callable[[Problem], object] = lambda _: None
) -> Iterator[tuple[Path, bool]]:
    """The files that could be transcripts, folders searched to any depth, in a stable order.

    Parameters
    ----------
    paths
        Files and folders.
    left_out
        Told of each folder that was not looked into, and why: it may not be read, or is a link to another one, which
        may lead anywhere. Told last of each sidecar whose transcript is not among the files: nothing of it is used.

    Left out of folders are: sidecars and other YAML, hidden files, what an office program leaves behind while a file
    is open, and what codering itself writes there (projects, copies of them, workbooks, reports, codings). A file that
    is named is never left out, but for a sidecar: ``group*`` on a command line names it together with its transcript.

    Yields
    ------
    path, named
        A file, each once; whether it was named itself.
    """
    seen: set[str] = set()
    beside: list[Path] = []
    named_paths = [Path(path) for path in paths]
    transcripts = {_bare(path) for path in named_paths if path.suffix.lower() not in _BESIDE}
    for path in named_paths:
        if path.suffix.lower() in _BESIDE and _bare(path) in transcripts:
            continue
        if is_sidecar(path):
            beside.append(path)
            continue
        # Not Path.is_dir and Path.resolve: a name that is too long, or a link to itself, must not stop the others.
        inside = _inside(path, left_out, beside) if os.path.isdir(path) else ((path, True),)  # noqa: PTH112
        for file, named in inside:
            if (real := os.path.realpath(file)) not in seen:
                seen.add(real)
                yield file, named
    _tell_lonely(beside, seen, left_out)


def _bare(path: Path) -> Path:
    """A path without suffix; one of a folder, such as ``.``, may have no name at all."""
    return path.with_suffix("") if path.name else path


def _tell_lonely(beside: Iterable[Path], files: Iterable[str], left_out: Callable[[Problem], object]) -> None:
    """Name what says more about a transcript that is not read: it would be left out without a word."""
    transcripts = [Path(file) for file in files]
    stems = {_bare(path) for path in transcripts}
    alone = [path for path in beside if _bare(Path(os.path.realpath(path))) not in stems and is_sidecar(path)]
    if not alone:
        return  # as nearly always: the disk need not be asked for the sidecar of every transcript
    # By what they are, not by name: some disks hold capitals and small letters for the same.
    used = {_identity(found) for path in transcripts if (found := sidecar_path(path))}
    for path in alone:
        if _identity(path) not in used:
            message = (
                "This file says more about a transcript named {stem}, which is not read here. Put the two in one "
                "folder, under one name; nothing of it is used now."
            )
            left_out(Problem(path.name, "", message, stem=path.stem))


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _inside(folder: Path, left_out: Callable[[Problem], object], beside: list[Path]) -> Iterator[tuple[Path, bool]]:
    def closed(error: OSError) -> None:
        message = "This folder cannot be looked into ({reason}); what is in it was not read."
        left_out(Problem(Path(str(error.filename)).name, "", message, reason=cause(error)))

    for here, folders, files in os.walk(folder, onerror=closed):
        folders[:] = sorted(one for one in folders if not _hidden(one))
        for name in folders:
            if _is_link(Path(here, name)):
                message = (
                    "This is a link to another folder, so what is in it was not read. Add that folder by its own name."
                )
                left_out(Problem(name, "", message))
        for name in sorted(files):
            path = Path(here, name)
            if name.lower().endswith(_BESIDE) and not _hidden(name):
                beside.append(path)
            if not (_hidden(name) or name.lower().endswith((*_OURS, *_BESIDE)) or _is_our_work(path)):
                yield path, False


def _is_link(folder: Path) -> bool:
    """Whether it is a folder that os.walk does not follow; junctions of Windows are known to Python from 3.12 on."""
    return folder.is_symlink() or getattr(folder, "is_junction", bool)()


def _hidden(name: str) -> bool:
    plain = name.lower()
    return name.startswith((".", "~$", "__MACOSX")) or plain in _NO_SPEECH or _ABOUT.match(plain) is not None


def _is_our_work(path: Path) -> bool:
    """Whether codering wrote the file: one that says so, or a file with codings instead of speech."""
    suffix = path.suffix.lower()
    try:
        if suffix in (".html", ".htm", ".qdpx", ".qdc"):
            return path.is_file() and is_export(path)
        if suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(path) as archive, archive.open("docProps/core.xml") as file:
                start = file.read(10_000)
            return any(creator in start for creator in _CREATOR)
        if suffix in (".jsonl", ".csv"):
            with path.open("rb") as file:
                first = file.readline(10_000)
            return _FIELD[suffix].search(first) is not None and b"turn" in first
    except (OSError, zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, NotImplementedError, ValueError):
        return False  # then a reader says what is wrong with it
    return False
