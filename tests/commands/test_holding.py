"""Holding a case while one decides by its revision. On each store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from engine.actor import SYSTEM
from engine.case import CaseStatus
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle
from engine.errors import NotFound
from engine.ports import Store
from tests.builders import NOON
from tests.commands.house import FAR, NORTH, NOTE, ONE_TASK


@pytest.fixture
def engine(store: Store) -> CaseEngine:
    engine = CaseEngine(store, clock=FixedClock(NOON))
    engine.deploy(SYSTEM, Bundle((NOTE, ONE_TASK)))
    return engine


def test_of_many_who_have_read_the_same_revision_one_acts(engine: CaseEngine) -> None:
    case = engine.start_case(SYSTEM, "p", unit=NORTH, data={})
    barrier = Barrier(6)

    def suspend(_: int) -> bool:
        barrier.wait(timeout=20)
        with engine.case_held(SYSTEM, case.id) as held:
            if held.revision != case.revision:
                return False
            engine.suspend_case(SYSTEM, case.id, reason="Waits")
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(suspend, range(6))) == [False] * 5 + [True]
    after = engine.case(SYSTEM, case.id).case
    assert (after.status, after.revision) == (CaseStatus.SUSPENDED, case.revision + 1)


def test_what_fails_while_a_case_or_task_is_held_leaves_nothing(engine: CaseEngine) -> None:
    case = engine.start_case(SYSTEM, "p", unit=NORTH, data={})
    (task,) = engine.case(SYSTEM, case.id).tasks

    def fail() -> None:
        with engine.task_held(SYSTEM, task.id) as held:
            assert held == task
            engine.suspend_case(SYSTEM, case.id, reason="Waits")
            raise LookupError("a mistake in a step")

    with pytest.raises(LookupError):
        fail()
    assert engine.case(SYSTEM, case.id).case == case


def test_who_may_not_know_of_a_case_holds_nothing(engine: CaseEngine) -> None:
    case = engine.start_case(SYSTEM, "p", unit=NORTH, data={})
    (task,) = engine.case(SYSTEM, case.id).tasks
    with pytest.raises(NotFound), engine.case_held(FAR, case.id):
        pass
    with pytest.raises(NotFound), engine.task_held(FAR, task.id):
        pass
