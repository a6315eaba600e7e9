"""How BPMN elements are written: what may stand in them, in which order, how often, and with which attributes.

The tables follow the definitions of the elements in BPMN 2.0.2. Other tools may refuse a file that is written in another
way; here it is understood, so all of it is a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..finding import Finding, Severity
from ..sentences import Sentence, sentence
from ..xml import BPMN, Element, local
from .notes import Notes, is_bpmn

ARTIFACTS: Final = "association group textAnnotation"
EVENT_DEFINITIONS: Final = (
    "cancelEventDefinition compensateEventDefinition conditionalEventDefinition errorEventDefinition escalationEventDefinition "
    "linkEventDefinition messageEventDefinition signalEventDefinition terminateEventDefinition timerEventDefinition"
)
GATEWAYS: Final = "complexGateway eventBasedGateway exclusiveGateway inclusiveGateway parallelGateway"
TASKS: Final = "businessRuleTask manualTask receiveTask scriptTask sendTask serviceTask task userTask"
SUB_PROCESSES: Final = "adHocSubProcess subProcess transaction"
FLOW_ELEMENTS: Final = (
    f"{GATEWAYS} {TASKS} {SUB_PROCESSES} callActivity boundaryEvent endEvent event implicitThrowEvent intermediateCatchEvent "
    "intermediateThrowEvent startEvent callChoreography choreographyTask subChoreography dataObject dataObjectReference "
    "dataStoreReference sequenceFlow"
)
LOOPS: Final = "multiInstanceLoopCharacteristics standardLoopCharacteristics"
ROLES: Final = "humanPerformer performer potentialOwner resourceRole"
NODES: Final = "callConversation conversation subConversation"

Line = tuple[tuple[str, ...], bool]
"""Elements that stand in the same place, and whether there may be several."""


def _lines(*written: str) -> tuple[Line, ...]:
    """What stands in an element, in order: names, and `*` after those of which there may be several."""
    return tuple((tuple(text.rstrip("*").split()), text.endswith("*")) for text in written)


BASE: Final = _lines("documentation*", "extensionElements")
FLOW_ELEMENT: Final = BASE + _lines("auditing", "monitoring", "categoryValueRef*")
FLOW_NODE: Final = FLOW_ELEMENT + _lines("incoming*", "outgoing*")
ACTIVITY: Final = FLOW_NODE + _lines(
    "ioSpecification", "property*", "dataInputAssociation*", "dataOutputAssociation*", f"{ROLES}*", LOOPS
)
SUB_PROCESS: Final = ACTIVITY + _lines("laneSet*", f"{FLOW_ELEMENTS}*", f"{ARTIFACTS}*")
EVENT: Final = FLOW_NODE + _lines("property*")
TRIGGERS: Final = _lines(f"{EVENT_DEFINITIONS}*", "eventDefinitionRef*")
CATCH: Final = EVENT + _lines("dataOutput*", "dataOutputAssociation*", "outputSet") + TRIGGERS
THROW: Final = EVENT + _lines("dataInput*", "dataInputAssociation*", "inputSet") + TRIGGERS
LANES: Final = BASE + _lines("lane*")

CHILDREN: Final[Mapping[str, tuple[Line, ...]]] = {
    **dict.fromkeys(TASKS.split(), ACTIVITY),
    **dict.fromkeys(GATEWAYS.split(), FLOW_NODE),
    **dict.fromkeys((*ARTIFACTS.split(), *EVENT_DEFINITIONS.split(), "error", "escalation", "message", "signal"), BASE),
    "process": BASE
    + _lines("supportedInterfaceRef*", "ioSpecification", "ioBinding*", "auditing", "monitoring", "property*", "laneSet*")
    + _lines(f"{FLOW_ELEMENTS}*", f"{ARTIFACTS}*", f"{ROLES}*", "correlationSubscription*", "supports*"),
    "collaboration": BASE
    + _lines(
        "participant*", "messageFlow*", f"{ARTIFACTS}*", f"{NODES}*", "conversationAssociation*", "participantAssociation*"
    )
    + _lines("messageFlowAssociation*", "correlationKey*", "choreographyRef*", "conversationLink*"),
    "participant": BASE + _lines("interfaceRef*", "endPointRef*", "participantMultiplicity"),
    "messageFlow": BASE,
    "laneSet": LANES,
    "childLaneSet": LANES,
    "lane": BASE + _lines("partitionElement", "flowNodeRef*", "childLaneSet"),
    "sequenceFlow": FLOW_ELEMENT + _lines("conditionExpression"),
    "startEvent": CATCH,
    "intermediateCatchEvent": CATCH,
    "boundaryEvent": CATCH,
    "endEvent": THROW,
    "intermediateThrowEvent": THROW,
    "userTask": ACTIVITY + _lines("rendering*"),
    "scriptTask": ACTIVITY + _lines("script"),
    "complexGateway": FLOW_NODE + _lines("activationCondition"),
    "callActivity": ACTIVITY,
    "subProcess": SUB_PROCESS,
    "transaction": SUB_PROCESS,
    "adHocSubProcess": SUB_PROCESS + _lines("completionCondition"),
    "textAnnotation": BASE + _lines("text"),
    "conditionalEventDefinition": BASE + _lines("condition"),
    "linkEventDefinition": BASE + _lines("source*", "target"),
    "messageEventDefinition": BASE + _lines("operationRef"),
    "timerEventDefinition": BASE + _lines("timeDate timeDuration timeCycle"),
    "multiInstanceLoopCharacteristics": BASE
    + _lines("loopCardinality", "loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem")
    + _lines("complexBehaviorDefinition*", "completionCondition"),
    "standardLoopCharacteristics": BASE + _lines("loopCondition"),
}

TOLD_TWICE: Final = frozenset(
    f"{LOOPS} timeDate timeDuration timeCycle script conditionExpression completionCondition loopCardinality loopCondition "
    "condition extensionElements".split()
)
"""Of these several are an error that is told elsewhere."""

OF_ACTIVITIES: Final = "name isForCompensation startQuantity completionQuantity default"
ATTRIBUTES: Final[Mapping[str, str]] = {
    **dict.fromkeys(TASKS.split(), OF_ACTIVITIES),
    **dict.fromkeys(EVENT_DEFINITIONS.split(), ""),
    **dict.fromkeys(GATEWAYS.split(), "name gatewayDirection"),
    "process": "name processType isClosed isExecutable definitionalCollaborationRef",
    "collaboration": "name isClosed",
    "participant": "name processRef",
    "messageFlow": "name sourceRef targetRef messageRef",
    "laneSet": "name",
    "childLaneSet": "name",
    "lane": "name partitionElementRef",
    "message": "name itemRef",
    "signal": "name structureRef",
    "error": "name errorCode structureRef",
    "escalation": "name escalationCode structureRef",
    "association": "sourceRef targetRef associationDirection",
    "group": "categoryValueRef",
    "textAnnotation": "textFormat",
    "sequenceFlow": "name sourceRef targetRef isImmediate",
    "startEvent": "name parallelMultiple isInterrupting",
    "intermediateCatchEvent": "name parallelMultiple",
    "boundaryEvent": "name parallelMultiple cancelActivity attachedToRef",
    "endEvent": "name",
    "intermediateThrowEvent": "name",
    "userTask": f"{OF_ACTIVITIES} implementation",
    "serviceTask": f"{OF_ACTIVITIES} implementation operationRef",
    "sendTask": f"{OF_ACTIVITIES} implementation operationRef messageRef",
    "receiveTask": f"{OF_ACTIVITIES} implementation operationRef messageRef instantiate",
    "businessRuleTask": f"{OF_ACTIVITIES} implementation",
    "scriptTask": f"{OF_ACTIVITIES} scriptFormat",
    "callActivity": f"{OF_ACTIVITIES} calledElement",
    "subProcess": f"{OF_ACTIVITIES} triggeredByEvent",
    "transaction": f"{OF_ACTIVITIES} triggeredByEvent method",
    "adHocSubProcess": f"{OF_ACTIVITIES} triggeredByEvent cancelRemainingInstances ordering",
    "exclusiveGateway": "name gatewayDirection default",
    "inclusiveGateway": "name gatewayDirection default",
    "complexGateway": "name gatewayDirection default",
    "eventBasedGateway": "name gatewayDirection instantiate eventGatewayType",
    "compensateEventDefinition": "waitForCompletion activityRef",
    "errorEventDefinition": "errorRef",
    "escalationEventDefinition": "escalationRef",
    "linkEventDefinition": "name",
    "messageEventDefinition": "messageRef",
    "signalEventDefinition": "signalRef",
    "multiInstanceLoopCharacteristics": "isSequential behavior oneBehaviorEventRef noneBehaviorEventRef",
    "standardLoopCharacteristics": "testBefore loopMaximum",
}
VALUES: Final[Mapping[str, str]] = {
    "associationDirection": "None One Both",
    "behavior": "None One All Complex",
    "eventGatewayType": "Exclusive Parallel",
    "gatewayDirection": "Unspecified Converging Diverging Mixed",
    "isClosed": "true false 1 0",
    "isImmediate": "true false 1 0",
    "parallelMultiple": "true false 1 0",
    "processType": "None Public Private",
}
"""What may be written in attributes whose value nothing else looks at."""


def check_written(root: Element, notes: Notes) -> list[Finding]:
    """Add to the notes on a `definitions` element what the standard's schema does not allow; not of what is refused anyway."""
    refused = {finding.element for finding in notes.findings if finding.rule == "not-supported"}
    found = Notes(notes.file)
    for element in root.iter(f"{{{BPMN}}}*"):
        tag = local(element)
        if tag in CHILDREN:
            _check_children(element, CHILDREN[tag], found)
            _check_attributes(element, {"id", *ATTRIBUTES[tag].split()}, found)
    notes.findings += [finding for finding in found.findings if finding.element not in refused]
    return notes.findings


