"""Ad-hoc sub-processes among other elements: events on and in them, loops, calls, joins and compensation."""

from __future__ import annotations

import pytest

from engine.bpmn.loaded import LoadedProcess
from tests.bpmn.diagrams import (
    ad_hoc,
    boundary,
    call,
    catch,
    end,
    error,
    error_end,
    in_sequence,
    loop,
    message,
    process,
    race,
    some,
    standard_loop,
    start,
    sub,
    tag,
    throw,
    timer,
    undo,
    undone,
    user,
    xor,
)
from tests.bpmn.driver import Driver

from .ad_hoc import around


def test_a_boundary_event_interrupts_it_with_all_inside() -> None:
    box = ad_hoc("box", user("a"), sub("u", start("is"), user("b"), end("ie"), "is > b > ie"))
    parts = (start(), box, boundary("stop", "box", message()), user("y"), end(), "s > box > e", "stop > y > e")
    case = Driver(process(*parts)).start().begin("box", "a").begin("box", "u").trigger("stop")
    assert (case.paths, case.waiting) == (["y"], ["y"])


def test_a_boundary_event_beside_it_does_not_disturb_it() -> None:
    more = boundary("more", "box", message(), interrupting=False)
    parts = (start(), ad_hoc("box", user("a")), more, user("y"), end(), "s > box > e", "more > y > e")
    case = Driver(process(*parts)).start().trigger("more").begin("box", "a").trigger("more")
    assert case.paths == ["a", "box", "y", "y"]


def test_an_activity_inside_can_be_interrupted_and_its_way_goes_on() -> None:
    inside = (user("a"), boundary("late", "a", timer("timeDuration", "P1D")), user("b"), "late > b")
    case = Driver(around(ad_hoc("box", *inside, until="true"))).start().begin("box", "a").trigger("late")
    assert case.paths == ["b", "box"], "what is interrupted has not been done"
    assert case.complete("b").paths == ["z"]


def test_an_error_inside_leaves_it_by_its_boundary_event() -> None:
    failing = sub("u", start("is"), error_end(), "is > bad")
    parts = (start(), ad_hoc("box", failing, user("a")), boundary("caught", "box", error()), user("y"), end())
    case = Driver(process(*parts, "s > box > e", "caught > y > e")).start().begin("box", "a").begin("box", "u")
    assert case.paths == ["y"]


def test_one_lies_inside_another() -> None:
    inner = ad_hoc("inner", user("a"), user("b"), until="x > 0")
    case = Driver(around(ad_hoc("box", inner, user("c")))).start(x=0).begin("box", "inner")
    assert case.paths == ["box", "inner"]
    assert case.begin("inner", "a").begin("box", "c").begin("box", "inner").paths == ["a", "box", "c", "inner", "inner"]
    assert case.complete("a", x=1).paths == ["box", "c", "inner"]
    assert case.complete("box").paths == ["z"]


def test_it_is_begun_anew_in_each_round_of_a_loop_in_the_diagram() -> None:
    box = ad_hoc("box", user("a", once="true"), user("b"))
    case = Driver(process(start(), xor("m"), box, xor("x", "x-e"), end(), "s > m > box > x > e", "x > [x > 0] m")).start(x=1)
    for _ in range(3):
        case.begin("box", "a").complete("a").complete("box")
    assert case.offered("box") == [("a", 0, True), ("b", 0, True)]
    assert case.begin("box", "b").complete("b", x=0).complete("box").status == "completed"


@pytest.mark.parametrize("is_sequential", [False, True])
def test_rounds_of_a_multi_instance_have_choices_of_their_own(is_sequential: bool) -> None:
    rounds = loop("list", "item", "total", "got", local=("got",))
    box = ad_hoc("box", user("a"), until="got = item", loop=in_sequence(rounds) if is_sequential else rounds)
    case = Driver(around(box)).start(list=[1, 2])
    assert case.paths == ["box"] * (1 if is_sequential else 2)
    case.begin("box", "a", 1).complete("a", got=1)
    assert case.task("box").loop_counter == 2
    assert case.begin("box", "a", 2).complete("a", got=1).paths == ["box"]
    assert case.begin("box", "a", 2).complete("a", got=2).paths == ["z"]
    assert case.values["total"] == [1, 2]


