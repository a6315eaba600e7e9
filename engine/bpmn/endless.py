"""Checks of what cannot come about: an end behind a round without a way out, an event beside what passes at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..finding import Severity
from ..sentences import sentence
from . import model as say
from .marking import ENDS_ALL, is_over_at_once, is_passing
from .model import ACTIVITIES, Node, NodeKind
from .notes import Notes
from .process_model import ProcessModel

MOST_CALLS: Final = 8
"""How deep calls are looked into."""


def check_endless(model: ProcessModel, models: Mapping[str, ProcessModel], notes: Notes) -> None:
    """Note rounds that no token gets out of, where nothing else ends them, and events beside what passes at once.

    `models` are the processes that may be called, by key.
    """
    for scope in model.inside:
        if not is_ended_by_others(model, scope) and not _has_end_of_all(model, scope):
            _check_scope(model, scope, notes)
    for node in model.nodes.values():
        _check_watching(node, model, models, notes)


def is_ended_by_others(model: ProcessModel, scope: str) -> bool:
    """Whether something else than its own tokens can end the scope, or one around it."""
    while True:
        if any(start.interrupting for one in model.event_sub_processes(scope) for start in model.start_events(one.id)):
            return True
        if not scope:
            return False
        if any(model.nodes[id_].interrupting for id_ in model.boundaries.get(scope, ())):
            return True
        if model.nodes[scope].kind is NodeKind.AD_HOC:
            return True
        scope = model.nodes[scope].scope


def _has_end_of_all(model: ProcessModel, scope: str) -> bool:
    ends = (node for node in model.in_scope(scope) if node.kind is NodeKind.END)
    return any(isinstance(trigger, ENDS_ALL) for node in ends for trigger in node.triggers)


def _steps(model: ProcessModel, node: Node) -> set[str]:
    """Where the token itself can go on: by flows and links, and by what interrupts it."""
    borders = {id_ for id_ in model.boundaries.get(node.id, ()) if model.nodes[id_].interrupting}
    return {*model.following(node.id), *borders}


def _check_scope(model: ProcessModel, scope: str, notes: Notes) -> None:
    inside = model.in_scope(scope)
    steps = {node.id: _steps(model, node) for node in inside}
    ending = {node.id for node in inside if not model.following(node.id)}
    before: dict[str, list[str]] = {}
    for id_, after in steps.items():
        for one in after:
            before.setdefault(one, []).append(id_)
    unseen = [*ending]
    while unseen:
        more = {*before.get(unseen.pop(), ())} - ending
        ending |= more
        unseen += more
    told: set[str] = set()
    for node in (node for node in inside if node.id not in ending):
        ahead = _ahead(steps, node.id)
        is_round = node.id in ahead and all(node.id in _ahead(steps, other) for other in ahead)
        if is_round and not ahead & told:
            told.add(node.id)
            notes.say(
                "no-end",
                sentence("No end can be reached from here: the way goes round for ever."),
                sentence("Draw a way out of the round: a choice that leads to an end, or an event that interrupts."),
                node.id,
                line=node.line,
                name=node.name,
                severity=Severity.WARNING,
            )


def _ahead(steps: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    todo = {*steps[start]}
    while todo:
        id_ = todo.pop()
        found.add(id_)
        todo |= steps.get(id_, set()) - found
    return found


def _check_watching(node: Node, model: ProcessModel, models: Mapping[str, ProcessModel], notes: Notes) -> None:
    if not node.triggers or not all(isinstance(trigger, say.Waited) for trigger in node.triggers):
        return
    host = model.nodes.get(node.attached_to)
    is_later = all(isinstance(trigger, say.Timer | say.MessageEvent) for trigger in node.triggers)
    if not is_later and (host is None or not is_over_at_once(host)):
        return  # a signal or changed data from inside reach it in the same step
    if host is not None and passes_at_once(host, model, models):
        message = sentence("It can never happen: “{host}” passes at once, and waits for nothing.", host=host.label)
        remedy = sentence("Put it on an activity that takes time, or wait with a catching event after it.")
    elif model.is_listener(node) and _all_pass(model.nodes[node.scope].scope, model, models):
        message = sentence("It never begins: all that it could happen beside passes at once, and waits for nothing.")
        remedy = sentence("Draw it in a scope that takes time, or wait with a catching event in the flow.")
    else:
        return
    notes.say("never-happens", message, remedy, node.id, line=node.line, name=node.name, severity=Severity.WARNING)


def passes_at_once(node: Node, model: ProcessModel, models: Mapping[str, ProcessModel], calls: int = 0) -> bool:
    """Whether the activity is over in the step in which it begins. A loop that repeats it may go on for ever."""
    if node.kind in (NodeKind.SUB_PROCESS, NodeKind.TRANSACTION):
        return _all_pass(node.id, model, models, calls)
    if isinstance(node.detail, say.Call):
        called = models.get(node.detail.process)
        is_known = called is not None and called.is_whole and not node.detail.version.isdecimal() and calls < MOST_CALLS
        return called is not None and is_known and _all_pass("", called, models, calls + 1)
    return is_over_at_once(node) and node.loop is None


def _all_pass(scope: str, model: ProcessModel, models: Mapping[str, ProcessModel], calls: int = 0) -> bool:
    inside = [node for node in model.in_scope(scope) if node.kind is not NodeKind.BOUNDARY and not node.by_event]
    return all(_passes(node, model, models, calls) for node in inside)


def _passes(node: Node, model: ProcessModel, models: Mapping[str, ProcessModel], calls: int) -> bool:
    if node.kind in ACTIVITIES:
        return node.loop is None and passes_at_once(node, model, models, calls)
    return is_passing(node) and not (node.is_join or isinstance(node.detail, say.Compensation))
