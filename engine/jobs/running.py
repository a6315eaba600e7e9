"""Running jobs: handlers in threads of their own, outside any transaction, each looked after while it works."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Final, Protocol, cast

import structlog

from .. import feel, observing
from ..actor import SYSTEM
from ..canonical import Json
from ..case_data import decode, encode, why_not_kept
from ..case_engine import CaseEngine
from ..errors import JobLost, Rejected, StegvisError
from ..handlers import HandlerFailed
from ..ids import new_id
from ..job import Job
from ..job_handlers import CaseFile, JobDesk, NotNow, TemporaryFailure, job_handler
from ..ports import StoredFile
from ..sentences import Words, sentence
from .attempts import Attempts

SLOTS: Final = 4
"""Jobs that one process does at a time."""
MOST_LEFT_RUNNING: Final = 32
"""Handlers that took too long and still run; with more of them the process takes no more jobs."""
REPORTS: Final = 10
"""How often an answer is tried to be told while the database cannot be reached."""

_log = structlog.get_logger("stegvis.jobs")


@dataclass(frozen=True, slots=True)
class JobCounts:
    """What one look for jobs did: how many were begun, and how many were taken from workers not heard of any more."""

    begun: int = 0
    lapsed: int = 0


@dataclass(slots=True)
class _Work:
    """A job under way. Once it `is_over`, `tell` says to the engine what came of it, and `outcome` to whoever counts.

    `let_go` wants it given back.
    """

    job: Job
    is_over: threading.Event = field(default_factory=threading.Event)
    tell: Callable[[], None] | None = None
    let_go: bool = False
    outcome: str = "failed"
    files: list[StoredFile] = field(default_factory=list)


class ProcessApart(Protocol):
    """Where a job is done that may end its process: one at a time, and beside what is done here."""

    @property
    def is_busy(self) -> bool: ...
    def begin(self, job_id: str) -> None: ...
    def ask_to_stop(self) -> None: ...
    def end(self, seconds: float) -> None: ...


class JobRunner:
    """Takes jobs, runs their handlers and tells what came of them. Any number may run on one database.

    A job that goes alone is done `apart`, and nothing waits for it; without that it waits until nothing else is under way
    here, and holds up the rest until then.

    No transaction is open while a handler runs. A handler that takes longer than the diagram allows is left to itself and
    counts for nothing any more; its thread cannot be ended.
    """

    def __init__(
        self,
        engine: CaseEngine,
        *,
        slots: int = SLOTS,
        lease: timedelta | None = None,
        name: str = "",
        apart: ProcessApart | None = None,
    ) -> None:
        self._engine = engine
        self._apart = apart
        self._slots = slots
        self._lease = lease or engine.house.settings.job_lease
        self.name = name or f"{socket.gethostname()}-{new_id()[:8]}"
        self._attempts = Attempts(engine.clock)
        self._under_way: dict[str, _Work] = {}
        self._left: list[threading.Thread] = []
        self._changed = threading.Condition()
        self._taking = threading.Lock()  # one looks for room and fills it before another looks
        self._is_stopping = False

    def run_due(self, limit: int) -> JobCounts:
        """Begin what is due, as much as there is room for and at most `limit`, and do not wait for it."""
        lapsed = self._engine.give_up_lapsed_jobs(self._attempts.attempt, limit=limit + self._attempts.waiting())
        taken = self._take(limit)
        for work in taken:
            threading.Thread(target=self._attend, args=(work,), daemon=True, name=f"attend-{work.job.id[:8]}").start()
        return JobCounts(len(taken) + self._begin_apart(), lapsed)

    def run(self, job_id: str) -> bool:
        """Do one job and wait for it. False when it is not due, gone, or somebody else has it, or there is no room."""
        taken = self._take(1, job_id)
        for work in taken:
            self._attend(work)
        return bool(taken)

    def next_due(self) -> datetime | None:
        """When there is something to do again; None when there is nothing, or no room before a job is over."""
        is_full = self._room() <= 0 or (self._apart is not None and self._apart.is_busy)
        due = None if is_full else self._engine.next_job_due()
        waits = due is not None and due <= self._engine.clock.now() and self._attempts.waiting()
        return None if waits else due  # what failed and is overdue waits its turn

    def wait(self, seconds: float) -> bool:
        """Wait until no job is under way, at most so long. False when one still is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._under_way, seconds)

    def stop(self, grace_seconds: float) -> None:
        """Begin nothing more and wait for what is under way; what is not over by then is given back for others."""
        with self._taking:
            self._is_stopping = True
        if self._apart is not None:
            self._apart.ask_to_stop()
        if not self.wait(grace_seconds):
            with self._changed:
                left = list(self._under_way.values())
            for work in left:
                work.let_go = True
                work.is_over.set()
            self.wait(grace_seconds)
        if self._apart is not None:
            self._apart.end(2 * grace_seconds)

    def _room(self) -> int:
        with self._changed:
            self._left = [thread for thread in self._left if thread.is_alive()]
            if len(self._left) >= MOST_LEFT_RUNNING:
                _log.error(
                    "jobs-stuck", count=len(self._left), message="Handlers that took too long still run: restart this process."
                )
                return 0
            if self._is_stopping or any(work.job.goes_alone for work in self._under_way.values()):
                return 0
            return self._slots - len(self._under_way)

    def _take(self, limit: int, id_: str = "") -> list[_Work]:
        with self._taking:
            room = min(limit, self._room())
            if room <= 0:
                return []
            busy = bool(self._under_way)
            alone = self._apart is None
            jobs = self._engine.take_jobs(
                worker=self.name, lease=self._lease, limit=room, id_=id_, in_company=busy, alone=alone
            )
            taken = [_Work(job) for job in jobs]
            with self._changed:
                self._under_way |= {work.job.id: work for work in taken}
        return taken

    def _begin_apart(self) -> int:
        """Begin the job that goes alone and has been due for longest, unless another is under way; gives how many."""
        with self._taking:
            if self._apart is None or self._is_stopping or self._apart.is_busy:
                return 0
            job_id = self._engine.job_due_alone()
            if job_id is None:
                return 0
            self._apart.begin(job_id)
            return 1

    def _attend(self, work: _Work) -> None:
        """Look after a job until it is over, lost, or out of time, and tell what came of it."""
        job = work.job
        thread = threading.Thread(target=self._do, args=(work,), daemon=True, name=f"job-{job.id[:8]}")
        try:
            thread.start()
            began = monotonic()
            self._tell(job, self._outcome(work))
            measures = self._engine.house.observer.measures
            measures.job(job.handler, work.outcome, monotonic() - began, job.attempts)
        finally:
            with self._changed:
                if thread.is_alive():
                    self._left.append(thread)
                self._under_way.pop(job.id, None)
                self._changed.notify_all()

    def _outcome(self, work: _Work) -> Callable[[], None] | None:
        """What is to be told when the job is over; None when it is not ours any more."""
        job, ends = work.job, monotonic() + work.job.policy.timeout.total_seconds()
        while not work.is_over.wait(max(0.0, min(self._lease.total_seconds() / 3, ends - monotonic()))):
            if monotonic() >= ends:
                seconds = round(job.policy.timeout.total_seconds())
                said = sentence("it took longer than the {number} seconds that the diagram allows", number=seconds)
                return partial(self._fail, job, said)
            try:
                self._engine.extend_job(SYSTEM, job.id, job.fence, lease=self._lease)
            except JobLost:
                _log.warning("job-lost", job=job.id, handler=job.handler)
                return None
            except Exception as error:  # the database may be gone for a while; the lease tells who has the job
                _log.error("job-not-renewed", job=job.id, **observing.failure(error))
        return partial(self._engine.release_job, SYSTEM, job.id, job.fence) if work.let_go else work.tell

    def _tell(self, job: Job, outcome: Callable[[], None] | None) -> None:
        """Tell the engine; what it did outside is not thrown away because the database is gone for a moment."""
        for attempt in range(REPORTS if outcome is not None else 0):
            try:
                assert outcome is not None
                outcome()
            except JobLost:
                _log.warning("job-lost", job=job.id, handler=job.handler)
            except Rejected as error:
                said = sentence("its answer cannot be kept: {error}", error=error.said)
                outcome = partial(self._fail, job, said, is_final=True)
                continue
            except Exception as error:  # whatever is wrong, other jobs go on; the lease runs out, and the job is tried again
                _log.error("job-not-told", job=job.id, handler=job.handler, **observing.failure(error), attempt=attempt + 1)
                threading.Event().wait(min(self._lease.total_seconds() / REPORTS, 1.0))
                continue
            return

    def _do(self, work: _Work) -> None:
        """Run the handler, in its own thread."""
        job = work.job
        work.tell = partial(self._fail, job, sentence("it broke off without an answer"))
        try:
            told = {"stegvis.handler": job.handler, "stegvis.element": job.element, "stegvis.attempt": str(job.attempts)}
            with self._engine.house.observer.tracer.span("job", told, link=job.traceparent):
                result = _plain(self._call(job, work.files))
            work.outcome = "completed"
            work.tell = partial(self._engine.complete_job, SYSTEM, job.id, job.fence, result, files=work.files)
        except NotNow as wish:
            work.outcome = "given back"
            work.tell = partial(self._engine.release_job, SYSTEM, job.id, job.fence, after=wish.after)
        except TemporaryFailure as failure:
            work.tell = partial(self._fail, job, failure.said, retry_after=failure.retry_after)
        except HandlerFailed as failure:
            work.outcome = "error" if failure.error else "failed"
            throw = partial(self._engine.throw_from_job, SYSTEM, job.id, job.fence, failure.error, failure.said)
            work.tell = throw if failure.error else partial(self._fail, job, failure.said, is_final=True)
        except StegvisError as error:  # a file that cannot be kept
            work.tell = partial(self._fail, job, error.said, is_final=isinstance(error, Rejected))
        except (
            Exception,
            SystemExit,
        ) as error:  # a handler may fail in any way, and say anything
            _log.error("job-handler-failed", job=job.id, handler=job.handler, **observing.failure(error))
            work.tell = partial(self._fail, job, sentence("it broke off with {error}", error=type(error).__name__))
        finally:
            work.is_over.set()

    def _call(self, job: Job, files: list[StoredFile]) -> feel.Value:
        handler = job_handler(job.handler)
        if handler is None:
            said = sentence(
                "it is not installed on the worker {name}: install the package that brings it there", name=self.name
            )
            raise TemporaryFailure(said)
        inputs = cast("dict[str, feel.Value]", decode(dict(job.inputs)))

        def keep_file(name: str, content: bytes) -> str:
            files.append(self._engine.keep_job_file(job, name, content))
            return files[-1].id

        def read_file(id_: str) -> CaseFile:
            found, content = self._engine.case_file(SYSTEM, job.case_id, id_)
            return CaseFile(found.name, found.media_type, content)

        now = self._engine.clock.now()
        desk = JobDesk(
            key=job.key,
            case_number=self._engine.case_number(job),
            element=job.element,
            attempt=job.attempts,
            now=now,
            deadline=job.deadline or now + job.policy.timeout,
            settings=self._engine.house.settings,
            keep_file=keep_file,
            read_file=read_file,
            package_file=lambda name: self._engine.package_file(job, name),
            traceparent=self._engine.house.observer.tracer.traceparent(),
        )
        return handler.run(inputs, desk)

    def _fail(self, job: Job, message: Words, *, retry_after: timedelta | None = None, is_final: bool = False) -> None:
        self._engine.fail_job(SYSTEM, job.id, job.fence, message, retry_after=retry_after, is_final=is_final)


def _plain(result: feel.Value) -> Json:
    """What a handler gave, as it is kept. Raises HandlerFailed where it cannot be."""
    try:
        return encode(result)
    except (TypeError, ValueError) as error:
        raise HandlerFailed(sentence("its answer cannot be kept: {error}", error=why_not_kept(error))) from error
