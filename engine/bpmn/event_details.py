"""What events say: their triggers, and the messages, errors, signals and escalations that they refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from ..sentences import sentence
from ..xml import BPMN, STEGVIS, Element, line, local, namespace, qname, text_of
from . import compensation_details
from .data_objects import read_mappings
from .model import (
    Conditional,
    DataMapping,
    Detail,
    ErrorEvent,
    EscalationEvent,
    Link,
    MessageEvent,
    MessageThrow,
    NodeKind,
    PersonTask,
    SignalEvent,
    Terminate,
    Timer,
    TimerKind,
)
from .notes import UNREAD, Notes, is_bpmn
from .several import THROWING, several
from .shared_definitions import check_reference


@dataclass(frozen=True, slots=True)
class Declarations:
    """Messages, errors, signals and escalations declared beside the process, by id."""

    messages: dict[str, MessageEvent]
    errors: dict[str, ErrorEvent]
    signals: dict[str, SignalEvent]
    escalations: dict[str, EscalationEvent]


def read_declarations(root: Element, notes: Notes) -> Declarations:
    messages: dict[str, MessageEvent] = {}
    errors: dict[str, ErrorEvent] = {}
    for element in root.iterchildren(qname(BPMN, "message")):
        notes.check_attributes(element, {"correlation", "title"})
        correlation = element.get(qname(STEGVIS, "correlation"), "")
        if correlation:
            correlation = notes.feel(element, correlation, what=sentence("the correlation"))
        name = element.get("name", "")
        if not name:
            notes.add("no-name", element, sentence("A message has no name."), sentence("Name it: senders use the name."))
        title = element.get(qname(STEGVIS, "title"), name)
        messages[element.get("id", "")] = MessageEvent(name, title, correlation)
    for element in root.iterchildren(qname(BPMN, "error")):
        errors[element.get("id", "")] = ErrorEvent(element.get("errorCode", ""), element.get("name", ""))
    signals = {element.get("id", ""): SignalEvent(element.get("name", "")) for element in _all(root, "signal", notes)}
    escalations = {
        element.get("id", ""): EscalationEvent(element.get("escalationCode", ""), element.get("name", ""))
        for element in root.iterchildren(qname(BPMN, "escalation"))
    }
    return Declarations(messages, errors, signals, escalations)


def _all(root: Element, tag: str, notes: Notes) -> Iterator[Element]:
    """The declarations of one kind; one without a name is noted."""
    for element in root.iterchildren(qname(BPMN, tag)):
        if not element.get("name"):
            notes.add(
                "no-name", element, sentence("A {tag} has no name.", tag=tag), sentence("Name it: it is found by its name.")
            )
        yield element


def read_event(element: Element, kind: NodeKind, declarations: Declarations, notes: Notes) -> Detail:
    """The trigger of an event, or its triggers; what cannot run is noted."""
    definitions = [child for child in element if is_bpmn(child) and local(child).endswith("EventDefinition")]
    if check_reference(element, notes):
        return None
    is_listener = _begins_event_sub_process(element, kind)
    if is_listener and element.get(qname(STEGVIS, "form")):
        remedy = sentence("Draw a user task after it; what a message brings is mapped by `stegvis:output`.")
        notes.add("form-on-message", element, sentence("The start of an event sub-process has no form."), remedy)
    if not definitions:
        if kind in (NodeKind.CATCH, NodeKind.BOUNDARY) or is_listener:
            remedy = sentence("Make it a timer or a message event.")
            notes.add("no-trigger", element, sentence("The event has no trigger."), remedy)
        return _start_form(element, kind)
    read = [_read_trigger(element, definition, kind, declarations, notes, is_listener) for definition in definitions]
    if len(read) == 1:
        return read[0]
    return several(element, kind, read, notes, begins_process=kind is NodeKind.START and not is_listener)


def _read_trigger(
    element: Element, definition: Element, kind: NodeKind, declarations: Declarations, notes: Notes, is_listener: bool
) -> Detail:
    trigger = local(definition)
    is_message = trigger == "messageEventDefinition"
    check_extensions(definition, {"input" if kind in THROWING else "output"} if is_message else set(), notes)
    read = _TRIGGERS.get((NodeKind.BOUNDARY if is_listener and trigger != UNDOING else kind, trigger))
    begins_more = trigger == UNDOING and kind is NodeKind.START and not is_listener
    if read is None or begins_more or (is_listener and trigger == CANCELLING):
        message = sentence("a `{tag}` with a `{tag2}` is not supported yet", tag=local(element), tag2=trigger)
        notes.refuse(element, message)
        return None
    return read(element, definition, declarations, notes)


def check_extensions(element: Element, known: set[str], notes: Notes) -> None:
    """Extension elements that would have no effect here are errors, those of others warnings."""
    extension = element.find(qname(BPMN, "extensionElements"))
    for child in extension if extension is not None else ():
        if namespace(child) != STEGVIS:
            notes.warn_foreign(child)
        elif local(child) not in known:
            allowed = ", ".join(f"stegvis:{name}" for name in sorted(known)) or "–"
            message = sentence("`stegvis:{tag}` means nothing in a `{tag2}`.", tag=local(child), tag2=local(element))
            notes.add("unknown-element", child, message, sentence("Those that do: {allowed}.", allowed=allowed))


UNDOING: Final = "compensateEventDefinition"
"""On a border it leads to what undoes; it begins an event sub-process and nothing else."""
CANCELLING: Final = "cancelEventDefinition"
"""It stands on a border and begins no event sub-process."""


def _begins_event_sub_process(element: Element, kind: NodeKind) -> bool:
    """Whether it is the start event of an event sub-process, which knows the triggers of a boundary event."""
    around = element.getparent()
    return kind is NodeKind.START and around is not None and around.get("triggeredByEvent", "").strip() in ("true", "1")


def _start_form(element: Element, kind: NodeKind) -> Detail:
    form = element.get(qname(STEGVIS, "form"), "")
    if kind is NodeKind.START and form:
        return PersonTask(form=form, bind=element.get(qname(STEGVIS, "bind"), ""))
    return None


def _timer(element: Element, definition: Element, declarations: Declarations, notes: Notes) -> Detail:
    for kind in TimerKind:
        expression = definition.find(qname(BPMN, kind.value))
        if expression is not None:
            text = notes.feel_or_text(expression, text_of(expression), what=sentence("the timer"))
            return Timer(kind, text)
    notes.add("no-time", definition, sentence("The timer says no time."), sentence("Give it a date, a duration or a cycle."))
    return None


def _started(element: Element, definition: Element, declarations: Declarations, notes: Notes) -> Detail:
    return read_message(element, definition, NodeKind.START, declarations, notes)


def _caught(element: Element, definition: Element, declarations: Declarations, notes: Notes) -> Detail:
    return read_message(element, definition, NodeKind.CATCH, declarations, notes)


def read_message_throw(element: Element, definition: Element, declarations: Declarations, notes: Notes) -> Detail:
    message = declarations.messages.get(definition.get("messageRef", ""))
    if message is None:
        notes.add("no-message", definition, sentence("It refers to no declared message."), sentence("Choose a message for it."))
        return None
    written = element.get(qname(STEGVIS, "correlation"), "")
    correlation = notes.feel(element, written, what=sentence("the correlation")) if written else message.correlation
    participant = element.get(qname(STEGVIS, "participant"), "").strip()
    if participant and not correlation:
        correlation = "{}"
    if not correlation:
        notes.add(
            "no-correlation",
            element,
            sentence("Nothing says which case the message `{name}` is meant for.", name=message.name),
            sentence("Give the event or the message a `stegvis:correlation`, such as `= {{order: orderId}}`."),
        )
    return MessageThrow(message.name, correlation, _mapped(element, definition, "input", notes), participant)


def _signal(element: Element, definition: Element, declarations: Declarations, notes: Notes) -> Detail:
    signal = declarations.signals.get(definition.get("signalRef", ""))
    if signal is None:
        notes.add(
            "no-signal", definition, sentence("The event refers to no declared signal."), sentence("Choose a signal for it.")
        )
    return signal


def _escalation(element: Element, definition: Element, declarations: Declarations, notes: Notes) -> Detail:
    reference = definition.get("escalationRef", "")
    if not reference:
        return EscalationEvent("")
    escalation = declarations.escalations.get(reference)
    if escalation is None:
        message = sentence("There is no escalation `{reference}`.", reference=reference)
        notes.add("no-escalation", definition, message, sentence("Declare the escalation, or choose another."))
        return EscalationEvent("")
    return escalation


def _conditional(element: Element, definition: Element, declarations: Declarations, notes: Notes) -> Detail:
    condition = definition.find(qname(BPMN, "condition"))
    if condition is None or not text_of(condition):
        notes.add(
            "no-condition",
            definition,
            sentence("The event has no condition."),
            sentence("Write one such as `= amount > 1000`."),
        )
        return Conditional(UNREAD)
    return Conditional(notes.feel(condition, text_of(condition), what=sentence("the condition")))


def _link(element: Element, definition: Element, declarations: Declarations, notes: Notes) -> Detail:
    name = definition.get("name", "") or element.get("name", "")
    if not name:
        notes.add("no-name", element, sentence("The link has no name."), sentence("Give both of its ends the same name."))
    return Link(name)


def _terminate(element: Element, definition: Element, declarations: Declarations, notes: Notes) -> Detail:
    return Terminate()


def read_message(element: Element, definition: Element, kind: NodeKind, declarations: Declarations, notes: Notes) -> Detail:
    message = declarations.messages.get(definition.get("messageRef", ""))
    if message is None:
        notes.add(
            "no-message", definition, sentence("The event refers to no declared message."), sentence("Choose a message for it.")
        )
        return None
    if kind is not NodeKind.START and not message.correlation:
        notes.add(
            "no-correlation",
            definition,
            sentence(
                "The message `{name}` has no correlation, so nobody could tell which case it is meant for.", name=message.name
            ),
            sentence("Give the message a `stegvis:correlation`, such as `= {{case: case.id}}`."),
        )
    if kind is NodeKind.START and element.get(qname(STEGVIS, "form")):
        remedy = sentence("Put the form on a plain start event; what a message brings is mapped by `stegvis:output`.")
        notes.add("form-on-message", element, sentence("A start by message has no form."), remedy)
    return MessageEvent(message.name, message.title, message.correlation, _mapped(element, definition, "output", notes))


def _error(element: Element, definition: Element, declarations: Declarations, notes: Notes) -> Detail:
    reference = definition.get("errorRef", "")
    if not reference:
        return ErrorEvent("")
    error = declarations.errors.get(reference)
    if error is None:
        notes.add(
            "no-error",
            definition,
            sentence("There is no error `{reference}`.", reference=reference),
            sentence("Declare the error, or choose another."),
        )
        return ErrorEvent("")
    return error


def _mapped(element: Element, definition: Element, tag: str, notes: Notes) -> tuple[DataMapping, ...]:
    """The mappings of a message event: those of the event, and those of this one of its triggers."""
    own = mappings(definition, tag, notes) if definition is not element else ()
    return (*mappings(element, tag, notes), *own)


def mappings(element: Element, tag: str, notes: Notes) -> tuple[DataMapping, ...]:
    """The element's `stegvis:input` or `stegvis:output` mappings, and those that are drawn as data associations."""
    extension = element.find(qname(BPMN, "extensionElements"))
    found: list[DataMapping] = []
    for child in extension if extension is not None else ():
        if namespace(child) == STEGVIS and local(child) == tag:
            target = child.get("target", "")
            is_input = tag == "input"
            what = (
                sentence("the input `{target}`", target=target)
                if is_input
                else sentence("the output `{target}`", target=target)
            )
            expression = notes.feel(child, child.get("expression", ""), what=what, owner=child)
            if not target:
                notes.add(
                    "no-target",
                    child,
                    sentence("An {tag} mapping has no target.", tag=tag),
                    sentence("Say which name it writes."),
                )
            found.append(DataMapping(target, expression, line(child)))
    return (*found, *read_mappings(element, tag, notes))


