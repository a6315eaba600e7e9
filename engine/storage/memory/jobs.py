"""Jobs, in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from ...case import CaseStatus
from ...ids import CaseId, Token, UnitId
from ...job import Job, JobState
from ...queries import Page
from ..paging import JobPlace
from ..refusals import taken
from .tables import Tables


class MemoryJobs:
    """See `ports.Jobs`. Writers take turns, so that nothing has to be held."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, job: Job) -> None:
        if job.id in self._tables.jobs or any(one.token == job.token for one in self.of_case(job.case_id)):
            raise taken("job", job.id)
        self._tables.jobs.put(job.id, (self._tables.count("job"), job))

    def get(self, id_: str) -> Job | None:
        found = self._tables.jobs.get(id_)
        return None if found is None else found[1]

    def lock(self, id_: str) -> Job | None:
        return self.get(id_)

    def save(self, job: Job) -> None:
        serial, _ = self._tables.jobs[job.id]
        self._tables.jobs.put(job.id, (serial, job))

    def remove(self, case_id: CaseId, token: Token) -> None:
        for job in self.of_case(case_id):
            if job.token == token:
                self._tables.jobs.remove(job.id)

    def tell_again(self, case_id: CaseId) -> None:
        """Nobody works elsewhere who could hear of it."""

    def of_case(self, case_id: CaseId) -> Sequence[Job]:
        return [job for _, job in self._tables.jobs.values() if job.case_id == case_id]

    def due(self, now: datetime, limit: int, *, id_: str = "", alone: bool = True) -> Sequence[Job]:
        due = (job for job in self._waiting() if job.handler and job.due_at <= now and id_ in ("", job.id))
        return sorted((job for job in due if alone or not job.goes_alone), key=lambda job: job.due_at)[:limit]

    def due_alone(self, now: datetime) -> str | None:
        due = [job for job in self._waiting() if job.handler and job.due_at <= now and job.goes_alone]
        return min(due, key=lambda job: job.due_at).id if due else None

    def due_for(
        self, topics: Mapping[UnitId, frozenset[str]] | None, asked: frozenset[str], now: datetime, limit: int
    ) -> Sequence[Job]:
        found = (job for job in self._waiting() if job.topic in asked and job.due_at <= now and self._may_see(job, topics))
        return sorted(found, key=lambda job: job.due_at)[:limit]

    def lapsed(self, now: datetime, limit: int) -> Sequence[Job]:
        found = [(job.locked_until, job) for _, job in self._tables.jobs.values() if job.locked_until and job.has_lapsed(now)]
        return [job for _, job in sorted(found, key=lambda row: row[0])[:limit]]

    def next_due(self) -> datetime | None:
        due = [job.due_at for job in self._waiting() if job.handler]
        leases = [job.locked_until for _, job in self._tables.jobs.values() if job.locked_until is not None]
        return min([*due, *leases], default=None)

    def listed(
        self,
        limit: int,
        cursor: str | None = None,
        *,
        units: frozenset[UnitId] | None = None,
        state: JobState | None = None,
        what: str = "",
    ) -> Page[Job]:
        after = 0 if cursor is None else JobPlace.at(cursor).serial
        found = [
            (serial, job)
            for serial, job in self._tables.jobs.values()
            if serial > after
            and (units is None or self._tables.cases[job.case_id].unit in units)
            and state in (None, job.state)
            and what in ("", job.what)
        ]
        next_ = JobPlace(found[limit - 1][0]).cursor() if len(found) > limit > 0 else None
        return Page(tuple(job for _, job in found[:limit]), next_)

    def _waiting(self) -> Iterator[Job]:
        for _, job in self._tables.jobs.values():
            if job.state is JobState.WAITING and self._tables.cases[job.case_id].status is CaseStatus.ACTIVE:
                yield job

    def _may_see(self, job: Job, topics: Mapping[UnitId, frozenset[str]] | None) -> bool:
        return topics is None or job.topic in topics.get(self._tables.cases[job.case_id].unit, frozenset())