def test_an_activity_in_it_may_have_rounds_and_is_done_when_they_are() -> None:
    inside = user("a", loop("list", "item"))
    case = Driver(around(ad_hoc("box", inside, until="true", ordering="Sequential"))).start(list=[1, 2]).begin("box", "a")
    assert case.complete("a").paths == ["a", "box"]
    assert case.complete("a").paths == ["z"]


def test_it_may_stand_in_a_standard_loop() -> None:
    case = Driver(around(ad_hoc("box", user("a"), loop=standard_loop("x > 0")))).start(x=1)
    case.begin("box", "a").complete("a").complete("box")
    assert case.paths == ["box"]
    assert case.begin("box", "a").complete("a", x=0).complete("box").paths == ["z"]


def test_it_may_stand_in_a_called_process_and_its_tasks_have_the_calls_path() -> None:
    called = process(start(), ad_hoc("box", user("a")), end(), "s > box > e", key="q")
    case = Driver(process(start(), call("c", "q"), end(), "s > c > e"), called).start()
    assert case.paths == ["c.box"]
    assert case.offered("c.box") == [("c.a", 0, True)]
    assert case.begin("c.box", "a").complete("c.a").complete("c.box").status == "completed"


def test_an_inclusive_join_after_it_waits_until_it_has_ended() -> None:
    parts = (start(), some("f"), ad_hoc("box", user("a")), user("b"), some("j"), user("z"), end())
    case = Driver(process(*parts, "s > f > [true] box > j > z > e", "f > [true] b > j")).start().complete("b")
    assert case.paths == ["box"]
    assert case.complete("box").paths == ["z"]


def test_the_conditions_on_its_ways_out_are_asked_when_it_ends_and_may_fail() -> None:
    parts = (
        start(),
        ad_hoc("box", user("a"), until="true", default="box-e"),
        user("z"),
        end(),
        "s > box > [x] z > e",
        "box > e",
    )
    case = Driver(process(*parts)).start().begin("box", "a").complete("a")
    assert (case.incident("box").kind, case.paths) == ("expression-failed", [])
    assert case.correct(x=True).retry("box").paths == ["z"]


def test_a_receive_task_behind_an_event_gateway_is_done_as_any_other_activity() -> None:
    late = catch("late", timer("timeDuration", "P1D"))
    inside = (user("a"), race("g"), tag("receiveTask", "got", messageRef="m"), late, "a > g > got", "g > late")
    case = Driver(around(ad_hoc("box", *inside, until="x = 1"))).start(x=0).begin("box", "a").complete("a")
    assert case.correct(x="text").trigger("got").incident("got").kind == "expression-failed"
    assert case.correct(x=1).retry("got").paths == ["z"]


def undoing(box: str, more: str = "") -> LoadedProcess:
    return process(start(), box, more, user("z"), throw("th", undo()), end(), "s > box > z > th > e")


def test_what_was_done_in_it_is_undone_once_also_when_its_condition_failed_at_first() -> None:
    inside = (user("a"), undone("a", "una"), user("una", isForCompensation="true"))
    case = Driver(undoing(ad_hoc("box", *inside, until="x"))).start()
    assert case.offered("box") == [("a", 0, True)]
    case.begin("box", "a").complete("a", x=False).begin("box", "a").complete("a", x="text")
    assert case.incident("a").kind == "expression-failed"
    case.correct(x=True).retry("a").complete("z")
    assert case.complete("una").paths == ["una"]
    assert case.complete("una").status == "completed"


def test_it_may_be_undone_as_a_whole() -> None:
    more = undone("box", "unbox") + user("unbox", isForCompensation="true")
    case = (
        Driver(undoing(ad_hoc("box", user("a"), until="x > 0"), more)).start(x=1).begin("box", "a").complete("a").complete("z")
    )
    assert case.paths == ["unbox"]
    assert case.complete("unbox").status == "completed"


def test_what_is_being_undone_is_waited_for_when_it_says_so() -> None:
    inside = (user("a"), undone("a", "una"), user("una", isForCompensation="true"), throw("th", undo("a")), user("b"))
    way = (user("c"), "c > th > b")
    box = ad_hoc("box", *inside, *way, cancelRemainingInstances="false")
    case = Driver(around(box)).start().begin("box", "a").complete("a").begin("box", "c").complete("c")
    assert case.complete("box").paths == ["una"]
    assert case.complete("una").paths == ["z"]
