"""History, incidents and the access log, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from ...case import Incident, IncidentState
from ...history import EventType, HistoryEvent, HistoryPayload
from ...ids import CaseId, Token, UserId, VersionId
from ...ports import Access
from .rows import Values
from .tables import access_log, history_event, history_payload, incident


class SqlHistories:
    """See `ports.Histories`. The database itself refuses to change or delete an event."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def append(self, linked: Iterable[tuple[HistoryEvent, HistoryPayload]]) -> None:
        rows = [(_event_row(event), _payload_row(payload)) for event, payload in linked]
        if rows:
            self._connection.execute(sa.insert(history_event), [event for event, _ in rows])
            self._connection.execute(sa.insert(history_payload), [payload for _, payload in rows])

    def of_case(
        self, case_id: CaseId, *, after: int = 0, limit: int | None = None
    ) -> Sequence[tuple[HistoryEvent, HistoryPayload | None]]:
        events, payloads = history_event.c, history_payload.c
        same = (payloads.case_id == events.case_id) & (payloads.sequence == events.sequence)
        select = (
            sa.select(history_event, payloads.salt, payloads.text)
            .select_from(history_event.outerjoin(history_payload, same))
            .where(events.case_id == case_id, events.sequence > after)
            .order_by(events.sequence)
            .limit(limit)
        )
        return [(_event(row), _payload(row)) for row in self._connection.execute(select)]


class SqlIncidents:
    """See `ports.Incidents`."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, incident_: Incident) -> None:
        self._connection.execute(sa.insert(incident), _incident_row(incident_))

    def get(self, id_: str) -> Incident | None:
        return self._first(sa.select(incident).where(incident.c.id == id_))

    def of_case(self, case_id: CaseId) -> Sequence[Incident]:
        select = sa.select(incident).where(incident.c.case_id == case_id).order_by(incident.c.serial)
        return [read_incident(row) for row in self._connection.execute(select)]

    def open_for(self, case_id: CaseId, token: Token) -> Incident | None:
        columns = incident.c
        open_ = sa.select(incident).where(columns.case_id == case_id, columns.token == token, columns.state == "open")
        return self._first(open_.order_by(columns.serial.desc()).limit(1))

    def save(self, incident_: Incident) -> None:
        same = incident.c.id == incident_.id
        self._connection.execute(sa.update(incident).where(same).values(_incident_row(incident_)))

    def _first(self, select: sa.Select[Any]) -> Incident | None:
        row = self._connection.execute(select).one_or_none()
        return None if row is None else read_incident(row)


class SqlAccessLog:
    """See `ports.AccessLog`."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, access: Access) -> None:
        row = {"actor": access.actor, "what": access.what, "subject": access.subject, "at": access.at}
        self._connection.execute(sa.insert(access_log), row)

    def of_subject(self, subject: str) -> Sequence[Access]:
        select = sa.select(access_log).where(access_log.c.subject == subject).order_by(access_log.c.serial)
        rows = self._connection.execute(select)
        return [Access(UserId(row.actor), row.what, row.subject, row.at) for row in rows]


def _event_row(event: HistoryEvent) -> Values:
    return {
        "case_id": event.case_id,
        "sequence": event.sequence,
        "type": event.type.value,
        "schema": event.schema,
        "at": event.at,
        "actor": event.actor,
        "element": event.element,
        "version_id": event.version_id,
        "payload_digest": event.payload_digest,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }


def _event(row: Any) -> HistoryEvent:
    return HistoryEvent(
        case_id=CaseId(row.case_id),
        sequence=row.sequence,
        type=EventType(row.type),
        schema=row.schema,
        at=row.at,
        actor=UserId(row.actor),
        element=row.element,
        version_id=VersionId(row.version_id),
        payload_digest=row.payload_digest,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def _payload_row(payload: HistoryPayload) -> Values:
    return {
        "case_id": payload.case_id,
        "sequence": payload.sequence,
        "salt": payload.salt,
        "text": payload.text,
    }


def _payload(row: Any) -> HistoryPayload | None:
    return None if row.salt is None else HistoryPayload(CaseId(row.case_id), row.sequence, row.salt, row.text)


def _incident_row(one: Incident) -> Values:
    return {
        "id": one.id,
        "case_id": one.case_id,
        "token": one.token,
        "element": one.element,
        "kind": one.kind,
        "message": one.message,
        "opened_at": one.opened_at,
        "state": one.state.value,
        "attempts": one.attempts,
        "resolved_at": one.resolved_at,
        "resolved_by": one.resolved_by,
    }


def read_incident(row: Any) -> Incident:
    """The incident of a row."""
    return Incident(
        id=row.id,
        case_id=CaseId(row.case_id),
        token=Token(row.token),
        element=row.element,
        kind=row.kind,
        message=row.message,
        opened_at=row.opened_at,
        state=IncidentState(row.state),
        attempts=row.attempts,
        resolved_at=row.resolved_at,
        resolved_by=None if row.resolved_by is None else UserId(row.resolved_by),
    )
