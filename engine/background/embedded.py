"""The worker of one process: it looks at the rows that are due, again and again."""

from __future__ import annotations

import time
from functools import partial
from threading import Event
from typing import Final

import structlog

from ..case_engine import CaseEngine
from ..jobs.attempts import Attempts, tell
from ..jobs.running import JobRunner
from .tidying import Tidying

BATCH: Final = 100
SHORTEST_SLEEP_SECONDS: Final = 0.05
LONGEST_SLEEP_SECONDS: Final = 1.0
SLEEP_AFTER_FAILURE_SECONDS: Final = 5.0
GRACE_SECONDS: Final = 10.0
"""So long jobs under way may go on when the process is told to stop; then they are given back for others."""

_log = structlog.get_logger("stegvis.worker")


class Worker:
    """Fires timers, delivers messages and has jobs done until it is told to stop.

    Any number may run on one database: each step takes its case's lock and looks again before it does anything.
    """

    def __init__(self, engine: CaseEngine, *, jobs: JobRunner | None = None) -> None:
        self._engine = engine
        self._attempts = Attempts(engine.clock)
        self._tidying = Tidying(engine, self._attempts, batch=BATCH)
        self._jobs = jobs or JobRunner(engine)
        self._shortest_sleep = SHORTEST_SLEEP_SECONDS
        self.beat_at = time.monotonic()
        """When it was last seen at work, in seconds as `time.monotonic` counts them."""

    def run(self, stop: Event) -> None:
        """Work until `stop` is set; the step under way is finished first. What fails is logged and tried again later."""
        _log.info("worker-started", worker="embedded")
        while not stop.is_set():
            stop.wait(self.round(stop))
        self._jobs.stop(GRACE_SECONDS)
        _log.info("worker-stopped")

    def work_once(self, stop: Event | None = None) -> tuple[int, int]:
        """Do what is due now, until `stop` is set: how many steps were taken, and how many failed.

        A failed step holds nothing else up: it is tried again later, and what comes after it is read further on.
        """
        steps = []
        for one in self._engine.due(BATCH + self._attempts.waiting()):
            if stop is not None and stop.is_set():
                break
            steps.append(self._attempts.attempt(one.name, one.key[0], partial(self._engine.wake, one)))
        else:
            self._tidying.tidy()
            steps += [True] * self._jobs.run_due(BATCH).begun
        return steps.count(True), steps.count(False)

    def round(self, stop: Event) -> float:
        """One round of work; gives the seconds to sleep after it."""
        self.beat_at = time.monotonic()
        try:
            done, failed = self.work_once(stop)
            if done:
                self._shortest_sleep = SHORTEST_SLEEP_SECONDS
                return 0.0
            return SLEEP_AFTER_FAILURE_SECONDS if failed else self._idle_seconds()
        except Exception as error:  # the database may be gone for a while; the next round tries again
            tell("worker-failed", error)
            return SLEEP_AFTER_FAILURE_SECONDS

    def _idle_seconds(self) -> float:
        now = self._engine.clock.now()
        # Of steps, what is overdue by now has failed and waits its turn.
        due = [moment for moment in (self._engine.next_due(now), self._jobs.next_due()) if moment is not None]
        until = (min(due) - now).total_seconds() if due else LONGEST_SLEEP_SECONDS
        # A job that is due and was not to be had is another's just now, or cannot be read: looked at less and less often.
        self._shortest_sleep = SHORTEST_SLEEP_SECONDS if until > 0 else min(2 * self._shortest_sleep, LONGEST_SLEEP_SECONDS)
        return min(max(until, self._shortest_sleep), LONGEST_SLEEP_SECONDS)
