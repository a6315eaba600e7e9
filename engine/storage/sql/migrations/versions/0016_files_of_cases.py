"""Files of cases: what they are called, what they are and how to know that they are still the same."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Moment, Serial, Text

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("serial", Serial, sa.Identity(always=True), nullable=False),
        sa.Column("id", Text, nullable=False),
        sa.Column("case_id", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("media_type", Text, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", Text, nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("added_by", Text, nullable=False),
        sa.PrimaryKeyConstraint("serial", name="stored_file_pk"),
        sa.UniqueConstraint("id", name="stored_file_id_key"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_instance.id"], name="stored_file_case_id_fk", deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index("stored_file_by_case", "stored_file", ["case_id", "serial"])
