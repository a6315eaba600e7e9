"""A worker of its own tells how it is, and a command asks it."""

from __future__ import annotations

import json
import socket
import time
from http.client import HTTPConnection

import pytest
from click.testing import CliRunner

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
