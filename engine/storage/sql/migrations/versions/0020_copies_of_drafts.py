"""Copies of drafts: what somebody had drawn when another had saved, kept in the history beside the draft."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("package_draft_save", sa.Column("is_copy", sa.Boolean(), nullable=False, server_default=sa.false()))
