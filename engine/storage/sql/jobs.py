"""Jobs, in SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa

from ...canonical import Json
from ...case import CaseStatus
from ...ids import CaseId, Token, UnitId, UserId
from ...job import LOST, Job, JobState, RetryPolicy
from ...queries import Page
from ...wakeup import Wakeup, of_job
from ..json_text import read_json, write_json
from ..paging import JobPlace
from .connection import Connection
from .damaged import readable
from .statement import Values
from .tables import case_instance, job

_IS_FOR_HANDLER = sa.text("job.state = 'waiting' AND job.topic = ''")  # as the indexes say it, else SQLite would not use them
_IS_FOR_TOPIC = sa.text("job.state = 'waiting' AND job.topic <> ''")
_GOES_ALONE = sa.and_(
    job.c.last_error == LOST.part("en"), job.c.attempts + 1 >= job.c.retries
)  # as Job.goes_alone, of waiting ones
_IS_TAKEN = sa.text("job.state = 'taken'")
_IS_ACTIVE = case_instance.c.status == CaseStatus.ACTIVE.value
_WITH_CASE = job.join(case_instance, case_instance.c.id == job.c.case_id)


class SqlJobs:
    """See `ports.Jobs`. What a handler may do now, or at a time of its own, is told to `tell`."""

    def __init__(self, connection: Connection, tell: Callable[[Wakeup], None]) -> None:
        self._connection = connection
        self._tell = tell

    def add(self, job_: Job) -> None:
        self._connection.execute(sa.insert(job), _row(job_))
        self._tell_waiting(job_)

    def get(self, id_: str) -> Job | None:
        return self._one(sa.select(job).where(job.c.id == id_))

    def lock(self, id_: str) -> Job | None:
        return self._one(sa.select(job).where(job.c.id == id_).with_for_update())

    def save(self, job_: Job) -> None:
        self._connection.execute(sa.update(job).where(job.c.id == job_.id).values(_row(job_)))
        self._tell_waiting(job_)

    def remove(self, case_id: CaseId, token: Token) -> None:
        self._connection.execute(sa.delete(job).where(job.c.case_id == case_id, job.c.token == token))

    def tell_again(self, case_id: CaseId) -> None:
        for job_ in self.of_case(case_id):
            self._tell_waiting(job_)

    def of_case(self, case_id: CaseId) -> Sequence[Job]:
        return self._all(sa.select(job).where(job.c.case_id == case_id).order_by(job.c.serial))

    def due(self, now: datetime, limit: int, *, id_: str = "", alone: bool = True) -> Sequence[Job]:
        found = _due(now).where(_IS_FOR_HANDLER)
        found = found if alone else found.where(~_GOES_ALONE)
        return self._readable(found.where(job.c.id == id_) if id_ else found, limit)

    def due_alone(self, now: datetime) -> str | None:
        found = sa.select(job.c.id).select_from(_WITH_CASE).where(_IS_FOR_HANDLER, _IS_ACTIVE, job.c.due_at <= now, _GOES_ALONE)
        first = found.order_by(job.c.due_at, job.c.serial).limit(1)
        return cast("str | None", self._connection.execute(first).scalar_one_or_none())

    def due_for(
        self, topics: Mapping[UnitId, frozenset[str]] | None, asked: frozenset[str], now: datetime, limit: int
    ) -> Sequence[Job]:
        found = _due(now).where(_IS_FOR_TOPIC, job.c.topic.in_(sorted(asked)))
        if topics is None:
            return self._readable(found, limit)
        seen = [
            sa.and_(case_instance.c.unit == unit, job.c.topic.in_(sorted(names & asked)))
            for unit, names in sorted(topics.items())
            if names & asked
        ]
        return self._readable(found.where(sa.or_(*seen)), limit) if seen else []

    def lapsed(self, now: datetime, limit: int) -> Sequence[Job]:
        lapsed = sa.select(job).where(_IS_TAKEN, job.c.locked_until <= now)
        return self._readable(lapsed.order_by(job.c.locked_until), limit)

    def next_due(self) -> datetime | None:
        due = sa.select(job.c.due_at).select_from(_WITH_CASE).where(_IS_FOR_HANDLER, _IS_ACTIVE)
        lease = sa.select(job.c.locked_until).where(_IS_TAKEN)
        firsts = (due.order_by(job.c.due_at).limit(1), lease.order_by(job.c.locked_until).limit(1))
        found = [cast("datetime | None", self._connection.execute(first).scalar_one_or_none()) for first in firsts]
        return min((moment for moment in found if moment is not None), default=None)

    def listed(
        self,
        limit: int,
        cursor: str | None = None,
        *,
        units: frozenset[UnitId] | None = None,
        state: JobState | None = None,
        what: str = "",
    ) -> Page[Job]:
        found = sa.select(job).select_from(_WITH_CASE).order_by(job.c.serial).limit(limit + 1)
        if cursor is not None:
            found = found.where(job.c.serial > JobPlace.at(cursor).serial)
        if units is not None:
            found = found.where(case_instance.c.unit.in_(sorted(units)))
        if state is not None:
            found = found.where(job.c.state == state.value)
        if what:
            found = found.where(sa.or_(job.c.handler == what, job.c.topic == what))
        rows = self._connection.execute(found).all()
        next_ = JobPlace(rows[limit - 1].serial).cursor() if len(rows) > limit > 0 else None
        return Page(tuple(_job(row) for row in rows[:limit]), next_)

    def _tell_waiting(self, job_: Job) -> None:
        if job_.state is JobState.WAITING and not job_.topic:
            self._tell(of_job(job_))

    def _one(self, select: sa.Select[Any]) -> Job | None:
        row = self._connection.execute(select).one_or_none()
        return None if row is None else _job(row)

    def _readable(self, select: sa.Select[Any], limit: int) -> Sequence[Job]:
        return readable(self._connection, select, limit, job, _job)

    def _all(self, select: sa.Select[Any]) -> Sequence[Job]:
        return [_job(row) for row in self._connection.execute(select)]


def _due(now: datetime) -> sa.Select[Any]:
    found = sa.select(job).select_from(_WITH_CASE).where(_IS_ACTIVE, job.c.due_at <= now)
    return found.order_by(job.c.due_at, job.c.serial).with_for_update(of=job, skip_locked=True)


def _row(one: Job) -> Values:
    return {
        "id": one.id,
        "case_id": one.case_id,
        "token": one.token,
        "element": one.element,
        "names": write_json(one.names),
        "handler": one.handler,
        "topic": one.topic,
        "key": one.key,
        "inputs": write_json(one.inputs),
        "created_at": one.created_at,
        "due_at": one.due_at,
        "retries": one.policy.retries,
        "retry_after_seconds": round(one.policy.retry_after.total_seconds()),
        "timeout_seconds": round(one.policy.timeout.total_seconds()),
        "state": one.state.value,
        "attempts": one.attempts,
        "fence": one.fence,
        "holder": one.holder,
        "worker": one.worker,
        "locked_until": one.locked_until,
        "deadline": one.deadline,
        "last_error": one.last_error,
        "outcome": None if one.outcome is None else write_json(one.outcome),
        "traceparent": one.traceparent or None,
    }


def _job(row: Any) -> Job:
    policy = RetryPolicy(row.retries, timedelta(seconds=row.retry_after_seconds), timedelta(seconds=row.timeout_seconds))
    return Job(
        id=row.id,
        case_id=CaseId(row.case_id),
        token=Token(row.token),
        element=row.element,
        names=cast("Mapping[str, Json]", read_json(row.names)),
        handler=row.handler,
        topic=row.topic,
        key=row.key,
        inputs=cast("Mapping[str, Json]", read_json(row.inputs)),
        created_at=row.created_at,
        due_at=row.due_at,
        policy=policy,
        state=JobState(row.state),
        attempts=row.attempts,
        fence=row.fence,
        holder=None if row.holder is None else UserId(row.holder),
        worker=row.worker,
        locked_until=row.locked_until,
        deadline=row.deadline,
        last_error=row.last_error,
        outcome=None if row.outcome is None else cast("Mapping[str, Json]", read_json(row.outcome)),
        traceparent=row.traceparent or "",
    )
