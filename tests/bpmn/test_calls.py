"""Call activities: data in and out, nesting, errors across the border, versions."""

from __future__ import annotations

import pytest

from engine.bpmn import places
from engine.history import EventType
from tests.bpmn.diagrams import (
    both,
    boundary,
    call,
    end,
    error,
    error_end,
    loop,
    message,
    process,
    script,
    start,
    terminate,
    timer,
    user,
    xor,
)
from tests.bpmn.driver import Driver

WORK = process(start(), user("a"), script("b", "{y: x + 1, got: 7}"), end(), "s > a > b > e", key="work")


def caller(*more: str, inputs: dict[str, str] | None = None, outputs: dict[str, str] | None = None) -> Driver:
    called = call("a", "work", inputs or {"x": "x"}, outputs or {"total": "y"})
    return Driver(process(start(), called, user("z"), end(), "s > a > z > e", *more), WORK)


def test_a_call_sees_its_inputs_only_and_gives_its_outputs_only() -> None:
    case = caller().start(x=1, y=5)
    assert case.paths == ["a.a"]
    assert case.data.read(case.task("a.a").scope, "y") is None
    case.complete("a.a", x=10)
    assert case.values == {"x": 1, "y": 5, "total": 11}
    assert case.paths == ["z"]


def test_what_a_called_task_writes_stays_in_the_call() -> None:
    case = caller().start(x=1).complete("a.a", list=[1])
    assert "list" not in case.values


def test_calls_lie_inside_each_other_with_the_same_element_ids() -> None:
    middle = process(start(), call("a", "work", {"x": "x + 1"}, {"y": "y"}), end(), "s > a > e", key="middle")
    outer = process(start(), call("a", "middle", {"x": "x"}, {"y": "y"}), user("z"), end(), "s > a > z > e")
    case = Driver(outer, middle, WORK).start(x=1)
    assert case.paths == ["a.a.a"]
    assert case.complete("a.a.a").values == {"x": 1, "y": 3}
    assert case.paths == ["z"]


def test_the_version_that_was_entered_stays() -> None:
    newer = process(start(), user("other"), end(), "s > other > e", key="work", version=2)
    case = caller().start(x=1)
    case.shelf.processes.append(newer)
    assert case.complete("a.a").values["total"] == 2
    assert Driver(process(start(), call("a", "work", version="1"), end(), "s > a > e"), WORK, newer).start().paths == ["a.a"]
    assert Driver(process(start(), call("a", "work", version="latest"), end(), "s > a > e"), WORK, newer).start().paths == [
        "a.other"
    ]


def test_a_call_of_nothing_is_an_incident_until_it_is_deployed() -> None:
    case = Driver(process(start(), call("a", "work"), end(), "s > a > e")).start()
    assert case.incident("a").kind == "no-such-process"
    case.shelf.processes.append(WORK)
    assert case.retry().paths == ["a.a"]


def test_a_call_of_a_process_without_plain_start_is_an_incident() -> None:
    inner = process(start("s", message()), user("a"), end(), "s > a > e", key="work")
    case = Driver(process(start(), call("a", "work", version="latest"), end(), "s > a > e"), inner).start()
    assert case.incident("a").kind == "no-such-process"


def test_an_input_that_fails_is_an_incident_before_the_call() -> None:
    case = caller(inputs={"x": "x + 1"}).start(x="text")
    assert (case.incident("a").kind, list(case.data.scopes)) == ("expression-failed", ["case"])
    assert case.correct(x=1).retry().paths == ["a.a"]


def test_an_output_that_fails_is_an_incident_and_is_retried() -> None:
    case = caller(outputs={"total": "y", "plan.a": "y"}).start(x=1, plan="text").complete("a.a")
    assert (case.incident("a").kind, "total" in case.values) == ("cannot-write", False)
    assert case.retry().told(EventType.INCIDENT_RETRIED) == ["a"]
    assert case.told(EventType.INCIDENT_RESOLVED) == []
    case.correct(plan=None).retry()
    assert (case.values["total"], case.values["plan"], case.paths) == (2, {"a": 2}, ["z"])
    assert case.told(EventType.INCIDENT_RESOLVED) == ["a"]


def test_an_incident_inside_a_call_has_the_path_through_it() -> None:
    case = caller().start(x="text").complete("a.a")
    assert case.incident("a.b").element == "a.b"
    assert case.told(EventType.INCIDENT_OPENED) == ["a.b"]


