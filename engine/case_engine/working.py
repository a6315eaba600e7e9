"""Jobs: taken, held on to, and what comes of them. Workers in the house and systems outside call it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial

from ..actor import SYSTEM, Actor
from ..canonical import Json
from ..commands import job_outcomes, jobs
from ..commands.files import keep
from ..job import Job, JobState
from ..ports import StoredFile
from ..queries import Page
from ..sentences import Words
from .door import Attempt, Door, at_once


class Working(Door):
    """Everything that is done about jobs; each in a transaction of its own, and none while the work goes on."""

    def take_jobs(
        self,
        *,
        worker: str,
        lease: timedelta,
        limit: int,
        id_: str = "",
        in_company: bool = False,
        alone: bool = True,
    ) -> Sequence[Job]:
        """See commands.jobs.take."""
        how = partial(jobs.take, worker=worker, lease=lease, limit=limit, id_=id_, in_company=in_company, alone=alone)
        return self._write(SYSTEM, how)

    def job_due_alone(self) -> str | None:
        """The id of the job that goes alone and has been due for longest."""
        with self.store.read() as unit:
            return unit.jobs.due_alone(self.clock.now())

    def fetch_jobs(self, actor: Actor, topics: Collection[str], *, worker: str, lease: timedelta, limit: int) -> Sequence[Job]:
        """See commands.jobs.fetch."""
        return self._write(actor, lambda at: jobs.fetch(at, topics, worker=worker, lease=lease, limit=limit))

    def jobs(
        self, actor: Actor, *, state: JobState | None = None, what: str = "", cursor: str | None = None, limit: int = 50
    ) -> Page[Job]:
        """See commands.jobs.listed."""
        with self._reading(actor) as at:
            return jobs.listed(at, state=state, what=what, cursor=cursor, limit=limit)

    def extend_job(self, actor: Actor, job_id: str, fence: int, *, lease: timedelta) -> Job:
        """See commands.jobs.extend."""
        return self._write(actor, lambda at: jobs.extend(at, job_id, fence, lease=lease))

    def release_job(self, actor: Actor, job_id: str, fence: int, *, after: timedelta | None = None) -> None:
        """See commands.jobs.release."""
        self._write(actor, lambda at: jobs.release(at, job_id, fence, after=after))

    def complete_job(self, actor: Actor, job_id: str, fence: int, result: Json, *, files: Sequence[StoredFile] = ()) -> None:
        """See commands.job_outcomes.complete."""
        self._write(actor, lambda at: job_outcomes.complete(at, job_id, fence, result, files=files))

    def throw_from_job(self, actor: Actor, job_id: str, fence: int, code: str, message: Words = "") -> None:
        """See commands.job_outcomes.throw."""
        self._write(actor, lambda at: job_outcomes.throw(at, job_id, fence, code, message))

    def fail_job(
        self,
        actor: Actor,
        job_id: str,
        fence: int,
        message: Words,
        *,
        retry_after: timedelta | None = None,
        is_final: bool = False,
    ) -> None:
        """See commands.job_outcomes.fail."""
        self._write(
            actor,
            lambda at: job_outcomes.fail(at, job_id, fence, message, retry_after=retry_after, is_final=is_final),
        )

    def give_up_lapsed_jobs(self, attempt: Attempt = at_once, *, limit: int = 100) -> int:
        """See to jobs whose worker is not heard of any more, each in a step of its own; gives how many.

        `attempt` makes each step, and may let one that fails wait while the others go on.
        """
        with self.store.read() as unit:
            lapsed = unit.jobs.lapsed(self.clock.now(), limit)
        steps = [partial(self._write, SYSTEM, partial(job_outcomes.lapse, id_=job.id)) for job in lapsed]
        return [attempt(f"lapse {job.id}", job.case_id, step) for job, step in zip(lapsed, steps, strict=True)].count(True)

    def next_job_due(self) -> datetime | None:
        """When the next job for a handler is due, or the next lease runs out."""
        with self.store.read() as unit:
            return unit.jobs.next_due()

    def keep_job_file(self, job: Job, name: str, content: bytes) -> StoredFile:
        """Keep what a handler made; it belongs to the case once the job is completed with it.

        Raises:
            Rejected: the case may hold no such file. Misconfigured: it cannot be kept.
        """
        nothing_is_read = self.store.read()  # it is not entered: no transaction is open while a handler runs
        return keep(self._at(nothing_is_read, SYSTEM), self.files, job.case_id, name, content)

    def case_number(self, job: Job) -> str:
        """The number of the job's case."""
        with self.store.read() as unit:
            case = unit.cases.get(job.case_id)
        return case.number if case is not None else ""

    def package_file(self, job: Job, name: str) -> str | None:
        """The text of a file of the package that the job's element was deployed in; None where it has no such file."""
        with self.store.read() as unit:
            return jobs.package_file(self._at(unit, SYSTEM), job, name)
