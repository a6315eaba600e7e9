"""Which process versions the call activities of a case run now, so that a version's cases are counted though others call it."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Text

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    called = op.create_table(
        "case_called",
        sa.Column("case_id", Text, nullable=False),
        sa.Column("version_id", Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "version_id", name="case_called_pk"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_instance.id"], name="case_called_case_id_fk", deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index("case_called_by_version", "case_called", ["version_id", "case_id"])
    state = sa.table("case_state", sa.column("case_id"), sa.column("state"))
    calling = sa.select(state).where(state.c.state.contains('"calls"'))
    for row in op.get_bind().execute(calling).all():
        versions = {token["calls"] for token in json.loads(row.state)["tokens"] if "calls" in token}
        op.bulk_insert(called, [{"case_id": row.case_id, "version_id": version} for version in sorted(versions)])
