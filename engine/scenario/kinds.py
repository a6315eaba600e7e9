"""What the elements of a diagram are called by people who draw, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..sentences import Sentence, sentence
from .diagram import Part

_KINDS: Final[Mapping[str, Sentence]] = {
    "sequenceFlow": sentence("sequence flow"),
    "startEvent": sentence("start event"),
    "endEvent": sentence("end event"),
    "intermediateCatchEvent": sentence("catching event"),
    "intermediateThrowEvent": sentence("throwing event"),
    "boundaryEvent": sentence("boundary event"),
    "task": sentence("task"),
    "userTask": sentence("user task"),
    "manualTask": sentence("manual task"),
    "scriptTask": sentence("script task"),
    "businessRuleTask": sentence("business rule task"),
    "serviceTask": sentence("service task"),
    "sendTask": sentence("send task"),
    "receiveTask": sentence("receive task"),
    "subProcess": sentence("sub-process"),
    "transaction": sentence("transaction"),
    "adHocSubProcess": sentence("ad-hoc sub-process"),
    "callActivity": sentence("call activity"),
    "exclusiveGateway": sentence("exclusive gateway"),
    "parallelGateway": sentence("parallel gateway"),
    "inclusiveGateway": sentence("inclusive gateway"),
    "eventBasedGateway": sentence("event-based gateway"),
    "complexGateway": sentence("complex gateway"),
    "association": sentence("association"),
    "dataObjectReference": sentence("data object"),
    "dataStoreReference": sentence("data store"),
    "error": sentence("error"),
    "escalation": sentence("escalation"),
    "group": sentence("group"),
    "lane": sentence("lane"),
    "message": sentence("message"),
    "messageFlow": sentence("message flow"),
    "participant": sentence("pool"),
    "process": sentence("process"),
    "signal": sentence("signal"),
    "textAnnotation": sentence("annotation"),
}
_TRIGGERS: Final[Mapping[str, Sentence]] = {
    "message": sentence("message"),
    "timer": sentence("timer"),
    "error": sentence("error"),
    "signal": sentence("signal"),
    "escalation": sentence("escalation"),
    "conditional": sentence("condition"),
    "terminate": sentence("termination"),
    "compensate": sentence("compensation"),
    "cancel": sentence("cancelling"),
    "link": sentence("link"),
}


def kind_name(part: Part) -> Sentence:
    """The kind of a part, an event with its trigger: “boundary event, timer”."""
    kind = _KINDS.get(part.kind, sentence("{tag}", tag=part.kind))
    for trigger in part.triggers:
        kind = sentence("{kind}, {trigger}", kind=kind, trigger=_TRIGGERS.get(trigger, sentence("{tag}", tag=trigger)))
    return kind
