"""What a database complains about, said so that a researcher can act on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from codering.errors import Message, StoreError

_SAID: Final = {
    "busy": Message(
        "{project}: another program kept the project busy for too long; nothing was written. Close other windows that "
        "have it open, and wait until a synchronising service (OneDrive, Dropbox) is done; then try again."
    ),
    "other": Message(
        "{project}: this is not a project of codering. Choose a file that codering made (its name ends in .codering)."
    ),
    "damaged": Message(
        "{project}: the project file is damaged, perhaps because it was copied or synchronised while it was being "
        "written. Nothing was changed. Go back to a copy, for example the file that ends in .bak beside it."
    ),
    "protected": Message(
        "{project}: the project may not be written. Copy it to a folder of your own, or ask for the right to write."
    ),
    "closed": Message(
        "{project}: the project cannot be opened. Check that the folder still exists and that you may write in it."
    ),
    "full": Message(
        "{project}: the disk is full or does not answer; what was not yet acknowledged was not written. Make room, "
        "check the drive, and try again."
    ),
    "kept": Message(
        "{project}: what was decided is only ever added to, never changed or removed. Withdraw a decision instead."
    ),
    "conflict": Message(
        "{project}: this does not fit what the project already holds; nothing was written. Reload and try again."
    ),
    "away": Message(
        "{project}: the database server cannot be reached or refused the connection. Check the address, the name, "
        "the password and the network."
    ),
}
"""What is said about each kind of failure; ``{project}`` is filled in where it happens."""

_KINDS: Final = (
    # The name of an SQLite error, or the SQLSTATE of PostgreSQL, begins with this; the first that fits counts.
    ("SQLITE_BUSY", "busy"),
    ("SQLITE_LOCKED", "busy"),
    ("SQLITE_NOTADB", "other"),
    ("SQLITE_CORRUPT", "damaged"),
    ("SQLITE_READONLY", "protected"),
    ("SQLITE_CANTOPEN", "closed"),
    ("SQLITE_FULL", "full"),
    ("SQLITE_IOERR", "full"),
    ("SQLITE_CONSTRAINT_TRIGGER", "kept"),
    ("SQLITE_CONSTRAINT", "conflict"),
    ("P0001", "kept"),
    ("23", "conflict"),
    ("25006", "protected"),
    ("42501", "protected"),
    ("40", "busy"),
    ("55P03", "busy"),
    ("53", "full"),
    ("08", "away"),
    ("28", "away"),
    ("57", "away"),
    ("3D", "away"),
)


@contextmanager
def said_plainly(project: str) -> Iterator[None]:
    """Turn what the database complains about into a :class:`~codering.errors.StoreError`.

    Parameters
    ----------
    project
        How the project is called in messages: its file's name, or its URL without the password.

    Notes
    -----
    The original error is not kept as the cause: what a server says about a row can hold a transcript's words.
    """
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_message(project, error.orig)) from None
    except SQLAlchemyError as error:
        raise StoreError(_unknown(project, type(error).__name__)) from None
    except (UnicodeDecodeError, JSONDecodeError):  # bytes that codering cannot have written
        raise StoreError(Message(_SAID["damaged"].template, project=project)) from None
    except UnicodeEncodeError:
        raise StoreError(
            "{project}: a text holds characters that are not valid Unicode (half of a pair); nothing was written. "
            "Save the file again as UTF-8.",
            project=project,
        ) from None


def _message(project: str, error: object) -> Message:
    name = str(getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None) or "")
    kind = next((kind for start, kind in _KINDS if name.startswith(start)), None)
    if kind is None and not name and isinstance(error, sqlite3.OperationalError):
        kind = "damaged"  # a text that is no UTF-8 is the one complaint without a name
    if kind is None and not name and hasattr(error, "sqlstate") and type(error).__name__ == "OperationalError":
        kind = "away"
    if kind is None:
        return _unknown(project, name or type(error).__name__)
    return Message(_SAID[kind].template, project=project)


def _unknown(project: str, what: str) -> Message:
    return Message(
        "{project}: the database reports {what}; nothing was written. Close codering, open the project again and, if "
        "it stays, report this.",
        project=project,
        what=what,
    )
