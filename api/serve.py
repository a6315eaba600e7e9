"""Serving the application: one process, one event loop, a pool of threads for the handlers.

granian is embedded in this process's event loop instead of started in its usual way, which runs the application in
worker processes of its own: the engine, its background worker and, on SQLite, the turn-taking of writers must share one
process. granian calls that mode experimental; tests/api/test_serve.py holds it to what we need: a request under way is
answered before the program stops, an idle connection delays nothing, and the port is free afterwards.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence
from typing import Final

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server
from litestar import Litestar

from engine.bootstrap import require_free_port

Hook = Callable[[], object]
_LOGGING: Final = {"version": 1, "incremental": True, "handlers": {}, "loggers": {"_granian": {"propagate": True}}}
"""granian's own log goes where all others go (engine.telemetry.logs), not to a handler of its own."""


def serve(
    app: Litestar,
    *,
    host: str,
    port: int,
    on_startup: Sequence[Hook] = (),
    on_stop: Sequence[Hook] = (),
    on_shutdown: Sequence[Hook] = (),
) -> None:
    """Serve until SIGINT or SIGTERM, then answer what is under way and return. Call it from the main thread.

    `on_startup` runs before the first request can come, `on_stop` in the event loop when it is to end (streams that it does
    not end are waited for), `on_shutdown` after the last answer, also when serving failed.
    No access log is written: addresses may hold personal data.

    Raises:
        Misconfigured: the port is taken, or host and port cannot be listened on.
    """
    require_free_port(host, port)
    try:
        for hook in on_startup:
            hook()
        asyncio.run(_serve(app, host, port, on_stop))
    finally:
        for hook in on_shutdown:
            hook()


async def _serve(app: Litestar, host: str, port: int, on_stop: Sequence[Hook]) -> None:
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=_LOGGING,
        log_access=False,
    )

    def stop() -> None:
        for hook in on_stop:
            hook()
        server.stop()  # type: ignore[no-untyped-call]  # granian's

    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop)
    await server.serve()
