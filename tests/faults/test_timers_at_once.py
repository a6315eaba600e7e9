"""Timers that all come due in one moment, with two workers in processes of their own: each fires once, and none early."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from engine.history import EventType

from .errands import errands_on
from .long_run import times
from .workers import Worker, wait_until, working

TIMERS = times(200, 1_000)


def test_timers_that_come_due_at_once_fire_once_each_and_none_early(sql_url: str, tmp_path: Path) -> None:
    with errands_on(sql_url) as errands:
        cases = errands.start("timed", times=TIMERS)
        workers = [Worker(sql_url, tmp_path / f"worker-{number}.log") for number in (1, 2)]
        with working(*workers):
            due = errands.engine.clock.now() + timedelta(seconds=3)
            errands.let_timers_come_due(cases, due)
            wait_until(lambda: errands.done(cases) == TIMERS)
            for worker in workers:
                worker.stop()
                assert "failed" not in worker.log, worker.log
        fired = [
            record.events(EventType.TIMER_FIRED)[0].event.at for record in errands.require_each_once(EventType.TIMER_FIRED)
        ]
    assert len(fired) == TIMERS
    assert min(fired) >= due
