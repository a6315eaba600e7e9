"""Event sub-processes: what begins inside a scope when something happens while it is open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.case import CaseStatus
from engine.history import EventType
from tests.bpmn.diagrams import (
    both,
    call,
    conditional,
    end,
    error,
    error_end,
    escalation,
    handler,
    loop,
    message,
    script,
    signal,
    some,
    start,
    sub,
    throw,
    timer,
    user,
)  # fmt: skip
from tests.bpmn.driver import MONDAY, Driver

from .event_sub_processes import listening, one

TRIGGERS = {
    "message": message("keyed", n="n"),
    "timer": timer("timeDuration", "P2D"),
    "date": timer("timeDate", "2025-03-10"),
    "signal": signal(),
    "condition": conditional("x > 5"),
    "escalation": escalation(),
    "error": error(),
}
WAITING = ("message", "timer", "date", "signal", "condition")
THROWING = (throw("te", escalation()), throw("ts", signal()), error_end("bad"))


def happen(case: Driver, event: str) -> Driver:
    """Let it happen from outside, as far as it waits for that."""
    match event:
        case "condition":
            return case.correct(x=6)
        case "escalation" | "error":
            return case.complete("a")
        case _:
            return case.trigger("h-s", **({"n": 7} if event == "message" else {}))


def around(event: str, *, interrupting: bool = True) -> Driver:
    """Beside a user task `b`, the task `a` and what it throws; the event sub-process is that of the case."""
    way = {"escalation": "f > a > te > e", "error": "f > a > bad"}.get(event, "f > a > e")
    thrown = {"escalation": THROWING[0], "error": THROWING[2]}.get(event, "")
    parts = (both("f"), user("a"), user("b"), end(), listening(TRIGGERS[event], interrupting=interrupting))
    return one(*parts, *([thrown] if thrown else []), "s > f > b > e", way)


@pytest.mark.parametrize("event", TRIGGERS)
def test_an_event_takes_the_place_of_all_that_goes_on_in_the_case(event: str) -> None:
    case = around(event).start(key="k", x=1)
    assert case.paths == ["a", "b"], "it has not happened yet"
    happen(case, event)
    assert case.paths == ["hu"]
    assert [order.element for order in case.waits.values()] == ["hu"], "it listens no more"
    assert case.complete("hu").status is CaseStatus.COMPLETED


@pytest.mark.parametrize("event", [*WAITING, "escalation"])
def test_an_event_may_happen_beside_what_goes_on(event: str) -> None:
    case = around(event, interrupting=False).start(key="k", x=1)
    happen(case, event)
    assert case.paths == (["b", "hu"] if event == "escalation" else ["a", "b", "hu"])
    case.complete("b")
    if event != "escalation":
        case.complete("a")
    assert case.status is CaseStatus.ACTIVE, "the case waits for what the event has begun"
    assert case.complete("hu").status is CaseStatus.COMPLETED


@pytest.mark.parametrize("event", TRIGGERS)
def test_a_case_does_not_wait_for_what_never_happens(event: str) -> None:
    case = around(event).start(key="k", x=1)
    if event in ("escalation", "error"):
        case = one(user("a"), user("b"), end(), listening(TRIGGERS[event]), "s > b > a > e").start()
    assert case.complete("b").complete("a").status is CaseStatus.COMPLETED
    assert case.waits == {}


def test_a_message_may_come_any_number_of_times() -> None:
    case = one(user("a"), end(), listening(message("keyed", n="n"), interrupting=False), "s > a > e").start(key="k")
    case.trigger("h-s", n=1).trigger("h-s", n=2)
    assert case.paths == ["a", "hu", "hu"]
    assert case.values["n"] == 2
    assert case.complete("a").complete("hu").waiting == ["h-s", "hu"]
    case.trigger("h-s", n=3)
    assert case.complete("hu").complete("hu").status is CaseStatus.COMPLETED


def test_each_has_its_own_names() -> None:
    each = listening(message("keyed", who="n"), interrupting=False, local=("who",))
    case = one(user("a"), end(), each, "s > a > e").start(key="k")
    case.trigger("h-s", n=1).trigger("h-s", n=2)
    assert [case.data.view(order.scope)["who"] for order in case.tasks.values() if order.element == "hu"] == [1, 2]
    assert case.values.get("who") is None


@pytest.mark.parametrize(("rounds", "times"), [("R2/P1D", 2), ("R3/P1D", 3)])
def test_a_cycle_happens_as_often_as_it_says(rounds: str, times: int) -> None:
    case = one(user("a"), end(), listening(timer("timeCycle", rounds), interrupting=False), "s > a > e").start()
    for number in range(times):
        assert case.wait("h-s").due == MONDAY + timedelta(days=number + 1)
        case.now = MONDAY + timedelta(days=number + 1)
        case.trigger("h-s")
    assert case.paths == ["a", *["hu"] * times]
    assert "h-s" not in case.waiting


def test_a_duration_fires_once() -> None:
    case = one(user("a"), end(), listening(timer("timeDuration", "P1D"), interrupting=False), "s > a > e").start()
    assert case.trigger("h-s").waiting == ["a", "hu"]


def test_a_condition_has_to_be_false_in_between() -> None:
    case = one(user("a"), end(), listening(conditional("x > 5"), interrupting=False), "s > a > e").start(x=1)
    assert case.correct(x=6).correct(x=7).paths == ["a", "hu"]
    assert case.correct(x=1).correct(x=9).paths == ["a", "hu", "hu"]


def test_a_condition_that_the_last_step_makes_true_still_counts() -> None:
    case = one(user("a"), script("sc", "{x: 6}"), end(), listening(conditional("x > 5")), "s > a > sc > e").start(x=1)
    assert case.complete("a").paths == ["hu"]


def test_a_signal_thrown_inside_is_heard() -> None:
    case = one(user("a"), THROWING[1], user("b"), end(), listening(signal()), "s > a > ts > b > e").start()
    assert case.complete("a").paths == ["hu"]


# inside other scopes


@pytest.mark.parametrize("event", TRIGGERS)
def test_it_belongs_to_its_sub_process(event: str) -> None:
    thrown = {"escalation": "a > te > ie", "error": "a > bad"}.get(event, "a > ie")
    parts = [user("a"), listening(TRIGGERS[event]), "is > a", thrown, end("ie")]
    parts += [THROWING[0]] if event == "escalation" else [THROWING[2]] if event == "error" else []
    case = one(both("f"), sub("sp", start("is"), *parts), user("b"), user("z"), end(), "s > f > sp > z > e", "f > b > e")
    happen(case.start(key="k", x=1), event)
    assert case.paths == ["b", "hu"], "what is beside the sub-process goes on"
    assert case.complete("hu").paths == ["b", "z"], "the sub-process ends as it does else"
    assert case.waiting == ["b", "z"]


def test_it_listens_only_while_its_sub_process_is_open() -> None:
    inner = sub("sp", start("is"), user("a"), end("ie"), listening(signal()), "is > a > ie")
    case = one(user("b"), inner, user("z"), end(), "s > b > sp > z > e").start()
    assert case.waiting == ["b"]
    assert case.complete("b").waiting == ["a", "h-s"]
    assert case.complete("a").waiting == ["z"]


@pytest.mark.parametrize("event", ["message", "error", "escalation"])
def test_it_belongs_to_the_called_process(event: str) -> None:
    thrown = {"escalation": "a > te > ie", "error": "a > bad"}.get(event, "a > ie")
    parts = [user("a"), listening(message("keyed", n="n") if event == "message" else TRIGGERS[event]), end("ie")]
    parts += [THROWING[0]] if event == "escalation" else [THROWING[2]] if event == "error" else []
    called = (start(), *parts, "s > a", thrown)
    case = one(call("c", "called", {"key": "key"}, {"y": "n"}), user("z"), end(), "s > c > z > e", called=called).start(key="k")
    assert case.paths == ["c.a"]
    if event == "message":
        case.trigger("c.h-s", n=7)
    else:
        case.complete("c.a")
    assert case.paths == ["c.hu"]
    assert case.complete("c.hu").paths == ["z"]
    assert case.values.get("n") is None, "the called process has data of its own"
    assert case.values.get("y") == (7 if event == "message" else None)


def test_each_round_has_its_own() -> None:
    inner = (start("is"), user("a"), end("ie"), listening(message("keyed", n="n"), interrupting=False), "is > a > ie")
    each = sub("sp", *inner, loop=loop("list", "item", "got", "n", local=("n",)))
    case = one(each, user("z"), end(), "s > sp > z > e").start(list=[1, 2], key="k")
    assert case.waiting == ["a", "a", "h-s", "h-s"]
    case.trigger("h-s", n=5)
    assert case.waiting == ["a", "a", "h-s", "h-s", "hu"]
    case.complete("a").complete("hu").complete("a")
    assert case.paths == ["z"]
    assert case.values["got"] == [5, None]


def test_an_interrupting_event_ends_one_round_only() -> None:
    inner = (start("is"), user("a"), end("ie"), listening(message("keyed", n="n")), "is > a > ie")
    each = sub("sp", *inner, loop=loop("list", "item", "got", "n", local=("n",)))
    case = one(each, user("z"), end(), "s > sp > z > e").start(list=[1, 2], key="k").trigger("h-s", n=5)
    assert case.waiting == ["a", "h-s", "hu"]
    assert case.complete("hu").complete("a").paths == ["z"]


def test_an_event_sub_process_may_hold_another() -> None:
    deeper = handler("d", signal(), user("du"), end("de"), "d-s > du > de")
    outer = handler("h", message("keyed"), user("hu"), end("he"), "h-s > hu > he", deeper)
    case = one(user("a"), end(), outer, "s > a > e").start(key="k")
    assert case.waiting == ["a", "h-s"]
    assert case.trigger("h-s").waiting == ["d-s", "hu"]
    assert case.trigger("d-s").paths == ["du"]
    assert case.complete("du").status is CaseStatus.COMPLETED


def test_tokens_at_joins_are_withdrawn_too() -> None:
    parts = (both("f"), user("a"), user("b"), both("j"), end(), listening(message("keyed")), "s > f > a > j > e", "f > b > j")
    case = one(*parts).start(key="k").complete("a").trigger("h-s")
    assert case.paths == ["hu"]
    assert case.complete("hu").status is CaseStatus.COMPLETED


def test_a_case_that_is_stuck_at_a_join_may_go_on_by_an_event() -> None:
    parts = (user("a"), both("j"), user("never"), end(), listening(message("keyed")), "s > a > j > e", "never > j")
    case = one(*parts).start(key="k").complete("a")
    assert case.incident().kind == "deadlock"
    assert case.trigger("h-s").incidents == {}
    assert case.complete("hu").status is CaseStatus.COMPLETED


def test_an_inclusive_join_does_not_wait_for_an_event_sub_process() -> None:
    parts = (some("f"), user("a"), some("j"), user("z"), end(), listening(message("keyed"), interrupting=False))
    case = one(*parts, user("b"), "s > f > [x > 0] a > j > z > e", "f > [x > 1] b > j").start(key="k", x=2).trigger("h-s")
    assert case.complete("a").paths == ["b", "hu"]
    assert case.complete("b").paths == ["hu", "z"]


def test_a_condition_that_fails_is_an_incident_of_the_listener_alone() -> None:
    stuck = listening(conditional("who > 5"))
    case = one(user("a"), end(), stuck, "s > a > e").start(who="text")
    assert (case.incident("h-s").kind, case.paths) == ("expression-failed", ["a"])
    assert case.correct(who=9).paths == ["hu"]


def test_an_incident_of_a_listener_does_not_hold_the_case() -> None:
    case = one(user("a"), end(), listening(timer("timeDate", "= x")), "s > a > e").start(x="no time")
    assert (case.incident("h-s").kind, case.paths) == ("bad-time", ["a"])
    assert case.complete("a").status is CaseStatus.COMPLETED
    assert case.incidents == {}


def test_a_payload_that_cannot_be_mapped_is_an_incident_of_the_start_event() -> None:
    case = one(user("a"), end(), listening(message("keyed", n="1 + n")), "s > a > e").start(key="k")
    case.trigger("h-s", n="text")
    assert (case.incident().kind, case.paths) == ("expression-failed", [])
    assert case.cancel().status is CaseStatus.CANCELLED


def test_the_whole_is_told_to_history() -> None:
    case = one(user("a"), end(), listening(message("keyed", n="n")), "s > a > e").start(key="k").trigger("h-s", n=1)
    case.complete("hu")
    assert case.told(EventType.MESSAGE_RECEIVED) == ["h-s"]
    assert case.told(EventType.ELEMENT_CANCELLED) == ["a"]
    assert case.told(EventType.ELEMENT_COMPLETED) == ["s", "h-s", "hu", "h-e", "h"]
