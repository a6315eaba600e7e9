"""What procrastinate holds is thrown away under load, with workers in processes of their own: nothing is lost or doubled."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

import psycopg

from engine.case import CaseStatus
from engine.doctor.workers import HEARD_WITHIN
from engine.history import EventType
from engine.ids import CaseId
from engine.storage.sql import open_store
from engine.storage.sql.examining import wakeups

from .errands import errands_on
from .long_run import times
from .workers import Worker, wait_until, working

ROUNDS = times(2, 50)
_EMPTY = "TRUNCATE stegvis_wakeups.procrastinate_jobs, stegvis_wakeups.procrastinate_workers CASCADE"


def lose_wakeups(url: str) -> None:
    """Throw all of them away: also those that workers have in their hands, which may refuse for a moment."""
    with psycopg.connect(url, autocommit=True) as other:
        while True:
            with suppress(psycopg.errors.DeadlockDetected):
                other.execute(_EMPTY)
                return


def on_record(url: str) -> int:
    """How many workers `stegvis doctor` hears of."""
    with closing(open_store(url)) as store:
        return wakeups.look(store, heard_within=HEARD_WITHIN).workers


def test_wakeups_that_are_lost_under_load_lose_nothing(postgres_url: str, tmp_path: Path) -> None:
    cases: list[CaseId] = []
    with errands_on(postgres_url) as errands:
        with working(*[Worker(postgres_url, tmp_path / f"worker-{number}.log") for number in (1, 2)]):
            for _ in range(ROUNDS):
                for _ in range(2):
                    cases += [*errands.start("soon", times=10), *errands.start("listener", times=10)]
                    errands.alarm()
                    lose_wakeups(postgres_url)
            wait_until(lambda: errands.done(cases) == len(cases))
            lose_wakeups(postgres_url)  # nothing is told any more that would let them notice
            wait_until(lambda: on_record(postgres_url) == 2)
        records = errands.records()
    assert len(records) == len(cases)
    for record in records:
        assert record.case.status is CaseStatus.COMPLETED
        assert record.count(EventType.TIMER_FIRED) + record.count(EventType.SIGNAL_RECEIVED) == 1
