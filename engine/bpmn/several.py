"""Events with several triggers, and what cannot stand together in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..sentences import Sentence, sentence
from ..xml import BPMN, STEGVIS, Element, local, namespace, qname
from .model import (
    Cancel,
    Compensation,
    Detail,
    ErrorEvent,
    EscalationEvent,
    Link,
    MessageEvent,
    MessageThrow,
    Multiple,
    NodeKind,
    Terminate,
)
from .notes import Notes

THROWING = frozenset({NodeKind.THROW, NodeKind.END})
ENDINGS = (ErrorEvent, Terminate, Cancel)
"""Of these an end event has one at most: each says how the scope around it ends."""


def several(element: Element, kind: NodeKind, read: Iterable[Detail], notes: Notes, *, begins_process: bool) -> Multiple:
    """The triggers of one event together. What was refused by itself is left out."""
    event = Multiple(tuple(detail for detail in read if detail is not None), notes.truth(element, "parallelMultiple"))
    problems = _thrown_problems(event) if kind in THROWING else _caught_problems(event, begins_process=begins_process)
    for message, remedy in problems:
        notes.add("not-supported", element, message, remedy)
    if _count(event, MessageEvent, MessageThrow) > 1 and _says_of_a_message(element):
        notes.add(
            "unclear-mapping",
            element,
            sentence("The event has several messages, and nothing says which of them its mappings or its correlation are of."),
            sentence("Write mappings inside the `messageEventDefinition` they are of, the correlation at the message."),
        )
    return event


def _thrown_problems(event: Multiple) -> Iterator[tuple[Sentence, Sentence]]:
    if event.is_parallel:
        message = sentence("A throwing event has no `parallelMultiple`: it throws all of its triggers.")
        yield message, sentence("Remove the attribute.")
    if _count(event, Link):
        yield sentence("A link cannot be one of several triggers."), sentence("Give the link an event of its own.")
    if _count(event, *ENDINGS) > 1:
        message = sentence("An end event has several triggers that each end the scope around it.")
        yield message, sentence("Keep the one that is meant.")
    if _count(event, Cancel) and _count(event, EscalationEvent):
        message = sentence("An end that cancels its transaction cannot escalate too.")
        yield message, sentence("Escalate in an event before it.")
    if _count(event, Compensation) > 1:
        remedy = sentence("Draw an event for each of them, or name no activity.")
        yield sentence("An event has one thing undone, or all."), remedy


def _caught_problems(event: Multiple, *, begins_process: bool) -> Iterator[tuple[Sentence, Sentence]]:
    if begins_process and event.is_parallel and _count(event, MessageEvent) < len(event.details):
        message = sentence("Of what begins a case together, only messages have a key that tells which belong together.")
        yield message, sentence("Begin with the messages, and wait for the others in an event after it.")
    if event.is_parallel and _count(event, ErrorEvent, EscalationEvent):
        message = sentence("An error or escalation is caught when it is thrown, and cannot wait for other triggers.")
        yield message, sentence("Let an event of its own catch it.")
    if _count(event, Link, Compensation, Cancel):
        message = sentence("What catches a link, compensation or a cancelling catches nothing else.")
        yield message, sentence("Give it an event of its own.")


def _count(event: Multiple, *kinds: type) -> int:
    return sum(isinstance(detail, kinds) for detail in event.details)


def _says_of_a_message(element: Element) -> bool:
    extension = element.find(qname(BPMN, "extensionElements"))
    mapped = [child for child in extension if namespace(child) == STEGVIS] if extension is not None else []
    is_mapped = any(local(child) in ("input", "output") for child in mapped)
    return is_mapped or element.get(qname(STEGVIS, "correlation")) is not None
