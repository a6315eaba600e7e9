"""Messages that nobody received: which case sent them, and whether they are lost."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Text

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("sent_from", Text))
    op.add_column("message", sa.Column("is_lost", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("message_by_expiry", "message", ["expires_at"])
