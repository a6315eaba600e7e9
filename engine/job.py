"""A job: work for the system that leaves the database, ordered by a service task and done after its step.

Who does it takes it with a lease, which is renewed while the work goes on. Each taking has a higher `fence`: what comes from
an earlier one is refused, however late it comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from .canonical import Json, digest
from .ids import CaseId, Token, UserId
from .sentences import sentence

LONGEST_BACK_OFF: Final = timedelta(days=1)
SLACK: Final = timedelta(seconds=5)
"""So long after the time that an attempt may take its worker can still tell what came of it."""
LOST: Final = sentence("whoever worked on it was not heard of any more")
"""What is said of an attempt that ended with its worker."""
JITTER: Final = 0.25
"""So much longer than the back-off the wait may be, by chance: jobs that failed together do not come back together."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often a job is tried in all, how long after the first failure (doubled after each), and how long one try may take."""

    retries: int = 3
    retry_after: timedelta = timedelta(minutes=1)
    timeout: timedelta = timedelta(minutes=5)

    def back_off(self, failures: int, chance: float) -> timedelta:
        """The wait after so many failures (from 1): never shorter than the diagram says; `chance` is from 0 up to 1."""
        doubled = self.retry_after * (1 << min(failures - 1, 17))  # by then a second has become more than a day
        return min(doubled, LONGEST_BACK_OFF) * (1 + JITTER * chance)


USUAL: Final = RetryPolicy()
"""Where the diagram does not say."""


class JobState(StrEnum):
    """WAITING to be taken; TAKEN by a worker; ANSWERED while the case is suspended: what came of it is kept until then."""

    WAITING = "waiting"
    TAKEN = "taken"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Job:
    """One job of one token. Either `handler` or `topic` says what is to be done; `inputs` are encoded FEEL values by name.

    `element` is the element's path, `names` what it is called (`name`, `nameEn`). `key` is for the outside world. `attempts`
    counts from the order on. While it is taken, `holder` and `worker` say by whom, until `locked_until`; the attempt may
    take until `deadline`. `last_error` has no personal data. `outcome` is what came of it in a suspended case. `traceparent`
    is the span of the step that ordered it (W3C Trace Context), empty where nobody traces.
    """

    id: str
    case_id: CaseId
    token: Token
    element: str
    key: str
    inputs: Mapping[str, Json]
    created_at: datetime
    due_at: datetime
    handler: str = ""
    topic: str = ""
    names: Mapping[str, Json] = field(default_factory=dict)
    policy: RetryPolicy = USUAL
    state: JobState = JobState.WAITING
    attempts: int = 0
    fence: int = 0
    holder: UserId | None = None
    worker: str = ""
    locked_until: datetime | None = None
    deadline: datetime | None = None
    last_error: str = ""
    outcome: Mapping[str, Json] | None = None
    traceparent: str = ""

    @property
    def what(self) -> str:
        """The handler or the topic."""
        return self.handler or self.topic

    @property
    def is_used_up(self) -> bool:
        """Whether it was tried as often as the diagram says."""
        return self.attempts >= self.policy.retries

    @property
    def goes_alone(self) -> bool:
        """Whether this attempt is its last after one that ended with its worker.

        Another job may have been what ended the worker then: none shall take the last attempt from this one.
        """
        attempts = self.attempts + (self.state is JobState.WAITING)
        return self.last_error == LOST.part("en") and attempts >= self.policy.retries

    @property
    def has_begun(self) -> bool:
        """Whether anybody ever took it: it may have had effects outside."""
        return self.fence > 0

    def is_held(self, fence: int, holder: UserId) -> bool:
        return self.state is JobState.TAKEN and (self.fence, self.holder) == (fence, holder)

    def has_lapsed(self, now: datetime) -> bool:
        """Whether whoever took it has not been heard of for the length of the lease."""
        return self.state is JobState.TAKEN and self.locked_until is not None and self.locked_until <= now


def job_key(case_id: CaseId, token: Token) -> str:
    """What tells the outside world that two calls are for one job: 64 hexadecimal digits that tell nothing of the case."""
    return digest({"case": case_id, "token": token})


def take(job: Job, *, holder: UserId, worker: str, now: datetime, lease: timedelta) -> Job:
    """The job with its next attempt begun."""
    deadline = now + job.policy.timeout
    return replace(
        job,
        state=JobState.TAKEN,
        attempts=job.attempts + 1,
        fence=job.fence + 1,
        holder=holder,
        worker=worker,
        locked_until=min(now + lease, deadline + SLACK),
        deadline=deadline,
    )


def renew(job: Job, *, now: datetime, lease: timedelta) -> Job:
    """The job with a new lease, which ends soon after the time that the attempt may take."""
    assert job.deadline is not None, "a job that is taken has a deadline"
    return replace(job, locked_until=min(now + lease, job.deadline + SLACK))


def give_back(job: Job, *, due_at: datetime | None = None) -> Job:
    """The job as though it had not been taken this time, due as before or at `due_at`; the fence stays."""
    return replace(_free(job), attempts=job.attempts - 1, due_at=due_at or job.due_at)


def put_off(job: Job, *, until: datetime) -> Job:
    """The job left for others until then; it was not tried."""
    return replace(job, due_at=until)


def wait_again(job: Job, *, due_at: datetime, error: str) -> Job:
    """The job after an attempt that failed."""
    return replace(_free(job), due_at=due_at, last_error=error)


def keep_outcome(job: Job, outcome: Mapping[str, Json]) -> Job:
    """The job with what came of it, to be told to the case once that goes on."""
    return replace(_free(job), state=JobState.ANSWERED, outcome=outcome)


def _free(job: Job) -> Job:
    return replace(job, state=JobState.WAITING, holder=None, worker="", locked_until=None, deadline=None)
