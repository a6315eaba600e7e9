"""Scenarios of cases that begin by a signal or a time, and steps in other cases."""

from __future__ import annotations

from engine.definition import Bundle, Package
from engine.scenario.reader import read_scenario
from engine.scenario.runner import ScenarioResult, ScenarioRunner
from tests.bpmn.diagrams import conditional, end, manual, signal, start, throw, timer
from tests.bpmn.test_multiple_starts import carrying
from tests.bpmn.test_parallel_starts import DECLARED
from tests.commands.house import NUMBER, TEXT, process

DAILY = process(
    start("tick", timer("timeCycle", "R/2025-03-03T08:00/P1D"), unit="north"), manual("a"), end(), "tick > a > e", key="daily"
)
ALARMED = process(start("alarm", signal()), manual("b"), end(), "alarm > b > e", key="alarmed")
CALLER = process(start(), manual("a"), throw("th", signal()), manual("c"), end(), "s > a > th > c > e", key="caller")


def play(package: Package, text: str, *others: Package) -> ScenarioResult:
    scenario, wrong = read_scenario(text.encode(), name="s.yaml", process=package.key)
    assert scenario is not None, wrong
    return ScenarioRunner(Bundle((package, *others))).run(scenario)


def test_a_scenario_begins_when_the_time_has_come() -> None:
    text = """
start: {at: 2025-03-04T09:00, unit: north, timer: tick}
steps:
  - expect: {waiting: [a], data: '= string(case.startedAt) = "2025-03-05T07:00:00Z"'}
  - complete: a
ends: {at: e}
"""
    assert play(DAILY, text).failures == ()


def test_a_timer_that_is_not_there_is_told() -> None:
    result = play(DAILY, "{start: {at: 2025-03-04T09:00, unit: north, timer: tock}, steps: [{complete: a}]}")
    assert ["Those to come: tick" in failure.message for failure in result.failures] == [True]


def test_a_scenario_begins_by_a_signal() -> None:
    text = "{start: {at: 2025-03-04T09:00, unit: north, signal: alarm}, steps: [{complete: b}], ends: {at: e}}"
    assert play(ALARMED, text).failures == ()


def test_a_step_may_be_about_a_case_that_the_scenarios_case_has_begun() -> None:
    text = """
start: {at: 2025-03-04T09:00, unit: north}
steps:
  - complete: a
  - in: alarmed
    expect: {waiting: [b]}
  - complete: b
    in: alarmed
    expect: {closed: true}
  - expect: {waiting: [c], closed: false}
"""
    result = play(CALLER, text, ALARMED)
    assert result.failures == ()
    assert {("alarmed", "b"), ("caller", "th")} <= result.trail.elements.keys()


def test_a_case_that_has_not_begun_is_told() -> None:
    text = "{start: {at: 2025-03-04T09:00, unit: north}, steps: [{in: alarmed, expect: {waiting: [b]}}]}"
    (failure,) = play(CALLER, text, ALARMED).failures
    assert "no case of the process 'alarmed'" in failure.message


TOGETHER = process(
    start("b", carrying("m1", x="text", k="person") + carrying("m2", y="text"), parallelMultiple="true"),
    manual("a"), end(), "b > a > e", declared=DECLARED, key="together", x=TEXT, y=TEXT, k=TEXT,
)  # fmt: skip
BY_TWO = """
start:
  at: 2025-03-04T09:00
  unit: north
  message:
    - {name: application, key: {person: p1}, payload: {text: please, person: p1}}
    - {name: consent, key: {person: PERSON}, payload: {text: yes}}
steps: [{complete: a}]
ends: {at: e, data: '= x = "please" and k = "p1"'}
"""


def test_a_scenario_begins_by_several_messages() -> None:
    assert play(TOGETHER, BY_TWO.replace("PERSON", "p1").replace("yes", "'yes'")).failures == ()


def test_messages_that_do_not_belong_together_begin_no_case() -> None:
    (failure,) = play(TOGETHER, BY_TWO.replace("PERSON", "p2").replace("yes", "'yes'")).failures
    assert "'consent' starts no case" in failure.message


def test_a_list_of_no_messages_is_refused() -> None:
    _, wrong = read_scenario(b"start: {at: 2025-03-04, unit: north, message: []}\nsteps: []", name="s.yaml", process="p")
    assert [finding.message for finding in wrong] == ["start.message: no message is named."]


LARGE = process(start("x", conditional("amount > 5")), manual("a"), end(), "x > a > e", key="large", amount=NUMBER)


def test_a_scenario_begins_where_a_condition_holds() -> None:
    text = "{start: {at: 2025-03-04, unit: north, condition: {amount: 7}}, steps: [{complete: a}], ends: {at: e}}"
    assert play(LARGE, text).failures == ()
    (failure,) = play(LARGE, text.replace("7", "1")).failures
    assert "No start condition of the process 'large' holds" in failure.message
