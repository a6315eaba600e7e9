"""Indexes along which cases are found by who worked on them, who is responsible, and the version that they run on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("case_instance_by_version_start", "case_instance", ["version_id", "started_at", "id"])
    op.create_index("case_instance_by_responsible", "case_instance", ["responsible", "started_at", "id"])
    by_people = sa.text("actor <> 'system'")
    op.create_index(
        "history_event_by_actor",
        "history_event",
        ["actor", "case_id"],
        sqlite_where=by_people,
        postgresql_where=by_people,
    )
