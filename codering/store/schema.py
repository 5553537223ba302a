"""The tables of a project, as the newest migration leaves them.

The tables are made by :mod:`codering.migrations` only, never from this description, so that a new project and a
migrated one cannot differ; a test compares the two. Append-only tables carry triggers that refuse an update or a
deletion by whatever program; their ``seq`` gives the order in which things were decided.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

HEAD: Final = "0005"
"""The newest schema that this codering knows."""

APPLICATION_ID: Final = 0x636F6472
"""What the header of an SQLite file says if it is a project of codering (``codr`` in ASCII)."""

metadata: Final = MetaData()

meta: Final = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the project is: its name, its id, when it was made, which codering wrote its schema."""

revisions: Final = Table(
    "revisions",
    metadata,
    Column("noun", String, primary_key=True),
    Column("number", Integer, nullable=False),
)
"""How often each kind of thing was written, so that a page can see that it is stale."""

settings: Final = Table(
    "settings",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", JSON),
)

codebooks: Final = Table(
    "codebooks",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("version", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("time", String, nullable=False),
    Column("coder", String, nullable=False),
    sqlite_autoincrement=True,
)
"""Every text of the codebook that was ever in force; append-only."""

seals: Final = Table(
    "seals",
    metadata,
    Column("seq", Integer, ForeignKey("codebooks.seq"), primary_key=True, autoincrement=False),
    Column("text_hash", String, nullable=False),
)
"""SHA-256 (hexadecimal) of each text of the codebook, when it was put in force; append-only. The version would not do:
it is of the content as a release of codering reads it."""

transcripts: Final = Table(
    "transcripts",
    metadata,
    Column("name", String, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("title", Text),
    Column("date", String),
    Column("wave", Text),
    Column("group_name", Text),
    Column("attributes", JSON, nullable=False),
    Column("source", Text, nullable=False),
    Column("format", String, nullable=False),
    Column("text_hash", String, nullable=False),
    Column("file_hash", String, nullable=False),
    Column("folder_hash", String, nullable=False),
    Column("words_in", Integer),
    Column("words_out", Integer),
    Column("problems", JSON, nullable=False),
    Column("added", String, nullable=False),
)
"""`place` orders the transcripts; `folder_hash` tells two folders apart without naming them."""

speakers: Final = Table(
    "speakers",
    metadata,
    Column("transcript", String, ForeignKey("transcripts.name", ondelete="CASCADE"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("role", String, nullable=False),
    Column("pseudonym", Text),
    Column("attributes", JSON, nullable=False),
)

turns: Final = Table(
    "turns",
    metadata,
    Column("transcript", String, ForeignKey("transcripts.name", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("speaker", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Float(53)),
    ForeignKeyConstraint(["transcript", "speaker"], ["speakers.transcript", "speakers.name"], ondelete="CASCADE"),
)
"""The words; a trigger refuses to change them."""

runs: Final = Table(
    "runs",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("version", String, nullable=False),
    Column("codebook", String, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("time", String, nullable=False),
    Column("made", Integer, nullable=False),
)
"""Each time a suggester ran: which one, of which version, with which codebook and settings, and how much it made."""

suggestions: Final = Table(
    "suggestions",
    metadata,
    Column("id", String, primary_key=True),
    Column("transcript", String, ForeignKey("transcripts.name", ondelete="CASCADE"), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("code", String, nullable=False),
    Column("stance", String, nullable=False),
    Column("source", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("score", Float(53), nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("run", String, ForeignKey("runs.id")),
    Column("current", Boolean, nullable=False),
    Index("suggestions_place", "transcript", "turn"),
)
"""`current` is false once a later run no longer makes it; it stays as long as a decision refers to it."""

decisions: Final = Table(
    "decisions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("coder", String, nullable=False),
    Column("time", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("transcript", String, ForeignKey("transcripts.name")),
    Column("turn", Integer),
    Column("start", Integer),
    Column("stop", Integer),
    Column("code", String),
    Column("stance", String),
    Column("suggestion", String),
    Column("target", String),
    Column("reason", Text, nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("drawn", String, nullable=False),
    Column("batch", String, nullable=False),
    Index("decisions_suggestion", "suggestion"),
    Index("decisions_transcript", "transcript"),
    sqlite_autoincrement=True,
)
"""What people decided; append-only. A transcript with decisions cannot be deleted: the foreign key refuses."""

memos: Final = Table(
    "memos",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False),
    Column("coder", String, nullable=False),
    Column("time", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("about", Text, nullable=False),
    Index("memos_id", "id"),
    sqlite_autoincrement=True,
)
"""Every text that a memo ever had; append-only."""

quotations: Final = Table(
    "quotations",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("coding", String, nullable=False),
    Column("coder", String, nullable=False),
    Column("time", String, nullable=False),
    Column("chosen", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
"""Every time a coding was chosen, or no longer chosen, as a quotation for the report; append-only."""

queues: Final = Table(
    "queues",
    metadata,
    Column("coder", String, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("seen", Integer, nullable=False),
    Column("items", JSON, nullable=False),
)
"""The order in which a coder is shown things; `key` is what was asked for, `seen` the revision of the suggestions."""

marks: Final = Table(
    "marks",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("coder", String, nullable=False),
    Column("transcript", String, ForeignKey("transcripts.name", ondelete="CASCADE"), nullable=False),
    Column("time", String, nullable=False),
    Column("done", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
"""Every time a coder said to be done with a transcript, or not to be after all; the last one holds."""

drafts: Final = Table(
    "drafts",
    metadata,
    Column("coder", String, primary_key=True),
    Column("base", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("time", String, nullable=False),
)
"""The codebook that a coder is changing, and the text in force when they began; never in force itself."""

vectors: Final = Table(
    "vectors",
    metadata,
    Column("text_hash", String, primary_key=True),
    Column("model", String, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)
"""Sentence vectors that were worked out before; a cache that may be emptied."""
