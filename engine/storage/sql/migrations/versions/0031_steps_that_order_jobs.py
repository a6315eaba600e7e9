"""Which step ordered a job, for traces; lost messages along an index, and away with one that nothing reads along."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Text

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("job", sa.Column("traceparent", Text))
    lost = sa.text("is_lost")
    op.create_index("message_lost", "message", ["sent_at", "id"], sqlite_where=lost, postgresql_where=lost)
    op.drop_index("user_task_by_token", "user_task")
