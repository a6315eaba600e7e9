"""W1: a case of ten user tasks, one after the other, against bare transactions that write as much.

Prints ratios only: times differ from machine to machine, ratios hardly do. See README.md.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import sqlalchemy as sa

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.clock import SystemClock
from engine.definition import Bundle, Package
from engine.ids import UnitId
from engine.storage.sql import SqlStore, open_store, tables, upgrade

TASKS = 10
ROUNDS = 30
WARM_UP = 3


def sequence_of_tasks() -> Bundle:
    """A process of ten manual tasks in a row."""
    tasks = [f"task-{number}" for number in range(1, TASKS + 1)]
    nodes = "".join(f'<bpmn:manualTask id="{task}" name="{task}" stegvis:groups="clerk"/>' for task in tasks)
    flows = "".join(
        f'<bpmn:sequenceFlow id="to-{after}" sourceRef="{before}" targetRef="{after}"/>'
        for before, after in pairwise(["begin", *tasks, "end"])
    )
    diagram = (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stegvis="urn:stegvis:bpmn:1" '
        'id="w1-definitions" targetNamespace="urn:stegvis:bench:w1"><bpmn:process id="w1" name="W1" isExecutable="true" '
        'stegvis:startable="true" stegvis:startGroups="clerk"><bpmn:startEvent id="begin" name="Begin"/>'
        f'{nodes}<bpmn:endEvent id="end" name="End"/>{flows}</bpmn:process></bpmn:definitions>'
    )
    return Bundle((Package("process", "w1", {"process.bpmn": diagram.encode()}),))


def play(engine: CaseEngine) -> None:
    """One case from its start to its end: eleven transactions."""
    case = engine.start_case(SYSTEM, "w1", unit=UnitId("bench"))
    for _ in range(TASKS):
        with engine.store.read() as work:
            (task,) = work.queries.open_tasks(case.id)
        engine.complete_task(SYSTEM, task.id, {})


def written(store: SqlStore, act: Callable[[], None]) -> int:
    """How many rows `act` inserts, updates or deletes."""
    count = 0

    def add(connection: sa.Connection, cursor: sa.engine.interfaces.DBAPICursor, statement: str, *rest: object) -> None:
        nonlocal count
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            count += max(cursor.rowcount, 1)

    sa.event.listen(store.engine, "after_cursor_execute", add)
    act()
    sa.event.remove(store.engine, "after_cursor_execute", add)
    return count


def write_bare(store: SqlStore, transactions: int, rows: int) -> None:
    """As many transactions that together insert so many rows of the access log, with nothing around them."""
    row = {"actor": "bench", "what": "x" * 200, "subject": "y" * 32, "at": SystemClock().now()}
    for number in range(transactions):
        share = rows // transactions + (number < rows % transactions)
        with store.engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
            for _ in range(share):
                connection.execute(sa.insert(tables.access_log), row)


def seconds(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "bench.db")
        upgrade(path)
        store = open_store(path)
        engine = CaseEngine(store, clock=SystemClock())
        engine.deploy(SYSTEM, sequence_of_tasks())
        for _ in range(WARM_UP):
            play(engine)
        rows = written(store, lambda: play(engine))
        pairs = [(seconds(lambda: play(engine)), seconds(lambda: write_bare(store, TASKS + 1, rows))) for _ in range(ROUNDS)]
        store.close()
    ratios = [of_engine / bare for of_engine, bare in pairs]
    half = ROUNDS // 2
    growth = statistics.median(ratios[half:]) / statistics.median(ratios[:half])
    print(f"W1 on SQLite, {ROUNDS} cases of {TASKS} tasks, {rows} rows in {TASKS + 1} transactions each")
    print(f"engine / bare transactions: {statistics.median(ratios):.1f} (median; {min(ratios):.1f} to {max(ratios):.1f})")
    print(f"later half / earlier half: {growth:.2f} (near 1: a step costs the same however many cases there are)")


if __name__ == "__main__":
    main()
