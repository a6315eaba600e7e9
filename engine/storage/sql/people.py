"""Users, units and sessions, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ...actor import Membership, Role
from ...ids import UnitId, UserId
from ...ports import Session, Unit, User
from .connection import Connection
from .rows import insert, names, read_name_set, read_names
from .statement import Statement, Values
from .tables import app_user, membership, session, unit

# Asked at every request.
_SESSION = Statement(sa.select(session).where(session.c.id == sa.bindparam("id")))
_USER = Statement(sa.select(app_user).where(app_user.c.id == sa.bindparam("id")))
_MEMBERSHIPS = Statement(
    sa.select(membership).where(membership.c.user_id == sa.bindparam("id")).order_by(membership.c.position)
)
# The same asked with a session: then nobody waits to hear whose it is.
_WHOSE = sa.select(session.c.user_id).where(session.c.id == sa.bindparam("id")).scalar_subquery()
_USER_OF_SESSION = Statement(sa.select(app_user).where(app_user.c.id == _WHOSE))
_MEMBERSHIPS_OF_SESSION = Statement(sa.select(membership).where(membership.c.user_id == _WHOSE).order_by(membership.c.position))


class SqlPeople:
    """See `ports.People`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put_unit(self, unit_: Unit) -> None:
        put = insert(self._connection, unit).values(id=unit_.id, name=unit_.name)
        self._connection.execute(put.on_conflict_do_update(index_elements=["id"], set_={"name": unit_.name}))

    def units(self) -> Sequence[Unit]:
        rows = self._connection.execute(sa.select(unit).order_by(unit.c.name, unit.c.id))
        return [Unit(UnitId(row.id), row.name) for row in rows]

    def put_user(self, user: User) -> None:
        row = _user_row(user)
        put = insert(self._connection, app_user).values(row)
        self._connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=row))
        self._connection.execute(sa.delete(membership).where(membership.c.user_id == user.id))
        memberships = [_membership_row(user, position) for position in range(len(user.memberships))]
        if memberships:
            self._connection.execute(sa.insert(membership), memberships)

    def user(self, id_: UserId) -> User | None:
        asked: Values = {"id": id_}
        self._connection.ahead([(_USER, asked), (_MEMBERSHIPS, asked)])
        row = self._connection.one(_USER, asked)
        return None if row is None else _user(row, self._connection.rows(_MEMBERSHIPS, asked))

    def user_by_name(self, name: str) -> User | None:
        return next(iter(self._users(app_user.c.name == name)), None)

    def users(self) -> Sequence[User]:
        return self._users(sa.true())

    def add_session(self, session_: Session) -> None:
        self._connection.execute(sa.insert(session), _session_row(session_))

    def session(self, id_: str) -> Session | None:
        asked: Values = {"id": id_}
        if self._connection.is_far:
            self._read_whose(asked)
        row = self._connection.one(_SESSION, asked)
        if row is None:
            return None
        return Session(row.id, UserId(row.user_id), row.csrf, row.created_at, row.expires_at)

    def _read_whose(self, asked: Values) -> None:
        """Read the session together with whom it belongs to, which is asked for next."""
        statements = (_SESSION, _USER_OF_SESSION, _MEMBERSHIPS_OF_SESSION)
        rows, user, memberships = self._connection.together([(statement, asked) for statement in statements])
        self._connection.remember(_SESSION, asked, rows)
        for row in rows:
            self._connection.remember(_USER, {"id": row.user_id}, user)
            self._connection.remember(_MEMBERSHIPS, {"id": row.user_id}, memberships)

    def delete_session(self, id_: str) -> None:
        self._connection.execute(sa.delete(session).where(session.c.id == id_))

    def delete_sessions_of(self, id_: UserId) -> None:
        self._connection.execute(sa.delete(session).where(session.c.user_id == id_))

    def delete_sessions_before(self, now: datetime) -> None:
        self._connection.execute(sa.delete(session).where(session.c.expires_at <= now))

    def _users(self, which: sa.ColumnElement[bool]) -> Sequence[User]:
        rows = self._connection.execute(sa.select(app_user).where(which).order_by(app_user.c.name)).all()
        of_user: dict[str, list[Any]] = {row.id: [] for row in rows}
        theirs = sa.select(membership).join(app_user, app_user.c.id == membership.c.user_id).where(which)
        for row in self._connection.execute(theirs.order_by(membership.c.user_id, membership.c.position)):
            of_user[row.user_id].append(row)
        return [_user(row, of_user[row.id]) for row in rows]


def _user_row(user: User) -> Values:
    return {
        "id": user.id,
        "name": user.name,
        "full_name": user.full_name,
        "password_hash": user.password_hash,
        "roles": names(role.value for role in user.roles),
        "is_active": user.is_active,
    }


def _membership_row(user: User, position: int) -> Values:
    one = user.memberships[position]
    return {
        "user_id": user.id,
        "position": position,
        "unit": one.unit,
        "groups": names(one.groups),
        "manages": one.manages,
    }


def _user(row: Any, memberships: Iterable[Any]) -> User:
    return User(
        id=UserId(row.id),
        name=row.name,
        full_name=row.full_name,
        password_hash=row.password_hash,
        roles=frozenset(Role(role) for role in read_names(row.roles)),
        memberships=tuple(Membership(UnitId(one.unit), read_name_set(one.groups), one.manages) for one in memberships),
        is_active=row.is_active,
    )


def _session_row(session_: Session) -> Values:
    return {
        "id": session_.id,
        "user_id": session_.user_id,
        "csrf": session_.csrf,
        "created_at": session_.created_at,
        "expires_at": session_.expires_at,
    }
