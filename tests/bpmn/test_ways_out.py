"""Conditions and default flows on ways out of activities; several ways out without a gateway."""

from __future__ import annotations

import pytest

from tests.bpmn.diagrams import catch, end, loop, process, script, start, sub, timer, user
from tests.bpmn.driver import Driver
from tests.bpmn.test_refusals import findings_of

WAYS = ("s > a > [x > 1] b > e", "a > [x > 2] c > e", "a > d > e")


def one(host: str, *ways: str) -> Driver:
    return Driver(process(start(), host, user("b"), user("c"), user("d"), end(), *(ways or WAYS)))


@pytest.mark.parametrize(("x", "ways"), [(1, ["d"]), (2, ["b", "d"]), (3, ["b", "c", "d"])])
def test_each_way_whose_condition_holds_is_taken_and_each_without_one(x: int, ways: list[str]) -> None:
    assert one(user("a")).start(x=x).complete("a").paths == ways


@pytest.mark.parametrize(("x", "ways"), [(1, ["d"]), (2, ["b"]), (3, ["b", "c"])])
@pytest.mark.parametrize("host", [user("a", default="a-d"), script("a", "{y: 1}", default="a-d")])
def test_the_default_way_is_taken_when_no_condition_holds(host: str, x: int, ways: list[str]) -> None:
    case = one(host).start(x=x)
    assert (case.complete("a") if "a" in case.paths else case).paths == ways


def test_no_way_is_an_incident_and_the_task_stays_done() -> None:
    case = one(user("a"), "s > a > [x > 1] b > e", "a > [x > 2] c > e", "d > e", "s > d").start(x=0).complete("a")
    assert (case.incident("a").kind, case.paths) == ("no-flow", ["d"])
    assert case.correct(x=3).retry().paths == ["b", "c", "d"]


def test_a_loop_asks_once_all_rounds_are_over() -> None:
    case = one(user("a", loop("list"), default="a-d")).start(x=0, list=[1, 2]).complete("a")
    assert case.paths == ["a"]
    assert case.complete("a", x=2).paths == ["b"]


def test_a_sub_process_chooses_its_way_out() -> None:
    inner = sub("a", start("is"), user("u"), end("ie"), "is > u > ie")
    assert one(inner).start(x=1).complete("u", x=3).paths == ["b", "c", "d"]


def test_several_ways_without_conditions_are_all_taken_and_meet_nowhere() -> None:
    case = Driver(process(start(), user("a"), user("b"), user("c"), end(), "s > a > b > c > e", "a > c")).start().complete("a")
    assert case.paths == ["b", "c"]
    assert case.complete("b").paths == ["c", "c"]


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ((start(), user("b"), end(), "s > [x > 1] b > e"), "condition-without-choice"),
        (
            (start(), catch("a", timer("timeDuration", "P1D")), user("b"), end(), "s > a > [x > 1] b > e"),
            "condition-without-choice",
        ),
        ((start(), user("a", default="a-b"), user("b"), end(), "s > a > b > e"), "bad-default"),
        (
            (start(), user("a", default="a-b"), user("b"), end(), "s > a > [x > 1] b > e", "a > [x > 2] e"),
            "default-with-condition",
        ),
    ],
)
def test_what_has_no_meaning_is_found(parts: tuple[str, ...], rule: str) -> None:
    assert rule in [finding.rule for finding in findings_of(*parts, declares=("x",))]
