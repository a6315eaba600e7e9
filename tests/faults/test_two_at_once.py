"""Two processes that do the same thing at the same moment on one database: it happens once."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from threading import Barrier

import httpx
import pytest

from engine.actor import SYSTEM
from engine.case import Case
from engine.case_engine import CaseEngine
from engine.history import EventType
from engine.ids import SYSTEM_ID
from engine.task import TaskState
from engine.wait import Delivery, WaitKind, message_key

from .installation import CLERKS, ROOT, UNIT, Person, engine_on, install, person, serving
from .long_run import times
from .looking import broken_rules, deliveries, entries, read_records

TASKS = times(20, 200)
CROWDED = times(3, 50)
CROWD = 50
TIMERS = 30


@pytest.fixture
def url(sql_url: str) -> str:
    install(sql_url)
    return sql_url


@pytest.fixture
def engine(url: str) -> Iterator[CaseEngine]:
    with engine_on(url) as engine:
        yield engine


def start(engine: CaseEngine, reference: str) -> Case:
    return engine.start_case(SYSTEM, "permit", unit=UNIT, data={"reference": reference})


def test_of_two_who_complete_a_task_at_once_one_wins_and_the_other_hears_who(
    url: str, engine: CaseEngine, tmp_path: Path
) -> None:
    for number in range(TASKS):
        start(engine, f"race-{number}")
    ids = [row.task.id for row in engine.tasks(SYSTEM, limit=TASKS).rows]
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(url, tmp_path / f"server-{number}.log")) for number in (1, 2)]
        people = [stack.enter_context(person(*pair)) for pair in zip(("anna", "bertil"), servers, strict=True)]
        both = stack.enter_context(ThreadPoolExecutor(2))
        barrier = Barrier(2)

        def complete(who: Person, task_id: str) -> httpx.Response:
            barrier.wait(timeout=60)
            return who.post(f"/tasks/{task_id}/complete", {"submission": {"seen": who.name}})

        for task_id in ids:
            answers = list(both.map(complete, people, [task_id, task_id]))
            winner = 0 if answers[0].status_code == 200 else 1
            refusal = answers[1 - winner].json()
            assert [answers[winner].status_code, refusal["status"]] == [200, 409], [answer.text for answer in answers]
            assert refusal["code"] == "task-already-completed"
            assert refusal["by"] == f"{people[winner].name.capitalize()} Lind"
            with engine.store.read() as work:
                task = work.tasks.get(task_id)
            assert task is not None
            assert (task.state, task.ended_by, task.ended_at) == (
                TaskState.COMPLETED,
                people[winner].name,
                datetime.fromisoformat(refusal["at"]),
            )
    assert [rule for record in read_records(engine) for rule in broken_rules(engine, record)] == []


def test_of_fifty_who_complete_a_task_at_once_one_wins_and_all_others_hear_who(
    url: str, engine: CaseEngine, tmp_path: Path
) -> None:
    for number in range(CROWDED):
        start(engine, f"crowd-{number}")
    ids = [row.task.id for row in engine.tasks(SYSTEM, limit=CROWDED).rows]
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(url, tmp_path / f"server-{number}.log")) for number in (1, 2)]
        people = [stack.enter_context(person(name, servers[number % 2])) for number, name in enumerate(CLERKS)]
        crowd = [people[number % len(people)] for number in range(CROWD)]
        all_ = stack.enter_context(ThreadPoolExecutor(CROWD))
        barrier = Barrier(CROWD)

        def complete(who: Person, task_id: str) -> httpx.Response:
            barrier.wait(timeout=60)
            return who.post(f"/tasks/{task_id}/complete", {"submission": {"seen": who.name}})

        for task_id in ids:
            answers = list(all_.map(complete, crowd, [task_id] * CROWD))
            assert Counter(answer.status_code for answer in answers) == {200: 1, 409: CROWD - 1}
            (winner,) = [who for who, answer in zip(crowd, answers, strict=True) if answer.status_code == 200]
            told = Counter((answer.json()["code"], answer.json()["by"]) for answer in answers if answer.status_code == 409)
            assert told == {("task-already-completed", f"{winner.name.capitalize()} Lind"): CROWD - 1}
    assert [rule for record in read_records(engine) for rule in broken_rules(engine, record)] == []


def test_two_that_fire_timers_at_once_fire_each_once(url: str, engine: CaseEngine) -> None:
    for number in range(TIMERS):
        start(engine, f"slow-{number}")
    command = (sys.executable, "-m", "tests.faults.firing", url)
    with ExitStack() as stack:
        pair = [
            stack.enter_context(
                subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
            )
            for _ in range(2)
        ]
        for process in pair:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in pair:
            assert process.stdin is not None
            process.stdin.write("now\n")
            process.stdin.flush()
        fired = [int(process.communicate(timeout=60)[0]) for process in pair]
    records = read_records(engine)
    assert sum(fired) == TIMERS
    assert Counter(record.count(EventType.TIMER_FIRED) for record in records) == {1: TIMERS}
    assert entries(engine, "reminders") == Counter(f"slow-{number}" for number in range(TIMERS))
    assert [rule for record in records for rule in broken_rules(engine, record)] == []


def test_a_message_that_two_deliver_at_once_reaches_its_case_once_and_nobody_else(engine: CaseEngine) -> None:
    case = start(engine, "asked")
    (wait,) = [wait for wait in engine.case(SYSTEM, case.id).waits if wait.kind is WaitKind.MESSAGE]
    engine.send_message(SYSTEM, "neighbours-answered", key={"reference": "asked"}, message_id="from-a-neighbour")

    id_ = message_key(SYSTEM_ID, "from-a-neighbour")
    engine.deliver(Delivery(id_, case.id, wait.token))  # as a worker does that saw it pending just before

    assert deliveries(engine) == {id_: 1}
    assert start(engine, "asked").is_open
    (again,) = [record for record in read_records(engine) if record.case.id != case.id]
    assert again.count(EventType.MESSAGE_RECEIVED) == 0
