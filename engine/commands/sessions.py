"""Signing in with a local account, and the session that keeps somebody signed in.

The browser keeps a random secret; the database keeps only its SHA-256, so a stolen database signs nobody in. An unknown
name costs the same work and gets the same answer as a wrong password.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ..actor import Actor
from ..ports import Session, Store

_HASHER = PasswordHasher()
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is signed in: who they are now (units and roles are read afresh each time), and their session."""

    actor: Actor
    session: Session


def hash_password(password: str) -> str:
    """The password in argon2's encoded form, for `User.password_hash`. Every call gives another salt."""
    return _HASHER.hash(_normal(password))


def sign_in(
    store: Store, name: str, password: str, *, now: datetime, lifetime: timedelta = timedelta(hours=8)
) -> tuple[SignedIn, str] | None:
    """A new session and the secret that proves it, or None when name and password do not belong together.

    None says nothing about which of the two was wrong, and takes the same time either way. `now` is aware UTC.
    """
    with store.read() as unit:
        user = unit.people.user_by_name(name)
    may_sign_in = user is not None and user.is_active and user.password_hash != ""
    encoded = user.password_hash if user is not None and may_sign_in else _nobodys_hash()
    if not _is_right(encoded, password) or user is None or not may_sign_in:
        return None
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    session = Session(
        id=_digest(secret),
        user_id=user.id,
        csrf=secrets.token_urlsafe(_SECRET_BYTES),
        created_at=now,
        expires_at=now + lifetime,
    )
    with store.write() as unit:
        unit.people.delete_sessions_before(now)
        unit.people.add_session(session)
        unit.commit()
    return SignedIn(user.as_actor(), session), secret


def find_session(store: Store, secret: str, *, now: datetime) -> SignedIn | None:
    """Who the secret belongs to; None when nobody, or when the session has expired or the account was closed."""
    return _current(store, _digest(secret), now)


def renew(store: Store, session: Session, *, now: datetime) -> SignedIn | None:
    """Who the session belongs to now; None when it has ended, or the account was closed."""
    return _current(store, session.id, now)


def _current(store: Store, id_: str, now: datetime) -> SignedIn | None:
    with store.read() as unit:
        session = unit.people.session(id_)
        if session is None or session.expires_at <= now:
            return None
        user = unit.people.user(session.user_id)
    if user is None or not user.is_active:
        return None
    return SignedIn(user.as_actor(), session)


def sign_out(store: Store, session: Session) -> None:
    """End the session. Ending it twice changes nothing."""
    with store.write() as unit:
        unit.people.delete_session(session.id)
        unit.commit()


def _is_right(encoded: str, password: str) -> bool:
    try:
        return _HASHER.verify(encoded, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_urlsafe(_SECRET_BYTES))


def _normal(password: str) -> str:
    # The same letter arrives composed from one keyboard and decomposed from another.
    return unicodedata.normalize("NFC", password)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
