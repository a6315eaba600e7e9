"""Saving a step: what the kernel decided becomes rows, in the case's own transaction."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from .. import bpmn, feel
from .. import task as tasks
from ..case import Case, CaseStatus
from ..case_data import CaseData
from ..errors import NotPossible
from ..history import EventType, NewEvent
from ..identity_numbers import find_in
from ..ids import ROOT_SCOPE, TaskId, Token, new_id
from ..job import Job, job_key
from ..observing import StepTold
from ..ports import LockedCase, Undo
from ..sentences import sentence
from ..task import UserTask
from ..wait import Delivery, Wait, WaitKind
from . import effects
from .desk import CaseRecords
from .house import Shelf
from .occurrence import Occurrence
from .projecting import project
from .recording import record, save_incidents
from .rights import may_message

MOST_ELEMENTS_TOLD: Final = 20
"""Elements that a trace names of one step."""


@dataclass(frozen=True, slots=True)
class Before:
    """What there is before a task is completed: the document to undo it with (see `undo`), the case's open tasks, its waits."""

    task_id: TaskId
    document: str
    open_tasks: Sequence[UserTask]
    waits: Sequence[Wait]


def require_active(case: Case) -> None:
    """Raise NotPossible unless the case can take a step."""
    if case.status is CaseStatus.SUSPENDED:
        raise NotPossible(sentence("Case {number} is suspended. Resume it first.", number=case.number))
    if not case.is_open:
        raise NotPossible(
            sentence("Case {number} is {status}: nothing more can be done in it.", number=case.number, status=case.status.value)
        )


def take_step(
    at: Occurrence,
    locked: LockedCase | None,
    case: Case,
    command: bpmn.Command,
    *,
    also: Sequence[NewEvent] = (),
    before: Before | None = None,
) -> Case:
    """Let the kernel decide, and save what it decided. `locked` is None for a case that begins; `also` is told first.
    `before` is what there is before a task is completed: kept, unless the step reaches beyond the case.

    Gives the case as saved. The caller commits.
    """
    return step_and_tasks(at, locked, case, command, also=also, before=before)[0]


def step_and_tasks(
    at: Occurrence,
    locked: LockedCase | None,
    case: Case,
    command: bpmn.Command,
    *,
    also: Sequence[NewEvent] = (),
    before: Before | None = None,
) -> tuple[Case, Sequence[UserTask]]:
    """`take_step`, with the tasks that the step has ended."""
    told = StepTold(_kind(type(command).__name__))
    at.told.steps.append(told)
    with at.house.observer.tracer.span(f"step {told.command}", {"stegvis.process": case.process}) as span:
        case, step, ended = _take(at, locked, case, command, also=also, before=before)
        told.elements = sum(event.type is EventType.ELEMENT_COMPLETED for event in step.events)
        told.has_incident = bool(step.incidents)
        span.tell(attributes={"stegvis.elements": _elements(step)})
    return case, ended


def _take(
    at: Occurrence,
    locked: LockedCase | None,
    case: Case,
    command: bpmn.Command,
    *,
    also: Sequence[NewEvent],
    before: Before | None,
) -> tuple[Case, bpmn.Step, Sequence[UserTask]]:
    """Decide and save; gives the case as saved, the step, and the tasks that it has ended."""
    context = _context(at, case)
    data = locked.data if locked is not None else CaseData()
    step = bpmn.advance(locked.state if locked is not None else None, data, command, context)
    ended = at.now if step.status not in (CaseStatus.ACTIVE, CaseStatus.SUSPENDED) else None
    case = replace(case, status=step.status, ended_at=ended, revision=case.revision + 1)
    if locked is None:
        case = replace(case, title=_title(at, context, case, step))
    case, further = effects.carry_out(at, case, step.effects)
    # Read before anything is written: a database is asked for both at once, or waited for twice.
    if before is not None and not step.effects:  # which may change tasks
        open_tasks = before.open_tasks
    else:
        open_tasks = at.unit.queries.open_tasks(case.id) if step.closed else ()
    case = record(at, case, [*also, *step.events, *further])
    if locked is None:
        at.unit.cases.add(case, step.state, step.data)
    else:
        at.unit.cases.save(case, step.state, step.data, was=locked)
    has_taken = _save_waits(at, case, step, before)
    _save_jobs(at, case, step)
    if before is not None and not (step.effects or has_taken or step.closed_jobs):
        at.unit.cases.put_undo(Undo(case.id, case.revision, before.task_id, before.document))
    ended_tasks = _save_tasks(at, case, step, open_tasks)
    save_incidents(at, case, step)
    project(at, context.process, LockedCase(case, step.state, step.data), was=locked)
    return effects.follow_up(at, case, step.effects), step, ended_tasks


def try_step(at: Occurrence, locked: LockedCase, command: bpmn.Command) -> None:
    """Let the kernel decide, for the sake of what it refuses. Nothing comes of it."""
    bpmn.advance(locked.state, locked.data, command, _context(at, locked.case))


def _context(at: Occurrence, case: Case) -> bpmn.StepContext:
    shelf = Shelf(at.house, at.unit)
    return bpmn.StepContext(
        process=shelf.process(case.version_id),
        library=shelf,
        case=case,
        now=at.now,
        actor=at.actor.id,
        records=CaseRecords(at.house, at.unit),
        calendar=at.house.calendar,
        zone=at.house.settings.zone,
        budget=at.house.settings.step_budget,
    )


