"""Telling history, and the one place where incidents are opened: no incident without an event that says so."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from .. import bpmn
from ..canonical import Json
from ..case import Case, Incident, IncidentState
from ..history import ChainHead, EventType, NewEvent, Occasion, chain, in_history
from ..ids import CaseId, Token, new_id
from ..ports import LockedCase
from ..sentences import Words, text_in
from .changes import announce
from .occurrence import Occurrence

_SALT: Final = 16
"""Bytes of an event's salt."""


def record(at: Occurrence, case: Case, events: Iterable[NewEvent]) -> Case:
    """Append events to the case's chain, and let those who look at the case now be told; gives the case with the new head."""
    events = list(events)
    occasion = Occasion(case.id, case.version_id, at.now, at.actor.id)
    head = ChainHead(case.history_sequence, case.history_hash)
    random = secrets.token_hex(_SALT * len(events))  # the system is asked once, not for each event
    salts = (random[place : place + 2 * _SALT] for place in range(0, len(random), 2 * _SALT))
    head, linked = chain(head, events, occasion, salts)
    at.unit.histories.append(linked)
    announce(at, case, events)
    return replace(case, history_sequence=head.sequence, history_hash=head.hash)


def save_without_step(at: Occurrence, locked: LockedCase, case: Case, events: Iterable[NewEvent]) -> Case:
    """Save a change of the case's row alone (a suspension, a claimed task), told to history."""
    case = record(at, replace(case, revision=case.revision + 1), events)
    at.unit.cases.save(case, locked.state, locked.data, was=locked)
    return case


def save_beside(at: Occurrence, locked: LockedCase, events: Iterable[NewEvent]) -> Case:
    """Tell of something beside the case's steps (a note): the task that was completed last can still be taken back."""
    case = save_without_step(at, locked, locked.case, events)
    kept = at.unit.cases.undo(case.id)
    if kept is not None and kept.revision == locked.case.revision:
        at.unit.cases.put_undo(replace(kept, revision=case.revision))
    return case


def save_incidents(at: Occurrence, case: Case, step: bpmn.Step) -> None:
    """Save what a step says about incidents; the kernel has put their events in the step.

    A retry that fails again keeps the incident: more attempts, and what went wrong this time.
    """
    for token in step.resolved:
        incident = at.unit.incidents.open_for(case.id, token)
        if incident is not None:
            at.unit.incidents.save(replace(incident, state=IncidentState.RESOLVED, resolved_at=at.now, resolved_by=at.actor.id))
    for order in step.incidents:
        incident = at.unit.incidents.open_for(case.id, order.token) if order.is_retry else None
        if incident is None:
            _open(at, case.id, order)
        else:
            again = replace(incident, kind=order.kind, message=order.message, message_sv=order.message_sv, reads=order.reads)
            at.unit.incidents.save(replace(again, attempts=incident.attempts + order.attempts, tried_at=at.now))


def open_incident(
    at: Occurrence, id_: CaseId, kind: str, said: Words, *, element: str = "", names: Mapping[str, Json] | None = None
) -> Case | None:
    """Open an incident that no token is stuck at, beside or after a step, and tell history.

    `names` is what the element is called (`name`, `nameEn`).
    Gives the case as saved; None where there is no such case. The caller commits.
    """
    locked = at.unit.cases.lock(id_)
    if locked is None:
        return None
    names = names or {}
    name, name_en = str(names.get("name", "")), str(names.get("nameEn", ""))
    message, message_sv = text_in(said, "en"), text_in(said, "sv")
    order = bpmn.IncidentOrder(Token(""), element, kind, message, name=name, name_en=name_en, message_sv=message_sv)
    _open(at, id_, order)
    told = NewEvent(EventType.INCIDENT_OPENED, element, {**names, "incident": kind, **in_history(message, message_sv)})
    return save_without_step(at, locked, locked.case, [told])


def _open(at: Occurrence, id_: CaseId, order: bpmn.IncidentOrder) -> None:
    incident = Incident(
        id=new_id(),
        case_id=id_,
        token=order.token,
        element=order.element,
        kind=order.kind,
        message=order.message,
        message_sv=order.message_sv,
        opened_at=at.now,
        attempts=order.attempts,
        name=order.name,
        name_en=order.name_en,
        reads=order.reads,
    )
    at.unit.incidents.add(incident)
