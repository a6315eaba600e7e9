"""What the engine tells those who run it: figures, spans, and how a failure is told without what somebody typed.

Whoever wires an installation gives it an `Observer`; the one that is there without says nothing and costs nothing. No name
here, and no value that is passed, may hold anything about a person: kinds, keys of processes, ids of elements, numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Final, Protocol

from .errors import Misconfigured, StegvisError

DONE: Final = "done"
"""The outcome of what went as it should."""
INCIDENT: Final = "incident"
"""The outcome of a step that is stored and left something that waits for a person."""
FAILED: Final = "failed"
"""The outcome of what nobody foresaw; what the engine refuses has its error's code as outcome."""


class Measures(Protocol):
    """Where figures go. `outcome` is DONE, INCIDENT, FAILED or the code of an error of ours; all times are seconds."""

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered; `route` is the template of its address."""
        ...

    def step(self, command: str, outcome: str, seconds: float) -> None:
        """A step of a case was taken, or not; `seconds` is how long its transaction took, the commit included."""
        ...

    def elements(self, count: int) -> None:
        """So many elements were completed without anybody's doing, and are stored."""
        ...

    def timer(self, seconds_late: float) -> None:
        """A timer fired so long after it was due."""
        ...

    def delivery(self, outcome: str) -> None:
        """A message was handed to the token that waits for it."""
        ...

    def job(self, handler: str, outcome: str, seconds: float, attempt: int) -> None:
        """A job was tried for the `attempt`-th time; `handler` is the name of its handler."""
        ...


class Span(Protocol):
    """Something that takes its time."""

    def tell(self, name: str = "", attributes: Mapping[str, str] | None = None, *, failed: str = "") -> None:
        """Name it better, add what is known by now, and with which outcome it failed."""
        ...


class Tracer(Protocol):
    """Where spans go."""

    def span(
        self, name: str, attributes: Mapping[str, str], *, parent: str = "", link: str = "", is_request: bool = False
    ) -> AbstractContextManager[Span]:
        """Everything in the block is one span, inside the one around it.

        `parent` and `link` are what `traceparent` gave elsewhere (W3C Trace Context): the span around it in another
        process, and one that brought it about. A request is one that came to us by HTTP.
        """
        ...

    def traceparent(self) -> str:
        """The span that is open here, for a header or a row; empty where there is none."""
        ...

    def ids(self) -> Mapping[str, str]:
        """The same for a line of a log: `trace` and `span`; nothing where there is none."""
        ...


class _Nobody:
    def request(self, method: str, route: str, status: int, seconds: float) -> None: ...
    def step(self, command: str, outcome: str, seconds: float) -> None: ...
    def elements(self, count: int) -> None: ...
    def timer(self, seconds_late: float) -> None: ...
    def delivery(self, outcome: str) -> None: ...
    def job(self, handler: str, outcome: str, seconds: float, attempt: int) -> None: ...
    def span(
        self, name: str, attributes: Mapping[str, str], *, parent: str = "", link: str = "", is_request: bool = False
    ) -> AbstractContextManager[Span]:
        return nullcontext(self)

    def tell(self, name: str = "", attributes: Mapping[str, str] | None = None, *, failed: str = "") -> None: ...

    def traceparent(self) -> str:
        return ""

    def ids(self) -> Mapping[str, str]:
        return {}


NOBODY: Final = _Nobody()
"""Hears everything and keeps nothing."""


@dataclass(frozen=True, slots=True)
class Observer:
    """Who is told what happens. Safe to share between threads, as its parts are."""

    measures: Measures = NOBODY
    tracer: Tracer = NOBODY


@dataclass(slots=True)
class StepTold:
    """One step within a transaction: which command, how many elements went by themselves, whether one got stuck."""

    command: str
    elements: int = 0
    has_incident: bool = False


@dataclass(slots=True)
class Transaction:
    """What a transaction has done so far; it counts when it is stored. `seconds_late` is of each timer that fired."""

    steps: list[StepTold] = field(default_factory=list)
    seconds_late: list[float] = field(default_factory=list)


@contextmanager
def outcome_told(tell: Callable[[str], None]) -> Iterator[None]:
    """Tell how the block ended: DONE, the code of an error of ours, or FAILED."""
    outcome = FAILED
    try:
        yield
        outcome = DONE
    except StegvisError as error:
        outcome = error.code
        raise
    finally:
        tell(outcome)


@contextmanager
def steps_told(measures: Measures) -> Iterator[Transaction]:
    """Tell the steps and timers of a transaction when the block is left: as done if it was, else by what ended it."""
    told, began = Transaction(), perf_counter()

    def tell(outcome: str) -> None:
        seconds = perf_counter() - began
        for step in told.steps:
            is_stuck = outcome == DONE and step.has_incident
            measures.step(step.command, INCIDENT if is_stuck else outcome, seconds)
            if outcome == DONE:
                measures.elements(step.elements)
        if outcome == DONE:
            for seconds_late in told.seconds_late:
                measures.timer(seconds_late)

    with outcome_told(tell):
        yield told


def failure(error: BaseException) -> dict[str, str]:
    """An error as logs may have it: its kind and the place in the code, and its code where it is one of ours.

    Its text may repeat what somebody typed, so it is left out; only what is wrong with the installation is told in full.
    """
    told = {"error": type(error).__name__, "at": _place(error)}
    if isinstance(error, StegvisError):
        told["code"] = error.code
    if isinstance(error, Misconfigured):
        told["message"] = error.message
    return told


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
