"""How tokens move: arriving on a flow, joining, leaving, being cancelled, and scopes coming to their end.

Joins count tokens for each incoming flow, kept with the scope they lie in. A parallel join goes on when every flow has
one; what is left waits for its turn. An inclusive join goes on when no token can still arrive on an empty flow (BPMN
2.0.2 §13.4.3), which is asked when nothing else can move.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from ..canonical import Json
from ..history import EventType
from ..ids import ScopeId, Token
from ..sentences import listed, sentence
from . import ledger
from .model import ACTIVITIES, THROWN_TO, Cancel, Flow, Node, NodeKind
from .process_model import ProcessModel
from .reach import flows_ahead
from .state import ROOT
from .turn import ElementFailed, Turn
from .undoers import border_event

UNTOLD: Final = frozenset({"watches", "races", "listens", "part", "undoes", "apart"})
"""Tokens of which history does not tell that they are withdrawn: they wait beside or inside an element that it tells of."""


def leave(turn: Turn, task: Task, flows: Iterable[str]) -> Task:
    """The element is done: tell history, forget the token, and let new ones go out on `flows`. Gives the scope's token."""
    flows = tuple(flows)
    process = turn.workflow.process_of(task)
    ways = _ways([process.model.flows[flow] for flow in flows])
    rounds = task.internal_data.get("rounds")
    told: dict[str, Json] = {} if rounds is None else {"rounds": rounds["begun"]}
    turn.record(EventType.ELEMENT_COMPLETED, task, {"flows": [*flows], **ways, **told})
    scope = task.parent
    forget(turn, task)
    for flow in flows:
        arrive(turn, scope, process.model, flow)
    return scope


def _ways(flows: Sequence[Flow]) -> dict[str, Json]:
    """The names of the flows taken, and what they are called in English where the designer said."""
    named = [flow for flow in flows if flow.name]
    ways: dict[str, Json] = {}
    if named:
        ways["ways"] = ", ".join(flow.name for flow in named)
    if any(flow.name_en for flow in named):
        ways["waysEn"] = ", ".join(flow.name_en or flow.name for flow in named)
    return ways


def arrive(turn: Turn, scope: Task, model: ProcessModel, flow: str) -> None:
    """A token comes along `flow` inside `scope`."""
    if scope.task_spec.is_ending(scope):
        return
    node = model.nodes[model.flows[flow].target]
    if node.is_join:
        waiting = scope.internal_data.setdefault("joins", {}).setdefault(node.id, {})
        waiting[flow] = waiting.get(flow, 0) + 1
        turn.workflow.stirred.add(Token(scope.id))
        if node.kind is NodeKind.PARALLEL and all(waiting.get(incoming) for incoming in node.incoming):
            pass_join(turn, scope, node)
        elif node.kind is NodeKind.COMPLEX:
            turn.workflow.inner_process(scope).spec.task_specs[node.id].ask(turn, scope)
    else:
        enter(turn, scope, node)


def enter(turn: Turn, scope: Task, node: Node) -> Task:
    """A new token at `node` inside `scope`, ready to run."""
    task = turn.workflow.add_token(turn.workflow.inner_process(scope), node.id, scope)
    turn.ready.append(task)
    return task


def pass_join(turn: Turn, scope: Task, node: Node) -> Task:
    """Take one token from each flow that has one, and go on as one token. A deadlock that it was part of is over."""
    take_tokens(scope, node, scope.internal_data["joins"][node.id])
    turn.settle(scope)
    return enter(turn, scope, node)


def put(turn: Turn, scope: Task, node: Node) -> Task:
    """A token that an operator puts at `node` inside `scope`. A join goes on with it and with what has come to it already."""
    waits = scope.internal_data.get("joins", {}).get(node.id)
    return pass_join(turn, scope, node) if waits and node.kind is not NodeKind.COMPLEX else enter(turn, scope, node)


def take_tokens(scope: Task, node: Node, flows: Iterable[str]) -> None:
    """Take one token from each of these flows, which have one."""
    taken = frozenset(flows)
    joins = scope.internal_data.get("joins", {})
    counts = {flow: count - (flow in taken) for flow, count in joins.get(node.id, {}).items()}
    joins = {**joins, node.id: {flow: count for flow, count in counts.items() if count}}
    scope.internal_data["joins"] = {id_: left for id_, left in joins.items() if left}
    if not scope.internal_data["joins"]:
        del scope.internal_data["joins"]


def drop_joins(scope: Task) -> None:
    """What waits at joins in the scope is withdrawn."""
    for key in ("joins", "activated"):
        scope.internal_data.pop(key, None)


def forget(turn: Turn, task: Task) -> None:
    """Take the token and what belongs to it (boundary events, scopes) out of the state."""
    for child in task.children:
        turn.close_wait(child, done=False)
        drop_incident(turn, child)
        forget(turn, child)
    for key in ("inner", "scope"):
        if key in task.data:
            turn.close_scope(ScopeId(task.data[key]))
    ledger.drop(turn, task)
    turn.workflow.remove(task)


def cancel(turn: Turn, task: Task) -> None:
    """Withdraw the token and all inside it: waits are closed, incidents over, running activities told to history."""
    for child in task.children:
        cancel(turn, child)
    turn.close_wait(task, done=False)
    drop_incident(turn, task)
    if task.id != ROOT:
        if not task.internal_data.keys() & UNTOLD:
            turn.record(EventType.ELEMENT_CANCELLED, task)
        task.cancel()
        forget(turn, task)