@cache
def _kind(command: str) -> str:
    """`complete-task` for CompleteTask."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", command).lower()


def _elements(step: bpmn.Step) -> str:
    """The ids of the first elements that the step was about, as the diagram has them."""
    return " ".join(list(dict.fromkeys(event.element for event in step.events if event.element))[:MOST_ELEMENTS_TOLD])


def _title(at: Occurrence, context: bpmn.StepContext, case: Case, step: bpmn.Step) -> str:
    """The case's title as its process says; the process's name where that gives no text."""
    written = context.process.model.title
    if not written.startswith("="):
        return written or context.process.model.name
    view = step.data.view(ROOT_SCOPE, {"case": {"number": case.number, "unit": case.unit, "process": case.process}})
    try:
        value = feel.compile_expression(written[1:]).evaluate(view, at.house.environment())
    except feel.FeelError:
        value = None
    may_stand = isinstance(value, str) and value and next(find_in(value), None) is None
    return value if isinstance(value, str) and may_stand else context.process.model.name


def _save_waits(at: Occurrence, case: Case, step: bpmn.Step, before: Before | None) -> bool:
    """Close first: a cycle's token closes one wait and opens the next. Messages are locked in one order everywhere.

    A token that waits for a person has a task, and no row among the waits. Releases before this one wrote such rows, so they
    are closed where they are. Gives whether a message that nobody had waited for was taken.
    """
    has_taken = False
    known = None if before is None else {wait.token for wait in before.waits}
    for token, _ in step.closed:
        if known is None or token in known:
            at.unit.waits.close(case.id, token)
    orders = [order for order in step.waits if order.kind is not WaitKind.TASK]
    for order in sorted(orders, key=lambda order: (order.name, order.key_hash, order.token)):
        wait = Wait(case.id, order.token, order.kind, order.element, at.now, order.due, order.name, order.key_hash)
        has_taken = open_wait(at, wait) or has_taken
    return has_taken


def _save_jobs(at: Occurrence, case: Case, step: bpmn.Step) -> None:
    for token in step.closed_jobs:
        at.unit.jobs.remove(case.id, token)
    for order in step.jobs:
        job = Job(
            id=new_id(),
            case_id=case.id,
            token=order.token,
            element=order.element,
            key=job_key(case.id, order.token),
            inputs=order.inputs,
            created_at=at.now,
            due_at=at.now,
            handler=order.handler,
            topic=order.topic,
            names=order.names,
            policy=order.policy,
            traceparent=at.house.observer.tracer.traceparent(),
        )
        at.unit.jobs.add(job)


def open_wait(at: Occurrence, wait: Wait) -> bool:
    """Let a token wait. A message that came before, and nobody waited for, is on its way to it then: True."""
    if wait.kind is not WaitKind.MESSAGE:
        at.unit.waits.open(wait)
        return False
    at.unit.waits.lock_message(wait.name, wait.key_hash)
    at.unit.waits.open(wait)
    unmatched = at.unit.waits.unmatched(wait.name, wait.key_hash, at.now)
    for message in unmatched:
        if may_message(at, message.sent_by, wait.case_id):
            at.unit.waits.add_delivery(Delivery(message.id, wait.case_id, wait.token))
            return True
    return False


def _save_tasks(at: Occurrence, case: Case, step: bpmn.Step, open_tasks: Sequence[UserTask]) -> list[UserTask]:
    """End the tasks whose tokens wait no longer, and open those that the step asks for; gives those that have ended."""
    by_token = {task.token: task for task in open_tasks}
    done, ended = set(), []
    for token, is_done in step.closed:
        task = by_token.pop(token, None)
        if task is None:
            continue
        ended.append(tasks.complete(task, by=at.actor.id, at=at.now) if is_done else tasks.cancel(task, at=at.now))
        at.unit.tasks.save(ended[-1], was=task)
        if is_done:  # what others have typed stays theirs to look at
            at.unit.tasks.delete_draft(task.id, at.actor.id)
            done.add(task.path)
    if done and by_token:
        _bar_from_checking(at, case, step, frozenset(done), by_token)
    for order in step.tasks:
        at.unit.tasks.add(_new_task(at, case, order))
    return ended


def _bar_from_checking(
    at: Occurrence, case: Case, step: bpmn.Step, done: frozenset[str], others: Mapping[Token, UserTask]
) -> None:
    """Who has just done a step may not do an open task that checks it (`notBy`), even one that was theirs already."""
    shelf = Shelf(at.house, at.unit)
    for place in bpmn.places(step.state, shelf.process(case.version_id), shelf):
        detail = shelf.process(place.version_id).model.nodes[place.element].detail
        task = others.get(place.token)
        if task is None or not isinstance(detail, bpmn.PersonTask) or not detail.not_by:
            continue
        if task.path.removesuffix(task.element) + detail.not_by in done:
            barred = replace(task, not_by=task.not_by | {at.actor.id})
            if task.claimed_by == at.actor.id:
                barred = tasks.release(barred)
            at.unit.tasks.save(replace(barred, revision=task.revision + 1), was=task)


def _new_task(at: Occurrence, case: Case, order: bpmn.TaskOrder) -> UserTask:
    not_by = at.unit.tasks.done_by(case.id, order.not_by_path) if order.not_by_path else frozenset()
    return UserTask(
        id=TaskId(new_id()),
        case_id=case.id,
        token=order.token,
        element=order.element,
        path=order.path,
        name=order.name,
        name_en=order.name_en,
        process=case.process,
        unit=case.unit,
        scope=order.scope,
        created_at=at.now,
        form_version_id=order.form_version_id,
        bind=order.bind,
        candidate_groups=order.candidate_groups,
        not_by=not_by,
        on_behalf_of=order.on_behalf_of,
        state=tasks.TaskState.CLAIMED if order.assignee else tasks.TaskState.READY,
        claimed_by=order.assignee,
        due=order.due,
        follow_up=order.follow_up,
        priority=order.priority,
        loop_counter=order.loop_counter,
        created_sequence=case.history_sequence,
    )
