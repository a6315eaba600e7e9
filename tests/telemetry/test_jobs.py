"""Jobs as those who watch see them: counted, traced, and logged without what their handlers said."""

from __future__ import annotations

import json
from collections.abc import Mapping

from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from engine import feel
from engine.job_handlers import JobDesk
from engine.jobs.running import JobRunner
from engine.observing import Observer
from engine.telemetry.metrics import Metrics
from engine.telemetry.tracing import Traces
from tests.conftest import Written
from tests.jobs.office import NAME, Office, installed

WHO = "Tora Canarie 20250101-TF12"


def fail(inputs: Mapping[str, feel.Value], desk: JobDesk) -> feel.Value:
    raise ValueError(WHO)


def test_a_handler_that_fails_is_counted_traced_and_logged_without_what_it_said(logged: Written) -> None:
    exporter, metrics = InMemorySpanExporter(), Metrics()
    traces = Traces(exporter)
    with installed(fail, "away"):
        office = Office()
        office.engine.house.observer = Observer(metrics, traces)
        job = office.the_job(office.start())
        assert JobRunner(office.engine).run(job.id)
    traces.close()
    (line,) = [line for line in logged() if line["event"] == "job-handler-failed"]
    assert (line["handler"], line["error"], line["job"]) == (NAME, "ValueError", job.id)
    (span,) = [span for span in exporter.get_finished_spans() if span.name == "job"]
    assert span.attributes is not None
    assert (span.attributes["stegvis.handler"], span.attributes["error.type"]) == (NAME, "failed")
    assert metrics.registry.get_sample_value("stegvis_jobs_total", {"handler": NAME, "outcome": "failed"}) == 1
    assert "Canarie" not in json.dumps(logged()) + str(span.to_json())
