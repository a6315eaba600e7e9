"""User tasks: the list of what to do, one task with its form, and everything one does to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get, post, put
from litestar.params import JSONBody, QueryParameter

from engine.actor import Actor
from engine.case_engine import CaseEngine
from engine.errors import DataConflict, TaskAlreadyClaimed, TaskAlreadyCompleted
from engine.ids import TaskId as EngineTaskId
from engine.ids import UnitId, UserId
from engine.ports import TaskDraft
from engine.task import TaskState, UserTask

from .bodies import Body, Object, View, as_json, plain, plain_object
from .forms import FormView
from .headers import etag, require_match
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, ETAG_HEADER, Cursor, Engine, IfMatch, Limit, TaskId, utc
from .people import Names
from .problems import Problem, declared, of_engine
from .task_views import TaskView, task_people

_TASK_PROBLEMS = (*CHANGE_PROBLEMS, "not-found", "not-allowed", "not-possible", "revision-conflict")
_BaseSequence = Annotated[
    int,
    msgspec.Meta(
        ge=0,
        le=2**53,
        description="The `baseSequence` that came with the form: how a change made meanwhile is noticed and merged.",
    ),
]


class TaskRowView(View, frozen=True, kw_only=True):
    """A task in a list, with what it takes to recognise its case."""

    task: TaskView
    case_number: str
    case_title: str


class TaskList(View, frozen=True, kw_only=True):
    items: list[TaskRowView]
    next: Annotated[str | None, msgspec.Meta(description="Send as `cursor` for the next page; null at the end.")]


class DraftView(View, frozen=True, kw_only=True):
    """What one has typed so far, valid or not."""

    values: object
    base_sequence: int
    saved_at: datetime

    @classmethod
    def of(cls, draft: TaskDraft) -> DraftView:
        return cls(values=plain(draft.values), base_sequence=draft.base_sequence, saved_at=draft.saved_at)


class TaskFormView(View, frozen=True, kw_only=True):
    """Everything needed to fill in a task."""

    task: TaskView
    case_number: str
    case_title: str
    form: Annotated[FormView | None, msgspec.Meta(description="Null for a task that is only ticked off.")]
    values: Annotated[Object, msgspec.Meta(description="What the case already knows, as a start for the form.")]
    draft: DraftView | None
    base_sequence: Annotated[int, msgspec.Meta(description="Send it back with drafts and with the submission.")]


class Assignment(Body, frozen=True, kw_only=True):
    """Whom the task is given to."""

    to: Annotated[str, msgspec.Meta(min_length=1, max_length=100, description="The id of a user.")]


class NewDraft(Body, frozen=True, kw_only=True):
    """What has been typed so far; it need not fit the form."""

    values: Annotated[object, msgspec.Meta(description="Any JSON.")]
    base_sequence: _BaseSequence


class Completion(Body, frozen=True, kw_only=True):
    """A filled-in form."""

    submission: Annotated[Object, msgspec.Meta(description="The form's values; `{}` for a task without a form.")]
    base_sequence: _BaseSequence | None = None


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
    cursor: Cursor = None,
    limit: Limit = 50,
) -> TaskList:
    """The tasks one may do or holds: most urgent first, those without a due time last. Open ones unless `state` says else."""
    page = engine.tasks(
        asker,
        unit=UnitId(unit) if unit else None,
        process=process,
        states=frozenset(states or (TaskState.READY, TaskState.CLAIMED)),
        due_before=None if due_before is None else utc(due_before),
        mine=mine,
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
        values=plain_object(found.values),
        draft=DraftView.of(found.draft) if found.draft is not None else None,
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
    responses=declared(*_TASK_PROBLEMS, "task-already-claimed", "task-already-completed", "precondition-failed"),
)
def claim_task(engine: Engine, asker: Asker, task_id: TaskId, if_match: IfMatch = None) -> Response[TaskView]:
    """Takes the task for oneself, so that colleagues see it is being done. Claiming one's own again changes nothing."""
    with _naming_the_other(engine):
        _require_revision(engine, asker, task_id, if_match)
        return _answer(engine, engine.claim_task(asker, EngineTaskId(task_id)))


@post(
    "/tasks/{task_id:str}/release",
    summary="Release a task",
    tags=["Tasks"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=declared(*_TASK_PROBLEMS, "task-already-claimed", "task-already-completed"),
)
def release_task(engine: Engine, asker: Asker, task_id: TaskId) -> Response[TaskView]:
    """Puts the task back for its candidate groups."""
    with _naming_the_other(engine):
        return _answer(engine, engine.release_task(asker, EngineTaskId(task_id)))


@post(
    "/tasks/{task_id:str}/assign",
    summary="Give a task to somebody",
    tags=["Tasks"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=declared(*_TASK_PROBLEMS, "task-already-completed", "rejected", *BODY_PROBLEMS),
)
def assign_task(engine: Engine, asker: Asker, task_id: TaskId, data: JSONBody[Assignment]) -> Response[TaskView]:
    """Gives the task to somebody, whoever holds it. For heads of the unit."""
    with _naming_the_other(engine):
        return _answer(engine, engine.assign_task(asker, EngineTaskId(task_id), to=UserId(data.to)))


@put(
    "/tasks/{task_id:str}/draft",
    summary="Save a draft",
    tags=["Tasks"],
    sync_to_thread=True,
    responses=declared(*_TASK_PROBLEMS, "task-already-completed", *BODY_PROBLEMS),
)
def save_draft(engine: Engine, asker: Asker, task_id: TaskId, data: JSONBody[NewDraft]) -> DraftView:
    """Keeps what one has typed, valid or not, until the task is completed. Each person has one draft a task."""
    values = as_json({"values": data.values})["values"]
    with _naming_the_other(engine):
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
        *_TASK_PROBLEMS,
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
    with _naming_the_other(engine):
        _require_revision(engine, asker, task_id, if_match)
        done = engine.complete_task(asker, EngineTaskId(task_id), submission, base_sequence=data.base_sequence)
        return _answer(engine, done)


HANDLERS = [list_tasks, read_task, claim_task, release_task, assign_task, save_draft, complete_task]


def _answer(engine: CaseEngine, task: UserTask) -> Response[TaskView]:
    return Response(TaskView.of(task, Names.of(engine.store, task_people(task))), headers=etag(task.revision))


def _require_revision(engine: CaseEngine, asker: Actor, task_id: str, if_match: str | None) -> None:
    if if_match is None:
        return
    task = engine.task_form(asker, EngineTaskId(task_id)).task
    if task.is_open:  # else the engine says who closed it, which tells more than 412
        require_match(if_match, task.revision)


@contextmanager
def _naming_the_other(engine: CaseEngine) -> Iterator[None]:
    """Turns 'somebody was first' into who, by the name that colleagues know."""
    try:
        yield
    except TaskAlreadyCompleted as error:
        by = Names.of(engine.store, [UserId(error.by)]).somebody(UserId(error.by))
        raise Problem(error.code, by=by.name, at=error.at) from error
    except DataConflict as error:
        problem = of_engine(error)
        problem.by = Names.of(engine.store, [UserId(error.by)]).somebody(UserId(error.by)).name if error.by else ""
        raise problem from error
    except TaskAlreadyClaimed as error:
        holder = Names.of(engine.store, [UserId(error.holder)]).somebody(UserId(error.holder))
        raise Problem(error.code, by=holder.name) from error
