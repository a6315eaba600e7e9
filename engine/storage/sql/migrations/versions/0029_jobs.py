"""Jobs: work outside the database that service tasks wait for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Moment, Serial, Text

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("serial", Serial, sa.Identity(always=True), nullable=False),
        sa.Column("id", Text, nullable=False),
        sa.Column("case_id", Text, nullable=False),
        sa.Column("token", Text, nullable=False),
        sa.Column("element", Text, nullable=False),
        sa.Column("names", Text, nullable=False),
        sa.Column("handler", Text, nullable=False),
        sa.Column("topic", Text, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("inputs", Text, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("retries", sa.Integer, nullable=False),
        sa.Column("retry_after_seconds", sa.Integer, nullable=False),
        sa.Column("timeout_seconds", sa.Integer, nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("holder", Text),
        sa.Column("worker", Text, nullable=False),
        sa.Column("locked_until", Moment),
        sa.Column("deadline", Moment),
        sa.Column("last_error", Text, nullable=False),
        sa.Column("outcome", Text),
        sa.PrimaryKeyConstraint("serial", name="job_pk"),
        sa.UniqueConstraint("id", name="job_id_key"),
        sa.UniqueConstraint("case_id", "token", name="job_case_id_token_key"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_instance.id"], name="job_case_id_fk", deferrable=True, initially="DEFERRED"
        ),
    )
    for name, columns, condition in (
        ("job_by_due", ["due_at", "serial"], "state = 'waiting' AND topic = ''"),
        ("job_by_topic", ["topic", "due_at", "serial"], "state = 'waiting' AND topic <> ''"),
        ("job_by_lease", ["locked_until"], "state = 'taken'"),
    ):
        where = sa.text(condition)
        op.create_index(name, "job", columns, sqlite_where=where, postgresql_where=where)
