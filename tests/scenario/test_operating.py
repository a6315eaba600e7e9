"""Scenarios operate a case by hand: data are mended, what is stuck is retried or skipped, positions and completions change."""

from __future__ import annotations

import pytest

from engine.definition import Bundle, Package
from engine.scenario import ScenarioResult, ScenarioRunner, check_elements, read_scenario
from tests.bpmn.diagrams import both, diagram, end, manual, script, start
from tests.commands.house import process

from .conftest import a_scenario

NUMBER: dict[str, object] = {"type": "number"}
PARTS = (start(), manual("a"), script("x", "{ n: 1 / m }"), manual("b"), end(), "s > a > x > b > e")
STUCK = Bundle((process(*PARTS, n=NUMBER, m=NUMBER),))
START = "process: p\nstart: {at: 2025-02-03T09:00, unit: u, data: {m: 0}}\nsteps:\n"
TO_X = "  - complete: a\n    expect: {incidents: [x]}\n"


def play(bundle: Bundle, steps: str) -> ScenarioResult:
    return ScenarioRunner(bundle).run(a_scenario(START + steps))


@pytest.mark.parametrize(
    "steps",
    [
        TO_X + "  - mend: {m: 4}\n    expect: {incidents: [x]}\n  - retry: x\n    expect: {waiting: [b], data: '= n = 0.25'}\n",
        TO_X + "  - skip: x\n    expect: {waiting: [b], data: '= n = null'}\n",
        TO_X + "  - {skip: x, along: [x-b]}\n  - expect: {waiting: [b]}\n",
        TO_X
        + "  - undo: a\n    expect: {waiting: [a]}\n  - mend: {m: '= 2 + 2'}\n  - complete: a\n    expect: {waiting: [b]}\n",
        "  - {move: a, to: b}\n  - complete: b\n    expect: {closed: true}\n",
        "  - add: b\n    expect: {waiting: [a, b]}\n  - withdraw: a\n    expect: {waiting: [b]}\n",
    ],
)
def test_a_case_is_put_right(steps: str) -> None:
    assert play(STUCK, steps).failures == ()


def test_a_deadlock_of_the_whole_case_has_the_name_of_the_process() -> None:
    parts = (start(), both("g"), manual("a"), manual("b"), both("j"), manual("c"), end(), "s > g > a > j > c > e", "g > b > j")
    steps = "  - complete: a\n  - withdraw: b\n    expect: {incidents: [p]}\n  - skip: p\n    expect: {waiting: [c]}\n"
    bundle = Bundle((process(*parts),))
    assert ScenarioRunner(bundle).run(a_scenario(START.replace(", data: {m: 0}", "") + steps)).failures == ()
    scenario, _ = read_scenario((START + steps).encode(), name="x")
    assert scenario is not None
    assert check_elements(bundle, [scenario]) == []


def test_what_an_operator_takes_a_token_from_has_been_reached() -> None:
    parts = (start(), manual("a"), manual("b"), manual("c"), end(), "s > a > b > c > e")
    scenario = a_scenario(START.replace(", data: {m: 0}", "") + "  - {move: a, to: b}\n  - {move: b, to: a}\n")
    (covered,) = ScenarioRunner(Bundle((process(*parts),))).report([scenario]).coverage.processes
    assert covered.elements.missing == {"c": "", "e": ""}
    assert covered.flows.covered == 1


def test_a_case_is_reopened() -> None:
    source = diagram(*PARTS, startable="true", reopenAt="b")
    package = STUCK.packages[0]
    bundle = Bundle((Package("process", "p", {**package.files, "process.bpmn": source}),))
    steps = "  - {move: a, to: b}\n  - complete: b\n  - reopen: The client came back\n    expect: {waiting: [b]}\n"
    assert play(bundle, steps).failures == ()


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("  - retry: x\n", "'x' is not stuck. Stuck: nothing."),
        ("  - skip: a\n", "'a' is not stuck."),
        ("  - undo: a\n", "The task 'a' is not completed. Completed tasks: none."),
        ("  - withdraw: b\n", "The case does not stand at 'b'. It stands at: a."),
        ("  - reopen: Why\n", "has not ended"),
    ],
)
def test_what_cannot_be_done_fails_the_step(steps: str, said: str) -> None:
    (failure,) = play(STUCK, steps).failures
    assert said in failure.message


def test_what_is_not_drawn_is_found_before_the_scenario_is_played() -> None:
    scenario, _ = read_scenario((START + "  - skip: y\n  - {move: a, to: bb}\n").encode(), name="x")
    assert scenario is not None
    assert [finding.rule for finding in check_elements(STUCK, [scenario])] == ["scenario-element"] * 2


def test_a_move_says_where_to() -> None:
    _, findings = read_scenario((START + "  - move: a\n").encode(), name="x")
    assert [finding.message for finding in findings] == ["Step 1: nothing says where to."]
