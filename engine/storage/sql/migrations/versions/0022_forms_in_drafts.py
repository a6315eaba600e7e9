"""Forms in drafts: which deployed version each was made from, by key as JSON."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Text

revision = "0022"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("package_draft_save", sa.Column("form_bases", Text, nullable=False, server_default="{}"))
