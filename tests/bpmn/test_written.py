"""A diagram that is not written as BPMN's schema has it is understood, and warned of."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.bpmn import read_bpmn
from engine.bpmn.notes import Notes
from engine.bpmn.schema_table import ATTRIBUTES, CHILDREN, VALUES
from engine.bpmn.xsd_like import check_written
from engine.xml import read_xml
from tests.bpmn.diagrams import HEAD, end, manual, message, read, start, sub, tag, task

PROCESSES = sorted((Path(__file__).parents[2] / "processes").glob("*/process.bpmn"))
FLOWS = "s > a > e"
INCOMING, OUTGOING = "<incoming>s-a</incoming>", "<outgoing>a-e</outgoing>"
NOTE = "<documentation>Why</documentation>"
EXTENSION = "<extensionElements/>"
LOOP = "<standardLoopCharacteristics><loopCondition>= true</loopCondition></standardLoopCharacteristics>"


def told(*parts: str, **attributes: str) -> list[tuple[str, str]]:
    _, findings = read(*parts, **attributes)
    assert not [finding for finding in findings if finding.rule == "bpmn-xsd" and finding.is_error]
    return [(finding.element, finding.message) for finding in findings if finding.rule == "bpmn-xsd"]


def inside(kind: str, inner: str, **attributes: str) -> list[tuple[str, str]]:
    return told(start(), tag(kind, "a", inner, **attributes), end(), FLOWS)


@pytest.mark.parametrize("file", PROCESSES, ids=lambda file: file.parent.name)
def test_nothing_is_warned_of_in_the_processes_here(file: Path) -> None:
    _, findings = read_bpmn(file.read_bytes(), file="process.bpmn")
    assert [finding for finding in findings if finding.rule == "bpmn-xsd"] == []


@pytest.mark.parametrize(
    ("kind", "inner"),
    [
        ("manualTask", NOTE + NOTE + EXTENSION + INCOMING + INCOMING + OUTGOING + LOOP),
        ("scriptTask", EXTENSION + INCOMING + OUTGOING + LOOP + "<script>{x: 1}</script>"),
        (
            "subProcess",
            INCOMING + OUTGOING + LOOP + start("as") + manual("am") + '<textAnnotation id="n"><text>N</text></textAnnotation>',
        ),
        ("adHocSubProcess", INCOMING + manual("am") + "<completionCondition>= true</completionCondition>"),
        ("intermediateCatchEvent", EXTENSION + INCOMING + OUTGOING + message()),
    ],
)
def test_what_is_written_in_order_is_not_warned_of(kind: str, inner: str) -> None:
    assert inside(kind, inner) == []


@pytest.mark.parametrize(
    ("kind", "inner", "before", "after"),
    [
        ("manualTask", OUTGOING + INCOMING, "incoming", "outgoing"),
        ("manualTask", EXTENSION + NOTE, "documentation", "extensionElements"),
        ("manualTask", LOOP + INCOMING, "incoming", "standardLoopCharacteristics"),
        ("scriptTask", "<script>{x: 1}</script>" + OUTGOING, "outgoing", "script"),
        ("subProcess", start("as") + LOOP, "standardLoopCharacteristics", "startEvent"),
        ("intermediateCatchEvent", message() + INCOMING, "incoming", "messageEventDefinition"),
    ],
)
def test_what_stands_in_another_order_is_warned_of_once(kind: str, inner: str, before: str, after: str) -> None:
    ((element, said),) = inside(kind, inner)
    assert (element in ("a", "as"), said) == (True, f"In a `{kind}`, `{before}` stands before `{after}`, not after it.")


def test_what_may_be_there_once_is_warned_of_when_it_is_there_twice() -> None:
    annotation = '<textAnnotation id="n"><text>One</text><text>Two</text></textAnnotation>'
    assert told(start(), task("a"), end(), FLOWS, annotation) == [("n", "A `textAnnotation` has one `text` at most.")]


def test_what_does_not_belong_is_warned_of() -> None:
    assert told(
        start(), task("a"), end(), FLOWS, '<association id="y" sourceRef="s" targetRef="a"><text>N</text></association>'
    ) == [("y", "A `text` does not belong in a `association`.")]


def refused(*parts: str) -> list[tuple[str, str, str]]:
    """The element, message and remedy of what BPMN does not have at all."""
    rules = ("unknown-attribute", "unknown-element")
    return [(one.element, one.message, one.remedy) for one in read(*parts)[1] if one.rule in rules and one.is_error]


@pytest.mark.parametrize(
    ("part", "element", "attribute", "meant"),
    [
        (manual("a", colour="red"), "manualTask", "colour", ""),
        (manual("a", isForCompensatoin="true"), "manualTask", "isForCompensatoin", "isForCompensation"),
        (tag("boundaryEvent", "a", message(), attachedToRef="b", cancelActivty="false"), "boundaryEvent", "cancelActivty",
         "cancelActivity"),
        (tag("startEvent", "a", message(), cancelActivity="false"), "startEvent", "cancelActivity", ""),
        (tag("parallelGateway", "a", defualt="x"), "parallelGateway", "defualt", ""),
        (tag("intermediateCatchEvent", "a", '<signalEventDefinition signalReff="si"/>'), "signalEventDefinition", "signalReff",
         "signalRef"),
        (manual("a", LOOP.replace("Characteristics>", 'Characteristics testbefore="true">', 1)), "standardLoopCharacteristics",
         "testbefore", "testBefore"),
    ],
)  # fmt: skip
def test_an_attribute_that_bpmn_does_not_have_is_refused(part: str, element: str, attribute: str, meant: str) -> None:
    """Nobody can tell what it was to change: a misspelt one would be left out, and the case go another way."""
    ((owner, said, remedy),) = refused(start(), manual("b"), part)
    assert (owner, said) == ("a", f"BPMN has no attribute `{attribute}` on a `{element}`.")
    assert ("Did you mean" in remedy) is (meant != "")
    assert f"`{meant}`" in remedy or not meant


def test_attributes_that_bpmn_has_are_not_refused() -> None:
    assert refused(start(), manual("a", isForCompensation="false", startQuantity="1")) == []


def test_an_attribute_that_bpmn_does_not_have_is_warned_of_where_nothing_runs() -> None:
    annotation = '<textAnnotation id="n" colour="red"><text>One</text></textAnnotation>'
    parts = (start(), task("a"), end(), FLOWS, annotation)
    assert told(*parts) == [("n", "BPMN has no attribute `colour` on a `textAnnotation`.")]
    assert refused(*parts) == []


def test_a_child_that_bpmn_does_not_have_is_refused() -> None:
    flow = '<sequenceFlow id="f" sourceRef="s" targetRef="e"><conditionExpresion>= false</conditionExpresion></sequenceFlow>'
    ((owner, said, _),) = refused(start(), end(), flow)
    assert (owner, said) == ("f", "A `conditionExpresion` does not belong in a `sequenceFlow`.")


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        ('<association id="y" targetRef="s"/>', "A `association` has a `sourceRef`, and this has none."),
        (
            manual("y", "<ioSpecification><inputSet/></ioSpecification>"),
            "A `ioSpecification` has a `outputSet`, and this has none.",
        ),
        (
            manual("y", "<dataOutputAssociation><assignment><to>x</to></assignment></dataOutputAssociation>"),
            "A `dataOutputAssociation` has a `targetRef`, and this has none.",
        ),
        (
            manual("y", "<dataOutputAssociation><assignment><to>x</to></assignment></dataOutputAssociation>"),
            "A `assignment` has a `from`, and this has none.",
        ),
    ],
)
def test_what_has_to_be_there_and_is_not_is_warned_of(part: str, missing: str) -> None:
    assert ("y", missing) in told(start(), part)


@pytest.mark.parametrize(("id_", "is_right"), [("a-1.b", True), ("åtgärd", True), ("_1", True), ("1a", False), ("a b", False)])
def test_an_id_that_xml_does_not_allow_is_warned_of(id_: str, is_right: bool) -> None:
    expected = [] if is_right else [(id_, f"The id `{id_}` is not written as XML has it.")]
    assert told(start(), task(id_)) == expected


def test_an_id_that_two_elements_have_is_told_once() -> None:
    lanes = '<laneSet><lane id="a" name="L"/></laneSet>'
    assert told(lanes, start(), task("a")) == [("a", "Two elements have the id `a`.")]
    assert told(start(), task("a"), task("a")) == []


def test_text_that_is_in_no_element_is_warned_of() -> None:
    ((element, said),) = told(start(), task("a", "Call the client"), end(), FLOWS)
    assert (element, said) == ("a", "The text “Call the client” stands loose in a `task`.")


@pytest.mark.parametrize(
    ("kind", "attribute", "right", "wrong"),
    [
        ("exclusiveGateway", "gatewayDirection", "Diverging", "diverging"),
        ("exclusiveGateway", "gatewayDirection", "Mixed", ""),
    ],
)
def test_a_value_that_bpmn_does_not_have_is_warned_of(kind: str, attribute: str, right: str, wrong: str) -> None:
    assert inside(kind, "", **{attribute: right}) == []
    assert ("a", f"`{attribute}` is `{wrong}`, which BPMN does not have.") in inside(kind, "", **{attribute: wrong})


def test_what_is_refused_is_not_warned_of_too() -> None:
    _, findings = read(start(), sub("a", start("as")), end(), FLOWS, '<callChoreography id="x" colour="red"/>')
    assert [finding.rule for finding in findings if finding.element == "x"] == ["not-supported"]


def test_each_element_of_the_tables_has_both_its_children_and_its_attributes() -> None:
    assert set(CHILDREN) == set(ATTRIBUTES)
    known = {name for names in ATTRIBUTES.values() for name in names.split()}
    assert set(VALUES) <= known


def test_only_bpmn_is_looked_at() -> None:
    root, _ = read_xml(f'{HEAD}<x:task xmlns:x="urn:other" colour="red"><x:script/></x:task></definitions>'.encode(), name="f")
    assert root is not None
    assert check_written(root, Notes("f")) == []
