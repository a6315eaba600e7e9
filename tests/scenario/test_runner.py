"""Scenarios played on the engine: content it has never heard of, time that moves when told, failures with both sides."""

from __future__ import annotations

import pytest

from engine.canonical import dumps
from engine.definition import Bundle
from engine.errors import Rejected
from engine.scenario import ScenarioRunner, read_scenarios, report_json, steps_told
from engine.sentences import in_both

from .conftest import LARGE, Play


def test_an_unrelated_package_deploys_and_runs_untouched(purchase: Bundle, runner: ScenarioRunner) -> None:
    scenarios, _ = read_scenarios(purchase)

    report = runner.report(scenarios)

    assert [failure for result in report.results for failure in result.failures] == []
    assert report.is_passed
    assert report.coverage.elements.percent == 100
    assert report.coverage.flows.percent == 100


def test_what_is_never_reached_is_told_by_id_and_name(purchase: Bundle, runner: ScenarioRunner) -> None:
    scenarios, _ = read_scenarios(purchase)

    report = runner.report([scenario for scenario in scenarios if scenario.name == "small"])

    (covered,) = report.coverage.processes
    assert covered.elements.missing == {
        "approve": "Approve the purchase",
        "too-late": "Nobody has answered",
        "approved": "Was it approved?",
        "not-bought": "Not bought",
    }
    assert covered.flows.missing["large"] == "Yes"
    assert covered.flows.missing["expired"] == "too-late → not-bought"
    assert (covered.flows.covered, covered.flows.total) == (4, 9)


def test_a_report_is_json(purchase: Bundle, runner: ScenarioRunner) -> None:
    scenarios, _ = read_scenarios(purchase)
    told = report_json(runner.report(scenarios))
    assert told["passed"] is True
    assert '"process":"purchase-request"' in dumps(told)


def test_scenarios_end_when_whoever_plays_them_waits_no_longer(purchase: Bundle) -> None:
    scenarios, _ = read_scenarios(purchase)
    asked = iter(range(1_000))
    report = ScenarioRunner(purchase, is_over=lambda: next(asked) > 3).report(scenarios)
    assert not report.is_passed
    assert "longer than" in report.results[-1].failures[0].message
    assert report.results[-1].failures[0].step == 0


def test_steps_are_told_in_words_as_far_as_they_came(purchase: Bundle, runner: ScenarioRunner) -> None:
    scenarios, _ = read_scenarios(purchase)
    for result in runner.report(scenarios).results:
        told = list(steps_told(result, {"approve": in_both(sv="Godkänn", en="Approve")}))
        assert {step.outcome for step in told} == {"done"}
        assert [step.number for step in told[:2]] == [0, 1]
        assert all(step.text.text("sv") != step.text.text("en") for step in told)


def test_progress_is_told_after_each_scenario(purchase: Bundle, runner: ScenarioRunner) -> None:
    scenarios, _ = read_scenarios(purchase)
    told: list[str] = []
    runner.report(scenarios, progress=lambda result: told.append(result.scenario.name))
    assert told == ["forgotten", "large", "refused", "small"]


