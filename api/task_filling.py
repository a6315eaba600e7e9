"""Filling in the form of a task: keeping what is typed, sending it, and taking it back."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Response
from litestar.params import JSONBody

from engine.ids import TaskId as EngineTaskId

from .as_seen import task_as_seen
from .bodies import Because, Body, Object, as_json
from .headers import etag, seen_draft, unless_changed
from .identity import Asker
from .parts import (
    BODY_PROBLEMS,
    CHANGE_PROBLEMS,
    ETAG_HEADER,
    HIGHEST,
    DraftMatch,
    Engine,
    IfMatch,
    TaskId,
)
from .people import Names
from .problems import declared
from .task_views import (
    CompletedView,
    DraftView,
    TaskView,
    task_people,
)
from .tasks import TASK_PROBLEMS, answer
from .who_was_first import naming_the_other
from .writes import delete, post, put


class NewDraft(Body, frozen=True, kw_only=True):
    """What has been typed so far; it need not fit the form."""

    values: Annotated[object, msgspec.Meta(description="Any JSON.")]
    base_sequence: Annotated[
        int,
        msgspec.Meta(
            ge=0,
            le=HIGHEST,
            description="The `baseSequence` that came with the form: how a change made meanwhile is noticed and merged.",
        ),
    ]


class DecidedField(Body, frozen=True, kw_only=True):
    """A conflict that somebody has decided about."""

    path: Annotated[str, msgspec.Meta(max_length=500, description="The conflict's `path`.")]
    theirs: Annotated[object, msgspec.Meta(description="Its `theirs`.")]


class Completion(Body, frozen=True, kw_only=True):
    """A filled-in form."""

    submission: Annotated[Object, msgspec.Meta(description="The form's values; `{}` for a task without a form.")]
    base_sequence: (
        Annotated[
            int,
            msgspec.Meta(
                ge=0,
                le=HIGHEST,
                description="The `baseSequence` that came with the form. Without it every field that was changed since the "
                "task was created, and is something else here, is a `data-conflict`.",
            ),
        ]
        | None
    ) = None
    decided: Annotated[
        list[DecidedField],
        msgspec.Meta(
            max_length=500,
            description="Fields of a `data-conflict` that the person has decided about: where the other's value is still what "
            "is there, the submission holds.",
        ),
    ] = msgspec.field(default_factory=list)


@put(
    "/tasks/{task_id:str}/draft",
    summary="Save a draft",
    tags=["Tasks"],
    responses=declared(*TASK_PROBLEMS, "task-already-completed", "precondition-failed", "rejected", *BODY_PROBLEMS),
)
def save_draft(
    engine: Engine, asker: Asker, task_id: TaskId, data: JSONBody[NewDraft], if_match: DraftMatch = None
) -> DraftView:
    """Keeps what one has typed, valid or not, until one completes the task or throws it away. Each person has one draft a task.

    It stays when somebody else completes the task, so that nothing that was typed is lost.
    """
    values = as_json({"values": data.values})["values"]
    seen = seen_draft(if_match)
    with naming_the_other(engine.store), unless_changed():
        draft = engine.save_draft(asker, EngineTaskId(task_id), values, base_sequence=data.base_sequence, revision=seen)
    return DraftView.of(draft)


@delete(
    "/tasks/{task_id:str}/draft",
    summary="Throw a draft away",
    tags=["Tasks"],
    responses=declared(*CHANGE_PROBLEMS, "not-found"),
)
def remove_draft(engine: Engine, asker: Asker, task_id: TaskId) -> Response[None]:
    """Forgets what one has typed into the task, also when it has ended. Nothing happens where there is no draft."""
    engine.remove_task_draft(asker, EngineTaskId(task_id))
    return Response(None)


@post(
    "/tasks/{task_id:str}/complete",
    summary="Complete a task",
    tags=["Tasks"],
    status_code=200,
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
    *,
    engine: Engine,
    asker: Asker,
    task_id: TaskId,
    data: JSONBody[Completion],
    if_match: IfMatch = None,
) -> Response[CompletedView]:
    """Submits the form and moves the case on. Once this answers 200 the submission is stored for good.

    A submission that breaks the form's rules is refused as a whole, with one problem for each field. When a colleague
    was first the answer says who and when; when they changed the same fields meanwhile, which. What only they changed
    stays as they wrote it, and is told in `kept`.
    """
    submission = as_json(data.submission)
    decided = as_json({one.path: one.theirs for one in data.decided})
    with naming_the_other(engine.store), task_as_seen(engine, asker, task_id, if_match):
        done = engine.send_form(
            asker,
            EngineTaskId(task_id),
            submission,
            base_sequence=data.base_sequence,
            decided=decided,
        )
        names = Names.of(engine.store, [*task_people(done.task), done.by], asker=asker)
        return Response(CompletedView.of_completed(done, names), headers=etag(done.task.revision))


@post(
    "/tasks/{task_id:str}/undo",
    summary="Take back a completed task",
    tags=["Tasks"],
    status_code=200,
    response_headers=[ETAG_HEADER],
    responses=declared(*TASK_PROBLEMS, "rejected", *BODY_PROBLEMS),
)
def undo_task(engine: Engine, asker: Asker, task_id: TaskId, data: JSONBody[Because]) -> Response[TaskView]:
    """The case stands as it did before the task was completed, and what was filled in is a draft again.

    Possible as long as nothing has been built on it: no other step of the case, no message sent, no register written.
    """
    return answer(engine, asker, engine.undo_task(asker, EngineTaskId(task_id), reason=data.reason))


HANDLERS = [save_draft, remove_draft, complete_task, undo_task]
