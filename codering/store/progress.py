"""How far coders are, in a store: their queues, the transcripts they are done with, their drafts of a codebook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Row, delete, insert, select

from codering.store.database import Database
from codering.store.records import CodebookDraft, Entry, KeptQueue, Mark
from codering.store.schema import drafts, marks, queues


class Queues:
    """The order in which each coder is shown things, by what was asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, coder: str, key: str) -> KeptQueue | None:
        """The queue as it was last kept; None if there is none."""
        query = select(queues.c.seen, queues.c["items"]).where(queues.c.coder == coder, queues.c.key == key)
        with self._database.reading() as connection:
            return _queue(connection.execute(query).first())

    def renew(self, coder: str, key: str, change: Callable[[KeptQueue | None], KeptQueue]) -> KeptQueue:
        """Replace a queue by what follows from it, while nobody else can."""
        mine = (queues.c.coder == coder) & (queues.c.key == key)
        with self._database.writing() as connection:
            before = _queue(connection.execute(select(queues.c.seen, queues.c["items"]).where(mine)).first())
            after = change(before)
            if after != before:
                connection.execute(delete(queues).where(mine))
                row = {"coder": coder, "key": key, "seen": after.seen, "items": [list(one) for one in after.entries]}
                connection.execute(insert(queues).values(row))
        return after


class Marks:
    """Which coder is done with which transcript."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, decide: Callable[[tuple[Mark, ...]], Sequence[Mark]]) -> None:
        """Add what follows from the marks so far, while nobody else can add any."""
        with self._database.writing("marks") as connection:
            so_far = tuple(_mark(row) for row in connection.execute(select(marks).order_by(marks.c.seq)))
            for mark in decide(so_far):
                row = {"coder": mark.coder, "transcript": mark.transcript, "time": mark.time, "done": mark.done}
                connection.execute(insert(marks).values(row))

    def all(self) -> tuple[Mark, ...]:
        """Every mark, oldest first; the last of a coder and transcript holds."""
        with self._database.reading() as connection:
            return tuple(_mark(row) for row in connection.execute(select(marks).order_by(marks.c.seq)))


class Drafts:
    """The codebook that each coder is changing. What is written here makes nothing stale: nothing of it is in force."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, draft: CodebookDraft) -> None:
        """Put a draft in the place of the coder's last one."""
        row = {"coder": draft.coder, "base": draft.base, "text": draft.text, "time": draft.time}
        with self._database.writing() as connection:
            connection.execute(delete(drafts).where(drafts.c.coder == draft.coder))
            connection.execute(insert(drafts).values(row))

    def drop(self, coder: str) -> None:
        """Forget a coder's draft, if there is one."""
        with self._database.writing() as connection:
            connection.execute(delete(drafts).where(drafts.c.coder == coder))

    def get(self, coder: str) -> CodebookDraft | None:
        """A coder's draft; None if there is none."""
        with self._database.reading() as connection:
            row = connection.execute(select(drafts).where(drafts.c.coder == coder)).first()
        return CodebookDraft(row.coder, row.base, row.text, row.time) if row else None

    def begun(self) -> dict[str, str]:
        """When each coder with a draft last changed it, by coder."""
        query = select(drafts.c.coder, drafts.c.time).order_by(drafts.c.coder)
        with self._database.reading() as connection:
            return {row.coder: row.time for row in connection.execute(query)}


def _queue(row: Row[*tuple[Any, ...]] | None) -> KeptQueue | None:
    if row is None:
        return None
    entries: list[Entry] = [(name, turn, suggestion, drawn) for name, turn, suggestion, drawn in row[1]]
    return KeptQueue(row[0], tuple(entries))


def _mark(row: Row[*tuple[Any, ...]]) -> Mark:
    return Mark(row.coder, row.transcript, row.time, row.done)
