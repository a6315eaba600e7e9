"""Whatever a diagram says is done, refused, or told to be a drawing: one test for each thing that was none of these."""

from __future__ import annotations

import pytest

from engine.bpmn import read_bpmn
from tests.bpmn.diagrams import (
    DECLARED,
    boundary,
    catch,
    diagram,
    end,
    escalation,
    extension,
    link,
    message,
    read,
    script,
    start,
    sub,
    tag,
    task,
    throw,
    timer,
    user,
    xor,
)

from .told import GOOD, Told, errors, split, warnings

XPATH = "http://www.w3.org/1999/XPath"
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
CHOICE = (start(), xor("g", default="g-e"), task("a"), end(), "s > g > [a > 1] a > e", "g > e")


def of_file(attributes: str, *parts: str) -> tuple[Told, Told]:
    source = diagram(*parts).replace(b'id="defs"', f'id="defs" {attributes}'.encode())
    return split(read_bpmn(source, file="process.bpmn")[1])


# the file


@pytest.mark.parametrize(
    ("language", "parts", "expected"),
    [
        (XPATH, CHOICE, [("expression-language", "defs")]),
        (XPATH, GOOD, []),
        (XPATH, (start(), catch("c", timer("timeDuration", "P1D")), end(), "s > c > e"), []),
        (XPATH, (start(), catch("c", timer("timeDuration", "= d")), end(), "s > c > e"), [("expression-language", "defs")]),
        (FEEL, CHOICE, []),
    ],
)
def test_expressions_in_another_language_are_refused_where_there_are_any(
    language: str, parts: tuple[str, ...], expected: Told
) -> None:
    assert of_file(f'expressionLanguage="{language}"', *parts) == (expected, [])


def test_an_expression_that_says_its_own_language_is_not_in_that_of_the_file() -> None:
    flow = f'<conditionExpression language="{FEEL}">= true</conditionExpression>'
    parts = (start(), end(), f'<sequenceFlow id="f" sourceRef="s" targetRef="e">{flow}</sequenceFlow>')
    assert of_file(f'expressionLanguage="{XPATH}"', *parts) == ([], [])


def test_who_wrote_the_file_and_in_which_language_its_types_are_says_nothing() -> None:
    said = 'name="n" exporter="x" exporterVersion="1" typeLanguage="http://www.w3.org/2001/XMLSchema"'
    assert of_file(said, *GOOD) == ([], [])


@pytest.mark.parametrize(
    ("extension_", "expected"),
    [
        ('<extension definition="other:x" mustUnderstand="true"/>', [("not-supported", "defs")]),
        ('<extension definition="other:x" mustUnderstand="perhaps"/>', [("bad-truth", "defs")]),
        ('<extension definition="other:x" mustUnderstand="false"/>', []),
        ('<extension definition="other:x"/>', []),
        ('<extension definition="stegvis:x" mustUnderstand="true"/>', []),
    ],
)
def test_an_extension_that_must_be_understood_is_refused_unless_it_is_ours(extension_: str, expected: Told) -> None:
    assert errors(*GOOD, declared=extension_ + DECLARED) == expected


def test_a_file_that_is_imported_is_told_not_to_be_read() -> None:
    written = '<import namespace="urn:other" location="other.bpmn" importType="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'
    assert warnings(*GOOD, declared=written + DECLARED) == [("not-heeded", "defs")]


def test_a_type_that_is_declared_is_told_to_check_nothing() -> None:
    item = '<itemDefinition id="i" structureRef="xsd:int"/>'
    holding = '<dataObject id="o" name="x" itemSubjectRef="i"/>'
    assert warnings(*GOOD, holding, declared=item + DECLARED) == [("not-heeded", "i")]
    assert warnings(*GOOD, holding, declared='<itemDefinition id="i"/>' + DECLARED) == []


