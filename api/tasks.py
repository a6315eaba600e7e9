"""User tasks: the list of what to do, one task with its form, and everything one does to it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get, post, put
from litestar.params import JSONBody, QueryParameter

from engine.actor import Actor
from engine.case_engine import CaseEngine
from engine.commands.user_tasks import MOST_NOTE_CHARACTERS
from engine.ids import TaskId as EngineTaskId
from engine.ids import UnitId, UserId
from engine.queries import TaskOrder
from engine.task import TaskState, UserTask

from .bodies import Because, Body, Object, as_json, plain_object
from .choice_views import ChoiceView
from .forms import FormView
from .headers import etag, require_match
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, ETAG_HEADER, Cursor, Engine, IfMatch, Limit, TaskId, utc
from .people import Names
from .problems import declared
from .task_views import DraftView, TaskCountsView, TaskFormView, TaskList, TaskRowView, TaskView, task_people
from .who_was_first import naming_the_other

TASK_PROBLEMS = (*CHANGE_PROBLEMS, "not-found", "not-allowed", "not-possible", "revision-conflict")
_BaseSequence = Annotated[
    int,
    msgspec.Meta(
        ge=0,
        le=2**53,
        description="The `baseSequence` that came with the form: how a change made meanwhile is noticed and merged.",
    ),
]


class Assignment(Body, frozen=True, kw_only=True):
    """Whom the task is given to."""

    to: Annotated[str, msgspec.Meta(min_length=1, max_length=100, description="The id of a user.")]
    note: Annotated[
        str,
        msgspec.Meta(
            max_length=MOST_NOTE_CHARACTERS,
            description="What the other should know. Kept in the case's history; an identity number is refused.",
        ),
    ] = ""


class NewDraft(Body, frozen=True, kw_only=True):
    """What has been typed so far; it need not fit the form."""

    values: Annotated[object, msgspec.Meta(description="Any JSON.")]
    base_sequence: _BaseSequence


class Completion(Body, frozen=True, kw_only=True):
    """A filled-in form."""

    submission: Annotated[Object, msgspec.Meta(description="The form's values; `{}` for a task without a form.")]
    base_sequence: Annotated[
        _BaseSequence | None,
        msgspec.Meta(
            description="The `baseSequence` that came with the form. Without it every field that was changed since the task "
            "was created, and is something else here, is a `data-conflict`."
        ),
    ] = None


@get(
    "/tasks",
    summary="List tasks",
    tags=["Tasks"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "rejected"),
)
def list_tasks(
    *,
    engine: Engine,
    asker: Asker,
    unit: Annotated[str | None, QueryParameter(max_length=200, description="Only cases of this unit.")] = None,
    process: Annotated[str | None, QueryParameter(max_length=200, description="Only this process definition.")] = None,
    states: Annotated[
        list[TaskState] | None,
        QueryParameter(max_items=4, description="`ready`, `claimed`, `completed`, `cancelled`; may be repeated."),
    ] = None,
    due_before: Annotated[
        datetime | None,
        QueryParameter(name="dueBefore", description="Only what is due before then (RFC 3339, with offset)."),
    ] = None,
    mine: Annotated[bool, QueryParameter(description="Only what I hold.")] = False,
    created_since: Annotated[
        datetime | None,
        QueryParameter(name="createdSince", description="Only what was created then or later (RFC 3339, with offset)."),
    ] = None,
    sort: Annotated[
        TaskOrder,
        QueryParameter(
            description="`due`: most urgent first, those without a due time last. `created`: newest first. "
            "`priority`: highest first."
        ),
    ] = TaskOrder.DUE,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> TaskList:
    """The tasks one may do or holds. Open ones unless `states` says else. A `cursor` holds for the `sort` of its page only."""
    page = engine.tasks(
        asker,
        unit=UnitId(unit) if unit else None,
        process=process,
        states=frozenset(states or (TaskState.READY, TaskState.CLAIMED)),
        due_before=None if due_before is None else utc(due_before, parameter="dueBefore"),
        mine=mine,
        created_since=None if created_since is None else utc(created_since, parameter="createdSince"),
        order=sort,
        cursor=cursor,
        limit=limit,
    )
    names = Names.of(engine.store, task_people(*(row.task for row in page.rows)))
    rows = [
        TaskRowView(task=TaskView.of(row.task, names), case_number=row.case_number, case_title=row.case_title)
        for row in page.rows
    ]
    return TaskList(items=rows, next=page.next)


@get(
    "/tasks/counts",
    summary="Count tasks",
    tags=["Tasks"],
    sync_to_thread=True,
    responses=declared("not-signed-in"),
)
def count_tasks(
    engine: Engine,
    asker: Asker,
    unit: Annotated[str | None, QueryParameter(max_length=200, description="Only cases of this unit.")] = None,
    process: Annotated[str | None, QueryParameter(max_length=200, description="Only this process definition.")] = None,
) -> TaskCountsView:
    """How many open tasks there are among those that one may do or holds, as the list with the same filters shows them."""
    counts, since = engine.task_counts(asker, unit=UnitId(unit) if unit else None, process=process)
    return TaskCountsView(mine=counts.mine, free=counts.free, overdue=counts.overdue, new=counts.new, new_since=since)


@get(
    "/tasks/{task_id:str}",
    summary="One task with its form",
    tags=["Tasks"],
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=declared("not-signed-in", "not-found"),
)
def read_task(engine: Engine, asker: Asker, task_id: TaskId) -> Response[TaskFormView]:
    """The task, its form in the version it was created with, what the case already knows, and one's own draft.

    The look is logged: it may show personal data.
    """
    found = engine.task_form(asker, EngineTaskId(task_id))
    view = TaskFormView(
        task=TaskView.of(found.task, Names.of(engine.store, task_people(found.task))),
        case_number=found.case_number,
        case_title=found.case_title,
        form=FormView.of(found.form) if found.form is not None else None,
        form_version=found.form_version,
        scope=found.task.scope,
        bind=found.task.bind,
        values=plain_object(found.values),
        draft=DraftView.of(found.draft) if found.draft is not None else None,
        choice=ChoiceView.of(found.choice) if found.choice is not None else None,
        base_sequence=found.base_sequence,
    )
    return Response(view, headers=etag(found.task.revision))


@post(
    "/tasks/{task_id:str}/claim",
    summary="Claim a task",
    tags=["Tasks"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=declared(*TASK_PROBLEMS, "task-already-claimed", "task-already-completed", "precondition-failed"),
)
def claim_task(engine: Engine, asker: Asker, task_id: TaskId, if_match: IfMatch = None) -> Response[TaskView]:
    """Takes the task for oneself, so that colleagues see it is being done. Claiming one's own again changes nothing."""
    with naming_the_other(engine.store):
        require_revision(engine, asker, task_id, if_match)
        return _answer(engine, engine.claim_task(asker, EngineTaskId(task_id)))


