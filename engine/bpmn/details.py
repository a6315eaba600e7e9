"""What each kind of element says beyond its id and name, read from its attributes and children."""

from __future__ import annotations

from dataclasses import dataclass

from ..xml import BPMN, STEGVIS, Element, line, local, namespace, qname, text_of
from .model import (
    ACTIVITIES,
    EVENTS,
    PERSON_TASKS,
    Call,
    DataMapping,
    Detail,
    ErrorEvent,
    Loop,
    MessageEvent,
    NodeKind,
    PersonTask,
    RuleTask,
    Script,
    ServiceTask,
    Terminate,
    Timer,
    TimerKind,
)
from .notes import Notes, is_bpmn

MOST_URGENT = 100
LOOP_TAGS = frozenset({"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"})
NOTHING = frozenset({"documentation", "extensionElements", "incoming", "outgoing"})
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
    NodeKind.BUSINESS_RULE_TASK: {"decision", "result"},
    NodeKind.SERVICE_TASK: {"handler"},
    NodeKind.CALL_ACTIVITY: {"version"},
    NodeKind.START: {"form", "bind"},
}
NOT_YET = {
    "isForCompensation": "compensation is not supported yet",
    "triggeredByEvent": "an event sub-process is not supported yet",
    "parallelMultiple": "a parallel multiple event is not supported yet",
    "instantiate": "a receive task or gateway that starts a process is not supported yet",
}


@dataclass(frozen=True, slots=True)
class Declarations:
    """Messages and errors declared beside the process, by id."""

    messages: dict[str, MessageEvent]
    errors: dict[str, ErrorEvent]


def read_declarations(root: Element, notes: Notes) -> Declarations:
    messages: dict[str, MessageEvent] = {}
    errors: dict[str, ErrorEvent] = {}
    for element in root.iterchildren(qname(BPMN, "message")):
        notes.check_attributes(element, {"correlation", "title"})
        correlation = element.get(qname(STEGVIS, "correlation"), "")
        if correlation:
            correlation = notes.feel(element, correlation, what="the correlation")
        name = element.get("name", "")
        if not name:
            notes.add("no-name", element, "A message has no name.", "Name it: senders use the name.")
        title = element.get(qname(STEGVIS, "title"), name)
        messages[element.get("id", "")] = MessageEvent(name, title, correlation)
    for element in root.iterchildren(qname(BPMN, "error")):
        errors[element.get("id", "")] = ErrorEvent(element.get("errorCode", ""), element.get("name", ""))
    return Declarations(messages, errors)


def read_lanes(process: Element, notes: Notes) -> dict[str, str]:
    """For each node, the candidate group of its innermost lane."""
    groups: dict[str, str] = {}
    for lane in process.iter(qname(BPMN, "lane")):
        notes.check_attributes(lane, {"group"})
        group = lane.get(qname(STEGVIS, "group"), "") or "-".join(lane.get("name", "").lower().split())
        for reference in lane.iterchildren(qname(BPMN, "flowNodeRef")):
            groups[text_of(reference)] = group
    return groups


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
    notes.check_attributes(element, OWN_ATTRIBUTES.get(kind, set()) | {"nameEn"})
    for attribute, reason in NOT_YET.items():
        if notes.truth(element, attribute):
            notes.refuse(element, reason)
    for attribute in ("startQuantity", "completionQuantity"):
        if element.get(attribute, "1") != "1":
            notes.refuse(element, f"a {attribute} other than 1 is not supported")
    _check_children(element, kind, notes)
    _check_extensions(element, kind, notes)
    match kind:
        case NodeKind.START | NodeKind.END | NodeKind.CATCH | NodeKind.BOUNDARY:
            return _event(element, kind, declarations, notes)
        case _ if kind in PERSON_TASKS:
            return _person_task(element, notes)
        case NodeKind.SCRIPT_TASK:
            return _script(element, notes)
        case NodeKind.BUSINESS_RULE_TASK:
            return _rule_task(element, notes)
        case NodeKind.SERVICE_TASK:
            handler = _required(element, "handler", "register.find", notes)
            return ServiceTask(handler, _mappings(element, "input", notes), _mappings(element, "output", notes))
        case NodeKind.CALL_ACTIVITY:
            return _call(element, notes)
        case _:
            return None


