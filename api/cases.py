"""Cases: starting, finding and reading them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.params import JSONBody, QueryParameter

from engine.actor import Actor
from engine.case import Case, CaseStatus
from engine.case_engine import CaseEngine
from engine.ids import CaseId as EngineCaseId
from engine.ids import UnitId
from engine.queries import CaseChoice

from .bodies import Body, Name, Object, View, as_json, plain_object
from .case_views import CaseDetail, CaseView, IncidentView, OfferedMessageView, PositionView, RunningView, WaitView
from .choice_views import ChoiceView
from .headers import etag
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, ETAG_HEADER, HIGHEST, CaseId, Cursor, Engine, Limit, utc
from .people import Names
from .problems import declared
from .task_views import EntryKeyView, HandoverView, TaskView, task_people
from .writes import post


class CaseSubjectView(EntryKeyView, frozen=True, kw_only=True):
    """The register entry that a case is about."""

    case: Annotated[str, msgspec.Meta(description="The case's id.")]


class CaseList(View, frozen=True, kw_only=True):
    items: list[CaseView]
    about: Annotated[
        list[CaseSubjectView],
        msgspec.Meta(description="Whom those are about whose data name somebody; `POST /registers/…/names` says who it is."),
    ]
    next: Annotated[str | None, msgspec.Meta(description="Send as `cursor` for the next page; null at the end.")]


class NewCase(Body, frozen=True, kw_only=True):
    """What a case starts with."""

    process: Annotated[Name, msgspec.Meta(description="The key of a process definition that people may start.")]
    unit: Annotated[Name, msgspec.Meta(description="The unit that will own the case.")]
    submission: Annotated[Object | None, msgspec.Meta(description="The start form, where the process has one.")] = None
    data: Annotated[Object | None, msgspec.Meta(description="Case data, for a process without a start form.")] = None


@get(
    "/cases",
    summary="List cases",
    tags=["Cases"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "rejected"),
)
def list_cases(
    *,
    engine: Engine,
    asker: Asker,
    unit: Annotated[str | None, QueryParameter(max_length=200, description="Only cases of this unit.")] = None,
    process: Annotated[str | None, QueryParameter(max_length=200, description="Only this process definition.")] = None,
    version: Annotated[
        int | None, QueryParameter(ge=1, le=HIGHEST, description="Only cases on this version of the process.")
    ] = None,
    status: Annotated[CaseStatus | None, QueryParameter(description="Only cases that stand so.")] = None,
    number: Annotated[str | None, QueryParameter(max_length=50, description="Only the case with this number.")] = None,
    started_from: Annotated[
        datetime | None,
        QueryParameter(name="startedFrom", description="Only cases that began at this moment or later."),
    ] = None,
    started_before: Annotated[
        datetime | None, QueryParameter(name="startedBefore", description="Only cases that began before this moment.")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> CaseList:
    """The cases of one's units and those one is a member of, newest first. An auditor sees every unit's."""
    choice = CaseChoice(
        unit=UnitId(unit) if unit else None,
        process=process,
        version=version,
        status=status,
        number=number,
        started_from=utc(started_from, parameter="startedFrom") if started_from else None,
        started_before=utc(started_before, parameter="startedBefore") if started_before else None,
    )
    page = engine.cases(asker, choice, cursor=cursor, limit=limit)
    people = [person for case in page.rows for person in (case.started_by, case.responsible)]
    names = Names.of(engine.store, people)
    about = [CaseSubjectView(case=id_, register=of, key=key) for id_, (of, key) in engine.subjects(asker, page.rows).items()]
    return CaseList(items=[CaseView.of(case, names) for case in page.rows], about=about, next=page.next)


@post(
    "/cases",
    summary="Start a case",
    tags=["Cases"],
    response_headers=[ETAG_HEADER],
    responses=declared(*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-found", "not-allowed", "not-possible", "rejected"),
)
def start_case(engine: Engine, asker: Asker, data: JSONBody[NewCase]) -> Response[CaseView]:
    """Starts a case of the newest version of a process definition and runs it to its first waits.

    Answers 201 with the case's address in Location.
    """
    given = None if data.data is None else as_json(data.data)
    submission = None if data.submission is None else as_json(data.submission)
    case = engine.start_case(asker, data.process, unit=UnitId(data.unit), data=given, submission=submission)
    names = Names.of(engine.store, [case.started_by, case.responsible])
    headers = {**etag(case.revision), "Location": f"/api/v1/cases/{case.id}"}
    return Response(CaseView.of(case, names), headers=headers)


@get(
    "/cases/{case_id:str}",
    summary="One case",
    tags=["Cases"],
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=declared("not-signed-in", "not-found"),
)
def read_case(engine: Engine, asker: Asker, case_id: CaseId) -> Response[CaseDetail]:
    """The case with its data, where it stands, its tasks, what it waits for, its incidents and what can be sent to it.

    The look is logged: it may show personal data.
    """
    found = engine.case(asker, EngineCaseId(case_id))
    case = found.case
    given = found.handover
    people = [case.started_by, case.responsible, *found.members, *task_people(*found.tasks), given.by if given else None]
    names = Names.of(engine.store, people)
    view = CaseDetail(
        case=CaseView.of(case, names),
        about=about_of(engine, asker, case),
        data=plain_object(found.data),
        called_data={path: plain_object(data) for path, data in found.called.items()},
        positions=[PositionView.of(position) for position in found.positions],
        tasks=[TaskView.of(task, names) for task in found.tasks],
        waits=[WaitView.of(wait) for wait in found.waits],
        incidents=[IncidentView.of(incident) for incident in found.incidents],
        messages=[OfferedMessageView.of(message) for message in found.messages],
        choices=[ChoiceView.of(choice) for choice in found.choices],
        running=[RunningView.of(running) for running in found.running],
        history_length=case.history_sequence,
        handover=HandoverView(at=given.at, by=names.somebody(given.by), note=given.note) if given else None,
        members=[names.somebody(member) for member in sorted(found.members)],
    )
    return Response(view, headers=etag(case.revision))


HANDLERS = [list_cases, start_case, read_case]


def about_of(engine: CaseEngine, asker: Actor, case: Case) -> EntryKeyView | None:
    """The register entry that the case is about, if it is about one."""
    return EntryKeyView.of(engine.subjects(asker, [case]).get(case.id))
