"""Drafts of process packages: what designers work on before it is live."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.params import JSONBody, PathParameter, QueryParameter

from engine.case_engine import CaseEngine
from engine.commands.expressions import Expression
from engine.definition import PackageDraft
from engine.studio import check_draft as check
from engine.studio import deploy_draft as deploy
from engine.studio import run_draft

from .bodies import View
from .draft_views import (
    DraftCheckView,
    DraftFiles,
    DraftFindingView,
    DraftSaveList,
    DraftSaveView,
    DraftSaving,
    ExpressionTyped,
    ExpressionView,
    FormTaken,
    NewDeployment,
    NewPackageDraft,
    PackageDraftList,
    PackageDraftView,
    WholeDraftView,
)
from .headers import etag, require_match
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, ETAG_HEADER, HIGHEST, QUESTION_PROBLEMS, Engine, IfMatch
from .people import Names
from .problems import declared
from .scenario_views import ScenarioReportView
from .scope_views import ScopeView
from .writes import delete, patch, post, question

_READ_PROBLEMS = declared("not-signed-in", "not-allowed", "not-found")
_SAVE_PROBLEMS = (*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-allowed", "not-found", "rejected", "revision-conflict")
DraftId = Annotated[str, PathParameter(max_length=100, description="The id of the draft.")]
ElementId = Annotated[str, QueryParameter(max_length=200, description="The id of an element or flow of the diagram.")]
Revision = Annotated[int, PathParameter(ge=1, le=HIGHEST, description="A revision from the draft's history.")]


class DeployedView(View, frozen=True, kw_only=True):
    """What came of deploying a draft."""

    version: int | None
    is_new: bool
    forms: Annotated[
        dict[str, int], msgspec.Meta(description="The forms that became live with it, by key, with their versions.")
    ]
    draft: PackageDraftView


@get("/drafts", summary="List drafts of packages", tags=["Drafts"], sync_to_thread=True, responses=_READ_PROBLEMS)
def list_drafts(engine: Engine, asker: Asker) -> PackageDraftList:
    """Every draft, by key, for designers and administrators. They share them: a process has one draft at most."""
    drafts = engine.drafts(asker)
    names = Names.of(engine.store, [person for draft in drafts for person in (draft.created_by, draft.saved_by)])
    return PackageDraftList(items=[PackageDraftView.of(draft, names) for draft in drafts])


@post(
    "/drafts",
    summary="Begin a draft",
    tags=["Drafts"],
    response_headers=[ETAG_HEADER],
    responses=declared(*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-allowed", "not-found", "not-possible", "conflict", "rejected"),
)
def create_draft(engine: Engine, asker: Asker, data: JSONBody[NewPackageDraft]) -> Response[WholeDraftView]:
    """Of a deployed version, with every file it came in; or of a new process with a start, one step and an end."""
    draft = engine.create_draft(asker, data.key, version=data.version, name=data.name, name_en=data.name_en, form=data.form)
    return _whole(engine, draft)


@get(
    "/drafts/{draft_id:str}",
    summary="A draft with its files",
    tags=["Drafts"],
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=_READ_PROBLEMS,
)
def read_draft(engine: Engine, asker: Asker, draft_id: DraftId) -> Response[WholeDraftView]:
    """The draft as it was last saved."""
    return _whole(engine, engine.draft(asker, draft_id))


@patch(
    "/drafts/{draft_id:str}",
    summary="Save files of a draft",
    tags=["Drafts"],
    response_headers=[ETAG_HEADER],
    responses=declared(*_SAVE_PROBLEMS, "precondition-failed"),
)
def write_draft(
    engine: Engine, asker: Asker, draft_id: DraftId, data: JSONBody[DraftSaving], if_match: IfMatch = None
) -> Response[PackageDraftView]:
    """Keeps the files, right or wrong, without touching what is live. Send `If-Match`, so that nobody is overwritten."""
    revision = _require_current(engine, engine.draft(asker, draft_id), if_match)
    draft = engine.save_package_draft(asker, draft_id, data.files, revision=revision, apart=data.apart)
    return Response(PackageDraftView.of(draft, _names(engine, draft)), headers=etag(draft.revision))


@post(
    "/drafts/{draft_id:str}/forms",
    summary="Take a form into a draft",
    tags=["Drafts"],
    status_code=200,
    response_headers=[ETAG_HEADER],
    responses=declared(*_SAVE_PROBLEMS, "precondition-failed"),
)
def take_form(
    engine: Engine, asker: Asker, draft_id: DraftId, data: JSONBody[FormTaken], if_match: IfMatch = None
) -> Response[WholeDraftView]:
    """Copies the form's newest version into the draft (`forms/<key>/…`), to be changed there and deployed with it."""
    revision = _require_current(engine, engine.draft(asker, draft_id), if_match)
    return _whole(engine, engine.take_form(asker, draft_id, data.key, revision=revision, keep_own=data.keep_own))


