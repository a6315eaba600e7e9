"""Incidents: what could not be done and waits for a person."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import JSONBody

from .bodies import Because, View
from .case_views import CaseView, IncidentView
from .headers import etag
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, ETAG_HEADER, Engine, IncidentId, Limit
from .people import Names
from .problems import declared


class IncidentRow(View, frozen=True, kw_only=True):
    """An incident in a list, with its case."""

    incident: IncidentView
    case: CaseView


class IncidentList(View, frozen=True, kw_only=True):
    items: list[IncidentRow]
    next: str | None = None


class Skipping(Because, frozen=True, kw_only=True):
    """Why the element is skipped, and where the case goes on."""

    flows: Annotated[
        list[Annotated[str, msgspec.Meta(max_length=200)]],
        msgspec.Meta(max_length=50, description="Ids of the ways out to take, where the element cannot choose itself."),
    ] = msgspec.field(default_factory=list)


@get(
    "/incidents",
    summary="List incidents",
    tags=["Incidents"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-allowed"),
)
def list_incidents(engine: Engine, asker: Asker, limit: Limit = 100) -> IncidentList:
    """Open incidents in the cases one may see or operate, oldest first."""
    found = engine.incidents(asker, limit=limit)
    names = Names.of(engine.store, [person for _, case in found for person in (case.started_by, case.responsible)])
    rows = [IncidentRow(incident=IncidentView.of(incident), case=CaseView.of(case, names)) for incident, case in found]
    return IncidentList(items=rows)


@post(
    "/incidents/{incident_id:str}/retry",
    summary="Retry an incident",
    tags=["Incidents"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=declared(*CHANGE_PROBLEMS, "not-found", "not-allowed", "not-possible", "revision-conflict"),
)
def retry_incident(engine: Engine, asker: Asker, incident_id: IncidentId) -> Response[IncidentRow]:
    """Tries again what failed, after its cause was mended, and tells what came of it.

    Look at the incident's `state`: when it fails again it is still `open`, `attempts` has grown, and `message` says what is
    wrong now.
    """
    incident, case = engine.retry_incident(asker, incident_id)
    names = Names.of(engine.store, [case.started_by, case.responsible])
    row = IncidentRow(incident=IncidentView.of(incident), case=CaseView.of(case, names))
    return Response(row, headers=etag(case.revision))


@post(
    "/incidents/{incident_id:str}/skip",
    summary="Skip an incident",
    tags=["Incidents"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=declared(
        *CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-found", "not-allowed", "not-possible", "revision-conflict", "rejected"
    ),
)
def skip_incident(engine: Engine, asker: Asker, incident_id: IncidentId, data: JSONBody[Skipping]) -> Response[IncidentRow]:
    """Lets the case go past the element that is stuck, as though it were done.

    A join that waits in vain goes on with what has come; an event that could not take what came waits for the next.
    """
    incident, case = engine.skip_incident(asker, incident_id, flows=tuple(data.flows), reason=data.reason)
    names = Names.of(engine.store, [case.started_by, case.responsible])
    row = IncidentRow(incident=IncidentView.of(incident), case=CaseView.of(case, names))
    return Response(row, headers=etag(case.revision))


HANDLERS = [list_incidents, retry_incident, skip_incident]
