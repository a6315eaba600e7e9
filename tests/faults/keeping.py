"""What people were told is there, and nothing is half done: to be held against what is stored, whatever happened meanwhile."""

from __future__ import annotations

from collections import Counter

from engine.case_engine import CaseEngine
from engine.history import EventType
from engine.ids import ROOT_SCOPE, UserId
from engine.task import TaskState
from engine.wait import message_key

from .installation import engine_on
from .looking import Record, broken_rules, deliveries, entries, read_records
from .traffic import Memory


def require_just_what_was_acknowledged(url: str, memory: Memory) -> None:
    """Where people insist: nobody saw anything strange, all that they were told is there, and nothing else."""
    assert memory.surprises == []
    with engine_on(url) as engine:
        require_whole(engine, memory)
        _require_nothing_else(engine, memory)


def require_whole(engine: CaseEngine, memory: Memory) -> None:
    records = read_records(engine)
    assert [rule for record in records for rule in broken_rules(engine, record)] == []
    assert [record.case.number for record in records if record.incidents] == []
    _require_acknowledged(records, memory)
    _require_effects_once(engine, records)


def _require_nothing_else(engine: CaseEngine, memory: Memory) -> None:
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
