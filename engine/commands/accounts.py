"""Local accounts and units: who there is, and what they may do. Only an administrator, or the system, changes them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from ..actor import Role
from ..errors import Conflict, NotAllowed, NotFound, Rejected
from ..ids import UserId
from ..ports import Access, Unit, User
from .occurrence import Occurrence
from .sessions import hash_password

SHORTEST_PASSWORD: Final = 12
_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?", re.ASCII)


def add_unit(at: Occurrence, unit: Unit) -> None:
    """A new unit. Raises NotAllowed, Rejected, Conflict."""
    _require(at)
    _check_name(unit.id, "unit's id")
    if any(known.id == unit.id for known in at.unit.people.units()):
        raise Conflict(f"There is a unit {unit.id} already. Choose another id.")
    at.unit.people.put_unit(unit)


def add_user(at: Occurrence, user: User, password: str) -> None:
    """A new account; its id is its sign-in name, which never changes. Raises NotAllowed, Rejected, NotFound, Conflict."""
    _require(at)
    _check_name(user.name, "sign-in name")
    _check_units(at, user)
    if at.unit.people.user_by_name(user.name) is not None or at.unit.people.user(user.id) is not None:
        raise Conflict(f"There is an account {user.name} already. Choose another name.")
    at.unit.people.put_user(replace(user, password_hash=_hashed(password)))
    _note(at, "account-added", user.id)


def change_user(at: Occurrence, user: User) -> None:
    """Another name, other units, groups or roles, or a closed account: what `user` says. The password stays.

    Raises NotAllowed, NotFound.
    """
    _require(at)
    _check_units(at, user)
    known = _user(at, user.id)
    at.unit.people.put_user(replace(user, password_hash=known.password_hash))
    if not user.is_active:
        at.unit.people.delete_sessions_of(user.id)
    _note(at, "account-changed" if user.is_active or not known.is_active else "account-closed", user.id)


def set_password(at: Occurrence, id_: UserId, password: str) -> None:
    """Another password; whoever is signed in to the account must sign in again. Raises NotAllowed, NotFound, Rejected."""
    _require(at)
    at.unit.people.put_user(replace(_user(at, id_), password_hash=_hashed(password)))
    at.unit.people.delete_sessions_of(id_)
    _note(at, "account-password", id_)


def _require(at: Occurrence) -> None:
    if not at.actor.is_system and Role.ADMINISTRATOR not in at.actor.roles:
        raise NotAllowed("Only an administrator may change accounts and units.")


def _user(at: Occurrence, id_: UserId) -> User:
    user = at.unit.people.user(id_)
    if user is None:
        raise NotFound("user", id_)
    return user


def _check_name(name: str, what: str) -> None:
    if _NAME.fullmatch(name) is None:
        raise Rejected(
            f"A {what} has at most 64 small letters a-z, digits, dots, dashes and underscores, "
            "and begins and ends with a letter or digit."
        )


def _check_units(at: Occurrence, user: User) -> None:
    known = {unit.id for unit in at.unit.people.units()}
    for membership in user.memberships:
        if membership.unit not in known:
            raise NotFound("unit", membership.unit)


def _hashed(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        message = f"The password has fewer than {SHORTEST_PASSWORD} characters. Choose a longer one, several words for example."
        raise Rejected(message)
    return hash_password(password)


def _note(at: Occurrence, what: str, id_: UserId) -> None:
    at.unit.access_log.add(Access(at.actor.id, what, f"user:{id_}", at.now))
