"""Embedded sub-processes: data, ends, boundary events, nesting."""

from __future__ import annotations

import pytest

from engine.history import EventType
from tests.bpmn.diagrams import (
    both,
    boundary,
    catch,
    end,
    error,
    error_end,
    message,
    process,
    script,
    start,
    sub,
    terminate,
    timer,
    user,
    xor,
)
from tests.bpmn.driver import Driver


def inner(*parts: str, name: str = "sub", local: tuple[str, ...] = ()) -> str:
    return sub(name, start("is"), *parts, end("ie"), local=local)


def test_a_sub_process_is_done_when_nothing_is_left_in_it() -> None:
    parts = (
        start(),
        inner(both("ig"), user("a"), user("b"), "is > ig > a > ie", "ig > b > ie"),
        user("z"),
        end(),
        "s > sub > z > e",
    )
    case = Driver(process(*parts)).start()
    assert case.complete("a").paths == ["b"]
    assert case.complete("b").paths == ["z"]
    assert case.complete("z").status == "completed"


def test_it_sees_and_writes_the_data_around_it() -> None:
    case = Driver(process(start(), inner(script("a", "{x: x + 1, y: 2}"), "is > a > ie"), end(), "s > sub > e")).start(x=1)
    assert case.values == {"x": 2, "y": 2}


def test_its_local_names_are_its_own() -> None:
    parts = (inner(script("a", "{x: 9, y: 2}"), user("b"), "is > a > b > ie", local=("x",)), user("z"))
    case = Driver(process(start(), *parts, end(), "s > sub > z > e")).start(x=1)
    assert case.values == {"x": 1, "y": 2}
    assert case.data.read(case.task("b").scope, "x") == 9
    assert case.complete("b", x=10).values == {"x": 1, "y": 2}


def test_terminate_ends_the_sub_process_only() -> None:
    nested = inner(both("ig"), user("a"), user("b"), terminate(), "is > ig > a > t", "ig > b > ie")
    case = Driver(process(start(), both("g"), nested, user("c"), user("z"), end(), "s > g > sub > z > e", "g > c > e")).start()
    assert case.complete("a").paths == ["c", "z"]


def test_terminate_in_a_nested_sub_process_leaves_the_outer_one() -> None:
    deep = sub("deep", start("ds"), both("dg"), user("a"), user("b"), terminate(), "ds > dg > a > t", "dg > b")
    outer = inner(both("ig"), deep, user("c"), both("ij"), user("d"), "is > ig > deep > ij > d > ie", "ig > c > ij")
    case = Driver(process(start(), outer, end(), "s > sub > e")).start()
    assert case.complete("a").paths == ["c"]
    assert case.complete("c").paths == ["d"]
    assert case.complete("d").status == "completed"


def test_terminate_at_the_top_ends_the_case_and_its_tasks() -> None:
    case = Driver(process(start(), both("g"), user("a"), user("b"), terminate(), end(), "s > g > a > t", "g > b > e")).start()
    assert case.complete("a").status == "completed"
    assert case.told(EventType.ELEMENT_CANCELLED) == ["b"]


def test_a_token_parked_in_a_join_goes_when_the_sub_process_is_interrupted() -> None:
    forked = inner(both("ig"), user("a"), user("b"), both("ij"), "is > ig > a > ij > ie", "ig > b > ij")
    stop = boundary("stop", "sub", message())
    parts = (start(), xor("m"), forked, stop, user("r"), end(), "s > m > sub > e", "stop > r > m")
    case = Driver(process(*parts)).start().complete("a").trigger("stop")
    assert case.paths == ["r"]
    case.complete("r")
    assert case.paths == ["a", "b"]
    assert case.complete("b").paths == ["a"]
    assert case.complete("a").status == "completed"


def test_a_message_that_does_not_interrupt_leaves_the_work_and_comes_again() -> None:
    more = boundary("more", "sub", message(x="x + 1"), interrupting=False)
    parts = (start(), inner(user("a"), "is > a > ie"), more, user("r"), end(), "s > sub > e", "more > r > e")
    case = Driver(process(*parts)).start(x=0)
    case.trigger("more", x=1).trigger("more", x=5)
    assert (case.paths, case.values["x"]) == (["a", "r", "r"], 6)
    assert "more" in case.waiting
    assert case.complete("a").waiting == ["r", "r"]
    assert case.complete("r").complete("r").status == "completed"


def test_an_error_end_is_caught_by_the_code_before_a_catch_all() -> None:
    thrown = inner(both("ig"), user("a"), user("b"), error_end(), "is > ig > a > bad", "ig > b > ie")
    every, named = boundary("every", "sub", error("")), boundary("named", "sub", error("er"))
    parts = (start(), thrown, every, named, user("y"), user("z"), end(), "s > sub > e", "every > y > e", "named > z > e")
    case = Driver(process(*parts)).start().complete("a")
    assert case.paths == ["z"]
    assert case.told(EventType.ERROR_THROWN) == ["bad"]


