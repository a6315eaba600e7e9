"""Checks of what undoes and what is undone: handlers, events for compensation, transactions and their cancelling."""

from __future__ import annotations

from ..finding import Severity
from ..sentences import Sentence, sentence
from . import model as say
from .model import ACTIVITIES, SUB_PROCESSES, Node, NodeKind
from .notes import Notes
from .process_model import ProcessModel
from .undoers import border_event, undoing

HANDLER = "an activity for compensation"


def check_compensation(model: ProcessModel, notes: Notes) -> None:
    """Note everything that is wrong with compensation and with cancelling."""
    for node in model.nodes.values():
        if node.for_compensation:
            _check_handler(node, model, notes)
        for trigger in node.triggers:
            _check_trigger(node, trigger, model, notes)


def _check_trigger(node: Node, trigger: say.Detail, model: ProcessModel, notes: Notes) -> None:
    match trigger:
        case say.Compensation() as border if node.kind is NodeKind.BOUNDARY:
            _check_border(node, border, model, notes)
        case say.Compensation() if node.kind is NodeKind.START:
            _check_start(node, model, notes)
        case say.Compensation() as thrown:
            _check_throw(node, thrown, model, notes)
        case say.Cancel():
            _check_cancel(node, model, notes)
        case _:
            pass


def _about(node: Node, notes: Notes, rule: str, message: Sentence, remedy: Sentence) -> None:
    notes.say(rule, message, remedy, node.id, line=node.line, name=node.name)


def _check_handler(node: Node, model: ProcessModel, notes: Notes) -> None:
    if node.kind not in ACTIVITIES:
        _about(
            node,
            notes,
            "bad-compensation",
            sentence("Only an activity can be for compensation."),
            sentence("Remove isForCompensation."),
        )
        return
    if node.incoming or node.outgoing:
        message = sentence("An activity for compensation stands beside the flows, but a sequence flow leads to or from it.")
        _about(node, notes, "bad-compensation", message, sentence("Remove the flows, or isForCompensation."))
    if model.boundaries.get(node.id):
        message = sentence("An activity for compensation has boundary events.")
        remedy = sentence("Put what it does in a sub-process for compensation, and the events on an activity in there.")
        _about(node, notes, "bad-compensation", message, remedy)
    leading = [
        other
        for other in model.nodes.values()
        if other.kind is NodeKind.BOUNDARY and isinstance(other.detail, say.Compensation) and other.detail.handler == node.id
    ]
    if not leading:
        remedy = sentence("Draw a compensation event on the activity it undoes, and an association from there to this one.")
        _about(node, notes, "bad-compensation", sentence("Nothing says what this activity for compensation undoes."), remedy)
    if len(leading) > 1:
        _about(
            node,
            notes,
            "bad-compensation",
            sentence("It undoes {count} activities.", count=len(leading)),
            sentence("Draw an activity for compensation for each of them."),
        )


def _check_border(node: Node, border: say.Compensation, model: ProcessModel, notes: Notes) -> None:
    if node.outgoing:
        remedy = sentence("Remove the flow; an association leads to the activity that undoes.")
        _about(
            node, notes, "bad-compensation", sentence("A sequence flow leads out of a compensation event on a border."), remedy
        )
    others = [id_ for id_ in model.boundaries.get(node.attached_to, ()) if id_ != node.id]
    if any(isinstance(model.nodes[id_].detail, say.Compensation) for id_ in others):
        _about(
            node,
            notes,
            "bad-compensation",
            sentence("The activity has several compensation events on its border."),
            sentence("Keep one of them."),
        )
    handler = model.nodes.get(border.handler)
    if handler is None:
        if border.handler:
            message = sentence(
                "The association leads to `{handler}`, which is no element of the process.", handler=border.handler
            )
            _about(node, notes, "bad-compensation", message, sentence("Draw it to {handler}.", handler=HANDLER))
    elif not handler.for_compensation:
        remedy = sentence('Set isForCompensation="true" on it, and take it out of the flows.')
        _about(
            node,
            notes,
            "bad-compensation",
            sentence("The association leads to “{label}”, which is not for compensation.", label=handler.label),
            remedy,
        )
    elif handler.scope != node.scope:
        _about(
            node,
            notes,
            "bad-compensation",
            sentence("“{label}” lies in another scope.", label=handler.label),
            sentence("Draw it in the scope of the activity it undoes."),
        )


