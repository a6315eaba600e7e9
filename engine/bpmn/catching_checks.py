"""Checks that something can be thrown where an event catches it."""

from __future__ import annotations

from ..handlers import BUILT_IN, ERRORS
from ..sentences import Sentence, sentence
from .model import SUB_PROCESSES, ErrorEvent, Node, NodeKind, ServiceTask, Thrown
from .notes import Notes
from .process_model import ProcessModel


def check_catching(node: Node, caught: Thrown, model: ProcessModel, notes: Notes) -> None:
    """Note a boundary event that catches what nothing throws there, and an error that would not interrupt."""
    host = model.nodes.get(node.attached_to)
    if isinstance(caught, ErrorEvent) and not node.interrupting:
        attribute = "cancelActivity" if node.kind is NodeKind.BOUNDARY else "isInterrupting"
        remedy = sentence('Set {attribute}="true".', attribute=attribute)
        _about(node, notes, sentence("An error always interrupts."), remedy)
    if host is None or host.kind in {*SUB_PROCESSES, NodeKind.CALL_ACTIVITY}:
        return
    remedy = sentence("Remove the boundary event.")
    if not isinstance(caught, ErrorEvent):
        _about(node, notes, sentence("Nothing inside this step can throw an escalation."), remedy)
    elif not isinstance(host.detail, ServiceTask):
        message = sentence("Nothing inside this step can throw an error: what fails in it is an incident.")
        _about(node, notes, message, remedy)
    elif host.detail.handler in BUILT_IN:
        _check_handler(node, caught, host.detail.handler, notes)


def _check_handler(node: Node, caught: ErrorEvent, handler: str, notes: Notes) -> None:
    errors = ERRORS.get(handler, frozenset())
    if not errors:
        message = sentence("The handler {handler} throws no errors: what fails in it is an incident.", handler=handler)
        _about(node, notes, message, sentence("Remove the boundary event."))
    elif caught.code and caught.code not in errors:
        message = sentence("The handler {handler} throws no error `{code}`.", handler=handler, code=caught.code)
        remedy = sentence("Catch one of: {errors}; or every error, with no code.", errors=", ".join(sorted(errors)))
        _about(node, notes, message, remedy)


def _about(node: Node, notes: Notes, message: Sentence, remedy: Sentence) -> None:
    notes.say("error-boundary", message, remedy, node.id, line=node.line, name=node.name)
