"""A diagram that is not written as BPMN's schema has it is understood, and warned of."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.bpmn import read_bpmn
from engine.bpmn.notes import Notes
from engine.bpmn.xsd_like import ATTRIBUTES, CHILDREN, VALUES, check_written
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


def test_an_attribute_that_bpmn_does_not_have_is_warned_of() -> None:
    assert inside("manualTask", "", colour="red") == [("a", "BPMN has no attribute `colour` on a `manualTask`.")]
    assert inside("manualTask", "", isForCompensation="false", startQuantity="1") == []


@pytest.mark.parametrize(
    ("kind", "attribute", "right", "wrong"),
    [
        ("exclusiveGateway", "gatewayDirection", "Diverging", "diverging"),
        ("intermediateCatchEvent", "parallelMultiple", "false", "no"),
    ],
)
def test_a_value_that_bpmn_does_not_have_is_warned_of(kind: str, attribute: str, right: str, wrong: str) -> None:
    inner = message() if kind == "intermediateCatchEvent" else ""
    assert inside(kind, inner, **{attribute: right}) == []
    assert ("a", f"`{attribute}` is `{wrong}`, which BPMN does not have.") in inside(kind, inner, **{attribute: wrong})


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
