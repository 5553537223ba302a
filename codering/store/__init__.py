"""Where a project is kept: an SQLite file, or a PostgreSQL database for a team.

The store knows the nouns and nothing of what they are for. It is the only part that imports SQLAlchemy (with
:mod:`codering.migrations`). Codings are not stored: they follow from the decisions.

=================== ==============================================================================
`transcripts`       texts, written once, and what is known about speakers and groups
`codebooks`         every text of the codebook, append-only
`suggestions`       what suggesters proposed, and the runs that made it
`decisions`         what people decided, append-only
`notes`             memos and chosen quotations, append-only
`queues`            the order in which each coder is shown things
`marks`             which coder is done with which transcript
`drafts`            the codebook that each coder is changing, not in force
`vectors`           a cache of sentence vectors
`settings`          what the team chose
=================== ==============================================================================
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Self

from sqlalchemy import delete, insert, select

from codering.store.acts import Decisions, Notes
from codering.store.codebooks import Codebooks
from codering.store.database import Database
from codering.store.progress import Drafts, Marks, Queues
from codering.store.proposals import Changed, Suggestions, Vectors
from codering.store.records import Choice, CodebookDraft, CodebookVersion, Entry, Held, KeptQueue, Mark, Origin, Run
from codering.store.schema import settings
from codering.store.words import Transcripts

__all__ = [
    "Changed",
    "Choice",
    "CodebookDraft",
    "CodebookVersion",
    "Entry",
    "Held",
    "KeptQueue",
    "Mark",
    "Origin",
    "Run",
    "Setting",
    "Store",
]

Setting = str | int | float | bool | None | list[str]
"""What a setting can be."""


class Store:
    """A project's store; make one with :meth:`create` or :meth:`open`.

    Every method is one transaction. What a method that writes has returned from is on the disk. Safe to use from
    several threads; several programs may have the same project open.
    """

    def __init__(self, database: Database) -> None:
        self._database: Final = database
        self.transcripts: Final = Transcripts(database)
        self.codebooks: Final = Codebooks(database)
        self.suggestions: Final = Suggestions(database)
        self.decisions: Final = Decisions(database)
        self.notes: Final = Notes(database)
        self.queues: Final = Queues(database)
        self.marks: Final = Marks(database)
        self.drafts: Final = Drafts(database)
        self.vectors: Final = Vectors(database)
        self.settings: Final = Settings(database)

    @classmethod
    def create(cls, location: str | Path, values: dict[str, str]) -> Self:
        """Make a project that holds nothing yet.

        Parameters
        ----------
        location
            A path where nothing is yet, or ``postgresql://NAME:PASSWORD@SERVER/DATABASE``.
        values
            What the project is, for example ``{"name": "Ronde 1"}``.

        Raises
        ------
        StoreError
            If there is something already, or it cannot be written.
        """
        return cls(Database.create(location, values))

    @staticmethod
    def exists(location: str | Path) -> bool:
        """Whether there is something to open: a file of that name, or a project in the database.

        Raises
        ------
        StoreError
            If the server cannot be reached.
        """
        return Database.exists(location)

    @classmethod
    def open(cls, location: str | Path) -> Self:
        """Open a project; one of an earlier schema is first copied to ``NAME.codering.vNNN.bak``, then migrated.

        Raises
        ------
        StoreError
            If there is no project, it cannot be read or written, it is damaged, or a newer codering made it.
        """
        return cls(Database.open(location))

    def close(self) -> None:
        """Let go of the project; closing twice is harmless."""
        self._database.close()

    @property
    def path(self) -> Path | None:
        """The project's file; None for a database server."""
        return self._database.path

    @property
    def shown(self) -> str:
        """What messages call the project: its file's name, or its address without the password."""
        return self._database.shown

    def meta(self) -> dict[str, str]:
        """What the project is: its name, its id, when it was made, which codering wrote its schema."""
        return self._database.meta()

    def revisions(self) -> dict[str, int]:
        """How often each part was written, by anyone: cheap to ask, to see whether what is shown is stale."""
        return self._database.revisions()

    def moment(self) -> AbstractContextManager[None]:
        """Within it, this thread asks for :meth:`revisions` once, and again after it wrote."""
        return self._database.moment()


class Settings:
    """What the team chose for this project."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, Setting]:
        """Every setting that was ever set."""
        with self._database.reading() as connection:
            return {row.key: row.value for row in connection.execute(select(settings))}

    def set(self, key: str, value: Setting) -> None:
        """Set one."""
        with self._database.writing("settings") as connection:
            connection.execute(delete(settings).where(settings.c.key == key))
            connection.execute(insert(settings).values(key=key, value=value))
