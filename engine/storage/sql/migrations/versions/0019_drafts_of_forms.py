"""Drafts of forms that belong to no task, revisions of drafts, and requests that were answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Moment, Text

revision = "0019"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task_draft", sa.Column("revision", Text, nullable=False, server_default=""))
    op.execute("UPDATE task_draft SET revision = 'first'")  # an empty one would say: no draft
    op.create_table(
        "form_draft",
        sa.Column("user_id", Text, nullable=False),
        sa.Column("kind", Text, nullable=False),
        sa.Column("about", Text, nullable=False),
        sa.Column("content", Text, nullable=False),
        sa.Column("form_version", sa.Integer()),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.Column("revision", Text, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "kind", "about", name="form_draft_pk"),
    )
    op.create_table(
        "request",
        sa.Column("user_id", Text, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("digest", Text, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("result", Text, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "key", name="request_pk"),
    )
