"""Saving a step: what the kernel decided becomes rows, in the case's own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .. import bpmn, feel
from .. import task as tasks
from ..case import Case, CaseStatus
from ..case_data import CaseData
from ..errors import NotPossible
from ..history import NewEvent
from ..identity_numbers import find_in
from ..ids import ROOT_SCOPE, TaskId, new_id
from ..ports import CaseFields, LockedCase, Undo
from ..task import UserTask
from ..wait import Delivery, Wait, WaitKind
from . import effects
from .desk import CaseRecords
from .house import Shelf
from .occurrence import Occurrence
from .recording import record, save_incidents
from .rights import may_message


def require_active(case: Case) -> None:
    """Raise NotPossible unless the case can take a step."""
    if case.status is CaseStatus.SUSPENDED:
        raise NotPossible(f"Case {case.number} is suspended. Resume it first.")
    if not case.is_open:
        raise NotPossible(f"Case {case.number} is {case.status.value}: nothing more can be done in it.")


def take_step(
    at: Occurrence,
    locked: LockedCase | None,
    case: Case,
    command: bpmn.Command,
    *,
    also: Sequence[NewEvent] = (),
    before: tuple[TaskId, str] | None = None,
) -> Case:
    """Let the kernel decide, and save what it decided. `locked` is None for a case that begins; `also` is told first.
    `before` is the task that is completed and what the case was: kept, unless the step reaches beyond the case.

    Gives the case as saved. The caller commits.
    """
    shelf = Shelf(at.house, at.unit)
    context = bpmn.StepContext(
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
    data = locked.data if locked is not None else CaseData()
    step = bpmn.advance(locked.state if locked is not None else None, data, command, context)
    ended = at.now if step.status not in (CaseStatus.ACTIVE, CaseStatus.SUSPENDED) else None
    case = replace(case, status=step.status, ended_at=ended, revision=case.revision + 1)
    if locked is None:
        case = replace(case, title=_title(at, context, case, step))
    case, further = effects.carry_out(at, case, step.effects)
    case = record(at, case, [*also, *step.events, *further])
    if locked is None:
        at.unit.cases.add(case, step.state, step.data)
    else:
        at.unit.cases.save(case, step.state, step.data, was=locked)
    has_taken = _save_waits(at, case, step)
    if before is not None and not (step.effects or has_taken):
        at.unit.cases.put_undo(Undo(case.id, case.revision, *before))
    _save_tasks(at, case, step)
    save_incidents(at, case, step)
    project(at, case, context.process, step.data)
    return effects.follow_up(at, case, step.effects)


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


def _save_waits(at: Occurrence, case: Case, step: bpmn.Step) -> bool:
    """Close first: a cycle's token closes one wait and opens the next. Messages are locked in one order everywhere.

    Gives whether a message that nobody had waited for was taken.
    """
    has_taken = False
    for token, _ in step.closed:
        at.unit.waits.close(case.id, token)
    for order in sorted(step.waits, key=lambda order: (order.name, order.key_hash, order.token)):
        wait = Wait(case.id, order.token, order.kind, order.element, at.now, order.due, order.name, order.key_hash)
        has_taken = open_wait(at, wait) or has_taken
    return has_taken


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


def _save_tasks(at: Occurrence, case: Case, step: bpmn.Step) -> None:
    done = []
    for token, is_done in step.closed:
        task = at.unit.tasks.by_token(case.id, token)
        if task is None or not task.is_open:
            continue
        ended = tasks.complete(task, by=at.actor.id, at=at.now) if is_done else tasks.cancel(task, at=at.now)
        at.unit.tasks.save(ended, revision=task.revision)
        at.unit.tasks.delete_drafts(task.id)
        done += [task.path] if is_done else []
    if done:
        _bar_from_checking(at, case, step, frozenset(done))
    for order in step.tasks:
        at.unit.tasks.add(_new_task(at, case, order))


def _bar_from_checking(at: Occurrence, case: Case, step: bpmn.Step, done: frozenset[str]) -> None:
    """Who has just done a step may not do an open task that checks it (`notBy`), even one that was theirs already."""
    others = {task.token: task for task in at.unit.queries.open_tasks(case.id)}
    if not others:
        return
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
            at.unit.tasks.save(replace(barred, revision=task.revision + 1), revision=task.revision)


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


def project(at: Occurrence, case: Case, process: bpmn.LoadedProcess, data: CaseData) -> None:
    """Put the listable fields where lists and searches find them."""
    names = process.data_schema.list_names
    if not names:
        return
    values = data.scopes[ROOT_SCOPE].values
    listed = {name: str(feel.to_json(values[name])) for name in names if values.get(name) is not None}
    at.unit.cases.put_fields(CaseFields(case.id, listed))
