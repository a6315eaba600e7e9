"""Who waits for a signal is found by its name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    where = sa.text("kind = 'signal'")
    op.create_index("wait_by_signal", "wait", ["name"], sqlite_where=where, postgresql_where=where)