_Trigger: TypeAlias = Callable[[Element, Element, Declarations, Notes], Detail]
_TRIGGERS: Mapping[tuple[NodeKind, str], _Trigger] = {
    (NodeKind.START, "messageEventDefinition"): _started,
    (NodeKind.START, "timerEventDefinition"): _timer,
    (NodeKind.START, "signalEventDefinition"): _signal,
    (NodeKind.START, "conditionalEventDefinition"): _conditional,
    **{
        (kind, f"{trigger}EventDefinition"): read
        for kind in (NodeKind.CATCH, NodeKind.BOUNDARY)
        for trigger, read in {
            "timer": _timer,
            "message": _caught,
            "signal": _signal,
            "conditional": _conditional,
        }.items()
    },
    **{
        (kind, f"{trigger}EventDefinition"): read
        for kind in (NodeKind.THROW, NodeKind.END)
        for trigger, read in {"message": read_message_throw, "signal": _signal, "escalation": _escalation}.items()
    },
    (NodeKind.THROW, UNDOING): compensation_details.read_throw,
    (NodeKind.END, UNDOING): compensation_details.read_throw,
    (NodeKind.BOUNDARY, UNDOING): compensation_details.read_border,
    (NodeKind.START, UNDOING): compensation_details.read_start,
    (NodeKind.END, CANCELLING): compensation_details.read_cancel,
    (NodeKind.BOUNDARY, CANCELLING): compensation_details.read_cancel,
    (NodeKind.CATCH, "linkEventDefinition"): _link,
    (NodeKind.THROW, "linkEventDefinition"): _link,
    (NodeKind.BOUNDARY, "escalationEventDefinition"): _escalation,
    (NodeKind.BOUNDARY, "errorEventDefinition"): _error,
    (NodeKind.END, "errorEventDefinition"): _error,
    (NodeKind.END, "terminateEventDefinition"): _terminate,
}
