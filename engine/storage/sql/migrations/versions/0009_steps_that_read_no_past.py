"""Indexes for what a step reads of its case: open tasks, the task of a token, who did a step, open incidents."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("user_task_by_case", "user_task")
    op.create_index("user_task_by_case", "user_task", ["case_id", "state"])
    op.create_index("user_task_by_token", "user_task", ["case_id", "token"])
    op.create_index("user_task_by_path", "user_task", ["case_id", "path", "ended_by"])
    op.drop_index("incident_by_case", "incident")
    op.create_index("incident_by_case", "incident", ["case_id", "state"])
