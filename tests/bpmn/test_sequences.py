"""Rounds one after the other: sequential multi-instance, and the standard loop."""

from __future__ import annotations

import pytest

from tests.bpmn.diagrams import (
    boundary,
    call,
    end,
    error,
    error_end,
    in_sequence,
    loop,
    process,
    script,
    standard_loop,
    start,
    sub,
    timer,
    user,
    xor,
)
from tests.bpmn.driver import Driver

SIGN = user("a", in_sequence(loop("list", "item", "got", "{who: item, text: sig}", local=("sig",))))


def one(host: str, *more: str, budget: int = 1_000) -> Driver:
    return Driver(process(start(), host, user("z"), end(), "s > a > z > e", *more), budget=budget)


def test_items_come_one_after_the_other() -> None:
    case = one(SIGN).start(list=["x", "y", "w"])
    for number, item in enumerate(["x", "y", "w"], start=1):
        (task,) = case.tasks.values()
        assert (task.loop_counter, case.data.read(task.scope, "item")) == (number, item)
        assert case.data.read(task.scope, "sig") is None, "a round begins with names of its own"
        case.complete("a", sig=f"by {item}")
    assert case.paths == ["z"]
    assert case.values["got"] == [{"who": item, "text": f"by {item}"} for item in ("x", "y", "w")]


def test_the_items_are_those_there_were_at_the_start() -> None:
    case = one(SIGN).start(list=["x", "y"]).complete("a", list=["other"]).complete("a")
    assert ([given["who"] for given in case.values["got"]], case.paths) == (["x", "y"], ["z"])


def test_no_items_are_done_at_once() -> None:
    case = one(SIGN).start(list=[])
    assert (case.paths, case.values["got"]) == (["z"], [])


def test_enough_ends_the_sequence() -> None:
    enough = in_sequence(loop("list", "item", "got", "item", until="numberOfCompletedInstances = 2"))
    case = one(user("a", enough)).start(list=[1, 2, 3]).complete("a")
    assert case.paths == ["a"]
    assert (case.complete("a").paths, case.values["got"]) == (["z"], [1, 2])


def test_one_instance_is_active_at_a_time() -> None:
    until = "numberOfActiveInstances = 0 and numberOfCompletedInstances = 1 and numberOfInstances = 3"
    assert one(user("a", in_sequence(loop("list", until=until)))).start(list=[1, 2, 3]).complete("a").paths == ["z"]


@pytest.mark.parametrize("marker", [in_sequence(loop("list")), standard_loop("x < 5")])
def test_a_boundary_event_ends_it_in_any_round(marker: str) -> None:
    late = boundary("late", "a", timer("timeDuration", "P1D"))
    case = one(user("a", marker), late, "late > e").start(list=[1, 2, 3], x=0).complete("a").trigger("late")
    assert (case.status, case.waiting) == ("completed", [])


def test_a_sub_process_in_sequence() -> None:
    add = script("b", "{y: (if y = null then 0 else y) + item}")
    each = sub("a", start("is"), user("u"), add, end("ie"), "is > u > b > ie", loop=in_sequence(loop("list", "item")))
    case = one(each).start(list=[1, 2, 3])
    for total in (1, 3, 6):
        assert case.paths == ["u"]
        assert case.complete("u").values["y"] == total
    assert case.paths == ["z"]


def test_a_call_in_sequence_and_its_error() -> None:
    called = process(start(), user("u"), xor("x", "x-e"), error_end(), end(), "s > u > x > e", "x > [x = 3] bad", key="called")
    each = call("a", "called", {"x": "item"}, {"y": "x"}, loop=in_sequence(loop("list", "item")))
    failed = boundary("oops", "a", error())
    caller = process(start(), each, failed, user("z"), user("mend"), end(), "s > a > z > e", "oops > mend > e")
    case = Driver(caller, called).start(list=[1, 3, 5])
    assert case.complete("a.u").values["y"] == 1
    assert case.complete("a.u").paths == ["mend"]


def test_a_round_that_fails_is_tried_again() -> None:
    each = sub("a", start("is"), script("b", "{y: 6 / item}"), end("ie"), "is > b > ie", loop=in_sequence(loop("list", "item")))
    case = one(each).start(list=[3, 0, 2])
    assert (case.incident("b").kind, case.values["y"]) == ("expression-failed", 2)
    assert case.retry().incident("b").kind == "expression-failed"
    assert case.cancel().status == "cancelled"


def test_a_completion_condition_that_fails_is_asked_again() -> None:
    case = one(user("a", in_sequence(loop("list", until="plan.done")))).start(list=[1, 2], plan={"done": "?"}).complete("a")
    assert case.incident("a").kind == "expression-failed"
    assert case.correct(plan={"done": False}).retry().paths == ["a"]
    assert case.complete("a").paths == ["z"]


def test_a_standard_loop_runs_once_before_it_asks() -> None:
    case = one(user("a", standard_loop("x > 0"))).start(x=0)
    assert case.paths == ["a"]
    assert case.complete("a", x=1).paths == ["a"]
    assert case.complete("a", x=0).paths == ["z"]


def test_a_standard_loop_may_ask_first() -> None:
    assert one(user("a", standard_loop("x > 0", before=True))).start(x=0).paths == ["z"]
    case = one(user("a", standard_loop("x > 0", before=True))).start(x=1)
    assert case.complete("a", x=0).paths == ["z"]


def test_a_standard_loop_ends_after_its_most_rounds() -> None:
    case = one(user("a", standard_loop("true", most="2"))).start()
    assert case.complete("a").complete("a").paths == ["z"]
    assert one(script("a", "{y: loopCounter}", standard_loop(most="3"))).start().values["y"] == 3


def test_the_condition_sees_how_many_rounds_there_were() -> None:
    assert one(script("a", "{y: loopCounter}", standard_loop("loopCounter < 4"))).start().values["y"] == 4


def test_an_endless_standard_loop_is_a_runaway() -> None:
    case = one(script("a", "{y: 1}", standard_loop("true")), budget=50).start()
    assert case.incident().kind == "runaway"
    assert case.cancel().status == "cancelled"


def test_a_standard_loop_in_a_sequence_in_a_loop() -> None:
    inner = sub("b", start("js"), user("u"), end("je"), "js > u > je", loop=standard_loop("loopCounter < 2"))
    outer = sub("a", start("is"), inner, end("ie"), "is > b > ie", loop=in_sequence(loop("list")))
    case = one(outer).start(list=[1, 2])
    for _ in range(4):
        assert case.paths == ["u"]
        case.complete("u")
    assert case.paths == ["z"]
