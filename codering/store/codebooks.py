"""The texts of the codebook in a store."""

from __future__ import annotations

from sqlalchemy import insert, select

from codering.errors import StoreError
from codering.store.database import Database
from codering.store.moments import not_before
from codering.store.records import CodebookVersion
from codering.store.schema import codebooks


class Codebooks:
    """Every text that the project's codebook had, oldest first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, codebook: CodebookVersion, *, instead_of: str | None = None) -> bool:
        """Put a text in force; False if it is in force already.

        Parameters
        ----------
        codebook
            The text.
        instead_of
            The text that must still be in force; None if whatever is in force may be replaced.

        Raises
        ------
        StoreError
            If another text than `instead_of` is in force.
        """
        with self._database.writing("codebooks") as connection:
            newest = connection.execute(select(codebooks).order_by(codebooks.c.seq.desc()).limit(1)).first()
            if newest and newest.text == codebook.text:
                return False
            if instead_of is not None and (newest is None or newest.text != instead_of):
                raise StoreError(
                    "Somebody put another version in force since you began. Download your draft, or throw it away."
                )
            connection.execute(
                insert(codebooks).values(
                    version=codebook.version,
                    text=codebook.text,
                    time=not_before(connection, codebook.time),
                    coder=codebook.coder,
                )
            )
            return True

    def all(self) -> tuple[CodebookVersion, ...]:
        """All texts, the one in force last."""
        with self._database.reading() as connection:
            rows = connection.execute(select(codebooks).order_by(codebooks.c.seq)).all()
        return tuple(CodebookVersion(row.version, row.text, row.time, row.coder) for row in rows)
