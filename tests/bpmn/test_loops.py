"""Parallel multi-instance on user tasks, scripts, services and sub-processes."""

from __future__ import annotations

import pytest

from engine.history import EventType
from tests.bpmn.diagrams import (
    boundary,
    end,
    error,
    error_end,
    loop,
    message,
    process,
    read,
    script,
    service,
    start,
    sub,
    tag,
    terminate,
    timer,
    user,
    xor,
)
from tests.bpmn.driver import Driver

SIGN = user("a", loop("list", "item", "got", "{who: item, text: sig}", local=("sig",)))


def one(host: str = SIGN, *more: str) -> Driver:
    return Driver(process(start(), host, user("z"), end(), "s > a > z > e", *more))


def test_each_item_has_a_task_with_data_of_its_own() -> None:
    case = one().start(list=["x", "y"])
    assert [order.loop_counter for order in case.tasks.values()] == [1, 2]
    first, second = case.task("a", 1), case.task("a", 2)
    assert (case.data.read(first.scope, "item"), case.data.read(second.scope, "item")) == ("x", "y")
    case.complete("a", item=2, sig="two")
    assert case.data.read(first.scope, "sig") is None
    assert case.complete("a", item=1, sig="one").paths == ["z"]
    assert case.values == {"list": ["x", "y"], "got": [{"who": "x", "text": "one"}, {"who": "y", "text": "two"}]}


@pytest.mark.parametrize("items", [["x", "y"], []])
def test_history_tells_that_a_loop_begins_and_that_it_is_over(items: list[str]) -> None:
    case = one().start(list=items)
    while case.paths == ["a"] or case.paths == ["a", "a"]:
        case.complete("a")
    told = [(type_, payload["rounds"]) for type_, path, payload in case.payloads if path == "a" and "rounds" in payload]
    assert told == [("element-entered", len(items)), ("element-completed", len(items))]


def test_what_is_not_local_is_written_outside() -> None:
    case = one().start(list=["x"]).complete("a", sig="s", y=3)
    assert case.values["y"] == 3


def test_an_empty_list_is_done_at_once() -> None:
    case = one().start(list=[])
    assert (case.paths, case.values["got"]) == (["z"], [])


def test_an_empty_list_with_a_boundary_event_leaves_none() -> None:
    case = one(SIGN, boundary("late", "a", timer("timeDuration", "P1D")), "late > e").start(list=[])
    assert case.waiting == ["z"]


@pytest.mark.parametrize("value", [None, "text", True])
def test_a_loop_over_no_list_is_an_incident(value: object) -> None:
    case = one().start(list=value)
    assert case.incident("a").kind == "expression-failed"
    assert case.correct(list=[1]).retry().paths == ["a"]


def test_too_many_rounds_are_an_incident() -> None:
    assert one().start(list=[1] * 1001).incident("a").kind == "too-many-rounds"


def test_the_list_may_change_while_the_loop_runs() -> None:
    case = one().start(list=[1, 2]).complete("a", item=1, list=[])
    assert case.complete("a", item=2).values["got"] == [{"who": 1, "text": None}, {"who": 2, "text": None}]


def test_a_completion_condition_withdraws_the_rest() -> None:
    until = loop("list", "item", "got", "sig", local=("sig",), until="numberOfCompletedInstances >= 2")
    case = one(user("a", until)).start(list=[1, 2, 3, 4])
    case.complete("a", item=4, sig="d")
    assert case.complete("a", item=2, sig="b").paths == ["z"]
    assert case.values["got"] == ["b", "d"]
    assert case.told(EventType.ELEMENT_CANCELLED) == ["a", "a"]


def test_the_counts_of_a_completion_condition() -> None:
    count = "numberOfInstances = 3 and numberOfActiveInstances = 1 and numberOfCompletedInstances = 2"
    case = one(user("a", loop("list", until=count))).start(list=[1, 2, 3])
    assert case.complete("a").paths == ["a", "a"]
    assert case.complete("a").paths == ["z"]


def test_a_completion_condition_that_fails_stops_that_round_only_and_is_retried() -> None:
    case = one(user("a", loop("list", "item", "got", "item", until="who"))).start(list=[1, 2], who="text")
    case.complete("a", item=1)
    assert case.incident("a").kind == "expression-failed"
    assert case.paths == ["a"]
    case.correct(who=False).retry()
    assert (case.paths, case.incidents) == (["a"], {})
    assert case.complete("a").values["got"] == [1, 2]