def _check_children(element: Element, lines: tuple[Line, ...], notes: Notes) -> None:
    places = {name: place for place, (names, _) in enumerate(lines) for name in names}
    furthest, before, seen = -1, "", set[int]()
    for child in (child for child in element if is_bpmn(child)):
        tag = local(child)
        place = places.get(tag)
        if place is None:
            message = sentence("A `{tag}` does not belong in a `{parent}`.", tag=tag, parent=local(element))
            _warn(child, notes, message, sentence("Remove it, or move it to where it belongs."))
            continue
        if place in seen and not lines[place][1] and tag not in TOLD_TWICE:
            message = sentence("A `{parent}` has one `{tag}` at most.", parent=local(element), tag=tag)
            _warn(child, notes, message, sentence("Keep the one that is meant."))
        if place < furthest:
            message = sentence(
                "In a `{parent}`, `{tag}` stands before `{before}`, not after it.",
                parent=local(element),
                tag=tag,
                before=before,
            )
            _warn(child, notes, message, sentence("Change their order: other tools may refuse the file as it is."))
            return
        furthest, before = place, before if place == furthest else tag
        seen.add(place)


def _check_attributes(element: Element, known: set[str], notes: Notes) -> None:
    for name, value in element.attrib.items():
        attribute, text = str(name), str(value).strip()
        if attribute.startswith("{"):
            continue
        if attribute not in known:
            message = sentence("BPMN has no attribute `{attribute}` on a `{tag}`.", attribute=attribute, tag=local(element))
            _warn(element, notes, message, sentence("Correct or remove it; it has no effect."))
        elif attribute in VALUES and text not in VALUES[attribute].split():
            message = sentence("`{attribute}` is `{text}`, which BPMN does not have.", attribute=attribute, text=text)
            allowed = ", ".join(VALUES[attribute].split())
            _warn(element, notes, message, sentence("Write one of: {allowed}.", allowed=allowed))


def _warn(element: Element, notes: Notes, message: Sentence, remedy: Sentence) -> None:
    notes.add("bpmn-xsd", element, message, remedy, Severity.WARNING)
