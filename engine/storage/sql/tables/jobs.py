"""Jobs: work outside the database that service tasks wait for."""

from __future__ import annotations

import sqlalchemy as sa

from .columns import maybe_moment, maybe_text, metadata, moment, number, only_where, reference, serial, text, unique_text

job = sa.Table(
    "job",
    metadata,
    serial(),
    unique_text("id"),
    reference("case_id", "case_instance.id"),
    text("token"),
    text("element"),
    text("names"),
    text("handler"),
    text("topic"),
    text("key"),
    text("inputs"),
    moment("created_at"),
    moment("due_at"),
    number("retries"),
    number("retry_after_seconds"),
    number("timeout_seconds"),
    text("state"),
    number("attempts"),
    number("fence"),
    maybe_text("holder"),
    text("worker"),
    maybe_moment("locked_until"),
    maybe_moment("deadline"),
    text("last_error"),
    maybe_text("outcome"),
    maybe_text("traceparent"),
    sa.UniqueConstraint("case_id", "token"),
)
sa.Index("job_by_due", job.c.due_at, job.c.serial, **only_where("state = 'waiting' AND topic = ''"))
sa.Index("job_by_topic", job.c.topic, job.c.due_at, job.c.serial, **only_where("state = 'waiting' AND topic <> ''"))
sa.Index("job_by_lease", job.c.locked_until, **only_where("state = 'taken'"))
