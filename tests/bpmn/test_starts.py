"""Where a process begins by itself: by a signal, a time or a message, at start events, receive tasks and gateways."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine import bpmn
from engine.history import EventType
from engine.ids import Token
from tests.bpmn.diagrams import (
    boundary,
    call,
    catch,
    conditional,
    end,
    message,
    process,
    race,
    script,
    signal,
    standard_loop,
    start,
    sub,
    tag,
    timer,
    user,
)
from tests.bpmn.driver import MONDAY, Driver
from tests.bpmn.test_refusals import findings_of, refused

DAILY = start("tick", timer("timeCycle", "R/P1D"), unit="north")
ALARM = start("alarm", signal())
RECEIVING = tag("receiveTask", "r", message("m", x="text").replace('<messageEventDefinition messageRef="m"/>', ""),
                messageRef="m", instantiate="true")  # fmt: skip
RACING = tag("eventBasedGateway", "g", instantiate="true")


# start events


def test_a_case_begins_by_a_signal() -> None:
    case = Driver(process(ALARM, user("a"), end(), "alarm > a > e")).start("alarm")
    assert (case.told(EventType.SIGNAL_RECEIVED), case.paths) == (["alarm"], ["a"])
    assert case.complete("a").status == "completed"


def test_a_case_begins_when_its_time_has_come() -> None:
    case = Driver(process(DAILY, user("a"), end(), "tick > a > e"))
    case.step(bpmn.Start("tick", due=MONDAY - timedelta(minutes=3)))
    assert ("timer-fired", "tick") in case.events
    assert case.payloads[1][2]["due"] == "2025-03-03T08:57:00+00:00"
    assert case.paths == ["a"]


def test_each_start_begins_at_its_own_place() -> None:
    parts = (start(), user("a"), DAILY, user("b"), ALARM, user("c"), end(), "s > a > e", "tick > b > e", "alarm > c > e")
    for event, task in (("s", "a"), ("tick", "b"), ("alarm", "c")):
        assert Driver(process(*parts)).start(event).paths == [task]


def test_a_call_begins_at_the_plain_start() -> None:
    called = process(start(), user("a"), ALARM, user("c"), end(), "s > a > e", "alarm > c > e", key="called")
    assert Driver(process(start(), call("ca", "called"), end(), "s > ca > e"), called).start().paths == ["ca.a"]


def test_a_process_without_a_plain_start_is_not_called() -> None:
    findings = refused(start(), call("ca", "alarming"), end(), "s > ca > e", calls={"alarming": None})
    assert findings == [("not-callable", "ca")]


LARGE = start("x", conditional("amount > 1"))


def test_a_case_begins_where_a_condition_holds_over_data_that_are_given() -> None:
    case = Driver(process(LARGE, user("a"), end(), "x > a > e", declares=("amount",))).start("x", amount=5)
    assert (case.told(EventType.CONDITION_MET), case.paths, case.values) == (["x"], ["a"], {"amount": 5})
    assert case.complete("a").status == "completed"


def test_a_condition_is_one_of_several_triggers_and_belongs_to_no_others() -> None:
    either = start("x", conditional("amount > 1") + signal())
    assert refused(either, end(), "x > e", declares=("amount",)) == []
    both = start("x", conditional("amount > 1") + message(), parallelMultiple="true")
    assert refused(both, end(), "x > e", declares=("amount",)) == [("not-supported", "x")]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("amuont > 1", [("unknown-name", "x")]),
        ('case.unit = "north"', [("no-data-yet", "x")]),
        ("amount >", [("bad-expression", "x")]),
    ],
)
def test_a_start_condition_is_checked(condition: str, expected: list[tuple[str, str]]) -> None:
    event = start("x", conditional(condition))
    assert sorted(refused(event, end(), "x > e", declares=("amount",))) == expected


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (start("x", timer("timeCycle", "R/P1D")), [("no-unit", "x")]),
        (start("x", timer("timeDate", "= endDate"), unit="north"), [("no-data-yet", "x"), ("unknown-name", "x")]),
        (start("x", timer("timeDate", "= case.startedAt"), unit="north"), [("no-data-yet", "x")]),
        (start("x", timer("timeDate", '= today() + duration("P1D")'), unit="north"), []),
        (start("x", timer("timeDuration", "R/P1D"), unit="north"), [("bad-time", "x")]),
        (start("x", timer("timeCycle", "R/2025-03-03T08:00/P7D"), unit="north"), []),
        (start("x", signal(), unit="north"), []),
        (start("x", signal()), []),
        (start("x", message(), unit="north"), [("unit-unused", "x")]),
        (start("x", message()) + start("y", message()), [("same-start", "y"), ("no-way-out", "y")]),
    ],
)
def test_what_begins_by_itself_is_checked(event: str, expected: list[tuple[str, str]]) -> None:
    findings = refused(start(), event, end(), "s > e", "x > e")
    assert sorted(findings) == sorted(expected)


def test_several_plain_starts_are_refused() -> None:
    assert refused(start(), start("t"), ALARM, end(), "s > e", "t > e", "alarm > e") == [("many-starts", "p")]


def test_a_sub_process_begins_by_no_trigger() -> None:
    inner = sub("p1", start("i"), start("x", signal()), end("f"), "i > f", "x > f")
    assert refused(start(), inner, end(), "s > p1 > e") == [("not-supported", "x")]


# receive tasks


def test_a_case_begins_at_a_receive_task() -> None:
    case = Driver(process(RECEIVING, user("a"), end(), "r > a > e", declares=("x",))).start("r", {"text": "hello"})
    assert (case.paths, case.values) == (["a"], {"x": "hello"})
    assert case.told(EventType.MESSAGE_RECEIVED) == case.told(EventType.ELEMENT_COMPLETED) == ["r"]


def test_a_boundary_event_of_the_task_that_began_the_case_does_not_outlive_it() -> None:
    late = boundary("late", "r", timer("timeDuration", "P1D"))
    case = Driver(process(RECEIVING, late, user("a"), end(), "r > a > e", "late > e", declares=("x",)))
    assert case.start("r", {"text": "hello"}).waiting == ["a"]


def test_what_the_message_carried_can_be_mapped_when_the_data_are_mended() -> None:
    receiving = RECEIVING.replace("= text", "= text + other")
    parts = (receiving, user("a"), end(), "r > a > e")
    case = Driver(process(*parts, declares=("x", "other"))).start("r", {"text": "he"})
    assert case.incident("r").kind == "expression-failed"
    case.correct(other="y").retry()
    assert (case.values["x"], case.paths) == ("hey", ["a"])


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((start(), RECEIVING, end(), "s > r > e"), [("flow-into-start", "r")]),
        ((tag("receiveTask", "r", standard_loop("true"), messageRef="m", instantiate="true"), end(), "r > e"),
         [("not-supported", "r")]),
        ((start(), sub("u", start("i"), RECEIVING, end("f"), "i > f", "r > f"), end(), "s > u > e"), [("not-supported", "r")]),
        ((start(), tag("sendTask", "k", messageRef="m", instantiate="true"), end(), "s > k > e"), [("unknown-attribute", "k")]),
    ],
)  # fmt: skip
def test_a_receive_task_that_cannot_begin_the_process_is_refused(
    parts: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    found = [finding for finding in findings_of(*parts, declares=("x",)) if finding.is_error and finding.rule != "unreachable"]
    assert [(finding.rule, finding.element) for finding in found] == expected


# gateways


def racing(*more: str) -> tuple[str, ...]:
    return (RACING, catch("c", message("m", x="text")), catch("d", signal()), user("a"), user("b"), end(),
            "g > c > a > e", "g > d > b > e", *more)  # fmt: skip


@pytest.mark.parametrize(("event", "payload", "task"), [("c", {"text": "t"}, "a"), ("d", None, "b")])
def test_a_case_begins_behind_a_gateway_and_waits_for_no_other(event: str, payload: dict[str, str] | None, task: str) -> None:
    case = Driver(process(*racing(), declares=("x",))).start(event, payload)
    assert (case.paths, case.waiting) == ([task], [task])
    assert case.told(EventType.ELEMENT_COMPLETED) == ["g", event]


def test_a_gateway_that_begins_a_process_has_messages_and_signals_behind_it() -> None:
    parts = (RACING, catch("c", message()), catch("d", timer("timeDuration", "P1D")), end(), "g > c > e", "g > d > e")
    assert refused(*parts) == [("not-supported", "g")]


def test_a_gateway_on_the_way_still_waits_for_all_behind_it() -> None:
    parts = (start(), race("g"), catch("c", message()), catch("d", signal()), end(), "s > g > c > e", "g > d > e")
    case = Driver(process(*parts)).start()
    assert case.waiting == ["c", "d"]
    assert case.step(bpmn.Trigger(Token(case.wait("d").token))).status == "completed"


def test_the_model_knows_what_begins_it() -> None:
    loaded = process(*racing(), start("m2", message("keyed")), script("z", "{}"), "m2 > z > e", declares=("x",))
    assert sorted(node.id for node in loaded.model.triggered_starts()) == ["c", "d", "m2"]
    assert sorted(loaded.model.start_messages) == ["keyed", "ping"]
