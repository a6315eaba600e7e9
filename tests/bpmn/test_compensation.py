"""Compensation: what is done is undone by its handlers, the last done first (BPMN 2.0.2 §10.7, §13.5.5)."""

from __future__ import annotations

import pytest

from engine.history import EventType
from tests.bpmn.diagrams import (
    both,
    call,
    end,
    in_sequence,
    loop,
    manual,
    script,
    standard_loop,
    start,
    sub,
    tag,
    throw,
    undo,
    undone,
    user,
    xor,
)  # fmt: skip

from .undoing import FOR, by, one


@pytest.mark.parametrize("last", [throw("th", undo()) + user("z"), ""])
def test_what_is_done_is_undone_in_reverse_order_and_the_thrower_waits(last: str) -> None:
    way = "s > a > b > th > z > e" if last else "s > a > b > e"
    case = one(by("a"), by("b"), last, end("e", "" if last else undo()), way).start().complete("a").complete("b")
    assert case.paths == ["unb"]
    assert case.complete("unb").paths == ["una"]
    assert case.complete("una").paths == (["z"] if last else [])
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["b", "a"]
    assert case.told(EventType.COMPENSATION_THROWN) == (["th"] if last else ["e"])
    assert (case.status == "completed") is not bool(last)


def test_only_what_is_completed_is_undone() -> None:
    parts = (both("f"), by("a"), by("b"), by("c"), throw("th", undo()), user("z"), end())
    case = one(*parts, "s > f > a > th > z > e", "f > b > e", "z > c").start().complete("a")
    assert case.paths == ["b", "una"]
    assert case.complete("b").complete("una").paths == ["z"]


def test_everything_is_undone_once() -> None:
    parts = (by("a"), throw("th", undo()), throw("th2", undo()), by("b"), throw("th3", undo()), user("z"), end())
    case = one(*parts, "s > a > th > th2 > b > th3 > z > e").start().complete("a").complete("una")
    assert case.complete("b").paths == ["unb"]
    assert case.complete("unb").paths == ["z"]


def test_one_activity_is_undone_by_its_name() -> None:
    parts = (by("a"), by("b"), by("c"), throw("th", undo("b")), user("y"), throw("th2", undo()), user("z"), end())
    case = one(*parts, "s > a > b > c > th > y > th2 > z > e").start().complete("a").complete("b").complete("c")
    assert case.paths == ["unb"]
    assert case.complete("unb").paths == ["y"]
    assert case.complete("y").paths == ["unc"], "the others are still there, b is not"
    assert case.complete("unc").complete("una").paths == ["z"]


def test_a_thrower_that_does_not_wait_goes_on_at_once() -> None:
    parts = (by("a"), by("b"), throw("th", undo(waits=False)), user("z"), end())
    case = one(*parts, "s > a > b > th > z > e").start().complete("a").complete("b")
    assert case.paths == ["unb", "z"]
    case.complete("z")
    assert (case.paths, case.status) == (["unb"], "active"), "the case is not over before it is undone"
    case.complete("unb").complete("una")
    assert case.status == "completed"
    assert case.told(EventType.ELEMENT_COMPLETED).count("th") == 1


def test_an_end_that_does_not_wait() -> None:
    case = one(by("a"), end("e", undo(waits=False)), "s > a > e").start().complete("a")
    assert case.paths == ["una"]
    assert case.complete("una").status == "completed"


def test_nothing_to_undo_is_no_obstacle() -> None:
    case = one(by("a"), xor("x", "x-th"), throw("th", undo()), user("z"), end(), "s > x > [x > 1] a > e", "x > th > z > e")
    assert case.start(x=0).paths == ["z"]
    assert [told["names"] for type_, _, told in case.payloads if type_ == EventType.COMPENSATION_THROWN] == [""]


def test_an_end_of_a_sub_process_undoes_what_was_done_in_it() -> None:
    inner = sub("sp", start("is"), by("b"), end("ie", undo()), "is > b > ie")
    case = one(by("a"), inner, throw("th", undo()), user("z"), end(), "s > a > sp > th > z > e")
    case.start().complete("a").complete("b")
    assert case.paths == ["unb"]
    assert case.complete("unb").paths == ["una"], "the sub-process has nothing left, what is around it has"


# kinds of handlers and of what they undo