def _check_start(node: Node, model: ProcessModel, notes: Notes) -> None:
    """An event sub-process undoes the one scope that it lies in, unless something on the border of that does."""
    undoer = model.nodes[node.scope]
    first = undoing(model, undoer.scope)
    if first is not None and first is not undoer:
        message = sentence("“{label}” undoes the same scope.", label=first.label)
        remedy = sentence("Keep one event sub-process that begins with compensation.")
        _about(node, notes, "bad-compensation", message, remedy)
    if undoer.scope and border_event(model, undoer.scope, say.Compensation) is not None:
        label = model.nodes[undoer.scope].label
        message = sentence("“{label}” is undone by what its border leads to, so this would never begin.", label=label)
        _about(node, notes, "bad-compensation", message, sentence("Remove one of the two."))
    if undoer.scope and model.nodes[undoer.scope].for_compensation:
        message = sentence("What is for compensation is not undone itself, so this would never begin.")
        _about(node, notes, "bad-compensation", message, sentence("Remove the event sub-process."))


def _check_throw(node: Node, thrown: say.Compensation, model: ProcessModel, notes: Notes) -> None:
    seen = [other for scope in visible_scopes(node, model) for other in model.in_scope(scope)]
    if not thrown.activity:
        if not any(can_be_undone(other, model) for other in seen):
            message = sentence("Nothing in this scope can be undone, so the event has nothing to do.")
            remedy = sentence("Draw a compensation event on the border of an activity in the same scope, or remove this one.")
            notes.say("nothing-to-undo", message, remedy, node.id, line=node.line, name=node.name, severity=Severity.WARNING)
        return
    activity = next((other for other in seen if other.id == thrown.activity), None)
    if activity is None:
        message = sentence("`{activity}` is no activity in the scope of the event.", activity=thrown.activity)
        _about(
            node,
            notes,
            "bad-compensation",
            message,
            sentence("Name an activity that stands beside the event, or none to have all of them undone."),
        )
    elif not can_be_undone(activity, model):
        remedy = sentence("Draw a compensation event on its border and an association to what undoes it.")
        _about(node, notes, "bad-compensation", sentence("“{label}” cannot be undone.", label=activity.label), remedy)


def visible_scopes(node: Node, model: ProcessModel) -> tuple[str, ...]:
    """The scopes whose activities an event can have undone: its own; in an event sub-process the one around it too."""
    around = model.nodes.get(node.scope)
    return (node.scope, around.scope) if around is not None and around.by_event else (node.scope,)


def can_be_undone(node: Node, model: ProcessModel) -> bool:
    """Whether something undoes the activity: on its border, or inside it. Of a call that is not known beforehand."""
    if node.for_compensation:
        return False
    if border_event(model, node.id, say.Compensation) is not None or node.kind is NodeKind.CALL_ACTIVITY:
        return True
    if node.kind not in SUB_PROCESSES:
        return False
    return undoing(model, node.id) is not None or any(can_be_undone(inner, model) for inner in model.in_scope(node.id))


def _check_cancel(node: Node, model: ProcessModel, notes: Notes) -> None:
    where = model.nodes.get(node.attached_to if node.kind is NodeKind.BOUNDARY else node.scope)
    if where is None or where.kind is not NodeKind.TRANSACTION:
        if node.kind is NodeKind.BOUNDARY:
            _about(
                node,
                notes,
                "bad-cancel",
                sentence("A cancel event stands on a border that is no transaction's."),
                sentence("Make the activity a transaction."),
            )
        else:
            _about(
                node,
                notes,
                "bad-cancel",
                sentence("An end that cancels lies in no transaction."),
                sentence("Draw it directly in a transaction, or use an error."),
            )
        return
    if node.kind is NodeKind.BOUNDARY:
        _check_cancel_border(node, where, model, notes)
        return
    if border_event(model, where.id, say.Cancel) is None:
        message = sentence("Nothing says where the case goes on when “{label}” is cancelled.", label=where.label)
        _about(node, notes, "bad-cancel", message, sentence("Draw a cancel event on the border of the transaction."))
    if where.loop is not None:
        message = sentence("One round of “{label}” would cancel the others too.", label=where.label)
        _about(node, notes, "bad-cancel", message, sentence("Give the loop to a sub-process around the transaction."))


def _check_cancel_border(node: Node, transaction: Node, model: ProcessModel, notes: Notes) -> None:
    if not node.interrupting:
        _about(
            node,
            notes,
            "bad-cancel",
            sentence("A cancelled transaction is over: the event interrupts."),
            sentence('Set cancelActivity="true".'),
        )
    others = [id_ for id_ in model.boundaries[transaction.id] if id_ != node.id]
    if any(isinstance(model.nodes[id_].detail, say.Cancel) for id_ in others):
        _about(
            node,
            notes,
            "bad-cancel",
            sentence("The transaction has several cancel events on its border."),
            sentence("Keep one of them."),
        )
    if not any(isinstance(trigger, say.Cancel) for inner in model.in_scope(transaction.id) for trigger in inner.triggers):
        _about(
            node,
            notes,
            "bad-cancel",
            sentence("Nothing cancels “{label}”.", label=transaction.label),
            sentence("Draw an end that cancels in it, or remove the event."),
        )
