"""One user task with its form, and who does it."""

from __future__ import annotations

from litestar import Response, get
from litestar.params import JSONBody

from engine.actor import Actor
from engine.case_engine import CaseEngine
from engine.ids import TaskId as EngineTaskId
from engine.ids import UserId
from engine.task import UserTask

from .as_seen import task_as_seen
from .bodies import Body, HandoverNote, Receiver, plain_object
from .choice_views import ChoiceView
from .forms import FormView
from .headers import etag
from .identity import Asker
from .parts import (
    BODY_PROBLEMS,
    CHANGE_PROBLEMS,
    ETAG_HEADER,
    Engine,
    IfMatch,
    TaskId,
)
from .people import Names
from .problems import declared
from .task_views import (
    DraftView,
    EntryKeyView,
    HandoverView,
    TaskFormView,
    TaskView,
    task_people,
)
from .who_was_first import naming_the_other
from .writes import post

TASK_PROBLEMS = (*CHANGE_PROBLEMS, "not-found", "not-allowed", "not-possible", "revision-conflict")


class Assignment(Body, frozen=True, kw_only=True):
    """Whom the task is given to."""

    to: Receiver
    note: HandoverNote = ""


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
    given = found.handover
    names = Names.of(engine.store, [*task_people(found.task), given.by if given else None], asker=asker)
    view = TaskFormView(
        task=TaskView.of(found.task, names),
        case_number=found.case_number,
        case_title=found.case_title,
        about=EntryKeyView.of(found.about),
        form=FormView.of(found.form) if found.form is not None else None,
        form_version=found.form_version,
        scope=found.task.scope,
        bind=found.task.bind,
        values=plain_object(found.values),
        draft=DraftView.of(found.draft) if found.draft is not None else None,
        choice=ChoiceView.of(found.choice) if found.choice is not None else None,
        handover=HandoverView(at=given.at, by=names.somebody(given.by), note=given.note) if given else None,
        base_sequence=found.base_sequence,
    )
    return Response(view, headers=etag(found.task.revision))


@post(
    "/tasks/{task_id:str}/claim",
    summary="Claim a task",
    tags=["Tasks"],
    status_code=200,
    response_headers=[ETAG_HEADER],
    responses=declared(*TASK_PROBLEMS, "task-already-claimed", "task-already-completed", "precondition-failed"),
)
def claim_task(engine: Engine, asker: Asker, task_id: TaskId, if_match: IfMatch = None) -> Response[TaskView]:
    """Takes the task for oneself, so that colleagues see it is being done. Claiming one's own again changes nothing."""
    with naming_the_other(engine.store), task_as_seen(engine, asker, task_id, if_match):
        return answer(engine, asker, engine.claim_task(asker, EngineTaskId(task_id)))


@post(
    "/tasks/{task_id:str}/release",
    summary="Release a task",
    tags=["Tasks"],
    status_code=200,
    response_headers=[ETAG_HEADER],
    responses=declared(*TASK_PROBLEMS, "task-already-claimed", "task-already-completed", "precondition-failed"),
)
def release_task(engine: Engine, asker: Asker, task_id: TaskId, if_match: IfMatch = None) -> Response[TaskView]:
    """Puts the task back for its candidate groups."""
    with naming_the_other(engine.store), task_as_seen(engine, asker, task_id, if_match):
        return answer(engine, asker, engine.release_task(asker, EngineTaskId(task_id)))


@post(
    "/tasks/{task_id:str}/assign",
    summary="Give a task to somebody",
    tags=["Tasks"],
    status_code=200,
    response_headers=[ETAG_HEADER],
    responses=declared(*TASK_PROBLEMS, "task-already-completed", "precondition-failed", "rejected", *BODY_PROBLEMS),
)
def assign_task(
    engine: Engine, asker: Asker, task_id: TaskId, data: JSONBody[Assignment], if_match: IfMatch = None
) -> Response[TaskView]:
    """Gives the task to somebody else: who holds it hands it over to somebody who may do it, and heads of the unit give it,
    whoever holds it, to anybody in the unit."""
    with naming_the_other(engine.store), task_as_seen(engine, asker, task_id, if_match):
        given = engine.assign_task(asker, EngineTaskId(task_id), to=UserId(data.to), note=data.note)
        return answer(engine, asker, given)


def answer(engine: CaseEngine, asker: Actor, task: UserTask) -> Response[TaskView]:
    """The task as it is now, with its ETag."""
    return Response(TaskView.of(task, Names.of(engine.store, task_people(task), asker=asker)), headers=etag(task.revision))


HANDLERS = [read_task, claim_task, release_task, assign_task]
