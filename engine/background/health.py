"""How a worker is, told on the loopback address to whoever supervises it."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Final

from ..errors import Misconfigured, StegvisError
from ..jobs.attempts import tell

HOST: Final = "127.0.0.1"
SILENT_FOR_SECONDS: Final = 60.0
"""A worker that gives no sign of life for so long is told to be dead."""
_WAIT_SECONDS: Final = 10.0

Answer = Callable[[], str]
"""Gives what is wrong; nothing when all is well."""


@contextmanager
def telling(port: int, *, beat_at: Callable[[], float], reach: Callable[[], object]) -> Iterator[None]:
    """Answer `GET /health/live` and `/health/ready` on the loopback address while the block runs; port 0: nowhere.

    `beat_at` is when the worker was last seen at work; `reach` raises what is wrong with the database.

    Raises:
        Misconfigured: something else listens there.
    """
    if not port:
        yield
        return

    def alive() -> str:
        silent = time.monotonic() - beat_at()
        return f"The worker has given no sign of life for {silent:.0f} seconds." if silent > SILENT_FOR_SECONDS else ""

    def ready() -> str:
        try:
            reach()
        except StegvisError as error:
            return error.message
        return alive()

    try:
        server = _Server((HOST, port), _handler({"/health/live": alive, "/health/ready": ready}))
    except OSError as error:
        raise Misconfigured(
            f"Something else listens on {HOST}:{port} already. Give each worker of a machine a port of its own (worker_port)."
        ) from error
    thread = Thread(target=server.serve_forever, name="stegvis-health")
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ask(port: int) -> str:
    """What is wrong with the worker that tells on this port; nothing when it is ready."""
    connection = HTTPConnection(HOST, port, timeout=_WAIT_SECONDS)
    try:
        connection.request("GET", "/health/ready")
        answer = connection.getresponse()
        told = json.loads(answer.read())
    except (OSError, HTTPException, ValueError):
        return f"No worker answers on {HOST}:{port}."
    finally:
        connection.close()
    return "" if answer.status == 200 else str(told.get("detail", ""))


class _Server(ThreadingHTTPServer):
    """Tells of what fails as all else is told, one JSON object a line."""

    def handle_error(self, request: object, client_address: object) -> None:
        error = sys.exception()
        if error is not None and not isinstance(error, ConnectionError):  # then whoever asked did not wait for the answer
            tell("health-failed", error)


def _handler(answers: dict[str, Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path)
            if answer is None:
                self._say(404, {"status": "unknown", "detail": "Ask for /health/live or /health/ready."})
                return
            wrong = answer()
            self._say(503 if wrong else 200, {"status": "failing", "detail": wrong} if wrong else {"status": "ok"})

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the base class names it
            """Nothing: a supervisor asks every few seconds."""

        def _say(self, status: int, body: dict[str, str]) -> None:
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

    return Handler
