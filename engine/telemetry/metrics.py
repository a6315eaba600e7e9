"""Figures in Prometheus' format: what this process has done, and what waits in the database.

Every label has few values: kinds, routes, codes of errors, names of handlers. None tells a case, a person or a unit.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from time import perf_counter
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, GCCollector, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ..clock import Clock
from ..errors import StegvisError
from ..ports import Backlog, Queue, Store

_QUICK: Final = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_SLOW: Final = (0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 1_800.0)
_LATE: Final = (0.1, 0.5, 1.0, 5.0, 30.0, 60.0, 300.0, 3_600.0, 86_400.0)
_ATTEMPTS: Final = (1, 2, 3, 5, 10)


class Metrics:
    """See `observing.Measures`. `registry` is what a scrape reads."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        build = Gauge("stegvis_build_info", "The release that runs.", ["version", "python"], registry=registry)
        build.labels(_release(), ".".join(map(str, sys.version_info[:3]))).set(1)
        counter, histogram = partial(Counter, registry=registry), partial(Histogram, registry=registry)
        self._requests = counter("stegvis_http_requests", "Requests answered.", ["method", "route", "status"])
        told = "Time until a request was answered."
        self._request_seconds = histogram("stegvis_http_request_seconds", told, ["route"], buckets=_QUICK)
        self._steps = counter("stegvis_steps", "Steps of cases taken or refused.", ["command", "outcome"])
        told = "Time of a step's transaction, its wait for the case and its commit included."
        self._step_seconds = histogram("stegvis_step_seconds", told, ["command"], buckets=_QUICK)
        self._elements = counter("stegvis_elements", "Elements completed by the engine itself.")
        told = "Time from when a timer was due until it fired."
        self._timers = histogram("stegvis_timer_lateness_seconds", told, buckets=_LATE)
        self._deliveries = counter("stegvis_deliveries", "Messages handed to waiting tokens.", ["outcome"])
        self._jobs = counter("stegvis_jobs", "Jobs tried.", ["handler", "outcome"])
        self._job_seconds = histogram("stegvis_job_seconds", "Time of one try of a job.", ["handler"], buckets=_SLOW)
        self._attempts = histogram("stegvis_job_attempts", "Which try of a job it was.", ["handler"], buckets=_ATTEMPTS)

    def watch(self, store: Store, clock: Clock) -> None:
        """Read at each scrape what waits in the database."""
        self.registry.register(_Waiting(store, clock))

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method, route, f"{status // 100}xx").inc()
        self._request_seconds.labels(route).observe(seconds)

    def step(self, command: str, outcome: str, seconds: float) -> None:
        self._steps.labels(command, outcome).inc()
        self._step_seconds.labels(command).observe(seconds)

    def elements(self, count: int) -> None:
        self._elements.inc(count)

    def timer(self, seconds_late: float) -> None:
        self._timers.observe(seconds_late)

    def delivery(self, outcome: str) -> None:
        self._deliveries.labels(outcome).inc()

    def job(self, handler: str, outcome: str, seconds: float, attempt: int) -> None:
        self._jobs.labels(handler, outcome).inc()
        self._job_seconds.labels(handler).observe(seconds)
        self._attempts.labels(handler).observe(attempt)


_QUEUES: Final[tuple[tuple[str, Callable[[Backlog], Queue]], ...]] = (
    ("timers", lambda backlog: backlog.timers),
    ("starts", lambda backlog: backlog.starts),
    ("jobs", lambda backlog: backlog.jobs),
    ("topic-jobs", lambda backlog: backlog.topic_jobs),
    ("deliveries", lambda backlog: backlog.deliveries),
    ("incidents", lambda backlog: backlog.incidents),
    ("unmatched-messages", lambda backlog: backlog.unmatched_messages),
    ("lost-messages", lambda backlog: backlog.lost_messages),
)


class _Waiting(Collector):
    """What waits in the database, read when somebody asks."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("stegvis_database_up", "Whether the database answers.")
        began, now = perf_counter(), self._clock.now()
        try:
            with self._store.read() as unit:
                backlog = unit.backlogs.count(now)
        except (StegvisError, OSError):
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        took = GaugeMetricFamily("stegvis_database_look_seconds", "How long it took to read what waits.")
        took.add_metric([], perf_counter() - began)
        yield took
        waiting = GaugeMetricFamily("stegvis_waiting", "What is due or stuck now, up to 10000 of a kind.", labels=["kind"])
        oldest = GaugeMetricFamily("stegvis_waiting_oldest_seconds", "The age of the oldest of them.", labels=["kind"])
        for kind, queue_of in _QUEUES:
            queue = queue_of(backlog)
            waiting.add_metric([kind], queue.count)
            if kind != "deliveries":
                since = queue.oldest or now
                oldest.add_metric([kind], max((now - since).total_seconds(), 0.0))
        yield waiting
        yield oldest

    def describe(self) -> Iterator[Metric]:
        """Nothing, so that registering does not look at the database."""
        return iter(())


def _release() -> str:
    try:
        return version("stegvis")
    except PackageNotFoundError:
        return "unknown"
