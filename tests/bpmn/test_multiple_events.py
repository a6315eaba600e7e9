"""Events with several triggers: any of them catches, all of them where it is parallel; a throwing event throws all."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from engine.bpmn import Trigger
from engine.case import CaseStatus
from engine.handlers import MessageSend, SignalThrow
from engine.history import EventType
from tests.bpmn.diagrams import (
    both,
    boundary,
    call,
    cancelled,
    catch,
    conditional,
    end,
    error,
    escalation,
    extension,
    handler,
    link,
    loop,
    message,
    process,
    puts,
    race,
    send,
    signal,
    start,
    sub,
    task,
    throw,
    timer,
    transaction,
    undo,
    undone,
    user,
)  # fmt: skip
from tests.bpmn.driver import MONDAY, Driver, feel_values
from tests.bpmn.test_refusals import findings_of, refused

EVENTS = message("keyed", n="n") + timer("timeDuration", "P1D") + signal() + conditional("x > 5")
KINDS = ("message", "timer", "signal", "condition")
THREE = message("keyed", n="n") + signal() + conditional("x > 5")


def parallel(event: str) -> str:
    """The same event, needing all of its triggers."""
    return event.replace(" id=", ' parallelMultiple="true" id=', 1)


def one(*parts: str, called: tuple[str, ...] = ()) -> Driver:
    more = [process(*called, key="called")] if called else []
    return Driver(process(start(), *parts), *more)


def come(case: Driver, path: str, kind: str, **payload: Any) -> Driver:
    """Let one of the triggers of an event come."""
    if kind == "condition":
        return case.correct(x=6)
    wait = next(wait for wait in case.waits.values() if (wait.element, wait.kind) == (path, kind))
    return case.step(Trigger(wait.token, feel_values({"n": 7, **payload} if kind == "message" else {})))


# any of them


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_of_several_triggers_lets_the_token_go_on(kind: str) -> None:
    case = one(catch("c", EVENTS), user("z"), end(), "s > c > z > e").start(key="k", x=1)
    assert case.waiting == ["c"] * 4
    come(case, "c", kind)
    assert case.waiting == ["z"], "the others are withdrawn"
    assert case.values.get("n") == (7 if kind == "message" else None)
    assert case.told(EventType.ELEMENT_COMPLETED) == ["s", "c"]
    assert case.told(EventType.ELEMENT_CANCELLED) == []


@pytest.mark.parametrize("kind", KINDS)
def test_any_of_them_interrupts_an_activity(kind: str) -> None:
    case = one(user("a"), boundary("b", "a", EVENTS), user("w"), end(), "s > a > e", "b > w > e").start(key="k", x=1)
    come(case, "b", kind)
    assert case.waiting == ["w"]
    assert case.told(EventType.ELEMENT_CANCELLED) == ["a"]


def test_the_activity_takes_all_of_them_with_it() -> None:
    case = one(user("a"), boundary("b", "a", EVENTS), user("w"), end(), "s > a > e", "b > w > e").start(key="k", x=1)
    assert case.complete("a").status is CaseStatus.COMPLETED


def test_without_interrupting_each_of_them_happens_as_it_would_alone() -> None:
    border = boundary("b", "a", EVENTS, interrupting=False)
    case = one(user("a"), border, user("w"), end(), "s > a > e", "b > w > e").start(key="k", x=1)
    come(come(case, "b", "message"), "b", "message")
    assert case.paths == ["a", "w", "w"]
    come(case, "b", "timer")
    assert case.waiting == ["a", "b", "b", "b", "w", "w", "w"], "a duration fires once, the others go on"
    come(case, "b", "condition")
    come(case, "b", "signal")
    assert case.waiting == ["a", "b", "b", "b", *["w"] * 5]


def test_an_event_of_times_alone_is_over_when_they_are() -> None:
    times = timer("timeDuration", "P1D") + timer("timeCycle", "R2/P1D")
    border = boundary("b", "a", times, interrupting=False)
    case = one(user("a"), border, user("w"), end(), "s > a > e", "b > w > e").start()
    for _ in range(3):
        due = sorted((wait for wait in case.waits.values() if wait.kind == "timer"), key=lambda wait: (wait.due, wait.token))
        case.now = due[0].due or MONDAY
        case.step(Trigger(due[0].token))
    assert case.now == MONDAY + timedelta(days=2)
    assert case.waiting == ["a", "w", "w", "w"]
    assert case.state is not None
    assert '"at":"b"' not in case.state


@pytest.mark.parametrize("kind", KINDS)
def test_behind_a_gateway_any_of_them_wins(kind: str) -> None:
    parts = (race("g"), catch("c", EVENTS), catch("d", message()), user("u"), user("v"), end())
    case = one(*parts, "s > g > c > u > e", "g > d > v > e").start(key="k", x=1)
    come(case, "c", kind)
    assert case.waiting == ["u"]
    again = one(*parts, "s > g > c > u > e", "g > d > v > e").start(key="k", x=1)
    assert again.trigger("d").waiting == ["v"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("interrupting", [True, False])
def test_any_of_them_begins_an_event_sub_process(kind: str, interrupting: bool) -> None:
    inside = handler("h", EVENTS, user("hu"), end("he"), "h-s > hu > he", interrupting=interrupting)
    case = one(user("a"), end(), inside, "s > a > e").start(key="k", x=1)
    come(case, "h-s", kind)
    assert case.paths == (["hu"] if interrupting else ["a", "hu"])
    assert case.values.get("n") == (7 if kind == "message" else None)


@pytest.mark.parametrize("event", ["te", "bad"])
def test_what_is_thrown_may_be_one_of_several(event: str) -> None:
    thrown = throw("te", escalation()) if event == "te" else end("bad", error())
    inner = sub("sp", start("is"), user("a"), thrown, "is > a", f"a > {event}")
    border = boundary("b", "sp", message() + error() + escalation())
    parts = (border, user("w"), end(), "s > sp > e", "b > w > e")
    assert one(inner, *parts).start().complete("a").waiting == ["w"]
    assert one(inner, *parts).start().trigger("b").waiting == ["w"]
    scope = handler("h", error() + escalation(), user("hu"), end("he"), "h-s > hu > he")
    assert one(user("a"), thrown, scope, "s > a", f"a > {event}").start().complete("a").waiting == ["hu"]


def test_two_messages_have_mappings_of_their_own() -> None:
    def heard(ref: str, **outputs: str) -> str:
        inner = extension(puts("output", **outputs))
        return f'<messageEventDefinition messageRef="{ref}">{inner}</messageEventDefinition>'

    parts = (catch("c", heard("keyed", x="n") + heard("m", y="n + 1")), user("z"), end(), "s > c > z > e")
    case = one(*parts).start(key="k")
    ping = next(wait for wait in case.waits.values() if wait.name == "ping")
    case.step(Trigger(ping.token, feel_values({"n": 1})))
    assert (case.values.get("x"), case.values["y"]) == (None, 2)
    together = one(parallel(parts[0]), *parts[1:]).start(key="k")
    for name, n in (("ping", 1), ("keyed", 5)):
        wait = next(wait for wait in together.waits.values() if wait.name == name)
        together.step(Trigger(wait.token, feel_values({"n": n})))
    assert (together.values["x"], together.values["y"]) == (5, 2)


# all of them


@pytest.mark.parametrize("order", list(permutations(("message", "signal", "condition"))))
def test_a_parallel_event_needs_all_in_any_order(order: tuple[str, ...]) -> None:
    case = one(parallel(catch("c", THREE)), user("z"), end(), "s > c > z > e").start(key="k", x=1)
    for kind in order[:-1]:
        come(case, "c", kind)
        assert case.paths == []
        assert case.values.get("n") is None, "nothing is written before it happens"
    come(case, "c", order[-1])
    assert case.waiting == ["z"]
    assert case.values["n"] == 7


@pytest.mark.parametrize("interrupting", [True, False])
def test_a_parallel_event_on_the_border(interrupting: bool) -> None:
    border = parallel(boundary("b", "a", THREE, interrupting=interrupting))
    case = one(user("a"), border, user("w"), end(), "s > a > e", "b > w > e").start(key="k", x=1)
    come(come(case, "b", "signal"), "b", "condition")
    assert case.paths == ["a"]
    come(case, "b", "message")
    assert case.paths == (["w"] if interrupting else ["a", "w"])
    if not interrupting:
        assert case.waiting == ["a", "b", "b", "b", "w"], "it may happen again"
        come(come(case, "b", "message"), "b", "signal")
        assert case.paths == ["a", "w"], "the condition has not been false in between"
        assert case.correct(x=1).correct(x=6).paths == ["a", "w", "w"]


def test_a_parallel_event_with_a_duration_happens_once() -> None:
    border = parallel(boundary("b", "a", signal() + timer("timeDuration", "P1D"), interrupting=False))
    case = one(user("a"), border, user("w"), end(), "s > a > e", "b > w > e").start()
    come(come(case, "b", "signal"), "b", "timer")
    assert case.waiting == ["a", "w"]


def test_a_parallel_event_with_a_cycle_happens_each_round() -> None:
    border = parallel(boundary("b", "a", signal() + timer("timeCycle", "R2/P1D"), interrupting=False))
    case = one(user("a"), border, user("w"), end(), "s > a > e", "b > w > e").start()
    come(come(case, "b", "timer"), "b", "signal")
    assert case.waiting == ["a", "b", "b", "w"]
    come(come(case, "b", "signal"), "b", "timer")
    assert case.waiting == ["a", "w", "w"]


def test_a_parallel_event_behind_a_gateway_and_in_an_event_sub_process() -> None:
    parts = (race("g"), parallel(catch("c", THREE)), catch("d", timer("timeDuration", "P1D")), user("u"), user("v"), end())
    ways = ("s > g > c > u > e", "g > d > v > e")
    case = one(*parts, *ways).start(key="k", x=1)
    come(come(case, "c", "message"), "c", "signal")
    assert case.paths == []
    assert come(case, "c", "condition").waiting == ["u"]
    late = come(one(*parts, *ways).start(key="k", x=1), "c", "message").trigger("d")
    assert (late.waiting, late.values.get("n")) == (["v"], None)
    inside = handler("h", THREE, user("hu"), end("he"), "h-s > hu > he")
    inside = inside.replace("<startEvent", '<startEvent parallelMultiple="true"')
    scope = one(user("a"), end(), inside, "s > a > e").start(key="k", x=1)
    come(come(scope, "h-s", "condition"), "h-s", "message")
    assert scope.paths == ["a"]
    assert come(scope, "h-s", "signal").paths == ["hu"]
    assert scope.values["n"] == 7


def test_several_triggers_in_rounds_and_calls() -> None:
    called = (start(), parallel(catch("c", signal() + conditional("x > 5"))), end(), "s > c > e")
    each = call("k", "called", {"x": "x"}, loop=loop("list"))
    parts = (both("f"), each, user("y"), user("a"), throw("th", signal()), end(), "s > f > k > y > e", "f > a > th > e")
    case = one(*parts, called=called).start(list=[1, 2], x=6)
    assert case.waiting == ["a", "k.c", "k.c", "k.c", "k.c"]
    assert case.complete("a").paths == ["y"]


def test_an_incident_of_one_trigger_does_not_hold_the_others() -> None:
    parts = (catch("c", signal() + conditional("who > 5")), user("z"), end(), "s > c > z > e")
    case = one(*parts).start(who="text")
    assert case.incident("c").kind == "expression-failed"
    assert case.correct(who=9).paths == ["z"]
    other = one(*parts).start(who="text").trigger("c")
    if other.paths != ["z"]:
        come(other, "c", "signal")
    assert (other.paths, other.incidents) == (["z"], {})


def test_a_message_that_cannot_be_mapped_stays_with_its_trigger() -> None:
    case = one(parallel(catch("c", message("keyed", n="1 + n") + signal())), user("z"), end(), "s > c > z > e").start(key="k")
    come(come(case, "c", "message", n="text"), "c", "signal")
    assert case.incident("c").kind == "expression-failed"
    assert case.cancel().status is CaseStatus.CANCELLED


# throwing


SENT = MessageSend("keyed", {"key": "k"}, {"x": Decimal(2)})


def test_a_throwing_event_throws_all() -> None:
    inner = (start("is"), throw("th", send("keyed", x="x + 1") + signal() + escalation()), user("u"), end("ie"))
    border = boundary("b", "sp", escalation(), interrupting=False)
    parts = (sub("sp", *inner, "is > th > u > ie"), border, user("w"), end(), "s > sp > e", "b > w > e")
    case = one(*parts).start(key="k", x=1)
    assert case.effects == [SENT, SignalThrow("alarm")]
    assert case.paths == ["u", "w"]


def test_each_of_two_escalations_is_caught() -> None:
    inner = (start("is"), throw("th", escalation() + escalation("es2")), user("u"), end("ie"))
    first, second = boundary("b", "sp", escalation()), boundary("c", "sp", escalation("es2"), interrupting=False)
    parts = (sub("sp", *inner, "is > th > u > ie"), first, second, user("w"), user("v"), end())
    assert one(*parts, "s > sp > e", "b > w > e", "c > v > e").start().paths == ["v", "w"]


@pytest.mark.parametrize("ending", ["<terminateEventDefinition/>", error()])
def test_an_end_does_all_and_ends_its_scope(ending: str) -> None:
    inner = (start("is"), both("f"), user("u"), end("ie", send("keyed", x="x + 1") + ending), "is > f > ie", "f > u > ie")
    parts = (sub("sp", *inner), boundary("b", "sp", error()), user("w"), user("z"), end(), "s > sp > z > e", "b > w > e")
    case = one(*parts).start(key="k", x=1)
    assert case.effects == [SENT]
    assert case.paths == (["w"] if "error" in ending else ["z"])


def test_an_event_may_undo_and_send() -> None:
    undoable = user("a") + undone("a", "una") + user("una", isForCompensation="true")
    parts = (undoable, throw("th", signal() + undo()), user("z"), end(), "s > a > th > z > e")
    case = one(*parts).start().complete("a")
    assert (case.paths, case.effects) == (["una"], [SignalThrow("alarm")])
    assert case.complete("una").paths == ["z"]


def test_an_end_may_cancel_and_send() -> None:
    inner = (start("is"), user("a"), end("c", signal() + "<cancelEventDefinition/>"), "is > a > c")
    parts = (transaction("tx", *inner), cancelled("tx"), user("w"), end(), "s > tx > e", "tx? > w > e")
    case = one(*parts).start().complete("a")
    assert (case.paths, case.effects) == (["w"], [SignalThrow("alarm")])


# refused


@pytest.mark.parametrize(
    ("event", "rule"),
    [
        (catch("c", signal() + link("l")), "not-supported"),
        (throw("c", signal() + link("l")), "not-supported"),
        (boundary("c", "a", signal() + "<cancelEventDefinition/>"), "not-supported"),
        (throw("c", undo("a") + undo("b")), "not-supported"),
        (end("c", "<cancelEventDefinition/>" + escalation()), "not-supported"),
        (parallel(boundary("c", "a", signal() + escalation())), "not-supported"),
        (boundary("c", "a", signal() + error(), interrupting=False), "error-boundary"),
        (catch("c", message("m") + message("keyed", n="n")), "unclear-mapping"),
        (end("c", error() + "<terminateEventDefinition/>"), "not-supported"),
        (parallel(start("c", message("m") + signal())), "not-supported"),
        (parallel(throw("c", signal() + signal("si2"))), "not-supported"),
        (catch("c", '<signalEventDefinition signalRef="si"><extensionElements><stegvis:output target="x" expression="= 1"/>'
               "</extensionElements></signalEventDefinition>" + signal()), "unknown-element"),
        (catch("c", signal() + "<eventDefinitionRef>x</eventDefinitionRef>"), "no-event-definition"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_together_is_refused(event: str, rule: str) -> None:
    host = sub("a", start("is"), end("ie", escalation()), "is > ie")
    found = findings_of(start(), host, event, end(), "s > a > e", declares=("n", "key"))
    assert rule in [finding.rule for finding in found if finding.element == "c" and finding.is_error]


def test_each_trigger_is_checked() -> None:
    event = catch("c", conditional("gone > 1") + timer("timeDuration", "soon") + message("m", nowhere="1"))
    rules = refused(start(), task("a"), event, end(), "s > a > c > e")
    assert sorted(rules) == [("bad-time", "c"), ("undeclared-name", "c"), ("unknown-name", "c")]
