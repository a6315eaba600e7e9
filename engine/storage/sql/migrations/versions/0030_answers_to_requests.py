"""What was answered to requests, so that one that is sent again gets the same answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Text

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("request", sa.Column("status", sa.Integer()))
    op.add_column("request", sa.Column("headers", Text))
    op.add_column("request", sa.Column("body", Text))
    op.drop_column("request", "result")
    # The digests were of something else. The requests stay known, so that none is done twice.
    op.execute("UPDATE request SET digest = ''")
