"""Waits, messages and deliveries, in SQL."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from ...canonical import Json
from ...case import CaseStatus
from ...ids import CaseId, Token, UserId
from ...queries import Page
from ...wait import Delivery, Message, Wait, WaitKind
from ...wakeup import Wakeup, of_delivery, of_timer
from ..json_text import read_json, write_json
from ..paging import LostPlace
from .case_reads import WAITS
from .connection import Connection
from .damaged import readable
from .statement import Statement, Values
from .tables import case_instance, delivery, message, wait

_OPEN = Statement(sa.insert(wait))
_CLOSE = Statement(sa.delete(wait).where(wait.c.case_id == sa.bindparam("id"), wait.c.token == sa.bindparam("token")))
_IS_TIMER = sa.text("kind = 'timer'")  # as the index says it: with a parameter SQLite would not use the index
_IS_MESSAGE = sa.text("kind = 'message'")
_IS_SIGNAL = sa.text("kind = 'signal'")
_IS_LOST = sa.text("message.is_lost")
_IS_PENDING = delivery.c.finished_at.is_(None)


class SqlWaits:
    """See `ports.Waits`. What has a time of its own, or is on its way, is told to `tell`."""

    def __init__(self, connection: Connection, tell: Callable[[Wakeup], None]) -> None:
        self._connection = connection
        self._tell = tell

    def open(self, wait_: Wait) -> None:
        self._connection.later(_OPEN, _wait_row(wait_))
        if wait_.kind is WaitKind.TIMER:
            self._tell(of_timer(wait_))

    def close(self, case_id: CaseId, token: Token) -> None:
        self._connection.later(_CLOSE, {"id": case_id, "token": token})

    def get(self, case_id: CaseId, token: Token) -> Wait | None:
        select = sa.select(wait).where(wait.c.case_id == case_id, wait.c.token == token)
        row = self._connection.execute(select).one_or_none()
        return None if row is None else _wait(row)

    def of_case(self, case_id: CaseId) -> Sequence[Wait]:
        return [_wait(row) for row in self._connection.rows(WAITS, {"id": case_id})]

    def due(self, now: datetime, limit: int) -> Sequence[Wait]:
        due = _timers(wait).where(wait.c.due <= now)
        return readable(self._connection, due, limit, wait, _wait)

    def next_due(self, after: datetime | None = None) -> datetime | None:
        timers = _timers(wait.c.due) if after is None else _timers(wait.c.due).where(wait.c.due > after)
        return cast("datetime | None", self._connection.execute(timers.limit(1)).scalar_one_or_none())

    def lock_message(self, name: str, key_hash: str) -> None:
        if self._connection.dialect.name == "postgresql":  # in SQLite writers take turns anyhow
            lock = int.from_bytes(hashlib.sha256(f"{name}\n{key_hash}".encode()).digest()[:8], signed=True)
            self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.cast(lock, sa.BigInteger))))

    def waiting_for(self, name: str, key_hash: str) -> Sequence[Wait]:
        fitting = sa.select(wait).where(_IS_MESSAGE, wait.c.name == name, wait.c.key_hash == key_hash)
        return self._waits(fitting.order_by(wait.c.opened_at, wait.c.case_id, wait.c.token))

    def waiting_for_signal(self, name: str) -> Sequence[Wait]:
        fitting = sa.select(wait).where(_IS_SIGNAL, wait.c.name == name)
        return self._waits(fitting.order_by(wait.c.opened_at, wait.c.case_id, wait.c.token))

    def add_message(self, message_: Message) -> None:
        self._connection.execute(sa.insert(message), _message_row(message_))

    def message(self, id_: str) -> Message | None:
        row = self._connection.execute(sa.select(message).where(message.c.id == id_)).one_or_none()
        return None if row is None else _message(row)

    def save_message(self, message_: Message) -> None:
        changes = {"payload": write_json(message_.payload), "is_lost": message_.is_lost}
        self._connection.execute(sa.update(message).where(message.c.id == message_.id).values(changes))

    def delete_message(self, id_: str) -> bool:
        gone = sa.delete(message).where(message.c.id == id_).returning(message.c.id)
        return self._connection.execute(gone).first() is not None

    def expired_unmatched(self, now: datetime, limit: int) -> Sequence[Message]:
        is_sent = sa.exists().where(delivery.c.message_id == message.c.id)
        expired = sa.select(message).where(message.c.expires_at <= now, message.c.is_lost.is_(False), ~is_sent)
        return [
            _message(row)
            for row in self._connection.execute(expired.order_by(message.c.expires_at, message.c.serial).limit(limit))
        ]

    def lost_messages(self, limit: int, cursor: str | None = None) -> Page[Message]:
        order = (message.c.sent_at, message.c.id)
        lost = sa.select(message).where(_IS_LOST).order_by(*order).limit(limit + 1)
        if cursor is not None:
            place = LostPlace.at(cursor)
            after = sa.tuple_(sa.literal(place.sent_at, message.c.sent_at.type), sa.literal(place.id))
            lost = lost.where(sa.tuple_(*order) > after)
        found = [_message(row) for row in self._connection.execute(lost)]
        next_ = LostPlace(found[limit - 1].sent_at, found[limit - 1].id).cursor() if len(found) > limit > 0 else None
        return Page(tuple(found[:limit]), next_)

    def delete_expired_messages(self, now: datetime, limit: int) -> int:
        moving = sa.exists().where(delivery.c.message_id == message.c.id, _IS_PENDING)
        is_sent = sa.exists().where(delivery.c.message_id == message.c.id)
        gone = sa.select(message.c.id).where(message.c.expires_at <= now, is_sent, ~moving).limit(limit)
        if self._connection.dialect.name == "postgresql":  # several workers may clear at once
            gone = gone.with_for_update(skip_locked=True)
        ids = list(self._connection.scalars(gone))
        self._connection.execute(sa.delete(delivery).where(delivery.c.message_id.in_(ids)))
        self._connection.execute(sa.delete(message).where(message.c.id.in_(ids)))
        return len(ids)

    def unmatched(self, name: str, key_hash: str, now: datetime) -> Sequence[Message]:
        is_sent = sa.exists().where(delivery.c.message_id == message.c.id)
        fitting = sa.select(message).where(message.c.name == name, message.c.key_hash == key_hash)
        waiting = fitting.where(message.c.expires_at > now, ~is_sent).order_by(message.c.serial)
        return [_message(row) for row in self._connection.execute(waiting)]

    def add_delivery(self, delivery_: Delivery) -> None:
        self._connection.execute(sa.insert(delivery), _delivery_row(delivery_))
        self._tell(of_delivery(delivery_))

    def pending_deliveries(self, limit: int) -> Sequence[Delivery]:
        moving = delivery.join(case_instance, case_instance.c.id == delivery.c.case_id)
        select = sa.select(delivery).select_from(moving).where(_IS_PENDING)
        awake = select.where(case_instance.c.status != CaseStatus.SUSPENDED.value).order_by(delivery.c.serial)
        return readable(self._connection, awake, limit, delivery, _delivery)

    def deliveries_of(self, message_id: str) -> Sequence[Delivery]:
        sent = sa.select(delivery).where(delivery.c.message_id == message_id).order_by(delivery.c.serial)
        rows = self._connection.execute(sent)
        return [_delivery(row) for row in rows]

    def finish_delivery(self, delivery_: Delivery, at: datetime) -> bool:
        same = [delivery.c[name] == value for name, value in _delivery_row(delivery_).items()]
        finished = sa.update(delivery).where(_IS_PENDING, *same).values(finished_at=at)
        return self._connection.execute(finished.returning(delivery.c.serial)).first() is not None

    def tell_again(self, case_id: CaseId) -> None:
        for timer in self._waits(_timers(wait).where(wait.c.case_id == case_id)):
            self._tell(of_timer(timer))
        moving = sa.select(delivery).where(_IS_PENDING, delivery.c.case_id == case_id).order_by(delivery.c.serial)
        for row in self._connection.execute(moving):
            self._tell(of_delivery(_delivery(row)))

    def _waits(self, select: sa.Select[Any]) -> Sequence[Wait]:
        return [_wait(row) for row in self._connection.execute(select)]


def _timers(what: sa.Table | sa.Column[Any]) -> sa.Select[Any]:
    """Timers of active cases, by due time."""
    rows = wait.join(case_instance, case_instance.c.id == wait.c.case_id)
    active = sa.select(what).select_from(rows).where(_IS_TIMER, case_instance.c.status == CaseStatus.ACTIVE.value)
    return active.where(wait.c.due.is_not(None)).order_by(wait.c.due, wait.c.case_id, wait.c.token)


def _wait_row(one: Wait) -> Values:
    return {
        "case_id": one.case_id,
        "token": one.token,
        "kind": one.kind.value,
        "element": one.element,
        "opened_at": one.opened_at,
        "due": one.due,
        "name": one.name,
        "key_hash": one.key_hash,
    }


def _wait(row: Any) -> Wait:
    return Wait(
        case_id=CaseId(row.case_id),
        token=Token(row.token),
        kind=WaitKind(row.kind),
        element=row.element,
        opened_at=row.opened_at,
        due=row.due,
        name=row.name,
        key_hash=row.key_hash,
    )


def _message_row(one: Message) -> Values:
    return {
        "id": one.id,
        "name": one.name,
        "key_hash": one.key_hash,
        "payload": write_json(one.payload),
        "sent_at": one.sent_at,
        "sent_by": one.sent_by,
        "expires_at": one.expires_at,
        "sent_from": one.sent_from,
        "is_lost": one.is_lost,
    }


def _message(row: Any) -> Message:
    return Message(
        id=row.id,
        name=row.name,
        key_hash=row.key_hash,
        payload=cast("Mapping[str, Json]", read_json(row.payload)),
        sent_at=row.sent_at,
        sent_by=UserId(row.sent_by),
        expires_at=row.expires_at,
        sent_from=None if row.sent_from is None else CaseId(row.sent_from),
        is_lost=row.is_lost,
    )


def _delivery_row(one: Delivery) -> Values:
    return {"message_id": one.message_id, "case_id": one.case_id, "token": one.token}


def _delivery(row: Any) -> Delivery:
    return Delivery(row.message_id, CaseId(row.case_id), Token(row.token))
