"""Traces for OpenTelemetry: from an HTTP request to the steps and the jobs that it brings about.

Set up by the standard's own variables (`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_SERVICE_NAME`, `OTEL_TRACES_SAMPLER` …), and only
where they ask for it. Spans name templates of addresses, kinds of commands, keys of processes and ids of elements; never a
case, a person or what anybody typed, and no text of an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from opentelemetry import context, trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter, SpanExporter
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from ..errors import Misconfigured
from ..observing import DONE, Span, outcome_told

_PROPAGATOR: Final = TraceContextTextMapPropagator()


class Traces:
    """See `observing.Tracer`. Spans go to `exporter`, in batches from a thread of its own."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._provider = TracerProvider(resource=Resource.create({"service.name": "stegvis"}), shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("stegvis")

    @contextmanager
    def span(
        self, name: str, attributes: Mapping[str, str], *, parent: str = "", link: str = "", is_request: bool = False
    ) -> Iterator[Span]:
        around = _PROPAGATOR.extract({"traceparent": parent}, context.get_current()) if parent else None
        links = [trace.Link(_context_of(link))] if link else []
        with self._tracer.start_as_current_span(
            name,
            context=around,
            kind=trace.SpanKind.SERVER if is_request else trace.SpanKind.INTERNAL,
            attributes=dict(attributes),
            links=links,
            record_exception=False,  # its text may repeat what somebody typed
            set_status_on_exception=False,
        ) as span:
            told = _Told(span)
            with outcome_told(lambda outcome: told.tell(failed="" if outcome == DONE else outcome)):
                yield told

    def traceparent(self) -> str:
        carrier: dict[str, str] = {}
        _PROPAGATOR.inject(carrier)
        return carrier.get("traceparent", "")

    def ids(self) -> Mapping[str, str]:
        here = trace.get_current_span().get_span_context()
        if not here.is_valid:
            return {}
        return {"trace": trace.format_trace_id(here.trace_id), "span": trace.format_span_id(here.span_id)}

    def flush(self) -> None:
        """Send what has ended so far."""
        self._provider.force_flush()

    def close(self) -> None:
        """Send what is left."""
        self._provider.shutdown()


class _Told:
    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def tell(self, name: str = "", attributes: Mapping[str, str] | None = None, *, failed: str = "") -> None:
        if name:
            self._span.update_name(name)
        self._span.set_attributes(dict(attributes or {}))
        if failed:
            self._span.set_attribute("error.type", failed)
            self._span.set_status(trace.StatusCode.ERROR)


def exporter_of(env: Mapping[str, str]) -> SpanExporter:
    """The exporter that the variables ask for.

    Raises:
        Misconfigured: it is one that we do not have.
    """
    kind = env.get("OTEL_TRACES_EXPORTER", "otlp")
    protocol = env.get("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") or env.get("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
    if kind == "console":
        return ConsoleSpanExporter()
    if kind != "otlp" or protocol != "http/protobuf":
        told = f"Traces cannot be sent by {kind!r} over {protocol!r}: Stegvis sends them by otlp over http/protobuf."
        raise Misconfigured(f"{told} Correct OTEL_TRACES_EXPORTER and OTEL_EXPORTER_OTLP_PROTOCOL.")
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # not for the console

    return OTLPSpanExporter()


def _context_of(traceparent: str) -> trace.SpanContext:
    carried = _PROPAGATOR.extract({"traceparent": traceparent}, context.Context())
    return trace.get_current_span(carried).get_span_context()
