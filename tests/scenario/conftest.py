"""A purchase request, and scenarios over it that are written in the test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.content import read_bundle
from engine.definition import Bundle
from engine.scenario import Scenario, ScenarioResult, ScenarioRunner, read_scenario

PURCHASE = Path(__file__).parents[1] / "packages" / "purchase-request"

LARGE = (
    "process: purchase-request\n"
    "start: {at: 2025-04-14T09:00, unit: workshop, as: requester, form: {example: screws, fields: {amount: 25000}}}\n"
)

Play = Callable[[str], ScenarioResult]


def a_scenario(text: str) -> Scenario:
    scenario, findings = read_scenario(text.encode(), name="told.yaml")
    assert findings == []
    assert scenario is not None
    return scenario


@pytest.fixture(scope="session")
def purchase() -> Bundle:
    return read_bundle([PURCHASE])


@pytest.fixture(scope="session")
def runner(purchase: Bundle) -> ScenarioRunner:
    return ScenarioRunner(purchase)


@pytest.fixture
def play(runner: ScenarioRunner) -> Play:
    """Play a scenario that is given as text."""
    return lambda text: runner.run(a_scenario(text))
