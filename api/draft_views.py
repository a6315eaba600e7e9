"""What is told of drafts of packages, and what is asked of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from engine.definition import DraftSave, PackageDraft
from engine.finding import Finding
from engine.scenario import ProcessCoverage, Report, ScenarioResult, Share
from engine.sentences import Sentence

from .bodies import Body, View
from .people import Names, PersonView


class NewPackageDraft(Body, frozen=True):
    """A draft of a deployed version, or, without `version`, of a new process."""

    key: Annotated[str, msgspec.Meta(min_length=1, max_length=100, description="The key of the process.")]
    version: Annotated[int, msgspec.Meta(ge=1, le=1_000_000, description="The version to begin from.")] | None = None
    name: Annotated[str, msgspec.Meta(max_length=200, description="The name of a new process.")] = ""


class DraftFiles(Body, frozen=True):
    """Files to write. Those that are not named stay as they are."""

    files: Annotated[
        dict[str, str | None],
        msgspec.Meta(description="Text by path within the package (`process.bpmn`, `decisions/route.dmn`); null removes one."),
    ]


class NewDeployment(Body, frozen=True):
    """A draft on its way to being live."""

    replaces: Annotated[
        Annotated[int, msgspec.Meta(ge=1)] | None,
        msgspec.Meta(description="The newest version that one knows of, null for none; refused when there is a newer."),
    ]
    note: Annotated[str, msgspec.Meta(max_length=2000, description="What has changed, for those who read of it later.")] = ""


class PackageDraftView(View, frozen=True, kw_only=True):
    """A draft of a process package, without its files."""

    id: str
    key: str
    based_on: Annotated[int | None, msgspec.Meta(description="The version it was made from or last deployed as; null: new.")]
    revision: Annotated[int, msgspec.Meta(description="Counts the saves; the same number is the ETag.")]
    created_at: datetime
    created_by: PersonView
    saved_at: datetime
    saved_by: PersonView

    @classmethod
    def of(cls, draft: PackageDraft, names: Names) -> PackageDraftView:
        return cls(
            id=draft.id,
            key=draft.key,
            based_on=draft.based_on,
            revision=draft.revision,
            created_at=draft.created_at,
            created_by=names.somebody(draft.created_by),
            saved_at=draft.saved_at,
            saved_by=names.somebody(draft.saved_by),
        )


class PackageDraftList(View, frozen=True, kw_only=True):
    items: list[PackageDraftView]


class WholeDraftView(View, frozen=True, kw_only=True):
    """A draft with its files."""

    draft: PackageDraftView
    files: Annotated[dict[str, str], msgspec.Meta(description="Every file by path, as text, just as it was saved.")]


class DraftSaveView(View, frozen=True, kw_only=True):
    """One save of a draft."""

    revision: int
    at: datetime
    by: PersonView
    files: Annotated[list[str], msgspec.Meta(description="The files that were written or removed.")]

    @classmethod
    def of(cls, save: DraftSave, names: Names) -> DraftSaveView:
        return cls(revision=save.revision, at=save.at, by=names.somebody(save.by), files=list(save.files))


class DraftSaveList(View, frozen=True, kw_only=True):
    items: list[DraftSaveView]


class InBothLanguages(View, frozen=True, kw_only=True):
    """A text in both languages."""

    sv: str
    en: str

    @classmethod
    def of(cls, said: Sentence) -> InBothLanguages:
        return cls(sv=said.text("sv"), en=said.text("en"))


class DraftFindingView(View, frozen=True, kw_only=True):
    """One thing that is wrong with a draft."""

    rule: Annotated[str, msgspec.Meta(description="Stable; see the list of findings.")]
    severity: Annotated[str, msgspec.Meta(description="`error` stands in the way of deploying, `warning` does not.")]
    message: Annotated[InBothLanguages, msgspec.Meta(description="What is wrong.")]
    remedy: Annotated[InBothLanguages, msgspec.Meta(description="What to do about it.")]
    file: Annotated[str, msgspec.Meta(description="The file, by its path within the package.")]
    element: Annotated[str, msgspec.Meta(description="The id in the file; empty for the file as a whole.")]
    name: Annotated[str, msgspec.Meta(description="The element's name.")]
    line: Annotated[int | None, msgspec.Meta(description="From 1.")]

    @classmethod
    def of(cls, finding: Finding) -> DraftFindingView:
        return cls(
            rule=finding.rule,
            severity=finding.severity.value,
            message=InBothLanguages.of(finding.said),
            remedy=InBothLanguages.of(finding.advice),
            file=finding.file,
            element=finding.element,
            name=finding.name,
            line=finding.line,
        )


class DraftCheckView(View, frozen=True, kw_only=True):
    """What a draft's check found."""

    revision: Annotated[int, msgspec.Meta(description="The revision of the draft that was checked.")]
    findings: list[DraftFindingView]


class ScenarioFailureView(View, frozen=True, kw_only=True):
    """Why a scenario failed."""

    step: Annotated[int | None, msgspec.Meta(description="From 1; 0 is the start, null the end.")]
    line: int | None
    message: str
    expected: str
    actual: str


class ScenarioView(View, frozen=True, kw_only=True):
    """How one scenario went."""

    file: str
    title: str
    passed: bool
    failures: list[ScenarioFailureView]

    @classmethod
    def of(cls, result: ScenarioResult, folder: str) -> ScenarioView:
        return cls(
            file=result.scenario.file.removeprefix(folder),
            title=result.scenario.title,
            passed=result.is_passed,
            failures=[
                ScenarioFailureView(
                    step=one.step, line=one.line, message=one.message, expected=one.expected or "", actual=one.actual or ""
                )
                for one in result.failures
            ],
        )


class ShareView(View, frozen=True, kw_only=True):
    """How many of something scenarios have been through."""

    covered: int
    total: int
    missing: Annotated[dict[str, str], msgspec.Meta(description="The names of the others, by id.")]

    @classmethod
    def of(cls, share: Share) -> ShareView:
        return cls(covered=share.covered, total=share.total, missing=dict(share.missing))


class CoverageView(View, frozen=True, kw_only=True):
    """How much of one process scenarios have been through."""

    process: str
    elements: ShareView
    flows: ShareView

    @classmethod
    def of(cls, coverage: ProcessCoverage) -> CoverageView:
        return cls(process=coverage.process, elements=ShareView.of(coverage.elements), flows=ShareView.of(coverage.flows))


class ScenarioReportView(View, frozen=True, kw_only=True):
    """How the scenarios of a draft went."""

    revision: Annotated[int, msgspec.Meta(description="The revision of the draft that was tried.")]
    passed: bool
    scenarios: list[ScenarioView]
    coverage: Annotated[list[CoverageView], msgspec.Meta(description="The process and those that it calls.")]

    @classmethod
    def of(cls, draft: PackageDraft, report: Report) -> ScenarioReportView:
        return cls(
            revision=draft.revision,
            passed=report.is_passed,
            scenarios=[ScenarioView.of(result, f"processes/{draft.key}/") for result in report.results],
            coverage=[CoverageView.of(one) for one in report.coverage.processes],
        )
