"""Traces: from a request to its steps, with nothing in them that somebody typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from structlog.testing import capture_logs

from api.app import create_app
from api.settings import ApiSettings
from engine.actor import SYSTEM
from engine.canonical import Json
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.content import read_bundle
from engine.errors import Misconfigured, NotPossible
from engine.ids import UnitId
from engine.observing import NOBODY, Observer
from engine.storage.memory import MemoryStore
from engine.telemetry.tracing import Traces, exporter_of
from engine.telemetry.watching import Watching, traces_asked_for
from tests.builders import NOON
from tests.conftest import Written

PURCHASE = Path(__file__).parents[1] / "packages" / "purchase-request"
NAME = "Tora Canarie"
OUTSIDE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class Traced:
    """An engine and the spans that it gave."""

    def __init__(self) -> None:
        self._exporter = InMemorySpanExporter()
        self.traces = Traces(self._exporter)
        self.engine = CaseEngine(MemoryStore(), clock=FixedClock(NOON), observer=Observer(NOBODY, self.traces))
        self.engine.deploy(SYSTEM, read_bundle([PURCHASE]))

    def begin(self) -> None:
        submission: dict[str, Json] = {"article": NAME, "amount": 25_000}
        self.engine.start_case(SYSTEM, "purchase-request", unit=UnitId("workshop"), submission=submission)

    def spans(self) -> list[ReadableSpan]:
        """Those that have ended, in that order."""
        self.traces.flush()
        return list(self._exporter.get_finished_spans())


@pytest.fixture
def traced() -> Iterator[Traced]:
    traced = Traced()
    yield traced
    traced.traces.close()


def told(span: ReadableSpan) -> str:
    return str(span.to_json())


def test_a_step_is_a_span_with_its_command_process_and_elements(traced: Traced) -> None:
    traced.begin()
    (span,) = traced.spans()
    assert span.name == "step start"
    assert span.attributes is not None
    assert span.attributes["stegvis.process"] == "purchase-request"
    assert "approve" in str(span.attributes["stegvis.elements"]).split()
    assert "Canarie" not in told(span)
    assert traced.engine.cases(SYSTEM).rows[0].number not in told(span)


def test_a_step_that_fails_is_told_by_the_code_of_its_error_alone(traced: Traced, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise NotPossible(f"{NAME} cannot")

    monkeypatch.setattr("engine.commands.stepping.project", fail)
    with pytest.raises(NotPossible):
        traced.begin()
    (span,) = traced.spans()
    assert span.status.status_code is StatusCode.ERROR
    assert span.attributes is not None
    assert span.attributes["error.type"] == "not-possible"
    assert "Canarie" not in told(span)


def test_a_request_is_a_span_by_its_template_inside_the_callers_trace(traced: Traced, logged: Written) -> None:
    with TestClient(create_app(traced.engine, ApiSettings())) as client:
        client.get(f"/api/v1/cases/{NAME}", headers={"traceparent": OUTSIDE})
    (span,) = traced.spans()
    assert (span.name, span.kind) == ("GET /api/v1/cases/{case_id}", SpanKind.SERVER)
    assert span.context is not None
    assert span.parent is not None
    assert f"{span.context.trace_id:032x}" == OUTSIDE.split("-")[1]
    assert f"{span.parent.span_id:016x}" == OUTSIDE.split("-")[2]
    (line,) = [line for line in logged() if line["event"] == "request"]
    assert (line["trace"], line["span"]) == (OUTSIDE.split("-")[1], f"{span.context.span_id:016x}")
    assert "Canarie" not in told(span)


def test_a_step_lies_inside_the_request_that_asked_for_it(traced: Traced, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CaseEngine, "change_bounds", lambda self: (0, 0))
    with traced.traces.span("POST", {}, is_request=True) as request:
        traced.begin()
        request.tell("POST /api/v1/cases")
    step, around = traced.spans()
    assert (step.name, around.name) == ("step start", "POST /api/v1/cases")
    assert step.parent is not None
    assert around.context is not None
    assert step.parent.span_id == around.context.span_id


def test_a_span_links_back_to_the_one_that_brought_it_about(traced: Traced) -> None:
    with traced.traces.span("step", {}):
        ordered_by = traced.traces.traceparent()
    with traced.traces.span("job", {}, link=ordered_by):
        pass
    step, job = traced.spans()
    assert step.context is not None
    assert [(link.context.trace_id, link.context.span_id) for link in job.links] == [
        (step.context.trace_id, step.context.span_id)
    ]
    assert job.parent is None


@pytest.mark.parametrize("wrong", ["", "nonsense", "00-0-0-0", f"{OUTSIDE}x" * 20])
def test_a_traceparent_that_is_none_begins_a_trace_of_its_own(traced: Traced, wrong: str) -> None:
    with traced.traces.span("GET", {}, parent=wrong):
        pass
    (span,) = traced.spans()
    assert span.parent is None


def test_outside_any_span_there_is_nothing_to_carry_on(traced: Traced) -> None:
    assert (traced.traces.traceparent(), dict(traced.traces.ids())) == ("", {})


@pytest.mark.parametrize(
    ("env", "is_asked"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318"}, True),
        ({"OTEL_TRACES_EXPORTER": "console"}, True),
        ({"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318"}, False),
        ({"OTEL_SDK_DISABLED": "true", "OTEL_TRACES_EXPORTER": "console"}, False),
    ],
)
def test_there_are_traces_where_the_standards_variables_ask_for_them(env: dict[str, str], is_asked: bool) -> None:
    assert traces_asked_for(env) is is_asked
    watching = Watching(None, env)
    assert (watching.observer.tracer is not NOBODY) is is_asked
    watching.close()


def test_without_the_package_there_are_no_traces_and_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.telemetry.watching.find_spec", lambda name: None)
    with capture_logs() as logs:
        watching = Watching(None, {"OTEL_TRACES_EXPORTER": "console"})
    assert watching.observer.tracer is NOBODY
    assert [line["event"] for line in logs] == ["traces-unavailable"]
    assert "stegvis[tracing]" in logs[0]["message"]


@pytest.mark.parametrize("env", [{"OTEL_TRACES_EXPORTER": "zipkin"}, {"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}])
def test_an_exporter_that_we_do_not_have_is_refused(env: dict[str, str]) -> None:
    with pytest.raises(Misconfigured, match="OTEL_TRACES_EXPORTER"):
        exporter_of(env)
