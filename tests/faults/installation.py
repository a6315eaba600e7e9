"""An installation for fault tests: a database with the test's own process and people, and servers on it to be killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import Any

import httpx

from api.settings import ONE_MEGABYTE
from engine.actor import SYSTEM, Membership
from engine.case_engine import CaseEngine
from engine.clock import Clock, SystemClock
from engine.commands.sessions import hash_password
from engine.content import read_bundle
from engine.ids import UnitId, UserId
from engine.ports import Unit, User
from engine.storage.sql import open_store

ROOT = Path(__file__).parents[2]
PACKAGE = Path(__file__).parent / "package"
UNIT = UnitId("north")
PASSWORD = "rätt häst batteri"
CLERKS = ("anna", "bertil", "cecilia", "david")
_STARTED_WITHIN_SECONDS = 60


@contextmanager
def engine_on(url: str, clock: Clock | None = None) -> Iterator[CaseEngine]:
    """The engine in this process."""
    store = open_store(url)
    try:
        yield CaseEngine(store, clock=clock or SystemClock())
    finally:
        store.close()


def install(url: str) -> None:
    """Deploy the process `permit` and add the clerks who work with it."""
    password = hash_password(PASSWORD)
    with engine_on(url) as engine:
        engine.deploy(SYSTEM, read_bundle((PACKAGE,)))
        with engine.store.write() as work:
            work.people.put_unit(Unit(UNIT, "North"))
            for name in CLERKS:
                groups = (Membership(UNIT, frozenset({"clerk"}), manages=True),)
                work.people.put_user(User(UserId(name), name, f"{name.capitalize()} Lind", password, memberships=groups))
            work.commit()


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`stegvis serve` in a process of its own, on one database and always the same port."""

    def __init__(self, url: str, log: Path) -> None:
        self._port = free_port()
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
            "STEGVIS_DATABASE": url,
            "STEGVIS_PORT": str(self._port),
        }

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def log(self) -> str:
        """What the server has written so far, over all its lives."""
        return self._log.read_text()

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = (sys.executable, "-c", "from engine.cli import main; main()", "serve")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, env=self._env, stdout=log, stderr=log)
        deadline = time.monotonic() + _STARTED_WITHIN_SECONDS
        while True:
            assert self._process.poll() is None, f"The server ended by itself:\n{self.log}"
            assert time.monotonic() < deadline, f"The server does not answer:\n{self.log}"
            try:
                httpx.get(f"{self.address}/api/v1/health/ready", timeout=5).raise_for_status()
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        """End the process as a power cut would: it notices nothing. Nothing happens where none runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def serving(url: str, log: Path) -> Iterator[Server]:
    """A server that runs, and is gone afterwards."""
    server = Server(url, log)
    try:
        server.start()
        yield server
    finally:
        server.kill()


@dataclass(slots=True)
class Person:
    """Somebody at a keyboard: signs in once, and again where the server no longer knows them."""

    name: str
    client: httpx.Client
    _token: str = ""

    def sign_in(self) -> None:
        answer = self.client.post("/api/v1/session", json={"name": self.name, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        self._token = answer.json()["csrfToken"]

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.client.get(f"/api/v1{path}", params=query)

    def post(self, path: str, body: Mapping[str, object] | None = None) -> httpx.Response:
        headers = {"X-CSRF-Token": self._token}
        if body is None:
            return self.client.post(f"/api/v1{path}", headers=headers)
        return self.client.post(f"/api/v1{path}", json=body, headers=headers)

    def send(self, method: str, path: str, body: bytes, kind: str = "application/json") -> httpx.Response:
        """A request with any bytes as its body."""
        headers = {"X-CSRF-Token": self._token, "Content-Type": kind}
        if len(body) > ONE_MEGABYTE:
            headers["Connection"] = "close"  # the server hangs up on what it does not read to its end
        return self.client.request(method, f"/api/v1{path}", content=body, headers=headers)

    def start_case(self, reference: str) -> httpx.Response:
        return self.post("/cases", {"process": "permit", "unit": UNIT, "data": {"reference": reference}})


@contextmanager
def person(name: str, server: Server) -> Iterator[Person]:
    """One of the clerks, signed in."""
    with httpx.Client(base_url=server.address, timeout=60) as client:
        clerk = Person(name, client)
        clerk.sign_in()
        yield clerk
