"""What is told of how the scenarios of a package went."""

from __future__ import annotations

from typing import Annotated

import msgspec

from engine.scenario import Failure, Part, ProcessCoverage, ScenarioResult, Share, ToldStep, kind_name, steps_told
from engine.sentences import Sentence, in_both
from engine.studio import Run

from .bodies import InBothLanguages, View


class ScenarioFailureView(View, frozen=True, kw_only=True):
    """Why a scenario failed."""

    step: Annotated[int | None, msgspec.Meta(description="From 1; 0 is the start, null the end.")]
    line: int | None
    message: InBothLanguages
    expected: str
    actual: str

    @classmethod
    def of(cls, one: Failure) -> ScenarioFailureView:
        message = InBothLanguages.of(one.said)
        return cls(step=one.step, line=one.line, message=message, expected=one.expected or "", actual=one.actual or "")


class ScenarioStepView(View, frozen=True, kw_only=True):
    """One step of a scenario."""

    number: Annotated[int | None, msgspec.Meta(description="From 1; 0 is the start, null the end.")]
    line: int | None
    text: InBothLanguages
    outcome: Annotated[str, msgspec.Meta(description="`done`, `failed`, or `untried` after one that failed.")]

    @classmethod
    def of(cls, step: ToldStep) -> ScenarioStepView:
        return cls(number=step.number, line=step.line, text=InBothLanguages.of(step.text), outcome=step.outcome)


class PassedView(View, frozen=True, kw_only=True):
    """How often something was passed, by its id, in one process."""

    process: str
    times: dict[str, int]


class ScenarioView(View, frozen=True, kw_only=True):
    """How one scenario went, step by step."""

    file: str
    title: str
    passed: bool
    failures: list[ScenarioFailureView]
    steps: list[ScenarioStepView]
    trail: Annotated[list[PassedView], msgspec.Meta(description="The elements and flows that it has been through.")]

    @classmethod
    def of(cls, result: ScenarioResult, run: Run) -> ScenarioView:
        return cls(
            file=result.scenario.file.removeprefix(f"processes/{run.key}/"),
            title=result.scenario.title,
            passed=result.is_passed,
            failures=[ScenarioFailureView.of(one) for one in result.failures],
            steps=[ScenarioStepView.of(step) for step in steps_told(result, run.names(result.scenario.process))],
            trail=_trail(result),
        )


class ShareView(View, frozen=True, kw_only=True):
    """How many of something scenarios have been through."""

    covered: int
    total: int

    @classmethod
    def of(cls, share: Share) -> ShareView:
        return cls(covered=share.covered, total=share.total)


class CoveredPartView(View, frozen=True, kw_only=True):
    """An element or a flow that coverage counts."""

    id: str
    kind: InBothLanguages
    name: InBothLanguages
    is_flow: bool

    @classmethod
    def of(cls, part: Part, name: Sentence) -> CoveredPartView:
        kind = InBothLanguages.part(kind_name(part))
        return cls(id=part.id, kind=kind, name=InBothLanguages.part(name), is_flow=part.kind == "sequenceFlow")


class CoverageView(View, frozen=True, kw_only=True):
    """How much of one process scenarios have been through."""

    process: str
    name: InBothLanguages
    elements: ShareView
    flows: ShareView
    parts: list[CoveredPartView]
    diagram: Annotated[str, msgspec.Meta(description="BPMN 2.0 XML; empty for a pool of another process's diagram.")]

    @classmethod
    def of(cls, coverage: ProcessCoverage, run: Run) -> CoverageView:
        key = coverage.process
        parts, names = run.parts.get(key, ()), run.names(key)
        return cls(
            process=key,
            name=InBothLanguages.part(names.get(key) or in_both(sv=key, en=key)),
            elements=ShareView.of(coverage.elements),
            flows=ShareView.of(coverage.flows),
            parts=[CoveredPartView.of(part, names[part.id]) for part in parts if part.is_counted],
            diagram=run.diagrams.get(key, ""),
        )


class ScenarioReportView(View, frozen=True, kw_only=True):
    """How the scenarios of a draft or a version went."""

    revision: Annotated[int | None, msgspec.Meta(description="The revision of the draft that was tried; null: a version.")]
    passed: bool
    scenarios: list[ScenarioView]
    coverage: Annotated[list[CoverageView], msgspec.Meta(description="The process and those that it calls.")]

    @classmethod
    def of(cls, run: Run, revision: int | None) -> ScenarioReportView:
        return cls(
            revision=revision,
            passed=run.report.is_passed,
            scenarios=[ScenarioView.of(result, run) for result in run.report.results],
            coverage=[CoverageView.of(one, run) for one in run.report.coverage.processes],
        )


def _trail(result: ScenarioResult) -> list[PassedView]:
    by_process: dict[str, dict[str, int]] = {}
    for (process, id_), times in (*result.trail.elements.items(), *result.trail.flows.items()):
        by_process.setdefault(process, {})[id_] = times
    return [PassedView(process=process, times=times) for process, times in sorted(by_process.items())]
