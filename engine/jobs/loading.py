"""Which job handlers there are: those that come with the engine, and those that installed packages bring."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Final

from ..errors import Misconfigured
from ..job_handlers import GROUP, JobHandler, register
from . import document, http_request, mail

BUILT_IN: Final[Mapping[str, JobHandler]] = {
    "http.request": http_request.HANDLER,
    "mail.send": mail.HANDLER,
    "document.create": document.HANDLER,
}
"""Handlers that come with the engine, by name."""


def load_handlers() -> None:
    """Let diagrams name the handlers. Doing it again changes nothing.

    Raises:
        Misconfigured: a package names no `JobHandler`, or one whose name is taken.
    """
    for name, handler in BUILT_IN.items():
        register(name, handler)
    for entry in entry_points(group=GROUP):
        try:
            handler = entry.load()
            if not isinstance(handler, JobHandler):
                raise TypeError(f"it is no JobHandler but {type(handler).__name__}.")
            register(entry.name, handler)
        except (ImportError, AttributeError, TypeError, ValueError) as error:
            told = f"The job handler '{entry.name}' ({entry.value}) cannot be used: {error}"
            raise Misconfigured(f"{told} Correct the package that brings it, or remove the package.") from error
