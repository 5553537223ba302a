"""Drafts of a codebook that outlive the page on which they were made."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table: one draft a coder."""
    op.create_table(
        "drafts",
        sa.Column("coder", sa.String, primary_key=True),
        sa.Column("base", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("time", sa.String, nullable=False),
    )