CHILDREN = {
    NodeKind.SCRIPT_TASK: {"script"},
    NodeKind.SUB_PROCESS: None,
}
ACTIVITY_CHILDREN = {"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"}


def _check_children(element: Element, kind: NodeKind, notes: Notes) -> None:
    """Children that BPMN allows and we do not execute (input and output specifications, resources …) are refused."""
    if kind is NodeKind.SUB_PROCESS:
        return
    allowed = CHILDREN.get(kind) or set()
    for child in element:
        if not is_bpmn(child):
            notes.warn_foreign(child)
            continue
        tag = local(child)
        is_trigger = tag.endswith("EventDefinition") and kind in EVENTS
        if tag in NOTHING or tag in allowed or is_trigger or (tag in ACTIVITY_CHILDREN and kind in ACTIVITIES):
            continue
        notes.refuse(child, f"`{tag}` inside a `{local(element)}` is not supported yet")


MAPPED = {
    NodeKind.SERVICE_TASK: {"input", "output"},
    NodeKind.CALL_ACTIVITY: {"input", "output"},
    NodeKind.START: {"output"},
    NodeKind.CATCH: {"output"},
    NodeKind.BOUNDARY: {"output"},
}


def _check_extensions(element: Element, kind: NodeKind, notes: Notes) -> None:
    """Extension elements that would have no effect here are errors, those of others warnings."""
    known = set(MAPPED.get(kind, set()))
    if kind is NodeKind.SUB_PROCESS or any(is_bpmn(child) and local(child) in LOOP_TAGS for child in element):
        known.add("local")
    extension = element.find(qname(BPMN, "extensionElements"))
    for child in extension if extension is not None else ():
        if namespace(child) != STEGVIS:
            notes.warn_foreign(child)
        elif local(child) not in known:
            allowed = ", ".join(f"stegvis:{name}" for name in sorted(known)) or "none"
            message = f"`stegvis:{local(child)}` means nothing in a `{local(element)}`."
            notes.add("unknown-element", child, message, f"Those that do: {allowed}.")


def _event(element: Element, kind: NodeKind, declarations: Declarations, notes: Notes) -> Detail:
    definitions = [child for child in element if is_bpmn(child) and local(child).endswith("EventDefinition")]
    if len(definitions) > 1 or any(is_bpmn(child) and local(child) == "eventDefinitionRef" for child in element):
        notes.refuse(element, "an event with several triggers is not supported yet")
        return None
    if not definitions:
        if kind in (NodeKind.CATCH, NodeKind.BOUNDARY):
            notes.add("no-trigger", element, "The event has no trigger.", "Make it a timer or a message event.")
        return _start_form(element, kind)
    definition = definitions[0]
    tag = local(definition)
    match kind, tag:
        case ((NodeKind.CATCH | NodeKind.BOUNDARY), "timerEventDefinition"):
            return _timer(definition, notes)
        case ((NodeKind.START | NodeKind.CATCH | NodeKind.BOUNDARY), "messageEventDefinition"):
            return _message(element, definition, kind, declarations, notes)
        case ((NodeKind.END | NodeKind.BOUNDARY), "errorEventDefinition"):
            return _error(definition, declarations, notes)
        case NodeKind.END, "terminateEventDefinition":
            return Terminate()
        case _:
            notes.refuse(element, f"a `{local(element)}` with a `{tag}` is not supported yet")
            return None


