"""Data that a diagram draws: data objects are names in a scope of the case data, data stores are registers.

A data association with an assignment, or between things that have names, is a mapping; any other is a drawing, and so is a
data object whose name is no name of case data.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from .. import feel
from ..finding import Severity
from ..sentences import sentence
from ..xml import BPMN, STEGVIS, Element, line, local, qname, text_of
from .model import DataMapping
from .notes import Notes, is_bpmn
from .process_model import DataStore

IN_SCOPES = frozenset({"dataObject", "dataObjectReference", "dataStoreReference"})
"""What stands in a process or sub-process beside the flow elements."""
ASSOCIATIONS = {"dataInputAssociation": "input", "dataOutputAssociation": "output"}
OF_ELEMENTS = frozenset({"ioSpecification", "property", "dataInput", "dataOutput", "inputSet", "outputSet", *ASSOCIATIONS})
"""What may stand in an activity, an event or a process."""
HOLDERS = ("dataObject", "property", "dataInput", "dataOutput")
PLACEHOLDERS = frozenset({"__targetRef_placeholder", "__sourceRef_placeholder"})
"""What a modeler writes as the other end of an association that only a drawing has."""
NOT_EXECUTED = ("optionalInputRefs", "whileExecutingInputRefs", "optionalOutputRefs", "whileExecutingOutputRefs")


@dataclass(frozen=True, slots=True)
class DataNames:
    """The names that a process or sub-process declares by drawing; `lists` are those of them that hold several things."""

    names: tuple[str, ...] = ()
    lists: frozenset[str] = frozenset()


def read_names(container: Element, notes: Notes) -> DataNames:
    """The names that the data objects, properties, inputs and outputs of a process or sub-process declare."""
    found: dict[str, bool] = {}
    for element in _holders(container):
        name = _name(element)
        if name == "case" or name in feel.KEYWORDS:
            message = sentence("The data object is called `{name}`, which means something already.", name=name)
            notes.add("data-name", element, message, sentence("Use another name."))
        elif name:
            found[name] = found.get(name, False) or notes.truth(element, "isCollection")
        elif _label(element) and _label(element) not in PLACEHOLDERS:
            message = sentence("The data object “{name}” is a drawing: that is no name of case data.", name=_label(element))
            remedy = sentence("Call it by letters, digits and _, as in purchaseOrder, if it is to be one.")
            notes.add("data-drawn", element, message, remedy, Severity.WARNING)
    _check_references(container, notes)
    return DataNames(tuple(found), frozenset(name for name, is_list in found.items() if is_list))


def _holders(container: Element) -> Iterator[Element]:
    for child in container.iterchildren("*"):
        if is_bpmn(child) and local(child) in HOLDERS:
            yield child
        elif is_bpmn(child) and local(child) == "ioSpecification":
            yield from _holders(child)


def _check_references(container: Element, notes: Notes) -> None:
    root = container.getroottree().getroot()
    objects = {element.get("id") for element in root.iter(qname(BPMN, "dataObject"))}
    for reference in container.iterchildren(qname(BPMN, "dataObjectReference")):
        if _id(reference.get("dataObjectRef", "")) not in objects:
            message = sentence("It refers to no data object of the diagram.")
            notes.add("no-data-object", reference, message, sentence("Draw the data object anew."))


def read_stores(process: Element, notes: Notes) -> tuple[DataStore, ...]:
    """The data stores drawn anywhere in a process and the registers that they stand for."""
    found = []
    for element in process.iter(qname(BPMN, "dataStoreReference")):
        notes.check_attributes(element, {"register", "nameEn"})
        register = element.get(qname(STEGVIS, "register"), "").strip()
        label = " ".join(element.get("name", "").split())
        if register:
            found.append(DataStore(element.get("id", ""), label, register, line(element)))
        else:
            message = sentence("The data store is a drawing: it stands for no register.")
            remedy = sentence("Set `stegvis:register` if it is one.")
            notes.add("data-drawn", element, message, remedy, Severity.WARNING)
    return tuple(found)


def read_mappings(element: Element, tag: str, notes: Notes) -> list[DataMapping]:
    """The data associations of an activity or event that are mappings: `input` or `output`."""
    found: list[DataMapping] = []
    for association in element.iterchildren("*"):
        if is_bpmn(association) and ASSOCIATIONS.get(local(association)) == tag:
            found += _mapped(association, notes)
    return found


def _mapped(association: Element, notes: Notes) -> Iterator[DataMapping]:
    at = line(association)
    assignments = list(association.iterchildren(qname(BPMN, "assignment")))
    for assignment in assignments:
        given, to = assignment.find(qname(BPMN, "from")), assignment.find(qname(BPMN, "to"))
        target = text_of(to).removeprefix("=").strip()
        if not target:
            notes.add("no-target", assignment, sentence("An assignment has no target."), sentence("Say which name it writes."))
        yield DataMapping(target, notes.feel(assignment, text_of(given), what=sentence("the assignment")), at)
    if assignments:
        return
    transformation = association.find(qname(BPMN, "transformation"))
    source, target = (_name_of(association, end) for end in ("sourceRef", "targetRef"))
    if transformation is not None:
        if not target:
            message = sentence("The transformation gives its value to nothing that has a name.")
            notes.add("no-target", association, message, sentence("Give its target a name, or write an assignment."))
        yield DataMapping(target, notes.feel(transformation, text_of(transformation), what=sentence("the transformation")), at)
    elif source and target:
        yield DataMapping(target, source, at)


def check_child(child: Element, mapped: Collection[str], notes: Notes) -> None:
    """Note what a data element in an activity or event asks for and does not get. `mapped` are the directions that it maps."""
    direction = ASSOCIATIONS.get(local(child))
    says_more = direction and any(
        is_bpmn(part) and local(part) in ("assignment", "transformation") for part in child.iterchildren("*")
    )
    if direction and says_more and direction not in mapped:
        around = child.getparent()
        tag = local(around) if around is not None else ""
        message = sentence("A `{tag}` maps no values so: what the association says would not be done.", tag=tag)
        remedy = sentence("Write the value in a script task, or bind a form to where it lies.")
        notes.add("data-mapping", child, message, remedy)
    for part in child.iter(*(qname(BPMN, name) for name in NOT_EXECUTED)):
        notes.refuse(part, sentence("`{other}` is not supported", other=local(part)))


def _name_of(association: Element, end: str) -> str:
    """The name in the data of what an end refers to; empty where it has none."""
    reference = association.find(qname(BPMN, end))
    wanted = _id(text_of(reference))
    root = association.getroottree().getroot()
    element = next((one for one in root.iter("*") if one.get("id") == wanted), None) if wanted else None
    if element is not None and local(element) == "dataObjectReference":
        wanted = _id(element.get("dataObjectRef", ""))
        element = next((one for one in root.iter(qname(BPMN, "dataObject")) if one.get("id") == wanted), element)
    return _name(element) if element is not None and local(element) in HOLDERS else ""


def _name(element: Element) -> str:
    """The name in the case data that an element stands for; empty where what it is called is no such name."""
    label = _label(element)
    return label if label.isidentifier() and label not in PLACEHOLDERS else ""


def _label(element: Element) -> str:
    """What a data object is called: itself, or where it is drawn."""
    if element.get("name") or local(element) != "dataObject":
        return " ".join(element.get("name", "").split())
    root = element.getroottree().getroot()
    drawn = (
        reference.get("name", "")
        for reference in root.iter(qname(BPMN, "dataObjectReference"))
        if _id(reference.get("dataObjectRef", "")) == element.get("id")
    )
    return " ".join(next((name for name in drawn if name), "").split())


def _id(reference: str) -> str:
    return reference.rpartition(":")[2]
