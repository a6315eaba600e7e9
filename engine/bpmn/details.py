"""What each kind of element says beyond its id and name, read from its attributes and children."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..sentences import sentence
from ..xml import BPMN, STEGVIS, Element, local, qname, text_of
from . import compensation_details, data_objects
from .ad_hoc_details import read_ad_hoc
from .event_details import Declarations, check_extensions, mappings, read_event, read_message, read_message_throw
from .job_details import ATTRIBUTES, read_service_task
from .loop_details import LOOP_TAGS, NOTHING
from .model import (
    ACTIVITIES,
    EVENTS,
    SUB_PROCESSES,
    Activation,
    AdHoc,
    AllEvents,
    Call,
    Detail,
    NodeKind,
    PersonTask,
    RuleTask,
    Script,
    ServiceTask,
)
from .notes import Notes, is_bpmn
from .shared_definitions import DEFINITION, REFERENCE

MOST_URGENT = 100
ACTIVATION = "activationCondition"
PERSON_ATTRIBUTES = {
    "form": "form",
    "bind": "bind",
    "assignee": "assignee",
    "due": "due",
    "followUp": "follow_up",
    "priority": "priority",
    "notBy": "not_by",
    "onBehalfOf": "on_behalf_of",
}
OWN_ATTRIBUTES: dict[NodeKind, set[str]] = {
    NodeKind.USER_TASK: {*PERSON_ATTRIBUTES, "groups"},
    NodeKind.MANUAL_TASK: {*PERSON_ATTRIBUTES, "groups"} - {"form", "bind"},
    NodeKind.AD_HOC: {"groups", "assignee", "due", "followUp", "priority"},
    NodeKind.BUSINESS_RULE_TASK: {"decision", "result"},
    NodeKind.SERVICE_TASK: ATTRIBUTES,
    NodeKind.SEND_TASK: {"correlation", "participant"},
    NodeKind.THROW: {"correlation", "participant"},
    NodeKind.END: {"correlation", "participant"},
    NodeKind.CALL_ACTIVITY: {"version"},
    NodeKind.START: {"form", "bind", "unit"},
}
NOT_YET = {
    "triggeredByEvent": sentence("only a plain sub-process can be an event sub-process (`triggeredByEvent`)"),
}


def read_lanes(process: Element, notes: Notes) -> dict[str, str]:
    """For each node, the candidate group of its innermost lane."""
    groups: dict[str, str] = {}
    for lane in process.iter(qname(BPMN, "lane")):
        notes.check_attributes(lane, {"group", "nameEn"})
        group = lane_group(lane)
        for reference in lane.iterchildren(qname(BPMN, "flowNodeRef")):
            groups[text_of(reference)] = group
    return groups


def lane_group(lane: Element) -> str:
    """The candidate group of a lane: the one that it says, else its name in lower case with hyphens."""
    return lane.get(qname(STEGVIS, "group"), "") or "-".join(lane.get("name", "").lower().split())


def name_en(element: Element) -> str:
    """The element's name in English, on one line; empty when the designer gave none."""
    return " ".join(element.get(qname(STEGVIS, "nameEn"), "").split())


def read_locals(element: Element) -> tuple[str, ...]:
    """Names declared by `<stegvis:local name="…"/>`: they belong to this element's own scope."""
    holders = [element, *(child for child in element if is_bpmn(child) and local(child) in LOOP_TAGS)]
    found: list[str] = []
    for holder in holders:
        extension = holder.find(qname(BPMN, "extensionElements"))
        if extension is not None:
            found += [child.get("name", "") for child in extension.iterchildren(qname(STEGVIS, "local"))]
    return tuple(found)


