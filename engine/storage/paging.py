"""Places in ordered lists, and the opaque cursors that stand for them. One order for every store."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from ..canonical import Json, dumps, loads
from ..case import Case, Incident, IncidentState
from ..errors import Rejected
from ..queries import TaskOrder
from ..task import UserTask

END_OF_TIME = datetime.max.replace(tzinfo=UTC)
"""Stands for "no due time" in an order: those without come last."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class TaskPlace:
    """Where a task stands in a list of tasks."""

    by: TaskOrder
    due: datetime
    priority: int
    created_at: datetime
    id: str

    @classmethod
    def of(cls, task: UserTask, by: TaskOrder) -> Self:
        return cls(by, task.due or END_OF_TIME, task.priority, task.created_at, task.id)

    @classmethod
    def at(cls, cursor: str, by: TaskOrder) -> Self:
        """The place a cursor stands for.

        Raises:
            Rejected: no page of tasks in this order gave this cursor.
        """
        match _read(cursor):
            case ["task", str(order), int(due), int(priority), int(created), str(id_)] if (
                order == by.value and abs(priority) < 2**31
            ):
                return cls(by, _moment(due), priority, _moment(created), id_)
            case _:
                raise _refusal()

    @property
    def order(self) -> tuple[datetime | int | str, ...]:
        """Sorts places of one order."""
        match self.by:
            case TaskOrder.DUE:
                return self.due, -self.priority, self.created_at, self.id
            case TaskOrder.CREATED:
                return -_micros(self.created_at), self.id
            case TaskOrder.PRIORITY:
                return -self.priority, self.due, self.created_at, self.id

    def cursor(self) -> str:
        return _write(["task", self.by.value, _micros(self.due), self.priority, _micros(self.created_at), self.id])


@dataclass(frozen=True, slots=True)
class CasePlace:
    """Where a case stands in a list of cases."""

    started_at: datetime
    id: str

    @classmethod
    def of(cls, case: Case) -> Self:
        return cls(case.started_at, case.id)

    @classmethod
    def at(cls, cursor: str) -> Self:
        """The place a cursor stands for.

        Raises:
            Rejected: no page of cases gave this cursor.
        """
        match _read(cursor):
            case ["case", int(started), str(id_)]:
                return cls(_moment(started), id_)
            case _:
                raise _refusal()

    @property
    def order(self) -> tuple[datetime, str]:
        """Sorts places from the oldest on; lists of cases run the other way."""
        return self.started_at, self.id

    def cursor(self) -> str:
        return _write(["case", _micros(self.started_at), self.id])


@dataclass(frozen=True, slots=True)
class IncidentPlace:
    """Where an incident stands in a list: an open one by when it was opened, a solved one by when it was solved; of several at
    once, by the order in which they were stored.
    """

    state: IncidentState
    moment: datetime
    serial: int

    @classmethod
    def of(cls, incident: Incident, serial: int) -> Self:
        return cls(incident.state, incident.resolved_at or incident.opened_at, serial)

    @classmethod
    def at(cls, cursor: str, state: IncidentState) -> Self:
        """The place a cursor stands for.

        Raises:
            Rejected: no page of incidents in this state gave this cursor.
        """
        match _read(cursor):
            case ["incident", str(written), int(moment), int(serial)] if written == state.value and 0 <= serial < 2**63:
                return cls(state, _moment(moment), serial)
            case _:
                raise _refusal()

    @property
    def order(self) -> tuple[datetime, int]:
        """Sorts places from the earliest on; lists of solved incidents run the other way."""
        return self.moment, self.serial

    def cursor(self) -> str:
        return _write(["incident", self.state.value, _micros(self.moment), self.serial])


@dataclass(frozen=True, slots=True)
class OutgoingPlace:
    """Where a message stands among those to parties outside: each is put after all that were there."""

    serial: int

    @classmethod
    def at(cls, cursor: str) -> Self:
        """The place a cursor stands for.

        Raises:
            Rejected: no page of messages to parties outside gave this cursor.
        """
        match _read(cursor):
            case ["outgoing", int(serial)] if 0 <= serial < 2**63:
                return cls(serial)
            case _:
                raise _refusal()

    def cursor(self) -> str:
        return _write(["outgoing", self.serial])


@dataclass(frozen=True, slots=True)
class JobPlace:
    """Where a job stands among all: each is put after those that were ordered before it."""

    serial: int

    @classmethod
    def at(cls, cursor: str) -> Self:
        """The place a cursor stands for.

        Raises:
            Rejected: no page of jobs gave this cursor.
        """
        match _read(cursor):
            case ["job", int(serial)] if 0 <= serial < 2**63:
                return cls(serial)
            case _:
                raise _refusal()

    def cursor(self) -> str:
        return _write(["job", self.serial])


@dataclass(frozen=True, slots=True)
class LostPlace:
    """Where a message stands among those that nobody received: by when it was sent."""

    sent_at: datetime
    id: str

    @classmethod
    def at(cls, cursor: str) -> Self:
        """The place a cursor stands for.

        Raises:
            Rejected: no page of messages that nobody received gave this cursor.
        """
        match _read(cursor):
            case ["lost", int(sent), str(id_)]:
                return cls(_moment(sent), id_)
            case _:
                raise _refusal()

    def cursor(self) -> str:
        return _write(["lost", _micros(self.sent_at), self.id])


def _write(parts: Sequence[str | int]) -> str:
    return base64.urlsafe_b64encode(dumps(list(parts)).encode()).decode().rstrip("=")


def _read(cursor: str) -> Json:
    try:
        if len(cursor) > _LONGEST:
            raise ValueError("longer than any cursor of ours")
        parts = loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode())
    except (ValueError, binascii.Error, RecursionError) as error:
        raise _refusal() from error
    if not isinstance(parts, list) or not all(_is_ours(part) for part in parts):
        raise _refusal()
    return parts


def _is_ours(part: Json) -> bool:
    return (isinstance(part, int) and not isinstance(part, bool)) or (isinstance(part, str) and part.isprintable())


def _refusal() -> Rejected:
    return Rejected("The cursor is not one that a page of this list gave. Start again from the first page.")


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _moment(micros: int) -> datetime:
    try:
        return _EPOCH + timedelta(microseconds=micros)
    except OverflowError as error:
        raise _refusal() from error
