"""Exclusive, parallel and inclusive gateways, in loops too."""

from __future__ import annotations

import pytest

from engine import bpmn
from engine.history import EventType
from tests.bpmn.diagrams import both, boundary, end, message, process, script, some, start, timer, user, xor
from tests.bpmn.driver import Driver

FORK = (start(), both("g"), user("a"), user("b"), both("j"), user("c"), end(), "s > g > a > j > c > e", "g > b > j")


def test_an_exclusive_gateway_takes_the_first_flow_that_holds() -> None:
    parts = (start(), xor("g"), user("a"), user("b"), end(), "s > g > [x > 1] a > e", "g > [x > 0] b > e")
    assert Driver(process(*parts)).start(x=2).paths == ["a"]
    assert Driver(process(*parts)).start(x=1).paths == ["b"]


def test_an_exclusive_gateway_takes_the_default_flow_last() -> None:
    parts = (start(), xor("g", "g-a"), user("a"), user("b"), end(), "s > g > a > e", "g > [x > 0] b > e")
    assert Driver(process(*parts)).start(x=1).paths == ["b"]
    assert Driver(process(*parts)).start(x=0).paths == ["a"]


@pytest.mark.parametrize("kind", [xor, some])
def test_no_way_out_is_an_incident_until_the_data_are_mended(kind: object) -> None:
    gateway = xor("g") if kind is xor else some("g")
    case = Driver(process(start(), gateway, user("a"), user("b"), end(), "s > g > [x > 1] a > e", "g > [x > 2] b > e"))
    case.start(x=0)
    assert (case.incident("g").kind, case.status, case.paths) == ("no-flow", "active", [])
    assert case.retry().incident("g").kind == "no-flow"
    assert case.correct(x=2).retry().paths == ["a"]
    assert case.incidents == {}


@pytest.mark.parametrize("value", ["text", None, 1])
def test_a_condition_that_is_no_truth_value_is_an_incident(value: object) -> None:
    case = Driver(process(start(), xor("g", "g-b"), user("a"), user("b"), end(), "s > g > [x] a > e", "g > b > e"))
    assert case.start(x=value).incident("g").kind == "expression-failed"
    assert case.incident("g").message.endswith("not true or false: `x`. It reads `x`.")
    assert case.correct(x=False).retry().paths == ["b"]


def test_a_declared_name_without_value_is_null() -> None:
    case = Driver(process(start(), xor("g", "g-b"), user("a"), user("b"), end(), "s > g > [x = null] a > e", "g > b > e"))
    assert case.start().paths == ["a"]


def test_an_undeclared_name_is_an_incident() -> None:
    case = Driver(process(start(), xor("g", "g-b"), user("a"), user("b"), end(), "s > g > [nobody = 1] a > e", "g > b > e"))
    assert "nobody" in case.start().incident("g").message


def test_a_parallel_join_waits_for_all() -> None:
    case = Driver(process(*FORK)).start()
    assert case.complete("b").paths == ["a"]
    assert case.complete("a").paths == ["c"]
    assert case.complete("c").status == "completed"


def test_a_parallel_join_on_a_cycle() -> None:
    parts = (*FORK[:-3], xor("x", "x-e"), end(), "s > m > g > a > j > c > x > e", xor("m"), "g > b > j", "x > [x > 0] m")
    case = Driver(process(*parts)).start(x=1)
    for _ in range(3):
        case.complete("a").complete("b")
        assert case.paths == ["c"]
        case.complete("c")
        assert case.paths == ["a", "b"]
    case.complete("b", x=0).complete("a")
    assert case.complete("c").status == "completed"


def test_a_join_takes_one_token_of_each_flow_and_keeps_the_rest() -> None:
    parts = (start(), both("f"), xor("m"), user("a"), user("b"), user("q"), both("j"), user("c"), end())
    case = Driver(process(*parts, "s > f > q > m > a > j > c > e", "f > m", "f > b > j")).start()
    case.complete("q").complete("a").complete("a")
    assert case.paths == ["b"]
    case.complete("b")
    assert case.paths == ["c"]
    case.complete("c")
    assert case.incident().kind == "deadlock"


def test_a_deadlock_is_told_with_the_flow_that_lacks_and_can_be_cancelled() -> None:
    case = Driver(
        process(start(), xor("g", "g-a"), user("a"), user("b"), both("j"), end(), "s > g > a > j > e", "g > [x > 0] b > j")
    )
    case.start(x=0).complete("a")
    incident = case.incident("")
    assert incident.kind == "deadlock"
    assert "b-j" in incident.message
    assert case.retry("").incident("").kind == "deadlock"
    assert (case.told(EventType.INCIDENT_OPENED), case.told(EventType.INCIDENT_RETRIED)) == ([""], [""])
    assert case.cancel().status == "cancelled"


