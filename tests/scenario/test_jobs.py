"""Scenarios answer jobs: what another system would give, throw or fail at. Nothing leaves the house."""

from __future__ import annotations

import pytest

from engine.definition import Bundle
from engine.scenario import ScenarioResult, ScenarioRunner, check_elements, read_scenario, steps_told
from tests.bpmn.diagrams import boundary, end, error, job, manual, start, timer
from tests.commands.house import NUMBER, process

from .conftest import a_scenario

CODES = '<error id="away" errorCode="away"/>'
FLOWS = ("s > a > z > e", "b > w > e", "late > w")
TIMED = boundary("late", "a", timer("timeDuration", "PT1H"))
RING = job("a", {"n": "n"}, {"got": "result.n + 1"}, topic="ring", retries="3", retryAfter="PT10M")
PARTS = (start(), RING, boundary("b", "a", error("away")), TIMED, manual("z"), manual("w"), end(), *FLOWS)
PACKAGE = Bundle((process(*PARTS, declared=CODES, n=NUMBER, got=NUMBER),))
START = "process: p\nstart: {at: 2025-02-03T09:00, unit: u, data: {n: 4}}\nsteps:\n"


def play(steps: str) -> ScenarioResult:
    return ScenarioRunner(PACKAGE).run(a_scenario(START + steps))


@pytest.mark.parametrize(
    "steps",
    [
        "  - {job: a, result: {n: 6}}\n  - expect: {waiting: [z], data: '= got = 7'}\n",
        "  - {job: a, result: {n: '= n * 2'}}\n  - expect: {data: '= got = 9'}\n",
        "  - {job: a, error: away}\n  - expect: {waiting: [w]}\n",
        "  - {job: a, failure: Busy}\n  - {job: a, failure: Busy}\n  - {job: a, result: {n: 1}}\n  - expect: {waiting: [z]}\n",
        "  - {job: a, failure: Busy}\n" * 2 + "  - job: a\n    failure: Busy\n    expect: {incidents: [a]}\n"
        "  - retry: a\n  - {job: a, result: {n: 1}}\n  - expect: {waiting: [z]}\n",
        "  - wait: PT1H\n  - expect: {waiting: [w]}\n",
    ],
)
def test_a_job_is_answered(steps: str) -> None:
    assert play(steps).failures == ()


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (
            "  - complete: z\n",
            "There is no open task 'z'. Open tasks: none. It waits for another system: answer with `job: a`.",
        ),
        ("  - {job: z, result: {}}\n", "There is no job 'z'. Jobs: a."),
        ("  - {job: a, result: {n: 1}}\n  - {job: a, result: {n: 1}}\n", "There is no job 'a'. Jobs: none."),
    ],
)
def test_what_cannot_be_answered_says_what_waits(steps: str, said: str) -> None:
    failure = play(steps).failures[0]
    assert said in failure.message


def test_a_job_that_nobody_answers_is_told_at_the_end() -> None:
    (failure,) = play("  - expect: {waiting: [a]}\nends: {at: e}\n").failures
    assert "answer with `job: a`" in failure.message


def test_a_job_is_answered_in_one_way() -> None:
    for answers in ("", "result: {}, error: away"):
        text = START + "  - {job: a, " + answers + "}\n"
        _, findings = read_scenario(text.encode(), name="x")
        assert [finding.rule for finding in findings] == ["scenario-invalid"], findings


def test_a_job_that_is_not_drawn_is_told_before_it_is_played() -> None:
    scenario, _ = read_scenario((START + "  - {job: aa, result: {}}\n").encode(), name="x")
    assert scenario is not None
    assert [finding.rule for finding in check_elements(PACKAGE, [scenario])] == ["scenario-element"]


def test_the_steps_say_what_they_do() -> None:
    steps = "  - {job: a, failure: Busy}\n  - {job: a, result: {n: 1}}\n  - expect: {waiting: [z]}\n"
    told = [step.text.part("en") for step in steps_told(play(steps), {})]
    assert told[1:3] == ["The system that does “a” fails once", "The system has done “a”"]
