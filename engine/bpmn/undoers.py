"""What undoes what in a process: handlers on borders and event sub-processes."""

from __future__ import annotations

from .model import Cancel, Compensation, Node, NodeKind
from .process_model import ProcessModel


def border_event(model: ProcessModel, activity: str, trigger: type[Compensation] | type[Cancel]) -> Node | None:
    """The event on an activity's border by which it is compensated or cancelled."""
    found = (model.nodes[id_] for id_ in model.boundaries.get(activity, ()))
    return next((node for node in found if isinstance(node.detail, trigger)), None)


def undoing(model: ProcessModel, scope: str) -> Node | None:
    """The event sub-process that undoes what is done in a sub-process, or (empty) in the process."""
    for node in model.event_sub_processes(scope):
        if any(isinstance(start.detail, Compensation) for start in model.start_events(node.id)):
            return node
    return None


def compensated_by(model: ProcessModel, handler: str) -> Node | None:
    """The activity that a handler compensates."""
    for node in model.nodes.values():
        if node.attached_to and isinstance(node.detail, Compensation) and node.detail.handler == handler:
            return model.nodes.get(node.attached_to)
    return None


def undoes(model: ProcessModel, scope: str, activity: str) -> bool:
    """Whether anything drawn in a scope (empty: the process) can ask for the undoing of an activity done there.

    Throwing events in it and in its event sub-processes can, and so can the end that cancels a transaction.
    """
    if scope and model.nodes[scope].kind is NodeKind.TRANSACTION:
        return True
    within = (scope, *(node.id for node in model.event_sub_processes(scope)))
    thrown = (
        detail
        for node in (node for id_ in within for node in model.in_scope(id_))
        if node.kind in (NodeKind.THROW, NodeKind.END)
        for detail in node.triggers
    )
    return any(isinstance(detail, Compensation) and detail.activity in ("", activity) for detail in thrown)