def drop_incident(turn: Turn, task: Task) -> None:
    """The token goes, and its incident, if it has one, with it."""
    if task.internal_data.pop("incident", None):
        turn.incidents.append(Token(task.id))


def cancel_inside(turn: Turn, scope: Task) -> None:
    """Withdraw everything inside a scope, what listens in it too, boundary events of the scope's own activity excepted."""
    for child in scope.children:
        if "watches" not in child.internal_data:
            cancel(turn, child)
    drop_joins(scope)


def live_inside(scope: Task) -> list[Task]:
    """The tokens directly inside a scope that keep it open: not the boundary events that watch the scope itself, nor what
    listens for the event of an event sub-process.
    """
    return [child for child in scope.children if not child.internal_data.keys() & {"watches", "listens"}]


def win_race(turn: Turn, winner: Task) -> None:
    """Of the events behind a gateway this one has happened: the gateway's token goes on from it, the others go."""
    gateway = winner.parent
    scope, process = gateway.parent, turn.workflow.process_of(gateway)
    node = turn.node_of(winner)
    turn.record(EventType.ELEMENT_COMPLETED, gateway, {"flows": [winner.internal_data["races"]]})
    token = turn.workflow.add_token(process, node.id, scope)
    flows = token.task_spec.flows_out(token, turn)
    if node.kind in ACTIVITIES:
        scope.task_spec.is_enough(token, turn)  # it may fail, so it is asked before anything is withdrawn
    forget(turn, gateway)
    token.task_spec.depart(token, turn, flows)


def interrupt(turn: Turn, activity: Task, boundary: Node) -> None:
    """The activity ends by its boundary event, and a token goes on from there."""
    scope = activity.parent
    token = turn.workflow.add_token(turn.workflow.process_of(activity), boundary.id, scope)
    cancel(turn, activity)
    leave(turn, token, boundary.outgoing)


def join_that_can_go(turn: Turn, scope: Task) -> Node | None:
    """The inclusive join in `scope` that no token can reach any more on a flow it still lacks.

    Of several the first in the file: each may take away what another waits for, so that the order must not be chance.
    """
    model = turn.workflow.inner_process(scope).model
    able = [
        id_
        for id_, waiting in scope.internal_data.get("joins", {}).items()
        if model.nodes[id_].kind is NodeKind.INCLUSIVE
        and not may_still_come(turn, scope, model, model.nodes[id_], set(waiting))
    ]
    return model.nodes[min(able, key=list(model.nodes).index)] if able else None


def may_still_come(turn: Turn, scope: Task, model: ProcessModel, join: Node, arrived: set[str]) -> bool:
    """Whether a token can still come to the join on a flow that is not among `arrived`, and could not come on one of those."""
    empty = set(join.incoming) - arrived
    standing = {(_place(child), _watchers(child)) for child in live_inside(scope) if "apart" not in child.internal_data}
    parked = {(id_, ()) for id_ in scope.internal_data.get("joins", {}) if id_ != join.id}
    for place, events in standing | parked:
        if not flows_ahead(model, place, join.id, events=events) & empty:
            continue
        if not flows_ahead(model, place, join.id) & arrived:
            return True
    return False


def _place(task: Task) -> str:
    """The element that a token goes on from: its own, or where a transaction that is being cancelled will be left."""
    if "cancels" in task.internal_data:
        border = border_event(task.task_spec.model, task.task_spec.name, Cancel)
        assert border is not None, "a transaction that can be cancelled has a cancel event on its border"
        return border.id
    return str(task.task_spec.name)


def _watchers(task: Task) -> tuple[str, ...]:
    """The boundary events of a standing activity that can still cause something: those that wait, and those thrown to.

    Of an activity that has not begun (an incident holds it up) all of them.
    """
    model = task.task_spec.model
    borders = tuple(model.boundaries.get(task.task_spec.name, ()))
    if task.state == TaskState.READY:
        return borders
    waiting = [child.task_spec.name for child in task.children if "watches" in child.internal_data]
    thrown = [id_ for id_ in borders if any(isinstance(trigger, THROWN_TO) for trigger in model.nodes[id_].triggers)]
    return (*waiting, *thrown)


def stirred_scope(turn: Turn) -> Task | None:
    """The innermost token that holds others and in which something has changed; None when all is still."""
    stirred = turn.workflow.stirred
    while (id_ := stirred.first()) is not None:
        task = turn.workflow.token(id_)
        if task is not None and (id_ == ROOT or task.task_spec.is_scope(task)):
            return task
        stirred.drop_first()
    return None


def missing_flows(turn: Turn, scope: Task) -> ElementFailed:
    """What to tell about a scope in which nothing can move although tokens wait at joins."""
    model = turn.workflow.inner_process(scope).model
    lacking = []
    for id_, waiting in scope.internal_data["joins"].items():
        node = model.nodes[id_]
        if node.kind is NodeKind.COMPLEX:
            lacking.append(sentence("the activation condition of “{name}” does not hold", name=node.label))
            continue
        flows = [model.flows[flow].name or flow for flow in node.incoming if not waiting.get(flow)]
        lacking.append(sentence("“{name}” waits for {flows}", name=node.label, flows=", ".join(flows)))
    said = sentence(
        "Nothing can move any more: {lacking}. Use an inclusive join where not every branch is always taken.",
        lacking=listed(lacking, "; "),
    )
    return ElementFailed("deadlock", said)
