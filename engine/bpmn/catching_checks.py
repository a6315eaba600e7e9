"""Checks that something can be thrown where an event catches it."""

from __future__ import annotations

from collections.abc import Mapping

from ..finding import Severity
from ..sentences import Sentence, sentence
from .escaping import ANY, Escapes, caught_among
from .job_checks import error_codes
from .model import SUB_PROCESSES, ErrorEvent, Node, NodeKind, ServiceTask, Thrown
from .notes import Notes
from .process_model import ProcessModel


def check_catching(node: Node, caught: Thrown, model: ProcessModel, models: Mapping[str, ProcessModel], notes: Notes) -> None:
    """Note an event that catches what nothing throws there, and an error that would not interrupt.

    `models` are the processes that may be called, by key.
    """
    host = model.nodes.get(node.attached_to)
    if isinstance(caught, ErrorEvent) and not node.interrupting:
        attribute = "cancelActivity" if node.kind is NodeKind.BOUNDARY else "isInterrupting"
        remedy = sentence('Set {attribute}="true".', attribute=attribute)
        _about(node, notes, sentence("An error always interrupts."), remedy)
    if host is None or host.kind in {*SUB_PROCESSES, NodeKind.CALL_ACTIVITY}:
        _check_inside(node, host, caught, Escapes(model, models), notes)
        return
    remedy = sentence("Remove the boundary event.")
    if not isinstance(caught, ErrorEvent):
        _about(node, notes, sentence("Nothing inside this step can throw an escalation."), remedy)
    elif not isinstance(host.detail, ServiceTask):
        message = sentence("Nothing inside this step can throw an error: what fails in it is an incident.")
        _about(node, notes, message, remedy)
    elif (codes := error_codes(host.detail)) is not None:
        _check_handler(node, caught, host.detail.handler, codes, notes)


def _check_inside(node: Node, host: Node | None, caught: Thrown, escapes: Escapes, notes: Notes) -> None:
    """Whether anything in the sub-process or called process, or around the event sub-process, can throw it."""
    if not escapes.is_whole or (host is None and node.kind is NodeKind.BOUNDARY):
        return
    thrown = escapes.around(node.scope) if host is None else escapes.of_activity(host)
    if caught_among(thrown, caught):
        return
    what = told(isinstance(caught, ErrorEvent), caught.code)
    if host is None:
        message = sentence("Nothing in the scope that it watches throws {what}, so it never begins.", what=what)
    else:
        message = sentence("Nothing inside “{host}” throws {what}, so it never happens.", host=host.label, what=what)
    others = sorted(one.code for one in thrown if one.is_error is isinstance(caught, ErrorEvent) and one.code != ANY)
    remedy = sentence("Throw it there with an event, or remove this one.")
    if others:
        remedy = sentence(
            "Catch what is thrown there ({codes}), throw it with an event, or remove this one.",
            codes=", ".join(f"`{code}`" for code in others),
        )
    notes.say("never-thrown", message, remedy, node.id, line=node.line, name=node.name, severity=Severity.WARNING)


def told(is_error: bool, code: str) -> Sentence:
    """An error or escalation in words."""
    if is_error:
        return sentence("the error `{code}`", code=code) if code else sentence("any error")
    return sentence("the escalation `{code}`", code=code) if code else sentence("any escalation")


def _check_handler(node: Node, caught: ErrorEvent, handler: str, errors: frozenset[str], notes: Notes) -> None:
    if not errors:
        message = sentence("The handler {handler} throws no errors: what fails in it is an incident.", handler=handler)
        _about(node, notes, message, sentence("Remove the boundary event."))
    elif caught.code and caught.code not in errors:
        message = sentence("The handler {handler} throws no error `{code}`.", handler=handler, code=caught.code)
        remedy = sentence("Catch one of: {errors}; or every error, with no code.", errors=", ".join(sorted(errors)))
        _about(node, notes, message, remedy)


def _about(node: Node, notes: Notes, message: Sentence, remedy: Sentence) -> None:
    notes.say("error-boundary", message, remedy, node.id, line=node.line, name=node.name)
