"""Incidents: what could not be done and waits for a person."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.params import JSONBody

from engine.views import IncidentView as EngineIncidentView

from .bodies import Because, Object, View, plain, plain_object
from .case_views import CaseView, IncidentView
from .headers import etag
from .identity import Asker
from .incident_lists import IncidentRow
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, ETAG_HEADER, Engine, IncidentId
from .people import Names
from .problems import declared
from .writes import post


class Skipping(Because, frozen=True, kw_only=True):
    """Why the element is skipped, and where the case goes on."""

    flows: Annotated[
        list[Annotated[str, msgspec.Meta(max_length=200)]],
        msgspec.Meta(max_length=50, description="Ids of the ways out to take, where the element cannot choose itself."),
    ] = msgspec.field(default_factory=list)


class WayOutView(View, frozen=True, kw_only=True):
    """A way out of an element."""

    flow: Annotated[str, msgspec.Meta(description="The id of the flow, to be sent in `flows` of a skip.")]
    name: Annotated[str, msgspec.Meta(description="What the diagram calls the flow, or empty.")]
    name_en: str
    to: Annotated[str, msgspec.Meta(description="The name of the element that it leads to.")]
    to_en: str


class InputView(View, frozen=True, kw_only=True):
    """What the element gets by a name."""

    name: str
    value: object
    problem: Annotated[str, msgspec.Meta(description="Why there is no value, in English; else empty.")]


class IncidentDetail(View, frozen=True, kw_only=True):
    """An incident with what it takes to mend it."""

    incident: IncidentView
    case: CaseView
    name: Annotated[str, msgspec.Meta(description="The name of the element that is or was stuck; empty where none was.")]
    name_en: str
    process: Annotated[str, msgspec.Meta(description="The key of the process whose diagram it lies in.")]
    version: Annotated[int, msgspec.Meta(description="The version of that.")]
    ways: Annotated[
        list[WayOutView], msgspec.Meta(description="Along which the case can be let past it; none where it cannot be chosen.")
    ]
    takes_one: Annotated[bool, msgspec.Meta(description="Whether the case goes on along one of the ways only.")]
    data: Annotated[
        Object | None, msgspec.Meta(description="What is seen from there; null for who operates the case but may not read it.")
    ]
    inputs: Annotated[
        list[InputView] | None,
        msgspec.Meta(
            description="What the element's input mappings make of the data as they are now; none where it has no mappings, "
            "null for who may not read the case."
        ),
    ]

    @classmethod
    def of(cls, found: EngineIncidentView, names: Names) -> IncidentDetail:
        version = found.version
        return cls(
            incident=IncidentView.of(found.incident),
            case=CaseView.of(found.case, names),
            name=found.at.name if found.at else found.incident.name,
            name_en=found.at.name_en if found.at else found.incident.name_en or found.incident.name,
            process=version.key if version else found.case.process,
            version=version.version if version else 0,
            ways=[
                WayOutView(flow=way.flow, name=way.name, name_en=way.name_en, to=way.to, to_en=way.to_en) for way in found.ways
            ],
            takes_one=found.takes_one,
            data=None if found.data is None else plain_object(found.data),
            inputs=None
            if found.inputs is None
            else [InputView(name=one.name, value=plain(one.value), problem=one.problem) for one in found.inputs],
        )


@get(
    "/incidents/{incident_id:str}",
    summary="One incident",
    tags=["Incidents"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found"),
)
def read_incident(engine: Engine, asker: Asker, incident_id: IncidentId) -> IncidentDetail:
    """An incident, open or solved, of a case that one may see or operate: where it is, the data there, the ways out of it.

    The look is logged.
    """
    found = engine.incident(asker, incident_id)
    names = Names.of(engine.store, [found.case.started_by, found.case.responsible])
    return IncidentDetail.of(found, names)


@post(
    "/incidents/{incident_id:str}/retry",
    summary="Retry an incident",
    tags=["Incidents"],
    status_code=200,
    response_headers=[ETAG_HEADER],
    responses=declared(*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-found", "not-allowed", "not-possible", "revision-conflict"),
)
def retry_incident(engine: Engine, asker: Asker, incident_id: IncidentId, data: JSONBody[Because]) -> Response[IncidentRow]:
    """Tries again what failed, after its cause was mended, and tells what came of it. History keeps the reason.

    Look at the incident's `state`: when it fails again it is still `open`, `attempts` has grown, and `message` says what is
    wrong now.
    """
    incident, case = engine.retry_incident(asker, incident_id, reason=data.reason)
    names = Names.of(engine.store, [case.started_by, case.responsible])
    row = IncidentRow(incident=IncidentView.of(incident), case=CaseView.of(case, names))
    return Response(row, headers=etag(case.revision))


@post(
    "/incidents/{incident_id:str}/skip",
    summary="Skip an incident",
    tags=["Incidents"],
    status_code=200,
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


HANDLERS = [read_incident, retry_incident, skip_incident]
