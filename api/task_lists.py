"""The list of what to do, and how much there is."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from engine.ids import TaskId as EngineTaskId
from engine.ids import UnitId
from engine.queries import TaskOrder
from engine.task import TaskState

from .identity import Asker
from .parts import (
    Cursor,
    Engine,
    Limit,
    utc,
)
from .people import Names
from .problems import declared
from .task_views import (
    EntryKeyView,
    TaskCountsView,
    TaskCountView,
    TaskList,
    TaskRowView,
    TaskView,
    task_people,
)


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
    ids: Annotated[
        list[str] | None,
        QueryParameter(max_items=100, description="Only these tasks; may be repeated. For seeing how a list stands now."),
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
        ids=None if ids is None else frozenset(map(EngineTaskId, ids)),
        order=sort,
        cursor=cursor,
        limit=limit,
    )
    names = Names.of(engine.store, task_people(*(row.task for row in page.rows)))
    rows = [
        TaskRowView(
            task=TaskView.of(row.task, names),
            case_number=row.case_number,
            case_title=row.case_title,
            about=EntryKeyView.of(row.about),
        )
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
    counts, times = engine.task_counts(asker, unit=UnitId(unit) if unit else None, process=process)
    return TaskCountsView(
        all=TaskCountView.of(counts.all),
        mine=TaskCountView.of(counts.mine),
        free=TaskCountView.of(counts.free),
        now=times.now,
        today_before=times.today_before,
        week_before=times.week_before,
        new_since=times.new_since,
    )


HANDLERS = [list_tasks, count_tasks]
