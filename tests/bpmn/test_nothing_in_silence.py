"""Whatever a diagram says is done, refused, or told to be a drawing: one test for each thing that was none of these."""

from __future__ import annotations

import pytest

from engine.bpmn import read_bpmn
from engine.bpmn.compiler import compile_diagram
from engine.bpmn.reader import read_definitions
from engine.finding import Finding
from engine.xml import parse_trusted, read_xml
from tests.bpmn.diagrams import (
    DECLARED,
    boundary,
    catch,
    diagram,
    end,
    escalation,
    extension,
    link,
    loop,
    manual,
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

XPATH = "http://www.w3.org/1999/XPath"
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
CHOICE = (start(), xor("g", default="g-e"), task("a"), end(), "s > g > [a > 1] a > e", "g > e")
GOOD = (start(), task("a"), end(), "s > a > e")
Told = list[tuple[str, str]]


def split(findings: list[Finding]) -> tuple[Told, Told]:
    """Errors, and warnings: the rule and the element of each, which all say what to do."""
    assert all(finding.message and finding.remedy.endswith((".", "?")) for finding in findings)
    errors = [(finding.rule, finding.element) for finding in findings if finding.is_error]
    others = [finding for finding in findings if not finding.is_error and finding.rule != "bpmn-xsd"]
    return errors, [(finding.rule, finding.element) for finding in others]


def errors(*parts: str, declared: str = DECLARED) -> Told:
    return split(read(*parts, declared=declared)[1])[0]


def warnings(*parts: str, declared: str = DECLARED) -> Told:
    """The warnings; there are no errors."""
    wrong, told = split(read(*parts, declared=declared)[1])
    assert wrong == []
    return told


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


# lanes


def lanes(*held: tuple[str, str, str]) -> str:
    """A lane set: the id and name of each lane, and what it holds."""
    made = (
        tag("lane", id_, "".join(f"<flowNodeRef>{part}</flowNodeRef>" for part in inner.split()), name=name)
        for id_, name, inner in held
    )
    return f"<laneSet>{''.join(made)}</laneSet>"


BY_LANE = '<manualTask id="a"/>'


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (lanes(("l", "Coach", "a"), ("k", "Host", "s")), []),
        (lanes(("l", "Coach", "a gone")), [("no-element", "l")]),
        (lanes(("l", "Coach", "a"), ("k", "Host", "a")), [("two-lanes", "a")]),
        (lanes(("l", "Coach", "a"), ("k", "coach", "a")), []),
        (lanes(("l", "Coach", "a s"), ("k", "Host", "s")), []),
        (lanes(("l", "Coach", "a")) + lanes(("k", "Host", "a")), [("two-lanes", "a")]),
        (lanes(("l", "Coach", "a")) + lanes(("k", "Host", "s")), []),
    ],
)
def test_no_two_lanes_say_who_does_something(drawn: str, expected: Told) -> None:
    assert errors(drawn, start(), BY_LANE, end(), "s > a > e") == expected


def test_a_lane_inside_another_says_who_does_it() -> None:
    inner = lanes(("i", "Host", "a")).replace("laneSet", "childLaneSet")
    outer = f'<laneSet><lane id="l" name="Coach"><flowNodeRef>a</flowNodeRef>{inner}</lane></laneSet>'
    model, findings = read(outer, start(), BY_LANE, end(), "s > a > e")
    assert (findings, model.nodes["a"].lane_group) == ([], "host")
    beside = outer.replace("</laneSet>", '<lane id="k" name="Chief"><flowNodeRef>a</flowNodeRef></lane></laneSet>')
    assert errors(beside, start(), BY_LANE, end(), "s > a > e") == [("two-lanes", "a")]


def test_lanes_of_a_task_with_groups_of_its_own_say_nothing() -> None:
    two = lanes(("l", "Coach", "a"), ("k", "Host", "a"))
    assert errors(two, start(), manual("a"), end(), "s > a > e") == []
    inner = sub("a", start("i"), BY_LANE.replace('"a"', '"b"'), "i > b")
    assert errors(two, start(), inner, end(), "s > a > e") == [("two-lanes", "a")]


# references


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


def test_what_a_lane_or_a_pool_says_beside_who_does_it_is_told_not_to_be_used() -> None:
    drawn = '<laneSet><lane id="l" name="L" partitionElementRef="x"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
    assert warnings(drawn, *GOOD) == [("not-heeded", "l")]
    pool = '<participant id="x" name="X" processRef="p"><interfaceRef>i</interfaceRef></participant>'
    assert warnings(*GOOD, declared=f'{DECLARED}<collaboration id="c">{pool}</collaboration>') == [("not-heeded", "x")]


# what is ours


@pytest.mark.parametrize(
    "parts",
    [
        (*GOOD, '<textAnnotation id="x" stegvis:form="f"/>'),
        (*GOOD, '<dataObject id="x" name="y" stegvis:bind="y"/>'),
        (start(), catch("x", '<messageEventDefinition messageRef="m" stegvis:correlation="= {}"/>')),
        (start(), task("x", "<standardLoopCharacteristics><loopCondition stegvis:item='a'>= a</loopCondition>"
                            "</standardLoopCharacteristics>")),
        (start(), sub("x", start("i"), local=("a",)).replace('name="a"', 'name="a" type="number"')),
        (start(), catch("x", message(a="b").replace("expression=", 'when="= c" expression='))),
    ],
)  # fmt: skip
def test_an_attribute_of_ours_or_on_ours_that_means_nothing_is_refused_wherever_it_stands(parts: tuple[str, ...]) -> None:
    assert errors(*parts) == [("unknown-attribute", "x")]


SCRIPT = script("a", "{b: 1}")
OURS = '<stegvis:local name="a"/>'


@pytest.mark.parametrize(
    ("parts", "element"),
    [
        ((*GOOD, OURS), "p"),
        ((*GOOD, extension(OURS)), "p"),
        ((start(), task("a", OURS)), "a"),
        ((start(), sub("a", start("i")).replace("</subProcess>", f"{OURS}</subProcess>")), "a"),
        ((start(), end(), f'<sequenceFlow id="f" sourceRef="s" targetRef="e">{extension(OURS)}</sequenceFlow>'), "f"),
        ((start(), task("a", loop("[1]").replace("</multi", extension("<stegvis:output/>") + "</multi"))), "a"),
        ((start(), sub("a", start("i"), local=("b",)).replace('name="b"/>', 'name="b"><stegvis:form/></stegvis:local>')), "a"),
    ],
)  # fmt: skip
def test_an_element_of_ours_that_means_nothing_is_refused_wherever_it_stands(parts: tuple[str, ...], element: str) -> None:
    assert errors(*parts) == [("unknown-element", element)]


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
