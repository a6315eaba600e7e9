"""Compensation: undoing what is done, and cancelling transactions (BPMN 2.0.2 §10.7, §13.5.5).

Whoever has things undone (a throwing event, a transaction that is cancelled) holds the list of them as `todo`, and inside
it one token for the activity that is being undone, which holds its handler's token in turn, or the undoing of what the
activity held itself. One thing is undone after the other, the last done first.
"""

from __future__ import annotations

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from ..canonical import Json
from ..history import EventType
from ..ids import Token, VersionId
from . import ledger, moves
from .ledger import BY_HANDLER, BY_PARTS, Entry
from .loaded import LoadedProcess
from .model import Cancel, Compensation
from .turn import Turn
from .undoers import border_event


def throw(turn: Turn, task: Task, thrown: Compensation) -> bool | None:
    """Have undone what the event means. True when it goes on at once."""
    entries = ledger.take(turn, task, thrown.activity)
    process = turn.workflow.process_of(task)
    turn.record(EventType.COMPENSATION_THROWN, task, _told(entries, process))
    if not entries:
        return True
    turn.widen(_count(entries))
    if thrown.waits:
        _hold(turn, task, entries)
        return None
    beside = turn.workflow.add_token(process, task.task_spec.name, task.parent, state=TaskState.STARTED)
    beside.internal_data["apart"] = True
    _hold(turn, beside, entries)
    return True


def _hold(turn: Turn, holder: Task, entries: list[Entry]) -> None:
    holder.internal_data["todo"] = entries
    turn.workflow.stirred.add(Token(holder.id))


def _told(entries: list[Entry], process: LoadedProcess) -> dict[str, Json]:
    """What is to be undone, in that order: ids, and names with the numbers of rounds."""
    nodes = [(process.model.nodes[entry["at"]], entry.get("instance")) for entry in reversed(entries)]

    def numbered(name: str, instance: object) -> str:
        return f"{name} ({instance})" if instance else name

    told: dict[str, Json] = {
        "elements": [node.id for node, _ in nodes],
        "names": ", ".join(numbered(node.label, instance) for node, instance in nodes),
    }
    if any(node.name_en for node, _ in nodes):
        told["namesEn"] = ", ".join(numbered(node.label_en, instance) for node, instance in nodes)
    return told


def _count(entries: list[Entry]) -> int:
    """How many elements run to undo all of them, if a handler is one element and an event."""
    return sum(2 + _count(entry.get("inner", [])) for entry in entries)


def go_on(turn: Turn, holder: Task) -> None:
    """What was being undone is; undo what was done before it, or be done."""
    own = holder.internal_data
    if own["todo"]:
        *left, entry = own["todo"]
        own["todo"] = left
        _undo(turn, holder, entry)
        return
    del own["todo"]
    if "undoes" in own:
        turn.record(EventType.ELEMENT_COMPENSATED, holder)
        moves.forget(turn, holder)
    elif "apart" in own:
        moves.forget(turn, holder)
    elif "cancels" in own:
        border = border_event(turn.model_of(holder), holder.task_spec.name, Cancel)
        assert border is not None, "a transaction that can be cancelled has a cancel event on its border"
        moves.interrupt(turn, holder, border)
    else:
        holder.complete()


def _undo(turn: Turn, holder: Task, entry: Entry) -> None:
    """Begin to undo one activity: by the handler on its border, or by undoing what it held, with the data it had."""
    process = turn.workflow.inner_process(holder)
    task = turn.workflow.add_token(process, entry["at"], holder, state=TaskState.STARTED)
    task.data = dict(entry.get("data", {}))
    own = task.internal_data
    if "instance" in entry:
        own["instance"] = entry["instance"]
    if "calls" in entry:
        turn.workflow.called[Token(task.id)] = turn.context.library.process(VersionId(entry["calls"]))
    if "by" not in entry and "inner" in entry:
        own["undoes"] = BY_PARTS
        _hold(turn, task, entry["inner"])
        return
    own["undoes"] = BY_HANDLER
    _hold(turn, task, [])
    if "by" in entry:
        own["ledger"] = entry["inner"]
        moves.enter(turn, task, turn.workflow.inner_process(task).model.nodes[entry["by"]])
    else:
        border = border_event(process.model, entry["at"], Compensation)
        assert border is not None
        assert isinstance(border.detail, Compensation)
        event = turn.workflow.add_token(process, border.id, task)
        moves.leave(turn, event, ())
        moves.enter(turn, task, process.model.nodes[border.detail.handler])


def cancel_transaction(turn: Turn, thrower: Task) -> None:
    """Withdraw what is under way in the transaction, then undo what is done; it is left when that is undone."""
    transaction = moves.leave(turn, thrower, ())
    entries = ledger.take_all(turn, transaction)
    turn.record(EventType.TRANSACTION_CANCELLED, transaction, _told(entries, turn.workflow.process_of(transaction)))
    for child in transaction.children:
        moves.cancel(turn, child)
    own = transaction.internal_data
    moves.drop_joins(transaction)
    own["cancels"] = True
    turn.workflow.stirred.add(Token(transaction.parent.id))  # a join beside it that waited for its end need not any more
    turn.widen(_count(entries))
    _hold(turn, transaction, entries)
