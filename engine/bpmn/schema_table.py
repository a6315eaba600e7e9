"""How elements are written: what may stand in them, in which order, how often, and with which attributes.

The tables follow the definitions of the elements in BPMN 2.0.2 (Semantic.xsd). Elements that are refused wherever they stand,
such as those of choreographies and conversations, are not in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

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
ROOT_ELEMENTS: Final = (
    f"{EVENT_DEFINITIONS} category choreography collaboration correlationProperty dataStore endPoint error escalation "
    "globalBusinessRuleTask globalChoreographyTask globalConversation globalManualTask globalScriptTask globalTask "
    "globalUserTask interface itemDefinition message partnerEntity partnerRole process resource signal"
)
LOOPS: Final = "multiInstanceLoopCharacteristics standardLoopCharacteristics"
ROLES: Final = "humanPerformer performer potentialOwner resourceRole"
NODES: Final = "callConversation conversation subConversation"
EXPRESSIONS: Final = (
    "activationCondition completionCondition condition conditionExpression from loopCardinality loopCondition timeCycle "
    "timeDate timeDuration to transformation"
)
REFERENCES: Final = (
    "categoryValueRef dataInputRefs dataOutputRefs flowNodeRef incoming inputSetRefs optionalInputRefs optionalOutputRefs "
    "outgoing outputSetRefs source sourceRef target targetRef whileExecutingInputRefs whileExecutingOutputRefs"
)
"""Elements that hold nothing but the id of another."""
ANYTHING: Final = frozenset({"documentation", "extensionElements", "partitionElement", "script", "text"})
"""Elements in which other elements of any kind may stand."""
MIXED: Final = frozenset({*ANYTHING, *EXPRESSIONS.split(), *REFERENCES.split(), "operationRef", "eventDefinitionRef"})
"""Elements that hold text."""


@dataclass(frozen=True, slots=True)
class Line:
    """Elements that stand in the same place, whether there may be several, and whether there has to be one."""

    names: tuple[str, ...]
    is_many: bool = False
    is_required: bool = False


def _lines(*written: str) -> tuple[Line, ...]:
    """What stands in an element, in order: names, and after them `*` for any number, `+` for at least one, `!` for just one."""
    return tuple(Line(tuple(text.rstrip("*+!").split()), text[-1] in "*+", text[-1] in "+!") for text in written)


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
ITEM: Final = BASE + _lines("dataState")
DATA: Final = FLOW_ELEMENT + _lines("dataState")
ASSOCIATED: Final = BASE + _lines("sourceRef*", "targetRef!", "transformation", "assignment*")

CHILDREN: Final[Mapping[str, tuple[Line, ...]]] = {
    **dict.fromkeys(TASKS.split(), ACTIVITY),
    **dict.fromkeys(GATEWAYS.split(), FLOW_NODE),
    **dict.fromkeys((*ARTIFACTS.split(), *EVENT_DEFINITIONS.split(), "error", "escalation", "message", "signal"), BASE),
    **dict.fromkeys((*EXPRESSIONS.split(), "categoryValue", "dataState", "itemDefinition"), BASE),
    **dict.fromkeys(("import", "documentation", "extensionElements", *REFERENCES.split(), "script", "text"), ()),
    "definitions": _lines("import*", "extension*", f"{ROOT_ELEMENTS}*", "relationship*"),
    "extension": _lines("documentation*"),
    "category": BASE + _lines("categoryValue*"),
    "dataStore": ITEM,
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
    "conditionalEventDefinition": BASE + _lines("condition!"),
    "linkEventDefinition": BASE + _lines("source*", "target"),
    "messageEventDefinition": BASE + _lines("operationRef"),
    "timerEventDefinition": BASE + _lines("timeDate timeDuration timeCycle"),
    "multiInstanceLoopCharacteristics": BASE
    + _lines("loopCardinality", "loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem")
    + _lines("complexBehaviorDefinition*", "completionCondition"),
    "standardLoopCharacteristics": BASE + _lines("loopCondition"),
    "dataObject": DATA,
    "dataObjectReference": DATA,
    "dataStoreReference": DATA,
    "property": ITEM,
    "dataInput": ITEM,
    "dataOutput": ITEM,
    "ioSpecification": BASE + _lines("dataInput*", "dataOutput*", "inputSet+", "outputSet+"),
    "inputSet": BASE + _lines("dataInputRefs*", "optionalInputRefs*", "whileExecutingInputRefs*", "outputSetRefs*"),
    "outputSet": BASE + _lines("dataOutputRefs*", "optionalOutputRefs*", "whileExecutingOutputRefs*", "inputSetRefs*"),
    "dataInputAssociation": ASSOCIATED,
    "dataOutputAssociation": ASSOCIATED,
    "assignment": BASE + _lines("from!", "to!"),
}

OF_ACTIVITIES: Final = "name isForCompensation startQuantity completionQuantity default"
ATTRIBUTES: Final[Mapping[str, str]] = {
    **dict.fromkeys(TASKS.split(), OF_ACTIVITIES),
    **dict.fromkeys(EVENT_DEFINITIONS.split(), ""),
    **dict.fromkeys(GATEWAYS.split(), "name gatewayDirection"),
    **dict.fromkeys(EXPRESSIONS.split(), "language evaluatesToTypeRef"),
    **dict.fromkeys((*REFERENCES.split(), "extensionElements", "script", "text"), ""),
    "definitions": "name targetNamespace expressionLanguage typeLanguage exporter exporterVersion",
    "import": "namespace location importType",
    "extension": "definition mustUnderstand",
    "documentation": "textFormat",
    "itemDefinition": "structureRef isCollection itemKind",
    "category": "name",
    "categoryValue": "value",
    "dataStore": "name capacity isUnlimited itemSubjectRef",
    "dataState": "name",
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
    "dataObject": "name itemSubjectRef isCollection",
    "dataObjectReference": "name itemSubjectRef dataObjectRef",
    "dataStoreReference": "name itemSubjectRef dataStoreRef",
    "property": "name itemSubjectRef",
    "dataInput": "name itemSubjectRef isCollection",
    "dataOutput": "name itemSubjectRef isCollection",
    "ioSpecification": "",
    "inputSet": "name",
    "outputSet": "name",
    "dataInputAssociation": "",
    "dataOutputAssociation": "",
    "assignment": "",
}
REQUIRED: Final[Mapping[str, str]] = {
    "association": "sourceRef targetRef",
    "definitions": "targetNamespace",
    "import": "namespace location importType",
    "linkEventDefinition": "name",
}
"""Attributes that have to be there, beside those whose lack is an error that is told elsewhere."""
VALUES: Final[Mapping[str, str]] = {
    "associationDirection": "None One Both",
    "behavior": "None One All Complex",
    "eventGatewayType": "Exclusive Parallel",
    "gatewayDirection": "Unspecified Converging Diverging Mixed",
    "isClosed": "true false 1 0",
    "isUnlimited": "true false 1 0",
    "itemKind": "Information Physical",
    "processType": "None Public Private",
}
"""What may be written in attributes whose value nothing else looks at."""
