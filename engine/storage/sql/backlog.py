"""How much waits to be done, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ...case import CaseStatus
from ...ports.backlog import MOST_COUNTED, Backlog, LateJobs, Queue
from .connection import Connection
from .tables import case_instance, delivery, incident, job, message, start_wait, wait

_IS_TIMER = sa.text("wait.kind = 'timer'")  # as the indexes say it: with a parameter SQLite would not use them
_IS_OPEN = sa.text("incident.state = 'open'")
_IS_FOR_HANDLER = sa.text("job.state = 'waiting' AND job.topic = ''")
_IS_FOR_TOPIC = sa.text("job.state = 'waiting' AND job.topic <> ''")
_IS_LOST = sa.text("message.is_lost")
_IS_PENDING = delivery.c.finished_at.is_(None)


class SqlBacklogs:
    """See `ports.Backlogs`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, now: datetime) -> Backlog:
        of_case = wait.join(case_instance, case_instance.c.id == wait.c.case_id)
        is_active = case_instance.c.status == CaseStatus.ACTIVE.value
        timers = sa.select(wait.c.due.label("since")).select_from(of_case).where(_IS_TIMER, is_active, wait.c.due <= now)
        starts = sa.select(start_wait.c.due.label("since")).where(start_wait.c.due <= now)
        ordered = job.join(case_instance, case_instance.c.id == job.c.case_id)
        jobs = sa.select(job.c.due_at.label("since")).select_from(ordered).where(is_active, job.c.due_at <= now)
        moving = delivery.join(case_instance, case_instance.c.id == delivery.c.case_id)
        is_awake = case_instance.c.status != CaseStatus.SUSPENDED.value
        deliveries = sa.select(delivery.c.serial).select_from(moving).where(_IS_PENDING, is_awake)
        incidents = sa.select(incident.c.opened_at.label("since")).where(_IS_OPEN)
        is_sent = sa.exists().where(delivery.c.message_id == message.c.id)
        messages = sa.select(message.c.sent_at.label("since")).where(~is_sent)
        return Backlog(
            timers=self._queue(timers.order_by(wait.c.due)),
            starts=self._queue(starts.order_by(start_wait.c.due)),
            jobs=self._queue(jobs.where(_IS_FOR_HANDLER).order_by(job.c.due_at)),
            topic_jobs=self._queue(jobs.where(_IS_FOR_TOPIC).order_by(job.c.due_at)),
            deliveries=self._queue(deliveries.order_by(delivery.c.serial)),
            incidents=self._queue(incidents.order_by(incident.c.opened_at)),
            unmatched_messages=self._queue(messages.where(message.c.expires_at > now, message.c.is_lost.is_(False))),
            lost_messages=self._queue(messages.where(_IS_LOST).order_by(message.c.sent_at)),
        )

    def late_jobs(self, before: datetime) -> Sequence[LateJobs]:
        ordered = job.join(case_instance, case_instance.c.id == job.c.case_id)
        is_active = case_instance.c.status == CaseStatus.ACTIVE.value
        columns = (job.c.handler, job.c.topic, job.c.due_at)
        late = sa.select(*columns).select_from(ordered).where(is_active, job.c.due_at < before).order_by(job.c.due_at)
        found: list[LateJobs] = []
        for condition, is_outside in ((_IS_FOR_HANDLER, False), (_IS_FOR_TOPIC, True)):
            some = late.where(condition).limit(MOST_COUNTED).subquery()
            what = some.c.topic if is_outside else some.c.handler
            counted = sa.select(what, sa.func.count(), sa.func.min(some.c.due_at)).group_by(what).order_by(what)
            found += [LateJobs(name, is_outside, count, oldest) for name, count, oldest in self._connection.execute(counted)]
        return found

    def _queue(self, rows: sa.Select[Any]) -> Queue:
        some = rows.limit(MOST_COUNTED).subquery()
        oldest = sa.func.min(some.c.since) if "since" in some.c else sa.null()
        count, since = self._connection.execute(sa.select(sa.func.count(), oldest).select_from(some)).one()
        return Queue(count, since)
