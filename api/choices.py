"""Choosing in an ad-hoc sub-process: beginning one of the activities that its task offers."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Response
from litestar.params import JSONBody

from engine.ids import TaskId as EngineTaskId

from .as_seen import task_as_seen
from .bodies import Body, Name
from .headers import etag
from .identity import Asker
from .parts import BODY_PROBLEMS, ETAG_HEADER, Engine, IfMatch, TaskId
from .people import Names
from .problems import declared
from .task_views import BegunView, TaskView, task_people
from .tasks import TASK_PROBLEMS
from .who_was_first import naming_the_other
from .writes import post


class Beginning(Body, frozen=True, kw_only=True):
    """What is chosen."""

    element: Annotated[Name, msgspec.Meta(description="The id of one of the activities that the task offers.")]


@post(
    "/tasks/{task_id:str}/begin",
    summary="Begin an activity of an ad-hoc sub-process",
    tags=["Tasks"],
    status_code=200,
    response_headers=[ETAG_HEADER],
    responses=declared(*TASK_PROBLEMS, "task-already-completed", "precondition-failed", *BODY_PROBLEMS),
)
def begin_activity(
    engine: Engine, asker: Asker, task_id: TaskId, data: JSONBody[Beginning], if_match: IfMatch = None
) -> Response[BegunView]:
    """Begins one of the activities that the task offers (`choice` of `GET /tasks/{task_id}`), as often as people want.

    Each beginning raises the task's revision: send `If-Match`, so that a request sent twice begins one activity. The task
    need not be claimed. Where it ends by hand, completing it ends the ad-hoc sub-process.
    """
    with naming_the_other(engine.store), task_as_seen(engine, asker, task_id, if_match):
        begun = engine.begin_activity(asker, EngineTaskId(task_id), data.element)
    names = Names.of(engine.store, task_people(begun.choice, *begun.opened))
    view = BegunView(task=TaskView.of(begun.choice, names), opened=[TaskView.of(task, names) for task in begun.opened])
    return Response(view, headers=etag(begun.choice.revision))


HANDLERS = [begin_activity]
