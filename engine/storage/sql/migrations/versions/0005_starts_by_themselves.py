"""Start events that begin cases by themselves: by a signal, or when their time has come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Moment, Text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "start_wait",
        sa.Column("process", Text, nullable=False),
        sa.Column("element", Text, nullable=False),
        sa.Column("kind", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column(
            "version_id",
            Text,
            sa.ForeignKey("process_version.id", deferrable=True, initially="DEFERRED", name="start_wait_version_id_fk"),
            nullable=False,
        ),
        sa.Column("unit", Text),
        sa.Column("due", Moment),
        sa.Column("repeat", Text, nullable=False),
        sa.Column("left", sa.Integer),
        sa.Column("since", Moment),
        sa.Column("round", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("process", "element", name="start_wait_pk"),
    )
    is_due, is_signal = sa.text("due IS NOT NULL"), sa.text("kind = 'signal'")
    by_due = ["due", "process", "element"]
    op.create_index("start_wait_by_due", "start_wait", by_due, sqlite_where=is_due, postgresql_where=is_due)
    op.create_index("start_wait_by_signal", "start_wait", ["name"], sqlite_where=is_signal, postgresql_where=is_signal)
