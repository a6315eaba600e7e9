"""A worker of its own tells how it is, and a command asks it."""

from __future__ import annotations

import json
import socket
import struct
import time
from http.client import HTTPConnection, RemoteDisconnected
from threading import Event
from threading import enumerate as enumerate_threads

import pytest
from click.testing import CliRunner
from structlog.testing import capture_logs

from engine.background import health
from engine.cli.system import worker
from engine.errors import Misconfigured
from engine.settings import Settings


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unreached() -> None:
    raise Misconfigured("The database server cannot be reached.")


def get(port: int, path: str) -> tuple[int, dict[str, str]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    told: dict[str, str] = json.loads(answer.read())
    connection.close()
    return answer.status, told


def test_a_worker_at_work_is_alive_and_ready(port: int) -> None:
    with health.telling(port, beat_at=time.monotonic, reach=lambda: None):
        assert get(port, "/health/live") == get(port, "/health/ready") == (200, {"status": "ok"})
        assert get(port, "/")[0] == 404
        assert health.ask(port) == ""
    assert health.ask(port) == f"No worker answers on 127.0.0.1:{port}."


def test_a_worker_without_its_database_is_alive_and_not_ready(port: int) -> None:
    with health.telling(port, beat_at=time.monotonic, reach=unreached):
        assert get(port, "/health/live")[0] == 200
        assert get(port, "/health/ready") == (503, {"status": "failing", "detail": "The database server cannot be reached."})
        assert health.ask(port) == "The database server cannot be reached."


def test_a_worker_that_gives_no_sign_of_life_is_neither(port: int) -> None:
    with health.telling(port, beat_at=lambda: time.monotonic() - 61.0, reach=lambda: None):
        assert [get(port, f"/health/{what}")[0] for what in ("live", "ready")] == [503, 503]
        assert "no sign of life for 61 seconds" in health.ask(port)


def test_whoever_asks_and_does_not_wait_is_no_failure(port: int, capfd: pytest.CaptureFixture[str]) -> None:
    begun, go_on = Event(), Event()

    def reach() -> None:
        begun.set()
        assert go_on.wait(10)

    with health.telling(port, beat_at=time.monotonic, reach=reach):
        asker = socket.create_connection(("127.0.0.1", port))
        asker.sendall(b"GET /health/ready HTTP/1.1\r\n\r\n")
        assert begun.wait(10)
        asker.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # gone at once, unread answer and all
        asker.close()
        go_on.set()
        for thread in enumerate_threads():
            if "process_request_thread" in thread.name:
                thread.join(10)
        assert get(port, "/health/live")[0] == 200
    assert capfd.readouterr().err == ""


def test_what_fails_while_it_tells_is_told_in_one_line_without_its_text(port: int, capfd: pytest.CaptureFixture[str]) -> None:
    def reach() -> None:
        raise ValueError("Ellen Ek")

    with (
        capture_logs() as told,
        health.telling(port, beat_at=time.monotonic, reach=reach),
        pytest.raises(RemoteDisconnected),
    ):
        get(port, "/health/ready")
    assert [line["event"] for line in told] == ["health-failed"]
    assert "Ellen" not in str(told) + capfd.readouterr().err


def test_each_worker_of_a_machine_has_a_port_of_its_own(port: int) -> None:
    with (
        health.telling(port, beat_at=time.monotonic, reach=lambda: None),
        pytest.raises(Misconfigured, match="a port of its own"),
        health.telling(port, beat_at=time.monotonic, reach=lambda: None),
    ):
        pass


def test_the_command_asks_the_worker_of_this_machine(port: int) -> None:
    def check(*options: str) -> object:
        return CliRunner().invoke(worker, ["--check", *options], obj=Settings(), catch_exceptions=True).exception

    with health.telling(port, beat_at=time.monotonic, reach=lambda: None):
        assert check("--port", str(port)) is None
    assert "No worker answers" in str(check("--port", str(port)))
    assert "Say on which port" in str(check())
