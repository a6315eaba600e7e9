"""Views of the task list that people have named."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Text

revision = "0017"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", Text, nullable=False),
        sa.Column("owner", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("search", Text, nullable=False),
        sa.Column("is_start", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="saved_view_pk"),
        sa.UniqueConstraint("owner", "name", name="saved_view_owner_name_key"),
    )
