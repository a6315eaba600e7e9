"""What is not executed is refused by name, with the element, its line and what to do."""

from __future__ import annotations

import pytest

from engine.bpmn import Surroundings, check_process, read_bpmn
from engine.bpmn.compiler import compile_diagram
from engine.finding import Finding, Severity
from engine.xml import read_xml
from tests.bpmn.diagrams import (
    DECLARED,
    HEAD,
    both,
    boundary,
    call,
    catch,
    conditional,
    diagram,
    end,
    error,
    error_end,
    escalation,
    link,
    loop,
    message,
    names,
    read,
    script,
    signal,
    some,
    start,
    sub,
    task,
    timer,
    user,
    xor,
)


def findings_of(
    *parts: str, declares: tuple[str, ...] = (), calls: dict[str, frozenset[str] | None] | None = None
) -> list[Finding]:
    model, findings = read(*parts)
    return findings + check_process(model, "p", Surroundings(names(*declares), calls=calls or {}), file="process.bpmn")


def said(findings: list[Finding]) -> list[tuple[str, str]]:
    for finding in findings:
        assert finding.message.endswith((".", "?", ")")), finding
        assert finding.remedy.endswith((".", "?")) or "Did you mean" in finding.remedy, finding
        assert finding.line == 1, finding
        assert finding.file == "process.bpmn"
    return [(finding.rule, finding.element) for finding in findings if finding.is_error]


def refused(
    *parts: str, declares: tuple[str, ...] = (), calls: dict[str, frozenset[str] | None] | None = None
) -> list[tuple[str, str]]:
    return said(findings_of(*parts, declares=declares, calls=calls))


GOOD = (start(), task("a"), end(), "s > a > e")


def test_a_good_diagram_has_no_findings() -> None:
    assert findings_of(*GOOD) == []


@pytest.mark.parametrize(
    "tag",
    [
        "callChoreography",
        "implicitThrowEvent",
    ],
)
def test_an_element_that_is_not_executed_is_refused_by_name(tag: str) -> None:
    findings = findings_of(*GOOD, f'<{tag} id="x" name="Namn"/>')
    assert said(findings) == [("not-supported", "x")]
    assert f"`{tag}`" in findings[0].message
    assert findings[0].name == "Namn"


@pytest.mark.parametrize("tag", ["choreography", "globalTask", "interface", "correlationProperty"])
def test_a_declaration_that_is_not_executed_is_refused(tag: str) -> None:
    _, findings = read(*GOOD, declared=f'<{tag} id="x"/>')
    assert said(findings) == [("not-supported", "x")]


@pytest.mark.parametrize(
    "trigger",
    ["signal", "escalation", "conditional", "compensate", "cancel", "link", "message", "timer", "error", "terminate"],
)
@pytest.mark.parametrize(
    "kind", ["startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"]
)
def test_a_trigger_runs_or_is_refused(kind: str, trigger: str) -> None:
    runs = {
        "endEvent": {"error", "terminate", "message", "signal", "escalation", "compensate", "cancel"},
        "startEvent": {"message", "timer", "signal", "conditional"},
        "intermediateCatchEvent": {"message", "timer", "signal", "conditional", "link"},
        "intermediateThrowEvent": {"message", "signal", "escalation", "link", "compensate"},
        "boundaryEvent": {"message", "timer", "error", "signal", "conditional", "escalation", "compensate", "cancel"},
    }
    inner = {
        "message": message(),
        "timer": timer("timeDuration", "P1D"),
        "error": error(),
        "signal": signal(),
        "escalation": escalation(),
        "conditional": conditional("true"),
        "link": link("l"),
    }
    attached = 'attachedToRef="a"' if kind == "boundaryEvent" else ""
    event = f'<{kind} id="x" {attached}>{inner.get(trigger, f"<{trigger}EventDefinition/>")}</{kind}>'
    event += '<association id="y" sourceRef="x" targetRef="z"/>'
    _, findings = read(*GOOD, event)
    assert (said(findings) == []) is (trigger in runs[kind])
    assert said(findings) in ([], [("not-supported", "x")])


@pytest.mark.parametrize("value", ["true", "1"])
@pytest.mark.parametrize(
    ("tag", "attribute"),
    [("task", "triggeredByEvent")],
)
def test_an_attribute_that_changes_the_meaning_is_refused(tag: str, attribute: str, value: str) -> None:
    _, findings = read(start(), f'<{tag} id="x" {attribute}="{value}"/>')
    assert said(findings) == [("not-supported", "x")]


