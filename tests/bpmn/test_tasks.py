"""User, manual and plain tasks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine import bpmn
from engine.errors import NotPossible
from engine.history import EventType
from engine.ids import Token
from tests.bpmn.diagrams import boundary, end, flows, manual, process, script, start, task, timer, user
from tests.bpmn.driver import Driver


def one(host: str, *more: str) -> Driver:
    return Driver(process(start(), host, end(), "s > a > e", *more))


def test_a_user_task_waits_and_goes_on_when_completed() -> None:
    case = one(user("a")).start()
    assert case.paths == ["a"]
    assert case.complete("a", x=1).status == "completed"
    assert case.values == {"x": 1}


def test_a_manual_task_waits() -> None:
    case = one(manual("a")).start()
    assert case.paths == ["a"]
    assert case.complete("a").status == "completed"


def test_a_task_without_a_type_is_passed() -> None:
    case = one(task("a")).start()
    assert case.status == "completed"
    assert "a" in case.told(EventType.ELEMENT_COMPLETED)


def test_a_task_knows_what_was_said_about_it() -> None:
    written = user("a", groups="coach host", due="P5BD", followUp="P1D", priority="80", notBy="a", assignee="= who")
    order = one(written).start(who="coach-7").task("a")
    assert order.candidate_groups == {"coach", "host"}
    assert order.due == datetime(2025, 3, 10, 9, tzinfo=UTC)
    assert order.follow_up == datetime(2025, 3, 4, 9, tzinfo=UTC)
    assert (order.priority, order.assignee, order.not_by_path) == (80, "coach-7", "a")


def test_an_assignee_that_is_null_leaves_the_task_to_its_groups() -> None:
    assert one(user("a", assignee="= who")).start().task("a").assignee is None


def test_a_due_time_that_fails_stops_before_the_task() -> None:
    case = one(user("a", due="= a.b + who")).start(who=[1])
    assert case.paths == []
    assert case.incident("a").kind == "expression-failed"
    assert case.told(EventType.TASK_CREATED) == []


def test_a_mended_task_is_created_once_with_its_boundary_events() -> None:
    late = boundary("late", "a", timer("timeDuration", "P1D"), interrupting=False)
    case = one(user("a", due="= who"), late, end("e2"), "late > e2").start(who=True)
    assert (case.paths, case.waiting) == ([], [])
    case.correct(who="P1D").retry("a")
    assert (case.paths, case.waiting) == (["a"], ["a", "late"])


def test_a_priority_outside_the_scale_is_brought_to_its_end() -> None:
    assert one(user("a", priority="= 1000")).start().task("a").priority == 100


def test_completing_twice_is_refused() -> None:
    case = Driver(process(start(), user("a"), user("b"), end(), "s > a > b > e")).start()
    done = case.task("a")
    case.complete("a")
    case.tasks[done.token] = done
    with pytest.raises(NotPossible, match="no longer waits"):
        case.complete("a")


def test_an_unknown_token_is_refused() -> None:
    case = one(user("a")).start()
    with pytest.raises(NotPossible, match="t99"):
        case.step(bpmn.CompleteTask(Token("t99")))


def test_answers_that_cannot_be_written_are_refused_whole() -> None:
    case = one(user("a")).start(plan="text")
    with pytest.raises(NotPossible, match=r"`plan.x` cannot be written"):
        case.complete("a", y=1, plan__x=1)
    assert case.paths == ["a"]


def test_flows_without_a_gateway_all_go() -> None:
    case = Driver(process(start(), user("a"), user("b"), user("c"), end(), "s > a > b > e", flows("a > c > e"))).start()
    case.complete("a")
    assert case.paths == ["b", "c"]
    assert case.complete("b").status == "active"
    assert case.complete("c").status == "completed"


def test_a_token_without_a_way_on_ends_there() -> None:
    assert Driver(process(start(), script("a", "{x: 1}"), "s > a")).start().values == {"x": 1}


def test_what_waits_for_a_message_is_not_completed_and_a_task_is_not_triggered() -> None:
    parts = (start(), user("a"), boundary("late", "a", timer("timeDuration", "P1D")), end(), "s > a > e", "late > e")
    case = Driver(process(*parts)).start()
    with pytest.raises(NotPossible):
        case.step(bpmn.CompleteTask(case.wait("late").token))
    with pytest.raises(NotPossible):
        case.step(bpmn.Trigger(case.wait("a").token))
