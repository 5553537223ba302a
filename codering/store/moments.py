"""When things happened: no earlier than what the project already holds, whatever a computer's clock says.

What was read since a transcript came in, and under which version of the codebook, is told by comparing times. A clock
that was put back, or that differs between two computers, would put work in the wrong place there.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from codering.store.schema import codebooks, decisions, transcripts


def not_before(connection: Connection, time: str) -> str:
    """The time, or that of the last decision, transcript or codebook if that is later (ISO 8601, UTC)."""
    held = (
        select(decisions.c.time).order_by(decisions.c.seq.desc()).limit(1),
        select(codebooks.c.time).order_by(codebooks.c.seq.desc()).limit(1),
        select(func.max(transcripts.c.added)),
    )
    return max(time, *(connection.execute(query).scalar() or "" for query in held))
