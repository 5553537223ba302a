"""Queues that stay as they are over a reload, and which coder is done with which transcript."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables, and a counter for the marks."""
    op.create_table(
        "queues",
        sa.Column("coder", sa.String, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("items", sa.JSON, nullable=False),
    )
    op.create_table(
        "marks",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("coder", sa.String, nullable=False),
        sa.Column("transcript", sa.String, sa.ForeignKey("transcripts.name", ondelete="CASCADE"), nullable=False),
        sa.Column("time", sa.String, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.execute("INSERT INTO revisions (noun, number) VALUES ('marks', 1)")
