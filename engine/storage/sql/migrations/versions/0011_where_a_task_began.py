"""Where the case's history ended when a task was created: what was written later, nobody need have seen in its form."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# An open task was created with the last event that says so of its element at its time.
_FROM_HISTORY = """
UPDATE user_task SET created_sequence = COALESCE(
    (SELECT MAX(sequence) FROM history_event
     WHERE history_event.case_id = user_task.case_id AND history_event.type = 'task-created'
     AND history_event.element = user_task.path AND history_event.at = user_task.created_at), 0)
WHERE state IN ('ready', 'claimed')
"""


def upgrade() -> None:
    op.add_column("user_task", sa.Column("created_sequence", sa.Integer(), nullable=False, server_default="0"))
    op.execute(_FROM_HISTORY)
