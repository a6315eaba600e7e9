"""What a case was before its last completed task, so that the task can be taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Text

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_undo",
        sa.Column(
            "case_id",
            Text,
            sa.ForeignKey("case_instance.id", deferrable=True, initially="DEFERRED", name="case_undo_case_id_fk"),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("task_id", Text, nullable=False),
        sa.Column("document", Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="case_undo_pk"),
    )
