"""Requests are told in logs by what they were, and nothing that somebody typed is."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from threading import Event

import pytest
from structlog.testing import capture_logs

from engine.actor import SYSTEM
from engine.background import Worker
from engine.case_engine import CaseEngine
from engine.ids import CaseId
from tests.api.conftest import Browser, BrowserOf, complete, start
from tests.conftest import Written

ROOT = Path(__file__).resolve().parents[2]
PURCHASE = ROOT / "tests" / "packages" / "purchase-request"
NAME, NUMBER = "Tora Canarie", "20250101-TF12"
JSON = {"Content-Type": "application/json"}
CANARIES = ("Canarie", "canarie", "TF12")
GENERATED = "0af7651916cd43dd8448eb211c80319c"


def a_request(logs: list[dict[str, object]]) -> dict[str, object]:
    (line,) = [line for line in logs if line["event"] == "request"]
    return line


def test_a_request_is_told_by_the_template_of_its_address(case_id: str, karin: Browser, logged: Written) -> None:
    answer = karin.get(f"/api/v1/cases/{case_id}?{NAME}=1")
    line = a_request(logged())
    assert (line["method"], line["route"], line["status"]) == ("GET", "/api/v1/cases/{case_id}", answer.status_code)
    assert (line["level"], line["request"]) == ("info", answer.headers["x-request-id"])
    assert isinstance(line["seconds"], float)


@pytest.mark.parametrize("path", ["/tora-canarie", f"/api/v1/{NUMBER}"])
def test_an_address_that_leads_nowhere_is_told_as_that(stranger: Browser, logged: Written, path: str) -> None:
    assert stranger.get(path).status_code == 404
    line = a_request(logged())
    assert (line["route"], line["status"]) == ("unknown", 404)


def test_a_method_that_http_does_not_know_is_told_as_that(stranger: Browser, logged: Written) -> None:
    stranger.request("CANARIE", "/api/v1/tasks")
    assert a_request(logged())["method"] == "unknown"


def test_health_is_told_at_debug_level(stranger: Browser, logged: Written) -> None:
    stranger.get("/api/v1/health/live")
    assert a_request(logged())["level"] == "debug"


@pytest.mark.parametrize("given", [GENERATED, "0AF76519-16cd-43dd-8448-eb211c80319c"])
def test_the_id_that_a_proxy_gives_a_request_is_kept(stranger: Browser, logged: Written, given: str) -> None:
    answer = stranger.get("/api/v1/health/live", headers={"X-Request-ID": given})
    assert answer.headers["x-request-id"] == given == a_request(logged())["request"]


@pytest.mark.parametrize("given", ["", "tora-canarie", NUMBER, "20250101TF12", f"{GENERATED}0", "g" * 32])
def test_an_id_that_nobody_generated_is_replaced(stranger: Browser, logged: Written, given: str) -> None:
    answer = stranger.get("/api/v1/health/live", headers={"X-Request-ID": given})
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])
    assert answer.headers["x-request-id"] == a_request(logged())["request"] != given


def test_what_is_told_within_a_request_carries_its_id(
    karin: Browser, engine: CaseEngine, monkeypatch: pytest.MonkeyPatch, logged: Written
) -> None:
    def fail(*_: object, **__: object) -> None:
        logging.getLogger("other").warning("At %s.", NAME)
        raise RuntimeError(NAME)

    monkeypatch.setattr(engine, "case", fail)
    answer = karin.get("/api/v1/cases/1")
    lines = [line for line in logged() if line.get("logger") != "httpx"]
    assert [line["event"] for line in lines] == ["library", "request-failed", "request"]
    assert {line["request"] for line in lines} == {answer.headers["x-request-id"]} == {answer.json()["id"]}


def test_nothing_that_anybody_typed_is_in_any_log(
    content: None,
    karin: Browser,
    browser_of: BrowserOf,
    stranger: Browser,
    engine: CaseEngine,
    logged: Written,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hedda = browser_of("hedda")
    typed = {"subject": f"{NAME} {NUMBER}", "amount": 4}
    case_id = str(start(karin)["id"])
    complete(karin, "look", {"note": NAME})
    statuses = {
        stranger.post("/api/v1/session", json={"name": NAME, "password": NUMBER}).status_code,
        stranger.post("/api/v1/session", content=b'{"name": "Tora Canarie', headers=JSON).status_code,
        karin.post("/api/v1/cases", json={"process": NAME, "unit": NAME, "submission": typed}).status_code,
        karin.post("/api/v1/cases", json={"process": "errand", "unit": "north", "submission": typed}).status_code,
        karin.post("/api/v1/cases", json={"process": "errand", "unit": "north", "submission": {NAME: NAME}}).status_code,
        karin.post("/api/v1/cases", json={"process": {NAME: 1}}).status_code,
        karin.get(f"/api/v1/cases/{NUMBER}").status_code,
        karin.get(f"/api/v1/cases?{NAME}={NUMBER}").status_code,
        karin.get(f"/api/v1/cases?limit={NUMBER}").status_code,
        karin.get("/api/v1/tasks", headers={"If-None-Match": NUMBER, "Accept-Language": NUMBER}).status_code,
        karin.post("/api/v1/cases/search", json={"text": NAME}).status_code,
        karin.post(f"/api/v1/cases/{case_id}/notes", json={"text": NAME}).status_code,
        hedda.post(f"/api/v1/cases/{case_id}/suspend", json={"reason": NAME}).status_code,
        karin.request(NUMBER, "/api/v1/tasks").status_code,
    }
    assert statuses >= {200, 400, 404, 405, 422}, statuses
    lines = logged()
    assert len([line for line in lines if line["event"] == "request"]) >= len(statuses)
    out, err = capsys.readouterr()
    assert [word for word in CANARIES if word in json.dumps(lines) + out + err] == []


def test_no_log_of_a_worker_tells_what_a_case_holds(case_id: str, engine: CaseEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(f"{NAME} is no number")

    monkeypatch.setattr(engine, "due", fail)
    with capture_logs() as logs:
        Worker(engine).round(Event())
    assert engine.case(SYSTEM, CaseId(case_id)).case.is_open
    assert [(line["event"], line["error"]) for line in logs] == [("worker-failed", "ValueError")]
    assert "Canarie" not in json.dumps(logs)


def test_a_served_installation_writes_lines_of_json_without_what_was_typed(tmp_path: Path) -> None:
    """The whole program, the server's own log included, at the level that tells most."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "STEGVIS_DATABASE": str(tmp_path / "stegvis.db"),
        "STEGVIS_CONTENT": str(PURCHASE),
        "STEGVIS_FILES": str(tmp_path / "files"),
        "STEGVIS_LOG_LEVEL": "debug",
    }
    command = (sys.executable, "-c", "from engine.cli import main; main()", "serve", "--demo", "--port", str(port))
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            ask(port, "GET", "/api/v1/health/live")
            assert ask(port, "POST", "/api/v1/session", f'{{"name": "{NAME}", "password": "{NUMBER}"}}') == 401
            assert ask(port, "POST", "/api/v1/session", f'{{"name": "{NAME}') == 400
            assert ask(port, "GET", f"/api/v1/cases/{NUMBER}?q=canarie") == 401
            assert ask(port, "GET", "/canarie") == 404
            with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
                raw.sendall(f"GET /{NUMBER} {NAME}\r\n{NAME}\r\n\r\n".encode())
                raw.recv(1_000)
        finally:
            server.send_signal(signal.SIGINT)
            out, err = server.communicate(timeout=60)
    assert server.returncode == 0, err
    lines = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    assert {line["event"] for line in lines} >= {"worker-started", "request", "worker-stopped"}
    assert [line for line in err.splitlines() if not line.startswith("{")] == ["Stop with Ctrl-C."] or "Stop with" in out
    assert [word for word in CANARIES if word in out + err] == []


def ask(port: int, method: str, path: str, body: str | None = None) -> int:
    """The status; waits until the server answers at all."""
    deadline = time.monotonic() + 60
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
            return connection.getresponse().status
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.05)
        finally:
            connection.close()
