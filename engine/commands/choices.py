"""Choosing what is done in an ad-hoc sub-process: what is offered, and beginning one of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .. import bpmn
from .. import task as tasks
from ..actor import Action, may_work_on
from ..errors import NotAllowed, NotPossible
from ..ids import TaskId, Token
from ..ports import LockedCase
from ..sentences import sentence
from ..task import UserTask
from ..views import Begun, Choice, OfferedActivity
from .house import Shelf
from .occurrence import Occurrence
from .rights import locked_task, require
from .stepping import require_active, take_step


def begin(at: Occurrence, id_: TaskId, element: str) -> Begun:
    """Begin an activity of the ad-hoc sub-process that is listed as this task; it need not be claimed for that.

    Each beginning raises the task's revision: whoever holds the task at the revision that was read begins one activity.

    Whoever is in its candidate groups may, and for a person's task those who may do it.

    Raises:
        NotPossible: the task offers nothing, or not this one now.
        NotAllowed, NotFound, TaskAlreadyCompleted: as their names say.
    """
    locked, task = locked_task(at, id_)
    require(at, at.actor, Action.WORK, locked.case)
    tasks.require_open(task)
    require_active(locked.case)
    _require_may_begin(at, locked, task, _offered(at, locked, task, element))
    before = {one.id for one in at.unit.queries.open_tasks(locked.case.id)}
    at.unit.tasks.save(replace(task, revision=task.revision + 1), was=task)
    take_step(at, locked, locked.case, bpmn.BeginActivity(task.token, element))
    opened = tuple(one for one in at.unit.queries.open_tasks(locked.case.id) if one.id not in before)
    return Begun(at.unit.tasks.get(id_) or task, opened)


def _offered(at: Occurrence, locked: LockedCase, task: UserTask, element: str) -> OfferedActivity:
    shelf = Shelf(at.house, at.unit)
    places = bpmn.places(locked.state, shelf.process(locked.case.version_id), shelf)
    choice = next((place.choice for place in places if place.token == task.token), None)
    if choice is None:
        raise NotPossible(
            sentence("Task {task} is no ad-hoc sub-process: there is nothing to begin. Complete it instead.", task=task.id)
        )
    for activity in choice.activities:
        if activity.element == element:
            return activity
    known = ", ".join(activity.element for activity in choice.activities) or sentence("nothing")
    raise NotPossible(
        sentence("“{name}” does not offer `{element}` now. It offers: {known}.", name=choice.name, element=element, known=known)
    )


def _require_may_begin(at: Occurrence, locked: LockedCase, task: UserTask, activity: OfferedActivity) -> None:
    """The rule for doing a task, asked with the groups that may begin this activity."""
    asked = replace(task, candidate_groups=activity.groups)
    if not may_work_on(at.actor, asked, locked.case, members=at.unit.cases.members(locked.case.id)):
        groups = ", ".join(sorted(activity.groups))
        raise NotAllowed(
            sentence("“{name}” is begun by {groups} in the case's unit. Ask one of them.", name=activity.name, groups=groups)
        )


def listed(places: Iterable[bpmn.Place], open_tasks: Sequence[UserTask]) -> list[Choice]:
    """The ad-hoc sub-processes under way, each with the task it is listed as."""
    by_token: dict[Token, TaskId] = {task.token: task.id for task in open_tasks}
    return [replace(place.choice, task_id=by_token.get(place.token)) for place in places if place.choice is not None]
