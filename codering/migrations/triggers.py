"""Triggers that make a table append-only, for the revisions to use.

Do not change what these functions write: revisions of years ago call them. Add a new function instead.
"""

from __future__ import annotations

from typing import Final

from alembic import op

_REFUSE: Final = """
CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{table}: append-only'; END $$
"""


def append_only(table: str, key: str = "") -> None:
    """Refuse every update and deletion.

    Parameters
    ----------
    table
        The table.
    key
        On SQLite, ``INSERT OR REPLACE`` deletes without asking the trigger on deletions; with the name of the column
        that identifies a row, that is refused too.
    """
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            _sqlite(f"{table}_no_{what.lower()}", f"BEFORE {what} ON {table}", table)
        same = " OR ".join(f"{column} = NEW.{column}" for column in ("seq", key) if column)
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names from the revisions only
        _sqlite(f"{table}_no_replace", f"BEFORE INSERT ON {table} WHEN {exists}", table)
        return
    op.execute(_REFUSE.format(table=table))
    op.execute(
        f"CREATE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
    )


def never_updated(table: str) -> None:
    """Refuse every update; rows may be deleted."""
    if op.get_bind().dialect.name == "sqlite":
        _sqlite(f"{table}_no_update", f"BEFORE UPDATE ON {table}", table)
        return
    op.execute(_REFUSE.format(table=table))
    op.execute(f"CREATE TRIGGER {table}_refuse BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()")


def _sqlite(name: str, when: str, table: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{table}: append-only'); END")
