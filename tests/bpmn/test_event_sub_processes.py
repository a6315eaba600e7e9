"""Event sub-processes: what begins inside a scope when something happens while it is open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.case import CaseStatus
from engine.history import EventType
from tests.bpmn.diagrams import (
    both,
    boundary,
    call,
    cancelled,
    conditional,
    end,
    error,
    error_end,
    escalation,
    handler,
    loop,
    manual,
    message,
    process,
    read,
    script,
    signal,
    some,
    start,
    sub,
    terminate,
    throw,
    timer,
    transaction,
    undo,
    undone,
    user,
)  # fmt: skip
from tests.bpmn.driver import MONDAY, Driver
from tests.bpmn.test_refusals import findings_of, refused

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


def listening(event: str, *, interrupting: bool = True, **more: Any) -> str:
    """An event sub-process `h` in which somebody does `hu`."""
    return handler("h", event, user("hu"), end("h-e"), "h-s > hu > h-e", interrupting=interrupting, **more)


def one(*parts: str, called: tuple[str, ...] = ()) -> Driver:
    more = [process(*called, key="called")] if called else []
    return Driver(process(start(), *parts), *more)


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


# what is thrown


def test_an_error_sub_process_keeps_the_case_from_failing() -> None:
    case = one(user("a"), error_end(), listening(error("")), "s > a > bad").start().complete("a")
    assert (case.status, case.paths) == (CaseStatus.ACTIVE, ["hu"])
    assert case.told(EventType.ERROR_THROWN) == ["bad"]
    assert case.complete("hu").status is CaseStatus.COMPLETED


def test_another_error_fails_the_case_all_the_same() -> None:
    case = one(user("a"), error_end(), listening(error("er2")), "s > a > bad").start().complete("a")
    assert case.status is CaseStatus.FAILED


def test_the_event_sub_process_goes_before_the_boundary_event() -> None:
    inner = sub("sp", start("is"), error_end(), listening(error("")), "is > bad")
    case = one(inner, boundary("b", "sp", error()), user("w"), user("z"), end(), "s > sp > z > e", "b > w > e").start()
    assert case.paths == ["hu"]
    assert case.complete("hu").paths == ["z"]


def test_an_event_sub_process_may_throw_the_error_on() -> None:
    again = handler("h", error(), user("hu"), error_end("on"), "h-s > hu > on")
    inner = sub("sp", start("is"), error_end(), again, "is > bad")
    case = one(inner, boundary("b", "sp", error()), user("w"), end(), "s > sp > e", "b > w > e").start()
    assert case.complete("hu").paths == ["w"]
    alone = one(error_end(), again, "s > bad").start()
    assert alone.complete("hu").status is CaseStatus.FAILED


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_error_in_one_event_sub_process_may_begin_another_while_the_scope_goes_on(interrupting: bool) -> None:
    first = handler("f", message("keyed"), error_end("on"), "f-s > on", interrupting=interrupting)
    case = one(user("a"), end(), first, listening(error()), "s > a > e").start(key="k").trigger("f-s")
    assert (case.status, case.paths) == ((CaseStatus.FAILED, []) if interrupting else (CaseStatus.ACTIVE, ["hu"]))


def test_an_escalation_is_not_caught_by_the_event_sub_process_that_throws_it() -> None:
    parts = (throw("on", escalation()), user("hu"), end("he"), "h-s > on > hu > he")
    again = handler("h", escalation(), *parts, interrupting=False)
    inner = sub("sp", start("is"), throw("te", escalation()), user("a"), end("ie"), again, "is > te > a > ie")
    border = boundary("b", "sp", escalation(), interrupting=False)
    case = one(inner, border, user("w"), end(), "s > sp > e", "b > w > e").start()
    assert case.paths == ["a", "hu", "w"]


def test_an_error_inside_a_call_is_caught_around_it() -> None:
    called = (start(), error_end(), "s > bad")
    parts = (both("f"), call("c", "called"), user("b"), end(), listening(error()), "s > f > c > e", "f > b > e")
    assert one(*parts, called=called).start().paths == ["hu"]


def test_of_two_the_one_that_names_the_code_begins() -> None:
    named = handler("n", error(), user("nu"), end("ne"), "n-s > nu > ne")
    assert one(error_end(), listening(error("")), named, "s > bad").start().paths == ["nu"]


# undoing


UNDOABLE = (user("a") + undone("a", "una") + user("una", isForCompensation="true"), user("b"))


@pytest.mark.parametrize("of", ["", "a"])
def test_an_event_sub_process_undoes_what_was_done_around_it(of: str) -> None:
    inside = handler("h", error(), throw("th", undo(of)), user("hu"), end("he"), "h-s > th > hu > he")
    case = one(*UNDOABLE, error_end(), inside, "s > a > b > bad").start().complete("a").complete("b")
    assert case.paths == ["una"]
    assert case.complete("una").paths == ["hu"]
    assert case.complete("hu").status is CaseStatus.COMPLETED


def test_what_was_done_in_it_is_undone_before_what_was_done_around_it() -> None:
    inner = user("x") + undone("x", "unx") + user("unx", isForCompensation="true")
    inside = handler("h", signal(), inner, throw("th", undo()), end("he"), "h-s > x > th > he")
    case = one(*UNDOABLE, end(), inside, "s > a > b > e").start().complete("a").trigger("h-s").complete("x")
    assert case.paths == ["unx"]
    assert case.complete("unx").paths == ["una"]
    assert case.complete("una").status is CaseStatus.COMPLETED


def test_a_transaction_that_is_cancelled_listens_no_more() -> None:
    inner = (start("is"), *UNDOABLE, end("c", "<cancelEventDefinition/>"), "is > a > b > c", listening(error("")))
    never = handler("g", signal(), end("ge"), "g-s > ge")
    parts = (transaction("tx", *inner, never), cancelled("tx"), user("w"), end(), "s > tx > e", "tx? > w > e")
    case = one(*parts).start().complete("a")
    assert case.waiting == ["b", "g-s"]
    assert case.complete("b").waiting == ["una"]
    assert case.complete("una").waiting == ["w"]


# ends, joins, incidents


def test_a_terminate_end_ends_the_event_sub_process_alone() -> None:
    parts = (both("hf"), user("hu"), user("hv"), terminate("ht"), "h-s > hf > hu > ht", "hf > hv > ht")
    inside = handler("h", message("keyed"), *parts, interrupting=False)
    case = one(user("a"), end(), inside, "s > a > e").start(key="k").trigger("h-s")
    assert case.complete("hu").waiting == ["a", "h-s"]


def test_a_terminate_end_beside_it_ends_it_too() -> None:
    parts = (user("a"), terminate("t"), listening(message("keyed"), interrupting=False), "s > a > t")
    case = one(*parts).start(key="k").trigger("h-s")
    assert case.complete("a").status is CaseStatus.COMPLETED


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


# what is refused


PLAIN = (manual("a"), end(), "s > a > e")


def heard(event: str, *, interrupting: bool = True, local: tuple[str, ...] = ()) -> str:
    """An event sub-process in which nothing is wrong but what the event says."""
    return handler("h", event, end("h-e"), "h-s > h-e", interrupting=interrupting, local=local)


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ((heard(signal()), "h > a"), ("event-sub-process", "h")),
        ((heard(signal()), "a > h"), ("event-sub-process", "h")),
        ((heard(signal()), boundary("b", "h", signal()), "b > e"), ("event-sub-process", "b")),
        ((heard(signal()).replace("<startEvent", loop("[1]") + "<startEvent"),), ("event-sub-process", "h")),
        ((handler("h", signal(), start("s2", signal("si2")), end("he"), "h-s > he", "s2 > he"),), ("event-sub-process", "h")),
        ((handler("h", "", end("he"), "h-s > he"),), ("no-trigger", "h-s")),
        ((heard(error(), interrupting=False),), ("error-boundary", "h-s")),
        ((heard(timer("timeCycle", "R3/P1D")),), ("bad-time", "h-s")),
        ((heard(message("bare")),), ("no-message", "h-s")),
        ((heard("<cancelEventDefinition/>"),), ("not-supported", "h-s")),
        ((heard(error()), heard(error()).replace("h-", "g-").replace('"h', '"g')), ("caught-twice", "g-s")),
    ],
)
def test_what_makes_no_sense_is_refused(parts: tuple[str, ...], rule: tuple[str, str]) -> None:
    assert refused(start(), *PLAIN, *parts) == [rule]


def test_the_trigger_does_not_see_names_inside() -> None:
    found = findings_of(start(), *PLAIN, heard(conditional("inner > 1"), local=("inner",)))
    assert [(finding.rule, finding.element) for finding in found] == [("unknown-name", "h-s")]
    mapped = heard(message("m", inner="1"), local=("inner",))
    assert findings_of(start(), *PLAIN, mapped) == []


def test_only_a_sub_process_that_can_begin_is_reached() -> None:
    lost = sub("sp", start("is"), end("ie"), heard(signal()), "is > ie")
    assert refused(start(), *PLAIN, lost) == [("unreachable", "sp")]


def test_a_message_start_in_an_event_sub_process_starts_no_case() -> None:
    model, _ = read(start(), *PLAIN, heard(message("m")))
    assert [node.id for node in model.start_events()] == ["s"]
    assert model.message_names == {"ping"}
