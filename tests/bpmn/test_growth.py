"""A step costs the same in the thousandth round of a loop as in the tenth: nothing of the rounds before is kept.

Times are measured in bench/growth.py; here it is what is stored that counts.
"""

from __future__ import annotations

import re

from engine import bpmn
from tests.bpmn.diagrams import (
    both,
    boundary,
    end,
    error,
    manual,
    process,
    script,
    start,
    sub,
    task,
    throw,
    timer,
    undo,
    undone,
    user,
    xor,
)
from tests.bpmn.driver import Driver
from tests.oracle.subject import Case

ROUNDS = 300


def stored_size(case: Driver) -> tuple[str, list[str]]:
    """The state with its tokens' numbers left out, and the data scopes."""
    assert case.state is not None
    return re.sub(r"t\d+|\"next\":\d+", "t", case.state), sorted(re.sub(r"\d+", "", scope) for scope in case.data.scopes)


def test_a_loop_through_joins_sub_processes_and_timers_keeps_its_state_as_small_as_it_was() -> None:
    inner = sub("in", start("i"), user("a"), end("o"), "i > a > o", local=("x",))
    looping = process(
        start(), xor("again"), both("fork"), inner, boundary("late", "in", timer("timeDuration", "P1D"), interrupting=False),
        user("check"), task("beside"), both("join"), script("n", "{y: 1}"), xor("more", "more-again"), end(),
        "s > again > fork > in > join", "fork > beside > join > n > more > again", "more > [y = 2] e", "late > check > e",
    )  # fmt: skip
    case = Case(looping).start()
    for _ in range(10):
        case.complete("a")
    tenth = stored_size(case)
    for _ in range(ROUNDS):
        case.complete("a")
    assert stored_size(case) == tenth
    assert len(case.waits) == 2, "the task and the timer beside it"


def test_an_error_that_sends_the_case_round_again_leaves_nothing_behind() -> None:
    tried = sub("in", start("i"), user("a"), end("bad", error()), "i > a > bad")
    case = Case(process(start(), xor("again"), tried, boundary("b", "in", error()), "s > again > in", "b > again")).start()
    case.complete("a")
    first = stored_size(case)
    for _ in range(ROUNDS):
        case.complete("a")
    assert stored_size(case) == first


def test_a_loop_over_an_activity_that_can_be_undone_keeps_nothing_that_nothing_asks_for() -> None:
    parts = (user("a"), undone("a", "un"), script("un", "{x: 0}", isForCompensation="true"), xor("x", "x-again"))
    case = Case(process(start(), xor("again"), *parts, end(), "s > again > a > x > again", "x > [x = 2] e")).start(x=0)
    case.complete("a")
    first = stored_size(case)
    for _ in range(ROUNDS):
        case.complete("a")
    assert stored_size(case) == first


def test_each_time_that_can_be_undone_is_kept_as_bpmn_says() -> None:
    parts = (user("a"), undone("a", "un"), script("un", "{x: x + 1}", isForCompensation="true"), xor("x", "x-again"))
    ways = ("s > again > a > x > again", "x > [x = 2] th > z > e")
    case = Case(process(start(), xor("again"), *parts, throw("th", undo()), user("z"), end(), *ways)).start(x=0)
    for _ in range(20):
        case.complete("a")
    case.complete("a", x=2)
    assert (case.paths, case.values["x"]) == (["z"], 2 + 21)


def test_the_ten_thousandth_round_stores_what_the_tenth_did() -> None:
    """The whole distance of bench/growth.py, over a loop of one task."""
    parts = (xor("again"), manual("a"), xor("x", "x-again"), end())
    case = Case(process(start(), *parts, "s > again > a > x > again", "x > [x = 2] e")).start(x=0)
    context, sizes = case.context(), {}
    for number in range(1, 10_001):
        (token,) = case.tasks
        step = bpmn.advance(case.state, case.data, bpmn.CompleteTask(token, {}), context)
        case.state, case.data, case.tasks = step.state, step.data, {order.token: order for order in step.tasks}
        sizes[number] = stored_size(case)
    assert sizes[10_000] == sizes[10]
