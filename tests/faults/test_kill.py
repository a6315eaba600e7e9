"""The server is killed at any moment and started again: what was acknowledged is there, and nothing is half done."""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path
from threading import Event

from engine.case_engine import CaseEngine
from engine.clock import FixedClock, SystemClock
from engine.history import EventType
from engine.ids import ROOT_SCOPE, UserId
from engine.task import TaskState
from engine.wait import message_key

from .installation import CLERKS, engine_on, install, serving
from .long_run import times
from .looking import Record, broken_rules, deliveries, entries, read_records
from .traffic import Memory, Traffic

KILLS = times(6, 1_000)


def test_a_killed_server_forgets_nothing_it_said_and_leaves_nothing_half_done(sql_url: str, tmp_path: Path) -> None:
    seed = int(os.environ.get("STEGVIS_TEST_SEED", random.SystemRandom().randrange(10**6)))
    print(f"STEGVIS_TEST_SEED={seed} gives the same people and moments again")
    install(sql_url)
    memory = work_while_the_server_dies(sql_url, tmp_path / "server.log", random.Random(seed))
    assert memory.surprises == []
    assert memory.interrupted > 0

    with engine_on(sql_url) as engine:
        require_whole(engine, memory)
    with engine_on(sql_url, FixedClock(SystemClock().now() + timedelta(hours=1))) as engine:
        engine.deliver_pending(limit=10_000)
        engine.fire_due(limit=10_000)
        require_whole(engine, memory)
        require_every_message_delivered(engine, memory)
    report(memory)


def test_what_was_not_answered_is_sent_again_and_done_once(sql_url: str, tmp_path: Path) -> None:
    """Nobody has to look what became of a request: who sends it again, with its key, loses nothing and does nothing twice."""
    seed = int(os.environ.get("STEGVIS_TEST_SEED", random.SystemRandom().randrange(10**6)))
    print(f"STEGVIS_TEST_SEED={seed} gives the same people and moments again")
    install(sql_url)
    memory = work_while_the_server_dies(sql_url, tmp_path / "server.log", random.Random(seed), insists=True)
    assert memory.surprises == []
    assert memory.interrupted > 0

    with engine_on(sql_url) as engine:
        require_whole(engine, memory)
        require_nothing_else(engine, memory)
    report(memory)


def report(memory: Memory) -> None:
    """Say what was looked at: `make faults` shows it."""
    print(
        f"{KILLS} kills, {memory.acknowledged} writes acknowledged, {memory.interrupted} interrupted: none lost, none doubled"
    )


def work_while_the_server_dies(url: str, log: Path, rng: random.Random, *, insists: bool = False) -> Memory:
    """Kill the server again and again, each time between the beginning of some request and a few milliseconds later."""
    never = Event()
    with serving(url, log) as server:
        traffic = Traffic(server, CLERKS, rng.randrange(10**6), insists=insists)
        traffic.begin()
        try:
            for _ in range(KILLS):
                traffic.wait_for_requests(rng.randint(15, 60))
                never.wait(timeout=rng.random() * 0.03)
                traffic.server_is(up=False)
                server.kill()
                server.start()
                traffic.server_is(up=True)
            traffic.wait_for_requests(15)
        finally:
            traffic.end()
        assert "unexpected error" not in server.log, server.log
        assert "failed" not in server.log, server.log
    return traffic.memory


def require_whole(engine: CaseEngine, memory: Memory) -> None:
    records = read_records(engine)
    assert [rule for record in records for rule in broken_rules(engine, record)] == []
    assert [record.case.number for record in records if record.incidents] == []
    _require_acknowledged(records, memory)
    _require_effects_once(engine, records)


def require_nothing_else(engine: CaseEngine, memory: Memory) -> None:
    """Where people insist, all that there is was acknowledged."""
    records = read_records(engine)
    assert Counter(reference(record) for record in records) == Counter(memory.started.values())
    ended = {str(task.id): task.ended_by for record in records for task in record.tasks if task.state is TaskState.COMPLETED}
    assert ended == memory.completed


def _require_acknowledged(records: list[Record], memory: Memory) -> None:
    cases = {str(record.case.id) for record in records}
    assert set(memory.started) <= cases
    tasks = {str(task.id): (task, record) for record in records for task in record.tasks}
    for task_id, name in memory.completed.items():
        task, record = tasks[task_id]
        assert (task.state, task.ended_by) == (TaskState.COMPLETED, name)
        assert [told.event.actor for told in record.events(EventType.TASK_COMPLETED, task.path)] == [name]
    for task_id, names in memory.claimed.items():
        task, record = tasks[task_id]
        assert names <= {told.event.actor for told in record.events(EventType.TASK_CLAIMED, task.path)}


def _require_effects_once(engine: CaseEngine, records: list[Record]) -> None:
    """Each register has one entry for each time that history tells of its service task, and the case has counted it."""
    for register, element in (("permits", "enter"), ("reminders", "remind")):
        done = Counter({reference(record): record.count(EventType.ELEMENT_COMPLETED, element) for record in records})
        assert entries(engine, register) == +done
        assert all(times <= 1 for times in done.values())
    for record in records:
        with engine.store.read() as work:
            data = work.cases.data(record.case.id)
        assert data.read(ROOT_SCOPE, "entries") == record.count(EventType.ELEMENT_COMPLETED, "enter")
        assert record.count(EventType.MESSAGE_RECEIVED) <= 1
        assert record.count(EventType.TIMER_FIRED) <= 1


def reference(record: Record) -> str:
    """What the case is about; the title says it."""
    return record.case.title.removeprefix("Permit ")


def require_every_message_delivered(engine: CaseEngine, memory: Memory) -> None:
    """Each message is kept once and reached the one case that it was for, also when its sender heard nothing at first."""
    kept = deliveries(engine)
    sent = {message_key(UserId(about.rpartition("-")[0]), id_): about for id_, about in memory.sent.items()}
    answered = {key for key, about in sent.items() if f"answer-{about}" in memory.answered}
    assert answered <= set(kept) <= set(sent)
    assert set(kept.values()) <= {1}
    received = {reference(record) for record in read_records(engine) if record.count(EventType.MESSAGE_RECEIVED)}
    assert received == {sent[key] for key in kept}
