"""Signing in and out, and who one is."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, delete, get, post
from litestar.datastructures import Cookie, ResponseHeader
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation

from engine.commands.sessions import SignedIn, sign_in, sign_out

from .bodies import Body, View
from .compression import UNCOMPRESSED
from .identity import PUBLIC, Me
from .parts import Engine
from .people import MembershipView
from .problems import Problem, declared
from .settings import ApiSettings
from .throttle import SignInThrottle


class NewSession(Body, frozen=True, kw_only=True):
    """Name and password of a local account."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200, description="The name one signs in with.")]
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=1000, description="The password.")]


class SessionView(View, frozen=True, kw_only=True):
    """Who is signed in, and what the next requests need."""

    user_id: str
    name: Annotated[str, msgspec.Meta(description="The display name.")]
    memberships: list[MembershipView]
    roles: Annotated[list[str], msgspec.Meta(description="`designer`, `auditor`, `administrator`, `worker`.")]
    csrf_token: Annotated[str, msgspec.Meta(description="Send it as X-CSRF-Token with every request that changes something.")]
    expires_at: datetime

    @classmethod
    def of(cls, signed_in: SignedIn) -> SessionView:
        actor, session = signed_in.actor, signed_in.session
        return cls(
            user_id=actor.id,
            name=actor.name,
            memberships=[MembershipView.of(one) for one in actor.memberships],
            roles=sorted(actor.roles),
            csrf_token=session.csrf,
            expires_at=session.expires_at,
        )


Settings = NamedDependency[SkipValidation[ApiSettings]]
Throttle = NamedDependency[SkipValidation[SignInThrottle]]


@post(
    "/session",
    summary="Sign in",
    tags=["Session"],
    opt={PUBLIC: True, UNCOMPRESSED: True},
    security=[{}],
    sync_to_thread=True,
    response_headers=[ResponseHeader(name="Set-Cookie", description="The session cookie.", documentation_only=True)],
    responses=declared("sign-in-refused", "too-many-attempts", "foreign-origin", "body-too-large", "unsupported-media-type"),
)
def create_session(engine: Engine, settings: Settings, throttle: Throttle, data: JSONBody[NewSession]) -> Response[SessionView]:
    """Signs in with a local account and sets the session cookie (HttpOnly, SameSite=Lax, Secure over https).

    An unknown name and a wrong password get the same answer after the same time. After five failures for a name there
    is a pause that doubles with each further one, at most five minutes; Retry-After says how long.
    """
    now = engine.clock.now()
    with throttle.attempt(data.name, now):
        found = sign_in(engine.store, data.name, data.password, now=now, lifetime=settings.session_lifetime)
    if found is None:
        raise Problem("sign-in-refused")
    throttle.forget(data.name)
    signed_in, secret = found
    return Response(SessionView.of(signed_in), cookies=[_cookie(settings, secret)])


@get(
    "/session",
    summary="Who am I",
    tags=["Session"],
    opt={UNCOMPRESSED: True},
    sync_to_thread=False,
    responses=declared("not-signed-in"),
)
def read_session(me: Me) -> SessionView:
    """Who is signed in, in which units and groups, and the token for requests that change something."""
    return SessionView.of(me)


@delete(
    "/session",
    summary="Sign out",
    tags=["Session"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "csrf-token-wrong", "foreign-origin"),
)
def delete_session(engine: Engine, settings: Settings, me: Me) -> Response[None]:
    """Ends the session here and in the browser. The secret in the cookie is worth nothing afterwards."""
    sign_out(engine.store, me.session)
    gone = Cookie(key=settings.cookie_name, path="/", max_age=0, expires=0, httponly=True, samesite="lax")
    gone.secure = settings.secure_cookies
    return Response(None, cookies=[gone])


HANDLERS = [create_session, read_session, delete_session]


def _cookie(settings: ApiSettings, secret: str) -> Cookie:
    return Cookie(
        key=settings.cookie_name,
        value=secret,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
        max_age=int(settings.session_lifetime.total_seconds()),
    )
