"""Taking jobs, holding on to them and giving them back. What comes of them is in `job_outcomes`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Final

from .. import bpmn
from .. import job as jobs
from ..actor import may_fetch, operated_units, topics_of
from ..errors import UNREADABLE, JobLost, NotAllowed
from ..job import Job, JobState
from ..ports import Access, LockedCase
from ..queries import Page
from ..sentences import sentence
from .free_text import require_no_identity_number
from .house import Shelf
from .kept_files import texts_of
from .occurrence import Occurrence

SHORTEST_LEASE: Final = timedelta(seconds=1)
MOST_FETCHED: Final = 100
PUT_OFF: Final = timedelta(minutes=1)
"""So long a job waits whose case this release cannot read: for a process of the release that can."""


def take(
    at: Occurrence,
    *,
    worker: str,
    lease: timedelta,
    limit: int,
    id_: str = "",
    in_company: bool = False,
    alone: bool = True,
) -> Sequence[Job]:
    """Take jobs for handlers that are due, the longest due first; with `id_` only that one. Others may take at the same time.

    One that goes alone is taken by itself, and not at all by a worker that does others (`in_company`): that takes nothing
    then, so that it has nothing else to do soon. Without `alone` those are left to whoever does them apart, and hold nothing
    up. An empty answer means one of these, or that nothing is due, or somebody else has it.
    """
    due = at.unit.jobs.due(at.now, limit, id_=id_, alone=alone)
    if lone := [job for job in due if job.goes_alone]:
        due = [] if in_company else lone[:1]
    return [_taken(at, job, worker, lease) for job in due if _can_be_told(at, job)]


def fetch(at: Occurrence, topics: Collection[str], *, worker: str, lease: timedelta, limit: int) -> Sequence[Job]:
    """Take jobs with these topics, of cases in whose unit the actor works on them. Each look at their inputs is on record.

    Raises:
        NotAllowed: the actor works on none of these topics, wherever. Rejected: the worker's name, which history keeps,
            holds an identity number.
    """
    require_no_identity_number(sentence("the worker's name"), worker=worker)
    asked = frozenset(topics)
    if not may_fetch(at.actor, asked):
        raise NotAllowed(
            f"You work on none of these topics: {', '.join(sorted(asked))}. It takes the role worker, and in the unit of the "
            "case the group with the topic's name: an administrator gives both."
        )
    due = at.unit.jobs.due_for(topics_of(at.actor), asked, at.now, min(limit, MOST_FETCHED))
    taken = [_taken(at, job, worker, lease) for job in due if _can_be_told(at, job)]
    for case_id in dict.fromkeys(job.case_id for job in taken):
        at.unit.access_log.add(Access(at.actor.id, "jobs", case_id, at.now))
    return taken


def extend(at: Occurrence, id_: str, fence: int, *, lease: timedelta) -> Job:
    """Hold on to a job; its lease never goes beyond the time that an attempt may take.

    Raises:
        JobLost: it is not the actor's any more, or the time is out.
    """
    job = held(at, id_, fence)
    if job.deadline is None or job.deadline <= at.now:
        raise JobLost(id_)
    renewed = jobs.renew(job, now=at.now, lease=max(lease, SHORTEST_LEASE))
    at.unit.jobs.save(renewed)
    return renewed


def release(at: Occurrence, id_: str, fence: int, *, after: timedelta | None = None) -> None:
    """Give a job back undone: anybody may take it at once, or `after` a while; the attempt does not count. Raises JobLost."""
    due_at = None if after is None else at.now + after
    at.unit.jobs.save(jobs.give_back(held(at, id_, fence), due_at=due_at))


def listed(
    at: Occurrence, *, state: JobState | None = None, what: str = "", cursor: str | None = None, limit: int = 50
) -> Page[Job]:
    """Jobs that are not done, of the cases that the actor may operate, in the order in which they were ordered.

    Raises:
        NotAllowed: the actor operates no cases. Rejected: the cursor is not one that a page gave.
    """
    units = operated_units(at.actor)
    if units is not None and not units:
        raise NotAllowed("Jobs are seen by those who operate cases: the heads of units, and administrators.")
    return at.unit.jobs.listed(limit, cursor, units=units, state=state, what=what)


def held(at: Occurrence, id_: str, fence: int) -> Job:
    """The job that the actor has taken with this fence. Raises JobLost."""
    job = at.unit.jobs.lock(id_)
    if job is None or not job.is_held(fence, at.actor.id):
        raise JobLost(id_)
    return job


def held_with_case(at: Occurrence, id_: str, fence: int) -> tuple[LockedCase, Job]:
    """The same, with its case, which is held first. Raises JobLost."""
    job = at.unit.jobs.get(id_)
    locked = at.unit.cases.lock(job.case_id) if job is not None else None
    if locked is None:
        raise JobLost(id_)
    return locked, held(at, id_, fence)


def package_file(at: Occurrence, job: Job, name: str) -> str | None:
    """The text of a file of the package that the job's element was deployed in; None where it has no such file."""
    case = at.unit.cases.get(job.case_id)
    if case is None:
        return None
    shelf = Shelf(at.house, at.unit)
    found = bpmn.process_at(at.unit.cases.state(case.id), job.token, shelf.process(case.version_id), shelf)
    version = None if found is None else at.unit.definitions.process(found.version_id)
    return None if version is None else texts_of(at, version).get(name)


def _can_be_told(at: Occurrence, job: Job) -> bool:
    """Whether this release can read the case that is to be told of the job's end. One of a newer release is left to that."""
    case = at.unit.cases.get(job.case_id)
    shelf = Shelf(at.house, at.unit)
    try:
        assert case is not None, "a job belongs to a case"
        bpmn.places(at.unit.cases.state(case.id), shelf.process(case.version_id), shelf)
    except UNREADABLE:
        at.unit.jobs.save(jobs.put_off(job, until=at.now + PUT_OFF))
        return False
    return True


def _taken(at: Occurrence, job: Job, worker: str, lease: timedelta) -> Job:
    taken = jobs.take(job, holder=at.actor.id, worker=worker, now=at.now, lease=max(lease, SHORTEST_LEASE))
    at.unit.jobs.save(taken)
    return taken
