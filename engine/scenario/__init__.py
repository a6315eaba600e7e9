"""Scenarios: a designer's tests, run on the real engine in virtual time, with coverage of elements and flows."""

from __future__ import annotations

from .checks import Failure
from .coverage import Coverage, ProcessCoverage, Share
from .elements import check_elements
from .model import Scenario
from .pages import coverage_pages
from .reader import read_scenario, read_scenarios
from .report import report_json
from .runner import Report, ScenarioResult, ScenarioRunner

__all__ = [
    "Coverage",
    "Failure",
    "ProcessCoverage",
    "Report",
    "Scenario",
    "ScenarioResult",
    "ScenarioRunner",
    "Share",
    "check_elements",
    "coverage_pages",
    "read_scenario",
    "read_scenarios",
    "report_json",
]
