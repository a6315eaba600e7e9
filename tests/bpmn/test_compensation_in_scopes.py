"""Undoing sub-processes, their rounds, and called processes: each with the data it had."""

from __future__ import annotations

from engine.history import EventType
from tests.bpmn.diagrams import (
    call,
    end,
    loop,
    process,
    script,
    start,
    sub,
    throw,
    undo,
    undone,
    user,
)  # fmt: skip

from .undoing import FOR, by, one, undoable


def test_a_sub_process_is_undone_by_what_is_in_it_with_the_data_it_had() -> None:
    case = one(undoable("sp"), user("y"), throw("th", undo("sp")), user("z"), end(), "s > sp > y > th > z > e")
    case.start(got=[]).complete("sp2", b=7)
    case.complete("y", b=8)
    assert case.paths == ["usp2"]
    case.complete("usp2")
    assert (case.paths, case.values["got"]) == (["z"], ["1", "one", 7])
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["sp2", "sp1", "sp"]


def test_rounds_of_a_sub_process_are_undone_each_with_its_data() -> None:
    case = one(undoable("sp", loop_=loop("list", "item")), throw("th", undo()), user("z"), end(), "s > sp > th > z > e")
    case.start(list=[1, 2], got=[]).complete("sp2", 2, b=20).complete("sp2", 1, b=10)
    case.complete("usp2").complete("usp2")
    assert (case.paths, case.values["got"]) == (["z"], ["1", "one", 10, "1", "one", 20])


def test_a_handler_on_the_border_stands_for_those_inside() -> None:
    parts = (
        undoable("sp"),
        undone("sp", "un"),
        user("un", **FOR),
        throw("th", undo()),
        user("z"),
        end(),
        "s > sp > th > z > e",
    )
    case = one(*parts).start(got=[]).complete("sp2")
    assert case.paths == ["un"]
    assert case.complete("un").paths == ["z"]


def test_sub_processes_in_sub_processes() -> None:
    middle = sub("mid", start("ms"), by("a"), undoable("sp"), by("b"), end("me"), "ms > a > sp > b > me")
    case = one(middle, throw("th", undo()), user("z"), end(), "s > mid > th > z > e").start(got=[])
    case.complete("a").complete("sp2", b=1).complete("b")
    assert case.complete("unb").paths == ["usp2"]
    assert case.complete("usp2").paths == ["una"]
    assert case.complete("una").paths == ["z"]
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["b", "sp2", "sp1", "sp", "a", "mid"]


def test_a_call_is_undone_by_what_is_in_it_with_its_own_data() -> None:
    called = (start(), script("a", "{x: i * 2}"), undone("a", "un"), user("un", **FOR), user("b"), end(), "s > a > b > e")
    parts = (
        call("c", "called", {"i": "21"}, {"y": "x"}),
        user("m"),
        throw("th", undo()),
        user("z"),
        end(),
        "s > c > m > th > z > e",
    )
    case = one(*parts, called=called).start().complete("c.b").complete("m", x=0)
    assert case.paths == ["c.un"]
    task = case.task("c.un")
    assert case.data.read(task.scope, "x") == 42
    assert case.complete("c.un", x=0).paths == ["z"]
    assert (case.values["y"], case.values["x"]) == (42, 0)


def test_a_newer_version_that_is_called_changes_nothing_for_what_was_done() -> None:
    called = (start(), by("a"), end(), "s > a > e")
    case = one(
        call("c", "called", version="latest"), throw("th", undo()), user("z"), end(), "s > c > th > z > e", called=called
    )
    case.start()
    case.shelf.processes.append(process(start(), user("new"), end(), "s > new > e", key="called", version=2))
    assert case.complete("c.a").paths == ["c.una"]
    assert case.complete("c.una").paths == ["z"]
