"""Messages to parties outside, in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import sqlalchemy as sa

from ...canonical import Json
from ...ids import CaseId, UnitId, UserId
from ...queries import Page
from ...wait import OutgoingMessage
from ..json_text import read_json, write_json
from ..paging import OutgoingPlace
from .connection import Connection
from .tables import case_instance, case_member, outgoing_message


class SqlOutgoing:
    """See `ports.Outgoing`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, message: OutgoingMessage) -> None:
        row = {
            "id": message.id,
            "case_id": message.case_id,
            "participant": message.participant,
            "name": message.name,
            "key": write_json(message.key),
            "payload": write_json(message.payload),
            "sent_at": message.sent_at,
        }
        self._connection.execute(sa.insert(outgoing_message), row)

    def get(self, id_: str) -> OutgoingMessage | None:
        row = self._connection.execute(sa.select(outgoing_message).where(outgoing_message.c.id == id_)).one_or_none()
        return None if row is None else _message(row)

    def waiting(
        self,
        participant: str,
        limit: int,
        cursor: str | None = None,
        *,
        reader: UserId | None = None,
        units: frozenset[UnitId] = frozenset(),
    ) -> Page[OutgoingMessage]:
        found = sa.select(outgoing_message).order_by(outgoing_message.c.serial).limit(limit + 1)
        if cursor is not None:
            found = found.where(outgoing_message.c.serial > OutgoingPlace.at(cursor).serial)
        if participant:
            found = found.where(outgoing_message.c.participant == participant)
        if reader is not None:
            case_id = outgoing_message.c.case_id
            of_units = sa.exists().where(case_instance.c.id == case_id, case_instance.c.unit.in_(sorted(units)))
            is_member = sa.exists().where(case_member.c.case_id == case_id, case_member.c.user_id == reader)
            found = found.where(sa.or_(of_units, is_member))
        rows = self._connection.execute(found).all()
        next_ = OutgoingPlace(rows[limit - 1].serial).cursor() if len(rows) > limit > 0 else None
        return Page(tuple(_message(row) for row in rows[:limit]), next_)

    def remove(self, id_: str) -> bool:
        gone = sa.delete(outgoing_message).where(outgoing_message.c.id == id_).returning(outgoing_message.c.id)
        return self._connection.execute(gone).first() is not None


def _message(row: Any) -> OutgoingMessage:
    return OutgoingMessage(
        id=row.id,
        case_id=CaseId(row.case_id),
        participant=row.participant,
        name=row.name,
        key=cast("Mapping[str, Json]", read_json(row.key)),
        payload=cast("Mapping[str, Json]", read_json(row.payload)),
        sent_at=row.sent_at,
    )
