"""The first schema: transcripts, codebooks, suggestions, decisions, memos, vectors."""

import sqlalchemy as sa
from alembic import op

from codering.migrations.triggers import append_only, never_updated

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _project()
    _words()
    _suggestions()
    _acts()
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA application_id = 1668244594")


def _project() -> None:
    op.create_table(
        "meta", sa.Column("key", sa.String, primary_key=True), sa.Column("value", sa.Text, nullable=False)
    )
    op.create_table("settings", sa.Column("key", sa.String, primary_key=True), sa.Column("value", sa.JSON))
    op.create_table(
        "codebooks",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("time", sa.String, nullable=False),
        sa.Column("coder", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
    append_only("codebooks")


def _words() -> None:
    op.create_table(
        "transcripts",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("date", sa.String),
        sa.Column("wave", sa.Text),
        sa.Column("group_name", sa.Text),
        sa.Column("attributes", sa.JSON, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("format", sa.String, nullable=False),
        sa.Column("text_hash", sa.String, nullable=False),
        sa.Column("file_hash", sa.String, nullable=False),
        sa.Column("folder_hash", sa.String, nullable=False),
        sa.Column("words_in", sa.Integer),
        sa.Column("words_out", sa.Integer),
        sa.Column("problems", sa.JSON, nullable=False),
        sa.Column("added", sa.String, nullable=False),
    )
    of = sa.ForeignKey("transcripts.name", ondelete="CASCADE")
    op.create_table(
        "speakers",
        sa.Column("transcript", sa.String, of, primary_key=True),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("pseudonym", sa.Text),
        sa.Column("attributes", sa.JSON, nullable=False),
    )
    op.create_table(
        "turns",
        sa.Column("transcript", sa.String, sa.ForeignKey("transcripts.name", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("speaker", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("start", sa.Float(53)),
        sa.ForeignKeyConstraint(
            ["transcript", "speaker"], ["speakers.transcript", "speakers.name"], ondelete="CASCADE"
        ),
    )
    never_updated("turns")


def _suggestions() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("codebook", sa.String, nullable=False),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("time", sa.String, nullable=False),
        sa.Column("made", sa.Integer, nullable=False),
    )
    op.create_table(
        "suggestions",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("transcript", sa.String, sa.ForeignKey("transcripts.name", ondelete="CASCADE"), nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("stop", sa.Integer, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("stance", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("score", sa.Float(53), nullable=False),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("run", sa.String, sa.ForeignKey("runs.id")),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Index("suggestions_place", "transcript", "turn"),
    )
    op.create_table(
        "vectors",
        sa.Column("text_hash", sa.String, primary_key=True),
        sa.Column("model", sa.String, primary_key=True),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )


def _acts() -> None:
    op.create_table(
        "decisions",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("coder", sa.String, nullable=False),
        sa.Column("time", sa.String, nullable=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("transcript", sa.String, sa.ForeignKey("transcripts.name")),
        sa.Column("turn", sa.Integer),
        sa.Column("start", sa.Integer),
        sa.Column("stop", sa.Integer),
        sa.Column("code", sa.String),
        sa.Column("stance", sa.String),
        sa.Column("suggestion", sa.String),
        sa.Column("target", sa.String),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("shown", sa.Boolean, nullable=False),
        sa.Column("drawn", sa.String, nullable=False),
        sa.Column("batch", sa.String, nullable=False),
        sa.Index("decisions_suggestion", "suggestion"),
        sa.Index("decisions_transcript", "transcript"),
        sqlite_autoincrement=True,
    )
    append_only("decisions", "id")
    op.create_table(
        "memos",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("coder", sa.String, nullable=False),
        sa.Column("time", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Index("memos_id", "id"),
        sqlite_autoincrement=True,
    )
    append_only("memos")
