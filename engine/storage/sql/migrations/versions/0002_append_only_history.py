"""The database itself refuses to change history: events stay, a payload may only be erased."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SQLITE = """
CREATE TRIGGER history_event_no_update BEFORE UPDATE ON history_event
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER history_event_no_delete BEFORE DELETE ON history_event
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER history_event_no_replace BEFORE INSERT ON history_event
WHEN EXISTS (SELECT 1 FROM history_event WHERE case_id = NEW.case_id AND sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'this history is stored already'); END;

CREATE TRIGGER history_payload_no_update BEFORE UPDATE ON history_payload
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER history_payload_no_replace BEFORE INSERT ON history_payload
WHEN EXISTS (SELECT 1 FROM history_payload WHERE case_id = NEW.case_id AND sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'this history is stored already'); END;
"""
# INSERT OR REPLACE deletes the old row without its triggers: hence the refusal of an insert over a row.

_POSTGRESQL = """
CREATE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'history is append-only' USING ERRCODE = 'restrict_violation'; END $$;

CREATE TRIGGER history_event_no_change BEFORE UPDATE OR DELETE ON history_event
FOR EACH ROW EXECUTE FUNCTION refuse_history_change();

CREATE TRIGGER history_event_no_truncate BEFORE TRUNCATE ON history_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change();

CREATE TRIGGER history_payload_no_change BEFORE UPDATE ON history_payload
FOR EACH ROW EXECUTE FUNCTION refuse_history_change();

CREATE TRIGGER history_payload_no_truncate BEFORE TRUNCATE ON history_payload
FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change();
"""


def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in (_POSTGRESQL if is_postgresql else _SQLITE).strip().split("\n\n"):
        op.execute(statement)
