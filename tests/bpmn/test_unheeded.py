"""What a diagram says and nothing would heed is told by name."""

from __future__ import annotations

import pytest

from engine.bpmn import Surroundings, check_process
from engine.bpmn.reader import read_definitions
from engine.xml import read_xml
from tests.bpmn.diagrams import (
    DECLARED,
    both,
    boundary,
    catch,
    diagram,
    end,
    error,
    error_end,
    extension,
    loop,
    names,
    read,
    script,
    start,
    sub,
    tag,
    task,
)

GOOD = (start(), task("a"), end(), "s > a > e")
LOOP = loop("[1]")
TIMES = "<timerEventDefinition><timeDuration>P1D</timeDuration><timeDate>2025-01-01</timeDate></timerEventDefinition>"
JAVASCRIPT = '<conditionExpression language="javascript">= true</conditionExpression>'
TWICE = "<conditionExpression>= true</conditionExpression><conditionExpression>= false</conditionExpression>"
TWO_SCRIPTS = script("x", "{a: 1}").replace("</script>", "</script><script>{b: 1}</script>")
ENDS = "<completionCondition>= false</completionCondition></multi"
TWO_ENDS = task("x", loop("[1]", until="true").replace("</multi", ENDS))
OPERATION = '<messageEventDefinition messageRef="m"><operationRef>o</operationRef></messageEventDefinition>'


def told(*parts: str, declared: str = DECLARED) -> list[tuple[str, str]]:
    _, findings = read(*parts, declared=declared)
    for finding in findings:
        assert finding.message.endswith("."), finding
        assert finding.remedy.endswith("."), finding
        assert (finding.line, finding.file) == (1, "process.bpmn")
    return [(finding.rule, finding.element) for finding in findings if finding.is_error]


def a_flow(inner: str) -> str:
    return f'<sequenceFlow id="f" sourceRef="s" targetRef="e">{inner}</sequenceFlow>'


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((start(), task("a", LOOP.replace(">", ' behavior="None">', 1))), ("not-supported", "a")),
        ((start(), task("a", LOOP.replace(">", ' noneBehaviorEventRef="x">', 1))), ("not-supported", "a")),
        ((start(), end(), a_flow(JAVASCRIPT)), ("expression-language", "f")),
        ((start(), catch("x", OPERATION)), ("not-supported", "x")),
        ((start(), tag("sendTask", "x", messageRef="m", operationRef="o")), ("not-supported", "x")),
        ((start(), tag("receiveTask", "x", messageRef="m", operationRef="o")), ("not-supported", "x")),
        ((start().replace("<startEvent", '<startEvent isInterrupting="false"'),), ("not-supported", "s")),
        ((start(), catch("x", TIMES)), ("said-twice", "x")),
        ((start(), end(), a_flow(TWICE)), ("said-twice", "f")),
        ((start(), TWO_SCRIPTS), ("said-twice", "x")),
        ((start(), task("x", LOOP + LOOP)), ("said-twice", "x")),
        ((start(), TWO_ENDS), ("said-twice", "x")),
        ((start(), task("x", extension('<stegvis:local name="a"/>') * 2 + LOOP)), ("said-twice", "x")),
    ],
)
def test_what_would_be_passed_over_is_refused(parts: tuple[str, ...], expected: tuple[str, str]) -> None:
    assert told(*parts) == [expected]


@pytest.mark.parametrize("language", ["feel", "https://www.omg.org/spec/DMN/20191111/FEEL/"])
def test_an_expression_may_say_that_it_is_feel(language: str) -> None:
    assert told(start(), end(), a_flow(JAVASCRIPT.replace("javascript", language))) == []


@pytest.mark.parametrize(
    ("collaborations", "expected"),
    [
        ('<collaboration id="c"/><collaboration id="d"/>', [("not-supported", "d")]),
        ('<collaboration id="c"><participant id="x" processRef="none"/></collaboration>', [("pool-process", "x")]),
        ('<collaboration id="c"><participant id="x" processRef="p"/></collaboration>', []),
        (
            '<collaboration id="c"><participant id="x"><participantMultiplicity maximum="3"/></participant></collaboration>',
            [("not-supported", "x")],
        ),
    ],
)
def test_pools_that_mean_more_than_a_drawing_are_refused(collaborations: str, expected: list[tuple[str, str]]) -> None:
    assert told(*GOOD, declared=DECLARED + collaborations) == expected


@pytest.mark.parametrize(("direction", "warns"), [("Converging", True), ("Diverging", False), ("Mixed", False)])
def test_a_direction_that_the_flows_deny_is_warned_about(direction: str, warns: bool) -> None:
    gateway = both("g").replace("<parallelGateway", f'<parallelGateway gatewayDirection="{direction}"')
    _, findings = read(start(), gateway, end(), end("e2"), "s > g > e", "g > e2")
    assert [(finding.rule, finding.element, finding.is_error) for finding in findings] == (
        [("gateway-direction", "g", False)] if warns else []
    )


@pytest.mark.parametrize("tag", ["message", "error"])
def test_two_declarations_with_one_id_are_refused(tag: str) -> None:
    twice = "".join(f'<{tag} id="x" name="{name}"/>' for name in "ab")
    assert told(*GOOD, declared=twice) == [("same-id", "x")]


def test_an_error_without_a_code_does_not_become_any_error() -> None:
    declared = '<error id="er" name="Wrong"/>'
    inner = sub("x", start("s2"), error_end(), "s2 > bad")
    parts = (start(), inner, end(), boundary("b", "x", error()), "s > x > e", "b > e")
    assert told(*parts, declared=declared) == [("no-error-code", "bad"), ("no-error-code", "b")]
    any_error = boundary("b", "x", error(""))
    assert told(start(), sub("x", start("s2"), error_end(error=""), "s2 > bad"), end(), any_error, "s > x > e", "b > e") == []


def test_what_needs_no_id_is_refused_by_name_without_one() -> None:
    for name in ("auditing", "monitoring", "correlationSubscription", "resourceRole"):
        _, findings = read(*GOOD, f"<{name}/>")
        assert [finding.rule for finding in findings] == ["not-supported"]
        assert f"`{name}`" in findings[0].message


def test_a_version_that_was_deployed_is_read_as_it_was() -> None:
    root, _ = read_xml(diagram(*GOOD, declared='<error id="x" errorCode="a"/><error id="x" errorCode="b"/>'), name="p")
    assert root is not None
    assert read_definitions(root, file="p")[1] == []


@pytest.mark.parametrize("name", ["null", "true", "for", "loopCounter"])
def test_a_name_that_means_something_already_is_none_of_a_loop(name: str) -> None:
    for part in (task("a", loop("[1]", item=name)), task("a", LOOP + extension(f'<stegvis:local name="{name}"/>'))):
        model, _ = read(start(), part, end(), "s > a > e")
        found = check_process(model, "p", Surroundings(names()), file="process.bpmn")
        assert [(finding.rule, finding.element) for finding in found] == [("bad-path", "a")]