def _start_form(element: Element, kind: NodeKind) -> Detail:
    form = element.get(qname(STEGVIS, "form"), "")
    if kind is NodeKind.START and form:
        return PersonTask(form=form, bind=element.get(qname(STEGVIS, "bind"), ""))
    return None


def _timer(definition: Element, notes: Notes) -> Detail:
    for kind in TimerKind:
        expression = definition.find(qname(BPMN, kind.value))
        if expression is not None:
            text = notes.feel_or_text(expression, text_of(expression), what="the timer")
            return Timer(kind, text)
    notes.add("no-time", definition, "The timer says no time.", "Give it a date, a duration or a cycle.")
    return None


def _message(element: Element, definition: Element, kind: NodeKind, declarations: Declarations, notes: Notes) -> Detail:
    message = declarations.messages.get(definition.get("messageRef", ""))
    if message is None:
        notes.add("no-message", definition, "The event refers to no declared message.", "Choose a message for it.")
        return None
    if kind is not NodeKind.START and not message.correlation:
        notes.add(
            "no-correlation",
            definition,
            f"The message `{message.name}` has no correlation, so nobody could tell which case it is meant for.",
            "Give the message a `stegvis:correlation`, such as `= {case: case.id}`.",
        )
    if element.get(qname(STEGVIS, "form")):
        remedy = "Put the form on a plain start event; what a message brings is mapped by `stegvis:output`."
        notes.add("form-on-message", element, "A start by message has no form.", remedy)
    return MessageEvent(message.name, message.title, message.correlation, _mappings(element, "output", notes))


def _error(definition: Element, declarations: Declarations, notes: Notes) -> Detail:
    reference = definition.get("errorRef", "")
    if not reference:
        return ErrorEvent("")
    error = declarations.errors.get(reference)
    if error is None:
        notes.add("no-error", definition, f"There is no error `{reference}`.", "Declare the error, or choose another.")
        return ErrorEvent("")
    return error


def _person_task(element: Element, notes: Notes) -> PersonTask:
    values = {field: element.get(qname(STEGVIS, attribute), "").strip() for attribute, field in PERSON_ATTRIBUTES.items()}
    for field in ("assignee", "due", "follow_up", "priority", "on_behalf_of"):
        notes.feel_or_text(element, values[field], what=f"`{field}`")
    written = element.get(qname(STEGVIS, "groups"), "")
    if written.strip().startswith("="):
        notes.add(
            "bad-groups", element, "`groups` is an expression; groups have names.", "Write the names, with spaces between."
        )
    priority = values["priority"]
    if priority and not priority.startswith("=") and not (priority.isdecimal() and int(priority) <= MOST_URGENT):
        notes.add("bad-priority", element, f"`{priority}` is no priority.", "Write a number from 0 to 100, or FEEL after `=`.")
    return PersonTask(**values, groups=tuple(written.replace(",", " ").split()))


def _script(element: Element, notes: Notes) -> Script:
    language = element.get("scriptFormat", "feel").lower()
    if language not in ("feel", "text/feel", "application/feel"):
        notes.add("script-language", element, f"The script is written in `{language}`.", "Write it in FEEL.")
        return Script("{}")
    script = element.find(qname(BPMN, "script"))
    text = text_of(script).removeprefix("=").strip()
    if script is None or not text:
        notes.add("no-script", element, "The script task has no script.", "Write a FEEL context such as `{round: 1}`.")
        return Script("{}")
    return Script(notes.parsed(script, text, what="the script"))


def _rule_task(element: Element, notes: Notes) -> RuleTask:
    return RuleTask(_required(element, "decision", "route", notes), _required(element, "result", "route", notes))


def _call(element: Element, notes: Notes) -> Call:
    process = element.get("calledElement", "")
    if not process:
        notes.add("no-called-element", element, "The call activity calls nothing.", "Set `calledElement`.")
    version = element.get(qname(STEGVIS, "version"), "deployed-with")
    if version not in ("deployed-with", "latest") and not version.isdecimal():
        notes.add("bad-version", element, f"`{version}` is no version.", "Use `deployed-with`, `latest` or a version number.")
    return Call(process, version, _mappings(element, "input", notes), _mappings(element, "output", notes))