@delete(
    "/drafts/{draft_id:str}",
    summary="Throw a draft away",
    tags=["Drafts"],
    responses=declared(*CHANGE_PROBLEMS, "not-allowed", "not-found"),
)
def delete_draft(engine: Engine, asker: Asker, draft_id: DraftId) -> Response[None]:
    """The draft and its history are gone; what was deployed of it stays."""
    engine.remove_draft(asker, draft_id)
    return Response(None)


@get(
    "/drafts/{draft_id:str}/saves",
    summary="The history of a draft",
    tags=["Drafts"],
    sync_to_thread=True,
    responses=_READ_PROBLEMS,
)
def list_saves(engine: Engine, asker: Asker, draft_id: DraftId) -> DraftSaveList:
    """Who saved what and when, newest first. Of one person's saves within the same five minutes the last is kept."""
    saves = engine.draft_saves(asker, draft_id)
    names = Names.of(engine.store, [save.by for save in saves])
    return DraftSaveList(items=[DraftSaveView.of(save, names) for save in saves])


@post(
    "/drafts/{draft_id:str}/copies",
    summary="Keep a copy in the history of a draft",
    tags=["Drafts"],
    response_headers=[ETAG_HEADER],
    responses=declared(*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-allowed", "not-found", "rejected"),
)
def keep_copy(engine: Engine, asker: Asker, draft_id: DraftId, data: JSONBody[DraftFiles]) -> Response[PackageDraftView]:
    """The draft with these files, beside the draft, which stays as it is: for what one had drawn when another saved."""
    draft = engine.keep_copy_of_draft(asker, draft_id, data.files)
    return Response(PackageDraftView.of(draft, _names(engine, draft)), headers=etag(draft.revision))


@get(
    "/drafts/{draft_id:str}/saves/{revision:int}",
    summary="A draft as it was",
    tags=["Drafts"],
    sync_to_thread=True,
    responses=_READ_PROBLEMS,
)
def read_save(engine: Engine, asker: Asker, draft_id: DraftId, revision: Revision) -> WholeDraftView:
    """The files as they were at a save. To go back to them, save them anew."""
    draft = engine.saved_draft(asker, draft_id, revision)
    return WholeDraftView(draft=PackageDraftView.of(draft, _names(engine, draft)), files=dict(draft.files))


@get(
    "/drafts/{draft_id:str}/findings",
    summary="Check a draft",
    tags=["Drafts"],
    sync_to_thread=True,
    responses=_READ_PROBLEMS,
)
def check_draft(engine: Engine, asker: Asker, draft_id: DraftId) -> DraftCheckView:
    """Everything that is wrong with the draft and its scenarios, beside what is deployed, in both languages."""
    draft, findings = check(engine, asker, draft_id)
    return DraftCheckView(revision=draft.revision, findings=[DraftFindingView.of(finding) for finding in findings])


@get(
    "/drafts/{draft_id:str}/names",
    summary="Names in scope at an element of a draft",
    tags=["Drafts"],
    sync_to_thread=True,
    responses=_READ_PROBLEMS,
)
def list_names(engine: Engine, asker: Asker, draft_id: DraftId, element: ElementId = "") -> ScopeView:
    """What FEEL may read at an element or flow of the diagram as it was saved; at the process for anything else."""
    return ScopeView.of(engine.draft_scope(asker, draft_id, element))


@question(
    "/drafts/{draft_id:str}/expressions",
    summary="Check an expression while it is written",
    tags=["Drafts"],
    status_code=200,
    sync_to_thread=True,
    responses=declared(*QUESTION_PROBLEMS, *BODY_PROBLEMS, "not-allowed", "not-found", "rejected"),
)
def check_expression(engine: Engine, asker: Asker, draft_id: DraftId, data: JSONBody[ExpressionTyped]) -> ExpressionView:
    """What is wrong with what somebody writes for an element of the draft as it was saved. Nothing is stored."""
    written = Expression(data.field, data.text, data.target)
    findings = engine.check_expression(asker, draft_id, data.element, written)
    return ExpressionView(findings=[DraftFindingView.of(finding) for finding in findings])


@question(
    "/drafts/{draft_id:str}/scenarios",
    summary="Run the scenarios of a draft",
    tags=["Drafts"],
    status_code=200,
    sync_to_thread=True,
    responses=declared(*QUESTION_PROBLEMS, "not-allowed", "not-found", "rejected"),
)
def run_draft_scenarios(engine: Engine, asker: Asker, draft_id: DraftId) -> ScenarioReportView:
    """Plays them on the real engine in virtual time, beside what is deployed, and tells what they have been through.

    Nothing is stored. A draft with errors is refused with its findings.
    """
    draft, run = run_draft(engine, asker, draft_id)
    return ScenarioReportView.of(run, draft.revision)


@post(
    "/drafts/{draft_id:str}/deploy",
    summary="Deploy a draft",
    tags=["Drafts"],
    status_code=200,
    responses=declared(*_SAVE_PROBLEMS, "precondition-failed", "not-possible"),
)
def deploy_draft(
    engine: Engine, asker: Asker, draft_id: DraftId, data: JSONBody[NewDeployment], if_match: IfMatch = None
) -> DeployedView:
    """Makes the draft the version that new cases get; running cases stay on theirs. The draft stays, based on the new version.

    Processes that call it go on calling the version that they were deployed with until they are deployed anew.
    """
    revision = _require_current(engine, engine.draft(asker, draft_id), if_match)
    deployment = deploy(engine, asker, draft_id, note=data.note, revision=revision, replaces=data.replaces)
    draft = engine.draft(asker, draft_id)
    is_new = any(version.key == draft.key for version in deployment.processes)
    forms = {form.key: form.version for form in deployment.forms}
    return DeployedView(
        version=draft.based_on, is_new=is_new, forms=forms, draft=PackageDraftView.of(draft, _names(engine, draft))
    )


HANDLERS = [
    list_drafts,
    create_draft,
    read_draft,
    write_draft,
    take_form,
    delete_draft,
    list_saves,
    keep_copy,
    read_save,
    check_draft,
    list_names,
    check_expression,
    run_draft_scenarios,
    deploy_draft,
]


def _require_current(engine: CaseEngine, draft: PackageDraft, if_match: str | None) -> int:
    require_match(if_match, draft.revision)
    return draft.revision


def _names(engine: CaseEngine, draft: PackageDraft) -> Names:
    return Names.of(engine.store, [draft.created_by, draft.saved_by])


def _whole(engine: CaseEngine, draft: PackageDraft) -> Response[WholeDraftView]:
    view = WholeDraftView(draft=PackageDraftView.of(draft, _names(engine, draft)), files=dict(draft.files))
    return Response(view, headers=etag(draft.revision))
