"""Opening a project, and reading and writing it one transaction at a time.

A project is an SQLite file, or a PostgreSQL database (or schema) for a team. On SQLite, each transaction has a
connection of its own: when the last one closes, everything is in the one file, so that a project that is open on a
screen can still be copied or mailed. Writers take turns: ``BEGIN IMMEDIATE`` on SQLite, an advisory lock on
PostgreSQL, so that what is read within a writing transaction cannot change before it is written, and the order of
decisions is the order of commits.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib.metadata import version as installed
from pathlib import Path
from threading import local
from typing import Any, Final, Self

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, insert, inspect, make_url, select, text
from sqlalchemy import update as update_
from sqlalchemy.exc import ArgumentError

from codering import migrations
from codering.errors import StoreError
from codering.store.failures import said_plainly
from codering.store.files import claim, copy, is_young, look, unfinished
from codering.store.schema import APPLICATION_ID, HEAD, meta, revisions

BUSY_SECONDS: float = 15.0
"""How long a transaction waits for its turn."""

_WRITES: Final = "codering_writes"
_POSTGRES: Final = ("postgresql:", "postgres:", "postgresql+psycopg:")


class _Moment(local):
    """How deep in moments a thread is, and the revisions that it asked for."""

    depth = 0
    known: dict[str, int] | None = None


class Database:
    """A project's database, of the newest schema.

    Attributes
    ----------
    path
        The SQLite file; None for PostgreSQL.
    shown
        What messages call it: the file's name, or the URL without its password.

    Notes
    -----
    Safe to use from several threads, and by several processes at once.
    """

    def __init__(self, location: str | Path) -> None:
        self.path, url = _located(location)
        self.shown: Final = self.path.name if self.path else url.render_as_string(hide_password=True)
        self._moment: Final = _Moment()
        with said_plainly(self.shown):
            self._engine = _sqlite(self.path, self.shown) if self.path else _postgres(url)

    @classmethod
    def create(cls, location: str | Path, values: dict[str, str]) -> Self:
        """Make a new project.

        Parameters
        ----------
        location
            A path where nothing is yet, or the URL of a PostgreSQL database without a project in it.
        values
            What ``meta`` holds.

        Raises
        ------
        StoreError
            If there is something already, or it cannot be written.
        """
        database = cls(location)
        if database.path:
            claim(database.path)
        try:
            if database.path:
                database._use_wal()
            with database._transaction(writes=True) as connection:
                if inspect(connection).has_table("alembic_version"):
                    raise StoreError("{project}: there is a project already. Open it.", project=database.shown)
                migrations.upgrade(connection)
                rows = [{"key": key, "value": value} for key, value in values.items()]
                connection.execute(insert(meta), rows)
                _sign(connection)
        except BaseException:  # an interruption too: nothing half-made may stay behind
            database.close()
            if database.path:
                database.path.unlink(missing_ok=True)
            raise
        return database

    @classmethod
    def exists(cls, location: str | Path) -> bool:
        """Whether there is a file of that name, or a project in the database."""
        database = cls(location)
        if database.path:
            return database.path.exists()
        try:
            with database.reading() as connection:
                return inspect(connection).has_table("alembic_version")
        finally:
            database.close()

    @classmethod
    def open(cls, location: str | Path) -> Self:
        """Open a project; one of an earlier schema is copied beside itself and migrated.

        Raises
        ------
        StoreError
            If there is no project there, it cannot be read or written, or a newer codering made it.
        """
        database = cls(location)
        if database.path:
            look(database.path)
        try:
            found = database._schema()
            if int(found) < int(HEAD):
                database._migrate()
            if database.path:
                database._use_wal()
        except BaseException:  # an interruption too: a connection left open would keep the file locked
            database.close()
            raise
        return database

    def close(self) -> None:
        """Let go of the database; the object must not be used afterwards."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read in one transaction: everything read belongs together."""
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self, *nouns: str) -> Iterator[Connection]:
        """Write in one transaction: all of it or nothing, after waiting for one's turn.

        Parameters
        ----------
        *nouns
            What is written, for :meth:`revisions`.
        """
        with self._transaction(writes=True) as connection:
            yield connection
            counted = update_(revisions).where(revisions.c.noun.in_(nouns))
            connection.execute(counted.values(number=revisions.c.number + 1))
        self._moment.known = None

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Within it, this thread asks for :meth:`revisions` once, and again after it wrote.

        For a page that is put together of many questions: what others write meanwhile, it shows the next time.
        """
        self._moment.depth += 1
        try:
            yield
        finally:
            self._moment.depth -= 1
            if not self._moment.depth:
                self._moment.known = None

    def revisions(self) -> dict[str, int]:
        """How often each noun was written: cheap, and different after every change by anyone."""
        if self._moment.known is not None:
            return self._moment.known
        with self.reading() as connection:
            found = {row.noun: row.number for row in connection.execute(select(revisions))}
        if self._moment.depth:
            self._moment.known = found
        return found

    def meta(self) -> dict[str, str]:
        """What the project is called, and the like."""
        with self.reading() as connection:
            return {row.key: row.value for row in connection.execute(select(meta))}

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        options: dict[str, Any] = {_WRITES: writes}
        if not self.path:
            # A snapshot taken before one's turn has come would be an old one; a reader wants one for all it reads.
            options["isolation_level"] = "READ COMMITTED" if writes else "REPEATABLE READ"
        with said_plainly(self.shown), self._engine.execution_options(**options).begin() as connection:
            if writes and not self.path:
                connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('codering ' || current_schema()))"))
            yield connection

    def _use_wal(self) -> None:
        # Outside a transaction: SQLite cannot change the journal within one. Where it refuses (some network drives),
        # its older journal is as safe, only slower.
        with (
            said_plainly(self.shown),
            closing(self._engine.raw_connection()) as connection,
            suppress(sqlite3.OperationalError),
        ):
            connection.cursor().execute("PRAGMA journal_mode = WAL")

    def _schema(self) -> str:
        with self.reading() as connection:
            if self.path:
                ours = connection.execute(text("PRAGMA application_id")).scalar() == APPLICATION_ID
            else:
                ours = inspect(connection).has_table("alembic_version") and inspect(connection).has_table("meta")
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if ours else None
            if not found or not str(found).isdecimal():
                if self.path and is_young(self.path) and not inspect(connection).get_table_names():
                    raise unfinished(self.path)
                raise StoreError(
                    "{project}: this is a database, but not a project of codering. Make a project first, or choose "
                    "another file or address.",
                    project=self.shown,
                )
            if int(found) > int(HEAD):
                by = connection.execute(select(meta.c.value).where(meta.c.key == "codering")).scalar()
                raise StoreError(
                    "{project}: this project was made with codering {version}, which is newer than the codering that "
                    "you use ({installed}). Install codering {version} or newer; nothing was changed.",
                    project=self.shown,
                    version=by or "?",
                    installed=installed("codering"),
                )
            return str(found)

    def _migrate(self) -> None:
        with self._transaction(writes=True) as connection:
            # Another program may have migrated it while we waited for our turn.
            found = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())
            if int(found) >= int(HEAD):
                return
            if self.path:
                copy(self.path, int(found), self.shown)
            migrations.upgrade(connection)
            _sign(connection)


def _located(location: str | Path) -> tuple[Path | None, URL]:
    if isinstance(location, str) and location.startswith(_POSTGRES):
        try:
            return None, make_url(location).set(drivername="postgresql+psycopg")
        except ArgumentError:
            raise StoreError(
                "This is not the address of a database; expected postgresql://NAME:PASSWORD@SERVER/DATABASE."
            ) from None
    path = Path(location).expanduser().absolute()
    return path, URL.create("sqlite", database=str(path))


def _sqlite(path: Path, shown: str) -> Engine:
    def connect() -> sqlite3.Connection:
        if not path.exists():  # SQLite would make an empty file
            raise StoreError("{project}: the project file is gone. Was it moved or renamed?", project=shown)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(url: URL) -> Engine:
    try:
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except ModuleNotFoundError:
        raise StoreError(
            "A project on a database server needs an extra part of codering. Install it with: "
            'pip install "codering[team]"'
        ) from None


def _sign(connection: Connection) -> None:
    """Leave behind which codering made the schema, for the message of one that is too old."""
    changed = update_(meta).where(meta.c.key == "codering").values(value=installed("codering"))
    if not connection.execute(changed).rowcount:
        connection.execute(insert(meta).values(key="codering", value=installed("codering")))
