"""What can be undone in an open scope: the activities that are done there and can be compensated, in the order they were done.

The list lies with the scope's token (`ledger`), and goes with it. An entry names the activity (`at`), the token that did
it and its round (`instance`). Where the activity has a handler on its border, that is what undoes it. Else it held
others: `inner` is its own list, `calls` the version it called, if it did, `by` the event sub-process in it that undoes
it, if there is one. `data` are the data scopes that are kept open for it: nobody else sees them any more, so they are as
they were when the activity was done (BPMN 2.0.2 §10.7).

Each time that an activity is done is an entry: the standard has each undone. What nothing in the diagram can ask for is
not kept, so that a loop over such an activity leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from SpiffWorkflow.task import Task

from ..ids import ScopeId
from .model import Compensation, Node
from .process_model import ProcessModel
from .state import ROOT
from .turn import Turn
from .undoers import border_event, undoes, undoing

Entry: TypeAlias = dict[str, Any]
BY_HANDLER = "handler"
BY_PARTS = "parts"
"""How an activity is undone: by the handler on its border or inside it, or by undoing what it held."""


def note(turn: Turn, task: Task) -> None:
    """An activity, or a round of one, is done: keep with the scope around it what it takes to undo it."""
    node = turn.node_of(task)
    if node.for_compensation:
        return
    entries: list[Entry] = task.internal_data.pop("ledger", []) if "rounds" in task.internal_data else _entries(turn, task)
    if entries and not _may_be_asked_for(turn, task):
        for gone in scopes_of(entries):
            turn.close_scope(gone)
    elif entries:
        scope = task.parent
        known: list[Entry] = scope.internal_data.get("ledger", [])
        place = _place(turn.model_of(task), node, task, known)
        scope.internal_data["ledger"] = [*known[:place], *entries, *known[place:]]


def _may_be_asked_for(turn: Turn, task: Task) -> bool:
    """Whether the undoing of an activity can be asked for: in its scope, or in one around it of what that scope held."""
    while task.id != ROOT:
        scope = task.parent
        is_process = scope.id == ROOT or scope.id in turn.workflow.called
        model = turn.workflow.inner_process(scope).model
        if "rounds" not in scope.internal_data and undoes(
            model, "" if is_process else scope.task_spec.name, task.task_spec.name
        ):
            return True
        task = scope
    return False


def _place(model: ProcessModel, node: Node, task: Task, known: list[Entry]) -> int:
    """Where in the list: last; but what its own boundary events led to is undone before it (BPMN 2.0.2 §13.5.5)."""
    todo = [id_ for id_ in model.boundaries.get(node.id, ()) if not model.nodes[id_].interrupting]
    beside: set[str] = set()
    while todo:
        id_ = todo.pop()
        if id_ not in beside:
            beside.add(id_)
            todo += [*model.following(id_), *model.boundaries.get(id_, ())]
    later = (i for i, entry in enumerate(known) if entry["at"] in beside and int(entry["token"][1:]) > int(task.id[1:]))
    return next(later, len(known))


def _entries(turn: Turn, task: Task, *, is_done: bool = True) -> list[Entry]:
    """The entry of an activity, or none where there is nothing to undo. What is not done is undone by what it held alone."""
    own = task.internal_data
    node, model = turn.node_of(task), turn.model_of(task)
    entry: Entry = {"at": node.id, "token": task.id}
    if "instance" in own:
        entry["instance"] = own["instance"]
    kept = {"scope"}
    if not is_done or border_event(model, node.id, Compensation) is None:
        inner = own.pop("ledger", [])
        by = _undoing(turn, task) if is_done else None
        if not inner and by is None:
            return []
        kept.add("inner")
        entry["inner"] = inner
        if by is not None:
            entry["by"] = by.id
        if task.id in turn.workflow.called:
            entry["calls"] = turn.workflow.called[task.id].version_id
    data = {key: task.data.pop(key) for key in sorted(kept) if key in task.data}
    if data:
        entry["data"] = data
    if "scope" in data:  # a round's: it lies in what is around the loop from now on
        room = turn.data.scopes[ScopeId(data["scope"])]
        turn.data = turn.data.open(replace(room, parent=turn.scope_of(task.parent)))
    return [entry]


def _undoing(turn: Turn, task: Task) -> Node | None:
    """The event sub-process in an activity that undoes it."""
    if not task.internal_data.keys() & {"holds", "undoes"}:
        return None
    inside = "" if task.id in turn.workflow.called else turn.node_of(task).id
    return undoing(turn.workflow.inner_process(task).model, inside)


def take(turn: Turn, thrower: Task, activity: str) -> list[Entry]:
    """The entries that a throwing event means, taken out of the list of its scope: each is undone once.

    One in an event sub-process means what is around that too, which was done before.
    """
    scope = thrower.parent
    taken: list[Entry] = []
    for place in (scope.parent, scope) if scope.id != ROOT and turn.node_of(scope).by_event else (scope,):
        known: list[Entry] = place.internal_data.pop("ledger", [])
        left = [entry for entry in known if activity and entry["at"] != activity]
        if left:
            place.internal_data["ledger"] = left
        taken += [entry for entry in known if not activity or entry["at"] == activity]
    return taken


def take_all(turn: Turn, scope: Task) -> list[Entry]:
    """All entries of a scope that is about to be withdrawn, and of what is under way in it, as far as that has come."""
    own = scope.internal_data
    entries: list[Entry] = [*own.pop("ledger", []), *own.pop("todo", [])]
    for child in scope.children:
        entries += _portion(turn, child)
    return entries


def _portion(turn: Turn, task: Task) -> list[Entry]:
    """What can be undone of an activity that is under way. A handler that is under way begins anew."""
    own = task.internal_data
    inner = take_all(turn, task)
    if own.get("undoes") == BY_HANDLER:
        own["ledger"] = inner
        return _entries(turn, task)
    if "rounds" in own or not own.keys() & {"holds", "undoes"}:
        return inner
    own["ledger"] = inner
    return _entries(turn, task, is_done=False)


def scopes_of(entries: Iterable[Entry]) -> Iterator[ScopeId]:
    """The data scopes that are kept open for entries."""
    for entry in entries:
        yield from scopes_of(entry.get("inner", ()))
        yield from (ScopeId(id_) for id_ in entry.get("data", {}).values())


def drop(turn: Turn, task: Task) -> None:
    """The token goes: nothing inside it can be undone any more."""
    for key in ("ledger", "todo"):
        for scope in scopes_of(task.internal_data.pop(key, ())):
            turn.close_scope(scope)
