"""What an incident's element is called, what its expression reads and when it was last tried; lists of solved incidents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Moment, Text

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, before in (("name", ""), ("name_en", ""), ("reads", "[]")):
        op.add_column("incident", sa.Column(name, Text, nullable=False, server_default=before))
    op.add_column("incident", sa.Column("tried_at", Moment))
    solved = sa.text("state = 'resolved'")
    op.create_index("incident_solved", "incident", ["resolved_at", "serial"], sqlite_where=solved, postgresql_where=solved)
