"""Figures and traces of one process, as its settings and the standard's variables ask for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Final

import structlog

from ..clock import Clock
from ..observing import NOBODY, Observer, Tracer
from ..ports import Store
from .exposition import Exposition
from .metrics import Metrics

NOT_INSTALLED: Final = (
    "OpenTelemetry's variables (OTEL_…) ask for traces, which need one more package: pip install 'stegvis[tracing]'. "
    "Or set OTEL_SDK_DISABLED=true."
)
_log = structlog.get_logger("stegvis.telemetry")


class Watching:
    """Gives the `observer` for the engine; `begin` when the engine is there, `close` when the process ends.

    Raises:
        Misconfigured: traces are asked for in a way that cannot be.
    """

    def __init__(self, address: tuple[str, int] | None, env: Mapping[str, str]) -> None:
        self._address = address
        self._metrics = Metrics() if address else None
        tracer, self._closing = _tracer(env)
        self.observer = Observer(self._metrics or NOBODY, tracer)

    def begin(self, store: Store, clock: Clock) -> None:
        """Serve the figures, where the settings say so.

        Raises:
            Misconfigured: nothing can listen there.
        """
        if self._address is None or self._metrics is None:
            return
        self._metrics.watch(store, clock)
        self._closing.append(Exposition(self._metrics.registry, *self._address).close)

    def close(self) -> None:
        """Stop serving figures, and send the traces that are left. Closing twice changes nothing."""
        while self._closing:
            self._closing.pop()()


def traces_asked_for(env: Mapping[str, str]) -> bool:
    """Whether OpenTelemetry's variables say where traces go."""
    if env.get("OTEL_SDK_DISABLED", "").strip().lower() == "true" or env.get("OTEL_TRACES_EXPORTER") == "none":
        return False
    names = ("OTEL_TRACES_EXPORTER", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
    return any(env.get(name) for name in names)


def is_installed() -> bool:
    """Whether the package for traces is there."""
    return find_spec("opentelemetry") is not None and find_spec("opentelemetry.sdk") is not None


def _tracer(env: Mapping[str, str]) -> tuple[Tracer, list[Callable[[], None]]]:
    if not traces_asked_for(env):
        return NOBODY, []
    if not is_installed():
        _log.warning("traces-unavailable", message=NOT_INSTALLED)
        return NOBODY, []
    from .tracing import Traces, exporter_of  # needs a package that is not always there

    traces = Traces(exporter_of(env))
    return traces, [traces.close]
