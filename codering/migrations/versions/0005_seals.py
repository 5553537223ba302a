"""By which it is seen that the text of a codebook is still the one that was put in force."""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

from codering.migrations.triggers import append_only

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table: a hash for each text; those of texts that are there already are taken as they are."""
    seals = op.create_table(
        "seals",
        sa.Column("seq", sa.Integer, sa.ForeignKey("codebooks.seq"), primary_key=True, autoincrement=False),
        sa.Column("text_hash", sa.String, nullable=False),
    )
    kept = op.get_bind().execute(sa.text("SELECT seq, text FROM codebooks")).all()
    hashed = [{"seq": seq, "text_hash": sha256(text.encode()).hexdigest()} for seq, text in kept]
    if hashed:
        op.bulk_insert(seals, hashed)
    append_only("seals")
