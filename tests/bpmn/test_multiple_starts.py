"""Start events of a process with several triggers: any of them begins a case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine import bpmn
from engine.history import EventType
from tests.bpmn.diagrams import catch, end, extension, message, process, puts, signal, start, tag, timer, user
from tests.bpmn.driver import MONDAY, Driver
from tests.bpmn.test_refusals import findings_of, refused


def carrying(ref: str, **outputs: str) -> str:
    """A message among several triggers, with mappings of its own."""
    return f'<messageEventDefinition messageRef="{ref}">{extension(puts("output", **outputs))}</messageEventDefinition>'


FOUR = start("b", carrying("m", x="text") + signal() + timer("timeCycle", "R/P1D") + carrying("keyed", y="n"), unit="north")
PARTS = (FOUR, user("a"), end(), "b > a > e")


def begun(command: bpmn.Start) -> Driver:
    return Driver(process(*PARTS)).step(command)


@pytest.mark.parametrize(
    ("command", "event", "values"),
    [
        (bpmn.Start("b", payload={"text": "hello"}), EventType.MESSAGE_RECEIVED, {"x": "hello"}),
        (bpmn.Start("b", part=1), EventType.SIGNAL_RECEIVED, {}),
        (bpmn.Start("b", part=2, due=MONDAY - timedelta(minutes=3)), EventType.TIMER_FIRED, {}),
        (bpmn.Start("b", part=3, payload={"n": True}), EventType.MESSAGE_RECEIVED, {"y": True}),
    ],
)
def test_any_of_several_triggers_begins_a_case(command: bpmn.Start, event: EventType, values: dict[str, Any]) -> None:
    case = begun(command)
    assert (case.told(event), case.paths, case.values) == (["b"], ["a"], values)
    assert case.waiting == ["a"], "the other triggers are not waited for: each begins a case of its own"
    assert case.complete("a").status == "completed"


def test_history_tells_which_message_it_was() -> None:
    case = begun(bpmn.Start("b", part=3, payload={"n": True}))
    assert [told["message"] for type_, _, told in case.payloads if type_ == "message-received"] == ["keyed"]


def test_what_cannot_be_mapped_is_an_incident_and_is_mapped_when_the_data_are_mended() -> None:
    event = start("b", signal() + carrying("keyed", y="n + z"))
    case = Driver(process(event, user("a"), end(), "b > a > e")).step(bpmn.Start("b", part=1, payload={"n": "he"}))
    assert (case.incident("b").kind, case.paths) == ("expression-failed", [])
    case.correct(z="y").retry()
    assert (case.values["y"], case.paths) == ("hey", ["a"])


def test_the_model_knows_each_that_begins_it() -> None:
    model = process(*PARTS).model
    assert [(one.node.id, one.part) for one in model.beginnings()] == [("b", part) for part in range(4)]
    assert model.start_messages == ("ping", "keyed")
    found = model.started_by("keyed")
    assert found is not None
    assert (found.node.id, found.part) == ("b", 3)


def test_a_case_begins_behind_a_gateway_with_any_trigger_of_an_event() -> None:
    parts = (tag("eventBasedGateway", "g", instantiate="true"), catch("c", carrying("m", x="text") + signal()),
             catch("d", signal("si2")), user("a"), user("b"), end(), "g > c > a > e", "g > d > b > e")  # fmt: skip
    for command in (bpmn.Start("c", payload={"text": "t"}), bpmn.Start("c", part=1)):
        case = Driver(process(*parts)).step(command)
        assert (case.waiting, case.values.get("x")) == (["a"], "t" if command.payload else None)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (start("x", message() + timer("timeCycle", "R/P1D")), [("no-unit", "x")]),
        (start("x", signal() + timer("timeDate", "= endDate"), unit="north"), [("no-data-yet", "x"), ("unknown-name", "x")]),
        (start("x", signal() + timer("timeDuration", "soon"), unit="north"), [("bad-time", "x")]),
        (start("x", message() + message("keyed"), unit="north"), [("unit-unused", "x")]),
        (start("x", message() + signal(), unit="north"), []),
        (start("x", message() + message()), [("same-start", "x")]),
        (start("x", signal() + signal()), [("same-start", "x")]),
        (start("x", message() + signal() + message("keyed", x="text")), [("unclear-mapping", "x")]),
        (start("x", signal() + message(), form="note"), [("form-on-message", "x")]),
    ],
)
def test_each_trigger_is_checked(event: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(refused(start(), event, end(), "s > e", "x > e", declares=("x", "key"))) == sorted(expected)


def test_an_event_behind_a_gateway_that_begins_a_process_has_nothing_but_messages_and_signals() -> None:
    parts = (tag("eventBasedGateway", "g", instantiate="true"), catch("c", message() + timer("timeDuration", "P1D")),
             catch("d", signal()), end(), "g > c > e", "g > d > e")  # fmt: skip
    (finding,) = findings_of(*parts)
    assert (finding.rule, finding.element) == ("not-supported", "g")
