"""Logs of a running process on standard error: JSON, one object a line, or text where somebody looks on.

Everything goes through one door, what other libraries tell too. Of theirs only the text that is written in their code is
kept, never what they would put into it: it may repeat an address, a parameter or an answer.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Mapping
from typing import Any, Final, TextIO

import structlog
from structlog.typing import Processor

from ..observing import failure
from .fields import KeepFields

_LEVELS: Final = {10: "debug", 20: "info", 30: "warning", 40: "error", 50: "critical"}


def log_to_stderr(level: str, form: str = "auto") -> None:
    """Set up logging for this process. `level` is debug, info, warning or error; `form` is auto, json or text."""
    log_to(sys.stderr, level, form)


def log_to(stream: TextIO, level: str, form: str, *, is_strict: bool = False) -> None:
    """The same to any stream; `is_strict` refuses what may not be told instead of leaving it out."""
    tell_to(stream, level, form, is_strict=is_strict)
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, _Door):
            root.removeHandler(handler)
    root.addHandler(_Door())
    least = logging.getLevelNamesMapping()[level.upper()]
    root.setLevel(logging.WARNING if least == logging.INFO else least)  # libraries tell at info what is their own concern
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # or a record whose arguments do not fit its text would be printed with both
    threading.excepthook = _tell_thread
    sys.unraisablehook = _tell_unraisable


def tell_to(stream: TextIO, level: str, form: str, *, is_strict: bool = False) -> None:
    """Only what we tell ourselves: Python's own logging stays as it is."""
    is_text = form == "text" or (form == "auto" and stream.isatty())
    last: Processor = structlog.dev.ConsoleRenderer(colors=False) if is_text else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            KeepFields(is_strict=is_strict),
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )


class _Door(logging.Handler):
    """What Python's own logging is told goes the way of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        level = _LEVELS.get(min(record.levelno // 10 * 10, 50), "debug")
        getattr(structlog.get_logger(), level)("library", **_told(record))


def _told(record: logging.LogRecord) -> Mapping[str, Any]:
    """Which library tells it and where; its text only where what is put into that comes apart from it."""
    told: dict[str, Any] = {"logger": record.name, "at": f"{record.filename}:{record.lineno}"}
    if record.args and isinstance(record.msg, str) and record.name != "py.warnings":
        told["message"] = record.msg
    if record.exc_info and record.exc_info[1] is not None:
        told |= failure(record.exc_info[1])
    return told


def _tell_thread(args: threading.ExceptHookArgs) -> None:
    """A thread ended by an error: Python would print its text."""
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        structlog.get_logger().critical("thread-failed", **failure(args.exc_value))


def _tell_unraisable(unraisable: sys.UnraisableHookArgs) -> None:
    """An error where nobody could catch it, such as while something is taken down: Python would print its text."""
    if unraisable.exc_value is not None:
        structlog.get_logger().error("unraisable", **failure(unraisable.exc_value))
