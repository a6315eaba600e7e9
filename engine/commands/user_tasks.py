"""Claiming, releasing, giving away, drafting and completing tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import cast

from .. import bpmn, feel
from .. import task as tasks
from ..actor import Action, may, may_work_on
from ..canonical import Json, dumps
from ..case import Case
from ..case_data import CaseData, decode
from ..completion import FieldConflict, conflict_problem, merge
from ..errors import Conflict, DataConflict, NotAllowed, NotFound, NotPossible, Rejected, TaskAlreadyClaimed
from ..form import Form
from ..history import EventType, NewEvent, read_payload
from ..ids import ScopeId, TaskId, UserId, new_id
from ..ports import LockedCase, TaskDraft
from ..sentences import sentence
from ..task import UserTask
from ..views import Completed
from . import house as houses
from . import undo
from .free_text import given_note
from .occurrence import Occurrence
from .recording import save_without_step
from .references import missing_references
from .rights import locked_task, require_candidate
from .stepping import require_active, step_and_tasks

BEHALF_REASON = "onBehalfReason"
"""The field that says why a task is done on behalf of a party outside; deployment demands it of such a task's form."""

MOST_DRAFT_BYTES = 250_000
"""Of canonical JSON in UTF-8: room for any form that people fill in, and a bound for what is stored unchecked."""

_NOT_THEIRS = "Only the one who holds the task, or the head of the case's unit, may pass it on."


def claim(at: Occurrence, id_: TaskId) -> UserTask:
    """Give the task to the actor. Raises TaskAlreadyClaimed, TaskAlreadyCompleted, NotAllowed, NotFound, NotPossible."""
    locked, task = locked_task(at, id_)
    tasks.require_open(task)
    require_active(locked.case)
    require_candidate(at, task, locked.case)
    claimed = tasks.claim(task, by=at.actor.id)
    return _save(at, locked, task, claimed, EventType.TASK_CLAIMED, {})


def release(at: Occurrence, id_: TaskId) -> UserTask:
    """Put the task back. The holder may, and whoever may assign."""
    locked, task = locked_task(at, id_)
    tasks.require_open(task)
    require_active(locked.case)
    if task.claimed_by != at.actor.id:
        _require_may_assign(at, locked)
    return _save(at, locked, task, tasks.release(task), EventType.TASK_RELEASED, {"from": task.claimed_by})


def assign(at: Occurrence, id_: TaskId, *, to: UserId, note: str = "") -> UserTask:
    """Give the task to somebody else: the holder hands over to somebody who may do it, the unit's head to anybody in the unit.

    `note` is what the other should know; history keeps it.

    Raises:
        NotFound: no such user. NotAllowed: the actor may not assign, or the other may not do the task.
        Rejected: the note is longer than MOST_NOTE_CHARACTERS or holds an identity number.
    """
    locked, task = locked_task(at, id_)
    tasks.require_open(task)
    require_active(locked.case)
    members = at.unit.cases.members(locked.case.id)
    is_head = may(at.actor, Action.ASSIGN, locked.case, members=members)
    if task.claimed_by != at.actor.id and not is_head:
        raise NotAllowed(_NOT_THEIRS)
    user = at.unit.people.user(to)
    if user is None or not user.is_active:
        raise NotFound("user", to)
    receiver = user.as_actor()
    if to in task.not_by or not may(receiver, Action.WORK, locked.case, members=members):
        raise NotAllowed(f"{user.full_name} cannot be given this task: another unit, or did the step that it checks.")
    if not is_head and not may_work_on(receiver, task, locked.case, members=members):
        raise NotAllowed(f"{user.full_name} is in none of the task's groups. Choose somebody who is, or ask the unit's head.")
    told: dict[str, Json] = {"from": task.claimed_by, "to": to}
    if said := given_note(note):
        told["note"] = said
    return _save(at, locked, task, tasks.assign(task, to=to), EventType.TASK_ASSIGNED, told)


def save_draft(at: Occurrence, id_: TaskId, values: Json, *, base_sequence: int, revision: str | None = None) -> TaskDraft:
    """Keep what has been typed so far, right or wrong; each person has a draft of their own.

    `revision` is that of the draft it replaces, empty for none; None replaces whatever there is.

    Raises:
        RevisionConflict: the person has saved another since, on another machine perhaps.
        Rejected: it is larger than MOST_DRAFT_BYTES, or the case's history has not come to `base_sequence`. The draft kept
            before stays.
    """
    task, case = _readable(at, id_)
    tasks.require_open(task)
    require_candidate(at, task, case)
    require_room(values)
    _require_past(case, base_sequence)
    draft = TaskDraft(id_, at.actor.id, values, base_sequence, at.now, new_id())
    at.unit.tasks.put_draft(draft, was=revision)
    return draft


