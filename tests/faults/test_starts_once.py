"""Several workers on one database that see the same start timers come due: each begins its case once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from engine.actor import SYSTEM
from engine.clock import FixedClock
from engine.definition import Bundle
from engine.ports import Unit
from engine.wait import StartWait
from tests.bpmn.diagrams import end, manual, start, timer
from tests.builders import NOON
from tests.commands.house import NORTH, process

from .installation import engine_on

PROCESSES = 8
WORKERS = 3


def test_each_round_of_a_start_timer_begins_one_case_whoever_fires_it(sql_url: str) -> None:
    tick = start("tick", timer("timeCycle", "R2/P1D"), unit=NORTH)
    packages = [process(tick, manual("a"), end(), "tick > a > e", key=f"p{number}") for number in range(PROCESSES)]
    clock = FixedClock(NOON)
    with engine_on(sql_url, clock) as engine, ThreadPoolExecutor(WORKERS) as workers:
        with engine.store.write() as work:
            work.people.put_unit(Unit(NORTH, "North"))
            work.commit()
        engine.deploy(SYSTEM, Bundle(tuple(packages)))
        clock.move_to(NOON + timedelta(days=5))
        barrier = Barrier(WORKERS)

        def fire(due: list[StartWait]) -> int:
            barrier.wait(timeout=60)
            return sum(engine.begin_due(start) for start in due)

        for _ in range(2):
            with engine.store.read() as work:
                due = list(work.starts.due(clock.now(), 100))
            assert sum(workers.map(fire, [due] * WORKERS)) == PROCESSES
        assert engine.fire_due() == 0
        begun = Counter(case.process for case in engine.cases(SYSTEM, limit=100).rows)
    assert begun == {f"p{number}": 2 for number in range(PROCESSES)}
