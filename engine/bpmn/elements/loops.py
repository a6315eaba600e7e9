"""Parallel multi-instance: one round of the activity for each item, and the list of what they gave.

The activity's token holds one token for each round. A round has a data scope of its own with the item, `loopCounter`
(from 1) and the names the designer declared local. What rounds give is kept beside them until the last one is done.
"""

from __future__ import annotations

from decimal import Decimal

from SpiffWorkflow.task import Task

from ... import feel
from ...case_data import Scope, ScopeKind
from ...history import EventType
from ...ids import ScopeId
from .. import moves
from ..model import Loop, Node, NodeKind
from ..turn import ElementFailed, Turn

MOST_ROUNDS = 1_000
SIZE_OF_CALL = 20


def open_rounds(task: Task, turn: Turn, node: Node) -> bool | None:
    """Begin all rounds at once. True when there is nothing to do."""
    loop = _loop(node)
    items = _items(task, turn, loop)
    outer = turn.scope_of(task)
    kept = ScopeId(f"{task.id}*")
    turn.open_scope(Scope(kept, outer, ScopeKind.LAYER))
    task.data["inner"] = kept
    task.internal_data["rounds"] = {"total": len(items), "done": 0}
    process = turn.workflow.process_of(task)
    turn.record(EventType.ELEMENT_ENTERED, task, {"rounds": len(items)})
    for number, item in enumerate(items, start=1):
        round_ = turn.workflow.add_token(process, node.id, task)
        round_.internal_data["instance"] = number
        round_.data["scope"] = round_.id
        values: dict[str, feel.Value] = {"loopCounter": Decimal(number)}
        if loop.item:
            values[loop.item] = item
        names = frozenset({*values, *node.local})
        turn.open_scope(Scope(ScopeId(round_.id), kept, ScopeKind.LAYER, names, values))
        turn.ready.append(round_)
    turn.widen(len(items) * _size(task, turn, node))
    if not items:
        _collect(task, turn, loop)
        return True
    return None


def _size(task: Task, turn: Turn, node: Node) -> int:
    """How many elements one round runs, if it goes through each once."""
    if node.kind is NodeKind.CALL_ACTIVITY:
        return SIZE_OF_CALL
    return 1 + len(turn.model_of(task).in_scope(node.id))


def leave_round(task: Task, turn: Turn, node: Node) -> None:
    """One round is done: keep what it gives, and see whether that was enough."""
    loop = _loop(node)
    body = task.parent
    rounds = dict(body.internal_data["rounds"])
    rounds["done"] += 1
    if loop.collect_expression:
        given = turn.evaluate(task, loop.collect_expression, what=f"what each round gives to `{loop.collect}`")
        turn.write_here(ScopeId(body.data["inner"]), str(task.internal_data["instance"]), given)
    if loop.completion:
        rounds["enough"] = turn.condition(body, loop.completion, what="the completion condition", extra=_counts(rounds))
    body.internal_data["rounds"] = rounds
    turn.record(EventType.ELEMENT_COMPLETED, task, {"flows": []})
    moves.forget(turn, task)
    if rounds.get("enough"):
        moves.cancel_inside(turn, body)


def close_rounds(task: Task, turn: Turn, node: Node) -> None:
    """All rounds are over: write the list they gave."""
    _collect(task, turn, _loop(node))


def _collect(task: Task, turn: Turn, loop: Loop) -> None:
    if loop.collect:
        kept = turn.data.scopes[ScopeId(task.data["inner"])].values
        given = [kept[number] for number in sorted(kept, key=int)]
        turn.write(turn.scope_of(task), loop.collect, given)


def _items(task: Task, turn: Turn, loop: Loop) -> list[feel.Value]:
    text = loop.collection or loop.cardinality
    value = turn.evaluate(task, text, what="the loop's collection" if loop.collection else "the loop's cardinality")
    if not loop.collection and isinstance(value, Decimal) and value == int(value) and value >= 0:
        value = [Decimal(number) for number in range(1, min(int(value), MOST_ROUNDS + 1) + 1)]
    if not isinstance(value, list):
        raise ElementFailed(
            "expression-failed", f"The loop goes over {feel.type_of(value)}, not over a list or a whole number."
        )
    if len(value) > MOST_ROUNDS:
        raise ElementFailed("too-many-rounds", f"The loop would make more than {MOST_ROUNDS} rounds at once.")
    return value


def _counts(rounds: dict[str, int]) -> dict[str, feel.Value]:
    done, total = rounds["done"], rounds["total"]
    return {
        "numberOfInstances": Decimal(total),
        "numberOfCompletedInstances": Decimal(done),
        "numberOfActiveInstances": Decimal(total - done),
        "numberOfTerminatedInstances": Decimal(0),
    }


def _loop(node: Node) -> Loop:
    assert node.loop is not None
    return node.loop
