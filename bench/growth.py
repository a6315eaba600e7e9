"""W5: one case through ten thousand rounds of a loop. The last completion costs what the tenth did.

Two cases of the same process: the old one is driven through all rounds first; then each completion of it is timed next to
one of a young case that is in its tenth round and the following. So whatever else the machine does falls on both. Case data
are equal. Twice: the kernel alone (state and data read from text and written to text), and the engine on a SQLite file.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast

import sqlalchemy as sa

from engine import bpmn, feel
from engine.actor import SYSTEM
from engine.canonical import dumps, loads
from engine.case import Case
from engine.case_data import CaseData, decode, encode
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle, Package
from engine.handlers import Records
from engine.ids import UnitId
from engine.storage.memory import MemoryStore
from engine.storage.sql import SqlStore, open_store

YOUNG = 10
NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)

LOOP = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stegvis="urn:stegvis:bpmn:1"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:stegvis:bench:growth">
  <bpmn:process id="growth" name="Growth" isExecutable="true" stegvis:startable="true" stegvis:startGroups="clerk">
    <bpmn:startEvent id="begin"/><bpmn:exclusiveGateway id="again"/>
    <bpmn:parallelGateway id="fork"/><bpmn:manualTask id="meet" name="Meet" stegvis:groups="clerk" stegvis:notBy="check"/>
    <bpmn:boundaryEvent id="late" attachedToRef="meet" cancelActivity="false"><bpmn:timerEventDefinition>
      <bpmn:timeDuration>P14D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:manualTask id="check" name="Check" stegvis:groups="clerk"/><bpmn:endEvent id="checked"/>
    <bpmn:task id="beside"/><bpmn:parallelGateway id="join"/>
    <bpmn:scriptTask id="note"><bpmn:script>{ met: true }</bpmn:script></bpmn:scriptTask>
    <bpmn:exclusiveGateway id="more" default="to-again"/><bpmn:endEvent id="end"/>
    <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="again"/>
    <bpmn:sequenceFlow id="f2" sourceRef="again" targetRef="fork"/>
    <bpmn:sequenceFlow id="f3" sourceRef="fork" targetRef="meet"/>
    <bpmn:sequenceFlow id="f4" sourceRef="fork" targetRef="beside"/>
    <bpmn:sequenceFlow id="f5" sourceRef="meet" targetRef="join"/>
    <bpmn:sequenceFlow id="f6" sourceRef="beside" targetRef="join"/>
    <bpmn:sequenceFlow id="f7" sourceRef="join" targetRef="note"/>
    <bpmn:sequenceFlow id="f8" sourceRef="note" targetRef="more"/>
    <bpmn:sequenceFlow id="to-again" sourceRef="more" targetRef="again"/>
    <bpmn:sequenceFlow id="f9" sourceRef="more" targetRef="end">
      <bpmn:conditionExpression>= not(met)</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f10" sourceRef="late" targetRef="check"/>
    <bpmn:sequenceFlow id="f11" sourceRef="check" targetRef="checked"/>
  </bpmn:process>
</bpmn:definitions>"""
SCHEMA = '{"type": "object", "properties": {"met": {"type": "boolean"}, "text": {"type": "string"}}}'


def bundle() -> Bundle:
    return Bundle((Package("process", "growth", {"process.bpmn": LOOP.encode(), "data.schema.json": SCHEMA.encode()}),))


class KernelCase:
    """A case of the kernel alone: between any two steps its state and data are text."""

    def __init__(self, process: bpmn.LoadedProcess, case: Case) -> None:
        self._context = bpmn.StepContext(
            process=process,
            library=cast("bpmn.Library", None),  # the process calls no other
            case=case,
            now=NOON,
            actor=SYSTEM.id,
            records=cast("Records", None),  # nor any handler
            calendar=feel.SwedishCalendar(),
        )
        self._keep(bpmn.advance(None, CaseData(), bpmn.Start("begin", {"text": "x" * 1_000}), self._context))

    def complete(self) -> int:
        """One round; the bytes of state and data after it."""
        scopes = [(scope, cast("dict[str, feel.Value]", decode(loads(values)))) for scope, values in self._data]
        data = CaseData.of(type(scope)(scope.id, scope.parent, scope.kind, scope.declared, values) for scope, values in scopes)
        self._keep(bpmn.advance(self._state, data, bpmn.CompleteTask(self._task, {}), self._context))
        return len(self._state) + sum(len(values) for _, values in self._data)

    def _keep(self, step: bpmn.Step) -> None:
        self._state = step.state
        self._data = [(scope, dumps(encode(dict(scope.values)))) for scope in step.data.scopes.values()]
        self._task = step.tasks[0].token


class StoredCase:
    """A case of the engine on a database; counts the bytes that each completion writes."""

    def __init__(self, engine: CaseEngine, store: SqlStore) -> None:
        self._engine = engine
        self._bytes = 0
        self._case = engine.start_case(SYSTEM, "growth", unit=UnitId("bench"))
        sa.event.listen(store.engine, "before_cursor_execute", self._count)

    def complete(self) -> int:
        self._bytes = 0
        with self._engine.store.read() as work:
            (task,) = work.queries.open_tasks(self._case.id)
        self._engine.complete_task(SYSTEM, task.id, {})
        return self._bytes

    def _count(self, connection: object, cursor: object, statement: str, parameters: object, *rest: object) -> None:
        if statement.startswith(("INSERT", "UPDATE")):
            self._bytes += len(repr(parameters))


def grow(begin: Callable[[], KernelCase | StoredCase], rounds: int, window: int) -> dict[str, float]:
    """Drive one case through all rounds and compare its last completions with those of a young one."""
    old, young = begin(), begin()
    for _ in range(rounds - window):
        old.complete()
    for _ in range(YOUNG):
        young.complete()
    gc.collect()
    gc.disable()
    pairs = [(timed(old), timed(young)) for _ in range(window)]
    gc.enable()
    times = [statistics.median(seconds for seconds, _ in side) for side in zip(*pairs, strict=True)]
    sizes = [statistics.median(size for _, size in side) for side in zip(*pairs, strict=True)]
    return {"time": times[0] / times[1], "bytes": sizes[0] / sizes[1], "stored bytes": sizes[0]}


def timed(case: KernelCase | StoredCase) -> tuple[float, int]:
    begun = time.perf_counter()
    size = case.complete()
    return time.perf_counter() - begun, size


def kernel(rounds: int, window: int) -> dict[str, float]:
    """The kernel alone."""
    store = MemoryStore()
    engine = CaseEngine(store, clock=FixedClock(NOON))
    engine.deploy(SYSTEM, bundle())
    case = engine.start_case(SYSTEM, "growth", unit=UnitId("bench"))
    with store.read() as work:
        version = work.definitions.process(case.version_id)
    assert version is not None
    process = bpmn.load(version)
    return grow(lambda: KernelCase(process, case), rounds, window)


def stored(address: str, rounds: int, window: int) -> dict[str, float]:
    """The engine on a database with our tables."""
    store = open_store(address)
    engine = CaseEngine(store, clock=FixedClock(NOON))
    engine.deploy(SYSTEM, bundle())
    grown = grow(lambda: StoredCase(engine, store), rounds, window)
    store.close()
    return grown
