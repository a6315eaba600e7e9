"""What cases wait for: timers, messages and signals; messages on their way."""

from __future__ import annotations

import sqlalchemy as sa

from .columns import (
    key,
    later_flag,
    maybe_moment,
    maybe_text,
    metadata,
    moment,
    only_where,
    reference,
    serial,
    text,
    unique_text,
)

wait = sa.Table(
    "wait",
    metadata,
    reference("case_id", "case_instance.id", is_key=True),
    key("token"),
    text("kind"),
    text("element"),
    moment("opened_at"),
    maybe_moment("due"),
    text("name"),
    text("key_hash"),
)
sa.Index("wait_by_due", wait.c.due, wait.c.case_id, wait.c.token, **only_where("kind = 'timer'"))
sa.Index("wait_by_message", wait.c.name, wait.c.key_hash, **only_where("kind = 'message'"))
sa.Index("wait_by_signal", wait.c.name, **only_where("kind = 'signal'"))

message = sa.Table(
    "message",
    metadata,
    serial(),
    unique_text("id"),
    text("name"),
    text("key_hash"),
    text("payload"),
    moment("sent_at"),
    text("sent_by"),
    moment("expires_at"),
    maybe_text("sent_from"),
    later_flag("is_lost"),
    sa.Index("message_by_key", "name", "key_hash"),
    sa.Index("message_by_expiry", "expires_at"),
    sa.Index("message_lost", "sent_at", "id", **only_where("is_lost")),
)

outgoing_message = sa.Table(
    "outgoing_message",
    metadata,
    serial(),
    unique_text("id"),
    reference("case_id", "case_instance.id"),
    text("participant"),
    text("name"),
    text("key"),
    text("payload"),
    moment("sent_at"),
    sa.Index("outgoing_message_by_participant", "participant", "serial"),
)

delivery = sa.Table(
    "delivery",
    metadata,
    serial(),
    reference("message_id", "message.id"),
    reference("case_id", "case_instance.id"),
    text("token"),
    maybe_moment("finished_at"),
    sa.UniqueConstraint("message_id", "case_id", "token"),
)
sa.Index("delivery_pending", delivery.c.serial, **only_where("finished_at IS NULL"))
