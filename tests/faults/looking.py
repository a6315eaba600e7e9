"""What the database holds, read behind the server's back, and the rules that it must keep whatever happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from engine.actor import SYSTEM
from engine.canonical import Json, loads
from engine.case import Case, Incident, IncidentState
from engine.case_engine import CaseEngine
from engine.history import EventType, HistoryEvent
from engine.ids import CaseId, Token
from engine.storage.sql import SqlStore, tables
from engine.task import TaskState, UserTask
from engine.wait import Wait, WaitKind


@dataclass(frozen=True, slots=True)
class Told:
    """An event and what it tells."""

    event: HistoryEvent
    payload: dict[str, Json]


@dataclass(frozen=True, slots=True)
class Record:
    """Everything about one case."""

    case: Case
    tokens: frozenset[Token]
    for_people: frozenset[Token]
    tasks: tuple[UserTask, ...]
    waits: tuple[Wait, ...]
    incidents: tuple[Incident, ...]
    history: tuple[Told, ...]

    def events(self, type_: EventType, element: str | None = None) -> list[Told]:
        """Events of one type, at one element where it is given."""
        return [told for told in self.history if told.event.type is type_ and element in (None, told.event.element)]

    def count(self, type_: EventType, element: str | None = None) -> int:
        return len(self.events(type_, element))


def read_records(engine: CaseEngine) -> list[Record]:
    """All cases."""
    store = engine.store
    assert isinstance(store, SqlStore)
    with store.engine.connect() as connection:
        ids = [CaseId(id_) for id_ in connection.scalars(sa.select(tables.case_instance.c.id))]
    return [_record(store, id_) for id_ in ids]


def _record(store: SqlStore, id_: CaseId) -> Record:
    with store.read() as work:
        case = work.cases.get(id_)
        assert case is not None
        state = cast("dict[str, list[dict[str, Any]]]", loads(work.cases.state(id_)))
        told = tuple(
            Told(event, cast("dict[str, Json]", loads(payload.text)) if payload else {})
            for event, payload in work.histories.of_case(id_)
        )
        return Record(
            case=case,
            tokens=frozenset(Token(token["id"]) for token in state["tokens"]),
            for_people=frozenset(
                Token(token["id"]) for token in state["tokens"] if token.get("own", {}).get("waits") == WaitKind.TASK
            ),
            tasks=tuple(work.tasks.of_case(id_)),
            waits=tuple(work.waits.of_case(id_)),
            incidents=tuple(work.incidents.of_case(id_)),
            history=told,
        )


def entries(engine: CaseEngine, register: str) -> Counter[str]:
    """How many entries of a register each reference has."""
    with engine.store.read() as work:
        found = work.registers.find(register, {}, 10_000)
    return Counter(str(entry.values["reference"]) for entry in found)


def deliveries(engine: CaseEngine) -> Counter[str]:
    """How many deliveries each message that is kept has."""
    store = engine.store
    assert isinstance(store, SqlStore)
    found: Counter[str] = Counter()
    with store.engine.connect() as connection:
        for message_id in connection.scalars(sa.select(tables.message.c.id)):
            found[message_id] += 0
        found.update(connection.scalars(sa.select(tables.delivery.c.message_id)))
    return found


def broken_rules(engine: CaseEngine, record: Record) -> Iterator[str]:
    """What is half done in a case; nothing when it is whole."""
    case, number = record.case, record.case.number
    last = record.history[-1].event
    if (case.history_sequence, case.history_hash) != (last.sequence, last.hash):
        yield f"{number}: its row is at event {case.history_sequence}, its history at {last.sequence}"
    steps = len({(told.event.at, told.event.actor) for told in record.history})
    if case.revision != steps:
        yield f"{number}: its revision is {case.revision}, its history tells of {steps} steps"
    if (found := engine.verify_history(SYSTEM, case.id)) is not None:
        yield f"{number}: history breaks at {found[0]}: {found[1]}"
    yield from _broken_waits(record)
    yield from _broken_tasks(record)


def _broken_waits(record: Record) -> Iterator[str]:
    number = record.case.number
    for wait in record.waits:
        if wait.token not in record.tokens:
            yield f"{number}: {wait.element} waits with the token {wait.token}, which is not in the state"
    is_stuck = any(incident.state is IncidentState.OPEN for incident in record.incidents)
    if record.case.is_open and not (record.waits or record.for_people or is_stuck):
        yield f"{number}: it is open, but waits for nothing"
    if not record.case.is_open and (record.waits or record.for_people):
        yield f"{number}: it has ended, but waits"
    if any(wait.kind is WaitKind.TASK for wait in record.waits):
        yield f"{number}: a token that waits for a person has a row among the waits"
    opened = record.count(EventType.TIMER_SET) - record.count(EventType.TIMER_FIRED)
    timers = sum(wait.kind is WaitKind.TIMER for wait in record.waits)
    if timers > opened:
        yield f"{number}: {timers} timers wait, and only {opened} were set and have not fired"


def _broken_tasks(record: Record) -> Iterator[str]:
    number = record.case.number
    waiting = set(record.for_people)
    open_ = {task.token for task in record.tasks if task.is_open}
    if waiting != open_:
        yield f"{number}: tasks {sorted(open_)} are open, and {sorted(waiting)} are waited for"
    completed = Counter(task.path for task in record.tasks if task.state is TaskState.COMPLETED)
    told = Counter(one.event.element for one in record.events(EventType.TASK_COMPLETED))
    if completed != told:
        yield f"{number}: completed are {dict(completed)}, history tells of {dict(told)}"
    created = Counter(one.event.element for one in record.events(EventType.TASK_CREATED))
    if created != Counter(task.path for task in record.tasks):
        yield f"{number}: history tells of other tasks than there are: {dict(created)}"
    for task in record.tasks:
        tellers = {one.event.actor for one in record.events(EventType.TASK_COMPLETED, task.path)}
        if task.state is TaskState.COMPLETED and task.ended_by not in tellers:
            yield f"{number}: {task.path} was completed by {task.ended_by}, history says {sorted(tellers)}"
