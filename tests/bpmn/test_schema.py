"""The tables of elements are the standard's schema, and what is not in them is refused wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import SpiffWorkflow

from engine.bpmn import read_bpmn
from engine.bpmn.schema_table import ATTRIBUTES, CHILDREN, EXPRESSIONS, REFERENCES, REQUIRED
from engine.xml import BPMN, Element, local, qname, read_xml
from tests.bpmn.diagrams import HEAD

XSD = "http://www.w3.org/2001/XMLSchema"
FOLDER = Path(SpiffWorkflow.__file__).parent / "bpmn" / "parser" / "schema"
TEXT = {*REFERENCES.split(), "text", "script"}
"""Elements that are plain text, or text and elements of any kind."""
TOLD = {
    ("boundaryEvent", "attachedToRef"),
    *((tag, end) for tag in ("messageFlow", "sequenceFlow") for end in ("sourceRef", "targetRef")),
}
"""Attributes whose lack is an error of another rule."""
TAGS = sorted(CHILDREN.keys() - TEXT)


def schema(name: str) -> Element:
    root, _ = read_xml((FOLDER / name).read_bytes(), name=name)
    assert root is not None
    return root


ROOTS = (schema("BPMN20.xsd"), schema("Semantic.xsd"))
TYPES = {one.get("name", ""): one for root in ROOTS for one in root.iterchildren(qname(XSD, "complexType"))}
GLOBAL = {one.get("name", ""): one for root in ROOTS for one in root.iterchildren(qname(XSD, "element"))}
INNER = [one for root in ROOTS for one in root.iter(qname(XSD, "element"))]
LOCAL = {name: one for one in INNER if (name := one.get("name", "")) and name not in GLOBAL}


def plain(name: str) -> str:
    return name.rpartition(":")[2]


def concrete(name: str) -> set[str]:
    """The elements that may stand where the schema says `name`."""
    others = (other for other, one in GLOBAL.items() if plain(one.get("substitutionGroup", "")) == name)
    own = set() if GLOBAL[name].get("abstract") == "true" or name in ABSTRACT else {name}
    return own.union(*(concrete(other) for other in others))


ABSTRACT = {"artifact", "conversationNode", "eventDefinition", "flowElement", "loopCharacteristics", "rootElement"}
"""Elements of which BPMN 2.0.2 says that they are abstract."""


def levels(name: str) -> Iterator[Element]:
    """A type and those that it extends, the outermost first."""
    extended = next(TYPES[name].iter(qname(XSD, "extension")), None)
    if extended is not None and plain(extended.get("base", "")) in TYPES:
        yield from levels(plain(extended.get("base", "")))
    yield TYPES[name] if extended is None else extended


def type_of(tag: str) -> str:
    return plain((GLOBAL.get(tag) if tag in GLOBAL else LOCAL[tag]).get("type", ""))  # type: ignore[union-attr]  # one has it


def attributes(tag: str) -> dict[str, str]:
    """The attributes of an element, and how each is used."""
    found = [one for level in levels(type_of(tag)) for one in level.iterchildren(qname(XSD, "attribute"))]
    return {one.get("name", ""): one.get("use", "") for one in found if one.get("name") != "id"}


def children(tag: str) -> list[tuple[set[str], bool, bool]]:
    """The lines of an element: what stands there, whether there may be several, and whether there has to be one."""
    return [
        (
            concrete(plain(one.get("ref", ""))) if one.get("ref") else {one.get("name", "")},
            one.get("maxOccurs") == "unbounded",
            one.get("minOccurs") != "0",
        )
        for level in levels(type_of(tag))
        for one in level.iter(qname(XSD, "element"))
        if not one.get("ref", "").startswith("bpmndi:")
    ]


@pytest.mark.parametrize("tag", TAGS)
def test_an_element_has_the_attributes_of_the_schema(tag: str) -> None:
    written = attributes(tag)
    if tag in EXPRESSIONS.split():
        written |= dict.fromkeys(("language", "evaluatesToTypeRef"), "")  # those of a formal expression, which it may be
    assert set(ATTRIBUTES[tag].split()) == set(written)
    required = {name for name, use in written.items() if use == "required" and (tag, name) not in TOLD}
    assert set(REQUIRED.get(tag, "").split()) == required


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != "timerEventDefinition"])
def test_an_element_has_the_children_of_the_schema_in_their_order(tag: str) -> None:
    assert [(set(line.names), line.is_many, line.is_required) for line in CHILDREN[tag]] == children(tag)


def test_every_element_of_the_schema_is_in_the_tables_or_refused_where_it_may_stand() -> None:
    """In each element that may hold it, with nothing in it."""
    others = {name for name in {*GLOBAL, *LOCAL} if name not in CHILDREN}
    places = {(tag, name) for tag in CHILDREN for line in CHILDREN[tag] for name in line.names if name in others}
    assert {name for _, name in places} > {"auditing", "conversation", "implicitThrowEvent", "potentialOwner"}
    silent = [(tag, name) for tag, name in sorted(places) if not is_told(tag, name)]
    assert silent == []


def is_told(tag: str, name: str) -> bool:
    """Whether something is said of the element `name` in a `tag` that is not said without it."""
    return bool(said(tag, f"<{name}/>") - said(tag, ""))


EVENT, ACTIVITY = "<endEvent id='e'>{}</endEvent>", "<task id='t'>{}</task>"
AROUND = {
    "participant": "<collaboration>{}</collaboration>",
    "messageFlow": "<collaboration>{}</collaboration>",
    "lane": "<laneSet>{}</laneSet>",
    "childLaneSet": "<laneSet><lane>{}</lane></laneSet>",
    "categoryValue": "<category>{}</category>",
    **dict.fromkeys((tag for tag in CHILDREN if tag.endswith("EventDefinition")), EVENT),
    **dict.fromkeys((tag for tag in CHILDREN if tag.endswith("LoopCharacteristics")), ACTIVITY),
}
"""What an element stands in; the others stand in the process or beside it."""
BESIDE = "process collaboration message error signal escalation category dataStore itemDefinition import extension".split()  # noqa: SIM905


def said(tag: str, inner: str, attribute: str = "") -> set[tuple[str, str]]:
    """What is said of an element that holds `inner`."""
    whole = AROUND.get(tag, "{}").format(f'<{tag} id="x" {attribute}>{inner}</{tag}>')
    if tag not in (*BESIDE, "participant", "messageFlow", "categoryValue"):
        whole = f'<process id="p">{whole}</process>'
    source = f"{HEAD}{inner if tag == 'definitions' else whole}</definitions>"
    return {(one.rule, one.message) for one in read_bpmn(source.encode(), file="f")[1]}


def test_the_schema_is_the_one_of_the_standard() -> None:
    assert {local(root) for root in ROOTS} == {"schema"}
    assert {root.get("targetNamespace") for root in ROOTS} == {BPMN}
