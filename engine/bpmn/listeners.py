"""Event sub-processes: while their scope is open they listen for their event; when it happens they run inside the scope.

A listener is a token at the start event of the event sub-process, directly inside the scope. It does not keep the scope
open. Errors and escalations need none: they are looked for when they are thrown.
"""

from __future__ import annotations

from collections.abc import Mapping

from SpiffWorkflow.task import Task

from ..canonical import Json
from . import moves
from .model import Node, Waited
from .state import ROOT
from .turn import Turn


def inner_scope(turn: Turn, token: Task) -> str | None:
    """The scope of the model whose elements go on inside the token; None when none do (a task, a loop around rounds), and
    when what was done in it is being undone.
    """
    if token.internal_data.keys() & {"cancels", "undoes"}:
        return None
    if token.id == ROOT or token.id in turn.workflow.called:
        return ""
    return str(token.task_spec.name) if "holds" in token.internal_data else None


def start_events(turn: Turn, scope: Task) -> list[Node]:
    """The start events of the event sub-processes directly inside the scope."""
    model, id_ = turn.workflow.inner_process(scope).model, inner_scope(turn, scope)
    handlers = () if id_ is None else model.event_sub_processes(id_)
    return [start for handler in handlers for start in model.start_events(handler.id)]


def listen(turn: Turn, scope: Task) -> None:
    """The scope has opened: from now on its event sub-processes wait for what may happen."""
    for start in start_events(turn, scope):
        if any(isinstance(trigger, Waited) for trigger in start.triggers):
            moves.enter(turn, scope, start).internal_data["listens"] = True


def begin(turn: Turn, scope: Task, start: Node, came: Mapping[str, Json] | None = None) -> None:
    """The event has happened: its sub-process begins. Interrupting, it takes the place of all that goes on in the scope.

    `came` is what came, encoded, by the number of the trigger that brought it.
    """
    if start.interrupting:
        moves.cancel_inside(turn, scope)
        moves.drop_incident(turn, scope)
        turn.close_wait(scope, done=False)  # in an ad-hoc sub-process people have nothing to choose any more
    handler = moves.enter(turn, scope, turn.workflow.inner_process(scope).model.nodes[start.scope])
    handler.internal_data["came"] = {**(came or {})}
