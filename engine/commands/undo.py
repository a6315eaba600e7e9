"""Taking back a completed task, as long as nothing has been built on it.

Before a task is completed, what the step will replace is kept: one document a case, of the last completion. It holds while
the case has the revision that the completion gave it; a step that told anybody outside the case keeps none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import cast

from .. import feel
from .. import task as tasks
from ..actor import Action, may
from ..canonical import Json, dumps, loads
from ..case import Case, CaseStatus, IncidentState
from ..case_data import CaseData, Scope, ScopeKind, decode
from ..errors import NotAllowed, NotPossible
from ..history import EventType, NewEvent, read_payload
from ..ids import ScopeId, TaskId, Token, UserId, new_id
from ..ports import LockedCase, TaskDraft
from ..task import TaskState, UserTask
from ..wait import Wait, WaitKind
from .free_text import given_reason
from .house import Shelf
from .occurrence import Occurrence
from .projecting import project
from .recording import record
from .rights import locked_task
from .stepping import Before, open_wait


def keep(at: Occurrence, locked: LockedCase, task: UserTask, submission: Mapping[str, Json]) -> Before:
    """What there is before the task is completed."""
    case = locked.case
    open_tasks, waits = at.unit.queries.open_tasks(case.id), at.unit.waits.of_case(case.id)
    scopes = ",".join(map(_scope_text, locked.data.scopes.values()))
    rest = dumps(
        {
            "sequence": case.history_sequence,
            "state": locked.state,
            "waits": [_wait_document(wait) for wait in waits],
            "tasks": {one.id: _task_document(one) for one in open_tasks},
            "incidents": [one.id for one in at.unit.incidents.open_of_case(case.id)],
            "submission": dict(submission),
            "task": task.id,
        }
    )
    document = f'{{"data":[{scopes}],{rest[1:]}'
    return Before(task.id, document, open_tasks, waits)


def take_back(at: Occurrence, id_: TaskId, *, reason: str) -> UserTask:
    """Undo the completion of a task: the case stands as before it, and what was filled in is the person's draft again.

    Whoever completed it may, the head of the unit and administrators.

    Raises:
        NotAllowed: somebody else completed it.
        NotPossible: it is not completed, the case has gone on since, or the completion told somebody outside the case.
    """
    reason = given_reason(reason)
    locked, task = locked_task(at, id_)
    _require_may(at, locked, task)
    if task.state is not TaskState.COMPLETED:
        raise NotPossible(f"Task {id_} is not completed, so there is nothing to take back.")
    if locked.case.status is CaseStatus.SUSPENDED:
        raise NotPossible(f"Case {locked.case.number} is suspended. Resume it first.")
    kept = at.unit.cases.undo(locked.case.id)
    if kept is None or kept.task_id != id_ or kept.revision != locked.case.revision:
        raise NotPossible(
            f"Task {id_} can no longer be taken back: the case has gone on since, or others were told. "
            "Have the data corrected, or the position moved."
        )
    _require_no_begun_job(at, locked, task)
    return _restore(at, locked, task, cast("dict[str, Json]", loads(kept.document)), reason)


def _require_no_begun_job(at: Occurrence, locked: LockedCase, task: UserTask) -> None:
    """A job that somebody has begun may have had effects outside. Those that nobody has are held until they are withdrawn."""
    held = [at.unit.jobs.lock(job.id) for job in at.unit.jobs.of_case(locked.case.id)]
    since = [job for job in held if job is not None and job.created_at >= (task.ended_at or job.created_at)]
    if any(job.has_begun for job in since):
        raise NotPossible(
            f"Task {task.id} can no longer be taken back: another system has begun to do what followed from it. "
            "Have the data corrected, or the position moved."
        )


def _require_may(at: Occurrence, locked: LockedCase, task: UserTask) -> None:
    members = at.unit.cases.members(locked.case.id)
    is_own = task.ended_by == at.actor.id and may(at.actor, Action.WORK, locked.case, members=members)
    if not is_own and not may(at.actor, Action.OPERATE, locked.case, members=members):
        raise NotAllowed("Only who completed the task, the head of the case's unit or an administrator may take it back.")


def _restore(at: Occurrence, locked: LockedCase, task: UserTask, before: dict[str, Json], reason: str) -> UserTask:
    case = locked.case
    data = CaseData.of(_scope(document) for document in _list(before["data"]))
    told = [
        NewEvent(EventType.TASK_UNDONE, task.path, {**task.names, "process": task.process, "reason": reason}),
        *_changes_back(at, case, int(cast("int", before["sequence"])), task),
    ]
    case = record(at, replace(case, status=CaseStatus.ACTIVE, ended_at=None, revision=case.revision + 1), told)
    now = LockedCase(case, str(before["state"]), data)
    at.unit.cases.save(case, now.state, data, was=locked)
    at.unit.cases.delete_undo(case.id)
    _restore_waits(at, case, before)
    _restore_tasks(at, case, cast("dict[str, dict[str, Json]]", before["tasks"]))
    _restore_incidents(at, case, {str(one) for one in cast("list[Json]", before["incidents"])})
    project(at, Shelf(at.house, at.unit).process(case.version_id), now, was=locked)
    submission = before["submission"]
    if submission and task.ended_by is not None:
        at.unit.tasks.put_draft(TaskDraft(task.id, task.ended_by, submission, case.history_sequence, at.now, new_id()))
    again = at.unit.tasks.get(task.id)
    assert again is not None
    return again


def _changes_back(at: Occurrence, case: Case, since: int, task: UserTask) -> list[NewEvent]:
    """The writes since then, the last first, each with before and after changed about."""
    changes: list[Json] = []
    for event, payload in reversed(at.unit.histories.of_case(case.id, after=since)):
        told = cast("dict[str, list[dict[str, Json]]] | None", read_payload(event, payload))
        if event.type is EventType.DATA_CHANGED and told is not None:
            changes += [{**one, "before": one["after"], "after": one["before"]} for one in reversed(told["changes"])]
    return [NewEvent(EventType.DATA_CHANGED, task.path, {"changes": changes})] if changes else []


def _restore_waits(at: Occurrence, case: Case, before: dict[str, Json]) -> None:
    was = {wait.token: wait for wait in (_wait(case, document) for document in _list(before["waits"]))}
    now = {wait.token: wait for wait in at.unit.waits.of_case(case.id)}
    for token, wait in now.items():
        if was.get(token) != wait:
            at.unit.waits.close(case.id, token)
            if wait.kind is WaitKind.JOB:
                at.unit.jobs.remove(case.id, token)
    for wait in sorted(was.values(), key=lambda wait: (wait.name, wait.key_hash, wait.token)):
        if now.get(wait.token) != wait:
            open_wait(at, wait)


def _restore_tasks(at: Occurrence, case: Case, open_before: Mapping[str, dict[str, Json]]) -> None:
    for task in at.unit.queries.open_tasks(case.id):
        if task.id not in open_before:
            at.unit.tasks.save(tasks.cancel(task, at=at.now), was=task)
    for id_, was in open_before.items():
        now = at.unit.tasks.get(TaskId(id_))
        assert now is not None, "tasks are never deleted"
        before = replace(
            now,
            state=TaskState(str(was["state"])),
            claimed_by=UserId(str(was["claimedBy"])) if was["claimedBy"] else None,
            not_by=frozenset(UserId(str(one)) for one in cast("list[Json]", was["notBy"])),
            ended_at=None,
            ended_by=None,
        )
        if before != now:
            at.unit.tasks.save(replace(before, revision=now.revision + 1), was=now)


def _restore_incidents(at: Occurrence, case: Case, open_before: set[str]) -> None:
    for incident in at.unit.incidents.of_case(case.id):
        if incident.id in open_before and incident.state is IncidentState.RESOLVED:
            at.unit.incidents.save(replace(incident, state=IncidentState.OPEN, resolved_at=None, resolved_by=None))
        elif incident.id not in open_before and incident.state is IncidentState.OPEN:
            solved = replace(incident, state=IncidentState.RESOLVED, resolved_at=at.now, resolved_by=at.actor.id)
            at.unit.incidents.save(solved)


def _list(value: Json) -> list[dict[str, Json]]:
    return cast("list[dict[str, Json]]", value)


def _scope_text(scope: Scope) -> str:
    """As JSON. The values are not made anew: they are as they were read."""
    room = {"id": scope.id, "parent": scope.parent, "kind": scope.kind.value, "declared": [*sorted(scope.declared)]}
    return f'{dumps(cast("Json", room))[:-1]},"values":{scope.text}}}'


def _scope(document: dict[str, Json]) -> Scope:
    parent = document["parent"]
    return Scope(
        ScopeId(str(document["id"])),
        None if parent is None else ScopeId(str(parent)),
        ScopeKind(str(document["kind"])),
        frozenset(str(name) for name in cast("list[Json]", document["declared"])),
        cast("dict[str, feel.Value]", decode(document["values"])),
    )


def _wait_document(wait: Wait) -> Json:
    return {
        "token": wait.token,
        "kind": wait.kind.value,
        "element": wait.element,
        "openedAt": wait.opened_at.isoformat(),
        "due": None if wait.due is None else wait.due.isoformat(),
        "name": wait.name,
        "keyHash": wait.key_hash,
    }


def _wait(case: Case, document: dict[str, Json]) -> Wait:
    due = document["due"]
    return Wait(
        case.id,
        Token(str(document["token"])),
        WaitKind(str(document["kind"])),
        str(document["element"]),
        datetime.fromisoformat(str(document["openedAt"])),
        None if due is None else datetime.fromisoformat(str(due)),
        str(document["name"]),
        str(document["keyHash"]),
    )


def _task_document(task: UserTask) -> Json:
    return {"state": task.state.value, "claimedBy": task.claimed_by, "notBy": [*sorted(task.not_by)]}
