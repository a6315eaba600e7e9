"""The application: every resource under `/api/v1`, one way to sign in, one table of errors."""

from __future__ import annotations

from pathlib import Path

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.types import ASGIApp

from engine.case_engine import CaseEngine

from . import (
    answers,
    case_operations,
    cases,
    choices,
    conditions,
    definitions,
    drafts,
    events,
    exports,
    files,
    forms,
    front_page,
    health,
    history,
    incidents,
    lost_messages,
    messages,
    notes,
    outgoing,
    people,
    registers,
    session,
    signals,
    tasks,
    web_app,
)
from .bodies import JsonRequest
from .headers import SecurityHeaders
from .identity import SignInMiddleware, own_origin_guard, provide_asker, provide_me, refuse_nul
from .live import Live
from .openapi import configuration
from .problem_answers import HANDLERS as PROBLEM_HANDLERS
from .query_names import refuse_unknown_names
from .settings import ApiSettings
from .throttle import SignInThrottle

LIVE = "live"
"""Where the application's state holds its `Live`: whoever serves it closes that before it stops."""

RESOURCES = (
    session,
    events,
    tasks,
    choices,
    conditions,
    cases,
    case_operations,
    answers,
    notes,
    files,
    history,
    exports,
    incidents,
    messages,
    outgoing,
    lost_messages,
    signals,
    definitions,
    drafts,
    forms,
    registers,
    people,
    health,
)


def create_app(engine: CaseEngine, settings: ApiSettings, *, web: Path | None = None) -> Litestar:
    """The application over one engine. It keeps nothing of its own but the counts of failed sign-ins and the open streams.

    `web` is the folder of the built web app; without one a page at `/` says what is here.
    """
    throttle = SignInThrottle()
    live = Live(engine)

    # A function, because Litestar copies routers deeply with all they hold, and the store must stay the one there is.
    def sign_in(app: ASGIApp) -> ASGIApp:
        return SignInMiddleware(app, store=engine.store, clock=engine.clock, settings=settings)

    api = Router(
        path="/api/v1",
        route_handlers=[handler for resource in RESOURCES for handler in resource.HANDLERS],
        middleware=[sign_in],
        guards=[refuse_nul, refuse_unknown_names, own_origin_guard(settings)],
        dependencies={
            "engine": Provide(lambda: engine, sync_to_thread=False),
            "settings": Provide(lambda: settings, sync_to_thread=False),
            "live": Provide(lambda: live, sync_to_thread=False),
            "throttle": Provide(lambda: throttle, sync_to_thread=False),
            "me": Provide(provide_me, sync_to_thread=False),
            "asker": Provide(provide_asker, sync_to_thread=False),
        },
    )
    pages = web_app.web_handlers(web_app.read_build(web)) if web else [front_page.read_front_page]
    return Litestar(
        route_handlers=[api, *pages],
        request_class=JsonRequest,
        request_max_body_size=settings.max_body_bytes,
        exception_handlers=PROBLEM_HANDLERS,
        before_send=[SecurityHeaders(settings)],
        openapi_config=configuration(),
        state=State({LIVE: live}),
        logging_config=None,
        debug=False,
    )