def test_an_error_passes_those_who_do_not_catch_it() -> None:
    deep = sub("deep", start("ds"), error_end(), "ds > bad")
    parts = (start(), inner(deep, boundary("other", "deep", error("er2")), user("n"), "is > deep > ie", "other > n > ie"))
    caught = (boundary("caught", "sub", error("er")), user("z"), end(), "s > sub > e", "caught > z > e")
    assert Driver(process(*parts, *caught)).start().paths == ["z"]


def test_an_error_that_nobody_catches_fails_the_case() -> None:
    case = Driver(
        process(
            start(), both("g"), user("a"), inner(user("b"), error_end(), "is > b > bad"), end(), "s > g > sub > e", "g > a > e"
        )
    )
    assert case.start().complete("b").status == "failed"
    assert case.told(EventType.CASE_FAILED) == [""]


@pytest.mark.parametrize("first", ["stop", "soon"])
def test_of_two_interrupting_events_the_first_wins(first: str) -> None:
    stop, soon = boundary("stop", "sub", message()), boundary("soon", "sub", timer("timeDuration", "P1D"))
    parts = (start(), inner(user("a"), "is > a > ie"), stop, soon, user("y"), user("z"), end())
    case = Driver(process(*parts, "s > sub > e", "stop > y > e", "soon > z > e")).start().trigger(first)
    assert case.paths == ["y" if first == "stop" else "z"]
    assert len(case.waiting) == 1


def test_a_loop_through_a_sub_process_with_timers_leaves_none_behind() -> None:
    quick = inner(script("a", "{x: x + 1}"), "is > a > ie")
    late = boundary("late", "sub", timer("timeDuration", "P1D"), interrupting=False)
    parts = (
        start(),
        xor("m"),
        quick,
        late,
        xor("x", "x-z"),
        user("z"),
        end(),
        "s > m > sub > x > z > e",
        "x > [x < 50] m",
        "late > e",
    )
    case = Driver(process(*parts)).start(x=0)
    assert (case.values["x"], case.waiting, case.paths) == (50, ["z"], ["z"])
    assert len(case.told(EventType.TIMER_SET)) == 50


def test_an_incident_inside_goes_when_the_sub_process_is_interrupted() -> None:
    parts = (start(), inner(script("a", "{x: who + 1}"), "is > a > ie"), boundary("stop", "sub", message()), user("z"), end())
    case = Driver(process(*parts, "s > sub > e", "stop > z > e")).start(who="text")
    assert case.incident("a").kind == "expression-failed"
    assert case.trigger("stop").incidents == {}


def test_a_deadlock_inside_is_an_incident_of_the_sub_process_and_can_be_interrupted() -> None:
    stuck = inner(xor("ig", "ig-a"), user("a"), user("b"), both("ij"), "is > ig > a > ij > ie", "ig > [x > 0] b > ij")
    parts = (start(), stuck, boundary("stop", "sub", message()), user("z"), end(), "s > sub > e", "stop > z > e")
    case = Driver(process(*parts)).start(x=0).complete("a")
    assert case.incident("sub").kind == "deadlock"
    assert case.retry().incident("sub").kind == "deadlock"
    case.trigger("stop")
    assert (case.paths, case.incidents) == (["z"], {})


def test_a_boundary_event_that_failed_goes_with_the_activity() -> None:
    more = boundary("more", "sub", message(x="got + 1"), interrupting=False)
    parts = (start(), inner(user("a"), "is > a > ie"), more, user("r"), end(), "s > sub > e", "more > r > e")
    case = Driver(process(*parts)).start(x=0).trigger("more", got="text")
    assert case.incident("more").kind == "expression-failed"
    assert case.complete("a").status == "completed"


def test_a_boundary_event_that_failed_listens_again_once_mended() -> None:
    more = boundary("more", "sub", message(x="got + y"), interrupting=False)
    parts = (start(), inner(user("a"), "is > a > ie"), more, user("r"), end(), "s > sub > e", "more > r > e")
    case = Driver(process(*parts)).start(x=0, y="text").trigger("more", got=1)
    assert case.waiting == ["a"]
    case.correct(y=1).retry("more")
    assert (case.values["x"], case.waiting) == (2, ["a", "more", "r"])
    assert case.trigger("more", got=4).values["x"] == 5


def test_cancelling_a_case_in_a_loop_leaves_nothing() -> None:
    forked = inner(both("ig"), user("a"), catch("c", message()), both("ij"), "is > ig > a > ij > ie", "ig > c > ij")
    case = Driver(process(start(), xor("m"), forked, xor("x", "x-e"), end(), "s > m > sub > x > e", "x > [x > 0] m")).start(x=1)
    case.complete("a").trigger("c").complete("a")
    assert case.cancel().status == "cancelled"
