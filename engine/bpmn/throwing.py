"""What is thrown: errors and escalations go outwards to the innermost that catches them, signals to all that wait.

On the way outwards each scope is asked for its event sub-processes, then the activity it is for its boundary events. What
leaves an interrupting event sub-process is not caught by another one of the same scope, for that scope is over; what
leaves one that does not interrupt is not caught by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from SpiffWorkflow.task import Task

from ..case import CaseStatus
from ..handlers import SignalThrow
from ..history import EventType
from ..ids import Token
from ..wait import WaitKind
from . import listeners, moves
from .model import ErrorEvent, EscalationEvent, Node, NodeKind, SignalEvent, Thrown
from .parts import detail_of
from .state import ROOT
from .turn import Turn

UNWATCHED: Final = frozenset({"instance", "undoes"})
"""A round of a loop, and an activity that is being undone, have no boundary events that things are thrown to."""


@dataclass(frozen=True, slots=True)
class Catcher:
    """A boundary event of the activity `holder`, or the start event of an event sub-process in the scope `holder`."""

    holder: Task
    node: Node


def throw_outwards(turn: Turn, thrower: Task, thrown: Sequence[Thrown], flows: tuple[str, ...]) -> Task:
    """The thrower is done, goes on along `flows`, and all of `thrown` is caught outside it. Gives its scope's token.

    The case fails when nobody catches an error; an escalation need not be caught.
    """
    for one in thrown:
        tell(turn, thrower, one)
    scope = moves.leave(turn, thrower, flows)
    found = [(one, catcher_of(turn, scope, one)) for one in thrown]
    for one, catcher in found:
        if catcher is None and isinstance(one, ErrorEvent):
            fail_case(turn, one)
            return scope
    over: set[Token] = set()
    for catcher in sorted((catcher for _, catcher in found if catcher is not None), key=lambda it: it.node.interrupting):
        is_there = turn.workflow.token(Token(catcher.holder.id)) is catcher.holder
        if is_there and catcher.holder.id not in over:
            caught(turn, catcher)
            over |= {Token(catcher.holder.id)} if catcher.node.interrupting else set()
    return scope


def tell(turn: Turn, thrower: Task, thrown: Thrown) -> None:
    """Put on record that it was thrown."""
    if isinstance(thrown, ErrorEvent):
        turn.record(EventType.ERROR_THROWN, thrower, {"code": thrown.code, "error": thrown.name})
    else:
        turn.record(EventType.ESCALATION_THROWN, thrower, {"code": thrown.code, "escalation": thrown.name})


def catcher_of(turn: Turn, place: Task, thrown: Thrown) -> Catcher | None:
    """The innermost that catches what is thrown at or inside the token `place`."""
    left: Node | None = None
    while True:
        listening = [start for start in listeners.start_events(turn, place) if _may_begin(turn, place, start, left)]
        if (start := _best(listening, thrown)) is not None:
            return Catcher(place, start)
        if place.id == ROOT:
            return None
        left, model = turn.node_of(place), turn.model_of(place)
        borders = () if place.internal_data.keys() & UNWATCHED else model.boundaries.get(left.id, ())
        if (boundary := _best((model.nodes[id_] for id_ in borders), thrown)) is not None:
            return Catcher(place, boundary)
        place = place.parent


def _may_begin(turn: Turn, scope: Task, start: Node, left: Node | None) -> bool:
    """Whether an event sub-process may still begin for what came out of the element `left` of its scope."""
    if left is None or not left.by_event:
        return True
    model = turn.workflow.inner_process(scope).model
    return left.id != start.scope and not any(one.interrupting for one in model.start_events(left.id))


def _best(nodes: Iterable[Node], thrown: Thrown) -> Node | None:
    """Who catches it: one that names the code goes before one that catches all."""
    kind = ErrorEvent if isinstance(thrown, ErrorEvent) else EscalationEvent
    fitting = [
        (node, trigger.code)
        for node in nodes
        for trigger in node.triggers
        if isinstance(trigger, kind) and trigger.code in ("", thrown.code)
    ]
    return max(fitting, key=lambda pair: len(pair[1]), default=(None, ""))[0]


def caught(turn: Turn, catcher: Catcher) -> None:
    """Let the event happen that catches it."""
    holder, node = catcher.holder, catcher.node
    if node.kind is NodeKind.START:
        listeners.begin(turn, holder, node)
    elif node.interrupting:
        moves.interrupt(turn, holder, node)
    else:
        token = turn.workflow.add_token(turn.workflow.process_of(holder), node.id, holder.parent)
        moves.leave(turn, token, node.outgoing)


def fail_case(turn: Turn, error: ErrorEvent) -> None:
    """Nobody has caught the error: the case as a whole ends, and everything in it is withdrawn."""
    root = turn.workflow.task_tree
    moves.cancel_inside(turn, root)
    moves.drop_incident(turn, root)
    turn.end(CaseStatus.FAILED)
    turn.record(EventType.CASE_FAILED, root, {"code": error.code, "error": error.name})


def throw_signal(turn: Turn, name: str) -> None:
    """Reach every token of the case that waits for the signal now; the other cases are reached when the step is saved."""
    turn.effects.append(SignalThrow(name))
    for task in turn.workflow.live():
        waits = task.internal_data.get("waits") == WaitKind.SIGNAL
        if waits and detail_of(task.task_spec.node, task) == SignalEvent(name):
            turn.reached.append(task)
