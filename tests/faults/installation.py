"""An installation for fault tests: a database with the test's own process and people, and servers on it to be killed."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from socket import socket
from typing import Any

import httpx

from api.settings import ONE_MEGABYTE
from engine.actor import SYSTEM, Membership, Role
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
CLERKS = ("anna", "bertil", "cecilia", "david", "elin", "farid", "greta", "hassan")
_STARTED_WITHIN_SECONDS = 180


@contextmanager
def engine_on(url: str, clock: Clock | None = None) -> Iterator[CaseEngine]:
    """The engine in this process."""
    store = open_store(url)
    try:
        yield CaseEngine(store, clock=clock or SystemClock())
    finally:
        store.close()


def install(url: str) -> None:
    """Deploy the process `permit` and add the clerks who work with it; the first one draws processes too."""
    password = hash_password(PASSWORD)
    with engine_on(url) as engine:
        engine.deploy(SYSTEM, read_bundle((PACKAGE,)))
        with engine.store.write() as work:
            work.people.put_unit(Unit(UNIT, "North"))
            for name in CLERKS:
                groups = (Membership(UNIT, frozenset({"clerk"}), manages=True),)
                user = User(UserId(name), name, f"{name.capitalize()} Lind", password, memberships=groups)
                work.people.put_user(replace(user, roles=frozenset({Role.DESIGNER})) if name == CLERKS[0] else user)
            work.commit()


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(url: str, *folders: Path, **settings: str) -> dict[str, str]:
    """What a process of the installation finds around it; `folders` have packages of Python that are installed there."""
    places = (str(ROOT), *map(str, folders), os.environ.get("PYTHONPATH"))
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(filter(None, places)),
        "STEGVIS_DATABASE": url,
        **settings,
    }


class Server:
    """`stegvis serve` in a process of its own, on one database and always the same port."""

    def __init__(self, url: str, log: Path) -> None:
        self._port = free_port()
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._env = environment(url, STEGVIS_PORT=str(self._port))

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

    def stop(self) -> None:
        """Ask the process to end, and wait until it has answered what was under way."""
        assert self._process is not None
        self._process.terminate()
        assert self._process.wait(timeout=60) == 0, self.log
        self._process = None

    def transport(self) -> httpx.BaseTransport:
        """How requests come here."""
        return httpx.HTTPTransport()

    @contextmanager
    def on_a_full_disk(self, size: int) -> Iterator[None]:
        """No file of the process can grow beyond `size` bytes meanwhile."""
        assert self._process is not None
        pid = self._process.pid
        before = resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        try:
            yield
        finally:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, before)

    def kill(self) -> None:
        """End the process as a power cut would: it notices nothing. Nothing happens where none runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


class Fleet:
    """Several servers on one database behind what a proxy does: who does not listen is passed over."""

    def __init__(self, servers: Sequence[Server]) -> None:
        self._servers = servers

    @property
    def address(self) -> str:
        return self._servers[0].address

    def transport(self) -> httpx.BaseTransport:
        return _Proxy([httpx.URL(server.address) for server in self._servers])


class _Proxy(httpx.BaseTransport):
    def __init__(self, addresses: Sequence[httpx.URL]) -> None:
        self._inner = httpx.HTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))
        self._addresses = deque(addresses)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._addresses.rotate()
        for address in list(self._addresses):
            request.url = request.url.copy_with(port=address.port)
            try:
                return self._inner.handle_request(request)
            except httpx.ConnectError as error:
                failure = error
        raise failure


@contextmanager
def serving(url: str, log: Path) -> Iterator[Server]:
    """A server that runs, and is gone afterwards."""
    server = Server(url, log)
    try:
        server.start()
        yield server
    finally:
        server.kill()


class Unavailable(Exception):
    """The server has answered that it cannot do its work now (503)."""


@dataclass(slots=True)
class Person:
    """Somebody at a keyboard: signs in once, and again where the server no longer knows them."""

    name: str
    client: httpx.Client
    _token: str = ""

    def sign_in(self) -> None:
        """
        Raises:
            Unavailable: the server cannot say who one is now.
        """
        answer = self.client.post("/api/v1/session", json={"name": self.name, "password": PASSWORD})
        if answer.status_code == 503:
            raise Unavailable
        assert answer.status_code == 201, answer.text
        self._token = answer.json()["csrfToken"]

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.client.get(f"/api/v1{path}", params=query)

    def post(self, path: str, body: Mapping[str, object] | None = None, *, key: str = "") -> httpx.Response:
        """The answer; with a key the same may be sent again."""
        headers = {"X-CSRF-Token": self._token} | ({"Idempotency-Key": key} if key else {})
        if body is None:
            return self.client.post(f"/api/v1{path}", headers=headers)
        return self.client.post(f"/api/v1{path}", json=body, headers=headers)

    def send(self, method: str, path: str, body: bytes, kind: str = "application/json") -> httpx.Response:
        """A request with any bytes as its body."""
        headers = {"X-CSRF-Token": self._token, "Content-Type": kind}
        if len(body) > ONE_MEGABYTE:
            headers["Connection"] = "close"  # the server hangs up on what it does not read to its end
        return self.client.request(method, f"/api/v1{path}", content=body, headers=headers)

    def start_case(self, reference: str, *, key: str = "") -> httpx.Response:
        return self.post("/cases", {"process": "permit", "unit": UNIT, "data": {"reference": reference}}, key=key)


@contextmanager
def person(name: str, server: Server) -> Iterator[Person]:
    """One of the clerks, signed in."""
    with httpx.Client(base_url=server.address, timeout=60) as client:
        clerk = Person(name, client)
        clerk.sign_in()
        yield clerk
