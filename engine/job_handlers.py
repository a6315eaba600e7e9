"""Job handlers: what a service task may have done outside the database, after its step and outside any transaction.

A handler gets its inputs as FEEL values and gives its `result` as one. It may be run more than once for one job (its worker
may be killed, or its answer may not arrive): whatever it does outside carries `desk.key`, which stays the same, so that the
other side can tell a repetition. It holds no database connection while it runs, and it never sees the case's other data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from . import feel
from .errors import NotFound
from .handlers import BUILT_IN as IN_THE_STEP
from .handlers import HandlerFailed, Inputs
from .sentences import Words
from .settings import EngineSettings

GROUP: Final = "stegvis.handlers"
"""Packages that bring job handlers name each `JobHandler` in this group of entry points, under the handler's name."""


class TemporaryFailure(HandlerFailed):
    """It could not be done now and may be later: it is tried again as the diagram says, then it is an incident.

    `retry_after` is how long the other side asks to be left alone; None: the diagram's back-off.

    Any other `HandlerFailed` is final: the BPMN error it names is thrown, or (without one) an incident opens at once.
    Messages of both stand in history and in incidents: they hold no personal data.
    """

    code = "handler-failed"

    def __init__(self, message: Words, *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NotNow(Exception):
    """The job was not begun, for something of this machine's own is taken: it is given back, and the try does not count.

    `after` is how long it is left alone then. For short waits that are bound to end only: nothing else ends such a round.
    """

    def __init__(self, after: timedelta) -> None:
        super().__init__(f"not within the next {after.total_seconds():g} seconds")
        self.after = after


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file of the case, as it was kept."""

    name: str
    media_type: str
    content: bytes


def _no_file(id_: str) -> CaseFile:
    raise NotFound("file", id_)


@dataclass(frozen=True, slots=True)
class JobDesk:
    """What a job handler knows beside its inputs.

    `key` is for the outside world (`Idempotency-Key`, `Message-ID`): the same over all attempts at this job, and over an
    operator's retry, and no other job's. `element` is the element's path, `attempt` counts from 1. After `deadline` (aware
    UTC) nobody waits for the handler any more: let no call outside take longer.

    `keep_file(name, content)` keeps a file that belongs to the case once the job is completed and gives its id; the ending
    of the name says its kind. It raises Rejected where the case may hold no such file.

    `read_file(id)` gives a file of the case; it raises NotFound where the case has none with that id, FileDamaged where it is
    not what was kept. `package_file(name)` is the text of a file of the package that the element's process version was
    deployed in; None where it has no such file.

    `traceparent` is the span of this attempt (W3C Trace Context), for the other side's traces to go on from; empty where
    nobody traces. It tells nothing of the case.
    """

    key: str
    case_number: str
    element: str
    attempt: int
    now: datetime
    deadline: datetime
    settings: EngineSettings
    keep_file: Callable[[str, bytes], str]
    read_file: Callable[[str], CaseFile] = _no_file
    package_file: Callable[[str], str | None] = lambda name: None
    traceparent: str = ""


Run: TypeAlias = Callable[[Inputs, JobDesk], feel.Value]
Read: TypeAlias = Callable[[Inputs], object]


@dataclass(frozen=True, slots=True)
class JobHandler:
    """`run` does the work and gives the `result`. `errors` are the codes of the BPMN errors that it throws by HandlerFailed.

    `inputs` are the names it must get: a diagram that does not map one is refused when it is deployed.

    `readers` are all names it may get, each with what reads that one input and raises HandlerFailed where it is of no use:
    a diagram that maps another name, or a constant of no use, is refused then too. With none it may get any.
    """

    run: Run
    errors: frozenset[str] = field(default_factory=frozenset)
    inputs: frozenset[str] = field(default_factory=frozenset)
    readers: Mapping[str, Read] = field(default_factory=dict)


_installed: dict[str, JobHandler] = {}


def register(name: str, handler: JobHandler) -> None:
    """Let diagrams name the handler. Doing it again with the same one changes nothing.

    Raises:
        ValueError: the name is that of another handler.
    """
    if name in IN_THE_STEP or _installed.get(name, handler) is not handler:
        raise ValueError(f"there is another handler called {name}.")
    _installed[name] = handler


def withdraw(name: str) -> None:
    """Forget a handler; nothing happens where there is none."""
    _installed.pop(name, None)


def job_handler(name: str) -> JobHandler | None:
    """The handler with this name, if it is installed."""
    return _installed.get(name)


def names() -> list[str]:
    """The names of all that are installed, in order."""
    return sorted(_installed)
