"""What people may begin in an ad-hoc sub-process, as its token stands."""

from __future__ import annotations

from collections.abc import Iterator

from SpiffWorkflow.task import Task

from ..views import Choice, OfferedActivity
from . import moves
from .model import AdHoc, Node, PersonTask
from .process_model import ProcessModel
from .state import CaseWorkflow
from .token_place import path_of


def left_to_begin(task: Task) -> Iterator[tuple[Node, int]]:
    """The activities that may be begun now or later, and how often each has been."""
    begun: dict[str, int] = task.internal_data.get("begun", {})
    model: ProcessModel = task.task_spec.model
    for node in model.begun_by_people(task.task_spec.name):
        times = begun.get(node.id, 0)
        if not (node.once and times):
            yield node, times


def is_free(task: Task) -> bool:
    """Whether one more activity may be begun at this moment: in sequence only when nothing is under way."""
    detail = task.task_spec.node.detail
    return isinstance(detail, AdHoc) and not (detail.is_sequential and moves.live_inside(task))


def choice_of(workflow: CaseWorkflow, task: Task) -> Choice | None:
    """What the token offers to people; None when it is no ad-hoc sub-process that goes on."""
    node = task.task_spec.node
    if not isinstance(node.detail, AdHoc) or not {"holds", "waits"} <= task.internal_data.keys():
        return None
    path = path_of(workflow, task)
    is_possible = is_free(task)
    return Choice(
        path=path,
        element=node.id,
        name=node.label,
        name_en=node.label_en,
        ends_by_hand=not node.detail.completion,
        activities=tuple(
            OfferedActivity(
                path=path.removesuffix(node.id) + activity.id,
                element=activity.id,
                name=activity.label,
                name_en=activity.label_en,
                kind=activity.kind.value,
                groups=groups_of(node) | groups_of(activity),
                begun=times,
                is_possible=is_possible,
            )
            for activity, times in left_to_begin(task)
        ),
    )


def groups_of(node: Node) -> frozenset[str]:
    """Who may do a person's task, or choose in an ad-hoc sub-process; nobody of their own in other activities."""
    match node.detail:
        case PersonTask(groups=groups) | AdHoc(choice=PersonTask(groups=groups)):
            return frozenset(groups or ((node.lane_group,) if node.lane_group else ()))
        case _:
            return frozenset()
