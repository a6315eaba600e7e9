"""Work in the background: timers that come due, messages on their way, and messages whose time is out.

Embedded in a server, or on its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event
from typing import Final

import structlog

from .case_engine import CaseEngine
from .errors import StegvisError

BATCH: Final = 100
SHORTEST_SLEEP_SECONDS: Final = 0.05
LONGEST_SLEEP_SECONDS: Final = 1.0
SLEEP_AFTER_FAILURE_SECONDS: Final = 5.0
PAUSE_AFTER_FAILURE: Final = timedelta(minutes=1)
"""So long a step that failed waits before it is tried again."""
TIDYING: Final = timedelta(hours=1)
"""How often expired messages are looked for."""

_log = structlog.get_logger("stegvis.worker")


class Worker:
    """Fires timers and delivers messages until it is told to stop.

    Any number may run on one database: each step takes its case's lock and looks again before it does anything.
    """

    def __init__(self, engine: CaseEngine) -> None:
        self._engine = engine
        self._later: dict[tuple[str, ...], datetime] = {}
        self._tidied_at: datetime | None = None

    def run(self, stop: Event) -> None:
        """Work until `stop` is set; the step under way is finished first. What fails is logged and tried again later."""
        _log.info("worker-started")
        while not stop.is_set():
            stop.wait(self._round())
        _log.info("worker-stopped")

    def work_once(self) -> tuple[int, int]:
        """Do what is due now: how many steps were taken, and how many failed.

        A failed step holds nothing else up: it is tried again later, and what comes after it is read further on.
        """
        engine, now = self._engine, self._engine.clock.now()
        self._later = {key: again for key, again in self._later.items() if again > now}
        with engine.store.read() as work:
            deliveries = work.waits.pending_deliveries(BATCH + len(self._later))
            timers = work.waits.due(now, BATCH + len(self._later))
            starts = work.starts.due(now, BATCH + len(self._later))
        steps = [self._attempt((one.case_id, one.token, one.message_id), partial(engine.deliver, one)) for one in deliveries]
        steps += [self._attempt((one.case_id, one.token), partial(engine.fire, one)) for one in timers]
        steps += [self._attempt((one.process, one.element), partial(engine.begin_due, one)) for one in starts]
        self._tidy()
        return steps.count(True), steps.count(False)

    def _tidy(self) -> None:
        """Delete expired messages and old changes now and then, messages batch by batch while there are many."""
        now = self._engine.clock.now()
        if self._tidied_at is not None and now < self._tidied_at + TIDYING:
            return
        if self._engine.forget_messages(limit=BATCH) < BATCH:
            self._engine.forget_changes()
            self._tidied_at = now

    def _round(self) -> float:
        """One round of work; gives the seconds to sleep after it."""
        try:
            done, failed = self.work_once()
            if done:
                return 0.0
            return SLEEP_AFTER_FAILURE_SECONDS if failed else self._idle_seconds()
        except Exception as error:  # the database may be gone for a while; the next round tries again
            _tell("worker-failed", error)
            return SLEEP_AFTER_FAILURE_SECONDS

    def _attempt(self, key: tuple[str, ...], step: Callable[[], object]) -> bool | None:
        """True when the step was taken, False when it failed, None when it failed a moment ago and waits its turn."""
        if key in self._later:
            return None
        try:
            step()
        except Exception as error:  # whatever is wrong with one case, the others go on
            _tell("step-failed", error, case=key[0])
            self._later[key] = self._engine.clock.now() + PAUSE_AFTER_FAILURE
            return False
        return True

    def _idle_seconds(self) -> float:
        due = self._engine.next_due()
        if due is None:
            return LONGEST_SLEEP_SECONDS
        until = (due - self._engine.clock.now()).total_seconds()
        return min(max(until, SHORTEST_SLEEP_SECONDS), LONGEST_SLEEP_SECONDS)


def _tell(what: str, error: Exception, **about: str) -> None:
    """Log the kind of error and where it arose. Its text may repeat what somebody typed, so only our own is told."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    message = error.message if isinstance(error, StegvisError) else ""
    _log.error(what, error=type(error).__name__, at=place, message=message, **about)
