"""Reading what a diagram says about compensation and transactions. Associations are drawing but for those to handlers."""

from __future__ import annotations

from collections.abc import Mapping

from ..sentences import sentence
from ..xml import BPMN, Element, local, qname
from .model import Cancel, Compensation, Detail
from .notes import Notes

COMPENSATED = "##compensate"


def handling(root: Element) -> Mapping[str, list[Element]]:
    """The associations that lead to or from each boundary event for compensation, by the event's id.

    An association with an annotation says nothing, and is not among them.
    """
    events = (definition.getparent() for definition in root.iter(qname(BPMN, "compensateEventDefinition")))
    found: dict[str, list[Element]] = {
        event.get("id", ""): [] for event in events if event is not None and local(event) == "boundaryEvent"
    }
    if found:
        notes = {note.get("id", "") for note in root.iter(qname(BPMN, "textAnnotation"))}
        for association in root.iter(qname(BPMN, "association")):
            ends = _ends(association)
            if not notes.intersection(ends):
                for event_id in found.keys() & {*ends}:
                    found[event_id].append(association)
    return found


def _ends(association: Element) -> tuple[str, str]:
    return _id(association, "sourceRef"), _id(association, "targetRef")


def _id(element: Element, attribute: str) -> str:
    """The id that an attribute refers to; it may be written with the prefix of a namespace."""
    return element.get(attribute, "").rpartition(":")[2]


def read_border(element: Element, definition: Element, declarations: object, notes: Notes) -> Detail:
    """A compensation event on an activity's border, with the handler that its one association leads to."""
    id_ = element.get("id", "")
    associations = handling(element.getroottree().getroot()).get(id_, [])
    handler = ""
    if len(associations) == 1:
        source, target = _ends(associations[0])
        if source == id_:
            handler = target
        else:
            remedy = sentence("Draw it from the event to the activity that undoes.")
            notes.add("bad-compensation", element, sentence("The association leads to the event, not from it."), remedy)
    else:
        message = sentence("The event has {count} associations; one says which activity undoes.", count=len(associations))
        remedy = sentence("Draw one association, from the event to an activity for compensation.")
        notes.add("bad-compensation", element, message, remedy)
    _check_meant(element, definition, element.get("attachedToRef", ""), notes)
    return Compensation(handler=handler)


def _check_meant(element: Element, definition: Element, undone: str, notes: Notes) -> None:
    activity = _id(definition, "activityRef")
    if activity and activity != undone:
        message = sentence("The event stands on one activity and names another, `{activity}`.", activity=activity)
        notes.add("bad-compensation", element, message, sentence("Remove activityRef: the activity it stands on is meant."))


def read_start(element: Element, definition: Element, declarations: object, notes: Notes) -> Detail:
    """The start event of an event sub-process that undoes what is around it."""
    around = next(element.iterancestors(), None)
    holder = next(around.iterancestors(), None) if around is not None else None
    _check_meant(element, definition, holder.get("id", "") if holder is not None else "", notes)
    return Compensation()


def read_throw(element: Element, definition: Element, declarations: object, notes: Notes) -> Detail:
    """An event that has one activity undone, or all of its scope."""
    return Compensation(
        activity=_id(definition, "activityRef"), waits=notes.truth(definition, "waitForCompletion", default=True)
    )


def read_cancel(element: Element, definition: Element, declarations: object, notes: Notes) -> Detail:
    """An end that cancels a transaction, or the event on its border."""
    return Cancel()


def read_transaction(element: Element, declarations: object, notes: Notes) -> None:
    """A transaction is undone by compensation; other methods are refused."""
    method = element.get("method", "") or COMPENSATED
    if method.lower() not in (COMPENSATED, "compensate"):
        notes.refuse(
            element, sentence("a transaction that is cancelled by the method `{method}` is not supported", method=method)
        )
