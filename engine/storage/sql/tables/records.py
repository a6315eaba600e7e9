"""What happened, chained by hashes; what failed; who read it."""

from __future__ import annotations

import sqlalchemy as sa

from .columns import (
    key,
    key_number,
    later_text,
    maybe_moment,
    maybe_text,
    metadata,
    moment,
    number,
    only_where,
    reference,
    reference_to_both,
    serial,
    text,
    unique_text,
)

history_event = sa.Table(
    "history_event",
    metadata,
    reference("case_id", "case_instance.id", is_key=True),
    key_number("sequence"),
    text("type"),
    number("schema"),
    moment("at"),
    text("actor"),
    text("element"),
    text("version_id"),
    text("payload_digest"),
    text("previous_hash"),
    text("hash"),
    sa.Index("history_event_by_actor", "actor", "case_id", **only_where("actor <> 'system'")),
)

history_payload = sa.Table(
    "history_payload",
    metadata,
    key("case_id"),
    key_number("sequence"),
    text("salt"),
    text("text"),
    reference_to_both(["case_id", "sequence"], ["history_event.case_id", "history_event.sequence"]),
)

access_log = sa.Table(
    "access_log",
    metadata,
    serial(),
    text("actor"),
    text("what"),
    text("subject"),
    moment("at"),
    sa.Index("access_log_by_subject", "subject"),
)

incident = sa.Table(
    "incident",
    metadata,
    serial(),
    unique_text("id"),
    reference("case_id", "case_instance.id"),
    text("token"),
    text("element"),
    text("kind"),
    text("message"),
    moment("opened_at"),
    text("state"),
    number("attempts"),
    maybe_moment("resolved_at"),
    maybe_text("resolved_by"),
    later_text("name"),
    later_text("name_en"),
    later_text("reads", "[]"),
    maybe_moment("tried_at"),
    sa.Index("incident_by_case", "case_id", "state"),
)
sa.Index("incident_open", incident.c.opened_at, incident.c.serial, **only_where("state = 'open'"))
sa.Index("incident_solved", incident.c.resolved_at, incident.c.serial, **only_where("state = 'resolved'"))
