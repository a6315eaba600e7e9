"""Scenario files: what they may say, and how mistakes in them are told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from engine.content import read_bundle
from engine.scenario.model import Cancel, Claim, Complete, Expectation, Filling, Look, Scenario, Send, Sending, Until, Wait
from engine.scenario.reader import read_scenario, read_scenarios
from engine.source import MAX_BYTES

PURCHASE = Path(__file__).parents[1] / "packages" / "purchase-request"

HEAD = "process: pathway\nstart: {at: 2025-02-03T09:00, unit: skarholmen}\n"


def read(text: str) -> Scenario:
    scenario, findings = read_scenario(text.encode(), name="walk-in.yaml")
    assert findings == []
    assert scenario is not None
    return scenario


def complaints(text: str) -> list[str]:
    scenario, findings = read_scenario(text.encode(), name="walk-in.yaml")
    assert scenario is None
    return [str(finding) for finding in findings]


def test_every_kind_of_step_is_read() -> None:
    scenario = read(
        HEAD
        + """steps:
  - complete: intake.register-contact
    as: reception
    with: {example: sfi-referral, fields: {channel: phone}}
    expect: {data: '= list contains(route, "sfi")'}
  - {complete: sign, item: 2}
  - {complete: sign, all: true}
  - {claim: review, as: coach}
  - wait: P5BD
  - message: {name: host-accepts, key: {placement: p-1}, payload: {from: 2025-03-17}}
    as: coach
  - message: client-withdraws
  - at: 2025-09-26T16:00
  - cancel: entered twice
  - expect: {waiting: [review], due: 2025-12-29, unit: skarholmen, closed: false, incidents: [stuck]}
"""
    )
    assert [step.action for step in scenario.steps] == [
        Complete("intake.register-contact", "reception", Filling("sfi-referral", {"channel": "phone"})),
        Complete("sign", item=2),
        Complete("sign", each=True),
        Claim("review", "coach"),
        Wait("P5BD"),
        Send(Sending("host-accepts", {"placement": "p-1"}, {"from": "2025-03-17"}), "coach"),
        Send(Sending("client-withdraws")),
        Until(datetime(2025, 9, 26, 16, 0)),
        Cancel("entered twice"),
        Look(),
    ]
    assert scenario.steps[0].expect == Expectation(data=('list contains(route, "sfi")',))
    assert scenario.steps[-1].expect == Expectation(("review",), {"": "2025-12-29"}, (), "skarholmen", False, ("stuck",))
    assert [(step.number, step.line) for step in scenario.steps][:3] == [(1, 4), (2, 8), (3, 9)]


def test_start_and_end_are_read() -> None:
    scenario = read(
        """process: pathway
title: By referral
registers: {persons: [{id: 19900101-TF01}]}
start: {at: 2025-02-03T09:00, unit: skarholmen, message: {name: referral, payload: {personId: p}}}
steps: []
ends: {at: closed, state: completed, data: ['= a', '= b']}
"""
    )
    assert scenario.title == "By referral"
    assert scenario.registers == {"persons": ({"id": "19900101-TF01"},)}
    assert scenario.start.messages == (Sending("referral", None, {"personId": "p"}),)
    assert scenario.ends is not None
    assert (scenario.ends.at, scenario.ends.state, scenario.ends.data) == ("closed", "completed", ("a", "b"))


def test_in_a_package_the_process_need_not_be_named() -> None:
    scenario, _ = read_scenario(b"start: {at: 2025-02-03, unit: u}\nsteps: []", name="x/walk-in.yaml", process="intake")
    assert scenario is not None
    assert (scenario.process, scenario.title) == ("intake", "walk-in")


def test_the_scenarios_of_a_bundle_come_by_file_name() -> None:
    scenarios, findings = read_scenarios(read_bundle([PURCHASE]))
    assert findings == []
    assert [scenario.name for scenario in scenarios] == ["forgotten", "large", "refused", "small"]


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ("- complte: a", "'complte' is not known here. Did you mean 'complete'?"),
        ("- complete: a\n    wiht: {}", "Step 1: 'wiht' is not known here. Did you mean 'with'?"),
        ("- complete: a\n    with: {exampel: x}", "Did you mean 'example'?"),
        ("- {complete: a, wait: P1D}", "a step has one verb and it has complete and wait"),
        ("- as: coach", "a step has one verb and it has none"),
        ("- just text", "an object is expected here"),
        ("- {complete: a, item: 1, all: true}", "item and all exclude each other"),
        ("- {complete: a, item: 0}", "a number from 1 is expected"),
        ("- {wait: P1D, as: coach}", "'as' is not known here"),
        ("- wait: five days", "'five days' is not a duration"),
        ("- wait: -P1D", "is not a duration"),
        ("- at: Tuesday", "'Tuesday' is not a moment"),
        ("- message: {key: {a: 1}}", "'name' is missing"),
        ("- expect: {waitng: []}", "Did you mean 'waiting'?"),
        ("- expect: {data: outcome}", "an expression begins with `=`"),
        ("- expect: {data: '= 1 +'}", "the expression cannot be read"),
        ("- expect: {closed: maybe}", "true or false is expected"),
        ("- expect: {due: {a: soon}}", "'soon' is not a moment"),
    ],
)
def test_a_mistake_in_a_step_is_told_with_file_line_and_step(step: str, says: str) -> None:
    (first, *_) = complaints(f"{HEAD}steps:\n  {step}\n")
    assert says in first
    assert first.startswith(("walk-in.yaml:4 ", "walk-in.yaml:4:", "walk-in.yaml:5"))


def test_what_is_wrong_with_an_expression_is_told_in_swedish() -> None:
    _, findings = read_scenario(f"{HEAD}steps:\n  - expect: {{data: '= 1 +'}}\n".encode(), name="walk-in.yaml")
    assert "Här ska det stå ett värde, men här står slutet av texten. " in findings[0].said.text("sv")


def test_all_mistakes_are_told_at_once() -> None:
    told = complaints(
        "proces: x\nstart: {at: now, unti: u, data: {}, form: {}}\nsteps: [{wait: x}, {at: y}]\nends: {state: done}"
    )
    assert len(told) == 9


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "an object is expected"),
        ("[1]", "an object is expected"),
        ("process: a\nprocess: b", "twice"),
        ("a: &x 1\nb: *x", "anchors"),
        ("a: !!python/object:os.system {}", "tags"),
        ("a: [", "not YAML"),
        (f"a: {'x' * MAX_BYTES}", "larger"),
    ],
)
def test_a_file_that_is_no_scenario_is_refused(text: str, says: str) -> None:
    assert any(says in one for one in complaints(text))


def test_too_many_steps_are_refused() -> None:
    assert any("more than 1000 steps" in one for one in complaints(f"{HEAD}steps:\n" + "  - wait: P1D\n" * 1001))
