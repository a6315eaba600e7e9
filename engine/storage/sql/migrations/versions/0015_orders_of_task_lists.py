"""Task lists by age and by priority run along an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("user_task_by_unit_created", "user_task", ["unit", "state", sa.literal_column("created_at DESC"), "id"])
    op.create_index(
        "user_task_by_unit_priority",
        "user_task",
        ["unit", "state", sa.literal_column("priority DESC"), "due_order", "created_at", "id"],
    )
