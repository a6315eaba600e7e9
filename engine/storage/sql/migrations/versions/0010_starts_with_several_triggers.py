"""A start event may have several triggers: each is a row of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Moment, Text

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    before = sa.Table("start_wait", sa.MetaData(), *_columns())
    rows = [dict(row) for row in bind.execute(sa.select(before)).mappings()]
    op.drop_table("start_wait")
    after = op.create_table(
        "start_wait",
        *_columns(),
        sa.Column("part", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["process_version.id"], deferrable=True, initially="DEFERRED", name="start_wait_version_id_fk"
        ),
        sa.PrimaryKeyConstraint("process", "element", "part", name="start_wait_pk"),
    )
    is_due, is_signal = sa.text("due IS NOT NULL"), sa.text("kind = 'signal'")
    by_due = ["due", "process", "element", "part"]
    op.create_index("start_wait_by_due", "start_wait", by_due, sqlite_where=is_due, postgresql_where=is_due)
    op.create_index("start_wait_by_signal", "start_wait", ["name"], sqlite_where=is_signal, postgresql_where=is_signal)
    if rows:
        op.bulk_insert(after, [{**row, "part": 0} for row in rows])


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("process", Text, nullable=False),
        sa.Column("element", Text, nullable=False),
        sa.Column("kind", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("version_id", Text, nullable=False),
        sa.Column("unit", Text),
        sa.Column("due", Moment),
        sa.Column("repeat", Text, nullable=False),
        sa.Column("left", sa.Integer),
        sa.Column("since", Moment),
        sa.Column("round", sa.Integer, nullable=False),
    ]