def remove_draft(at: Occurrence, id_: TaskId) -> None:
    """Throw away what the actor has typed; possible also when the task has ended."""
    task, _ = _readable(at, id_)
    at.unit.tasks.delete_draft(task.id, at.actor.id)


def require_room(values: Json) -> None:
    """Refuse a draft that is larger than MOST_DRAFT_BYTES."""
    if len(dumps(values).encode()) > MOST_DRAFT_BYTES:
        raise Rejected(f"The draft is larger than {MOST_DRAFT_BYTES} bytes of JSON. Shorten the longest answers.")


def _readable(at: Occurrence, id_: TaskId) -> tuple[UserTask, Case]:
    task = at.unit.tasks.get(id_)
    case = at.unit.cases.get(task.case_id) if task is not None else None
    if task is None or case is None or not may(at.actor, Action.READ, case, members=at.unit.cases.members(case.id)):
        raise NotFound("task", id_)
    return task, case


def complete(
    at: Occurrence,
    id_: TaskId,
    submission: Mapping[str, Json],
    *,
    base_sequence: int | None = None,
    decided: Mapping[str, Json] | None = None,
) -> Completed:
    """Complete the task with the answers to its form.

    `base_sequence` is the history sequence that the form was opened at (`task_form` gives it); fields that somebody
    else changed since are merged. None says nothing of what the form showed: then a field that was changed since the task
    was created, and is something else in the submission, is a conflict. `decided` are conflicts that the actor has been told
    of: what the other wrote, by path; where that still stands, the submission holds.

    Raises:
        Rejected: the answers break the form; `problems` has every field. Nothing was stored. Or `base_sequence` is none
            that the form can have come with.
        TaskAlreadyCompleted: somebody was first; who and when is in the error.
        TaskAlreadyClaimed: somebody else holds the task.
        DataConflict: somebody else changed the same fields to something else.
        NotAllowed, NotFound, NotPossible: as their names say.
    """
    locked, task = locked_task(at, id_)
    tasks.require_open(task)
    require_candidate(at, task, locked.case)
    require_active(locked.case)
    if task.claimed_by not in (None, at.actor.id):
        raise TaskAlreadyClaimed(task.id, holder=str(task.claimed_by))
    writes, merged = _judge(at, locked, task, submission, base_sequence, decided or {})
    before = undo.keep(at, locked, task, submission)
    command = bpmn.CompleteTask(task.token, writes, _behalf_reason(at, task, submission))
    _, ended = step_and_tasks(at, locked, locked.case, command, before=before)
    done = next((one for one in ended if one.id == id_), None)
    if done is None or done.state is not tasks.TaskState.COMPLETED:
        raise NotPossible(f"Task {id_} could not be completed: the case does not wait for it. Read the case again.")
    return replace(merged, task=done)


def _judge(
    at: Occurrence,
    locked: LockedCase,
    task: UserTask,
    submission: Mapping[str, Json],
    base_sequence: int | None,
    decided: Mapping[str, Json],
) -> tuple[dict[str, feel.Value], Completed]:
    """What the submission writes, by path, and what it left as others wrote it; raises where it may not."""
    if task.form_version_id is None:
        if submission:
            raise Rejected(f"Task {task.id} has no form, so there is nothing to fill in. Complete it with no answers.")
        return {}, Completed(task)
    form = houses.form(at.house, at.unit, task.form_version_id)
    answers = dict(submission)
    problems = form.check(answers) or missing_references(at, form.register_references(answers))
    if problems:
        raise Rejected(sentence("The form is not right yet. Correct the fields named."), problems=problems)
    since = task.created_sequence if base_sequence is None else base_sequence
    _require_past(locked.case, since)
    current = bound_values(locked.data, task)
    data = data_at(at, locked, since)
    merged = merge(
        base=current if data is locked.data else bound_values(data, task),
        current=current,
        submitted=form.typed(answers),
        fields=form.fields,
        keys=form.list_keys,
        is_seen=base_sequence is not None,
        decided=decided,
    )
    if merged.conflicts:
        raise _conflict(at, locked, task, form, merged.conflicts, since=since)
    prefix = f"{task.bind}." if task.bind else ""
    writes = {prefix + name: value for name, value in merged.writes.items()}
    if not merged.kept:
        return writes, Completed(task)
    by, when = _last_writer(at, locked, since)
    return writes, Completed(task, merged.kept, UserId(by) if by else None, when)


