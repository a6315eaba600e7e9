"""Drafts of process packages: what designers work on before it is live."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, delete, get, patch, post
from litestar.params import JSONBody, PathParameter

from engine.case_engine import CaseEngine
from engine.definition import PackageDraft
from engine.studio import check_draft as check
from engine.studio import deploy_draft as deploy
from engine.studio import run_scenarios

from .bodies import View
from .draft_views import (
    DraftCheckView,
    DraftFiles,
    DraftFindingView,
    DraftSaveList,
    DraftSaveView,
    NewDeployment,
    NewPackageDraft,
    PackageDraftList,
    PackageDraftView,
    ScenarioReportView,
    WholeDraftView,
)
from .headers import etag, require_match
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, ETAG_HEADER, Engine, IfMatch
from .people import Names
from .problems import declared

_READ_PROBLEMS = declared("not-signed-in", "not-allowed", "not-found")
_SAVE_PROBLEMS = (*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-allowed", "not-found", "rejected", "revision-conflict")
DraftId = Annotated[str, PathParameter(max_length=100, description="The id of the draft.")]
Revision = Annotated[int, PathParameter(ge=1, le=1_000_000_000, description="A revision from the draft's history.")]


class DeployedView(View, frozen=True, kw_only=True):
    """What came of deploying a draft."""

    version: int | None
    is_new: bool
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
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=declared(*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-allowed", "not-found", "not-possible", "conflict", "rejected"),
)
def create_draft(engine: Engine, asker: Asker, data: JSONBody[NewPackageDraft]) -> Response[WholeDraftView]:
    """Of a deployed version, with every file it came in; or of a new process with a start, one step and an end."""
    return _whole(engine, engine.create_draft(asker, data.key, version=data.version, name=data.name))


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
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=declared(*_SAVE_PROBLEMS, "precondition-failed"),
)
def write_draft(
    engine: Engine, asker: Asker, draft_id: DraftId, data: JSONBody[DraftFiles], if_match: IfMatch = None
) -> Response[PackageDraftView]:
    """Keeps the files, right or wrong, without touching what is live. Send `If-Match`, so that nobody is overwritten."""
    revision = _require_current(engine, engine.draft(asker, draft_id), if_match)
    draft = engine.save_package_draft(asker, draft_id, data.files, revision=revision)
    return Response(PackageDraftView.of(draft, _names(engine, draft)), headers=etag(draft.revision))


@delete(
    "/drafts/{draft_id:str}",
    summary="Throw a draft away",
    tags=["Drafts"],
    sync_to_thread=True,
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


@post(
    "/drafts/{draft_id:str}/scenarios",
    summary="Run the scenarios of a draft",
    tags=["Drafts"],
    status_code=200,
    sync_to_thread=True,
    responses=declared(*CHANGE_PROBLEMS, "not-allowed", "not-found", "rejected"),
)
def run_draft_scenarios(engine: Engine, asker: Asker, draft_id: DraftId) -> ScenarioReportView:
    """Plays them on the real engine in virtual time, beside what is deployed, and tells what they have been through.

    Nothing is stored. A draft with errors is refused with its findings.
    """
    draft, report = run_scenarios(engine, asker, draft_id)
    return ScenarioReportView.of(draft, report)


@post(
    "/drafts/{draft_id:str}/deploy",
    summary="Deploy a draft",
    tags=["Drafts"],
    status_code=200,
    sync_to_thread=True,
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
    return DeployedView(version=draft.based_on, is_new=is_new, draft=PackageDraftView.of(draft, _names(engine, draft)))


HANDLERS = [
    list_drafts,
    create_draft,
    read_draft,
    write_draft,
    delete_draft,
    list_saves,
    read_save,
    check_draft,
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
