"""History, incidents and the access log, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import sqlalchemy as sa

from ...canonical import Json, dumps, loads
from ...case import Incident, IncidentState
from ...chain_heads import CaseHead
from ...errors import HistoryDamaged
from ...history import ChainHead, EventType, HistoryEvent, HistoryPayload
from ...ids import CaseId, Token, UserId, VersionId
from ...ports import Access
from .case_reads import OPEN_INCIDENTS
from .connection import Connection
from .errors import NotText
from .rows import but_key
from .statement import Statement, Values
from .tables import access_log, case_instance, history_event, history_payload, incident

_ADD_EVENT = Statement(sa.insert(history_event))
_ADD_PAYLOAD = Statement(sa.insert(history_payload))
_ADD_ACCESS = Statement(sa.insert(access_log))
_HEADER = tuple(history_event.c.keys())
_TYPES = frozenset(EventType)


class SqlHistories:
    """See `ports.Histories`. The database itself refuses to change or delete an event."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, linked: Iterable[tuple[HistoryEvent, HistoryPayload]]) -> None:
        rows = [(_event_row(event), _payload_row(payload)) for event, payload in linked]
        if rows:
            self._connection.later(_ADD_EVENT, *(event for event, _ in rows))
            self._connection.later(_ADD_PAYLOAD, *(payload for _, payload in rows))

    def of_case(
        self, case_id: CaseId, *, after: int = 0, limit: int | None = None
    ) -> Sequence[tuple[HistoryEvent, HistoryPayload | None]]:
        select = self._stored(case_id).where(history_event.c.sequence > after).limit(limit)
        return list(self._read(case_id, select, after))

    def latest(
        self, case_id: CaseId, types: frozenset[EventType], *, before: int | None = None, limit: int | None = None
    ) -> Sequence[tuple[HistoryEvent, HistoryPayload | None]]:
        select = self._stored(case_id).where(history_event.c.type.in_(sorted(types)))
        if before is not None:
            select = select.where(history_event.c.sequence < before)
        newest_first = select.order_by(None).order_by(history_event.c.sequence.desc()).limit(limit)
        return list(self._read(case_id, newest_first, 0))

    def chain_of(self, case_id: CaseId) -> Iterator[tuple[HistoryEvent, HistoryPayload | None]]:
        return self._read(case_id, self._stored(case_id), 0)

    def heads(self, named: Collection[str] | None = None, *, limit: int | None = None) -> Sequence[CaseHead]:
        columns = case_instance.c
        select = sa.select(columns.id, columns.number, columns.history_sequence, columns.history_hash)
        if named is not None:
            select = select.where(columns.number.in_(named) | columns.id.in_(named))
        rows = self._connection.execute(select.order_by(columns.started_at.desc(), columns.id.desc()).limit(limit))
        return [CaseHead(CaseId(row.id), row.number, ChainHead(row.history_sequence, row.history_hash)) for row in rows]

    def without_case(self) -> Sequence[CaseId]:
        is_there = sa.exists().where(case_instance.c.id == history_event.c.case_id)
        rows = self._connection.execute(sa.select(history_event.c.case_id).where(~is_there).distinct())
        return sorted(CaseId(row.case_id) for row in rows)

    def erase(self, case_id: CaseId, sequences: Iterable[int]) -> None:
        columns = history_payload.c
        rows = [{"gone": sequence} for sequence in sequences]
        if rows:
            one = (columns.case_id == case_id) & (columns.sequence == sa.bindparam("gone"))
            self._connection.execute(sa.delete(history_payload).where(one), rows)

    def _stored(self, case_id: CaseId) -> sa.Select[Any]:
        """Time is read as text, so that one that is no time is told as such and not by the driver."""
        events, payloads = history_event.c, history_payload.c
        same = (payloads.case_id == events.case_id) & (payloads.sequence == events.sequence)
        at: sa.ColumnElement[str] = sa.cast(events.at, sa.Text)
        if self._connection.dialect.name == "postgresql":
            at = sa.func.to_char(sa.func.timezone("UTC", events.at), 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
        header = [column for column in events if column is not events.at]
        return (
            sa.select(*header, at.label("at"), payloads.salt, payloads.text)
            .select_from(history_event.outerjoin(history_payload, same))
            .where(events.case_id == case_id)
            .order_by(events.sequence)
        )

    def _read(
        self, case_id: CaseId, select: sa.Select[Any], after: int
    ) -> Iterator[tuple[HistoryEvent, HistoryPayload | None]]:
        try:
            for row in self._connection.execute(select):
                after = row.sequence if isinstance(row.sequence, int) else after + 1
                yield _event(row, case_id, after), _payload(row, case_id, after)
        except NotText as error:
            raise HistoryDamaged(case_id, after + 1, "it holds bytes that are no text") from error


class SqlIncidents:
    """See `ports.Incidents`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, incident_: Incident) -> None:
        self._connection.execute(sa.insert(incident), _incident_row(incident_))

    def get(self, id_: str) -> Incident | None:
        return self._first(sa.select(incident).where(incident.c.id == id_))

    def of_case(self, case_id: CaseId) -> Sequence[Incident]:
        return self._all(incident.c.case_id == case_id)

    def open_of_case(self, case_id: CaseId) -> Sequence[Incident]:
        return [read_incident(row) for row in self._connection.rows(OPEN_INCIDENTS, {"id": case_id})]

    def open_for(self, case_id: CaseId, token: Token) -> Incident | None:
        columns = incident.c
        open_ = sa.select(incident).where(columns.case_id == case_id, columns.token == token, columns.state == "open")
        return self._first(open_.order_by(columns.serial.desc()).limit(1))

    def save(self, incident_: Incident) -> None:
        same = incident.c.id == incident_.id
        self._connection.execute(sa.update(incident).where(same).values(but_key(_incident_row(incident_))))

    def _all(self, *conditions: sa.ColumnElement[bool]) -> Sequence[Incident]:
        select = sa.select(incident).where(*conditions).order_by(incident.c.serial)
        return [read_incident(row) for row in self._connection.execute(select)]

    def _first(self, select: sa.Select[Any]) -> Incident | None:
        row = self._connection.execute(select).one_or_none()
        return None if row is None else read_incident(row)


class SqlAccessLog:
    """See `ports.AccessLog`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, access: Access) -> None:
        row: Values = {"actor": access.actor, "what": access.what, "subject": access.subject, "at": access.at}
        self._connection.later(_ADD_ACCESS, row)

    def of_subject(self, subject: str) -> Sequence[Access]:
        select = sa.select(access_log).where(access_log.c.subject == subject).order_by(access_log.c.serial)
        return [_read_access(row) for row in self._connection.execute(select)]

    def page(self, subject: str, *, before: int | None, limit: int) -> Sequence[tuple[int, Access]]:
        columns = access_log.c
        select = sa.select(access_log).where(columns.subject == subject).order_by(columns.serial.desc()).limit(limit)
        if before is not None:
            select = select.where(columns.serial < before)
        return [(row.serial, _read_access(row)) for row in self._connection.execute(select)]


