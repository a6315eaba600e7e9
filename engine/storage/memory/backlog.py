"""How much waits to be done, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from ...case import CaseStatus, IncidentState
from ...job import JobState
from ...ports.backlog import MOST_COUNTED, Backlog, LateJobs, Queue
from ...wait import WaitKind
from .tables import Tables


class MemoryBacklogs:
    """See `ports.Backlogs`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def count(self, now: datetime) -> Backlog:
        tables = self._tables
        waits = [one for of_case in tables.waits.values() for one in of_case.values()]
        active = {id_ for id_, case in tables.cases.items() if case.status is CaseStatus.ACTIVE}
        asleep = {id_ for id_, case in tables.cases.items() if case.status is CaseStatus.SUSPENDED}
        timers = [one.due for one in waits if one.kind is WaitKind.TIMER and one.case_id in active]
        starts = [one.due for one in tables.starts.values()]
        jobs = [job for _, job in tables.jobs.values() if job.state is JobState.WAITING and job.case_id in active]
        due = [job for job in jobs if job.due_at <= now]
        moving = [one for one, done in tables.deliveries.items() if not done and one.case_id not in asleep]
        sent = {one.message_id for one in tables.deliveries}
        waiting = [one for one in tables.messages.values() if one.id not in sent]
        return Backlog(
            timers=_queue(due for due in timers if due is not None and due <= now),
            starts=_queue(due for due in starts if due is not None and due <= now),
            jobs=_queue(job.due_at for job in due if job.handler),
            topic_jobs=_queue(job.due_at for job in due if job.topic),
            deliveries=Queue(min(len(moving), MOST_COUNTED)),
            incidents=_queue(one.opened_at for one in tables.incidents.values() if one.state is IncidentState.OPEN),
            unmatched_messages=_queue(one.sent_at for one in waiting if one.expires_at > now and not one.is_lost),
            lost_messages=_queue(one.sent_at for one in waiting if one.is_lost),
        )

    def late_jobs(self, before: datetime) -> Sequence[LateJobs]:
        found: dict[tuple[bool, str], list[datetime]] = {}
        waiting = (job for _, job in self._tables.jobs.values() if job.state is JobState.WAITING and job.due_at < before)
        for job in waiting:
            if self._tables.cases[job.case_id].status is CaseStatus.ACTIVE:
                found.setdefault((bool(job.topic), job.what), []).append(job.due_at)
        return [LateJobs(what, is_outside, len(due), min(due)) for (is_outside, what), due in sorted(found.items())]


def _queue(moments: Iterable[datetime]) -> Queue:
    oldest = sorted(moments)[:MOST_COUNTED]
    return Queue(len(oldest), min(oldest, default=None))
