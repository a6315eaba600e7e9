"""The event-based gateway: the first of several events is the way taken. Receive tasks."""

from __future__ import annotations

import pytest

from engine.bpmn import Trigger
from engine.errors import NotPossible
from tests.bpmn.diagrams import (
    both,
    boundary,
    catch,
    conditional,
    end,
    extension,
    loop,
    message,
    process,
    puts,
    race,
    signal,
    some,
    start,
    sub,
    tag,
    terminate,
    throw,
    timer,
    user,
    xor,
)  # fmt: skip
from tests.bpmn.driver import Driver
from tests.bpmn.test_refusals import refused

RECEIVE = tag("receiveTask", "r", messageRef="keyed")
RACE = (
    race("g"), catch("t", timer("timeDuration", "P1D")), catch("t2", timer("timeDuration", "P2D")), catch("m", message()),
    RECEIVE, catch("si", signal()), catch("co", conditional("x > 5")),
    *(user(f"u-{way}") for way in ("t", "t2", "m", "r", "si", "co")),
    *(f"g > {way} > u-{way} > e" for way in ("t", "t2", "m", "r", "si", "co")),
)  # fmt: skip


def one(*more: str) -> Driver:
    return Driver(process(start(), *RACE, end(), *(more or ("s > g",))))


@pytest.mark.parametrize("way", ["t", "t2", "m", "r", "si"])
def test_the_first_event_is_the_way_taken_and_the_others_are_withdrawn(way: str) -> None:
    case = one().start(x=0, key="k")
    assert case.waiting == ["co", "m", "r", "si", "t", "t2"]
    late = case.wait("co").token
    case.trigger(way)
    assert (case.waiting, case.paths) == ([f"u-{way}"], [f"u-{way}"])
    with pytest.raises(NotPossible):
        case.step(Trigger(late))


def test_a_condition_may_win() -> None:
    case = one().start(x=0, key="k").correct(x=9)
    assert case.paths == ["u-co"]
    assert one().start(x=9, key="k").paths == ["u-co"], "it may hold already"


def test_a_signal_of_the_case_itself_may_win() -> None:
    case = one(both("f"), user("a"), throw("th", signal()), end("e2"), "s > f > g", "f > a > th > e2").start(x=0, key="k")
    assert case.complete("a").paths == ["u-si"]


def test_an_event_that_cannot_be_taken_leaves_the_race_open() -> None:
    broken = (race("g"), catch("m", message(y="x + who")), catch("t", timer("timeDuration", "P1D")), user("a"), user("b"))
    case = Driver(process(start(), *broken, end(), "s > g > m > a > e", "g > t > b > e")).start(x=1, who="text")
    case.trigger("m")
    assert (case.incident("m").kind, case.waiting) == ("expression-failed", ["t"])
    assert case.trigger("t").paths == ["b"]
    assert case.incidents == {}


def test_a_race_is_withdrawn_with_its_scope() -> None:
    inner = sub(
        "sp", start("is"), *RACE[:7], end("e"), "is > g", *(f"g > {way} > e" for way in ("t", "t2", "m", "r", "si", "co"))
    )
    late = boundary("late", "sp", timer("timeDuration", "PT1H"))
    case = Driver(process(start(), inner, late, end("oe"), "s > sp > oe", "late > oe")).start(x=0, key="k").trigger("late")
    assert (case.status, case.waiting) == ("completed", [])


def test_a_race_in_each_round_of_a_loop() -> None:
    ways = (race("g"), catch("t", timer("timeDuration", "P1D")), catch("m", message()), "is > g > t > ie", "g > m > ie")
    each = sub("sp", start("is"), *ways, end("ie"), loop=loop("list"))
    case = Driver(process(start(), each, user("z"), end(), "s > sp > z > e")).start(list=[1, 2])
    assert case.waiting == ["m", "m", "t", "t"]
    assert case.trigger("m").waiting == ["m", "t"]
    assert case.trigger("t").paths == ["z"]


def test_a_race_on_a_cycle() -> None:
    ways = (xor("m1"), race("g"), catch("t", timer("timeDuration", "P1D")), catch("m", message()), user("z"))
    case = Driver(process(start(), *ways, end(), "s > m1 > g > t > m1", "g > m > z > e")).start()
    for _ in range(3):
        case.trigger("t")
        assert case.waiting == ["m", "t"]
    assert case.trigger("m").paths == ["z"]


def test_a_race_holds_an_inclusive_join_up() -> None:
    ways = (
        both("f"),
        user("a"),
        race("g"),
        catch("t", timer("timeDuration", "P1D")),
        catch("m", message()),
        some("j"),
        user("z"),
    )
    parts = ("s > f > a > j > z > e", "f > g > t > j", "g > m > e2")
    case = Driver(process(start(), *ways, end(), end("e2"), *parts)).start().complete("a")
    assert case.paths == []
    assert case.trigger("m").paths == ["z"]


def test_a_terminate_end_ends_a_race() -> None:
    parts = (both("f"), user("a"), terminate("te"), race("g"), catch("t", timer("timeDuration", "P1D")), catch("m", message()))
    case = Driver(process(start(), *parts, end(), "s > f > a > te", "f > g > t > e", "g > m > e")).start().complete("a")
    assert (case.status, case.waiting) == ("completed", [])


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ((race("g"), catch("t", timer("timeDuration", "P1D")), end(), "s > g > t > e"), "no-race"),
        ((race("g"), catch("m", message()), user("a"), end(), "s > g > m > e", "g > a > e"), "no-race"),
        (
            (race("g"), catch("m", message()), catch("t", timer("timeDuration", "P1D")), end(), "s > g > m > t > e", "g > t"),
            "no-race",
        ),
        ((race("g"), end(), "s > g"), "no-way-out"),
        ((tag("eventBasedGateway", "g", eventGatewayType="Parallel"), end(), "s > g > e"), "not-supported"),
        ((tag("eventBasedGateway", "g", instantiate="true"), end(), "s > g > e"), "not-supported"),
    ],
)
def test_what_is_no_race_is_refused(parts: tuple[str, ...], rule: str) -> None:
    assert rule in [found for found, _ in refused(start(), *parts)]


def test_a_receive_task_is_done_when_its_message_comes() -> None:
    receive = tag("receiveTask", "r", extension(puts("output", y="x + 1")), messageRef="m")
    late = boundary("late", "r", timer("timeDuration", "P1D"))
    case = Driver(process(start(), receive, late, user("z"), end(), "s > r > z > e", "late > e")).start()
    assert case.trigger("r", x=1).values["y"] == 2
    assert case.paths == ["z"]
    case = Driver(process(start(), receive, late, user("z"), end(), "s > r > z > e", "late > e")).start()
    assert case.trigger("late").status == "completed"


def test_a_receive_task_in_a_loop() -> None:
    receive = tag("receiveTask", "r", loop("list", "item"), messageRef="m")
    case = Driver(process(start(), receive, user("z"), end(), "s > r > z > e")).start(list=[1, 2])
    assert case.waiting == ["r", "r"]
    assert case.trigger("r").trigger("r").paths == ["z"]


def test_a_receive_task_without_a_message_is_refused() -> None:
    assert refused(start(), tag("receiveTask", "r"), "s > r") == [("no-message", "r")]
