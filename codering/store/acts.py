"""What people did, in a store: decisions, memos and chosen quotations. All of it is only ever added to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import accumulate, islice
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from codering.codings import Decision, Memo, Stance, Suggestion, Verdict
from codering.store.database import Database
from codering.store.moments import not_before
from codering.store.proposals import keep_suggestions
from codering.store.records import Choice
from codering.store.schema import decisions, memos, quotations
from codering.transcripts import Segment

Decide = Callable[[tuple[Decision, ...]], tuple[Decision, ...]]
"""Given all decisions so far, the decisions to add."""


class Decisions:
    """All decisions, in the order in which they were made.

    Notes
    -----
    What was read once is never read again: a decision does not change, so only later ones are fetched.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._known: tuple[int, tuple[Decision, ...]] = (0, ())

    def all(self) -> tuple[Decision, ...]:
        """Every decision of everyone; the same tuple as long as nobody decided anything."""
        with self._database.reading() as connection:
            return self._read(connection)

    def append(self, decide: Decide, shown: Iterable[Suggestion] = ()) -> tuple[Decision, ...]:
        """Add what follows from the decisions so far, while nobody else can add any.

        Parameters
        ----------
        decide
            Called once, with every decision so far; what it raises leaves the project as it was.
        shown
            Suggestions that are answered: kept, whatever a run did to them in the meantime.

        Returns
        -------
        tuple of Decision
            What was added. When this returns, it is on the disk.
        """
        with self._database.writing("decisions") as connection:
            new = decide(self._read(connection))
            times = accumulate((one.time for one in new), max, initial=not_before(connection, ""))
            new = tuple(replace(one, time=time) for one, time in zip(new, islice(times, 1, None), strict=True))
            keep_suggestions(connection, shown)
            if new:
                connection.execute(insert(decisions), [_decision_row(decision) for decision in new])
        return new

    def _read(self, connection: Connection) -> tuple[Decision, ...]:
        with self._lock:
            last, known = self._known
            newest = connection.execute(select(func.coalesce(func.max(decisions.c.seq), 0))).scalar_one()
            same = select(decisions.c.id).where(decisions.c.seq == last)
            if last and connection.execute(same).scalar() != known[-1].id:  # another copy was put in the file's place
                last, known = 0, ()
            if newest > last:
                query = select(decisions).where(decisions.c.seq > last).order_by(decisions.c.seq)
                known = (*known, *(_decision(row) for row in connection.execute(query)))
            self._known = (newest, known)
            return known


class Notes:
    """Memos, and the codings that were chosen as quotations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_memo(self, memo: Memo) -> None:
        """Add a memo, or a later text of one."""
        row = {"id": memo.id, "coder": memo.coder, "time": memo.time, "text": memo.text, "about": memo.about}
        with self._database.writing("memos") as connection:
            connection.execute(insert(memos).values(row))

    def memos(self) -> tuple[Memo, ...]:
        """Every text that every memo had, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(memos).order_by(memos.c.seq)).all()
        return tuple(Memo(row.id, row.coder, row.time, row.text, row.about) for row in rows)

    def choose(self, choice: Choice) -> None:
        """Mark a coding as a quotation for the report, or take the mark off."""
        row = {"coding": choice.coding, "coder": choice.coder, "time": choice.time, "chosen": choice.chosen}
        with self._database.writing("quotations") as connection:
            connection.execute(insert(quotations).values(row))

    def choices(self) -> tuple[Choice, ...]:
        """Every mark, oldest first; the last of a coding holds."""
        with self._database.reading() as connection:
            rows = connection.execute(select(quotations).order_by(quotations.c.seq)).all()
        return tuple(Choice(row.coding, row.coder, row.time, row.chosen) for row in rows)


def _decision_row(decision: Decision) -> dict[str, Any]:
    place = decision.segment
    return {
        "id": decision.id,
        "coder": decision.coder,
        "time": decision.time,
        "verdict": decision.verdict.value,
        "transcript": place and place.transcript,
        "turn": place and place.turn,
        "start": place and place.start,
        "stop": place and place.end,
        "code": decision.code,
        "stance": decision.stance and decision.stance.value,
        "suggestion": decision.suggestion,
        "target": decision.target,
        "reason": decision.reason,
        "shown": decision.shown,
        "drawn": decision.drawn,
        "batch": decision.batch,
    }


def _decision(row: Row[*tuple[Any, ...]]) -> Decision:
    # By position: a project can hold tens of thousands.
    _, id_, coder, time, verdict, transcript, turn, start, stop, code, stance, *rest = tuple(row)
    return Decision(
        id_,
        coder,
        time,
        Verdict(verdict),
        None if transcript is None else Segment(transcript, turn, start, stop),
        code,
        None if stance is None else Stance(stance),
        *rest,
    )
