"""What tests of event sub-processes share."""

from __future__ import annotations

from typing import Any

from tests.bpmn.diagrams import (
    end,
    handler,
    process,
    start,
    user,
)  # fmt: skip
from tests.bpmn.driver import Driver


def listening(event: str, *, interrupting: bool = True, **more: Any) -> str:
    """An event sub-process `h` in which somebody does `hu`."""
    return handler("h", event, user("hu"), end("h-e"), "h-s > hu > h-e", interrupting=interrupting, **more)


def one(*parts: str, called: tuple[str, ...] = ()) -> Driver:
    more = [process(*called, key="called")] if called else []
    return Driver(process(start(), *parts), *more)
