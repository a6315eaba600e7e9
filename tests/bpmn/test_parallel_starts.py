"""Cases that begin with several messages: at a start event that needs all of them, and behind a parallel gateway."""

from __future__ import annotations

import pytest

from engine import bpmn
from engine.bpmn import Surroundings, check_process
from engine.case import CaseStatus
from engine.history import EventType
from tests.bpmn.diagrams import (
    both,
    boundary,
    catch,
    end,
    extension,
    manual,
    message,
    names,
    process,
    puts,
    read,
    signal,
    start,
    sub,
    tag,
    timer,
    user,
)
from tests.bpmn.driver import Driver
from tests.bpmn.test_multiple_starts import carrying
from tests.bpmn.test_refusals import refused

DECLARED = (
    '<message id="m1" name="application" stegvis:correlation="= {person: k}"/>'
    '<message id="m2" name="consent" stegvis:correlation="= {person: k}"/>'
    '<message id="m3" name="receipt" stegvis:correlation="= {number: k}"/><signal id="si" name="alarm"/>'
)


def told(*parts: str) -> list[tuple[str, str]]:
    model, findings = read(*parts, declared=DECLARED)
    findings += check_process(model, "p", Surroundings(names("x", "y", "k")), file="process.bpmn")
    return [(finding.rule, finding.element) for finding in findings]


# a start event that needs all of its triggers

ALL = start("b", carrying("m1", x="text", k="person") + carrying("m2", y="text"), parallelMultiple="true")
BOTH = bpmn.Start("b", payload={"text": "yes"}, part=1, also={0: {"text": "please", "person": "p1"}})


def together() -> Driver:
    return Driver(process(ALL, user("a"), end(), "b > a > e", declared=DECLARED))


def test_a_case_begins_with_what_all_of_its_messages_brought() -> None:
    case = together().step(BOTH)
    assert (case.values, case.waiting) == ({"x": "please", "y": "yes", "k": "p1"}, ["a"])
    told = [payload["message"] for type_, _, payload in case.payloads if type_ == "message-received"]
    assert told == ["application", "consent"]
    assert case.complete("a").status is CaseStatus.COMPLETED


def test_none_of_them_is_lost_when_one_cannot_be_mapped() -> None:
    event = ALL.replace('expression="= text"', 'expression="= text + z"', 1)
    case = Driver(process(event, user("a"), end(), "b > a > e", declared=DECLARED)).step(BOTH)
    assert (case.incident("b").kind, case.paths, case.values) == ("expression-failed", [], {})
    case.correct(z="!").retry()
    assert (case.values["x"], case.values["y"], case.paths) == ("please!", "yes", ["a"])


def test_the_model_knows_what_belongs_together() -> None:
    model = together().shelf.processes[0].model
    first, second = model.beginnings()
    assert (model.belonging(first), model.belonging(second)) == ((second,), (first,))
    assert model.needs_all(first)


@pytest.mark.parametrize(
    "triggers",
    [carrying("m1") + signal(), carrying("m1") + timer("timeDuration", "P1D"), signal() + timer("timeDuration", "P1D")],
)
def test_what_has_no_key_belongs_to_no_other(triggers: str) -> None:
    event = start("b", triggers, parallelMultiple="true", unit="north")
    (found,) = read(event, end(), "b > e", declared=DECLARED)[1]
    assert (found.rule, found.element) == ("not-supported", "b")
    assert "only messages have a key" in found.message


# behind a parallel gateway

GATEWAY = tag("eventBasedGateway", "g", instantiate="true", eventGatewayType="Parallel")
FIRST = catch("c", carrying("m1", x="text", k="person"))
SECOND = tag("receiveTask", "r", extension(puts("output", y="text", k="person")), messageRef="m2")
PARTS = (GATEWAY, FIRST, SECOND, user("a"), user("b"), both("j"), user("z"), end(),
         "g > c > a > j > z > e", "g > r > b > j")  # fmt: skip


def gathering(event: str = "c") -> Driver:
    case = Driver(process(*PARTS, declared=DECLARED))
    return case.step(bpmn.Start(event, payload={"text": "please", "person": "p1"}))


