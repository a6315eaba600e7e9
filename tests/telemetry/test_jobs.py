"""Jobs as those who watch see them: counted, traced, and logged without what their handlers said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from engine import feel
from engine.actor import SYSTEM
from engine.connections import HttpSettings, hosts, networks
from engine.job_handlers import JobDesk
from engine.jobs.loading import load_handlers
from engine.jobs.running import JobRunner
from engine.observing import Observer
from engine.ports import Store
from engine.settings import EngineSettings
from engine.telemetry.metrics import Metrics
from engine.telemetry.tracing import Traces
from tests.bpmn.diagrams import end, job, manual, start
from tests.commands.house import TEXT, House, process
from tests.conftest import Written
from tests.jobs.http_peers import Reply, http_peer
from tests.jobs.office import NAME, Office, Work, installed

WHO = "Tora Canarie 20250101-TF12"


class Traced:
    """A process that tells its spans."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._exporter = InMemorySpanExporter()
        self._traces = Traces(self._exporter)
        office.engine.house.observer = Observer(tracer=self._traces)

    def span(self, name: str) -> ReadableSpan:
        self._traces.flush()
        (found,) = [span for span in self._exporter.get_finished_spans() if span.name == name]
        return found

    def close(self) -> None:
        self._traces.close()


def place(span: ReadableSpan) -> tuple[int, int]:
    assert span.context is not None
    return span.context.trace_id, span.context.span_id


@contextmanager
def two_processes(store: Store, work: Work) -> Iterator[tuple[Traced, Traced]]:
    """One that serves and one that works, on one database."""
    with installed(work, "away"):
        serving, working = Traced(Office(store)), Traced(Office(store))
        yield serving, working
        serving.close()
        working.close()


def answer(inputs: Mapping[str, feel.Value], desk: JobDesk) -> feel.Value:
    return Decimal(5)


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


def test_the_trace_of_a_job_links_to_the_step_that_ordered_it(store: Store) -> None:
    with two_processes(store, answer) as (serving, working):
        job = serving.office.the_job(serving.office.start())
        assert JobRunner(working.office.engine).run(job.id)
        ordered, done = serving.span("step start"), working.span("job")
    assert [(link.context.trace_id, link.context.span_id) for link in done.links] == [place(ordered)]
    assert done.parent is None
    assert place(done)[0] != place(ordered)[0]


def test_a_job_that_is_ordered_anew_links_to_the_step_that_did_so(store: Store) -> None:
    with two_processes(store, fail) as (serving, working):
        case, office = serving.office.start(), working.office
        for _ in range(office.the_job(case).policy.retries):
            job = office.the_job(case)
            office.fixed.move_to(job.due_at)
            assert JobRunner(office.engine).run(job.id)
        assert office.incidents(case) == ["job-failed"]
        serving.office.engine.retry_incident(SYSTEM, office.incident(case).id)
        trace, span = place(serving.span("step retry"))
        assert office.the_job(case).traceparent.startswith(f"00-{trace:032x}-{span:016x}-")


@pytest.mark.parametrize("is_traced", [True, False])
def test_a_call_to_another_system_carries_the_span_of_its_try(is_traced: bool) -> None:
    exporter = InMemorySpanExporter()
    traces = Traces(exporter)
    load_handlers()
    with http_peer(lambda heard: Reply(503 if len(peer.heard) == 1 else 200)) as peer:
        http = HttpSettings(hosts=hosts(peer.plain), private_networks=networks("127.0.0.0/8"))
        call = job("a", {"url": "base", "headers": '{"X-Own": "yes"}'}, {}, handler="http.request")
        own = job("o", {"url": "base", "headers": '{"Traceparent": "of the diagram"}'}, {}, handler="http.request")
        house = House(
            process(start(), call, own, manual("z"), end(), "s > a > o > z > e", base=TEXT), settings=EngineSettings(http=http)
        )
        house.engine.house.observer = Observer(tracer=traces) if is_traced else Observer()
        case = house.start(base=peer.plain)
        for _ in range(3):
            with house.store.read() as work:
                (waiting,) = work.jobs.of_case(case.id)
            house.clock.move_to(waiting.due_at)
            assert JobRunner(house.engine).run(waiting.id)
        assert house.task(case).element == "z"
        sent = [heard.headers.get("traceparent", "")[:52] for heard in peer.heard]
        assert [heard.headers.get("X-Own") for heard in peer.heard] == ["yes", "yes", None]
        assert peer.heard[2].headers.get("Traceparent") == "of the diagram"
    traces.close()
    tries = [place(span) for span in exporter.get_finished_spans() if span.name == "job"]
    told = [f"00-{trace:032x}-{span:016x}" for trace, span in tries]
    assert sent == [*told[:2], ""] if is_traced else sent == ["", "", ""]
    assert len(told) == (3 if is_traced else 0)


def test_where_nobody_traces_a_job_leads_back_to_nothing(store: Store) -> None:
    with two_processes(store, answer) as (serving, working):
        serving.office.engine.house.observer = Observer()
        job = serving.office.the_job(serving.office.start())
        assert job.traceparent == ""
        assert JobRunner(working.office.engine).run(job.id)
        assert list(working.span("job").links) == []
