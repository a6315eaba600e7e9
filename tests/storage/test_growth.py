"""What a completion asks of the database does not grow with the case's past. Counted in SQLite's own steps, never in time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from engine.actor import SYSTEM
from engine.case import Case
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle
from engine.storage.sql import SqlStore, open_store
from engine.storage.sql.tables import metadata
from tests.bpmn.diagrams import both, boundary, end, manual, script, start, sub, timer, xor
from tests.builders import NOON, UNIT
from tests.commands.house import NUMBER, process

ROUNDS = 150
STRIDE = 10
"""SQLite is asked to tell of every so many steps of its machine."""
LOOP = process(
    start(), xor("again"), both("fork"), manual("meet", notBy="check"),
    boundary("late", "meet", timer("timeDuration", "P1D"), interrupting=False), manual("check"), end("checked"),
    sub("in", start("i"), script("n", "{x: 1}"), end("o"), "i > n > o"), both("join"), xor("more", "more-again"), end(),
    "s > again > fork > meet > join", "fork > in > join > more > again", "more > [x = 2] e", "late > check > checked",
    x=NUMBER,
)  # fmt: skip


class Counted:
    """A case on SQLite, with the machine steps and the statements of its completions."""

    def __init__(self, url: str) -> None:
        self.store: SqlStore = open_store(url)
        self.engine = CaseEngine(self.store, clock=FixedClock(NOON))
        self.statements: list[str] = []
        self._steps = 0
        sa.event.listen(self.store.engine, "before_cursor_execute", self._note)
        sa.event.listen(self.store.engine, "checkout", self._watch)
        self.engine.deploy(SYSTEM, Bundle((LOOP,)))
        self.case: Case = self.engine.start_case(SYSTEM, "p", unit=UNIT)

    def complete(self) -> int:
        """One round; the steps that SQLite took for it, in strides."""
        with self.store.read() as work:
            (task,) = work.queries.open_tasks(self.case.id)
        before = self._steps
        self.engine.complete_task(SYSTEM, task.id, {})
        return self._steps - before

    def _note(self, connection: object, cursor: object, statement: str, *rest: object) -> None:
        self.statements.append(statement)

    def _watch(self, connection: Any, *rest: object) -> None:
        connection.set_progress_handler(self._step, STRIDE)

    def _step(self) -> int:
        self._steps += 1
        return 0


@pytest.fixture
def counted(sqlite_url: str) -> Iterator[Counted]:
    case = Counted(sqlite_url)
    yield case
    case.store.close()


def test_a_completion_asks_as_little_of_the_database_after_many_rounds_as_after_ten(counted: Counted) -> None:
    early = [counted.complete() for _ in range(20)][10:]
    for _ in range(ROUNDS):
        counted.complete()
    late = [counted.complete() for _ in range(10)]
    assert max(late) <= 1.2 * max(early)


def test_no_update_writes_what_other_rows_refer_to(counted: Counted) -> None:
    referred = {(key.column.table.name, key.column.name) for table in metadata.tables.values() for key in table.foreign_keys}
    counted.complete()
    updates = [re.match(r"UPDATE (\w+) SET (.*?) WHERE", " ".join(one.split())) for one in counted.statements]
    written = {(one[1], column) for one in updates if one for column in re.findall(r"(\w+)=", one[2])}
    assert ("case_instance", "revision") in written
    assert written & referred == set()