def test_an_inclusive_join_waits_for_what_was_chosen() -> None:
    parts = (start(), some("g", "g-c"), user("a"), user("b"), user("c"), some("j"), user("z"), end())
    flow = ("s > g > [x > 0] a > j > z > e", "g > [x > 1] b > j", "g > c > j")
    assert Driver(process(*parts, *flow)).start(x=0).paths == ["c"]
    assert Driver(process(*parts, *flow)).start(x=1).complete("a").paths == ["z"]
    case = Driver(process(*parts, *flow)).start(x=2)
    assert case.complete("b").paths == ["a"]
    assert case.complete("a").paths == ["z"]
    assert case.complete("z").status == "completed"


def test_an_inclusive_join_waits_for_a_token_far_away_and_goes_when_it_takes_another_way() -> None:
    parts = (start(), both("g"), user("a"), user("b"), xor("x", "x-k"), end("k"), some("j"), user("z"), end())
    case = Driver(process(*parts, "s > g > a > j > z > e", "g > b > x > k", "x > [x > 0] j")).start(x=0)
    assert case.complete("a").paths == ["b"]
    assert case.complete("b").paths == ["z"]


def test_an_inclusive_join_waits_for_a_token_parked_at_a_parallel_join() -> None:
    parts = (start(), both("g"), user("a"), user("b"), user("c"), both("p"), some("j"), user("z"), end())
    case = Driver(process(*parts, "s > g > a > p > j > z > e", "g > b > p", "g > c > j")).start()
    assert case.complete("c").complete("a").paths == ["b"]
    assert case.complete("b").paths == ["z"]
    assert case.complete("z").status == "completed"


def test_two_joins_that_wait_for_each_other_are_a_deadlock() -> None:
    parts = (start(), both("g"), user("a"), user("b"), both("p"), some("j"), xor("y", "y-e"), end())
    case = Driver(process(*parts, "s > g > a > p > j > y > e", "g > b > j", "y > [x > 0] p")).start(x=0)
    case.complete("a").complete("b")
    assert case.incident("").kind == "deadlock"


def test_an_inclusive_join_on_a_cycle() -> None:
    parts = (start(), xor("m"), some("g"), user("a"), user("b"), some("j"), xor("x", "x-e"), end())
    flow = ("s > m > g > [x > 0] a > j > x > e", "g > [x > 1] b > j", "x > [y > 0] m")
    case = Driver(process(*parts, *flow)).start(x=2, y=1)
    case.complete("a")
    assert case.paths == ["b"]
    case.complete("b", x=1)
    assert case.paths == ["a"]
    case.complete("a", x=2)
    assert case.paths == ["a", "b"]
    case.complete("b", y=0)
    assert case.complete("a").status == "completed"


def test_an_inclusive_join_waits_for_the_activity_whose_boundary_event_has_sent_a_token() -> None:
    late = boundary("late", "a", timer("timeDuration", "P1D"), interrupting=False)
    case = Driver(
        process(start(), user("a"), late, user("r"), some("j"), user("z"), end(), "s > a > j > z > e", "late > r > j")
    )
    case.start().trigger("late").complete("r")
    assert case.paths == ["a"]
    assert case.complete("a").paths == ["z"]
    assert case.complete("z").status == "completed"


def test_an_inclusive_join_waits_for_a_boundary_event_that_may_still_send_a_token() -> None:
    stop = boundary("stop", "a", message())
    parts = (start(), both("g"), user("a"), stop, user("b"), end("k"), some("j"), user("z"), end())
    case = Driver(process(*parts, "s > g > a > k", "stop > j > z > e", "g > b > j")).start().complete("b")
    assert case.paths == ["a"]
    assert case.trigger("stop").paths == ["z"]


def test_an_inclusive_gateway_may_join_and_split() -> None:
    parts = (start(), both("f"), user("a"), user("b"), some("g", "g-d"), user("c"), user("d"), end())
    case = Driver(process(*parts, "s > f > a > g > [x > 0] c > e", "f > b > g", "g > d > e")).start(x=0)
    case.complete("a")
    assert case.paths == ["b"]
    assert case.complete("b").paths == ["d"]