def test_a_script_undoes_with_the_data_of_now() -> None:
    parts = (
        script("a", "{x: 1}"),
        undone("a", "un"),
        script("un", "{y: x + 1}", **FOR),
        user("u"),
        throw("th", undo()),
        user("z"),
    )
    case = one(*parts, end(), "s > a > u > th > z > e").start().complete("u", x=5)
    assert (case.paths, case.values["y"]) == (["z"], 6)


@pytest.mark.parametrize("kind", ["task", "manual", "receive", "call", "sub", "loop"])
def test_any_activity_can_undo(kind: str) -> None:
    handlers = {
        "task": tag("task", "un", **FOR),
        "manual": manual("un", **FOR),
        "receive": tag("receiveTask", "un", messageRef="m", **FOR),
        "call": call("un", "called", isForCompensation="true"),
        "sub": sub("un", start("is"), user("in"), end("ie"), "is > in > ie").replace(
            'id="un"', 'id="un" isForCompensation="true"'
        ),
        "loop": user("un", in_sequence(loop("list", "item")), **FOR),
    }
    called = (start(), user("in"), end(), "s > in > e")
    case = one(
        user("a"), undone("a", "un"), handlers[kind], throw("th", undo()), user("z"), end(), "s > a > th > z > e", called=called
    )
    case.start(list=[1, 2]).complete("a")
    match kind:
        case "manual":
            case.complete("un")
        case "receive":
            case.trigger("un")
        case "call":
            case.complete("un.in")
        case "sub":
            case.complete("in")
        case "loop":
            case.complete("un").complete("un")
        case _:
            pass
    assert case.paths == ["z"]
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["a"]


def test_a_handler_is_in_the_lists_with_its_path() -> None:
    called = (start(), by("a"), throw("th", undo()), end(), "s > a > th > e")
    case = one(call("c", "called"), end(), "s > c > e", called=called).start().complete("c.a")
    assert case.paths == ["c.una"]
    assert case.complete("c.una").status == "completed"


# loops


@pytest.mark.parametrize("kind", ["parallel", "sequential", "standard"])
def test_each_round_is_undone_and_sees_what_was_its_own(kind: str) -> None:
    marker = {
        "parallel": loop("list", "item", local=("b",)),
        "sequential": in_sequence(loop("list", "item", local=("b",))),
        "standard": standard_loop(most="3"),
    }[kind]
    given = "[item, loopCounter, b]" if kind != "standard" else "loopCounter"
    parts = (user("a", marker), undone("a", "un"), script("un", f"{{got: append(got, {given})}}", **FOR))
    case = one(*parts, throw("th", undo()), user("z"), end(), "s > a > th > z > e").start(list=["x", "y", "w"], got=[])
    for round_ in (2, 1, 3) if kind == "parallel" else (1, 2, 3):
        case.complete("a", round_, **({} if kind == "standard" else {"b": round_ * 10}))
    assert case.paths == ["z"]
    if kind == "standard":
        assert case.values["got"] == [3, 2, 1]
    else:
        order = [(3, "w"), (1, "x"), (2, "y")] if kind == "parallel" else [(3, "w"), (2, "y"), (1, "x")]
        assert case.values["got"] == [[item, number, number * 10] for number, item in order]
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["a", "a", "a"]


def test_rounds_that_were_withdrawn_are_not_undone() -> None:
    parts = (user("a", loop("list", "item", until="numberOfCompletedInstances = 2")), undone("a", "un"), user("un", **FOR))
    case = one(*parts, throw("th", undo("a")), user("z"), end(), "s > a > th > z > e").start(list=[1, 2, 3])
    case.complete("a", 1).complete("a", 3)
    assert [case.task("un").loop_counter, case.complete("un").task("un").loop_counter] == [3, 1]
    assert case.complete("un").paths == ["z"]


def test_a_loop_that_is_under_way_is_not_undone() -> None:
    parts = (
        both("f"),
        user("a", loop("list")),
        undone("a", "un"),
        user("un", **FOR),
        user("b"),
        throw("th", undo()),
        user("z"),
    )
    case = one(*parts, end(), "s > f > a > e", "f > b > th > z > e").start(list=[1, 2]).complete("a", 1).complete("b")
    assert case.paths == ["a", "z"]


def test_a_loop_drawn_with_flows_is_undone_for_each_time() -> None:
    parts = (by("a"), xor("x", "x-a"), throw("th", undo()), user("z"), end())
    case = one(*parts, "s > a > x > [x > 2] th > z > e", "x > a").start(x=0)
    case.complete("a").complete("a").complete("a", x=3)
    assert case.complete("una").complete("una").paths == ["una"]
    assert case.complete("una").paths == ["z"]
