"""Who is asking: the session behind the cookie, and proof that the request came from our own pages.

Every operation needs a session unless it says `opt={PUBLIC: True}`. A request that changes something must also carry
the session's token in X-CSRF-Token, which a foreign site can neither read nor make a browser send.
"""

from __future__ import annotations

from secrets import compare_digest
from typing import Any

from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.middleware.authentication import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.params import SkipValidation
from litestar.types import ASGIApp

from engine.actor import Actor
from engine.clock import Clock
from engine.commands.sessions import SignedIn, find_session
from engine.finding import FieldProblem
from engine.ports import Store

from .bodies import JsonRequest
from .problems import LONGEST_TOLD, MOST_TOLD, Problem
from .settings import ApiSettings

PUBLIC = "public"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_LONGEST_SECRET = 100

Connection = ASGIConnection[Any, Any, Any, Any]  # Any: as Litestar's guards and middleware are typed
Me = NamedDependency[SkipValidation[SignedIn]]
Asker = NamedDependency[SkipValidation[Actor]]


class SignInMiddleware(AbstractAuthenticationMiddleware):
    """Puts the signed-in actor and session on the request, or answers 401."""

    def __init__(self, app: ASGIApp, *, store: Store, clock: Clock, settings: ApiSettings) -> None:
        super().__init__(app, exclude_from_auth_key=PUBLIC)
        self._store, self._clock, self._settings = store, clock, settings

    async def authenticate_request(self, connection: Connection) -> AuthenticationResult:
        secret = connection.cookies.get(self._settings.cookie_name, "")
        if not secret or len(secret) > _LONGEST_SECRET:
            raise Problem("not-signed-in")
        if self._store.is_far:
            found = await sync_to_thread(find_session, self._store, secret, now=self._clock.now())
        else:  # a few rows of a file here cost less than asking another thread for them
            found = find_session(self._store, secret, now=self._clock.now())
        if found is None:
            raise Problem("not-signed-in")
        _require_csrf_token(connection, found)
        return AuthenticationResult(user=found.actor, auth=found)


async def refuse_nul(connection: Connection, _: BaseRouteHandler) -> None:
    """A guard against the one character that databases cannot keep, in the address or its parameters."""
    if "\0" in connection.scope["path"]:
        raise Problem("invalid-request")
    if b"%00" not in connection.scope["query_string"]:
        return
    sv, en = "Ta bort tecknet NUL.", "Remove the NUL character."
    names = {name: None for name, value in connection.query_params.multi_items() if "\0" in str(value) and "\0" not in name}
    problems = [FieldProblem(f"?{name[:LONGEST_TOLD]}", "characters", sv, en) for name in names]
    raise Problem("invalid-request", problems=problems[:MOST_TOLD])


def own_origin_guard(settings: ApiSettings) -> Any:  # Any: Litestar's Guard is a string at run time
    """A guard that refuses requests which another site's page made a browser send."""

    async def require_own_origin(connection: Connection, _: BaseRouteHandler) -> None:
        origin = connection.headers.get("origin")
        if origin is None or not _changes_something(connection):
            return
        if not settings.is_own_origin(origin, connection.headers.get("host", "")):
            raise Problem("foreign-origin")

    return require_own_origin


def signed_in(request: JsonRequest) -> SignedIn:
    """The session of whoever asks; operations without a session must not ask for it."""
    found: SignedIn = request.auth
    return found


# What an operation needs is made one after the other, each with the one before it: for several that do not know of each
# other the framework begins a task each, which costs more than all of them.


def provide_me(request: JsonRequest, engine: NamedDependency[SkipValidation[object]]) -> SignedIn:
    """See `signed_in`."""
    return signed_in(request)


def provide_asker(request: JsonRequest, engine: NamedDependency[SkipValidation[object]]) -> Actor:
    """Whoever asks."""
    return signed_in(request).actor


def _require_csrf_token(connection: Connection, signed_in: SignedIn) -> None:
    if not _changes_something(connection):
        return
    token = connection.headers.get("x-csrf-token", "")
    if not compare_digest(token.encode(), signed_in.session.csrf.encode()):
        raise Problem("csrf-token-wrong")


def _changes_something(connection: Connection) -> bool:
    return connection.scope.get("method") not in SAFE_METHODS
