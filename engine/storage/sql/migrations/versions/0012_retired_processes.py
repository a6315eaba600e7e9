"""Processes of which no new cases begin: since when, by whom and why, and how that ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Moment, Text

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "process_retirement",
        sa.Column("id", Text, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by", Text, nullable=False),
        sa.Column("reason", Text, nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ended_by", Text, nullable=True),
        sa.Column("ended_reason", Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="process_retirement_pk"),
    )
    in_force = sa.text("ended_at IS NULL")
    op.create_index(
        "process_retirement_in_force",
        "process_retirement",
        ["key"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )
