"""W3 and W4: a page of tasks among a hundred thousand, and timers that come due among as many that wait."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import sqlalchemy as sa

from bench.client import timed
from bench.processes import CLERK, UNIT
from bench.subjects.library import Library
from engine.clock import FixedClock
from engine.ids import CaseId, Token, new_id
from engine.queries import TaskFilter
from engine.storage.sql import SqlStore, tables
from engine.storage.sql.statement import Values
from engine.storage.sql.tasks import task_row
from engine.task import UserTask
from engine.wait import WaitKind

PAGE = 50
REPEATS = 50
AT_ONCE = 5_000
FAR = timedelta(days=365)


def my_tasks(library: Library, rows: int) -> dict[str, float]:
    """W3: milliseconds in the database of a page of fifty of one's tasks among so many, the first and one far in."""
    store = library.engine.store
    assert isinstance(store, SqlStore)
    case = library.start("w1")
    with store.read() as work:
        (task,) = work.queries.open_tasks(case)
    _fill(store, task, rows)
    mine = TaskFilter(CLERK.id, ((UNIT, frozenset({"clerk"})),))
    cursor = None
    with store.read() as work:
        for _ in range(10):
            cursor = work.queries.tasks(mine, cursor=cursor, limit=PAGE * 20).next
        pages = {"first page": None, "page 201": cursor}
        return {
            name: 1e3 * _database_seconds(store, partial(work.queries.tasks, mine, cursor=at, limit=PAGE))
            for name, at in pages.items()
        }


def _database_seconds(store: SqlStore, read: Callable[[], object]) -> float:
    """The median of what passes between a statement's leaving and its answer."""
    spent: list[float] = []
    begun = [0.0]

    def leave(*_: object) -> None:
        begun[0] = time.perf_counter()

    def arrive(*_: object) -> None:
        spent.append(time.perf_counter() - begun[0])

    sa.event.listen(store.engine, "before_cursor_execute", leave)
    sa.event.listen(store.engine, "after_cursor_execute", arrive)
    for _ in range(REPEATS):
        read()
    sa.event.remove(store.engine, "before_cursor_execute", leave)
    sa.event.remove(store.engine, "after_cursor_execute", arrive)
    return statistics.median(spent)


def _fill(store: SqlStore, like: UserTask, rows: int) -> None:
    row = task_row(like)
    for start in range(0, rows, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, rows))
        copies: list[Values] = [
            row | {"id": new_id(), "token": f"x{number}", "created_at": like.created_at + timedelta(seconds=number)}
            for number in numbers
        ]
        with store.engine.begin() as connection:
            connection.execute(sa.insert(tables.user_task), copies)
            connection.execute(
                sa.insert(tables.task_candidate), [{"task_id": copy["id"], "candidate_group": "clerk"} for copy in copies]
            )
    _analyze(store)


def due_timers(library: Library, waiting: int, due: int) -> dict[str, float]:
    """W4: seconds until so many due timers have fired, among so many that wait; and milliseconds of a poll that finds none."""
    engine, store, clock = library.engine, library.engine.store, library.engine.clock
    assert isinstance(store, SqlStore)
    assert isinstance(clock, FixedClock)
    cases = [library.start("w4") for _ in range(due)]
    _wait(store, cases[0], waiting - due)
    idle = statistics.median(timed(lambda: engine.fire_due(limit=100)) for _ in range(REPEATS))
    clock.move_to(clock.now() + timedelta(minutes=1))
    fired = 0
    begun = time.perf_counter()
    while (now := engine.fire_due(limit=100)) > 0:
        fired += now
    seconds = time.perf_counter() - begun
    assert fired == due, f"{fired} of {due} timers fired"
    return {"seconds for those due": seconds, "idle poll ms": 1e3 * idle}


def _wait(store: SqlStore, case: CaseId, count: int) -> None:
    with store.engine.begin() as connection:
        row = connection.execute(sa.select(tables.wait).where(tables.wait.c.case_id == case)).one()._asdict()
        row |= {"kind": WaitKind.TIMER.value, "due": row["due"] + FAR}
        for start in range(0, count, AT_ONCE):
            copies = [row | {"token": Token(f"x{number}")} for number in range(start, min(start + AT_ONCE, count))]
            connection.execute(sa.insert(tables.wait), copies)
    _analyze(store)


def _analyze(store: SqlStore) -> None:
    with store.engine.begin() as connection:
        connection.execute(sa.text("ANALYZE"))
