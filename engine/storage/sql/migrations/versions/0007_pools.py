"""Several processes of one diagram, and messages to parties outside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Moment, Serial, Text

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("process_version", sa.Column("pool_of", Text, nullable=False, server_default=""))
    op.create_table(
        "outgoing_message",
        sa.Column("serial", Serial, sa.Identity(always=True), nullable=False),
        sa.Column("id", Text, nullable=False),
        sa.Column("case_id", Text, nullable=False),
        sa.Column("participant", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("payload", Text, nullable=False),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_instance.id"], name="outgoing_message_case_id_fk", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("serial", name="outgoing_message_pk"),
        sa.UniqueConstraint("id", name="outgoing_message_id_key"),
    )
    op.create_index("outgoing_message_by_participant", "outgoing_message", ["participant", "serial"])
