"""Where Prometheus reads the figures: on an address of its own, not on the one that people use."""

from __future__ import annotations

from threading import Thread
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, start_http_server

from ..errors import Misconfigured


class Exposition:
    """Serves the figures at `http://HOST:PORT/metrics` until it is closed, in a thread of its own.

    Whoever reaches the address may read them: there is no signing in.

    Raises:
        Misconfigured: nothing can listen there.
    """

    def __init__(self, registry: CollectorRegistry, host: str, port: int) -> None:
        self._server: WSGIServer
        self._thread: Thread
        try:
            self._server, self._thread = start_http_server(port, host, registry)
        except (OSError, OverflowError) as error:
            told = f"The figures for Prometheus cannot be served on {host}:{port} ({error})."
            raise Misconfigured(f"{told} Correct the setting `metrics`; every process needs a port of its own.") from error

    def close(self) -> None:
        """Stop serving; the port is free afterwards."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
