"""The only things that a line of a log may say. What is not named here does not reach any log."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any, Final

Line = MutableMapping[str, Any]  # Any: as structlog declares what it passes on

FIELDS: Final = frozenset(
    {
        "time",
        "level",
        "event",  # a slug of ours
        "logger",  # the name of the module that tells it
        "request",  # the id of an HTTP request, generated
        "trace",  # the ids of OpenTelemetry's trace and span
        "span",
        "method",
        "route",  # the template of an address, never the address
        "status",
        "seconds",
        "error",  # the kind of an error, where it arose, its code; see observing.failure
        "at",
        "code",
        "message",  # a text that is written in the code, or what is wrong with the installation
        "case",  # a case's generated id: it says nothing to those who may not see the case
        "process",
        "element",
        "handler",
        "job",
        "worker",
        "attempt",
        "count",
        "table",  # the name of one of ours
        "key",  # what names its row: generated ids, ids of a diagram, numbers
    }
)
"""The names of fields. A new one is added here together with the reason why it can hold no personal data."""
LONGEST: Final = 300
"""Characters of a value."""
_SLUG: Final = re.compile(r"[a-z][a-z0-9-]{0,60}")


class KeepFields:
    """A processor of structlog that lets nothing through but the fields that are allowed, each a short plain value.

    `is_strict` raises ValueError instead, for tests.
    """

    def __init__(self, *, is_strict: bool = False) -> None:
        self._is_strict = is_strict

    def __call__(self, logger: object, method: str, line: Line) -> Line:
        kept = {name: _plain(value) for name, value in line.items() if name in FIELDS}
        if not _SLUG.fullmatch(str(kept.get("event", ""))):
            kept["event"] = "unnamed"
        if self._is_strict and (len(kept) < len(line) or kept["event"] != line["event"]):
            raise ValueError(f"A log may not say this; see engine/telemetry/fields.py: {sorted(set(line) - FIELDS)}")
        return kept


def _plain(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)[:LONGEST]
