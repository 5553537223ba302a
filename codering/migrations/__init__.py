"""From any earlier schema to the newest: one Alembic revision for each change, in ``versions/``.

A new revision is a copy of the last one with the next number; it only adds or fills, so that a decision once made is
never at risk, and :data:`codering.store.schema.HEAD` moves along. Revisions do not import the present description of
the tables: they must do the same thing in ten years.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FOLDER: Final = Path(__file__).parent
# Alembic keeps its context in module globals: two projects that migrate at once in one process would mix.
_ONE_AT_A_TIME: Final = Lock()


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the schema to a revision, within the transaction that `connection` is in.

    Parameters
    ----------
    connection
        In a transaction that holds the right to write; nothing is committed here.
    revision
        ``head`` or a number; a schema that is already there or beyond is left as it is.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    with _ONE_AT_A_TIME:
        command.upgrade(config, revision)


def newest() -> str:
    """The number of the newest revision in ``versions/``."""
    from alembic.script import ScriptDirectory

    head = ScriptDirectory(str(_FOLDER)).get_current_head()
    assert head is not None
    return head
