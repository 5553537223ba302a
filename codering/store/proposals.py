"""Suggestions in a store, where they came from, and the vectors that models worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, exists, func, insert, not_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from codering.codings import Evidence, Stance, Suggestion
from codering.store.database import Database
from codering.store.records import Run
from codering.store.schema import decisions, runs, suggestions, vectors
from codering.transcripts import Segment

_MANY: Final = 500
"""How many values go into one ``IN``: SQLite takes 999 in its oldest versions."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a run changed.

    Attributes
    ----------
    made
        How many suggestions the run made.
    new
        How many of those were not there, or no longer current.
    gone
        How many of the same kind are no longer current; those that no decision refers to were removed.
    """

    made: int
    new: int
    gone: int


class Suggestions:
    """The suggestions of all kinds, and the runs that made them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def refresh(self, run: Run, made: Sequence[Suggestion]) -> Changed:
        """Make these the current suggestions of the run's kind.

        Parameters
        ----------
        run
            Which suggester made them, and how.
        made
            All that it now suggests. One that was there already gets the new score and evidence; one of the same kind
            that is not among them is no longer current, and is kept only if a decision refers to it.
        """
        rows = [_row(suggestion, run.id) for suggestion in {one.id: one for one in made}.values()]
        of_kind = suggestions.c.kind == run.kind
        with self._database.writing("suggestions") as connection:
            current = of_kind & suggestions.c.current
            before = set(connection.execute(select(suggestions.c.id).where(current)).scalars())
            connection.execute(insert(runs).values(_run_row(run, len(rows))))
            connection.execute(update(suggestions).where(current).values(current=False))
            _upsert(connection, suggestions, rows, ("score", "evidence", "run", "current"))
            decided = exists().where(decisions.c.suggestion == suggestions.c.id)
            connection.execute(delete(suggestions).where(of_kind & not_(suggestions.c.current) & not_(decided)))
        after = {str(row["id"]) for row in rows}
        return Changed(made=len(after), new=len(after - before), gone=len(before - after))

    def all(
        self,
        *,
        transcript: str | None = None,
        source: str = "any",
        code: str | None = None,
        current: bool = True,
    ) -> tuple[Suggestion, ...]:
        """Suggestions by place, then code, stance and source.

        Parameters
        ----------
        transcript, code
            Only of this transcript, this code.
        source
            ``any``, a kind (``rule``, ``learned``) or a whole source (``rule:ID``).
        current
            Whether those that the newest run no longer makes are left out.
        """
        wanted: list[ColumnElement[bool]] = []
        if transcript is not None:
            wanted.append(suggestions.c.transcript == transcript)
        if code is not None:
            wanted.append(suggestions.c.code == code)
        if source != "any":
            wanted.append((suggestions.c.source if ":" in source else suggestions.c.kind) == source)
        if current:
            wanted.append(suggestions.c.current)
        with self._database.reading() as connection:
            rows = connection.execute(select(*_COLUMNS).where(*wanted)).all()
        made = [_suggestion(row) for row in rows]
        # Sorted here: databases sort text each in their own way.
        return tuple(sorted(made, key=lambda one: (one.segment, one.code, one.stance, one.source)))

    def with_ids(self, ids: Iterable[str]) -> dict[str, Suggestion]:
        """The suggestions with these ids, current or not; one that is not there is left out."""
        with self._database.reading() as connection:
            return suggestions_by_id(connection, ids)

    def runs(self) -> tuple[Run, ...]:
        """Every run, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(runs).order_by(runs.c.time, runs.c.id)).all()
        return tuple(
            Run(row.id, row.kind, row.version, row.codebook, tuple((k, v) for k, v in row.settings), row.time, row.made)
            for row in rows
        )


class Vectors:
    """Vectors of texts, by the hash of the text and the name of the model: a cache."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, model: str, hashes: Sequence[str]) -> dict[str, bytes]:
        """The vectors that are known, by hash."""
        found: dict[str, bytes] = {}
        with self._database.reading() as connection:
            for begin in range(0, len(hashes), _MANY):
                these = vectors.c.text_hash.in_(hashes[begin : begin + _MANY])
                query = select(vectors.c.text_hash, vectors.c.bytes).where(vectors.c.model == model, these)
                found |= {row.text_hash: bytes(row.bytes) for row in connection.execute(query)}
        return found

    def add(self, model: str, made: Mapping[str, bytes]) -> None:
        """Keep vectors, by hash; one that is known is replaced."""
        rows = [{"text_hash": hashed, "model": model, "bytes": content} for hashed, content in made.items()]
        with self._database.writing("vectors") as connection:
            _upsert(connection, vectors, rows, ("bytes",))

    def clear(self, model: str | None = None) -> int:
        """Forget the vectors of a model, or all; returns how many there were."""
        where = () if model is None else (vectors.c.model == model,)
        with self._database.writing("vectors") as connection:
            count = connection.execute(select(func.count()).select_from(vectors).where(*where)).scalar_one()
            connection.execute(delete(vectors).where(*where))
        return int(count)


