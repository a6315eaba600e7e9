"""The door of the engine: opens a unit of work, calls one command, commits. Thin on purpose; the rules live behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from ..actor import SYSTEM, Actor
from ..canonical import Json
from ..case import Case, CaseStatus, Incident
from ..commands import (
    answers,
    background,
    cases,
    choices,
    conditions,
    deploying,
    house,
    messages,
    outgoing,
    people,
    reading,
    signals,
    starts,
    undo,
    user_tasks,
)
from ..definition import Bundle, ProcessVersion
from ..errors import Conflict, NotFound
from ..finding import Finding
from ..ids import CaseId, TaskId, UnitId, UserId
from ..ports import TaskDraft
from ..queries import Page, TaskCounts, TaskOrder, TaskRow
from ..task import TaskState, UserTask
from ..views import (
    Answers,
    Begun,
    CaseRecord,
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
from ..wait import Delivery, Message, OutgoingMessage, StartWait, Wait
from .beside import Beside
from .drafting import Drafting
from .listening import Listening
from .operating import Operating
from .records import Records
from .retiring import Retiring

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


class CaseEngine(Operating, Records, Retiring, Listening, Drafting, Beside):
    """Everything the engine does, for one installation. Safe to share between threads.

    Each method is one transaction: when it returns, what it did is stored; when it raises, nothing is.
    A race lost to somebody else is tried once more before the caller hears of it.
    """

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

    def ask_start_conditions(self, actor: Actor, process: str, data: Mapping[str, Json], *, unit: UnitId) -> Sequence[Case]:
        """See commands.conditions.ask."""
        return self._write(actor, lambda at: conditions.ask(at, process, data, unit=unit))

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

    def outgoing_messages(
        self, actor: Actor, *, participant: str = "", cursor: str | None = None, limit: int = 50
    ) -> Page[OutgoingMessage]:
        """See commands.outgoing.waiting."""
        return self._write(actor, lambda at: outgoing.waiting(at, participant=participant, cursor=cursor, limit=limit))

    def hand_over_message(self, actor: Actor, message_id: str) -> Case:
        """See commands.outgoing.handed_over."""
        return self._write(actor, lambda at: outgoing.handed_over(at, message_id))

    def throw_signal(self, actor: Actor, name: str, *, unit: UnitId) -> signals.Reached:
        """See commands.signals.throw_from_outside."""
        return self._write(actor, lambda at: signals.throw_from_outside(at, name, unit=unit))

    # tasks

    def claim_task(self, actor: Actor, task_id: TaskId) -> UserTask:
        """See commands.user_tasks.claim."""
        return self._write(actor, lambda at: user_tasks.claim(at, task_id))

    def release_task(self, actor: Actor, task_id: TaskId) -> UserTask:
        """See commands.user_tasks.release."""
        return self._write(actor, lambda at: user_tasks.release(at, task_id))

    def assign_task(self, actor: Actor, task_id: TaskId, *, to: UserId, note: str = "") -> UserTask:
        """See commands.user_tasks.assign."""
        return self._write(actor, lambda at: user_tasks.assign(at, task_id, to=to, note=note))

    def save_draft(self, actor: Actor, task_id: TaskId, values: Json, *, base_sequence: int) -> TaskDraft:
        """See commands.user_tasks.save_draft."""
        return self._write(actor, lambda at: user_tasks.save_draft(at, task_id, values, base_sequence=base_sequence))

    def undo_task(self, actor: Actor, task_id: TaskId, *, reason: str) -> UserTask:
        """See commands.undo.take_back."""
        return self._write(actor, lambda at: undo.take_back(at, task_id, reason=reason))

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
        """See to messages whose time is out, each that nobody received in a step of its own; gives how many."""
        with self.store.read() as unit:
            expired = [message.id for message in unit.waits.expired_unmatched(self.clock.now(), limit)]
        lost = sum(self._write(SYSTEM, partial(background.lose, id_=id_)) for id_ in expired)
        return lost + self._write(SYSTEM, partial(background.forget_messages, limit=limit))

    def lost_messages(self, actor: Actor, *, cursor: str | None = None, limit: int = 100) -> Page[Message]:
        """See commands.background.lost_messages."""
        with self._reading(actor) as at:
            return background.lost_messages(at, cursor=cursor, limit=limit)

    def see_lost_message(self, actor: Actor, message_id: str) -> None:
        """See commands.background.see_lost_message."""
        self._write(actor, lambda at: background.see_lost_message(at, message_id))

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
        started_from: datetime | None = None,
        started_before: datetime | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[Case]:
        """See commands.reading.cases."""
        with self._reading(actor) as at:
            return reading.cases(
                at,
                unit=unit,
                process=process,
                status=status,
                number=number,
                started_from=started_from,
                started_before=started_before,
                cursor=cursor,
                limit=limit,
            )

    def case(self, actor: Actor, case_id: CaseId) -> CaseView:
        """See commands.reading.case."""
        return self._write(actor, lambda at: reading.case(at, case_id))

    def history(self, actor: Actor, case_id: CaseId, *, after: int = 0, limit: int = 200) -> list[HistoryEntry]:
        """See commands.reading.history."""
        return self._write(actor, lambda at: reading.history(at, case_id, after=after, limit=limit))

    def answers(self, actor: Actor, case_id: CaseId) -> list[Answers]:
        """See commands.answers.answers."""
        return self._write(actor, lambda at: answers.answers(at, case_id))

    def record(self, actor: Actor, case_id: CaseId) -> CaseRecord:
        """See commands.reading.record."""
        return self._write(actor, lambda at: reading.record(at, case_id))

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
        created_since: datetime | None = None,
        order: TaskOrder = TaskOrder.DUE,
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
                created_since=created_since,
                order=order,
                cursor=cursor,
                limit=limit,
            )

    def task_counts(
        self, actor: Actor, *, unit: UnitId | None = None, process: str | None = None
    ) -> tuple[TaskCounts, datetime]:
        """See commands.reading.task_counts."""
        with self._reading(actor) as at:
            return reading.task_counts(at, unit=unit, process=process)

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

    def forms(self, actor: Actor) -> Sequence[FormView]:
        """The newest version of every form, by key."""
        with self._reading(actor) as at:
            newest = sorted(at.unit.definitions.latest_forms(), key=lambda version: version.key)
            return [FormView(house.form(self.house, at.unit, version.id), version) for version in newest]

    def form(self, actor: Actor, key: str) -> FormView:
        """The newest version of a form."""
        with self._reading(actor) as at:
            version = at.unit.definitions.latest_form(key)
            if version is None:
                raise NotFound("form", key)
            return FormView(house.form(self.house, at.unit, version.id), version)
