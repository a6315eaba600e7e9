"""Several rounds of an activity: multi-instance, at once or in sequence, and the standard loop.

The activity's token holds one token for each round that is under way. A round has a data scope of its own with the item,
`loopCounter` (from 1) and the names the designer declared local. What rounds give is kept beside them until the last one
is done, and so are the items still to come.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TypeVar

from SpiffWorkflow.task import Task

from ... import feel
from ...case_data import Scope, ScopeKind
from ...history import EventType
from ...ids import ScopeId
from ...sentences import sentence
from .. import ledger, moves
from ..model import Loop, Node, NodeKind
from ..turn import ElementFailed, Turn

MOST_ROUNDS = 1_000
SIZE_OF_CALL = 20
TO_COME = "#items"
"""Where a sequence keeps its items: no name of a designer's can be that."""
SKIPPED = "skipped"
"""Marks the token of a round that an operator goes past."""

Answer = TypeVar("Answer")


def open_rounds(task: Task, turn: Turn, node: Node) -> bool | None:
    """Begin the first round, or all of them at once. True when there is nothing to do."""
    loop = _loop(node)
    items = [] if loop.is_standard else _items(task, turn, loop)
    kept = ScopeId(f"{task.id}*")
    turn.open_scope(Scope(kept, turn.scope_of(task), ScopeKind.LAYER))
    task.data["inner"] = kept
    task.internal_data["rounds"] = {"total": len(items), "begun": 0, "done": 0}
    turn.record(EventType.ELEMENT_ENTERED, task, {} if loop.is_standard else {"rounds": len(items)})
    if loop.is_standard:
        begins = not loop.tests_before or _goes_on(task, turn, loop)
    else:
        begins = bool(items)
        turn.widen(len(items) * _size(task, turn, node))
    if not begins:
        _collect(task, turn, loop)
        return True
    if loop.is_standard:
        _begin(task, turn, node, None)
    elif loop.is_sequential:
        turn.write_here(kept, TO_COME, items)
        _begin(task, turn, node, items[0])
    else:
        for item in items:
            _begin(task, turn, node, item)
    return None


def _begin(body: Task, turn: Turn, node: Node, item: feel.Value) -> None:
    """One more round."""
    rounds = dict(body.internal_data["rounds"])
    rounds["begun"] += 1
    body.internal_data["rounds"] = rounds
    number = rounds["begun"]
    round_ = turn.workflow.add_token(turn.workflow.process_of(body), node.id, body)
    round_.internal_data["instance"] = number
    round_.data["scope"] = round_.id
    values: dict[str, feel.Value] = {"loopCounter": Decimal(number)}
    loop = _loop(node)
    if loop.item:
        values[loop.item] = item
    names = frozenset({*values, *node.local})
    turn.open_scope(Scope(ScopeId(round_.id), ScopeId(body.data["inner"]), ScopeKind.LAYER, names, values))
    turn.ready.append(round_)


def _size(task: Task, turn: Turn, node: Node) -> int:
    """How many elements one round runs, if it goes through each once."""
    if node.kind is NodeKind.CALL_ACTIVITY:
        return SIZE_OF_CALL
    return 1 + len(turn.model_of(task).in_scope(node.id))


def leave_round(task: Task, turn: Turn, node: Node) -> None:
    """One round is done: keep what it gives, and see whether that was enough or another one follows."""
    loop = _loop(node)
    body = task.parent
    rounds = dict(body.internal_data["rounds"])
    rounds["done"] += 1
    if loop.collect_expression:
        given = _unless_skipped(task, partial(_given, task, turn, loop), None)
        turn.write_here(ScopeId(body.data["inner"]), str(task.internal_data["instance"]), given)
    if loop.completion and not loop.is_standard:
        asks = partial(turn.condition, body, loop.completion, what=sentence("the completion condition"), extra=_counts(rounds))
        rounds["enough"] = _unless_skipped(task, asks, False)
    body.internal_data["rounds"] = rounds
    follows = not rounds.get("enough") and _unless_skipped(task, partial(_follows, body, turn, loop), False)
    turn.record(EventType.ELEMENT_COMPLETED, task, {"flows": []})
    ledger.note(turn, task)
    moves.forget(turn, task)
    if rounds.get("enough"):
        moves.cancel_inside(turn, body)
    elif follows:
        items = turn.data.scopes[ScopeId(body.data["inner"])].values.get(TO_COME)
        _begin(body, turn, node, items[rounds["begun"]] if isinstance(items, list) else None)


def _given(task: Task, turn: Turn, loop: Loop) -> feel.Value:
    return turn.evaluate(task, loop.collect_expression, what=sentence("what each round gives to `{name}`", name=loop.collect))


def _unless_skipped(round_: Task, ask: Callable[[], Answer], otherwise: Answer) -> Answer:
    """What is asked at the end of a round; in one that an operator goes past, nobody need be able to tell.

    Then the round gives null, is not enough to end the loop, and no further one follows it.
    """
    try:
        return ask()
    except ElementFailed:
        if SKIPPED not in round_.internal_data:
            raise
        return otherwise


def _follows(body: Task, turn: Turn, loop: Loop) -> bool:
    rounds = body.internal_data["rounds"]
    if loop.is_standard:
        return _goes_on(body, turn, loop)
    return loop.is_sequential and int(rounds["begun"]) < int(rounds["total"])


def _goes_on(body: Task, turn: Turn, loop: Loop) -> bool:
    """Whether a standard loop has another round. Its condition sees how many there have been as `loopCounter`."""
    begun = int(body.internal_data["rounds"]["begun"])
    if loop.most and begun >= int(loop.most):
        return False
    extra = {"loopCounter": Decimal(begun)}
    return not loop.completion or turn.condition(body, loop.completion, what=sentence("the loop condition"), extra=extra)


def close_rounds(task: Task, turn: Turn, node: Node) -> None:
    """All rounds are over: write the list they gave."""
    _collect(task, turn, _loop(node))


def _collect(task: Task, turn: Turn, loop: Loop) -> None:
    if loop.collect:
        kept = turn.data.scopes[ScopeId(task.data["inner"])].values
        given = [kept[number] for number in sorted(kept.keys() - {TO_COME}, key=int)]
        turn.write(turn.scope_of(task), loop.collect, given)


def _items(task: Task, turn: Turn, loop: Loop) -> list[feel.Value]:
    text = loop.collection or loop.cardinality
    value = turn.evaluate(
        task, text, what=sentence("the loop's collection") if loop.collection else sentence("the loop's cardinality")
    )
    if not loop.collection and isinstance(value, Decimal) and value == int(value) and value >= 0:
        value = [Decimal(number) for number in range(1, min(int(value), MOST_ROUNDS + 1) + 1)]
    if not isinstance(value, list):
        said = sentence("The loop goes over {type}, not over a list or a whole number.", type=feel.type_of(value))
        raise ElementFailed("expression-failed", said)
    if len(value) > MOST_ROUNDS:
        said = sentence("The loop would make more than {number} rounds.", number=MOST_ROUNDS)
        raise ElementFailed("too-many-rounds", said)
    return value


def _counts(rounds: dict[str, int]) -> dict[str, feel.Value]:
    done, begun = rounds["done"], rounds["begun"]
    return {
        "numberOfInstances": Decimal(rounds["total"]),
        "numberOfCompletedInstances": Decimal(done),
        "numberOfActiveInstances": Decimal(begun - done),
        "numberOfTerminatedInstances": Decimal(0),
    }


def _loop(node: Node) -> Loop:
    assert node.loop is not None
    return node.loop