def suggestions_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Suggestion]:
    """See :meth:`Suggestions.with_ids`, within a transaction."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Suggestion] = {}
    for begin in range(0, len(wanted), _MANY):
        query = select(*_COLUMNS).where(suggestions.c.id.in_(wanted[begin : begin + _MANY]))
        found |= {row.id: _suggestion(row) for row in connection.execute(query)}
    return found


def keep_suggestions(connection: Connection, shown: Iterable[Suggestion]) -> None:
    """Keep what a coder was shown and decided on, also if a run removed it in the meantime; it is not current."""
    rows = [_row(suggestion, None) | {"current": False} for suggestion in shown]
    _upsert(connection, suggestions, rows, ())


_COLUMNS: Final = (
    suggestions.c.id,
    suggestions.c.transcript,
    suggestions.c.turn,
    suggestions.c.start,
    suggestions.c.stop,
    suggestions.c.code,
    suggestions.c.stance,
    suggestions.c.source,
    suggestions.c.score,
    suggestions.c.evidence,
)


def _upsert(connection: Connection, table: Table, rows: list[dict[str, Any]], columns: Sequence[str]) -> None:
    if not rows:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    keys = list(table.primary_key.columns)
    if columns:
        fresh = {column: statement.excluded[column] for column in columns}
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=fresh), rows)
    else:
        connection.execute(statement.on_conflict_do_nothing(index_elements=keys), rows)


def _row(suggestion: Suggestion, run: str | None) -> dict[str, Any]:
    place = suggestion.segment
    return {
        "id": suggestion.id,
        "transcript": place.transcript,
        "turn": place.turn,
        "start": place.start,
        "stop": place.end,
        "code": suggestion.code,
        "stance": suggestion.stance.value,
        "source": suggestion.source,
        "kind": suggestion.kind,
        "score": suggestion.score,
        "evidence": [_evidence_row(evidence) for evidence in suggestion.evidence],
        "run": run,
        "current": True,
    }


def _run_row(run: Run, made: int) -> dict[str, object]:
    return {
        "id": run.id,
        "kind": run.kind,
        "version": run.version,
        "codebook": run.codebook,
        "settings": [list(pair) for pair in run.settings],
        "time": run.time,
        "made": made,
    }


def _suggestion(row: Row[*tuple[Any, ...]]) -> Suggestion:
    return Suggestion(
        segment=Segment(row.transcript, row.turn, row.start, row.stop),
        code=row.code,
        stance=Stance(row.stance),
        source=row.source,
        score=row.score,
        evidence=tuple(_evidence(kept) for kept in row.evidence),
    )


def _evidence_row(evidence: Evidence) -> list[object]:
    place = evidence.segment
    where = None if place is None else [place.transcript, place.turn, place.start, place.end]
    return [evidence.kind, evidence.words, where, evidence.weight, evidence.detail]


def _evidence(kept: Sequence[Any]) -> Evidence:
    kind, words, where, weight, detail = kept
    return Evidence(kind, words, None if where is None else Segment(*where), weight, detail)