@pytest.mark.parametrize(("value", "expected"), [("false", False), ("0", False), ("true", True), ("1", True)])
def test_whether_an_event_interrupts_is_read_as_xml_schema_says(value: str, expected: bool) -> None:
    model, findings = read(*GOOD, boundary("x", "a", message()).replace('"true"', f'"{value}"'))
    assert (said(findings), model.nodes["x"].interrupting) == ([], expected)


def test_an_attribute_that_is_neither_true_nor_false_is_refused() -> None:
    _, findings = read(*GOOD, boundary("x", "a", message()).replace('"true"', '"nej"'))
    assert said(findings) == [("bad-truth", "x")]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((task("a"), end(), "a > e"), [("no-start", "p"), ("unreachable", "a"), ("unreachable", "e")]),
        ((start(), start("s2"), task("a"), "s > a", "s2 > a"), [("many-starts", "p")]),
        ((start(), sub("x", task("i")), "s > x"), [("no-start", "x"), ("unreachable", "i")]),
        ((start(), sub("x", start("i", message()), task("k"), "i > k"), "s > x"), [("no-start", "x"), ("not-supported", "i")]),
        ((start(), task("a"), "s > a > s"), [("flow-into-start", "s")]),
        ((start(), end(), task("a"), "s > e > a"), [("flow-out-of-end", "e")]),
        ((start(), xor("g"), "s > g"), [("no-way-out", "g")]),
        ((start(),), [("no-way-out", "s")]),
        ((*GOOD, boundary("x", "e", message()), "x > e"), [("no-host", "x")]),
        ((*GOOD, boundary("x", "nobody", message()), "x > e"), [("no-host", "x"), ("unreachable", "x")]),
        ((*GOOD, boundary("x", "a", message())), [("no-way-out", "x")]),
        ((*GOOD, boundary("x", "a", error()), "x > e"), [("error-boundary", "x")]),
        ((*GOOD, boundary("x", "a", "")), [("no-trigger", "x"), ("no-way-out", "x")]),
        ((start(), xor("g"), task("a"), end(), "s > g > a > e", "g > [true] e"), [("no-condition", "g-a")]),
        ((start(), some("g"), task("a"), end(), "s > g > a > e", "g > [true] e"), [("no-condition", "g-a")]),
        (
            (start(), xor("g", "g-a"), task("a"), end(), "s > g > [true] a > e", "g > [true] e"),
            [("default-with-condition", "g-a")],
        ),
        ((start(), xor("g", "a-e"), task("a"), end(), "s > g > [true] a > e", "g > [true] e"), [("bad-default", "g")]),
        ((start(), both("g"), task("a"), end(), "s > g > [true] a > e", "g > e"), [("condition-without-choice", "g-a")]),
        ((start(), task("a"), end(), "s > [true] a > e"), [("condition-without-choice", "s-a")]),
        ((*GOOD, task("lonely")), [("unreachable", "lonely")]),
        ((*GOOD, task("a")), [("same-id", "a")]),
        ((*GOOD, "<task/>"), [("no-id", "p")]),
        ((*GOOD, "a > nobody"), [("dangling-flow", "a-nobody")]),
        ((*GOOD, '<sequenceFlow id="half" sourceRef="a"/>'), [("dangling-flow", "half")]),
        (
            (start(), sub("x", start("i"), task("k"), "i > k"), task("a"), "s > x", "x > a", "k > a"),
            [("flow-crosses-border", "k-a")],
        ),
        ((*GOOD, catch("c", timer("timeCycle", "R/P1D")), "a > c"), [("bad-time", "c")]),
        ((*GOOD, catch("c", timer("timeDuration", "R/P1D")), "a > c"), [("bad-time", "c")]),
        ((*GOOD, catch("c", timer("timeDuration", "1 day")), "a > c"), [("bad-time", "c")]),
        ((*GOOD, catch("c", "<timerEventDefinition/>"), "a > c"), [("no-time", "c")]),
        ((*GOOD, catch("c", message("nobody")), "a > c"), [("no-message", "c")]),
        ((start(), error_end("x", "nobody"), "s > x"), [("no-error", "x")]),
        ((*GOOD, '<userTask id="u" stegvis:groups="c"/>', "a > u"), [("no-form", "u")]),
        ((*GOOD, '<manualTask id="u"/>', "a > u"), [("nobody", "u")]),
        ((*GOOD, '<manualTask id="u" stegvis:groups="c" stegvis:notBy="x"/>', "a > u"), [("no-element", "u")]),
        ((*GOOD, '<manualTask id="u" stegvis:groups="c" stegvis:due="soon"/>', "a > u"), [("bad-time", "u")]),
        (
            (*GOOD, '<manualTask id="u" stegvis:groups="c" stegvis:bind="f"/>', "a > u"),
            [("undeclared-name", "u"), ("unknown-attribute", "u")],
        ),
        (
            (
                *GOOD,
                '<task id="u"><extensionElements><stegvis:output target="x" expression="= 1"/></extensionElements></task>',
                "a > u",
            ),
            [("unknown-element", "u")],
        ),
        (
            (*GOOD, '<task id="u"><extensionElements><stegvis:local name="x"/></extensionElements></task>', "a > u"),
            [("unknown-element", "u")],
        ),
        ((*GOOD, '<task id="u" stegvis:groups="c"/>', "a > u"), [("unknown-attribute", "u")]),
        ((*GOOD, '<serviceTask id="u" stegvis:handler="os.system"/>', "a > u"), [("no-handler", "u")]),
        (
            (*GOOD, '<businessRuleTask id="u" stegvis:decision="d" stegvis:result="x"/>', "a > u"),
            [("no-decision", "u"), ("undeclared-name", "u")],
        ),
        ((*GOOD, call("u", "nobody"), "a > u"), [("no-process", "u")]),
        ((*GOOD, call("u", "nobody", version="newest"), "a > u"), [("bad-version", "u"), ("no-process", "u")]),
        ((*GOOD, '<task id="u"><timerEventDefinition/></task>', "a > u"), [("not-supported", "u")]),
        ((*GOOD, '<callActivity id="u"/>', "a > u"), [("no-called-element", "u")]),
        ((start(), xor("g", "g-e"), task("a"), end(), "s > g > [x y z] a > e", "g > e"), [("bad-expression", "g-a")]),
    ],
)
def test_what_cannot_run_is_refused(parts: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert sorted(refused(*parts)) == sorted(expected)


def test_a_condition_is_feel_after_an_equals_sign() -> None:
    _, findings = read(start(), xor("g"), task("a"), "s > g > [true] a".replace("> [", "> ["), flow_without_equals())
    assert said(findings) == [("not-feel", "f")]


def flow_without_equals() -> str:
    return '<sequenceFlow id="f" sourceRef="g" targetRef="a"><conditionExpression>${x}</conditionExpression></sequenceFlow>'


def test_a_message_without_correlation_is_refused_where_it_is_waited_for() -> None:
    declared = '<message id="m" name="ping"/>'
    _, findings = read(*GOOD, catch("c", message()), declared=declared)
    assert said(findings) == [("no-correlation", "c")]
    assert said(read(start("s", message()), task("a"), "s > a", declared=declared)[1]) == []


def test_names_are_checked_where_they_stand() -> None:
    each = loop("things", "thing", "out", "given", local=("given",))
    good = (start(), user("a", each, due="= thing.due", form="f"), "s > a")
    assert ("unknown-name", "a") not in refused(*good, declares=("things", "out"))
    wrong = (start(), user("a", loop("thing", "thing", "out", "item"), form="f"), "s > a")
    findings = [finding for finding in findings_of(*wrong, declares=("things", "out")) if finding.rule == "unknown-name"]
    assert [finding.message for finding in findings] == [
        "The loop's collection uses `thing`, which nothing declares.",
        "What each round gives uses `item`, which nothing declares.",
    ]
    assert "`things`" in findings[0].remedy


def test_writing_an_undeclared_name_is_refused() -> None:
    findings = findings_of(start(), script("a", "{x: 1, y: 2}"), "s > a", declares=("x",))
    assert said(findings) == [("undeclared-name", "a")]
    assert "`y`" in findings[0].message
    assert refused(start(), script("a", "{case: 1}"), "s > a") == [("bad-path", "a")]


def test_a_local_name_is_not_known_outside() -> None:
    inner = sub("x", start("i"), script("k", "{own: 1}"), "i > k", local=("own",))
    assert refused(start(), inner, script("a", "{z: own}"), "s > x > a", declares=("z",)) == [("unknown-name", "a")]


def test_mappings_of_a_call_are_checked_on_both_sides() -> None:
    calls: dict[str, frozenset[str] | None] = {"work": frozenset({"x"}), "by-message": None}
    assert refused(start(), call("a", "work", {"y": "1"}), "s > a", calls=calls) == [("unknown-input", "a")]
    assert refused(start(), call("a", "work", {}, {"z": "y"}), "s > a", declares=("z",), calls=calls) == [
        ("unknown-output", "a")
    ]
    assert refused(start(), call("a", "work", {}, {"z": "x"}), "s > a", calls=calls) == [("undeclared-name", "a")]
    assert refused(start(), call("a", "by-message"), "s > a", calls=calls) == [("not-callable", "a")]
    assert (
        refused(start(), call("a", "work", {"x": "1"}, {"z": "x.inner + case.number"}), "s > a", declares=("z",), calls=calls)
        == []
    )


def test_a_file_without_a_process_is_refused() -> None:
    model, findings = read_bpmn((HEAD + "</definitions>").encode(), file="process.bpmn")
    assert (model, [finding.rule for finding in findings]) == (None, ["one-process"])


def test_a_pool_around_the_process_is_a_drawing() -> None:
    pools = '<collaboration id="c"><participant id="p1" processRef="p"/></collaboration>'
    assert said(read(*GOOD, declared=pools)[1]) == []
    conversation = '<collaboration id="c"><conversation id="x"/></collaboration>'
    assert said(read(*GOOD, declared=conversation)[1]) == [("not-supported", "x")]


@pytest.mark.parametrize("text", [b"", b"<a", b"<a/>", b"not xml", b'<definitions xmlns="urn:other"/>'])
def test_what_is_no_diagram_is_refused(text: bytes) -> None:
    model, findings = read_bpmn(text, file="process.bpmn")
    assert model is None
    assert all(finding.is_error and finding.remedy for finding in findings)
    assert findings


@pytest.mark.parametrize("value", ["false", "0"])
def test_a_process_that_is_not_executable_is_refused(value: str) -> None:
    _, findings = read(*GOOD, isExecutable=value)
    assert said(findings) == [("not-executable", "p")]


def test_the_folder_gives_the_key() -> None:
    model, _ = read(*GOOD, key="other")
    findings = check_process(model, "p", Surroundings(names()), file="process.bpmn")
    assert [finding.rule for finding in findings] == ["process-key"]


def test_attributes_of_other_engines_are_warned_about() -> None:
    foreign = '<task id="u" xmlns:other="urn:other" other:assignee="x"><extensionElements><other:x/></extensionElements></task>'
    _, findings = read(*GOOD, foreign)
    assert [finding.rule for finding in findings] == ["foreign-attribute", "foreign-element"]
    assert {finding.severity for finding in findings} == {Severity.WARNING}


def test_lanes_give_the_candidate_group() -> None:
    lanes = '<laneSet id="ls"><lane id="l1" name="Social Worker"><flowNodeRef>u</flowNodeRef></lane></laneSet>'
    model, findings = read(start(), lanes, '<manualTask id="u"/>', "s > u")
    assert (said(findings), model.nodes["u"].lane_group) == ([], "social-worker")


def test_an_element_may_have_any_id_that_xml_has() -> None:
    for id_ in ("Start", "End", "Root", "process", "Activity_0x", "å-ä.ö"):
        assert refused(start(id_), task("a"), f"{id_} > a") == []


def test_compiling_drops_the_drawing_and_changes_nothing_that_runs() -> None:
    drawn = '<textAnnotation id="t"><text>x</text></textAnnotation>'
    source = diagram(
        *GOOD, drawn, declared=DECLARED + '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"/>'
    )
    root, _ = read_xml(source, name="process.bpmn")
    assert root is not None
    compiled = compile_diagram(root)
    assert "textAnnotation" not in compiled
    assert "BPMNDiagram" not in compiled
    before, _ = read_bpmn(source, file="process.bpmn")
    after, _ = read_bpmn(compiled.encode(), file="process.bpmn")
    assert before is not None
    assert after is not None
    assert (list(before.nodes), list(before.flows)) == (list(after.nodes), list(after.flows))


def test_one_refused_element_is_one_finding() -> None:
    refused_ = '<choreographyTask id="x"/>'
    gateway = xor("g", default="f3")
    flows_ = "".join(
        f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}"/>'
        for number, (source, target) in enumerate([("s", "x"), ("x", "g"), ("g", "e"), ("g", "x")])
    )
    assert refused(start(), refused_, gateway, end(), flows_) == [("not-supported", "x")]


def test_a_flow_without_an_end_is_told_as_such() -> None:
    _, findings = read(*GOOD, '<sequenceFlow id="half" sourceRef="a"/>')
    assert [(one.said.text("en"), one.said.text("sv")) for one in findings if one.rule == "dangling-flow"] == [
        (
            "The sequence flow lacks an end: it leads from nothing, or to nothing.",
            "Sekvensflödet saknar en ände: det leder från ingenting, eller till ingenting.",
        )
    ]