def _read_access(row: sa.Row[Any]) -> Access:
    return Access(UserId(row.actor), row.what, row.subject, row.at)


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


def _event(row: Any, case_id: CaseId, sequence: int) -> HistoryEvent:
    for name in _HEADER:
        if not isinstance(getattr(row, name), int if name in ("sequence", "schema") else str):
            raise HistoryDamaged(case_id, sequence, f"its {name} is of the wrong kind")
    if row.type not in _TYPES:
        raise HistoryDamaged(case_id, sequence, "its type is none that this release knows")
    try:
        at = datetime.fromisoformat(row.at).astimezone(UTC)
    except ValueError as error:
        raise HistoryDamaged(case_id, sequence, "its time cannot be read") from error
    if at.isoformat(timespec="microseconds") != row.at:
        raise HistoryDamaged(case_id, sequence, "its time is not written as it was")
    return HistoryEvent(
        case_id=CaseId(row.case_id),
        sequence=row.sequence,
        type=EventType(row.type),
        schema=row.schema,
        at=at,
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


def _payload(row: Any, case_id: CaseId, sequence: int) -> HistoryPayload | None:
    if row.salt is None and row.text is None:
        return None
    if not isinstance(row.salt, str) or not isinstance(row.text, str):
        raise HistoryDamaged(case_id, sequence, "its payload is no text")
    return HistoryPayload(CaseId(row.case_id), row.sequence, row.salt, row.text)


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
        "name": one.name,
        "name_en": one.name_en,
        "reads": _reads_and_swedish(one),
        "tried_at": one.tried_at,
    }


def read_incident(row: Any) -> Incident:
    """The incident of a row."""
    kept = loads(row.reads)
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
        name=row.name,
        name_en=row.name_en,
        reads=tuple(map(str, cast("list[str]", kept["reads"] if isinstance(kept, dict) else kept))),
        tried_at=row.tried_at,
        message_sv=swedish_of(row.reads),
    )


def _reads_and_swedish(one: Incident) -> str:
    """The paths; with the message in Swedish an object of both, so that a table of before holds it too."""
    reads: list[Json] = [*one.reads]
    return dumps({"reads": reads, "sv": one.message_sv} if one.message_sv not in ("", one.message) else reads)


def swedish_of(reads: str | None) -> str:
    """The message in Swedish out of the column `reads`; empty where it is not there."""
    kept = loads(reads) if reads else None
    return str(kept["sv"]) if isinstance(kept, dict) else ""
