"""Errors and escalations that nothing throws where an event waits to catch them."""

from __future__ import annotations

import pytest

from engine.bpmn import Surroundings, check_process
from engine.bpmn.process_model import ProcessModel
from engine.finding import Finding
from tests.bpmn.diagrams import (
    boundary,
    call,
    end,
    error,
    error_end,
    escalation,
    handler,
    manual,
    names,
    process,
    read,
    service,
    start,
    sub,
    throw,
    undone,
)

LINE = (start(), end(), "s > a > e", "b > e")
INSIDE = (start("s2"), manual("c"), end("e2"), "s2 > c > e2")
FAILS = (start("s2"), error_end(), "s2 > bad")


def called(*parts: str, key: str = "q") -> dict[str, ProcessModel]:
    return {key: process(start(), *parts, key=key).model}


def findings_of(*parts: str, models: dict[str, ProcessModel] | None = None) -> list[Finding]:
    model, findings = read(*parts)
    around = Surroundings(names("x"), calls={"q": frozenset()}, models=models or {})
    return [one for one in findings if one.is_error] + check_process(model, "p", around, file="process.bpmn")


def told(*parts: str, models: dict[str, ProcessModel] | None = None) -> list[tuple[str, str]]:
    return [(one.rule, one.element) for one in findings_of(*parts, models=models)]


@pytest.mark.parametrize("event", [error(), error(""), escalation(), escalation("")])
def test_what_nothing_inside_throws_is_told(event: str) -> None:
    (found,) = findings_of(*LINE, sub("a", *INSIDE), boundary("b", "a", event))
    assert (found.rule, found.element, found.is_error) == ("never-thrown", "b", False)
    assert "Inget inuti" in str(found.told()["message_sv"])


def test_what_is_thrown_instead_is_named() -> None:
    (found,) = findings_of(*LINE, sub("a", *FAILS), boundary("b", "a", error("er2")))
    assert found.message == "Nothing inside “a” throws the error `other`, so it never happens."
    assert found.remedy == "Catch what is thrown there (`no`), throw it with an event, or remove this one."


@pytest.mark.parametrize("event", [error(), error("")])
def test_what_is_thrown_deep_inside_is_caught(event: str) -> None:
    assert told(*LINE, sub("a", start("s3"), sub("d", *FAILS), end("e3"), "s3 > d > e3"), boundary("b", "a", event)) == []


def test_what_is_caught_on_the_way_does_not_come_out() -> None:
    inner = (start("s3"), sub("d", *FAILS), boundary("d?", "d", error()), end("e3"), "s3 > d > e3", "d? > e3")
    assert told(*LINE, sub("a", *inner), boundary("b", "a", error())) == [("never-thrown", "b")]
    undoing = (manual("c"), undone("c", "u"), manual("u", isForCompensation="true"))
    assert told(*LINE, sub("a", *inner, *undoing, "d? > c > e3"), boundary("b", "a", error())) == []


def test_an_escalation_comes_from_an_event_in_the_flow() -> None:
    inside = (start("s2"), throw("c", escalation()), end("e2"), "s2 > c > e2")
    assert told(*LINE, sub("a", *inside), boundary("b", "a", escalation(), interrupting=False)) == []


def test_handlers_throw_what_they_are_known_for() -> None:
    create = service("c", "register.create", {"register": '"r"', "entry": "{}"})
    inside = (start("s2"), create, end("e2"), "s2 > c > e2")
    assert told(*LINE, sub("a", *inside), boundary("b", "a", error(""))) == []
    (found,) = findings_of(*LINE, sub("a", *inside), boundary("b", "a", error()))
    assert "`bad-entry`, `entry-exists`" in found.remedy


def test_called_processes_are_looked_into() -> None:
    assert told(*LINE, call("a", "q"), boundary("b", "a", error()), models=called(error_end(), "s > bad")) == []
    quiet = called(manual("c"), end(), "s > c > e")
    assert told(*LINE, call("a", "q"), boundary("b", "a", error()), models=quiet) == [("never-thrown", "b")]
    assert told(*LINE, call("a", "q", version="3"), boundary("b", "a", error()), models=quiet) == []


def test_a_process_that_is_not_here_or_calls_itself_may_throw_anything() -> None:
    assert told(*LINE, call("a", "q"), boundary("b", "a", error())) == []
    again = called(call("c", "q"), end(), "s > c > e")
    assert told(*LINE, call("a", "q"), boundary("b", "a", error()), models=again) == []


def test_an_event_sub_process_that_nothing_around_throws_to_is_told() -> None:
    flow = (start(), manual("a"), end(), "s > a > e")
    for event in (error(), escalation()):
        assert told(*flow, handler("h", event, end("he"), "h-s > he")) == [("never-thrown", "h-s")]
    itself = handler("h", error(), error_end("he"), "h-s > he")
    assert told(*flow, itself) == [("never-thrown", "h-s")]
    assert told(start(), error_end(), "s > bad", handler("h", error(), end("he"), "h-s > he")) == []
    other = handler("h2", escalation(), error_end("he2"), "h2-s > he2", interrupting=False)
    throws = (start(), throw("a", escalation()), end(), "s > a > e")
    assert told(*throws, other, handler("h", error(), end("he"), "h-s > he")) == []