def test_the_first_message_begins_the_case_and_it_waits_for_the_others() -> None:
    case = gathering()
    assert case.waiting == ["a", "r"]
    assert case.told(EventType.ELEMENT_COMPLETED) == ["g", "c"]
    case.trigger("r", text="yes", person="p1")
    assert (case.paths, case.values["y"]) == (["a", "b"], "yes")
    assert case.complete("b").complete("a").paths == ["z"]


def test_any_of_them_may_be_the_first() -> None:
    case = gathering("r")
    assert case.waiting == ["b", "c"]
    assert case.trigger("c", text="please", person="p1").paths == ["a", "b"]


def test_each_waits_with_the_key_of_the_one_that_came() -> None:
    hashes = {gathering(event).wait(other).key_hash for event, other in (("c", "r"), ("r", "c"))}
    assert len(hashes) == 1


def test_the_case_is_not_over_before_all_have_come() -> None:
    case = Driver(process(GATEWAY, FIRST, SECOND, end(), "g > c > e", "g > r > e", declared=DECLARED))
    case.step(bpmn.Start("c", payload={"text": "please", "person": "p1"}))
    assert (case.status, case.waiting) == (CaseStatus.ACTIVE, ["r"])
    assert case.trigger("r", text="yes", person="p1").status is CaseStatus.COMPLETED


def test_a_terminate_withdraws_what_has_not_come() -> None:
    stop = end("t", "<terminateEventDefinition/>")
    case = Driver(process(GATEWAY, FIRST, SECOND, user("a"), stop, end(), "g > c > a > t", "g > r > e", declared=DECLARED))
    case.step(bpmn.Start("c", payload={"text": "please", "person": "p1"})).complete("a")
    assert (case.status, case.waits) == (CaseStatus.COMPLETED, {})


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((GATEWAY, FIRST, catch("d", signal()), end(), "g > c > e", "g > d > e"), [("not-supported", "g")]),
        ((GATEWAY, FIRST, catch("d", carrying("m2") + signal()), end(), "g > c > e", "g > d > e"), [("not-supported", "g")]),
        ((GATEWAY, FIRST, catch("d", carrying("m3")), end(), "g > c > e", "g > d > e"), [("other-correlation", "g")]),
        ((GATEWAY, FIRST, catch("d", carrying("m1")), end(), "g > c > e", "g > d > e"), [("same-start", "d")]),
        ((start(), GATEWAY.replace(' instantiate="true"', ""), FIRST, SECOND, end(), "s > g > c > e", "g > r > e"),
         [("not-supported", "g")]),
        ((GATEWAY.replace("Parallel", "Other"), FIRST, SECOND, end(), "g > c > e", "g > r > e"), [("not-supported", "g")]),
        ((start(), GATEWAY, FIRST, SECOND, end(), "s > g > c > e", "g > r > e"), [("flow-into-start", "g")]),
        ((GATEWAY, FIRST, SECOND, boundary("bo", "r", timer("timeDuration", "P1D")), end(), "g > c > e", "g > r > e", "bo > e"),
         [("no-race", "g-r")]),
    ],
)  # fmt: skip
def test_a_gateway_whose_events_cannot_belong_together_is_refused(
    parts: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert told(*parts) == expected


def test_one_in_a_sub_process_is_refused() -> None:
    inner = sub("u", start("i"), GATEWAY, catch("c", message()), catch("d", message("keyed")), end("f"),
                "i > f", "g > c > f", "g > d > f")  # fmt: skip
    assert ("not-supported", "g") in refused(start(), inner, end(), "s > u > e", declares=("key",))


def test_ways_that_meet_in_a_join_are_no_deadlock_and_those_that_meet_in_none_are_told() -> None:
    assert [rule for rule, _ in told(*PARTS)] == ["no-form"] * 3
    unjoined = (GATEWAY, FIRST, SECOND, manual("a"), end(), "g > c > a > e", "g > r > a")
    assert told(*unjoined) == [("not-synchronised", "a")]
