"""Incidents: trying again what could not be done."""

from __future__ import annotations

from dataclasses import replace

from .. import bpmn
from ..actor import Action
from ..case import TO_BE_SEEN, Case, Incident, IncidentState
from ..errors import NotFound, NotPossible
from ..history import EventType, NewEvent
from ..ports import LockedCase
from .occurrence import Occurrence
from .recording import save_without_step
from .rights import locked_case
from .stepping import require_active, take_step


def retry(at: Occurrence, incident_id: str) -> tuple[Incident, Case]:
    """Let the element try again. One that no token is stuck at (a message that did not fit) is marked as seen.

    Gives the incident and the case as they are now: the incident is still open when it failed again.

    Raises:
        NotFound: there is no such incident, or the actor may not know.
        NotPossible: it is solved already, or the case cannot take a step.
    """
    locked, incident = locked_incident(at, incident_id)
    if incident.kind in TO_BE_SEEN:
        seen = replace(incident, state=IncidentState.RESOLVED, resolved_at=at.now, resolved_by=at.actor.id)
        at.unit.incidents.save(seen)
        told = [NewEvent(EventType.INCIDENT_RESOLVED, incident.element, {"incident": incident.kind})]
        return seen, save_without_step(at, locked, locked.case, told)
    require_active(locked.case)
    case = take_step(at, locked, locked.case, bpmn.Retry(incident.token))
    return at.unit.incidents.get(incident_id) or incident, case


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
        raise NotPossible(f"Incident {incident_id} is solved already.")
    return locked, incident