def read_detail(element: Element, kind: NodeKind, declarations: Declarations, notes: Notes) -> Detail:
    """The detail for the node's kind; whatever cannot run is noted."""
    known = OWN_ATTRIBUTES.get(kind, set()) | ({"once"} if kind in ACTIVITIES else set())
    notes.check_attributes(element, known | {"nameEn"})
    for attribute, reason in NOT_YET.items():
        is_refused = attribute != "triggeredByEvent" or kind is not NodeKind.SUB_PROCESS
        if notes.truth(element, attribute) and is_refused:
            notes.refuse(element, reason)
    for attribute in ("startQuantity", "completionQuantity"):
        if element.get(attribute, "1") != "1":
            notes.refuse(element, sentence("a {attribute} other than 1 is not supported", attribute=attribute))
    _check_children(element, kind, notes)
    _check_extensions(element, kind, notes)
    if kind in EVENTS:
        return read_event(element, kind, declarations, notes)
    read = _READERS.get(kind)
    return None if read is None else read(element, declarations, notes)


CHILDREN = {NodeKind.SCRIPT_TASK: {"script"}, NodeKind.COMPLEX: {ACTIVATION}}


def _check_children(element: Element, kind: NodeKind, notes: Notes) -> None:
    """Children that BPMN allows and we do not execute (input and output specifications, resources …) are refused."""
    if kind in SUB_PROCESSES:
        return
    allowed: set[str] = CHILDREN.get(kind, set())
    for child in element:
        if not is_bpmn(child):
            notes.warn_foreign(child)
            continue
        tag = local(child)
        is_trigger = (tag == REFERENCE or tag.endswith(DEFINITION)) and kind in EVENTS
        if tag in NOTHING or tag in allowed or is_trigger or (tag in LOOP_TAGS and kind in ACTIVITIES):
            continue
        if tag in data_objects.OF_ELEMENTS:
            data_objects.check_child(child, MAPPED.get(kind, set()), notes)
            continue
        notes.refuse(child, sentence("`{tag}` inside a `{tag2}` is not supported yet", tag=tag, tag2=local(element)))


MAPPED = {
    NodeKind.SERVICE_TASK: {"input", "output"},
    NodeKind.CALL_ACTIVITY: {"input", "output"},
    NodeKind.START: {"output"},
    NodeKind.RECEIVE_TASK: {"output"},
    NodeKind.SEND_TASK: {"input"},
    NodeKind.THROW: {"input"},
    NodeKind.END: {"input"},
    NodeKind.CATCH: {"output"},
    NodeKind.BOUNDARY: {"output"},
}


def _check_extensions(element: Element, kind: NodeKind, notes: Notes) -> None:
    """Extension elements that would have no effect here are errors, those of others warnings."""
    known = set(MAPPED.get(kind, set()))
    if kind in SUB_PROCESSES or any(is_bpmn(child) and local(child) in LOOP_TAGS for child in element):
        known.add("local")
    check_extensions(element, known, notes)


def _service_task(element: Element, declarations: Declarations, notes: Notes) -> ServiceTask:
    return read_service_task(element, notes)


def _receive_task(element: Element, declarations: Declarations, notes: Notes) -> Detail:
    return read_message(element, element, NodeKind.RECEIVE_TASK, declarations, notes)


def _send_task(element: Element, declarations: Declarations, notes: Notes) -> Detail:
    return read_message_throw(element, element, declarations, notes)


def _complex_gateway(element: Element, declarations: Declarations, notes: Notes) -> Activation:
    condition = element.find(qname(BPMN, ACTIVATION))
    if condition is None:
        return Activation()
    return Activation(notes.feel(condition, text_of(condition), what=sentence("the activation condition")))


def _event_gateway(element: Element, declarations: Declarations, notes: Notes) -> AllEvents | None:
    type_ = element.get("eventGatewayType", "Exclusive").strip()
    if type_ == "Exclusive":
        return None
    if type_ != "Parallel":
        remedy = sentence("Write Exclusive or Parallel, or remove the attribute.")
        notes.add(
            "not-supported", element, sentence("There is no event-based gateway of the type `{type}`.", type=type_), remedy
        )
    elif not notes.truth(element, "instantiate"):
        remedy = sentence("On the way, draw a parallel gateway before the events; at the beginning, set instantiate.")
        notes.add(
            "not-supported", element, sentence("Only where a process begins may an event-based gateway be parallel."), remedy
        )
    return AllEvents()