def _mappings(element: Element, tag: str, notes: Notes) -> tuple[DataMapping, ...]:
    extension = element.find(qname(BPMN, "extensionElements"))
    found: list[DataMapping] = []
    for child in extension if extension is not None else ():
        if namespace(child) == STEGVIS and local(child) == tag:
            expression = notes.feel(child, child.get("expression", ""), what=f"the {tag} mapping", owner=child)
            target = child.get("target", "")
            if not target:
                notes.add("no-target", child, f"An {tag} mapping has no target.", "Say which name it writes.")
            found.append(DataMapping(target, expression, line(child)))
    return tuple(found)


def _required(element: Element, attribute: str, example: str, notes: Notes) -> str:
    value = element.get(qname(STEGVIS, attribute), "")
    if not value:
        remedy = f'Set `stegvis:{attribute}`, for example to "{example}".'
        notes.add("missing-attribute", element, f"The `{local(element)}` says no {attribute}.", remedy)
    return value


def read_loop(element: Element, notes: Notes) -> Loop | None:
    """The loop or multi-instance marker of an activity."""
    for child in element:
        if not is_bpmn(child) or local(child) not in LOOP_TAGS:
            continue
        if local(child) == "standardLoopCharacteristics":
            return _standard_loop(child, notes)
        return _multi_instance(child, notes)
    return None


def _standard_loop(element: Element, notes: Notes) -> Loop:
    notes.check_attributes(element, set())
    condition = element.find(qname(BPMN, "loopCondition"))
    most = element.get("loopMaximum", "")
    if condition is None and not most:
        notes.add("no-condition", element, "The loop says neither how long nor how often.", "Give it a loop condition.")
    if most and not (most.isdecimal() and int(most) > 0):
        notes.add("bad-loop", element, f"`{most}` is no number of rounds.", "Write a whole number from 1.")
    for child in element:
        if is_bpmn(child) and local(child) not in ("loopCondition", *NOTHING):
            notes.refuse(child, f"`{local(child)}` is not supported yet")
    text = "" if condition is None else notes.feel(condition, text_of(condition), what="the loop condition")
    return Loop(completion=text, is_standard=True, tests_before=notes.truth(element, "testBefore"), most=most)


def _multi_instance(element: Element, notes: Notes) -> Loop:
    notes.check_attributes(element, {"collection", "item", "collect", "collectExpression"})
    for child in element:
        if is_bpmn(child) and local(child) not in ("loopCardinality", "completionCondition", *NOTHING):
            notes.refuse(child, f"`{local(child)}` is not supported yet; use stegvis:collection and stegvis:item")

    def attribute(name: str, *, is_feel: bool) -> str:
        text = element.get(qname(STEGVIS, name), "")
        return notes.feel(element, text, what=f"`{name}`") if text and is_feel else text

    def child_feel(name: str) -> str:
        found = element.find(qname(BPMN, name))
        return "" if found is None else notes.feel(found, text_of(found), what=f"`{name}`")

    loop = Loop(
        collection=attribute("collection", is_feel=True),
        cardinality=child_feel("loopCardinality"),
        item=attribute("item", is_feel=False),
        collect=attribute("collect", is_feel=False),
        collect_expression=attribute("collectExpression", is_feel=True),
        completion=child_feel("completionCondition"),
        is_sequential=notes.truth(element, "isSequential"),
    )
    if bool(loop.collection) == bool(loop.cardinality):
        notes.add("no-collection", element, "The loop needs one of a collection and a cardinality.", "Say what it goes over.")
    if bool(loop.collect) != bool(loop.collect_expression):
        notes.add("half-collect", element, "`collect` and `collectExpression` belong together.", "Give both, or none.")
    return loop