def _require_past(case: Case, sequence: int) -> None:
    """Refuse a place in the case's history that is still to come."""
    if sequence > case.history_sequence:
        raise Rejected(f"The case's history ends at {case.history_sequence}: the form cannot have come at {sequence}.")


def _behalf_reason(at: Occurrence, task: UserTask, submission: Mapping[str, Json]) -> dict[str, Json]:
    """Why the task is done on somebody's behalf, as history tells it: the answer, and its text in the form if it has one."""
    reason = submission.get(BEHALF_REASON)
    if not isinstance(reason, str) or task.form_version_id is None:
        return {}
    told: dict[str, Json] = {BEHALF_REASON: reason}
    texts = houses.form(at.house, at.unit, task.form_version_id).texts
    for language, key in (("sv", "reasonText"), ("en", "reasonTextEn")):
        own = texts[language].fields.get(BEHALF_REASON)
        if own is not None and reason in own.options:
            told[key] = own.options[reason]
    return told


def bound_values(data: CaseData, task: UserTask) -> dict[str, feel.Value]:
    """What the task's form reads: the context at its path, or the names seen at the top level."""
    if task.bind:
        value = data.read(task.scope, task.bind)
        return value if isinstance(value, dict) else {}
    return data.seen_from(task.scope)


def data_at(at: Occurrence, locked: LockedCase, sequence: int) -> CaseData:
    """The case's data as they were when history ended at `sequence`, for the scopes that still exist.

    Raises Conflict where what was written since has been erased: then nobody knows what the form showed.
    """
    data = locked.data
    if sequence >= locked.case.history_sequence:
        return data
    for event, payload in reversed(at.unit.histories.of_case(locked.case.id, after=sequence)):
        if event.type is EventType.DATA_CHANGED:
            told = cast("dict[str, list[dict[str, Json]]] | None", read_payload(event, payload))
            if told is None:
                raise Conflict("What was written since the form was opened has been erased. Open the form again.")
            for change in reversed(told["changes"]):
                scope = ScopeId(str(change["scope"]))
                if scope in data.scopes:
                    data, _ = data.write(scope, str(change["path"]), decode(change["before"]))
    return data


def _conflict(
    at: Occurrence, locked: LockedCase, task: UserTask, form: Form, conflicts: tuple[FieldConflict, ...], *, since: int
) -> DataConflict:
    by, when = _last_writer(at, locked, since)
    problems = [
        conflict_problem(
            conflict,
            label_sv=form.texts["sv"].label(conflict.path[1:].replace("/", ".")),
            label_en=form.texts["en"].label(conflict.path[1:].replace("/", ".")),
        )
        for conflict in conflicts
    ]
    message = (
        f"Somebody else changed the same fields of task {task.id} after the form was opened. "
        "Read the task again, compare, then send again with the base sequence that came with it."
    )
    return DataConflict(message, problems, conflicts=conflicts, by=by, at=when)


def _last_writer(at: Occurrence, locked: LockedCase, since: int) -> tuple[str, datetime | None]:
    changes = [
        event for event, _ in at.unit.histories.of_case(locked.case.id, after=since) if event.type is EventType.DATA_CHANGED
    ]
    return (changes[-1].actor, changes[-1].at) if changes else ("", None)


def _require_may_assign(at: Occurrence, locked: LockedCase) -> None:
    if not may(at.actor, Action.ASSIGN, locked.case, members=at.unit.cases.members(locked.case.id)):
        raise NotAllowed(_NOT_THEIRS)


def _save(
    at: Occurrence, locked: LockedCase, task: UserTask, changed: UserTask, type_: EventType, told: Mapping[str, Json]
) -> UserTask:
    """Save and tell what has changed; a task claimed again, or given to the one who holds it, has not."""
    if changed.claimed_by == task.claimed_by and changed.state == task.state:
        return task
    at.unit.tasks.save(changed, was=task)
    save_without_step(at, locked, locked.case, [NewEvent(type_, task.path, {**task.names, "task": task.id, **told})])
    return changed