def _ad_hoc(element: Element, declarations: Declarations, notes: Notes) -> AdHoc:
    return read_ad_hoc(element, _person_task(element, declarations, notes), notes)


def _person_task(element: Element, declarations: Declarations, notes: Notes) -> PersonTask:
    values = {field: element.get(qname(STEGVIS, attribute), "").strip() for attribute, field in PERSON_ATTRIBUTES.items()}
    for attribute in ("assignee", "due", "followUp", "priority", "onBehalfOf"):
        notes.feel_or_text(element, values[PERSON_ATTRIBUTES[attribute]], what=sentence("`{attribute}`", attribute=attribute))
    written = element.get(qname(STEGVIS, "groups"), "")
    if written.strip().startswith("="):
        notes.add(
            "bad-groups",
            element,
            sentence("`groups` is an expression; groups have names."),
            sentence("Write the names, with spaces between."),
        )
    priority = values["priority"]
    if priority and not priority.startswith("=") and not (priority.isdecimal() and int(priority) <= MOST_URGENT):
        notes.add(
            "bad-priority",
            element,
            sentence("`{priority}` is no priority.", priority=priority),
            sentence("Write a number from 0 to 100, or FEEL after `=`."),
        )
    return PersonTask(**values, groups=tuple(written.replace(",", " ").split()))


def _script(element: Element, declarations: Declarations, notes: Notes) -> Script:
    language = element.get("scriptFormat", "feel").lower()
    if language not in ("feel", "text/feel", "application/feel"):
        notes.add(
            "script-language",
            element,
            sentence("The script is written in `{language}`.", language=language),
            sentence("Write it in FEEL."),
        )
        return Script("{}")
    script = element.find(qname(BPMN, "script"))
    text = text_of(script).removeprefix("=").strip()
    if script is None or not text:
        notes.add(
            "no-script",
            element,
            sentence("The script task has no script."),
            sentence("Write a FEEL context such as `{{round: 1}}`."),
        )
        return Script("{}")
    return Script(notes.parsed(script, text, what=sentence("the script")))


def _rule_task(element: Element, declarations: Declarations, notes: Notes) -> RuleTask:
    return RuleTask(_required(element, "decision", "route", notes), _required(element, "result", "route", notes))


def _call(element: Element, declarations: Declarations, notes: Notes) -> Call:
    process = element.get("calledElement", "")
    if not process:
        notes.add("no-called-element", element, sentence("The call activity calls nothing."), sentence("Set `calledElement`."))
    version = element.get(qname(STEGVIS, "version"), "deployed-with")
    if version not in ("deployed-with", "latest") and not version.isdecimal():
        notes.add(
            "bad-version",
            element,
            sentence("`{version}` is no version.", version=version),
            sentence("Use `deployed-with`, `latest` or a version number."),
        )
    return Call(process, version, mappings(element, "input", notes), mappings(element, "output", notes))


def _required(element: Element, attribute: str, example: str, notes: Notes) -> str:
    value = element.get(qname(STEGVIS, attribute), "")
    if not value:
        remedy = sentence('Set `stegvis:{attribute}`, for example to "{example}".', attribute=attribute, example=example)
        notes.add(
            "missing-attribute",
            element,
            sentence("The `{tag}` says no {attribute}.", tag=local(element), attribute=attribute),
            remedy,
        )
    return value


_READERS: Mapping[NodeKind, Callable[[Element, Declarations, Notes], Detail]] = {
    NodeKind.USER_TASK: _person_task,
    NodeKind.MANUAL_TASK: _person_task,
    NodeKind.AD_HOC: _ad_hoc,
    NodeKind.SCRIPT_TASK: _script,
    NodeKind.BUSINESS_RULE_TASK: _rule_task,
    NodeKind.SERVICE_TASK: _service_task,
    NodeKind.RECEIVE_TASK: _receive_task,
    NodeKind.SEND_TASK: _send_task,
    NodeKind.CALL_ACTIVITY: _call,
    NodeKind.EVENT_BASED: _event_gateway,
    NodeKind.COMPLEX: _complex_gateway,
    NodeKind.TRANSACTION: compensation_details.read_transaction,
}