def test_what_a_round_gives_that_fails_is_retried_without_asking_the_person_again() -> None:
    case = one(user("a", loop("list", "item", "got", "item + x"))).start(list=[1, 2], x="text").complete("a", item=1)
    assert case.told(EventType.TASK_COMPLETED) == ["a"]
    case.correct(x=10).retry()
    assert case.told(EventType.TASK_COMPLETED) == ["a"]
    assert case.complete("a").values["got"] == [11, 12]


def test_a_list_that_cannot_be_written_is_an_incident_of_the_loop() -> None:
    case = one(user("a", loop("list", "item", "plan.got", "item"))).start(list=[1, 2], plan="text")
    case.complete("a").complete("a")
    assert case.incident("a").kind == "cannot-write"
    case.correct(plan={}).retry()
    assert (case.values["plan"], case.paths) == ({"got": [1, 2]}, ["z"])


def test_ten_rounds_are_collected_in_order_of_number() -> None:
    case = one(script("a", "{x: item}", loop("list", "item", "got", "item"))).start(list=[*range(12)])
    assert case.values["got"] == [*range(12)]


def test_a_loop_of_scripts_writes_its_local_names_to_itself() -> None:
    case = one(script("a", "{y: item * 2}", loop("list", "item", "got", "y", local=("y",)))).start(list=[1, 2])
    assert case.values == {"list": [1, 2], "got": [2, 4]}


def test_a_loop_of_services() -> None:
    create = service("a", "register.create", {"register": '"rooms"', "entry": "{id: item, floor: 1}"}, {"y": "result.id"})
    looped = create.replace("</serviceTask>", loop("list", "item", "got", "y", local=("y",)) + "</serviceTask>")
    case = one(looped).start(list=["r1", "r2"])
    assert (case.values["got"], len(case.effects)) == (["r1", "r2"], 2)


def test_one_of_many_that_fails_holds_the_loop_and_nothing_else() -> None:
    case = one(script("a", "{x: 10 / item}", loop("list", "item", "got", "10 / item"))).start(list=[1, 0, 5])
    assert len(case.incidents) == 1
    assert case.paths == []
    assert case.retry().incident("a").kind == "expression-failed"
    assert case.cancel().status == "cancelled"


def rounds(*parts: str, over: str = "list", item: str = "item", name: str = "a", given: str = "sig") -> str:
    return sub(name, *parts, loop=loop(over, item, "got", given, local=("sig",)))


def test_a_loop_of_sub_processes() -> None:
    case = one(rounds(start("is"), user("b"), script("c", "{sig: sig + item}"), end("ie"), "is > b > c > ie")).start(
        list=[10, 20]
    )
    assert case.paths == ["b", "b"]
    tokens = list(case.tasks.values())
    for order in reversed(tokens):
        case.tasks = {order.token: order, **case.tasks}
        case.complete("b", sig=1)
    assert (case.values["got"], case.paths) == ([11, 21], ["z"])


def test_loops_lie_inside_each_other() -> None:
    deep = sub(
        "deep", start("ds"), script("c", "{y: who}"), end("de"), "ds > c > de", loop=loop("item", "who", "sig", "who * 2")
    )
    case = one(rounds(start("is"), deep, end("ie"), "is > deep > ie")).start(list=[[1, 2], [3]])
    assert case.values["got"] == [[2, 4], [6]]


def test_terminate_ends_its_round_only() -> None:
    case = one(rounds(start("is"), user("b"), terminate("it"), "is > b > it")).start(list=[1, 2])
    assert case.complete("b", sig=5).paths == ["b"]
    assert case.complete("b").values["got"] == [5, None]


def test_an_error_in_a_round_ends_the_loop() -> None:
    thrown = rounds(
        start("is"), user("b"), xor("ix", "ix-ie"), error_end(), end("ie"), "is > b > ix > [sig = 1] bad", "ix > ie"
    )
    caught = (boundary("caught", "a", error()), user("y"), "caught > y > e")
    case = one(thrown, *caught).start(list=[1, 2, 3]).complete("b", sig=0).complete("b", sig=1)
    assert case.paths == ["y"]
    assert "got" not in case.values


def test_an_error_in_a_round_that_nobody_catches_fails_the_case() -> None:
    assert one(rounds(start("is"), user("b"), error_end(), "is > b > bad")).start(list=[1, 2]).complete("b").status == "failed"


def test_interrupting_a_loop_withdraws_all_rounds() -> None:
    case = one(SIGN, boundary("stop", "a", message()), user("y"), "stop > y > e").start(list=[1, 2, 3]).complete("a", item=2)
    assert case.trigger("stop").paths == ["y"]
    assert "got" not in case.values


