"""Service tasks whose work is a job: ordered by the step, done after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from engine import job_handlers
from engine.bpmn import JobDone, Surroundings, check_process
from engine.bpmn.compiler import specification
from engine.case import CaseStatus
from engine.errors import NotPossible
from engine.finding import Finding
from engine.history import EventType
from engine.job import RetryPolicy
from engine.wait import WaitKind
from tests.bpmn.diagrams import (
    DECLARED,
    boundary,
    call,
    end,
    error,
    escalation,
    handler,
    job,
    loop,
    names,
    process,
    read,
    start,
    sub,
    timer,
    user,
    xor,
)  # fmt: skip
from tests.bpmn.driver import Driver
from tests.bpmn.test_refusals import said

CODES = '<error id="none" errorCode="no-entry" name="No such entry"/><error id="away" errorCode="away"/>'
ONWARD = (user("z"), end())
CAUGHT = (user("w"), user("z"), end(), "b > w > e")


def pay(marker: str = "", **attributes: str) -> str:
    return job("a", {"sum": "x", "to": "who"}, {"got": "result.receipt"}, marker, **({"topic": "pay"} | attributes))


def one(*parts: str, called: tuple[str, ...] = ()) -> Driver:
    model, findings = read(start(), *parts, declared=DECLARED + CODES)
    assert [finding for finding in findings if finding.is_error] == []
    loaded = replace(process(start(), end(), "s > e"), model=model, spec=specification(model))
    return Driver(loaded, *([process(*called, key="called")] if called else []))


def straight() -> Driver:
    return one(pay(), *ONWARD, "s > a > z > e").start(x=4, who="Alva")


@pytest.fixture
def acme() -> Iterator[None]:
    job_handlers.register(
        "acme.ring", job_handlers.JobHandler(lambda inputs, desk: None, frozenset({"away"}), frozenset({"number"}))
    )
    yield
    job_handlers.withdraw("acme.ring")


def test_a_job_is_ordered_with_its_inputs_and_the_case_waits() -> None:
    case = straight()
    order = case.job("a")
    assert (order.topic, order.handler, dict(order.inputs)) == ("pay", "", {"sum": 4, "to": "Alva"})
    assert (order.policy, dict(order.names)) == (RetryPolicy(), {"name": "a"})
    assert [wait.kind for wait in case.waits.values()] == [WaitKind.JOB]
    assert case.wait("a").name == "pay"
    ordered = next(payload for type_, _, payload in case.payloads if type_ == EventType.JOB_ORDERED)
    assert (ordered["topic"], ordered["inputs"]) == ("pay", {"sum": 4, "to": "Alva"})


def test_the_diagram_says_who_does_it_and_how_often() -> None:
    case = one(pay(retries="5", retryAfter="PT10S", timeout="PT2H"), *ONWARD, "s > a > z > e").start(x=1, who="Bo")
    assert case.job("a").policy == RetryPolicy(5, timedelta(seconds=10), timedelta(hours=2))
    by_handler = one(job("a", {}, {}, handler="acme.ring", name="Ring"), *ONWARD, "s > a > z > e").start().job("a")
    assert (by_handler.handler, by_handler.topic, dict(by_handler.names)) == ("acme.ring", "", {"name": "Ring"})


def test_what_is_given_back_is_mapped_and_the_case_goes_on() -> None:
    case = straight().done("a", {"receipt": 7})
    assert (case.values["got"], case.paths, case.jobs) == (7, ["z"], {})
    assert case.told(EventType.JOB_COMPLETED) == ["a"]


def test_a_result_that_cannot_be_mapped_is_kept_and_the_job_is_not_done_again() -> None:
    case = one(job("a", {}, {"got": "result + x"}, topic="pay"), *ONWARD, "s > a > z > e").start(x="text")
    case.done("a", 1)
    assert (case.incident("a").kind, case.jobs) == ("expression-failed", {})
    assert case.retry("a").jobs == {}
    case.correct(x=2).retry("a")
    assert (case.values["got"], case.paths, case.incidents) == (3, ["z"], {})
    assert len(case.told(EventType.JOB_ORDERED)) == 1


def test_a_job_that_is_given_up_is_an_incident_and_another_try_orders_it_anew() -> None:
    case = straight().give_up("a")
    assert (case.incident("a").kind, case.jobs) == ("job-failed", {})
    assert "It failed 3 times." in case.incident("a").message
    case.correct(x=5).retry("a")
    assert (case.incidents, dict(case.job("a").inputs)) == ({}, {"sum": 5, "to": "Alva"})
    assert case.done("a", {"receipt": 1}).paths == ["z"]


def test_an_input_that_fails_at_another_try_leaves_the_incident() -> None:
    case = one(job("a", {"n": "x + 1"}, {}, topic="pay"), *ONWARD, "s > a > z > e").start(x=1).give_up("a")
    case.correct(x="text").retry("a")
    assert (case.incident("a").kind, case.jobs) == ("expression-failed", {})
    assert case.correct(x=1).retry("a").done("a", None).paths == ["z"]


def test_a_job_that_is_given_up_can_be_skipped() -> None:
    assert straight().give_up("a").skip("a").paths == ["z"]


@pytest.mark.parametrize("code", ["none", ""])
def test_an_error_is_caught_on_the_border(code: str) -> None:
    case = one(pay(), boundary("b", "a", error(code)), *CAUGHT, "s > a > z > e").start(x=1, who="Bo").throws("a", "no-entry")
    assert (case.paths, case.jobs, case.incidents) == (["w"], {}, {})
    assert case.told(EventType.ERROR_THROWN) == ["a"]


def test_an_error_is_caught_further_out() -> None:
    inner = sub("sp", start("is"), pay(), end("ie"), "is > a > ie")
    case = one(inner, boundary("b", "sp", error("none")), *CAUGHT, "s > sp > z > e").start(x=1, who="Bo")
    assert case.throws("a", "no-entry").paths == ["w"]
    called = (start(), job("a", {}, {}, topic="pay"), end(), "s > a > e")
    outer = one(call("c", "called"), boundary("b", "c", error("none")), *CAUGHT, "s > c > z > e", called=called).start()
    assert outer.throws("c.a", "no-entry").paths == ["w"]


def test_an_error_begins_an_event_sub_process() -> None:
    inside = handler("h", error("none"), user("hu"), end("he"), "h-s > hu > he")
    case = one(pay(), inside, *ONWARD, "s > a > z > e").start(x=1, who="Bo").throws("a", "no-entry")
    assert case.paths == ["hu"]
    assert case.complete("hu").status is CaseStatus.COMPLETED


def test_an_error_that_nobody_catches_is_an_incident() -> None:
    case = straight().throws("a", "no-entry")
    assert (case.incident("a").kind, case.jobs) == ("job-failed", {})
    assert case.retry("a").job("a").topic == "pay"


def test_a_timer_on_the_border_withdraws_the_job() -> None:
    case = one(pay(), boundary("b", "a", timer("timeDuration", "PT1H")), *CAUGHT, "s > a > z > e").start(x=1, who="Bo")
    assert case.trigger("b").paths == ["w"]
    assert case.jobs == {}


def test_a_timer_beside_it_still_fires_when_it_was_given_up() -> None:
    case = (
        one(pay(), boundary("b", "a", timer("timeDuration", "PT1H")), *CAUGHT, "s > a > z > e")
        .start(x=1, who="Bo")
        .give_up("a")
    )
    case.trigger("b")
    assert (case.paths, case.incidents) == (["w"], {})


def test_a_case_that_is_cancelled_withdraws_the_job() -> None:
    case = straight().cancel()
    assert (case.status, case.jobs) == (CaseStatus.CANCELLED, {})


def test_each_round_of_a_loop_orders_a_job_of_its_own() -> None:
    each = job("a", {"sum": "item"}, {"got": "result"}, loop("[1, 2, 3]", "item"), topic="pay")
    case = one(each, *ONWARD, "s > a > z > e").start()
    assert sorted(str(order.inputs["sum"]) for order in case.jobs.values()) == ["1", "2", "3"]
    for number in range(3):
        assert case.paths == []
        case.done("a", number)
    assert case.paths == ["z"]


def test_a_job_in_a_round_that_comes_again_is_another_token() -> None:
    case = one(xor("g"), pay(), user("z"), xor("h"), end(), "s > g > a > z > h > [x > 1] g", "h > [x <= 1] e").start(
        x=2, who="Bo"
    )
    first = case.job("a").token
    again = case.done("a", {"receipt": 1}).complete("z").job("a").token
    assert first != again


def test_nobody_completes_a_job_twice() -> None:
    case = straight()
    token = case.job("a").token
    case.done("a", {"receipt": 1})
    with pytest.raises(NotPossible, match="no longer waits"):
        case.step(JobDone(token, None))


def test_an_input_with_an_identity_number_is_refused() -> None:
    case = one(job("a", {"n": "x"}, {}, topic="pay"), *ONWARD, "s > a > z > e").start()
    assert case.jobs
    stuck = one(job("a", {"n": '"19811218-9876"'}, {}, topic="pay"), *ONWARD, "s > a > z > e").start()
    assert (stuck.incident("a").kind, stuck.jobs) == ("cannot-write", {})


def findings(*parts: str) -> list[Finding]:
    model, found = read(*parts, declared=DECLARED + CODES)
    return found + check_process(model, "p", Surroundings(names("x", "who", "got")), file="process.bpmn")


@pytest.mark.parametrize(
    ("attributes", "rule"),
    [
        ({}, "missing-attribute"),
        ({"handler": "register.get", "topic": "pay"}, "bad-job"),
        ({"topic": "not a topic"}, "bad-job"),
        ({"topic": "pay", "retries": "0"}, "bad-job"),
        ({"topic": "pay", "retries": "often"}, "bad-job"),
        ({"topic": "pay", "retryAfter": "P1M"}, "bad-job"),
        ({"topic": "pay", "retryAfter": "P2D"}, "bad-job"),
        ({"topic": "pay", "timeout": "PT0S"}, "bad-job"),
        ({"topic": "pay", "timeout": "soon"}, "bad-job"),
        ({"handler": "acme.ring"}, "no-handler"),
    ],
)
def test_what_no_job_can_be_is_refused(attributes: dict[str, str], rule: str) -> None:
    assert said(findings(start(), job("a", {"number": "1"}, {}, **attributes), end(), "s > a > e")) == [(rule, "a")]


def test_what_is_done_in_the_step_is_not_tried_again() -> None:
    host = job("a", {"register": '"rooms"', "key": '"r1"'}, {}, handler="register.get", retries="2")
    assert said(findings(start(), host, end(), "s > a > e")) == [("bad-job", "a")]


@pytest.mark.usefixtures("acme")
def test_a_handler_that_is_installed_is_taken_if_it_gets_what_it_needs() -> None:
    parts = (end(), "s > a > e")
    assert findings(start(), job("a", {"number": "1"}, {}, handler="acme.ring"), *parts) == []
    assert said(findings(start(), job("a", {}, {}, handler="acme.ring"), *parts)) == [("missing-input", "a")]


@pytest.mark.usefixtures("acme")
def test_a_handler_that_says_not_what_it_may_get_may_get_anything() -> None:
    inputs = {"number": "null", "volume": "11"}
    assert findings(start(), job("a", inputs, {}, handler="acme.ring"), end(), "s > a > e") == []


@pytest.mark.usefixtures("acme")
def test_events_catch_what_a_handler_throws() -> None:
    def found(event: str, **attributes: str) -> list[tuple[str, str]]:
        host = job("a", {"number": "1"}, {}, **attributes)
        return said(findings(start(), host, boundary("b", "a", event), end(), "s > a > e", "b > e"))

    assert found(error("away"), handler="acme.ring") == []
    assert found(error("none"), handler="acme.ring") == [("error-boundary", "b")]
    assert found(error("none"), topic="pay") == []
    assert found(escalation(), topic="pay") == [("error-boundary", "b")]


def test_a_job_takes_time() -> None:
    host = pay()
    found = findings(start(), host, boundary("b", "a", timer("timeDuration", "PT1H")), end(), "s > a > e", "b > e")
    assert [finding for finding in found if finding.rule == "never-happens"] == []
