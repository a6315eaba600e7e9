"""Incidents: what is known of one, and trying again what could not be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from .. import bpmn, feel
from ..actor import Action, may
from ..canonical import Json
from ..case import TO_BE_SEEN, Case, Incident, IncidentState, seen_in_expressions
from ..case_data import CaseData
from ..errors import NotFound, NotPossible
from ..history import EventType, NewEvent
from ..ids import ROOT_SCOPE
from ..ports import Access, LockedCase
from ..sentences import sentence
from ..views import IncidentView, InputSeen, Position, WayOut
from .free_text import given_reason
from .house import Shelf
from .occurrence import Occurrence
from .recording import save_without_step
from .rights import locked_case
from .stepping import require_active, take_step


def retry(at: Occurrence, incident_id: str, *, reason: str | None = None) -> tuple[Incident, Case]:
    """Let the element try again. One that no token is stuck at (a message that did not fit) is marked as seen.

    Gives the incident and the case as they are now: the incident is still open when it failed again. History tells the
    reason, where one is given.

    Raises:
        NotFound: there is no such incident, or the actor may not know.
        NotPossible: it is solved already, or the case cannot take a step.
    """
    why = "" if reason is None else given_reason(reason)
    locked, incident = locked_incident(at, incident_id)
    if incident.kind in TO_BE_SEEN:
        seen = replace(incident, state=IncidentState.RESOLVED, resolved_at=at.now, resolved_by=at.actor.id)
        at.unit.incidents.save(seen)
        told = [
            NewEvent(
                EventType.INCIDENT_RESOLVED, incident.element, {"incident": incident.kind, **({"reason": why} if why else {})}
            )
        ]
        return seen, save_without_step(at, locked, locked.case, told)
    require_active(locked.case)
    case = take_step(at, locked, locked.case, bpmn.Retry(incident.token, why))
    return at.unit.incidents.get(incident_id) or incident, case


def known(at: Occurrence, ids: Iterable[str]) -> dict[str, tuple[Incident, Case]]:
    """Those of the incidents that the actor may know of, with their cases."""
    found = {}
    for id_ in ids:
        incident = at.unit.incidents.get(id_)
        case = at.unit.cases.get(incident.case_id) if incident is not None else None
        if incident is not None and case is not None and _may_know(at, case):
            found[id_] = (incident, case)
    return found


def _may_know(at: Occurrence, case: Case) -> bool:
    members = at.unit.cases.members(case.id)
    return any(may(at.actor, action, case, members=members) for action in (Action.READ, Action.OPERATE))


def detail(at: Occurrence, incident_id: str) -> IncidentView:
    """The incident with where it is, what is known there and where the case could go on; the look is put on record.

    Raises:
        NotFound: there is no such incident, or the actor may neither read nor operate its case.
    """
    incident = at.unit.incidents.get(incident_id)
    case = at.unit.cases.get(incident.case_id) if incident is not None else None
    if incident is None or case is None:
        raise NotFound("incident", incident_id)
    if not _may_know(at, case):
        raise NotFound("incident", incident_id)
    reads = may(at.actor, Action.READ, case, members=at.unit.cases.members(case.id))
    at.unit.access_log.add(Access(at.actor.id, "incident", case.id, at.now))
    shelf = Shelf(at.house, at.unit)
    found = bpmn.places(at.unit.cases.state(case.id), shelf.process(case.version_id), shelf) if case.is_open else []
    place = next((place for place in found if place.token == incident.token), None)
    data = at.unit.cases.data(case.id) if reads else None
    scope = ROOT_SCOPE if place is None else place.called_scope or place.scope
    model = None if place is None else shelf.process(place.version_id).model
    return IncidentView(
        incident=incident,
        case=case,
        at=None if place is None else _position(place),
        version=at.unit.definitions.process(place.version_id if place else case.version_id),
        ways=() if place is None or model is None else _ways(model, place),
        takes_one=place is not None and place.kind is bpmn.NodeKind.EXCLUSIVE,
        data=None if data is None else cast("dict[str, Json]", feel.to_json(dict(data.view(scope)))),
        inputs=None if data is None else _inputs(at, case, data, model, place),
    )


def _inputs(
    at: Occurrence, case: Case, data: CaseData, model: bpmn.ProcessModel | None, place: bpmn.Place | None
) -> tuple[InputSeen, ...]:
    """What the element would get were it tried now."""
    detail = None if model is None or place is None else model.nodes[place.element].detail
    if place is None or not isinstance(detail, bpmn.ServiceTask | bpmn.Call):
        return ()
    names = data.view(place.scope, {"case": seen_in_expressions(case)})
    environment = at.house.environment()

    def seen(mapping: bpmn.DataMapping) -> InputSeen:
        try:
            value = feel.compile_expression(mapping.expression).evaluate(names, environment)
            return InputSeen(mapping.target, cast("Json", feel.to_json(value)))
        except feel.FeelError as error:
            return InputSeen(mapping.target, problem=str(error))

    return tuple(seen(mapping) for mapping in detail.inputs)


def _position(place: bpmn.Place) -> Position:
    return Position(place.token, place.path, place.element, place.name, place.name_en, place.kind.value)


def _ways(model: bpmn.ProcessModel, place: bpmn.Place) -> tuple[WayOut, ...]:
    flows = [model.flows[id_] for id_ in place.ways]
    return tuple(
        WayOut(flow.id, flow.name, flow.name_en or flow.name, model.nodes[flow.target].label, model.nodes[flow.target].label_en)
        for flow in flows
    )


def locked_incident(at: Occurrence, incident_id: str) -> tuple[LockedCase, Incident]:
    """An open incident with its case, held for a step, if the actor may operate that. Raises NotFound, NotPossible."""
    incident = at.unit.incidents.get(incident_id)
    if incident is None:
        raise NotFound("incident", incident_id)
    try:
        locked = locked_case(at, incident.case_id, Action.OPERATE)
    except NotFound as error:
        raise NotFound("incident", incident_id) from error
    incident = at.unit.incidents.get(incident_id)
    if incident is None or incident.state is IncidentState.RESOLVED:
        raise NotPossible(sentence("Incident {id} is solved already.", id=incident_id))
    return locked, incident