def test_there_is_one_boundary_event_for_all_rounds() -> None:
    remind = boundary("remind", "a", timer("timeCycle", "R2/P7D"), interrupting=False)
    case = one(SIGN, remind, user("y"), "remind > y > e").start(list=[1, 2])
    assert case.waiting.count("remind") == 1
    case.trigger("remind").trigger("remind")
    assert case.waiting.count("remind") == 0
    assert case.paths == ["a", "a", "y", "y"]


def test_a_loop_that_is_entered_again_starts_afresh() -> None:
    parts = (start(), xor("m"), SIGN, xor("x", "x-e"), end(), "s > m > a > x > e", "x > [x > 0] m")
    case = Driver(process(*parts)).start(list=[1, 2], x=1)
    case.complete("a", sig="old").complete("a", sig="old")
    assert case.data.read(case.task("a", 1).scope, "sig") is None
    case.complete("a", x=0).complete("a")
    assert [given["text"] for given in case.values["got"]] == [None, None]


def test_a_cardinality_makes_that_many_rounds() -> None:
    three = "<multiInstanceLoopCharacteristics><loopCardinality>= x</loopCardinality></multiInstanceLoopCharacteristics>"
    assert one(user("a", three)).start(x=3).paths == ["a", "a", "a"]
    assert one(user("a", three)).start(x=0).paths == ["z"]
    assert one(user("a", three)).start(x=-1).incident("a").kind == "expression-failed"


@pytest.mark.parametrize(
    ("marker", "rule"),
    [
        ("<standardLoopCharacteristics/>", "no-condition"),
        ('<standardLoopCharacteristics loopMaximum="0"/>', "bad-loop"),
        ("<multiInstanceLoopCharacteristics/>", "no-collection"),
        (loop("list", collect="got"), "half-collect"),
        (loop("list").replace("= list", "list"), "not-feel"),
        (loop("list").replace("collection", "collektion"), "unknown-attribute"),
        (
            '<multiInstanceLoopCharacteristics stegvis:collection="= a"><inputDataItem/></multiInstanceLoopCharacteristics>',
            "not-supported",
        ),
    ],
)
def test_a_loop_that_cannot_run_is_refused(marker: str, rule: str) -> None:
    _, findings = read(start(), user("a", marker), "s > a")
    assert rule in [finding.rule for finding in findings]
    assert all(finding.element == "a" and finding.line == 1 and finding.remedy for finding in findings)


def test_many_rounds_are_no_runaway() -> None:
    many = sub("a", start("is"), script("b", "{y: 1}"), user("u"), end("ie"), "is > b > u > ie", loop=loop("list"))
    case = one(many).start(list=[1] * 400)
    assert (len(case.paths), case.incidents) == (400, {})


def test_rounds_that_never_end_are_one_runaway_all_the_same() -> None:
    endless = sub("a", start("is"), xor("m"), script("b", "{y: 1}"), "is > m > b > m", loop=loop("list"))
    case = Driver(process(start(), endless, end(), "s > a > e"), budget=20).start(list=[1, 2])
    assert [incident.kind for incident in case.incidents.values()] == ["runaway"]
    assert [incident.kind for incident in case.retry().incidents.values()] == ["runaway"]
    assert case.cancel().status == "cancelled"


def nested() -> Driver:
    """Two hundred rounds of twenty rounds of a script each: more elements than a step of this budget may run."""
    inner = sub("b", start("js"), script("w", "{y: 1}"), end("je"), "js > w > je", loop=loop("short", "n", "got", "n"))
    outer = sub("a", start("is"), inner, end("ie"), "is > b > ie", loop=loop("list"))
    late = boundary("late", "a", timer("timeDuration", "P1D"))
    also = user("u")
    both = tag("parallelGateway", "both")
    return Driver(
        process(start(), both, outer, late, also, user("z"), end(), "s > both > a > e", "both > u > z > e", "late > e"),
        budget=300,
    )


def test_what_one_step_leaves_the_next_one_finishes() -> None:
    case = nested().start(list=[1] * 200, short=[1] * 20)
    assert [incident.kind for incident in case.incidents.values()] == ["runaway"]
    assert case.complete("u").paths == ["z"]
    assert len(case.incidents) == 1, "other branches go on by themselves"
    tries = 0
    while case.incidents:
        case.retry()
        tries += 1
    assert tries == 5
    assert (case.waiting, len(case.values["got"])) == (["z"], 20)


def test_what_a_stopped_step_left_goes_on_when_its_token_is_withdrawn() -> None:
    case = nested().start(list=[1] * 200, short=[1] * 20)
    case.trigger("late")
    assert (case.incidents, case.waiting) == ({}, ["u"])
    assert case.complete("u").complete("z").status == "completed"
