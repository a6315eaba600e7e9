"""What processes and tasks are called in English; empty for those that came before, and where the designer gave no name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("process_version", "user_task"):
        op.add_column(table, sa.Column("name_en", Text, nullable=False, server_default=""))
