"""That cases have changed lately, for those who look at them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Moment, Serial, Text

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_change",
        sa.Column("serial", Serial, sa.Identity(always=True), nullable=False),
        sa.Column("case_id", Text, nullable=False),
        sa.Column("unit", Text, nullable=False),
        sa.Column("aspects", Text, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("serial", name="case_change_pk"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_instance.id"], name="case_change_case_id_fk", deferrable=True, initially="DEFERRED"
        ),
        sqlite_autoincrement=True,
    )
