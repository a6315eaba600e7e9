"""The worker: due things get done, one that fails holds nothing up, and it stops when told."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread

import pytest
import structlog
from structlog.testing import capture_logs

from engine.actor import SYSTEM
from engine.background import BATCH, Worker
from engine.canonical import Json
from engine.case import CaseStatus
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.content import read_bundle
from engine.ids import CaseId, UnitId
from engine.storage.memory import MemoryStore
from engine.telemetry.logs import tell_to
from engine.wakeup import Wakeup
from tests.builders import NOON, a_message

from .conftest import PURCHASE

REQUEST: dict[str, Json] = {"article": "Lathe", "amount": 25000}
A_MONTH = timedelta(days=31)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def engine(clock: FixedClock) -> CaseEngine:
    engine = CaseEngine(MemoryStore(), clock=clock)
    engine.deploy(SYSTEM, read_bundle([PURCHASE]))
    return engine


@pytest.fixture
def plain_logs() -> Iterator[None]:
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def a_case(engine: CaseEngine) -> CaseId:
    return engine.start_case(SYSTEM, "purchase-request", unit=UnitId("workshop"), submission=REQUEST).id


def break_state(engine: CaseEngine, case_id: CaseId) -> None:
    """Damage what is stored of a case, as a disk might."""
    with engine.store.write() as work:
        locked = work.cases.lock(case_id)
        assert locked is not None
        damaged = replace(locked.case, revision=locked.case.revision + 1)
        work.cases.save(damaged, '{"format":99}', locked.data, was=locked)
        work.commit()


def status(engine: CaseEngine, case_id: CaseId) -> CaseStatus:
    return engine.case(SYSTEM, case_id).case.status


def test_nothing_is_done_before_its_time(engine: CaseEngine) -> None:
    a_case(engine)
    assert Worker(engine).work_once() == (0, 0)


def test_what_is_due_is_done(engine: CaseEngine, clock: FixedClock) -> None:
    case_id = a_case(engine)
    clock.move_to(NOON + A_MONTH)

    assert Worker(engine).work_once() == (1, 0)

    assert status(engine, case_id) is CaseStatus.COMPLETED


def test_a_case_that_fails_is_logged_and_holds_no_other_up(engine: CaseEngine, clock: FixedClock) -> None:
    broken, sound = a_case(engine), a_case(engine)
    break_state(engine, broken)
    clock.move_to(NOON + A_MONTH)

    with capture_logs() as logs:
        assert Worker(engine).work_once() == (1, 1)

    assert status(engine, sound) is CaseStatus.COMPLETED
    assert [(log["event"], log["case"], log["error"]) for log in logs] == [("step-failed", broken, "ValueError")]


def test_cases_that_fail_are_tried_later_and_what_is_due_after_them_is_done(
    engine: CaseEngine, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.background.embedded.BATCH", 3)
    for _ in range(4):
        break_state(engine, a_case(engine))
    clock.move_to(NOON + timedelta(minutes=1))
    sound = a_case(engine)
    clock.move_to(NOON + A_MONTH)
    worker = Worker(engine)
    with capture_logs() as logs:
        assert [worker.work_once() for _ in range(3)] == [(0, 3), (1, 1), (0, 0)]
    assert (status(engine, sound), len(logs)) == (CaseStatus.COMPLETED, 4)
    clock.move_to(NOON + A_MONTH + timedelta(minutes=2))
    with capture_logs():
        assert worker.work_once() == (0, 3)


def test_expired_messages_are_looked_for_every_hour(engine: CaseEngine, clock: FixedClock) -> None:
    worker = Worker(engine)
    worker.work_once()
    with engine.store.write() as work:
        for number in range(BATCH + 1):
            work.waits.add_message(a_message(str(number), expires_at=NOON))
        work.commit()
    left = []
    for minutes in (59, 60, 61):
        clock.move_to(NOON + timedelta(minutes=minutes))
        worker.work_once()
        with engine.store.read() as work:
            left.append(len(work.waits.expired_unmatched(clock.now(), BATCH + 2)))
    assert left == [BATCH + 1, 1, 0]


def test_it_runs_until_it_is_told_to_stop(engine: CaseEngine, clock: FixedClock) -> None:
    case_id = a_case(engine)
    stop = Event()
    thread = Thread(target=Worker(engine).run, args=(stop,))
    with capture_logs() as logs:
        clock.move_to(NOON + A_MONTH)
        thread.start()
        while status(engine, case_id) is not CaseStatus.COMPLETED:
            thread.join(timeout=0.01)
        stop.set()
        thread.join(timeout=60)
    assert not thread.is_alive()
    assert [log["event"] for log in logs] == ["worker-started", "worker-stopped"]


def test_told_to_stop_it_finishes_the_step_under_way_and_begins_no_other(engine: CaseEngine, clock: FixedClock) -> None:
    class StoppingEngine(CaseEngine):
        def wake(self, wakeup: Wakeup) -> None:
            stop.set()
            super().wake(wakeup)

    stop = Event()
    cases = [a_case(engine) for _ in range(3)]
    clock.move_to(NOON + A_MONTH)
    worker = Worker(StoppingEngine(engine.store, clock=clock))
    worker.run(stop)
    assert worker.work_once(stop) == (0, 0)
    assert [status(engine, case_id) for case_id in cases].count(CaseStatus.COMPLETED) == 1


def test_a_clock_that_is_put_back_does_not_keep_what_failed_waiting(engine: CaseEngine, clock: FixedClock) -> None:
    break_state(engine, a_case(engine))
    clock.move_to(NOON + A_MONTH)
    worker = Worker(engine)
    with capture_logs():
        assert [worker.work_once() for _ in range(2)] == [(0, 1), (0, 0)]
        clock.move_to(NOON + A_MONTH - timedelta(hours=1))
        assert worker.work_once() == (0, 1)


@pytest.mark.usefixtures("plain_logs")
def test_logs_are_json_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    tell_to(sys.stderr, "warning", "auto")
    log = structlog.get_logger("stegvis.test")
    log.info("quiet")
    log.warning("loud", case="c1")

    told = capsys.readouterr()

    assert told.out == ""
    (line,) = told.err.splitlines()
    assert json.loads(line) == {"event": "loud", "case": "c1", "level": "warning", "time": json.loads(line)["time"]}
