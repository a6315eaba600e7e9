"""An installation with work to do in the background, and workers in threads of this process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import Event, Thread

import sqlalchemy as sa

from engine.actor import SYSTEM
from engine.background import BackgroundWorker, Worker
from engine.background.distributed import DistributedWorker
from engine.background.rhythm import Rhythm
from engine.case import Case, CaseStatus
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle
from engine.history import EventType
from engine.ids import CaseId
from engine.ports import Unit
from engine.queries import CaseChoice
from engine.storage.sql import SqlStore
from tests.bpmn.diagrams import boundary, catch, end, manual, signal, start, timer, user
from tests.builders import NOON
from tests.commands.house import NORTH, NOTE, process

DECLARED = '<signal id="si" name="alarm"/>'
TIMED = process(start(), catch("t", timer("timeDuration", "PT1H")), end(), "s > t > e", key="timed")
SOON = process(start(), catch("t", timer("timeDuration", "PT0S")), end(), "s > t > e", key="soon")
LISTENER = process(start(), catch("c", signal()), end(), "s > c > e", key="listener", declared=DECLARED)
ROUNDS = process(
    start(),
    user("a", form="note"),
    boundary("often", "a", timer("timeCycle", "R3/PT1H"), interrupting=False),
    manual("b"),
    end(),
    "s > a > e",
    "often > b > e",
    key="rounds",
)
DAILY = process(start("tick", timer("timeCycle", "R2/P1D"), unit=NORTH), manual("a"), end(), "tick > a > e", key="daily")
QUICK = Rhythm(poll=0.1, sweep=0.1, heartbeat=0.3, stalled=1.5, retry=0.1)
"""For tests that must not wait as long as machines may."""
DEAF = Rhythm(poll=3600.0, sweep=3600.0)
"""Hears what it is told, and never looks by itself."""
PATIENCE_SECONDS = 60.0


class BackgroundHouse:
    """The engine on a database, by a clock that stands where it is put. `tells`: workers on other machines are told."""

    def __init__(self, store: SqlStore, *, now: datetime = NOON) -> None:
        self.store = store
        self.clock = FixedClock(now)
        self.engine = CaseEngine(store, clock=self.clock)
        with store.write() as work:
            work.people.put_unit(Unit(NORTH, "North"))
            work.commit()
        self.engine.deploy(SYSTEM, Bundle((NOTE, TIMED, SOON, LISTENER, ROUNDS)))

    def start(self, key: str, *, times: int = 1) -> list[CaseId]:
        return [self.engine.start_case(SYSTEM, key, unit=NORTH).id for _ in range(times)]

    def alarm(self) -> None:
        """Send a signal on its way to all who listen."""
        self.engine.throw_signal(SYSTEM, "alarm", unit=NORTH)

    def cases(self, key: str) -> Sequence[Case]:
        return self.engine.cases(SYSTEM, CaseChoice(process=key), limit=1_000).rows

    def count(self, case_id: CaseId, type_: EventType) -> int:
        with self.store.read() as work:
            return [event.type for event, _ in work.histories.of_case(case_id)].count(type_)

    def are_done(self, cases: Sequence[CaseId]) -> bool:
        return all(self.engine.case(SYSTEM, id_).case.status is CaseStatus.COMPLETED for id_ in cases)

    def break_state(self, case_id: CaseId) -> None:
        """Damage what is stored of a case, as a disk might."""
        self.run(f"UPDATE case_state SET state = '{{\"format\":99}}' WHERE case_id = '{case_id}'")

    def run(self, *statements: str) -> None:
        """Do something behind the engine's back."""
        with self.store.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def has_carrier(self) -> bool:
        with self.store.engine.connect() as connection:
            return connection.scalar(sa.text("SELECT to_regclass('stegvis_wakeups.procrastinate_jobs')")) is not None

    def told(self) -> int:
        """How many wake-ups are on their way."""
        with self.store.engine.connect() as connection:
            return int(connection.scalar(sa.text("SELECT count(*) FROM stegvis_wakeups.procrastinate_jobs")) or 0)

    def workers(self) -> int:
        """How many workers the carrier knows of."""
        with self.store.engine.connect() as connection:
            return int(connection.scalar(sa.text("SELECT count(*) FROM stegvis_wakeups.procrastinate_workers")) or 0)


def a_worker(engine: CaseEngine, *, rhythm: Rhythm = QUICK, concurrency: int = 2) -> BackgroundWorker:
    """The worker that fits the store: one that shares its work where the store tells of it, else an embedded one."""
    store = engine.store
    assert isinstance(store, SqlStore)
    if store.carrier is None:
        return Worker(engine)
    return DistributedWorker(engine, store.carrier, concurrency=concurrency, rhythm=rhythm)


@contextmanager
def working(*workers: BackgroundWorker) -> Iterator[None]:
    """The workers at work, and stopped afterwards."""
    stop = Event()
    threads = [Thread(target=worker.run, args=(stop,)) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=PATIENCE_SECONDS)
        assert not any(thread.is_alive() for thread in threads), "a worker does not stop"


def wait_until(is_so: Callable[[], bool]) -> None:
    """Return when it is so; a test that waits in vain fails."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "it never came to be so"
        time.sleep(0.02)
