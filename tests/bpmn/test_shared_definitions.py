"""Event definitions that stand beside the process: events that refer to one do what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.bpmn import compile_diagram
from engine.bpmn.compiler import specification
from engine.bpmn.loaded import LoadedProcess
from engine.bpmn.reader import read_definitions
from engine.case import CaseStatus
from engine.handlers import SignalThrow
from engine.scenario.diagram import read_diagram
from engine.xml import parse_trusted, read_xml
from tests.bpmn.diagrams import (
    DECLARED,
    boundary,
    catch,
    diagram,
    end,
    error,
    message,
    process,
    read,
    start,
    sub,
    throw,
    user,
)
from tests.bpmn.driver import MONDAY, Driver

BESIDE = (
    '<signalEventDefinition id="by-alarm" signalRef="si"/>'
    '<messageEventDefinition id="by-ping" messageRef="m"><extensionElements>'
    '<stegvis:output target="x" expression="= text"/></extensionElements></messageEventDefinition>'
    '<timerEventDefinition id="in-a-day"><timeDuration>P1D</timeDuration></timerEventDefinition>'
    '<errorEventDefinition id="no" errorRef="er"/>'
)
ALL = DECLARED + BESIDE


def ref(id_: str) -> str:
    return f"<eventDefinitionRef>{id_}</eventDefinitionRef>"


def loaded(*parts: str) -> LoadedProcess:
    """The process as it runs when it has been stored and read back."""
    root, _ = read_xml(diagram(*parts, declared=ALL), name="process.bpmn")
    assert root is not None
    model, findings = read_definitions(parse_trusted(compile_diagram(root)), file="process.bpmn")
    assert model is not None
    assert findings == []
    return replace(process(start(), end(), "s > e"), model=model, spec=specification(model))


def findings(*parts: str, declared: str = ALL) -> list[tuple[str, str]]:
    return [(found.rule, found.element) for found in read(*parts, declared=declared)[1]]


def test_what_is_caught_and_thrown_is_what_the_definition_says() -> None:
    parts = (start(), throw("t", ref("by-alarm")), catch("c", ref("by-ping")), user("a"), end(), "s > t > c > a > e")
    case = Driver(loaded(*parts)).start()
    assert (case.effects, case.waiting) == ([SignalThrow("alarm")], ["c"])
    case.trigger("c", text="hello")
    assert (case.values["x"], case.paths) == ("hello", ["a"])


def test_a_process_begins_by_what_it_refers_to() -> None:
    case = Driver(loaded(start("b", ref("by-ping")), user("a"), end(), "b > a > e")).start("b", {"text": "hello"})
    assert (case.values["x"], case.paths) == ("hello", ["a"])


def test_several_events_may_refer_to_one_and_have_it_beside_their_own() -> None:
    one = boundary("b", "a", ref("in-a-day"), interrupting=False)
    two = boundary("c", "a", message("keyed") + ref("in-a-day"))
    parts = (start(), user("a"), one, two, user("w"), end(), "s > a > e", "b > w > e", "c > w")
    case = Driver(loaded(*parts)).start(key="k")
    assert sorted((wait.element, wait.kind) for wait in case.waits.values()) == [
        ("a", "task"),
        ("b", "timer"),
        ("c", "message"),
        ("c", "timer"),
    ]
    case.now = MONDAY + timedelta(days=1)
    case.trigger("b")
    assert case.paths == ["a", "w"]


def test_an_activity_is_interrupted_by_an_error_that_both_refer_to() -> None:
    inner = sub("p1", start("i"), end("f", ref("no")), "i > f")
    parts = (start(), inner, boundary("b", "p1", ref("no")), end(), end("g"), "s > p1 > e", "b > g")
    assert Driver(loaded(*parts)).start().status is CaseStatus.COMPLETED


@pytest.mark.parametrize("written", ["nothing", "m", ""])
def test_a_reference_to_no_definition_is_refused(written: str) -> None:
    assert findings(start(), catch("c", ref(written)), end(), "s > c > e") == [("no-event-definition", "c")]


def test_a_definition_that_has_its_id_with_another_is_none() -> None:
    twice = ALL + '<signalEventDefinition id="by-alarm" signalRef="si2"/>'
    told = findings(start(), catch("c", ref("by-alarm")), end(), "s > c > e", declared=twice)
    assert sorted(rule for rule, _ in told) == ["no-event-definition", "same-id"]


def test_what_is_wrong_with_a_definition_is_told_at_the_event_with_the_line_where_it_stands() -> None:
    lines = DECLARED + '\n<timerEventDefinition id="never"/>'
    (found,) = read(start(), catch("c", ref("never")), end(), "s > c > e", declared=lines)[1]
    assert (found.rule, found.element, found.line) == ("no-time", "c", 2)


def test_a_definition_that_no_event_refers_to_does_nothing() -> None:
    assert findings(start(), end(), "s > e") == []
    assert Driver(loaded(start(), end(), "s > e")).start().status is CaseStatus.COMPLETED


def test_references_count_as_triggers_where_the_diagram_is_drawn() -> None:
    drawn = read_diagram(diagram(start(), catch("c", ref("in-a-day")), end("e", error()), declared=ALL), name="p")
    assert (drawn.parts["c"].triggers, drawn.parts["e"].triggers) == (("timer",), ("error",))


def test_a_reference_may_have_a_prefix() -> None:
    assert Driver(loaded(start(), catch("c", ref("tns:in-a-day")), end(), "s > c > e")).start().waiting == ["c"]
