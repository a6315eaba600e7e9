"""The worker of one process among many: procrastinate carries the wake-ups to it, the rows say what there is to do."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from threading import Event
from typing import Any, Final

import structlog
from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker as Listener

from ..case_engine import CaseEngine
from ..jobs.attempts import PAUSE_AFTER_FAILURE, Attempts, tell
from ..jobs.running import JobRunner
from ..storage.sql.carrier import QUEUE, TASK, Carrier
from ..wakeup import Wakeup, WakeupKind
from .embedded import GRACE_SECONDS, Worker
from .rhythm import Rhythm
from .sweeper import Sweeper
from .tidying import Tidying

BATCH: Final = 100
_LOOK_SECONDS: Final = 0.2
_IS_ON_RECORD: Final = "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE id = %(id)s) AS known"

_log = structlog.get_logger("stegvis.worker")


class CarrierLostError(Exception):
    """The carrier's tables are not there, its connection broke, or it does not know of this worker any more."""


class DistributedWorker:
    """Fires timers and delivers messages until it is told to stop, together with any number of others on any machine.

    Each wake-up leads to a row that is looked at again under its case's lock: one too many does nothing. While the carrier
    is gone the worker looks at the rows by itself, as an embedded one does.
    """

    def __init__(
        self,
        engine: CaseEngine,
        carrier: Carrier,
        *,
        concurrency: int,
        rhythm: Rhythm | None = None,
        jobs: JobRunner | None = None,
    ) -> None:
        self._engine = engine
        self._carrier = carrier
        self._concurrency = concurrency
        self._rhythm = rhythm or Rhythm()
        self._attempts = Attempts(engine.clock)
        self._sweeper = Sweeper(engine, carrier, every_seconds=self._rhythm.sweep)
        self._tidying = Tidying(engine, self._attempts, batch=BATCH)
        self._jobs = jobs or JobRunner(engine)
        self._alone = Worker(engine, jobs=self._jobs)
        self._is_lost = False
        self.beat_at = time.monotonic()
        """When it was last seen at work, in seconds as `time.monotonic` counts them."""

    def run(self, stop: Event) -> None:
        """Work until `stop` is set; the steps under way are finished first. What fails is logged and tried again later."""
        _log.info("worker-started", worker="distributed", count=self._concurrency)
        while not stop.is_set():
            try:
                asyncio.run(self._carry(stop))
            except Exception as error:  # the carrier or the database may be gone for a while; the rows are still there
                self._work_alone(stop, error)
        self._jobs.stop(GRACE_SECONDS)
        _log.info("worker-stopped")

    def _work_alone(self, stop: Event, error: Exception) -> None:
        """Do what is due without being told of it, until there is nothing more; then the carrier is tried again."""
        if not self._is_lost:
            tell("carrier-lost", error)
        self._is_lost = True
        while not stop.is_set():
            self.beat_at = time.monotonic()
            pause = self._alone.round(stop)
            if pause:
                stop.wait(min(pause, self._rhythm.retry))
                return

    async def _carry(self, stop: Event) -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(self._concurrency + 2, thread_name_prefix="stegvis-step"))
        loop.set_exception_handler(_hear)
        app = App(connector=self._carrier.connector())
        app.task(name=TASK, queue=QUEUE)(self._wake)
        async with app.open_async():
            if not await app.check_connection_async():
                raise CarrierLostError("the tables are not there")
            listener = self._listener(app)
            run = listener.run()  # type: ignore[no-untyped-call]  # procrastinate does not say that it gives nothing
            listening = asyncio.create_task(run)
            works = (self._look_around(app, listener), self._look_for_jobs(), _set(stop))
            looking = [asyncio.create_task(work) for work in works]
            try:
                ended, _ = await asyncio.wait([listening, *looking], return_when=asyncio.FIRST_COMPLETED)
            finally:
                await _end(looking)
                listener.stop()  # type: ignore[no-untyped-call]  # the steps under way are finished first
                await asyncio.gather(listening, *looking, return_exceptions=True)
                gc.collect()  # wake-ups that could not be put away are told now, not when there is nobody left to hear
            for task in ended:
                task.result()
        if not stop.is_set():
            raise CarrierLostError("the worker ended by itself")

    def _listener(self, app: App) -> Listener:
        return Listener(
            app,
            queues=[QUEUE],
            concurrency=self._concurrency,
            delete_jobs="always",
            install_signal_handlers=False,
            fetch_job_polling_interval=self._rhythm.poll,
            abort_job_polling_interval=3600.0,
            update_heartbeat_interval=self._rhythm.heartbeat,
            stalled_worker_timeout=self._rhythm.stalled,
        )

    async def _look_around(self, app: App, listener: Listener) -> None:
        """Tell again what was not done, take over from the dead, tidy up; end where the listener has to begin anew.

        It puts itself on record when it begins. Where nothing is told it would not notice that it was struck off: somebody
        emptied the tables, or it stood still for so long that others took it for dead.
        """
        while True:
            pause = await asyncio.to_thread(self._sweeper.sweep)
            if listener.worker_id is not None:
                known = await app.connector.execute_query_one_async(_IS_ON_RECORD, id=listener.worker_id)
                if not known["known"]:
                    raise CarrierLostError("this worker is not on record")
            for left in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=self._rhythm.stalled):
                if left.id is not None:
                    with suppress(ConnectorException):  # another one was first
                        await app.job_manager.retry_job_by_id_async(left.id, datetime.now(UTC))
            await asyncio.to_thread(self._tidying.tidy)
            self._attempts.waiting()
            self.beat_at = time.monotonic()
            if self._is_lost:
                _log.info("carrier-found")
                self._is_lost = False
            await asyncio.sleep(pause)

    async def _look_for_jobs(self) -> None:
        """Jobs are heard of like all else; whose worker is not heard of any more, or found no room, are looked for."""
        while True:
            await asyncio.to_thread(self._jobs.run_due, BATCH)
            await asyncio.sleep(self._rhythm.poll)

    def _wake(self, kind: str, key: list[str], due: str | None = None) -> None:
        """What procrastinate calls, in a thread: see to one row. It never fails: the row says whether it is done."""
        try:
            wakeup = Wakeup(WakeupKind(kind), tuple(key), None if due is None else datetime.fromisoformat(due))
        except ValueError as error:  # a newer release has another kind of work, and does it
            tell("step-unknown", error)
            return
        if wakeup.kind is WakeupKind.JOB:
            self._attempts.attempt(wakeup.name, "", partial(self._jobs.run_due, BATCH))
        elif not self._attempts.attempt(wakeup.name, wakeup.key[0], partial(self._engine.wake, wakeup)):
            self._carrier.tell_later(wakeup, PAUSE_AFTER_FAILURE)


async def _end(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel them until they have ended: before Python 3.12 one that has just got its connection does not hear of it."""
    going = set(tasks)
    while going:
        for task in going:
            task.cancel()
        _, going = await asyncio.wait(going, timeout=_LOOK_SECONDS)


async def _set(stop: Event) -> None:
    while not stop.is_set():
        await asyncio.sleep(_LOOK_SECONDS)


def _hear(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A wake-up that could not be put away: its row says that it is done."""
    error = context.get("exception")
    if isinstance(error, Exception):
        _log.warning("wakeup-not-put-away", error=type(error).__name__)
