"""Chosen quotations, and counters by which a page sees that it is stale."""

import sqlalchemy as sa
from alembic import op

from codering.migrations.triggers import append_only

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NOUNS = ("codebooks", "transcripts", "suggestions", "decisions", "memos", "quotations", "settings", "vectors")


def upgrade() -> None:
    """Add both tables; every counter starts at 1."""
    op.create_table(
        "quotations",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("coding", sa.String, nullable=False),
        sa.Column("coder", sa.String, nullable=False),
        sa.Column("time", sa.String, nullable=False),
        sa.Column("chosen", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    append_only("quotations")
    revisions = op.create_table(
        "revisions",
        sa.Column("noun", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.bulk_insert(revisions, [{"noun": noun, "number": 1} for noun in NOUNS])
