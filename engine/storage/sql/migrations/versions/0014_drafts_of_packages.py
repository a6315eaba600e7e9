"""Drafts of packages with their history, the files that versions came in, and what was said when they were deployed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Moment, Text

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("process_version", sa.Column("note", Text, nullable=False, server_default=""))
    op.create_index("case_instance_by_version", "case_instance", ["version_id", "status"])
    op.create_table(
        "version_files",
        sa.Column("version_id", Text, nullable=False),
        sa.Column("files", Text, nullable=False),
        sa.PrimaryKeyConstraint("version_id", name="version_files_pk"),
    )
    op.create_table(
        "package_draft",
        sa.Column("id", Text, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by", Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="package_draft_pk"),
        sa.UniqueConstraint("key", name="package_draft_key_key"),
    )
    op.create_table(
        "package_draft_save",
        sa.Column("draft_id", Text, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.Column("saved_by", Text, nullable=False),
        sa.Column("changed", Text, nullable=False),
        sa.Column("files", Text, nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["package_draft.id"],
            name="package_draft_save_draft_id_fk",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("draft_id", "revision", name="package_draft_save_pk"),
    )
