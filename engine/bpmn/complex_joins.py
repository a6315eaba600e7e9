"""Joining at complex gateways, in two phases (BPMN 2.0.2 §13.4.5).

Waiting for start: when its activation condition holds, the gateway takes a token from each flow that has one and goes on.
Waiting for reset: it takes a token from each of the other flows, as long as one can still arrive there, goes on again along
the flows whose conditions hold now, and begins anew. The flows of the first phase are kept in `activated`, with the scope.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from SpiffWorkflow.task import Task

from .. import feel
from ..sentences import sentence
from . import moves
from .model import Activation, Node, NodeKind
from .turn import Turn


def activated(scope: Task, node: Node) -> list[str] | None:
    """The flows that the gateway went on from and has not been reset since; None while it waits for its start."""
    known: dict[str, list[str]] = scope.internal_data.get("activated", {})
    return known.get(node.id)


def ask(turn: Turn, scope: Task, node: Node) -> None:
    """Have the activation condition evaluated next, by a token at the gateway: it goes on, or is forgotten again."""
    if activated(scope, node) is None and not _is_about_to_go(scope, node):
        task = moves.enter(turn, scope, node)
        task.internal_data["asks"] = True
        turn.ready.remove(task)
        turn.ready.appendleft(task)


def ask_all(turn: Turn) -> None:
    """Data have changed: so may the answers of activation conditions that tokens wait for.

    The oldest scope is asked first, in it the first gateway in the file, so that it is not chance which goes on first.
    """
    for scope in [task for task in reversed(turn.workflow.tasks.values()) if "joins" in task.internal_data]:
        model = turn.workflow.inner_process(scope).model
        for id_ in sorted(scope.internal_data["joins"], key=list(model.nodes).index, reverse=True):
            if model.nodes[id_].kind is NodeKind.COMPLEX:
                ask(turn, scope, model.nodes[id_])  # each is put before the ones asked until now


def holds(turn: Turn, task: Task, node: Node) -> bool:
    """Whether the gateway is activated by what has arrived. Raises ElementFailed where that cannot be told."""
    assert isinstance(node.detail, Activation)
    counts = _counts(task.parent, node)
    if activated(task.parent, node) is not None or not counts:
        return False
    extra = names(counts, node)
    return turn.condition(
        task, node.detail.condition, what=sentence("the activation condition of “{name}”", name=node.label), extra=extra
    )


def names(counts: Mapping[str, int], node: Node) -> dict[str, feel.Value]:
    """What the activation condition sees beside the data: how many tokens there are, in all and by flow."""
    by_flow: dict[str, feel.Value] = {flow: Decimal(counts.get(flow, 0)) for flow in node.incoming}
    return {"activationCount": Decimal(sum(counts.values())), "activationCounts": by_flow}


def start(turn: Turn, scope: Task, node: Node) -> None:
    """The gateway is activated: take a token from each flow that has one. A deadlock that it was part of is over."""
    flows = sorted(_counts(scope, node))
    moves.take_tokens(scope, node, flows)
    scope.internal_data["activated"] = {**scope.internal_data.get("activated", {}), node.id: flows}
    turn.settle(scope)


def reset(turn: Turn, scope: Task, node: Node) -> None:
    """Take a token from each flow that it has not had one from; what is left on the flows counts for the next start."""
    moves.take_tokens(scope, node, [flow for flow in _counts(scope, node) if flow not in (activated(scope, node) or ())])
    left = {id_: flows for id_, flows in scope.internal_data["activated"].items() if id_ != node.id}
    scope.internal_data["activated"] = left
    if not left:
        del scope.internal_data["activated"]


def reset_one(turn: Turn, scope: Task) -> bool:
    """Let one gateway in the scope reset that no further token can reach on a flow it still lacks. False when none can."""
    model = turn.workflow.inner_process(scope).model
    known: dict[str, list[str]] = scope.internal_data.get("activated", {})
    for id_ in sorted(known, key=list(model.nodes).index):  # in the order of the file, so that it is not chance
        node, flows = model.nodes[id_], known[id_]
        had = {*flows, *_counts(scope, node)}
        if not _is_about_to_go(scope, node) and not moves.may_still_come(turn, scope, model, node, had):
            moves.enter(turn, scope, node).internal_data["resets"] = True
            return True
    return False


def _counts(scope: Task, node: Node) -> dict[str, int]:
    """How many tokens wait on each flow that has any."""
    joins: dict[str, dict[str, int]] = scope.internal_data.get("joins", {})
    return joins.get(node.id, {})


def _is_about_to_go(scope: Task, node: Node) -> bool:
    """Whether a token asks or resets already (an incident may hold it up). One that was put there by hand does neither."""
    here = [child.internal_data for child in scope.children if child.task_spec.name == node.id]
    return any("asks" in own or "resets" in own for own in here)
