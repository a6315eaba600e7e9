"""A caller who leaves is told in one line of the log, and nothing is taken for a failure."""

from __future__ import annotations

import json
import signal
import socket
from collections.abc import Iterator

import pytest

from .test_serve import HOST, PROGRAM, Program, running_program

OBSERVED = PROGRAM.replace(
    "serve(app,",
    """
from api.observed import Observed
from engine.observing import Observer
from engine.telemetry.logs import log_to
log_to(sys.stdout, "info", "json")
app.asgi_handler = Observed(app.asgi_handler, Observer())
serve(app,""",
)


@pytest.fixture
def program() -> Iterator[Program]:
    with running_program(OBSERVED) as running:
        yield running


def asked(program: Program, request: str) -> socket.socket:
    connection = socket.create_connection((HOST, program.port), timeout=30)
    connection.sendall(f"{request}\r\n".encode())
    return connection


def lines_until(program: Program, route: str) -> list[str]:
    """What the program says up to its line about a request to that address, but of the question whether it answers."""
    lines: list[str] = []
    while not lines or f'"route": "{route}"' not in lines[-1]:
        line = program.line()
        assert line or program.process.poll() is None, lines
        lines += [] if '"/fast"' in line else [line]
    return lines


def test_a_request_that_the_caller_left_is_told_in_one_line_when_the_program_stops(program: Program) -> None:
    connection = asked(program, f"GET /slow HTTP/1.1\r\nHost: {HOST}\r\n")
    lines = []
    while "begun" not in lines:
        lines.append(program.line())
    connection.close()
    program.process.send_signal(signal.SIGTERM)
    (told,) = [json.loads(line) for line in lines_until(program, "/slow")]
    program.say()
    assert (told["event"], told["status"], told["level"]) == ("request", 499, "info")
    assert program.process.communicate(timeout=30)[0].split() == ["stopped", "over"]


def test_a_caller_who_leaves_half_way_through_a_body_is_no_failure_of_ours(program: Program) -> None:
    connection = asked(program, f"POST /small HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 900\r\n\r\nhalf")
    connection.close()
    (told,) = [json.loads(line) for line in lines_until(program, "/small")]
    assert (told["event"], told["status"], told["level"]) == ("request", 499, "info")
