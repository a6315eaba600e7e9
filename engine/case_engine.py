"""The door of the engine: opens a unit of work, calls one command, commits. Thin on purpose; the rules live behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import TypeVar

from .actor import SYSTEM, Actor
from .canonical import Json
from .case import Case, CaseStatus, Incident
from .clock import Clock
from .commands import (
    accounts,
    background,
    cases,
    choices,
    deploying,
    erasing,
    house,
    incidents,
    messages,
    people,
    reading,
    register_entries,
    signals,
    starts,
    user_tasks,
)
from .commands.house import House
from .commands.occurrence import Occurrence
from .definition import Bundle, ProcessVersion
from .errors import Conflict, NotFound, RevisionConflict
from .finding import Finding
from .ids import CaseId, TaskId, UnitId, UserId
from .ports import Store, TaskDraft, Unit, UnitOfWork, User
from .queries import Page, TaskRow
from .register import Register
from .settings import EngineSettings
from .task import TaskState, UserTask
from .views import (
    Begun,
    CaseView,
    Deployment,
    FormView,
    HistoryEntry,
    MessageReceipt,
    OfferedMessage,
    Position,
    ShownEntry,
    TaskForm,
)
from .wait import Delivery, StartWait, Wait

Result = TypeVar("Result")

__all__ = [
    "CaseEngine",
    "CaseView",
    "Deployment",
    "FormView",
    "HistoryEntry",
    "MessageReceipt",
    "OfferedMessage",
    "Position",
    "ShownEntry",
    "TaskForm",
]


class CaseEngine:
    """Everything the engine does, for one installation. Safe to share between threads.

    Each method is one transaction: when it returns, what it did is stored; when it raises, nothing is.
    A race lost to somebody else is tried once more before the caller hears of it.
    """

    def __init__(self, store: Store, *, clock: Clock, settings: EngineSettings | None = None) -> None:
        self.store = store
        self.clock = clock
        self.house = House(clock, settings or EngineSettings())

    # deployment

    def check(self, bundle: Bundle) -> list[Finding]:
        """Every finding about the packages; nothing is stored."""
        with self._reading(SYSTEM) as at:
            return deploying.check(at, bundle)

    def deploy(self, actor: Actor, bundle: Bundle) -> Deployment:
        """See commands.deploying.deploy."""
        return self._write(actor, lambda at: deploying.deploy(at, bundle))

    # cases

    def start_case(
        self,
        actor: Actor,
        process: str,
        *,
        unit: UnitId,
        data: Mapping[str, Json] | None = None,
        submission: Mapping[str, Json] | None = None,
    ) -> Case:
        """See commands.cases.start."""
        return self._write(actor, lambda at: cases.start(at, process, unit=unit, data=data, submission=submission))

    def suspend_case(self, actor: Actor, case_id: CaseId, *, reason: str) -> Case:
        """See commands.cases.suspend."""
        return self._write(actor, lambda at: cases.suspend(at, case_id, reason=reason))

    def resume_case(self, actor: Actor, case_id: CaseId, *, reason: str) -> Case:
        """See commands.cases.resume."""
        return self._write(actor, lambda at: cases.resume(at, case_id, reason=reason))

    def cancel_case(self, actor: Actor, case_id: CaseId, *, reason: str) -> Case:
        """See commands.cases.cancel."""
        return self._write(actor, lambda at: cases.cancel(at, case_id, reason=reason))

    def correct_data(self, actor: Actor, case_id: CaseId, changes: Mapping[str, Json], *, reason: str, call: str = "") -> Case:
        """See commands.cases.correct_data."""
        return self._write(actor, lambda at: cases.correct_data(at, case_id, changes, reason=reason, call=call))

    def erase_history(self, actor: Actor, case_id: CaseId, sequences: Collection[int], *, reason: str) -> Case:
        """See commands.erasing.erase."""
        return self._write(actor, lambda at: erasing.erase(at, case_id, sequences, reason=reason))

    def retry_incident(self, actor: Actor, incident_id: str) -> tuple[Incident, Case]:
        """See commands.incidents.retry."""
        return self._write(actor, lambda at: incidents.retry(at, incident_id))

    # messages

    def send_message(
        self,
        actor: Actor,
        name: str,
        *,
        key: Mapping[str, Json] | None = None,
        payload: Mapping[str, Json] | None = None,
        unit: UnitId | None = None,
        message_id: str | None = None,
    ) -> MessageReceipt:
        """Throw a message and, where somebody waits for it, deliver it at once. See commands.messages.throw."""
        thrown = self._write(
            actor,
            lambda at: messages.throw(at, name, key or {}, payload or {}, unit=unit, message_id=message_id),
        )
        if thrown.delivery is not None:
            delivery = thrown.delivery
            with suppress(Conflict):  # the message is stored and has met its token: a worker hands it over
                self._write(actor, lambda at: messages.deliver(at, delivery))
            return MessageReceipt(thrown.message_id, (delivery.case_id,))
        return MessageReceipt(thrown.message_id, started=thrown.started, is_pending=thrown.is_pending)

    def message_case(self, actor: Actor, case_id: CaseId, name: str, payload: Mapping[str, Json]) -> Case:
        """See commands.messages.send_to_case."""
        return self._write(actor, lambda at: messages.send_to_case(at, case_id, name, payload))

    def throw_signal(self, actor: Actor, name: str, *, unit: UnitId) -> None:
        """See commands.signals.throw_from_outside."""
        self._write(actor, lambda at: signals.throw_from_outside(at, name, unit=unit))

    # tasks

    def claim_task(self, actor: Actor, task_id: TaskId) -> UserTask:
        """See commands.user_tasks.claim."""
        return self._write(actor, lambda at: user_tasks.claim(at, task_id))

    def release_task(self, actor: Actor, task_id: TaskId) -> UserTask:
        """See commands.user_tasks.release."""
        return self._write(actor, lambda at: user_tasks.release(at, task_id))

    def assign_task(self, actor: Actor, task_id: TaskId, *, to: UserId) -> UserTask:
        """See commands.user_tasks.assign."""
        return self._write(actor, lambda at: user_tasks.assign(at, task_id, to=to))

    def save_draft(self, actor: Actor, task_id: TaskId, values: Json, *, base_sequence: int) -> TaskDraft:
        """See commands.user_tasks.save_draft."""
        return self._write(actor, lambda at: user_tasks.save_draft(at, task_id, values, base_sequence=base_sequence))

    def complete_task(
        self, actor: Actor, task_id: TaskId, submission: Mapping[str, Json], *, base_sequence: int | None = None
    ) -> UserTask:
        """See commands.user_tasks.complete."""
        return self._write(actor, lambda at: user_tasks.complete(at, task_id, submission, base_sequence=base_sequence))

    def begin_activity(self, actor: Actor, task_id: TaskId, element: str, *, revision: int | None = None) -> Begun:
        """See commands.choices.begin."""
        return self._write(actor, lambda at: choices.begin(at, task_id, element, revision=revision))

    # in the background

    def fire_due(self, *, limit: int = 100) -> int:
        """Fire the timers whose time has come, each in a step of its own, and begin the cases; gives how many."""
        with self.store.read() as unit:
            due = list(unit.waits.due(self.clock.now(), limit))
            starts_due = list(unit.starts.due(self.clock.now(), limit))
        return sum(self.fire(wait) for wait in due) + sum(self.begin_due(start) for start in starts_due)

    def fire(self, due: Wait) -> bool:
        """See commands.background.fire."""
        return self._write(SYSTEM, partial(background.fire, due=due))

    def renew_starts(self) -> None:
        """See commands.starts.renew."""
        self._write(SYSTEM, starts.renew)

    def begin_due(self, due: StartWait) -> bool:
        """See commands.starts.fire."""
        return self._write(SYSTEM, partial(starts.fire, due=due))

    def deliver_pending(self, *, limit: int = 100) -> int:
        """Deliver messages that have met their token, each in a step of its own; gives how many."""
        with self.store.read() as unit:
            pending = list(unit.waits.pending_deliveries(limit))
        for delivery in pending:
            self.deliver(delivery)
        return len(pending)

    def deliver(self, delivery: Delivery) -> None:
        """See commands.messages.deliver."""
        self._write(SYSTEM, partial(messages.deliver, delivery=delivery))

    def forget_messages(self, *, limit: int = 1000) -> int:
        """See commands.background.forget_messages."""
        return self._write(SYSTEM, partial(background.forget_messages, limit=limit))

    def next_due(self) -> datetime | None:
        """When the next timer is due, of a case or of a process that begins one."""
        with self.store.read() as unit:
            due = (unit.waits.next_due(), unit.starts.next_due())
        return min((moment for moment in due if moment is not None), default=None)

    # reading

    def cases(
        self,
        actor: Actor,
        *,
        unit: UnitId | None = None,
        process: str | None = None,
        status: CaseStatus | None = None,
        number: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[Case]:
        """See commands.reading.cases."""
        with self._reading(actor) as at:
            return reading.cases(at, unit=unit, process=process, status=status, number=number, cursor=cursor, limit=limit)

    def case(self, actor: Actor, case_id: CaseId) -> CaseView:
        """See commands.reading.case."""
        return self._write(actor, lambda at: reading.case(at, case_id))

    def history(self, actor: Actor, case_id: CaseId, *, after: int = 0, limit: int = 200) -> list[HistoryEntry]:
        """See commands.reading.history."""
        return self._write(actor, lambda at: reading.history(at, case_id, after=after, limit=limit))

    def verify_history(self, actor: Actor, case_id: CaseId) -> tuple[int, str] | None:
        """See commands.reading.verify_history."""
        return self._write(actor, lambda at: reading.verify_history(at, case_id))

    def histories_without_case(self) -> Sequence[CaseId]:
        """The ids of cases that were removed in the database while their history stayed."""
        with self.store.read() as unit:
            return unit.histories.without_case()

    def tasks(
        self,
        actor: Actor,
        *,
        unit: UnitId | None = None,
        process: str | None = None,
        states: frozenset[TaskState] = reading.OPEN_STATES,
        due_before: datetime | None = None,
        mine: bool = False,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[TaskRow]:
        """See commands.reading.tasks."""
        with self._reading(actor) as at:
            return reading.tasks(
                at,
                unit=unit,
                process=process,
                states=states,
                due_before=due_before,
                mine=mine,
                cursor=cursor,
                limit=limit,
            )

    def task_form(self, actor: Actor, task_id: TaskId) -> TaskForm:
        """See commands.reading.task_form."""
        return self._write(actor, lambda at: reading.task_form(at, task_id))

    def incidents(self, actor: Actor, *, limit: int = 100) -> Sequence[tuple[Incident, Case]]:
        """Open incidents that the actor may see, oldest first."""
        with self._reading(actor) as at:
            return people.incidents(at, limit=limit)

    def processes(self, actor: Actor) -> Sequence[ProcessVersion]:
        """The newest version of every process."""
        with self._reading(actor) as at:
            return at.unit.definitions.latest_processes()

    def process_versions(self, actor: Actor, key: str) -> Sequence[ProcessVersion]:
        """All versions of a process, newest first; NotFound when there is none."""
        with self._reading(actor) as at:
            versions = at.unit.definitions.process_versions(key)
            if not versions:
                raise NotFound("process", key)
            return versions

    def process(self, actor: Actor, key: str, number: int | None = None) -> ProcessVersion:
        """One version of a process, the newest without a number."""
        with self._reading(actor) as at:
            definitions = at.unit.definitions
            found = definitions.latest_process(key) if number is None else definitions.process_by_number(key, number)
            if found is None:
                raise NotFound("process", key if number is None else f"{key} version {number}")
            return found

    def form(self, actor: Actor, key: str) -> FormView:
        """The newest version of a form."""
        with self._reading(actor) as at:
            version = at.unit.definitions.latest_form(key)
            if version is None:
                raise NotFound("form", key)
            return FormView(house.form(self.house, at.unit, version.id), version)

    def registers(self, actor: Actor) -> Sequence[Register]:
        """The registers that the actor may read."""
        with self._reading(actor) as at:
            return register_entries.readable(at)

    def register_entries(self, actor: Actor, register: str, *, text: str = "", limit: int = 50) -> Sequence[ShownEntry]:
        """See commands.register_entries.search."""
        return self._write(actor, lambda at: register_entries.search(at, register, text=text, limit=limit))

    def register_entry(self, actor: Actor, register: str, key: str) -> ShownEntry:
        """See commands.register_entries.entry."""
        return self._write(actor, lambda at: register_entries.entry(at, register, key))

    def add_register_entry(self, actor: Actor, register: str, values: Mapping[str, Json]) -> ShownEntry:
        """See commands.register_entries.add."""
        return self._write(actor, lambda at: register_entries.add(at, register, values))

    def change_register_entry(
        self, actor: Actor, register: str, key: str, values: Mapping[str, Json], revision: int
    ) -> ShownEntry:
        """See commands.register_entries.change."""
        return self._write(actor, lambda at: register_entries.change(at, register, key, values, revision))

    def units(self, actor: Actor) -> Sequence[Unit]:
        """The units whose cases the actor may read."""
        with self._reading(actor) as at:
            return people.units(at)

    def users(self, actor: Actor) -> Sequence[User]:
        """The people of the actor's units."""
        with self._reading(actor) as at:
            return people.users(at)

    def add_unit(self, actor: Actor, unit: Unit) -> None:
        """See commands.accounts.add_unit."""
        self._write(actor, lambda at: accounts.add_unit(at, unit))

    def add_user(self, actor: Actor, user: User, password: str) -> None:
        """See commands.accounts.add_user."""
        self._write(actor, lambda at: accounts.add_user(at, user, password))

    def change_user(self, actor: Actor, user: User) -> None:
        """See commands.accounts.change_user."""
        self._write(actor, lambda at: accounts.change_user(at, user))

    def set_password(self, actor: Actor, user: UserId, password: str) -> None:
        """See commands.accounts.set_password."""
        self._write(actor, lambda at: accounts.set_password(at, user, password))

    # how

    @contextmanager
    def _reading(self, actor: Actor) -> Iterator[Occurrence]:
        with self.store.read() as unit:
            yield self._at(unit, actor)

    def _write(self, actor: Actor, command: Callable[[Occurrence], Result]) -> Result:
        try:
            return self._once(actor, command)
        except RevisionConflict:
            return self._once(actor, command)

    def _once(self, actor: Actor, command: Callable[[Occurrence], Result]) -> Result:
        with self.store.write() as unit:
            result = command(self._at(unit, actor))
            unit.commit()
        return result

    def _at(self, unit: UnitOfWork, actor: Actor) -> Occurrence:
        return Occurrence(self.house, unit, actor, self.clock.now())
