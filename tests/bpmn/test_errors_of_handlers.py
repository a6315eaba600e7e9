"""Errors that a service task's handler throws: caught on its border or further out, else an incident."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from engine.bpmn import Surroundings, check_process
from engine.bpmn.compiler import specification
from engine.case import CaseStatus
from engine.handlers import BUILT_IN, ERRORS, HandlerFailed
from engine.history import EventType
from tests.bpmn.diagrams import (
    DECLARED,
    boundary,
    call,
    end,
    error,
    escalation,
    handler,
    loop,
    names,
    process,
    read,
    script,
    service,
    start,
    sub,
    user,
)  # fmt: skip
from tests.bpmn.driver import Driver
from tests.bpmn.test_refusals import said

CODES = '<error id="none" errorCode="no-entry" name="No such room"/><error id="other" errorCode="no-unit"/>'
INPUTS = {"register": '"rooms"', "key": "key", "changes": "{floor: 2}"}


def update(id_: str = "a", marker: str = "") -> str:
    return service(id_, "register.update", INPUTS, {"got": "result.floor"}, marker)


def one(*parts: str, called: tuple[str, ...] = ()) -> Driver:
    """A case of a process beside which the errors of handlers are declared."""
    model, findings = read(start(), *parts, declared=DECLARED + CODES)
    assert [finding for finding in findings if finding.is_error] == []
    loaded = replace(process(start(), end(), "s > e"), model=model, spec=specification(model))
    return Driver(loaded, *([process(*called, key="called")] if called else []))


WAYS = (user("w"), user("z"), end(), "b > w > e")


@pytest.mark.parametrize("code", ["none", ""])
def test_an_error_is_caught_on_the_border_of_the_task(code: str) -> None:
    case = one(update(), boundary("b", "a", error(code)), *WAYS, "s > a > z > e").start(key="r9")
    assert (case.paths, case.incidents, case.effects) == (["w"], {}, [])
    assert case.told(EventType.ERROR_THROWN) == ["a"]
    assert case.told(EventType.ELEMENT_CANCELLED) == ["a"]


def test_what_succeeds_throws_nothing() -> None:
    case = one(update(), boundary("b", "a", error("none")), *WAYS, "s > a > z > e")
    case.registers.entries["r1"] = {"id": "r1", "floor": Decimal(1)}
    assert case.start(key="r1").paths == ["z"]


def test_an_error_that_nobody_catches_is_an_incident() -> None:
    case = one(update(), user("z"), end(), "s > a > z > e").start(key="r9")
    assert case.incident("a").kind == "handler-failed"
    case.registers.entries["r9"] = {"id": "r9", "floor": Decimal(1)}
    assert case.retry("a").paths == ["z"]


def test_what_has_no_code_is_an_incident_even_where_every_error_is_caught() -> None:
    case = one(update(), boundary("b", "a", error("")), *WAYS, "s > a > z > e").start(key=7)
    assert case.incident("a").kind == "handler-failed"
    assert case.correct(key="r9").retry("a").paths == ["w"]
    assert case.incidents == {}


def test_an_error_is_caught_further_out() -> None:
    inner = sub("sp", start("is"), update(), end("ie"), "is > a > ie")
    assert one(inner, boundary("b", "sp", error("none")), *WAYS, "s > sp > z > e").start(key="r9").paths == ["w"]
    called = (start(), update(), end(), "s > a > e")
    outer = (call("c", "called", {"key": "key"}), boundary("b", "c", error("none")), *WAYS, "s > c > z > e")
    assert one(*outer, called=called).start(key="r9").paths == ["w"]


def test_an_error_begins_an_event_sub_process() -> None:
    inside = handler("h", error("none"), user("hu"), end("he"), "h-s > hu > he")
    case = one(update(), inside, user("z"), end(), "s > a > z > e").start(key="r9")
    assert case.paths == ["hu"]
    assert case.complete("hu").status is CaseStatus.COMPLETED


def test_an_error_in_one_round_ends_the_loop() -> None:
    each = update(marker=loop('["r1", "r9", "r2"]', "key"))
    case = one(each, boundary("b", "a", error("none")), *WAYS, "s > a > z > e")
    case.registers.entries |= {key: {"id": key, "floor": Decimal(1)} for key in ("r1", "r2")}
    assert case.start().paths == ["w"]


@pytest.mark.parametrize(
    ("host", "event"),
    [
        (update(), error("other")),
        (update(), escalation()),
        (service("a", "register.get", {"register": '"rooms"', "key": "key"}), error("")),
        (script("a", "{x: 1}"), error("")),
    ],
)
def test_what_nothing_throws_is_refused(host: str, event: str) -> None:
    parts = (start(), host, boundary("b", "a", event), end(), "s > a > e", "b > e")
    model, findings = read(*parts, declared=DECLARED + CODES)
    findings += check_process(model, "p", Surroundings(names("key", "got", "x")), file="process.bpmn")
    assert said(findings) == [("error-boundary", "b")]


def test_errors_are_those_of_handlers() -> None:
    assert set(ERRORS) <= set(BUILT_IN)
    assert HandlerFailed("It failed.").error == ""