@post(
    "/tasks/{task_id:str}/release",
    summary="Release a task",
    tags=["Tasks"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=declared(*TASK_PROBLEMS, "task-already-claimed", "task-already-completed"),
)
def release_task(engine: Engine, asker: Asker, task_id: TaskId) -> Response[TaskView]:
    """Puts the task back for its candidate groups."""
    with naming_the_other(engine.store):
        return _answer(engine, engine.release_task(asker, EngineTaskId(task_id)))


@post(
    "/tasks/{task_id:str}/assign",
    summary="Give a task to somebody",
    tags=["Tasks"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=declared(*TASK_PROBLEMS, "task-already-completed", "rejected", *BODY_PROBLEMS),
)
def assign_task(engine: Engine, asker: Asker, task_id: TaskId, data: JSONBody[Assignment]) -> Response[TaskView]:
    """Gives the task to somebody else: who holds it hands it over to somebody who may do it, and heads of the unit give it,
    whoever holds it, to anybody in the unit."""
    with naming_the_other(engine.store):
        return _answer(engine, engine.assign_task(asker, EngineTaskId(task_id), to=UserId(data.to), note=data.note))


@put(
    "/tasks/{task_id:str}/draft",
    summary="Save a draft",
    tags=["Tasks"],
    sync_to_thread=True,
    responses=declared(*TASK_PROBLEMS, "task-already-completed", "rejected", *BODY_PROBLEMS),
)
def save_draft(engine: Engine, asker: Asker, task_id: TaskId, data: JSONBody[NewDraft]) -> DraftView:
    """Keeps what one has typed, valid or not, until the task is completed. Each person has one draft a task."""
    values = as_json({"values": data.values})["values"]
    with naming_the_other(engine.store):
        draft = engine.save_draft(asker, EngineTaskId(task_id), values, base_sequence=data.base_sequence)
    return DraftView.of(draft)


@post(
    "/tasks/{task_id:str}/complete",
    summary="Complete a task",
    tags=["Tasks"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=declared(
        *TASK_PROBLEMS,
        "task-already-claimed",
        "task-already-completed",
        "data-conflict",
        "conflict",
        "precondition-failed",
        "rejected",
        *BODY_PROBLEMS,
    ),
)
def complete_task(
    engine: Engine, asker: Asker, task_id: TaskId, data: JSONBody[Completion], if_match: IfMatch = None
) -> Response[TaskView]:
    """Submits the form and moves the case on. Once this answers 200 the submission is stored for good.

    A submission that breaks the form's rules is refused as a whole, with one problem for each field. When a colleague
    was first the answer says who and when; when they changed the same fields meanwhile, which.
    """
    submission = as_json(data.submission)
    with naming_the_other(engine.store):
        require_revision(engine, asker, task_id, if_match)
        done = engine.complete_task(asker, EngineTaskId(task_id), submission, base_sequence=data.base_sequence)
        return _answer(engine, done)


@post(
    "/tasks/{task_id:str}/undo",
    summary="Take back a completed task",
    tags=["Tasks"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=declared(*TASK_PROBLEMS, "rejected", *BODY_PROBLEMS),
)
def undo_task(engine: Engine, asker: Asker, task_id: TaskId, data: JSONBody[Because]) -> Response[TaskView]:
    """The case stands as it did before the task was completed, and what was filled in is a draft again.

    Possible as long as nothing has been built on it: no other step of the case, no message sent, no register written.
    """
    return _answer(engine, engine.undo_task(asker, EngineTaskId(task_id), reason=data.reason))


HANDLERS = [list_tasks, count_tasks, read_task, claim_task, release_task, assign_task, save_draft, complete_task, undo_task]


def _answer(engine: CaseEngine, task: UserTask) -> Response[TaskView]:
    return Response(TaskView.of(task, Names.of(engine.store, task_people(task))), headers=etag(task.revision))


def require_revision(engine: CaseEngine, asker: Actor, task_id: str, if_match: str | None) -> int | None:
    """The revision that the caller has read, if they say; refused when the task is open and no longer has it."""
    if if_match is None:
        return None
    task = engine.task_form(asker, EngineTaskId(task_id)).task
    if task.is_open:  # else the engine says who closed it, which tells more than 412
        require_match(if_match, task.revision)
    return task.revision
