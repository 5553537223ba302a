"""The texts of the codebook in a store."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import insert, select

from codering.errors import StoreError
from codering.store.database import Database
from codering.store.moments import not_before
from codering.store.records import CodebookVersion
from codering.store.schema import codebooks, seals


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
            values = {
                "version": codebook.version,
                "text": codebook.text,
                "time": not_before(connection, codebook.time),
                "coder": codebook.coder,
            }
            added = connection.execute(insert(codebooks).values(values).returning(codebooks.c.seq)).scalar_one()
            connection.execute(insert(seals).values(seq=added, text_hash=_hash(codebook.text)))
            return True

    def all(self) -> tuple[CodebookVersion, ...]:
        """All texts, the one in force last.

        A text that is not the one that was put in force any more is taken from where else it stands unharmed; if that
        is nowhere, the version is not :attr:`~CodebookVersion.whole`.
        """
        query = select(codebooks, seals.c.text_hash).outerjoin(seals, seals.c.seq == codebooks.c.seq)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(codebooks.c.seq)).all()
        texts = {_hash(row.text): row.text for row in rows}
        return tuple(
            CodebookVersion(
                row.version, texts.get(row.text_hash, row.text), row.time, row.coder, whole=row.text_hash in texts
            )
            for row in rows
        )


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
