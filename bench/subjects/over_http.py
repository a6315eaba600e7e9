"""Two servers on loopback, driven over a connection that is kept: ours, and a bare endpoint that does the floor's transaction.

`… serve-stegvis|serve-bare ADDRESS PORT` serves; `… stegvis|bare ADDRESS PORT` is a client.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from litestar import Litestar, post

from api.app import create_app
from api.serve import serve as serve_http
from api.settings import ApiSettings
from bench.client import serve, timed
from bench.processes import CLERK, TASKS, answers
from bench.subjects.floor import Bare, Writes, record
from bench.subjects.library import Library
from engine.ids import new_id
from engine.memory_use import settle
from engine.telemetry.logs import log_to_stderr

HOST = "127.0.0.1"
PASSWORD = "a long password for nobody"  # noqa: S105


def serve_stegvis(address: str, port: int) -> None:
    """The API as `stegvis serve` has it: one process with its log, a session, a token, a right for each request."""
    log_to_stderr("info", "json")
    serve_http(create_app(Library(address).engine, ApiSettings()), host=HOST, port=port, on_startup=[settle])


def serve_bare(address: str, port: int) -> None:
    """The same server and framework with two routes: one makes a case's writes ready, one does the next of them."""
    recording = record(Library(address), "w1")
    here, turn = threading.local(), threading.Lock()
    waiting: dict[str, list[Writes]] = {}

    def bare() -> Bare:
        if not hasattr(here, "bare"):
            here.bare = Bare(address)
        found: Bare = here.bare
        return found

    def write(writes: Writes) -> None:
        if "://" in address:
            bare().write(writes)
        else:
            with turn:
                bare().write(writes)

    @post("/cases", sync_to_thread=True)
    def begin() -> dict[str, str]:
        first, *rest = recording.fresh()
        write(first)
        case = new_id()
        waiting[case] = rest[::-1]
        return {"case": case}

    @post("/complete", sync_to_thread=True)
    def complete(data: dict[str, Any]) -> dict[str, str]:
        write(waiting[data["case"]].pop())
        return {"case": data["case"]}

    bare_app = Litestar([begin, complete], openapi_config=None, logging_config=None)
    serve_http(bare_app, host=HOST, port=port, on_startup=[settle])


class Refused(RuntimeError):
    """An answer that is none of success."""

    def __init__(self, status: int, told: str) -> None:
        super().__init__(told)
        self.status = status


class Session:
    """A connection that is kept, and what each request carries."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=60)
        self.headers = {"Content-Type": "application/json"}

    def renew(self) -> None:
        """Connect anew: a server closes a connection that lay idle while others had their turn."""
        self._connection.close()
        self._connection.connect()

    def post(self, path: str, body: object) -> dict[str, Any]:
        self._connection.request("POST", path, json.dumps(body), self.headers)
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise Refused(answer.status, f"{answer.status} {path}: {text[:300]!r}")
        if cookie := answer.headers.get("Set-Cookie"):
            self.headers["Cookie"] = cookie.partition(";")[0]
        told: dict[str, Any] = json.loads(text)
        return told


def play_stegvis(address: str, port: int) -> Callable[[], list[float]]:
    library, session = Library(address), Session(port)
    told = _signed_in(session)
    session.headers["X-CSRF-Token"] = told["csrfToken"]

    def play() -> list[float]:
        session.renew()
        case = library.start("w1")
        seconds = []
        for number in range(1, TASKS + 1):
            path, body = f"/api/v1/tasks/{library.open_task(case)}/complete", {"submission": answers(number)}
            seconds.append(timed(partial(session.post, path, body)))
        return seconds

    return play


def _signed_in(session: Session) -> dict[str, Any]:
    """Several begin at once, and so many attempts in one name are put off by the server: try again, as people do."""
    for _ in range(60):
        try:
            return session.post("/api/v1/session", {"name": CLERK.id, "password": PASSWORD})
        except Refused as refused:
            if refused.status != 429:
                raise
            session.renew()
            time.sleep(random.uniform(1, 3))  # noqa: S311
    raise RuntimeError("the server put off signing in for two minutes")


def play_bare(port: int) -> Callable[[], list[float]]:
    session = Session(port)

    def play() -> list[float]:
        session.renew()
        case = session.post("/cases", {})["case"]
        bodies = [{"case": case, "form": answers(number)} for number in range(1, TASKS + 1)]
        return [timed(partial(session.post, "/complete", body)) for body in bodies]

    return play


def main(what: str, address: str, port: int) -> None:
    match what:
        case "serve-stegvis":
            serve_stegvis(address, port)
        case "serve-bare":
            serve_bare(address, port)
        case "stegvis":
            serve(play_stegvis(address, port))
        case _:
            serve(play_bare(port))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
