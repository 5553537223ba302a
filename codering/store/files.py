"""A project's file on the disk: claimed when made, looked at before it is opened, copied before it is migrated."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from codering.errors import StoreError

_MAKING_SECONDS: Final = 5.0
"""A file that is younger may be a project that another program is making."""


def claim(path: Path) -> None:
    """Make the file of a new project, empty, so that nobody else makes it meanwhile."""
    if not path.parent.is_dir():
        raise StoreError("{project}: the folder for the project does not exist. Make it first.", project=path.name)
    try:
        path.open("xb").close()
    except FileExistsError:
        if is_young(path):
            raise StoreError(
                "{project}: another window or program has just made a project of that name, so it is there already. "
                "Open it, or do this again.",
                project=path.name,
            ) from None
        raise StoreError(
            "{project}: there is a file of that name already. Open it, or choose another name.", project=path.name
        ) from None
    except OSError:
        raise StoreError(
            "{project}: the project cannot be made here. Choose a folder in which you may write.", project=path.name
        ) from None


def is_young(path: Path) -> bool:
    """Whether the file was written so lately that another program may be making it now."""
    with suppress(OSError):
        return 0 <= time.time() - path.stat().st_mtime < _MAKING_SECONDS
    return False


def unfinished(path: Path) -> StoreError:
    """What to say of a project that is not whole yet."""
    return StoreError(
        "{project}: another window or program is making this project now. Wait a moment, and open it then.",
        project=path.name,
    )


def look(path: Path) -> None:
    """Refuse what cannot be a project, in words that fit, before SQLite has a look."""
    try:
        if path.is_dir():
            raise StoreError("{project}: this is a folder, not a project file.", project=path.name)
        with path.open("rb") as file:
            start = file.read(16)
    except FileNotFoundError:
        raise StoreError(
            "{project}: there is no such project file. Check the name and the folder.", project=path.name
        ) from None
    except OSError:
        raise StoreError("{project}: the file may not be read. Ask for the right to.", project=path.name) from None
    if not start and is_young(path):
        raise unfinished(path)
    if not start:
        raise StoreError(
            "{project}: the file is empty, so there is no project in it. Remove it and make the project again.",
            project=path.name,
        )
    if start != b"SQLite format 3\x00":
        raise StoreError(
            "{project}: this is not a project of codering. Choose a file that codering made (its name ends in "
            ".codering).",
            project=path.name,
        )
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise StoreError(
            "{project}: the project may not be written. Copy it to a folder of your own, or ask for the right to "
            "write.",
            project=path.name,
        )


def copy(path: Path, schema: int, shown: str) -> None:
    """Copy a project beside itself through SQLite, so that what still stands in the journal comes along."""
    copy = path.with_name(f"{path.name}.v{schema:03}.bak")
    number = 2
    while copy.exists():
        copy = path.with_name(f"{path.name}.v{schema:03}-{number}.bak")
        number += 1
    half = copy.with_name(copy.name + ".part")
    try:
        half.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(half)) as target:
            source.backup(target)
        half.replace(copy)
    except (sqlite3.Error, OSError):
        raise StoreError(
            "{project}: this project is of an earlier codering and is copied before it is brought up to date, but the "
            "copy cannot be written. Make room, or move the project to a folder in which you may write; nothing was "
            "changed.",
            project=shown,
        ) from None
