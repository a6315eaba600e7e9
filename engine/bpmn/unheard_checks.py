"""Checks of what nobody heeds: messages and escalations without a receiver, and undoing that nothing asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..feel import nearest_name
from ..finding import Severity
from ..sentences import sentence
from . import model as say
from .compensation_checks import visible_scopes
from .model import Node, NodeKind
from .notes import Notes
from .process_model import ProcessModel

SENDING = (NodeKind.SEND_TASK, NodeKind.THROW, NodeKind.END)


def check_unheard(model: ProcessModel, key: str, models: Mapping[str, ProcessModel], notes: Notes) -> None:
    """Note what is sent or thrown to nobody. `models` are the processes that there are, by key, this one among them."""
    others = [other for name, other in models.items() if name != key]
    callers = [other for other in others if any(_calls(node, key) for node in other.nodes.values())]
    for node in model.nodes.values():
        for trigger in node.triggers:
            match trigger:
                case say.MessageThrow() as thrown if node.kind in SENDING and not thrown.participant:
                    _check_message(node, thrown, [model, *others], notes)
                case say.EscalationEvent() if node.kind in SENDING:
                    _check_escalation(node, trigger, model, callers, notes)
                case say.Compensation() if node.kind is NodeKind.BOUNDARY:
                    _check_undoing(node, model, callers, notes)
                case _:
                    pass


def _calls(node: Node, key: str) -> bool:
    return isinstance(node.detail, say.Call) and node.detail.process == key


def _check_message(node: Node, thrown: say.MessageThrow, models: list[ProcessModel], notes: Notes) -> None:
    heard = {name for one in models for name in one.message_names}
    if not thrown.name or thrown.name in heard:
        return
    message = sentence("Nobody receives the message `{name}`: no process waits for it or begins by it.", name=thrown.name)
    remedy = sentence("Draw an event that receives it, or say to whom it goes outside with `stegvis:participant`.")
    if near := nearest_name(thrown.name, heard):
        remedy = sentence("{remedy} Did you mean `{near}`?", remedy=remedy, near=near)
    notes.say("never-received", message, remedy, node.id, line=node.line, name=node.name, severity=Severity.WARNING)


def _check_escalation(
    node: Node, thrown: say.EscalationEvent, model: ProcessModel, callers: list[ProcessModel], notes: Notes
) -> None:
    catching = [*_around(node, model), *(other for caller in callers for other in caller.nodes.values())]
    catchers = (other for other in catching if other.kind in (NodeKind.BOUNDARY, NodeKind.START))
    caught = [one for other in catchers for one in other.triggers if isinstance(one, say.EscalationEvent)]
    if any(one.code in ("", thrown.code) for one in caught):
        return
    message = sentence("Nothing catches the escalation `{code}`, so it has no effect.", code=thrown.code)
    remedy = sentence("Catch it on the border of a sub-process around it, or in an event sub-process; or remove the event.")
    if codes := ", ".join(sorted({f"`{one.code}`" for one in caught})):
        remedy = sentence("{remedy} Caught there: {codes}.", remedy=remedy, codes=codes)
    notes.say("never-caught", message, remedy, node.id, line=node.line, name=node.name, severity=Severity.WARNING)


def _around(node: Node, model: ProcessModel) -> Iterator[Node]:
    """What can catch what the node throws: on the borders and in the scopes around it."""
    scope = node.scope
    while True:
        yield from (start for one in model.event_sub_processes(scope) for start in model.start_events(one.id))
        if not scope:
            return
        yield from (model.nodes[id_] for id_ in model.boundaries.get(scope, ()))
        scope = model.nodes[scope].scope


def _check_undoing(node: Node, model: ProcessModel, callers: list[ProcessModel], notes: Notes) -> None:
    activity = model.nodes.get(node.attached_to)
    if activity is None or callers:
        return  # what calls the process can have it undone
    around = [activity]
    while around[-1].scope:
        around.append(model.nodes[around[-1].scope])
    if any(one.kind is NodeKind.TRANSACTION or one.for_compensation for one in around) or _asks(model, around):
        return
    message = sentence("Nothing ever asks that “{activity}” is undone.", activity=activity.label)
    remedy = sentence("Draw a throwing event or an end with compensation in the same scope, or remove this event.")
    notes.say("never-undone", message, remedy, node.id, line=node.line, name=node.name, severity=Severity.WARNING)


def _asks(model: ProcessModel, around: list[Node]) -> bool:
    """Whether something has the activity, or what it lies in, undone."""
    for node in model.nodes.values():
        for trigger in node.triggers if node.kind in (NodeKind.THROW, NodeKind.END) else ():
            if isinstance(trigger, say.Compensation):
                scopes = visible_scopes(node, model)
                if any(one.scope in scopes and trigger.activity in ("", one.id) for one in around):
                    return True
    return False
