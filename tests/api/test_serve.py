"""Serving: how the program starts, stops and says why it cannot."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest

from api.serve import serve
from engine.errors import Misconfigured

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"

PROGRAM = """
import sys, threading
from litestar import Litestar, Request, get, post
from api.problem_answers import HANDLERS
from api.serve import serve

begun, may_end = threading.Event(), threading.Event()

@get("/slow", sync_to_thread=True)
def slow() -> str:
    print("begun", flush=True)
    sys.stdin.readline()
    return "whole"

@get("/fast", sync_to_thread=True)
def fast() -> str:
    return "here"

@post("/small", request_max_body_size=1_000)
async def small(request: Request) -> None:
    await request.body()

app = Litestar([slow, fast, small], exception_handlers=HANDLERS, openapi_config=None, logging_config=None)
serve(app, host="127.0.0.1", port=int(sys.argv[1]),
      on_startup=[lambda: print("starting", flush=True)], on_shutdown=[lambda: print("stopped", flush=True)])
print("over", flush=True)
"""


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> str:
    connection = HTTPConnection(HOST, port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse().read().decode()
    connection.close()
    return answer


class Program:
    """The program in a process of its own."""

    def __init__(self, port: int, text: str = PROGRAM) -> None:
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, "-c", text, str(port)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def say(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def await_answers(self) -> None:
        """Return when the port answers; the program has to live meanwhile."""
        while self.process.poll() is None:
            try:
                assert get(self.port, "/fast") == "here"
            except ConnectionRefusedError:
                continue
            return
        pytest.fail(f"the program ended: {self.process.communicate()[0]}")

    def await_deafness(self) -> None:
        """Return when no new request is taken."""
        while True:
            try:
                get(self.port, "/fast")
            except OSError:
                return


@contextmanager
def running_program(text: str = PROGRAM) -> Iterator[Program]:
    running = Program(a_free_port(), text)
    try:
        assert running.line() == "starting"
        running.await_answers()
        yield running
    finally:
        running.process.kill()
        running.process.communicate()


@pytest.fixture
def program() -> Iterator[Program]:
    with running_program() as running:
        yield running


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_request_under_way_is_answered_before_the_program_stops(program: Program, how: signal.Signals) -> None:
    answers: list[str] = []
    idle = HTTPConnection(HOST, program.port, timeout=60)
    idle.request("GET", "/fast")
    idle.getresponse().read()
    asking = Thread(target=lambda: answers.append(get(program.port, "/slow")))
    asking.start()
    assert program.line() == "begun"
    program.process.send_signal(how)
    program.await_deafness()
    program.say()
    asking.join(timeout=60)
    assert answers == ["whole"]
    assert [program.line(), program.line()] == ["stopped", "over"]
    assert program.process.wait(timeout=60) == 0
    idle.close()
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind((HOST, program.port))


@pytest.mark.parametrize("framing", ["Content-Length: 2000", "Transfer-Encoding: chunked"])
def test_a_connection_with_a_body_that_is_too_large_is_said_to_close_and_closes(program: Program, framing: str) -> None:
    with socket.create_connection((HOST, program.port), timeout=60) as connection:
        body = b"x" * 2_000 if "2000" in framing else b"7d0\r\n" + b"x" * 2_000 + b"\r\n"
        connection.sendall(f"POST /small HTTP/1.1\r\nHost: {HOST}\r\n{framing}\r\n\r\n".encode() + body)
        answer = b"".join(iter(lambda: connection.recv(4_096), b""))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"\r\nconnection: close\r\n" in answer.lower()
    assert answer.endswith(b'"code":"body-too-large"}')


def test_a_taken_port_is_said_before_anything_starts() -> None:
    started: list[str] = []
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Misconfigured, match="--port"):
            serve(None, host=HOST, port=port, on_startup=[lambda: started.append("x")])  # type: ignore[arg-type]  # never reached
    assert started == []


def test_what_was_started_is_stopped_when_starting_fails() -> None:
    told: list[str] = []

    def fail() -> None:
        raise Misconfigured("no worker")

    with pytest.raises(Misconfigured, match="no worker"):
        serve(None, host=HOST, port=a_free_port(), on_startup=[fail], on_shutdown=[lambda: told.append("stopped")])  # type: ignore[arg-type]  # never reached
    assert told == ["stopped"]
