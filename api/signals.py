"""Signals from outside: they reach every case that waits for them, and begin those that they begin."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar.params import JSONBody

from engine.ids import UnitId

from .bodies import Body, Name, View
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, Engine
from .problems import declared
from .writes import post


class NewSignal(Body, frozen=True, kw_only=True):
    """A signal as BPMN means it: a name that all hear."""

    name: Name
    unit: Annotated[Name, msgspec.Meta(description="Where the cases begin that it begins and that say no unit themselves.")]


class ReachedView(View, frozen=True, kw_only=True):
    """What became of the signal. Zero twice: nobody knows it now; check its name."""

    waiting: Annotated[int, msgspec.Meta(description="How many cases waited for it; each gets it in a step of its own.")]
    started: Annotated[int, msgspec.Meta(description="How many cases it began.")]


@post(
    "/signals",
    summary="Throw a signal",
    tags=["Messages"],
    status_code=200,
    responses=declared(*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-found", "not-allowed", "not-possible", "rejected"),
)
def throw_signal(engine: Engine, asker: Asker, data: JSONBody[NewSignal]) -> ReachedView:
    """Reaches every case, of all units, that waits for the signal now, and begins a case of each process that it begins.

    For administrators. A signal is not kept: thrown twice, it has its effect twice.
    """
    reached = engine.throw_signal(asker, data.name, unit=UnitId(data.unit))
    return ReachedView(waiting=reached.waiting, started=reached.started)


HANDLERS = [throw_signal]
