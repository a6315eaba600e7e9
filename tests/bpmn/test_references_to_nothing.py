"""References to what is not there, or is in another file, are refused or told of; those with a prefix hold."""

from __future__ import annotations

import pytest

from engine.bpmn import read_bpmn
from engine.bpmn.compiler import compile_diagram
from engine.bpmn.reader import read_definitions
from engine.xml import parse_trusted, read_xml
from tests.bpmn.diagrams import (
    DECLARED,
    boundary,
    diagram,
    end,
    message,
    start,
    tag,
    task,
)

from .told import GOOD, errors, lanes, split, warnings


def test_data_from_or_to_what_is_not_there_is_refused() -> None:
    known = '<dataObject id="o" name="x"/><dataObjectReference id="r" dataObjectRef="o"/>'
    for ends, expected in {
        ("r", "in"): [],
        ("gone", "in"): [("no-element", "a")],
        ("r", "gone"): [("no-element", "a")],
        ("s", "in"): [("no-element", "a")],
    }.items():
        drawn = f"<dataInputAssociation><sourceRef>{ends[0]}</sourceRef><targetRef>{ends[1]}</targetRef></dataInputAssociation>"
        held = f'<ioSpecification><dataInput id="in"/><inputSet/><outputSet/></ioSpecification>{drawn}'
        assert errors(known, start(), task("a", held), end(), "s > a > e") == expected


def test_a_message_flow_of_a_message_that_is_not_there_is_refused() -> None:
    pools = '<participant id="x" name="X" processRef="p"/><participant id="y" name="Y"/>'
    flow = '<messageFlow id="mf" sourceRef="k" targetRef="y" messageRef="{}"/>'
    sending = (start(), tag("sendTask", "k", messageRef="m"), end(), "s > k > e")
    for reference, expected in {"m": [], "gone": [("no-element", "mf")]}.items():
        declared = f'{DECLARED}<collaboration id="c">{pools}{flow.format(reference)}</collaboration>'
        assert errors(*sending, declared=declared) == expected


@pytest.mark.parametrize(
    ("drawn", "declared", "element"),
    [
        ('<association id="y" sourceRef="a" targetRef="gone"/>', "", "y"),
        ('<association id="y" sourceRef="gone" targetRef="a"/>', "", "y"),
        ('<group id="y" categoryValueRef="gone"/>', "", "y"),
        ('<group id="y" categoryValueRef="a"/>', "", "y"),
        ('<dataObject id="y" name="x" itemSubjectRef="gone"/>', "", "y"),
        ("", '<message id="y" name="n" itemRef="gone"/>', "y"),
        ("", '<error id="y" errorCode="n" structureRef="gone"/>', "y"),
    ],
)
def test_a_drawing_of_what_is_not_there_is_told(drawn: str, declared: str, element: str) -> None:
    assert warnings(*GOOD, drawn, declared=DECLARED + declared) == [("dangling-reference", element)]


def test_what_a_drawing_refers_to_may_be_written_with_a_prefix() -> None:
    category = '<category id="c"><categoryValue id="v" value="x"/></category>'
    drawn = '<group id="y" categoryValueRef="own:v"/><association id="z" sourceRef="own:a" targetRef="y"/>'
    assert warnings(*GOOD, drawn, declared=DECLARED + category) == []


def prefixed(*parts: str, declared: str = DECLARED) -> bytes:
    return diagram(*parts, declared=declared).replace(b"<definitions ", b'<definitions xmlns:own="urn:test" xmlns:o="urn:o" ')


WITH_PREFIXES = (
    lanes(("l", "Coach", "own:u")),
    start(),
    '<userTask id="u" stegvis:form="f"><incoming>own:s-u</incoming></userTask>',
    boundary("b", "own:u", message("own:m")),
    end(),
    end("f"),
    "s > u > e",
    "b > f",
)


def test_references_with_the_prefix_of_the_file_find_what_they_name() -> None:
    model, findings = read_bpmn(prefixed(*WITH_PREFIXES), file="process.bpmn")
    assert (split(findings), model is None) == (([], []), False)
    assert model is not None
    assert (model.nodes["u"].lane_group, model.boundaries) == ("coach", {"u": ("b",)})
    assert model.message_names == {"ping"}


def test_what_is_compiled_has_references_without_prefixes() -> None:
    root, _ = read_xml(prefixed(*WITH_PREFIXES), name="process.bpmn")
    assert root is not None
    model, findings = read_definitions(parse_trusted(compile_diagram(root)), file="process.bpmn")
    assert (findings, model is None) == ([], False)
    assert model is not None
    assert model.nodes["u"].lane_group == "coach"
    assert model.message_names == {"ping"}


def test_a_reference_into_a_file_that_is_imported_is_refused() -> None:
    imported = '<import namespace="urn:o" location="o.bpmn" importType="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'
    parts = (start(), tag("receiveTask", "r", messageRef="o:m"), end(), "s > r > e")
    for declared, expected in {imported: [("no-message", "r")], "": []}.items():
        source = prefixed(*parts, declared=declared + DECLARED)
        assert split(read_bpmn(source, file="process.bpmn")[1])[0] == expected
