"""The application: every resource under `/api/v1`, one way to sign in, one table of errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.handlers import BaseRouteHandler
from litestar.types import ASGIApp

from engine.case_engine import CaseEngine

from . import (
    answers,
    case_operations,
    case_search,
    cases,
    choices,
    conditions,
    definitions,
    differences,
    draft_decisions,
    drafts,
    events,
    exchange,
    exports,
    files,
    form_drafts,
    forms,
    front_page,
    health,
    history,
    incident_lists,
    incidents,
    installation,
    jobs,
    looks,
    lost_messages,
    messages,
    notes,
    outgoing,
    people,
    registers,
    saved_views,
    scenarios,
    service_handlers,
    session,
    signals,
    statistics,
    task_filling,
    task_lists,
    tasks,
    used_forms,
    version_contents,
    web_app,
)
from .bodies import JsonRequest
from .compression import CompressAnswers
from .headers import SecurityHeaders
from .identity import Connection, SignInMiddleware, own_origin_guard, provide_asker, provide_me, refuse_nul
from .live import Live
from .observed import Observed
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
    task_lists,
    tasks,
    task_filling,
    saved_views,
    choices,
    conditions,
    cases,
    case_search,
    case_operations,
    answers,
    used_forms,
    notes,
    files,
    history,
    exports,
    incident_lists,
    incidents,
    messages,
    outgoing,
    jobs,
    looks,
    lost_messages,
    signals,
    definitions,
    version_contents,
    statistics,
    draft_decisions,
    differences,
    drafts,
    service_handlers,
    exchange,
    scenarios,
    forms,
    form_drafts,
    registers,
    people,
    installation,
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
        middleware=[CompressAnswers(), sign_in],
        guards=[_all_of(refuse_nul, refuse_unknown_names, own_origin_guard(settings))],
        dependencies={
            "engine": Provide(lambda: engine, sync_to_thread=False),
            "settings": Provide(lambda: settings, sync_to_thread=False),
            "live": Provide(lambda: live, sync_to_thread=False),
            "throttle": Provide(lambda: throttle, sync_to_thread=False),
            "me": Provide(provide_me, sync_to_thread=False),
            "asker": Provide(provide_asker, sync_to_thread=False),
        },
    )
    files = web_app.read_build(web) | web_app.theme_files(settings.theme) if web else {}
    pages = web_app.web_handlers(files) if files else [front_page.read_front_page]
    not_found = web_app.not_found_handlers(files) if files else {}
    app = Litestar(
        route_handlers=[api, *pages],
        request_class=JsonRequest,
        request_max_body_size=settings.max_body_bytes,
        exception_handlers={**PROBLEM_HANDLERS, **not_found},
        before_send=[SecurityHeaders(settings)],
        openapi_config=configuration(),
        state=State({LIVE: live}),
        logging_config=None,
        debug=False,
    )
    app.asgi_handler = Observed(app.asgi_handler, engine.house.observer)  # around the routes: unknown addresses are told too
    return app


def _all_of(*guards: Any) -> Any:  # Any: Litestar's Guard is a string at run time
    """One guard for all of them: the framework copies the operation for each."""

    async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
        for one in guards:
            await one(connection, handler)

    return guard