def test_places_lead_through_calls() -> None:
    case = caller().start(x=1)
    assert case.state is not None
    found = places(case.state, case.shelf.processes[0], case.shelf)
    assert [(place.path, place.holds, place.waits) for place in found] == [("a", True, ""), ("a.a", False, "task")]


def test_an_error_crosses_the_border() -> None:
    thrower = process(start(), both("g"), user("a"), user("b"), error_end(), end(), "s > g > a > bad", "g > b > e", key="work")
    parts = (start(), call("a", "work"), boundary("caught", "a", error()), user("y"), user("z"), end())
    case = Driver(process(*parts, "s > a > z > e", "caught > y > e"), thrower).start().complete("a.a")
    assert case.paths == ["y"]
    assert case.told(EventType.ERROR_THROWN) == ["a.bad"]


def test_an_error_with_the_same_id_but_another_code_does_not_match() -> None:
    thrower = process(start(), error_end("bad", "er2"), "s > bad", key="work")
    parts = (start(), call("a", "work"), boundary("caught", "a", error("er")), user("y"), end(), "s > a > e", "caught > y > e")
    assert Driver(process(*parts), thrower).start().status == "failed"


def test_terminate_in_a_called_process_ends_the_call_and_its_outputs_are_taken() -> None:
    inner = process(start(), both("g"), user("a"), user("b"), terminate(), end(), "s > g > a > t", "g > b > e", key="work")
    case = Driver(process(start(), call("a", "work", {"x": "1"}, {"x": "x"}), user("z"), end(), "s > a > z > e"), inner)
    assert case.start().complete("a.a", x=4).paths == ["z"]
    assert case.values == {"x": 4}


def test_a_boundary_event_ends_a_call_and_all_inside() -> None:
    middle = process(start(), call("a", "work", {"x": "x"}), end(), "s > a > e", key="middle")
    parts = (start(), xor("m"), call("a", "middle", {"x": "x"}), boundary("stop", "a", message(who="by")), user("y"), end())
    case = Driver(process(*parts, "s > m > a > e", "stop > y > m"), middle, WORK).start(x=1)
    assert case.trigger("stop", by="client").paths == ["y"]
    assert case.values == {"x": 1, "who": "client"}
    assert case.complete("y").paths == ["a.a.a"]


def test_reminders_on_a_call_stop_with_it() -> None:
    remind = boundary("remind", "a", timer("timeCycle", "R/P7D"), interrupting=False)
    case = caller(remind, user("r"), "remind > r > e").start(x=1)
    case.trigger("remind").trigger("remind")
    assert case.paths == ["a.a", "r", "r"]
    case.complete("a.a")
    assert case.waiting == ["r", "r", "z"]


def test_a_join_of_the_caller_and_of_the_called_are_told_apart() -> None:
    inner = process(start(), both("g"), user("a"), user("b"), both("j"), end(), "s > g > a > j > e", "g > b > j", key="work")
    outer = process(
        start(), both("g"), call("a", "work"), user("b"), both("j"), user("z"), end(), "s > g > a > j > z > e", "g > b > j"
    )
    case = Driver(outer, inner).start().complete("b").complete("a.b")
    assert case.paths == ["a.a"]
    assert case.complete("a.a").paths == ["z"]


def test_a_process_that_calls_itself_for_ever_is_an_incident_that_can_be_cancelled() -> None:
    case = Driver(process(start(), call("a", "p"), end(), "s > a > e"), budget=10_000).start()
    assert case.incident().kind == "too-deep"
    assert case.retry().incident().kind == "too-deep"
    assert case.cancel().status == "cancelled"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_calls_in_a_loop_are_collected_in_the_order_of_the_list(order: tuple[int, int]) -> None:
    called = call("a", "work", {"x": "item"}, {"total": "y"}, loop=loop("list", "item", "got", "total", local=("total",)))
    case = Driver(process(start(), called, user("z"), end(), "s > a > z > e"), WORK).start(list=[10, 20])
    tokens = sorted(case.tasks, key=lambda token: int(token[1:]))
    paths = [case.tasks[tokens[number]] for number in order]
    for task in paths:
        case.tasks = {task.token: task, **case.tasks}
        case.complete("a.a")
    assert case.values["got"] == [11, 21]
    assert "total" not in case.values
