"""Events with several triggers: each trigger waits with a token of its own, inside the token of the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Detail, Multiple, Node

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task


def detail_of(node: Node, task: Task) -> Detail:
    """What the token at the node is about: of an event with several triggers, the one that the token waits for."""
    if isinstance(node.detail, Multiple) and "part" in task.internal_data:
        return node.detail.details[int(task.internal_data["part"])]
    return node.detail


def whole(task: Task) -> Task:
    """The token of the event that the token of one of its triggers belongs to; any other token itself."""
    return task.parent if "part" in task.internal_data else task
