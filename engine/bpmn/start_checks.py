"""Checks of where a process begins by itself: by a message, a signal or a time, before there is any case."""

from __future__ import annotations

from .. import feel
from ..sentences import Sentence, sentence
from . import model as say
from .model import Node, NodeKind
from .notes import Notes
from .process_model import ProcessModel

BEFORE = sentence("a process has no data and no case before it begins")
BEGINS = (say.MessageEvent, say.SignalEvent)


def check_starts(model: ProcessModel, notes: Notes) -> None:
    """Note what cannot begin a process, and what is lacking where it does."""
    for node in model.start_events():
        _check_start(node, notes)
    for node in model.nodes.values():
        if node.instantiate:
            _check_instantiating(node, model, notes)
    _check_twins(model, notes)


def _note(node: Node, notes: Notes, rule: str, message: Sentence, remedy: Sentence) -> None:
    notes.say(rule, message, remedy, node.id, line=node.line, name=node.name)


def _check_start(node: Node, notes: Notes) -> None:
    for trigger in node.triggers:
        match trigger:
            case say.Timer(expression=expression):
                _check_timer(node, expression, notes)
            case say.Conditional(condition=condition):
                _check_condition(node, condition, notes)
    _check_unit(node, notes)


def _check_unit(node: Node, notes: Notes) -> None:
    if not node.unit and any(isinstance(trigger, say.Timer) for trigger in node.triggers):
        remedy = sentence("Say in which unit the case begins with `stegvis:unit`.")
        message = sentence("Nobody starts the case by hand, so nothing says which unit it belongs to.")
        _note(node, notes, "no-unit", message, remedy)
    if node.unit and not any(isinstance(trigger, say.Timer | say.SignalEvent) for trigger in node.triggers):
        message = sentence("`stegvis:unit` has no effect here: whoever begins the case, or sends the message, says the unit.")
        _note(node, notes, "unit-unused", message, sentence("Remove it."))


def _check_timer(node: Node, expression: str, notes: Notes) -> None:
    """What a timer reads must be there before any case is."""
    try:
        paths = feel.compile_expression(expression[1:]).paths if expression.startswith("=") else frozenset()
    except feel.FeelSyntaxError:
        return  # told where it is read
    for name in sorted({path[0] for path in paths}):
        remedy = sentence("Write a date, a duration or a cycle; `now()` and `today()` may be asked.")
        _note(node, notes, "no-data-yet", sentence("The timer reads `{name}`, but {before}.", name=name, before=BEFORE), remedy)


def _check_condition(node: Node, condition: str, notes: Notes) -> None:
    """A condition sees the data that it is asked over, and no case."""
    try:
        paths = feel.compile_expression(condition).paths
    except feel.FeelSyntaxError:
        return  # told where it is read
    if any(path[0] == "case" for path in paths):
        message = sentence("The condition reads `case`, but it is asked over data that are given, before there is a case.")
        _note(node, notes, "no-data-yet", message, sentence("Read the names that the process declares."))


def _check_instantiating(node: Node, model: ProcessModel, notes: Notes) -> None:
    if node.scope:
        _note(
            node,
            notes,
            "not-supported",
            sentence("A sub-process is begun by its token, not by a message."),
            sentence("Remove `instantiate`."),
        )
    if node.incoming:
        message = sentence("A process begins here, but a sequence flow leads in.")
        _note(node, notes, "flow-into-start", message, sentence("Remove the flow, or `instantiate`."))
    if node.loop is not None:
        _note(
            node,
            notes,
            "not-supported",
            sentence("One message begins one case: the loop has no meaning here."),
            sentence("Remove the loop."),
        )
    if node.kind is NodeKind.EVENT_BASED:
        behind = [model.nodes[model.flows[flow].target] for flow in node.outgoing]
        if isinstance(node.detail, say.AllEvents):
            _check_belonging(node, behind, notes)
        else:
            _check_behind(node, behind, notes)


def _check_behind(gateway: Node, behind: list[Node], notes: Notes) -> None:
    for target in behind:
        is_all = isinstance(target.detail, say.Multiple) and target.detail.is_parallel
        if is_all or not all(isinstance(trigger, BEGINS) for trigger in target.triggers):
            message = sentence(
                "The process begins at the gateway, but “{label}” is no message or signal: {before}.",
                label=target.label,
                before=BEFORE,
            )
            remedy = sentence("Draw a message or signal there, or a start event with a timer.")
            _note(gateway, notes, "not-supported", message, remedy)


def _check_belonging(gateway: Node, behind: list[Node], notes: Notes) -> None:
    """Behind a parallel gateway messages find the case that one of them has begun by the key that all of them have."""
    keys = {target.detail.correlation for target in behind if isinstance(target.detail, say.MessageEvent)}
    for target in behind:
        if not isinstance(target.detail, say.MessageEvent):
            message = sentence(
                "All behind the gateway belong to one case, but “{label}” is not one message, with a key that tells which.",
                label=target.label,
            )
            remedy = sentence("Draw a message there, or wait for it after one.")
            _note(gateway, notes, "not-supported", message, remedy)
    if len(keys) > 1:
        message = sentence("The messages behind the gateway have different keys: they would not find the case that one began.")
        _note(gateway, notes, "other-correlation", message, sentence("Give all of them the same `stegvis:correlation`."))


def _check_twins(model: ProcessModel, notes: Notes) -> None:
    """One message begins one case, so two starts by it leave open which is meant; an event hears a signal once."""
    seen: dict[str, Node] = {}
    for beginning in model.beginnings():
        node, trigger = beginning.node, beginning.trigger
        if isinstance(trigger, say.MessageEvent):
            if trigger.name in seen:
                message = sentence(
                    "The message `{name}` begins the process at `{id}` too.", name=trigger.name, id=seen[trigger.name].id
                )
                _note(node, notes, "same-start", message, sentence("Keep one of them, and branch after it."))
            seen[trigger.name] = node
        elif trigger in node.triggers[: beginning.part]:
            _note(node, notes, "same-start", sentence("The event has the same trigger twice."), sentence("Keep one of them."))
