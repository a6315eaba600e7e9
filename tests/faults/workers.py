"""`stegvis worker` in processes of their own, to be killed, paused and started again."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import httpx

from tests.jobs.http_peers import Peer

from .installation import environment, free_port

PATIENCE_SECONDS = 180.0


class Worker:
    """One process. `settings` are variables of its environment; `folders` have packages that bring handlers."""

    def __init__(self, url: str, log: Path, *folders: Path, **settings: str) -> None:
        self._log = log
        self._port = free_port()
        self._env = environment(url, *folders, STEGVIS_WORKER_PORT=str(self._port), **settings)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """What it has written so far, over all its lives."""
        return self._log.read_text()

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def begin(self) -> None:
        """Start it, and do not wait."""
        command = (sys.executable, "-c", "from engine.cli import main; main()", "worker")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, env=self._env, stdout=log, stderr=log)

    def wait_until_ready(self) -> None:
        """Return when it says of itself that it works."""
        wait_until(self._is_ready)

    def start(self) -> None:
        self.begin()
        self.wait_until_ready()

    def kill(self) -> None:
        """End it as a power cut would: it notices nothing. Nothing happens where none runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def pause(self) -> None:
        """Let it stand still, as a machine does that swaps, until it may `go_on`."""
        self._send(signal.SIGSTOP)

    def go_on(self) -> None:
        self._send(signal.SIGCONT)

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        assert self._process is not None
        self._process.terminate()
        assert self._process.wait(timeout=PATIENCE_SECONDS) == 0, self.log
        self._process = None

    def _send(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def _is_ready(self) -> bool:
        assert self.is_alive, f"The worker ended by itself:\n{self.log}"
        try:
            return httpx.get(f"http://127.0.0.1:{self._port}/health/ready", timeout=5).status_code == 200
        except httpx.TransportError:
            return False


def calling(url: str, log: Path, peer: Peer, *folders: Path, lease: int = 2) -> Worker:
    """A worker that may call the peer, and is taken for dead when it is not heard of for so many seconds."""
    return Worker(
        url,
        log,
        *folders,
        STEGVIS_HTTP_HOSTS=peer.plain,
        STEGVIS_HTTP_PRIVATE_NETWORKS="127.0.0.0/8",
        STEGVIS_JOB_LEASE_SECONDS=str(lease),
    )


@contextmanager
def working(*workers: Worker) -> Iterator[None]:
    """The workers at work, and gone afterwards."""
    try:
        for worker in workers:
            worker.begin()
        for worker in workers:
            worker.wait_until_ready()
        yield
    finally:
        for worker in workers:
            worker.kill()


@contextmanager
def supervised(worker: Worker) -> Iterator[None]:
    """The worker at work, started again whenever it has died, as systemd does it; gone afterwards."""
    is_over = Event()

    def look_after() -> None:
        while not is_over.wait(timeout=0.05):
            if not worker.is_alive:
                worker.begin()

    worker.start()
    thread = Thread(target=look_after)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
        worker.kill()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Return when it is so; a test that waits in vain fails."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "it never came to be so"
        time.sleep(0.02)
