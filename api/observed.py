"""Every request told: a line in the log, a figure, a span. Never its address, its body, or who asks."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Final

import structlog
from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, ReceiveMessage, Scope, Send

from engine.ids import new_id
from engine.observing import Observer

HEADER: Final = "X-Request-ID"
UNKNOWN: Final = "unknown"
"""The route of an address that leads nowhere, and the method that HTTP does not know."""
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_QUIET: Final = ("/api/v1/health/",)
"""What is asked every few seconds by machines is told at debug level only."""
_GENERATED: Final = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""What a proxy generates. Any other id of a request might be a word of somebody's."""
_REQUEST_ID: Final = "request_id"
_HAS_LEFT: Final = "caller_has_left"
_log = structlog.get_logger("stegvis.api")


def request_id(scope: Scope) -> str:
    """The id of the request, which its answer and every line about it carry."""
    return str(scope["state"].get(_REQUEST_ID) or new_id())


def has_left(scope: Scope) -> bool:
    """Whether the caller left before the request was whole, or before there was an answer to it."""
    return _HAS_LEFT in scope["state"]


def told_of(scope: Scope) -> tuple[str, str]:
    """The method and the template of the address, as logs and figures may have them."""
    method = str(scope.get("method"))
    return method if method in _METHODS else UNKNOWN, str(scope.get("path_template", UNKNOWN))


class Observed:
    """The application `app`, with everything told that it answers: unknown addresses and errors too.

    A stream that stays open is told with the time until it began, everything else with the time until it was answered.
    """

    def __init__(self, app: ASGIApp, observer: Observer) -> None:
        self._app, self._observer = app, observer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        headers = Headers.from_scope(scope)
        given = headers.get(HEADER, "")
        id_ = given if _GENERATED.fullmatch(given) else new_id()
        scope["state"][_REQUEST_ID] = id_
        with self._told(scope, id_, headers.get("traceparent", "")) as answer:

            async def send_on(message: Message) -> None:
                if message["type"] == "http.response.start":
                    answer.begin(message)
                    MutableScopeHeaders.from_message(message)[HEADER] = id_
                await send(message)

            async def receive_on() -> ReceiveMessage:
                message = await receive()
                if message["type"] == "http.disconnect" and not answer.has_begun:
                    scope["state"][_HAS_LEFT] = True
                    answer.is_too_late = True
                return message

            try:
                await self._app(scope, receive_on, send_on)
            except asyncio.CancelledError:
                # Of a caller who left; the program stops and waits for nobody's answer. granian would tell it as an error.
                if not _is_cancelled():
                    raise

    @contextmanager
    def _told(self, scope: Scope, id_: str, traceparent: str) -> Iterator[_Answer]:
        answer, (method, _) = _Answer(), told_of(scope)
        with (
            structlog.contextvars.bound_contextvars(request=id_),
            self._observer.tracer.span(method, {}, parent=traceparent, is_request=True) as span,
            structlog.contextvars.bound_contextvars(**self._observer.tracer.ids()),
        ):
            try:
                yield answer
            finally:
                (_, route), status, seconds = told_of(scope), answer.status, answer.seconds
                told = {"http.request.method": method, "http.route": route, "http.response.status_code": str(status)}
                span.tell(f"{method} {route}", told, failed=str(status) if status >= 500 else "")
                self._observer.measures.request(method, route, status, seconds)
                tell = _log.debug if route.startswith(_QUIET) else _log.info
                tell("request", method=method, route=route, status=status, seconds=round(seconds, 4))


def _is_cancelled() -> bool:
    """Whether somebody wants the task that runs to end, and not a mere part of it."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


class _Answer:
    """What is known of an answer. The status 499 stands for a caller who left before there was one."""

    def __init__(self) -> None:
        self.status = 499
        self.has_begun = False
        self.is_too_late = False
        self._began = perf_counter()
        self._seconds: float | None = None

    @property
    def seconds(self) -> float:
        return perf_counter() - self._began if self._seconds is None else self._seconds

    def begin(self, message: Message) -> None:
        assert message["type"] == "http.response.start"
        if self.is_too_late:
            return
        self.has_begun = True
        self.status = message["status"]
        if MutableScopeHeaders.from_message(message).get("content-type", "").startswith("text/event-stream"):
            self._seconds = perf_counter() - self._began