def test_a_joining_gateway_that_fails_can_be_retried_once() -> None:
    parts = (start(), both("f"), user("a"), user("b"), some("g"), user("c"), user("d"), end())
    case = Driver(process(*parts, "s > f > a > g > [x > 0] c > e", "f > b > g", "g > [x > 1] d > e")).start(x=0)
    case.complete("a").complete("b")
    assert case.incident("g").kind == "no-flow"
    assert case.correct(x=1).retry().paths == ["c"]
    assert case.complete("c").status == "completed"


def test_an_exclusive_merge_passes_each_token() -> None:
    parts = (start(), both("g"), user("a"), user("b"), xor("m"), user("c"), end())
    case = Driver(process(*parts, "s > g > a > m > c > e", "g > b > m")).start()
    assert case.complete("a").complete("b").paths == ["c", "c"]


def test_a_loop_without_a_way_out_is_an_incident_and_goes_on_when_mended() -> None:
    parts = (start(), xor("m"), script("a", "{y: y + 1}"), xor("x", "x-m"), user("z"), end())
    case = Driver(process(*parts, "s > m > a > x > m", "x > [x > 0] z > e"), budget=50).start(x=0, y=0)
    assert case.incident().kind == "runaway"
    rounds = case.values["y"]
    assert rounds > 10
    case.correct(x=1).retry()
    assert (case.paths, case.values["y"] - rounds <= 1) == (["z"], True)


def test_what_a_gateway_chose_is_told() -> None:
    case = Driver(process(start(), xor("g", "g-b"), user("a"), user("b"), end(), "s > g > [x > 1] a > e", "g > b > e")).start(
        x=0
    )
    (told,) = [payload for name, element, payload in case.payloads if (name, element) == (EventType.ELEMENT_COMPLETED, "g")]
    assert told["flows"] == ["g-b"]


def test_two_thousand_rounds_leave_the_state_as_small_as_two() -> None:
    parts = (*FORK[:-3], xor("x", "x-e"), end(), "s > m > g > a > j > c > x > e", xor("m"), "g > b > j", "x > [x > 0] m")
    case = Driver(process(*parts)).start(x=1)
    sizes = []
    for number in range(2_000):
        case.complete("b").complete("a", y=number).complete("c")
        if number in (2, 1_999):
            assert case.state is not None
            sizes.append(len(case.state))
            case.payloads.clear()
    assert sizes[1] - sizes[0] <= 40, "nothing but longer token numbers"


def test_a_boundary_event_that_has_fired_no_longer_holds_up_an_inclusive_join() -> None:
    parts = (
        start(),
        both("f"),
        user("a"),
        boundary("tm", "a", timer("timeDuration", "P1D"), interrupting=False),
        user("b"),
        xor("x", "x-e3"),
        user("c"),
        some("j"),
        user("after"),
        end(),
        end("e2"),
        end("e3"),
        "s > f > a > e2",
        "f > c > j > after > e",
        "tm > b > x > [x > 1] j",
        "x > e3",
    )
    case = Driver(process(*parts)).start(x=0)
    case.complete("c")
    assert "after" not in case.paths
    case.trigger("tm")
    assert "after" not in case.paths
    case.complete("b")
    assert sorted(case.paths) == ["a", "after"]


def test_each_of_two_tokens_at_an_activity_holds_an_inclusive_join_up() -> None:
    late = boundary("late", "a", timer("timeDuration", '= if d = null then "P9D" else d'), interrupting=False)
    case = Driver(
        process(
            start(), both("f"), script("soon", '{d: "P1D"}'), user("a"), user("b"), user("c"), user("q"), xor("x", "x-e2"),
            end("e2"), late, some("j"), user("z"), end(),
            "s > f > a", "f > b > soon > a", "f > c > j > z > e", "late > q > x > e2", "x > [n = 1] j",
        )
    )  # fmt: skip
    case.start().complete("b")
    timers = [wait for wait in case.waits.values() if wait.element == "late"]
    case.step(bpmn.Trigger(timers[1].token)).complete("q").complete("c")
    assert case.paths == ["a", "a"], "the other timer may still lead to the join"


def test_an_activity_that_has_not_begun_holds_an_inclusive_join_up_by_its_boundary_events() -> None:
    case = Driver(
        process(
            start(), both("f"), user("a", assignee="= b"), boundary("m", "a", message()), user("c"), some("j"), user("z"),
            end(), end("e2"), "s > f > a > e2", "f > c > j > z > e", "m > j",
        )
    )  # fmt: skip
    case.start(b=5).complete("c")
    assert (case.incident("a").kind, case.paths) == ("expression-failed", [])
    case.correct(b=None).retry().trigger("m")
    assert case.paths == ["z"]
