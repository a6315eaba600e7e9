from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.actor import Membership, Role
from engine.errors import Conflict
from engine.ids import UnitId, UserId
from engine.ports import Store, Unit
from tests.builders import a_session, a_user


def test_a_user_is_read_back_and_replaced(store: Store) -> None:
    memberships = (
        Membership(UnitId("south"), frozenset({"coach", "reception"})),
        Membership(UnitId("north"), frozenset(), manages=True),
        Membership(UnitId("south"), frozenset({"unit-head"})),
    )
    full = a_user(password_hash="$argon2id$x", roles=frozenset({Role.AUDITOR, Role.DESIGNER}), memberships=memberships)
    with store.write() as work:
        work.people.put_user(full)
        work.commit()
    with store.read() as work:
        assert work.people.user(full.id) == full
        assert work.people.user_by_name("coach-1") == full
    fewer = replace(full, name="coach.one", memberships=memberships[:1], roles=frozenset(), is_active=False)
    with store.write() as work:
        work.people.put_user(fewer)
        work.commit()
    with store.read() as work:
        assert work.people.user(full.id) == fewer
        assert work.people.user_by_name("coach.one") == fewer
        assert work.people.user_by_name("coach-1") is None
        assert work.people.user(UserId("unknown")) is None


def test_users_come_by_name(store: Store) -> None:
    users = [
        a_user("3", name="a"),
        a_user("1", name="b", memberships=(Membership(UnitId("x")),)),
        a_user("2", name="å"),
    ]
    with store.write() as work:
        for user in reversed(users):
            work.people.put_user(user)
        work.commit()
    with store.read() as work:
        assert list(work.people.users()) == users


def test_a_name_belongs_to_one_user(store: Store) -> None:
    with store.write() as work:
        work.people.put_user(a_user("1", name="coach"))
        with pytest.raises(Conflict):
            work.people.put_user(a_user("2", name="coach"))


def test_units_come_by_name_and_are_replaced(store: Store) -> None:
    with store.write() as work:
        for unit in (Unit(UnitId("a"), "Väst"), Unit(UnitId("b"), "Norr"), Unit(UnitId("a"), "Öst")):
            work.people.put_unit(unit)
        work.commit()
    with store.read() as work:
        assert list(work.people.units()) == [Unit(UnitId("b"), "Norr"), Unit(UnitId("a"), "Öst")]


def test_a_session_lasts_until_it_is_deleted(store: Store) -> None:
    with store.write() as work:
        work.people.add_session(a_session())
        work.people.add_session(a_session("session-2"))
        work.commit()
    with store.write() as work, pytest.raises(Conflict):
        work.people.add_session(a_session())
    with store.write() as work:
        assert work.people.session("session-1") == a_session()
        work.people.delete_session("session-1")
        work.people.delete_session("unknown")
        work.commit()
    with store.read() as work:
        assert work.people.session("session-1") is None
        assert work.people.session("session-2") == a_session("session-2")


def test_expired_sessions_are_forgotten_and_others_kept(store: Store) -> None:
    kept = a_session("kept")
    with store.write() as work:
        work.people.add_session(replace(a_session("gone"), expires_at=kept.expires_at - timedelta(hours=1)))
        work.people.add_session(kept)
        work.commit()
    with store.write() as work:
        work.people.delete_sessions_before(kept.expires_at - timedelta(minutes=1))
        work.commit()
    with store.read() as work:
        assert work.people.session("gone") is None
        assert work.people.session("kept") == kept


def test_a_users_sessions_end_together(store: Store) -> None:
    others = a_session("three", user="coach-2")
    with store.write() as work:
        for user in ("coach-1", "coach-2"):
            work.people.put_user(a_user(user))
        for session in (a_session("one"), a_session("two"), others):
            work.people.add_session(session)
        work.people.delete_sessions_of(UserId("coach-1"))
        work.commit()
    with store.read() as work:
        assert (work.people.session("one"), work.people.session("two")) == (None, None)
        assert work.people.session(others.id) == others
