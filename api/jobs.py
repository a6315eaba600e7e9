"""Jobs: fetched by topic, held and ended by other systems; listed for those who operate cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, cast

import msgspec
from litestar import get
from litestar.params import JSONBody, PathParameter, QueryParameter

from engine import feel
from engine.canonical import Json
from engine.case_data import decode, encode
from engine.job import Job, JobState

from .bodies import Body, Name, Object, View, as_json, plain_object
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, HIGHEST, Cursor, Engine, Limit
from .problems import declared
from .writes import post

LONGEST_LEASE_SECONDS = 3_600
DAY_SECONDS = 86_400

JobId = Annotated[str, PathParameter(max_length=100, description="The id of the job, as it was fetched.")]
Fence = Annotated[int, msgspec.Meta(ge=1, le=HIGHEST, description="The fence that the job was fetched with.")]
LeaseSeconds = Annotated[
    int,
    msgspec.Meta(
        ge=1,
        le=LONGEST_LEASE_SECONDS,
        description="So long the job is yours without your being heard of. Extend it in time.",
    ),
]
Topic = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Message = Annotated[
    str,
    msgspec.Meta(
        min_length=1, max_length=500, description="What failed, without personal data: it stands in history and in incidents."
    ),
]


RetryAfterSeconds = Annotated[
    int,
    msgspec.Meta(ge=0, le=DAY_SECONDS, description="When to try again, instead of the back-off that the diagram says."),
]


class JobsAsked(Body, frozen=True, kw_only=True):
    """Which jobs are wanted."""

    topics: Annotated[list[Topic], msgspec.Meta(min_length=1, max_length=50)]
    worker: Annotated[Name, msgspec.Meta(description="Which of your processes asks; history tells it.")]
    lease_seconds: LeaseSeconds = 60
    limit: Annotated[int, msgspec.Meta(ge=1, le=100, description="How many at most.")] = 10


class HeldJob(Body, frozen=True, kw_only=True):
    """Which holding of a job is meant."""

    fence: Fence


class JobExtended(HeldJob, frozen=True, kw_only=True):
    lease_seconds: LeaseSeconds = 60


class JobCompleted(HeldJob, frozen=True, kw_only=True):
    result: Annotated[
        Object, msgspec.Meta(description="What the process sees as `result`. An identity number in it is refused.")
    ] = {}  # noqa: RUF012  # msgspec copies it


class JobFailed(HeldJob, frozen=True, kw_only=True):
    message: Message
    retry_after_seconds: RetryAfterSeconds | None = None
    is_final: Annotated[bool, msgspec.Meta(description="No more tries: it is an incident at once.")] = False


class JobError(HeldJob, frozen=True, kw_only=True):
    code: Annotated[Name, msgspec.Meta(description="The code of the BPMN error.")]
    message: Annotated[str, msgspec.Meta(max_length=500, description="What an incident says where nothing catches it.")] = ""


class FetchedJob(View, frozen=True, kw_only=True):
    """A job that is yours until `lockedUntil`."""

    id: str
    fence: Annotated[int, msgspec.Meta(description="Send it along with whatever you say of the job.")]
    topic: str
    key: Annotated[str, msgspec.Meta(description="The same for every try at this job, and no other's: for the other side.")]
    element: Annotated[str, msgspec.Meta(description="The path of the element that ordered it.")]
    inputs: Annotated[Object, msgspec.Meta(description="What the diagram gives. May be personal data.")]
    attempt: Annotated[int, msgspec.Meta(description="Which try this is, from 1.")]
    retries: Annotated[int, msgspec.Meta(description="How many tries there are in all.")]
    locked_until: datetime
    deadline: Annotated[datetime, msgspec.Meta(description="When this try's time is out; no lease helps beyond it.")]
    traceparent: Annotated[
        str,
        msgspec.Meta(
            description="The span of the step that ordered it (W3C Trace Context), for your traces to go on from or link to. "
            "Empty where nobody traces."
        ),
    ]

    @classmethod
    def of(cls, job: Job) -> FetchedJob:
        assert job.locked_until is not None, "a job that is taken has a lease"
        assert job.deadline is not None, "a job that is taken has a deadline"
        plain = feel.to_json(cast("dict[str, feel.Value]", decode(dict(job.inputs))))
        return cls(
            id=job.id,
            fence=job.fence,
            topic=job.topic,
            key=job.key,
            element=job.element,
            inputs=plain_object(cast("Mapping[str, Json]", plain)),
            attempt=job.attempts,
            retries=job.policy.retries,
            locked_until=job.locked_until,
            deadline=job.deadline,
            traceparent=job.traceparent,
        )


class FetchedJobs(View, frozen=True, kw_only=True):
    items: list[FetchedJob]


class JobView(View, frozen=True, kw_only=True):
    """A job that is not done, without what it carries."""

    id: str
    case_id: str
    element: Annotated[str, msgspec.Meta(description="The path of the element that ordered it.")]
    handler: Annotated[str, msgspec.Meta(description="Empty where another system does it.")]
    topic: Annotated[str, msgspec.Meta(description="Empty where a handler does it.")]
    state: Annotated[JobState, msgspec.Meta(description="`answered`: it is done, and the case is suspended.")]
    attempts: int
    retries: int
    created_at: datetime
    due_at: datetime
    worker: Annotated[str, msgspec.Meta(description="Who works on it now.")]
    locked_until: datetime | None
    last_error: Annotated[str, msgspec.Meta(description="What the last try that failed said.")]

    @classmethod
    def of(cls, job: Job) -> JobView:
        return cls(
            id=job.id,
            case_id=job.case_id,
            element=job.element,
            handler=job.handler,
            topic=job.topic,
            state=job.state,
            attempts=job.attempts,
            retries=job.policy.retries,
            created_at=job.created_at,
            due_at=job.due_at,
            worker=job.worker,
            locked_until=job.locked_until,
            last_error=job.last_error,
        )


class JobList(View, frozen=True, kw_only=True):
    items: list[JobView]
    next: Annotated[str | None, msgspec.Meta(description="Send as `cursor` for the next page; null at the end.")]


@get(
    "/jobs",
    summary="List jobs that are not done",
    tags=["Jobs"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-allowed", "rejected"),
)
def list_jobs(
    *,
    engine: Engine,
    asker: Asker,
    standing: Annotated[JobState | None, QueryParameter(name="state", description="Only jobs that stand so.")] = None,
    what: Annotated[str | None, QueryParameter(max_length=100, description="Only this handler or topic.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> JobList:
    """Jobs of the cases that one may operate, in the order in which they were ordered, without what they carry."""
    page = engine.jobs(asker, state=standing, what=what or "", cursor=cursor, limit=limit)
    return JobList(items=[JobView.of(job) for job in page.rows], next=page.next)


@post(
    "/jobs/fetch",
    summary="Fetch jobs to work on",
    tags=["Jobs"],
    status_code=200,
    responses=declared(*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-allowed", "rejected"),
)
def fetch_jobs(engine: Engine, asker: Asker, data: JSONBody[JobsAsked]) -> FetchedJobs:
    """Takes jobs with these topics that are due, the longest due first, and nobody else gets them meanwhile.

    For accounts with the role `worker`: those of the cases in whose unit the account is in the group of the topic's name. Each
    look at what they carry is logged.
    """
    lease = timedelta(seconds=data.lease_seconds)
    jobs = engine.fetch_jobs(asker, data.topics, worker=data.worker, lease=lease, limit=data.limit)
    return FetchedJobs(items=[FetchedJob.of(job) for job in jobs])


_OUTCOME_PROBLEMS = declared(*CHANGE_PROBLEMS, *BODY_PROBLEMS, "job-lost")
_TOLD_PROBLEMS = declared(*CHANGE_PROBLEMS, *BODY_PROBLEMS, "job-lost", "rejected", "revision-conflict")


@post(
    "/jobs/{job_id:str}/extend",
    summary="Hold on to a job",
    tags=["Jobs"],
    status_code=200,
    responses=_OUTCOME_PROBLEMS,
)
def extend_job(engine: Engine, asker: Asker, job_id: JobId, data: JSONBody[JobExtended]) -> FetchedJob:
    """A new lease, from now on; none helps beyond the `deadline`."""
    job = engine.extend_job(asker, job_id, data.fence, lease=timedelta(seconds=data.lease_seconds))
    return FetchedJob.of(job)


@post(
    "/jobs/{job_id:str}/complete",
    summary="Say that a job is done",
    tags=["Jobs"],
    status_code=204,
    responses=_TOLD_PROBLEMS,
)
def complete_job(engine: Engine, asker: Asker, job_id: JobId, data: JSONBody[JobCompleted]) -> None:
    """The case goes on with the `result`. Said a second time without the same key it is `job-lost`, because the job is gone.

    A result that does not fit the types that the process declares is `rejected`, and the job stays yours.
    """
    result = encode(feel.from_json(as_json(data.result)))
    engine.complete_job(asker, job_id, data.fence, result)


@post(
    "/jobs/{job_id:str}/fail",
    summary="Say that a try failed",
    tags=["Jobs"],
    status_code=204,
    responses=_TOLD_PROBLEMS,
)
def fail_job(engine: Engine, asker: Asker, job_id: JobId, data: JSONBody[JobFailed]) -> None:
    """It is tried again after the back-off, or is an incident when it was tried as often as the diagram says."""
    wait = None if data.retry_after_seconds is None else timedelta(seconds=data.retry_after_seconds)
    engine.fail_job(asker, job_id, data.fence, data.message, retry_after=wait, is_final=data.is_final)


@post(
    "/jobs/{job_id:str}/error",
    summary="End a job in a BPMN error",
    tags=["Jobs"],
    status_code=204,
    responses=_TOLD_PROBLEMS,
)
def throw_from_job(engine: Engine, asker: Asker, job_id: JobId, data: JSONBody[JobError]) -> None:
    """The process catches the error, on the border of the element or further out; else it is an incident."""
    engine.throw_from_job(asker, job_id, data.fence, data.code, data.message)


@post(
    "/jobs/{job_id:str}/release",
    summary="Give a job back",
    tags=["Jobs"],
    status_code=204,
    responses=_OUTCOME_PROBLEMS,
)
def release_job(engine: Engine, asker: Asker, job_id: JobId, data: JSONBody[HeldJob]) -> None:
    """Somebody else may take it at once, and the try does not count."""
    engine.release_job(asker, job_id, data.fence)


HANDLERS = [list_jobs, fetch_jobs, extend_job, complete_job, fail_job, throw_from_job, release_job]
