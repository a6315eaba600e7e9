"""A report on scenarios as JSON, for machines."""

from __future__ import annotations

from ..canonical import Json
from .coverage import Share
from .runner import Report, ScenarioResult


def report_json(report: Report) -> dict[str, Json]:
    """`{passed, scenarios: […], coverage: {elements, flows, processes: […]}}`; shares say what is missing, by id."""
    coverage = report.coverage
    return {
        "passed": report.is_passed,
        "scenarios": [_result(result) for result in report.results],
        "coverage": {
            "elements": _share(coverage.elements),
            "flows": _share(coverage.flows),
            "processes": [
                {"process": one.process, "elements": _share(one.elements), "flows": _share(one.flows)}
                for one in coverage.processes
            ],
        },
    }


def _result(result: ScenarioResult) -> Json:
    scenario = result.scenario
    return {
        "file": scenario.file,
        "process": scenario.process,
        "title": scenario.title,
        "passed": result.is_passed,
        "failures": [
            {
                "step": failure.step,
                "line": failure.line,
                "message": failure.message,
                "expected": failure.expected,
                "actual": failure.actual,
            }
            for failure in result.failures
        ],
    }


def _share(share: Share) -> dict[str, Json]:
    shown: dict[str, Json] = {"covered": share.covered, "total": share.total, "percent": f"{share.percent:.1f}"}
    return {**shown, "missing": dict(share.missing)}