def test_a_list_by_its_type_alone_is_told_to_be_none() -> None:
    item = '<itemDefinition id="i" isCollection="true"/>' + DECLARED
    assert warnings(*GOOD, '<dataObject id="o" name="x" itemSubjectRef="i"/>', declared=item) == [("not-heeded", "o")]
    assert warnings(*GOOD, '<dataObject id="o" name="x" itemSubjectRef="i" isCollection="true"/>', declared=item) == []


# processes and flows


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [
        ('processType="Public"', [("not-executable", "p")]),
        ('processType="Private"', []),
        ('processType="None"', []),
        ('isClosed="true"', []),
        ('isClosed="false"', []),
        ('definitionalCollaborationRef="c"', []),
        ('definitionalCollaborationRef="other"', [("no-element", "p")]),
        ('definitionalCollaborationRef="m"', [("no-element", "p")]),
    ],
)
def test_what_a_process_says_of_itself_holds_or_is_refused(attribute: str, expected: Told) -> None:
    declared = DECLARED + '<collaboration id="c" isClosed="true"><participant id="x" name="X" processRef="p"/></collaboration>'
    source = diagram(*GOOD, declared=declared).replace(b'<process id="p"', f'<process id="p" {attribute}'.encode())
    assert split(read_bpmn(source, file="process.bpmn")[1]) == (expected, [])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("true", []),
        ("1", []),
        ("false", [("not-executable", "f")]),
        ("0", [("not-executable", "f")]),
        ("x", [("bad-truth", "f")]),
    ],
)
def test_a_flow_between_whose_ends_more_may_be_done_is_refused(written: str, expected: Told) -> None:
    assert errors(start(), end(), f'<sequenceFlow id="f" sourceRef="s" targetRef="e" isImmediate="{written}"/>') == expected


WAYS: dict[str, tuple[Told, Told]] = {
    "<incoming>s-a</incoming><outgoing>a-e</outgoing>": ([], []),
    "": ([], []),
    "<outgoing>gone</outgoing>": ([("flow-contradicted", "a")], []),
    "<incoming>a-e</incoming>": ([("flow-contradicted", "a")], []),
    "<incoming>s-a</incoming><outgoing>s-a</outgoing>": ([("flow-contradicted", "a")], []),
}


@pytest.mark.parametrize("listed", WAYS)
def test_ways_that_the_flows_deny_are_refused(listed: str) -> None:
    assert split(read(start(), task("a", listed), end(), "s > a > e")[1]) == WAYS[listed]


def test_a_way_that_is_not_listed_is_told() -> None:
    parts = (start(), task("a", "<outgoing>a-e</outgoing>"), end(), end("f"), "s > a > e", "a > f")
    assert warnings(*parts) == [("flow-unlisted", "a")]


@pytest.mark.parametrize(
    ("target", "expected"), [("there", []), ("gone", [("bad-link", "t")]), ("elsewhere", [("bad-link", "t")])]
)
def test_a_link_that_names_another_end_than_its_name_does_is_refused(target: str, expected: Told) -> None:
    thrown = f'<linkEventDefinition name="x"><target>{target}</target></linkEventDefinition>'
    caught = [link(name).replace(" name", f' id="{id_}" name') for name, id_ in (("x", "there"), ("y", "elsewhere"))]
    assert errors(start(), throw("t", thrown), *(catch(f"c{n}", one) for n, one in enumerate(caught))) == expected


def test_an_escalation_without_a_code_does_not_become_any_escalation() -> None:
    declared = '<escalation id="es" name="Late"/>'
    inner = sub("x", start("i"), throw("t", escalation()), end("k"), "i > t > k")
    parts = (start(), inner, end(), boundary("b", "x", escalation()), end("f"), "s > x > e", "b > f")
    assert errors(*parts, declared=declared) == [("no-escalation-code", "t"), ("no-escalation-code", "b")]
    assert errors(*(part.replace(' escalationRef="es"', "") for part in parts)) == []


