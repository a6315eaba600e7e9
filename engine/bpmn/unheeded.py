"""What a diagram says that nothing would heed when it runs: told by name when it is read, so that nobody relies on it.

Only a designer's file is looked at so; a stored version runs on as it did when it was deployed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from ..finding import Finding, Severity
from ..sentences import all_of, sentence
from ..xml import BPMN, Element, local, qname
from .data_objects import PLACEHOLDERS
from .declared_checks import check_declared
from .extension_checks import check_ours
from .foreign_checks import check_foreign
from .lane_checks import check_lanes
from .notes import Notes, is_bpmn
from .pools import processes_of
from .reference_checks import check_references
from .schema_table import SUB_PROCESSES
from .way_checks import check_ways

FEEL: Final = "feel"
ONCE: Final = (
    frozenset({"timeDate", "timeDuration", "timeCycle"}),
    frozenset({"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"}),
    frozenset({"script"}),
    frozenset({"conditionExpression"}),
    frozenset({"completionCondition"}),
    frozenset({"activationCondition"}),
    frozenset({"loopCardinality"}),
    frozenset({"loopCondition"}),
    frozenset({"condition"}),
    frozenset({"extensionElements"}),
)
"""Of each of these an element has one; only the first would count."""
CATCHING: Final = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})
UNUSED: Final = frozenset({"endPointRef", "interfaceRef", "partitionElement"})
UNSAID: Final = frozenset({"", "##unspecified", "##webservice"})
"""Implementations that are meant where none is written."""


def check_unheeded(root: Element, notes: Notes) -> list[Finding]:
    """Add to the notes on a `definitions` element what the reader passed over; what it refused is not told again."""
    refused = {finding.element for finding in notes.findings if finding.rule == "not-supported"}
    heeded = list(_heeded(root, refused))
    _check_declared(root, notes)
    _check_pools(root, notes)
    for element in heeded:
        _check_once(element, notes)
        _check_language(element, notes)
        _check_element(element, notes)
        _check_told_only(element, notes)
    _check_directions(root, notes)
    check_declared(root, heeded, notes)
    check_references(root, heeded, notes)
    check_ways(root, heeded, notes)
    check_ours(root, heeded, notes)
    for process in processes_of(root):
        check_lanes(process, notes)
    check_foreign(root, notes)
    return notes.findings


def _heeded(element: Element, refused: set[str]) -> Iterator[Element]:
    for child in element.iterchildren():
        if is_bpmn(child) and child.get("id", "-") not in refused:
            yield child
            yield from _heeded(child, refused)


def _check_declared(root: Element, notes: Notes) -> None:
    """Ids of what is declared beside the process: a reference to one of two would be a guess."""
    declared = [child for child in root if is_bpmn(child) and child.get("id")]
    seen: set[str] = set()
    for child in declared:
        if (id_ := child.get("id", "")) in seen:
            notes.add(
                "same-id",
                child,
                sentence("Two declarations have the id `{id}`.", id=id_),
                sentence("Give each an id of its own."),
            )
        seen.add(id_)
    _check_escalations(root, notes)
    codes = {error.get("id", ""): error.get("errorCode", "") for error in root.iterchildren(qname(BPMN, "error"))}
    for event in root.iter(qname(BPMN, "errorEventDefinition")):
        reference = event.get("errorRef", "")
        if codes.get(reference) == "":
            message = sentence(
                "The error `{reference}` has no errorCode, so the event would mean any error.", reference=reference
            )
            notes.add(
                "no-error-code", event, message, sentence("Give the error an errorCode, or let the event refer to no error.")
            )


def _check_escalations(root: Element, notes: Notes) -> None:
    escalations = root.iterchildren(qname(BPMN, "escalation"))
    without = {one.get("id", "") for one in escalations if not one.get("escalationCode")} - {""}
    for event in root.iter(qname(BPMN, "escalationEventDefinition")):
        reference = event.get("escalationRef", "")
        if reference in without:
            message = sentence(
                "The escalation `{reference}` has no escalationCode, so the event would mean any escalation.",
                reference=reference,
            )
            remedy = sentence("Give the escalation an escalationCode, or let the event refer to no escalation.")
            notes.add("no-escalation-code", event, message, remedy)


def _check_pools(root: Element, notes: Notes) -> None:
    processes = {process.get("id", "") for process in root.iterchildren(qname(BPMN, "process"))}
    for number, collaboration in enumerate(root.iterchildren(qname(BPMN, "collaboration"))):
        if number:
            notes.refuse(collaboration, sentence("a second collaboration is not supported"))
            continue
        for pool in collaboration.iterchildren(qname(BPMN, "participant")):
            reference = pool.get("processRef", "").rpartition(":")[2]
            if reference and reference not in processes:
                message = sentence("The pool is of the process `{reference}`, which is not in the file.", reference=reference)
                notes.add("pool-process", pool, message, sentence("Give processRef the process's id, or remove the pool."))
            if pool.find(qname(BPMN, "participantMultiplicity")) is not None:
                notes.refuse(pool, sentence("a pool that stands for several participants is not supported"))


def _check_once(element: Element, notes: Notes) -> None:
    for group in ONCE:
        found = [child for child in element if is_bpmn(child) and local(child) in group]
        if len(found) > 1:
            names = all_of([f"`{local(child)}`" for child in found[:2]])
            notes.add(
                "said-twice",
                found[1],
                sentence("It has {names}; only one of them would count.", names=names),
                sentence("Keep the one that is meant."),
            )


def _check_language(element: Element, notes: Notes) -> None:
    language = element.get("language", "")
    if language and FEEL not in language.lower():
        message = sentence("The `{tag}` is written in `{language}`.", tag=local(element), language=language)
        notes.add("expression-language", element, message, sentence("Write it in FEEL, after `=`, and remove the language."))


def _check_element(element: Element, notes: Notes) -> None:
    match local(element):
        case "multiInstanceLoopCharacteristics":
            if element.get("behavior", "All") != "All" or {"oneBehaviorEventRef", "noneBehaviorEventRef"} & {*element.attrib}:
                notes.refuse(element, sentence("an event that a loop's rounds throw (`behavior`) is not supported"))
        case "auditing" | "monitoring":
            notes.refuse(element, sentence("`{tag}` is not supported", tag=local(element)))
        case "inputSet" | "outputSet" if element.getprevious() is not None and _is_like(element.getprevious(), element):
            notes.refuse(element, sentence("a second `{tag}` is not supported", tag=local(element)))
        case "property" if _is_of_a_step(element) and " ".join(element.get("name", "").split()) not in {"", *PLACEHOLDERS}:
            message = sentence("A value of its own (`property`) in a task or an event is not supported.")
            remedy = sentence("Draw a data object in a sub-process around it: sub-processes have values of their own.")
            notes.add("not-supported", element, message, remedy)
        case "operationRef":
            notes.refuse(element, sentence("an `operationRef` is not supported"))
        case "serviceTask" | "sendTask" | "receiveTask" if element.get("operationRef"):
            notes.refuse(element, sentence("an `operationRef` is not supported"))
        case "startEvent" if not notes.truth(element, "isInterrupting", default=True):
            around = element.getparent()
            if around is None or around.get("triggeredByEvent", "") not in ("true", "1"):
                notes.refuse(
                    element,
                    sentence("a start event that does not interrupt has a meaning only in an event sub-process"),
                )


def _is_of_a_step(element: Element) -> bool:
    around = element.getparent()
    return around is not None and local(around) not in {"process", *SUB_PROCESSES.split()}


def _is_like(one: Element | None, other: Element) -> bool:
    return one is not None and one.tag == other.tag


def _check_told_only(element: Element, notes: Notes) -> None:
    """What looks as if it did something, and does not: warned of."""
    implementation = element.get("implementation", "").strip()
    is_decision = local(element) == "businessRuleTask" and "dmn" in implementation.lower()
    if implementation.lower() not in UNSAID and not is_decision:
        message = sentence("The implementation `{implementation}` is not used.", implementation=implementation)
        remedy = sentence("Remove it; attributes of this engine say what is done.")
        notes.add("not-heeded", element, message, remedy, Severity.WARNING)
    if local(element) in CATCHING:
        triggers = [child for child in element if is_bpmn(child) and local(child).endswith("EventDefinition")]
        if len(triggers) < 2 and notes.truth(element, "parallelMultiple"):
            message = sentence("The event has `parallelMultiple` and does not have several triggers that all have to come.")
            remedy = sentence("Draw the trigger that is missing, or remove the attribute.")
            notes.add("not-heeded", element, message, remedy, Severity.WARNING)
    if local(element) in UNUSED or element.get("partitionElementRef"):
        tag = local(element) if local(element) in UNUSED else "partitionElementRef"
        remedy = sentence("Remove it: message flows say who talks to whom, and `stegvis:group` who does what.")
        notes.add("not-heeded", element, sentence("The `{tag}` is not used.", tag=tag), remedy, Severity.WARNING)


def _check_directions(root: Element, notes: Notes) -> None:
    flows = list(root.iter(qname(BPMN, "sequenceFlow")))
    ways_in = Counter(flow.get("targetRef") for flow in flows)
    ways_out = Counter(flow.get("sourceRef") for flow in flows)
    for gateway in root.iter():
        if not isinstance(gateway.tag, str):
            continue
        said, id_ = gateway.get("gatewayDirection", ""), gateway.get("id")
        message = None
        if said == "Converging" and ways_out[id_] > 1:
            message = sentence("It says {said} and has {count} ways out; the flows count.", said=said, count=ways_out[id_])
        elif said == "Diverging" and ways_in[id_] > 1:
            message = sentence("It says {said} and has {count} ways in; the flows count.", said=said, count=ways_in[id_])
        if message is not None:
            notes.add("gateway-direction", gateway, message, sentence("Correct or remove gatewayDirection."), Severity.WARNING)
