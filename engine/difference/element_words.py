"""What designers call the things that a diagram says of an element."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..sentences import Sentence, sentence

_LABELS: Final[Mapping[str, Sentence]] = {
    "@name": sentence("Name"),
    "@nameEn": sentence("Name in English"),
    "@form": sentence("Form"),
    "@bind": sentence("Place in the case data"),
    "@groups": sentence("Groups that do it"),
    "@group": sentence("Group"),
    "@assignee": sentence("Person who gets it"),
    "@due": sentence("Due"),
    "@followUp": sentence("Follow up"),
    "@priority": sentence("Priority"),
    "@decision": sentence("Decision"),
    "@result": sentence("The answer is written to"),
    "@handler": sentence("What the system does"),
    "@calledElement": sentence("Process that is called"),
    "@version": sentence("Version that is called"),
    "@title": sentence("Title"),
    "@startable": sentence("People may start cases"),
    "@startGroups": sentence("Groups that may start cases"),
    "@correlation": sentence("Which case the message is about"),
    "@onBehalfOf": sentence("On whose behalf"),
    "@notBy": sentence("Not by whoever did"),
    "@unit": sentence("Unit"),
    "@register": sentence("Register"),
    "@default": sentence("Way when no condition holds"),
    "@attachedToRef": sentence("Stands on"),
    "@cancelActivity": sentence("Interrupts what it stands on"),
    "@isInterrupting": sentence("Interrupts what is around it"),
    "@sourceRef": sentence("Comes from"),
    "@targetRef": sentence("Leads to"),
    "@isExecutable": sentence("May be run"),
    "/messageEventDefinition@messageRef": sentence("Message"),
    "@messageRef": sentence("Message"),
    "/signalEventDefinition@signalRef": sentence("Signal"),
    "/errorEventDefinition@errorRef": sentence("Error"),
    "/timerEventDefinition/timeDuration": sentence("How long"),
    "/timerEventDefinition/timeDate": sentence("When"),
    "/timerEventDefinition/timeCycle": sentence("How often"),
    "/conditionExpression": sentence("Condition"),
    "/conditionalEventDefinition/condition": sentence("Condition"),
    "/script": sentence("Calculation"),
    "/documentation": sentence("Description"),
    "/text": sentence("Text"),
    "/multiInstanceLoopCharacteristics@isSequential": sentence("Once for each, one at a time"),
    "/multiInstanceLoopCharacteristics@collection": sentence("Once for each in"),
    "/multiInstanceLoopCharacteristics@item": sentence("What each is called"),
    "inside": sentence("Lies inside"),
    "lane": sentence("Lane"),
}


def label_of(key: str) -> Sentence:
    """What the value with this key is called; by the words of the standard where we have none of our own."""
    if key in _LABELS:
        return _LABELS[key]
    way, _, name = key.partition(" ")
    if name and way in ("input", "output"):
        return sentence("Gets “{name}”", name=name) if way == "input" else sentence("Gives “{name}”", name=name)
    return sentence("{name}", name=key.strip("/@").replace("/", " ").replace("@", " "))
