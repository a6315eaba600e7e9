"""Scenarios: a designer's tests, run on the real engine in virtual time, with coverage of elements and flows."""

from __future__ import annotations

from .checks import Failure
from .coverage import Coverage, ProcessCoverage, Share
from .diagram import Part, read_diagram
from .elements import check_elements
from .kinds import kind_name
from .model import Scenario
from .pages import coverage_pages
from .reader import read_scenario, read_scenarios
from .report import report_json
from .runner import Report, ScenarioResult, ScenarioRunner
from .step_words import ToldStep, steps_told

__all__ = [
    "Coverage",
    "Failure",
    "Part",
    "ProcessCoverage",
    "Report",
    "Scenario",
    "ScenarioResult",
    "ScenarioRunner",
    "Share",
    "ToldStep",
    "check_elements",
    "coverage_pages",
    "kind_name",
    "read_diagram",
    "read_scenario",
    "read_scenarios",
    "report_json",
    "steps_told",
]