# elements


@pytest.mark.parametrize("kind", ["manualTask", "endEvent"])
def test_a_value_of_a_step_itself_is_refused(kind: str) -> None:
    held = tag("property", "own", name="{}")
    assert errors(start(), tag(kind, "x", held.format("note"))) == [("not-supported", "own")]
    assert errors(start(), tag(kind, "x", held.format("__targetRef_placeholder"))) == []
    assert errors(start(), sub("x", held.format("note"), start("i"))) == []


def test_data_of_a_process_that_has_no_name_in_the_data_is_told_to_be_a_drawing() -> None:
    inputs = '<ioSpecification><dataInput id="d" name="the order"/><inputSet/><outputSet/></ioSpecification>'
    assert warnings(inputs, *GOOD) == [("data-drawn", "d")]


@pytest.mark.parametrize("event", [start("x", message()), catch("x", message()), boundary("x", "a", message())])
def test_all_of_one_trigger_is_told_to_be_that_one(event: str) -> None:
    parallel = event.replace(' id="x"', ' id="x" parallelMultiple="{}"', 1)
    assert warnings(task("a"), parallel.format("true")) == [("not-heeded", "x")]
    assert warnings(task("a"), parallel.format("false")) == []
    assert errors(task("a"), parallel.format("no")) == [("bad-truth", "x")]


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("manualTask", "", []),
        ("userTask", "##unspecified", []),
        ("userTask", "http://docs.oasis-open.org/ns/bpel4people/ws-humantask", [("not-heeded", "a")]),
        ("businessRuleTask", "http://www.omg.org/spec/DMN/20130901", []),
        ("businessRuleTask", "##WebService", []),
        ("businessRuleTask", "drools", [("not-heeded", "a")]),
    ],
)
def test_an_implementation_of_another_kind_is_told_not_to_be_used(kind: str, written: str, expected: Told) -> None:
    attributes = {"implementation": written} if written else {}
    decides = {"decision": "d", "result": "r"} if kind == "businessRuleTask" else {}
    assert warnings(tag(kind, "a", **attributes, **decides)) == expected


@pytest.mark.parametrize("inner", ["<auditing/>", "<monitoring/>"])
def test_what_would_watch_the_process_is_refused_wherever_it_stands(inner: str) -> None:
    flow = f'<sequenceFlow id="f" sourceRef="s" targetRef="e">{inner}</sequenceFlow>'
    assert errors(start(), end(), flow) == [("not-supported", "f")]
    assert errors(*GOOD, f'<dataObject id="o" name="x">{inner}</dataObject>') == [("not-supported", "o")]


def test_a_choice_between_sets_of_data_is_refused() -> None:
    twice = "<ioSpecification><inputSet/><inputSet/><outputSet/></ioSpecification>"
    assert errors(task("a", twice)) == [("not-supported", "a")]
    assert errors(task("a", twice.replace("<inputSet/>", "", 1))) == []


SCRIPT = script("a", "{b: 1}")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((*GOOD, extension('<x xmlns="urn:other"/>')), [("foreign-element", "p")]),
        ((*GOOD, '<dataObject id="o" name="y"><x xmlns="urn:other"/></dataObject>'), [("foreign-element", "o")]),
        ((*GOOD, '<textAnnotation id="n" xmlns:o="urn:other" o:x="y"/>'), [("foreign-attribute", "n")]),
        ((start(), SCRIPT.replace("<script>", '<script xmlns:o="urn:o" o:x="y">')), [("foreign-attribute", "a")]),
        ((start(), user("a", "<documentation><p xmlns='http://www.w3.org/1999/xhtml'>Why</p></documentation>", form="f")), []),
    ],
)  # fmt: skip
def test_what_belongs_to_other_tools_is_told_wherever_it_stands(parts: tuple[str, ...], expected: Told) -> None:
    assert warnings(*parts) == expected
