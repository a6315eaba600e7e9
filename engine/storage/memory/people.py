"""Users, units and sessions, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ...ids import UserId
from ...ports import Session, Unit, User
from ..refusals import taken
from .tables import Tables


class MemoryPeople:
    """See `ports.People`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def put_unit(self, unit: Unit) -> None:
        self._tables.units.put(unit.id, unit)

    def units(self) -> Sequence[Unit]:
        return sorted(self._tables.units.values(), key=lambda unit: (unit.name, unit.id))

    def put_user(self, user: User) -> None:
        namesake = self.user_by_name(user.name)
        if namesake is not None and namesake.id != user.id:
            raise taken("user named", user.name)
        self._tables.users.put(user.id, user)

    def user(self, id_: UserId) -> User | None:
        return self._tables.users.get(id_)

    def user_by_name(self, name: str) -> User | None:
        return next((user for user in self._tables.users.values() if user.name == name), None)

    def users(self) -> Sequence[User]:
        return sorted(self._tables.users.values(), key=lambda user: user.name)

    def add_session(self, session: Session) -> None:
        if session.id in self._tables.sessions:
            raise taken("session", "with this id")
        self._tables.sessions.put(session.id, session)

    def session(self, id_: str) -> Session | None:
        return self._tables.sessions.get(id_)

    def delete_session(self, id_: str) -> None:
        self._tables.sessions.remove(id_)

    def delete_sessions_of(self, id_: UserId) -> None:
        for session in [session for session in self._tables.sessions.values() if session.user_id == id_]:
            self._tables.sessions.remove(session.id)

    def delete_sessions_before(self, now: datetime) -> None:
        for session in [session for session in self._tables.sessions.values() if session.expires_at <= now]:
            self._tables.sessions.remove(session.id)