@pytest.mark.parametrize(
    ("expect", "expected", "actual"),
    [
        ("waiting: [order]", "order", "approve (also waiting: too-late)"),
        ("waiting: []", "no task", "approve (also waiting: too-late)"),
        ("due: {approve: 2025-04-22}", "2025-04-22", "2025-04-23"),
        ("due: {approve: 2025-04-23T10:00}", "2025-04-23T10:00", "2025-04-23T09:00+02:00"),
        ("due: {order: 2025-04-23}", "2025-04-23", "approve 2025-04-23 09:00, too-late 2025-05-14 09:00"),
        ("data: '= amount = 1'", "= amount = 1", "amount = 25000"),
        ("due: 2025-04-24", "2025-04-24", "2025-04-23"),
        ("waiting: [too-late, approve], due: 2025-04-24", "2025-04-24", "approve 2025-04-23 09:00, too-late 2025-05-14 09:00"),
        ("unit: office", "office", "workshop"),
        ("closed: true", "closed", "active"),
        ("incidents: [order]", "an incident", "none"),
    ],
)
def test_what_is_not_so_is_told_with_both_sides(play: Play, expect: str, expected: str, actual: str) -> None:
    result = play(f"{LARGE}steps:\n  - expect: {{{expect}}}\n")
    (failure,) = result.failures
    assert (failure.expected, failure.actual) == (expected, actual)
    assert (failure.step, failure.line) == (1, 4)


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ("complete: aprove", "There is no open task 'aprove'. Open tasks: approve."),
        ("{complete: approve, as: manager, with: {example: nope}}", "no example 'nope'. Its examples: yes-please."),
        ("{complete: approve, as: manager, with: {fields: {}}}", "/approved"),
        ("{complete: approve, as: buyer, with: {fields: {approved: true}}}", "is for manager"),
        ("{complete: approve, item: 2}", "'approve item 2'"),
        ("message: nobody-waits", "nobody-waits"),
        ("at: 2025-04-01T09:00", "time does not go back"),
    ],
)
def test_a_step_that_cannot_be_taken_fails_with_the_reason(play: Play, step: str, says: str) -> None:
    (failure,) = play(f"{LARGE}steps:\n  - {step}\n").failures
    assert says in failure.message
    assert failure.step == 1


def test_the_first_failure_ends_the_scenario(play: Play) -> None:
    result = play(f"{LARGE}steps:\n  - expect: {{unit: a}}\n  - expect: {{unit: b}}\n")
    assert len(result.failures) == 1


def test_a_timer_fires_at_its_own_time_not_when_the_waiting_is_over(play: Play) -> None:
    result = play(f"{LARGE}steps:\n  - wait: P60D\n    expect: {{closed: true}}\nends: {{at: not-bought}}\n")
    assert result.failures == ()


def test_a_timer_does_not_fire_a_minute_early(play: Play) -> None:
    result = play(
        f"{LARGE}steps:\n  - at: 2025-05-14T08:59\n    expect: {{closed: false}}\n"
        "  - at: 2025-05-14T09:00\n    expect: {closed: true}\n"
    )
    assert result.failures == ()


def test_a_case_can_be_cancelled(play: Play) -> None:
    result = play(f"{LARGE}steps:\n  - cancel: entered twice\nends: {{state: cancelled}}\n")
    assert result.failures == ()


@pytest.mark.parametrize(
    ("ends", "expected", "actual"),
    [
        ("at: ordered", "ordered", "still waiting: approve, too-late"),
        ("state: completed", "completed", "active"),
        ("data: '= level = \"none\"'", '= level = "none"', 'level = "manager"'),
    ],
)
def test_an_end_that_is_not_reached_is_told(play: Play, ends: str, expected: str, actual: str) -> None:
    (failure,) = play(f"{LARGE}steps: []\nends: {{{ends}}}\n").failures
    assert (failure.expected, failure.actual, failure.step) == (expected, actual, None)


def test_the_wrong_end_event_is_told(play: Play) -> None:
    (failure,) = play(f"{LARGE}steps:\n  - wait: P31D\nends: {{at: ordered}}\n").failures
    assert failure.actual == "not-bought (completed)"


def test_a_scenarios_own_register_entries_win(play: Play) -> None:
    result = play(
        "process: purchase-request\nregisters: {suppliers: [{id: eastern, name: E}, {id: nordic, name: Other}]}\n"
        "start: {at: 2025-04-14T09:00, unit: workshop, form: {fields: {article: A, amount: 1, supplier: eastern}}}\nsteps: []\n"
    )
    assert result.failures == ()


def test_a_start_that_is_refused_is_a_failure_at_the_start(play: Play) -> None:
    (failure,) = play("process: none\nstart: {at: 2025-04-14T09:00, unit: u}\nsteps: []\n").failures
    assert failure.step == 0
    assert "none" in failure.message


def test_a_bundle_with_errors_is_refused_before_anything_runs(purchase: Bundle) -> None:
    alone = Bundle(purchase.of_kind("process"))
    with pytest.raises(Rejected):
        ScenarioRunner(alone)
