"""Figures for Prometheus: what is counted, what a scrape reads, and that labels stay few."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from litestar.testing import TestClient
from prometheus_client import generate_latest

from api.app import create_app
from api.settings import ApiSettings
from engine.actor import SYSTEM
from engine.canonical import Json
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.content import read_bundle
from engine.errors import Misconfigured, NotPossible, RevisionConflict
from engine.ids import TaskId, UnitId
from engine.observing import Observer
from engine.storage.memory import MemoryStore
from engine.telemetry.exposition import Exposition
from engine.telemetry.metrics import Metrics
from engine.telemetry.watching import Watching
from tests.builders import NOON

PURCHASE = Path(__file__).parents[1] / "packages" / "purchase-request"
A_MONTH = timedelta(days=31)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def engine(clock: FixedClock, metrics: Metrics) -> CaseEngine:
    engine = CaseEngine(MemoryStore(), clock=clock, observer=Observer(metrics))
    engine.deploy(SYSTEM, read_bundle([PURCHASE]))
    return engine


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


def begin(engine: CaseEngine, amount: int = 25_000) -> None:
    submission: dict[str, Json] = {"article": "Lathe", "amount": amount}
    engine.start_case(SYSTEM, "purchase-request", unit=UnitId("workshop"), submission=submission)


def the_task(engine: CaseEngine) -> TaskId:
    (case,) = engine.cases(SYSTEM).rows
    with engine.store.read() as unit:
        (task,) = unit.tasks.of_case(case.id)
    return task.id


def test_steps_are_counted_by_command_and_outcome_with_their_time(engine: CaseEngine, metrics: Metrics) -> None:
    begin(engine)
    engine.complete_task(SYSTEM, the_task(engine), {"approved": True})
    assert value(metrics, "stegvis_steps_total", command="start", outcome="done") == 1
    assert value(metrics, "stegvis_steps_total", command="complete-task", outcome="done") == 1
    assert value(metrics, "stegvis_step_seconds_count", command="complete-task") == 1


def test_elements_that_run_by_themselves_are_counted(engine: CaseEngine, metrics: Metrics) -> None:
    begin(engine)
    begun = value(metrics, "stegvis_elements_total")
    assert begun
    begin(engine)
    assert value(metrics, "stegvis_elements_total") == 2 * begun


def test_a_step_that_is_refused_or_lost_is_counted_as_that_and_its_elements_are_not(
    engine: CaseEngine, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(engine)
    elements = value(metrics, "stegvis_elements_total")
    for error, outcome in (
        (NotPossible("no"), "not-possible"),
        (RevisionConflict("no"), "revision-conflict"),
        (ZeroDivisionError("no"), "failed"),
    ):
        with monkeypatch.context() as patched:

            def fail(*_: object, error: Exception = error, **__: object) -> None:
                raise error

            patched.setattr("engine.commands.stepping.project", fail)
            with pytest.raises(type(error)):
                begin(engine)
        assert value(metrics, "stegvis_steps_total", command="start", outcome=outcome) in (1, 2), outcome
    assert value(metrics, "stegvis_elements_total") == elements


def test_a_timer_is_counted_by_how_late_it_fires(engine: CaseEngine, metrics: Metrics, clock: FixedClock) -> None:
    begin(engine)
    clock.move_to(NOON + timedelta(days=30, seconds=20))
    for wakeup in engine.due(10):
        engine.wake(wakeup)
        engine.wake(wakeup)
    assert value(metrics, "stegvis_timer_lateness_seconds_count") == 1
    assert value(metrics, "stegvis_timer_lateness_seconds_sum") == 20
    assert value(metrics, "stegvis_steps_total", command="trigger", outcome="done") == 1


def test_requests_are_counted_by_template_and_kind_of_answer(engine: CaseEngine, metrics: Metrics) -> None:
    with TestClient(create_app(engine, ApiSettings())) as client:
        for path in ("/api/v1/cases/a", "/api/v1/cases/b", "/nothing", "/nothing/else"):
            client.get(path)
    labels = {"method": "GET", "route": "/api/v1/cases/{case_id}", "status": "4xx"}
    assert value(metrics, "stegvis_http_requests_total", **labels) == 2
    assert value(metrics, "stegvis_http_requests_total", method="GET", route="unknown", status="4xx") == 2
    assert value(metrics, "stegvis_http_request_seconds_count", route="unknown") == 2


def test_jobs_are_counted_by_handler_outcome_and_attempt(metrics: Metrics) -> None:
    metrics.job("http", "done", 0.3, 2)
    assert value(metrics, "stegvis_jobs_total", handler="http", outcome="done") == 1
    assert value(metrics, "stegvis_job_seconds_sum", handler="http") == 0.3
    assert value(metrics, "stegvis_job_attempts_bucket", handler="http", le="2.0") == 1
    assert value(metrics, "stegvis_job_attempts_bucket", handler="http", le="1.0") == 0


def test_a_scrape_reads_what_waits(engine: CaseEngine, metrics: Metrics, clock: FixedClock) -> None:
    metrics.watch(engine.store, clock)
    begin(engine)
    assert value(metrics, "stegvis_waiting", kind="timers") == 0
    clock.move_to(NOON + A_MONTH)
    assert value(metrics, "stegvis_waiting", kind="timers") == 1
    assert value(metrics, "stegvis_waiting_oldest_seconds", kind="timers") == 86_400
    assert value(metrics, "stegvis_database_up") == 1


def test_a_scrape_says_that_the_database_is_gone(
    engine: CaseEngine, metrics: Metrics, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise Misconfigured("The database server cannot be reached.")

    monkeypatch.setattr(engine.store, "read", gone)
    metrics.watch(engine.store, clock)
    assert value(metrics, "stegvis_database_up") == 0
    assert value(metrics, "stegvis_waiting", kind="timers") is None


def test_no_label_tells_a_case_or_what_was_typed(engine: CaseEngine, metrics: Metrics, clock: FixedClock) -> None:
    metrics.watch(engine.store, clock)
    begin(engine)
    clock.move_to(NOON + A_MONTH)
    text = generate_latest(metrics.registry).decode()
    (case,) = engine.cases(SYSTEM).rows
    assert [word for word in ("Lathe", "workshop", case.id, case.number) if word in text] == []
    assert "stegvis_build_info{" in text
    assert "process_resident_memory_bytes" in text


@pytest.fixture
def port() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield int(probe.getsockname()[1])


def read(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return str(answer.read().decode())


def test_figures_are_served_on_an_address_of_their_own_until_the_process_ends(engine: CaseEngine, clock: FixedClock) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    watching = Watching(("127.0.0.1", port), {})
    watching.observer.measures.elements(3)
    watching.begin(engine.store, clock)
    try:
        text = read(port)
        assert "stegvis_elements_total 3.0" in text
        assert "stegvis_database_up 1.0" in text
    finally:
        watching.close()
        watching.close()
    with pytest.raises(urllib.error.URLError):
        read(port)


def test_without_the_setting_nothing_listens_and_nothing_is_counted(engine: CaseEngine, clock: FixedClock) -> None:
    watching = Watching(None, {})
    watching.begin(engine.store, clock)
    watching.close()
    assert watching.observer == Observer()


def test_figures_are_not_on_the_address_that_people_use(engine: CaseEngine) -> None:
    with TestClient(create_app(engine, ApiSettings())) as client:
        assert client.get("/metrics").status_code == 404
        assert client.get("/api/v1/metrics").status_code == 404


def test_a_taken_port_is_refused_with_what_to_do(metrics: Metrics, port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Misconfigured, match="`metrics`"):
            Exposition(metrics.registry, "127.0.0.1", int(taken.getsockname()[1]))
