"""Signals: thrown once, received by every case that waited for them at that moment, each in a step of its own.

A signal begins cases too, of every process whose newest version has a start event for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..actor import Role
from ..errors import NotAllowed, NotFound
from ..ids import SYSTEM_ID, CaseId, UnitId, new_id
from ..wait import Delivery, Message
from . import starts
from .occurrence import Occurrence


@dataclass(frozen=True, slots=True)
class Reached:
    """How many cases get a signal, and how many it began."""

    waiting: int
    started: int


def throw(at: Occurrence, name: str, *, unit: UnitId, by: CaseId | None = None) -> Reached:
    """Send the signal on its way to all cases that wait for it now, `by` excepted, and begin those that it begins.

    No case is locked. The deliveries are rows of this very transaction: whoever waited gets the signal, also when the
    server stops half way. The cases that it begins are new in the same transaction.
    """
    waiting = [wait for wait in at.unit.waits.waiting_for_signal(name) if wait.case_id != by]
    if waiting:
        signal = Message(new_id(), name, "", {}, at.now, SYSTEM_ID, at.now + at.house.settings.message_ttl)
        at.unit.waits.add_message(signal)
        for wait in waiting:
            at.unit.waits.add_delivery(Delivery(signal.id, wait.case_id, wait.token))
    started = starts.by_signal(at, at.unit.starts.by_signal(name), unit=unit)
    return Reached(len({wait.case_id for wait in waiting}), len(started))


def throw_from_outside(at: Occurrence, name: str, *, unit: UnitId) -> Reached:
    """Throw a signal that no case threw; the cases that it begins and that say no unit themselves begin in `unit`.

    Raises:
        NotAllowed: the actor is neither an administrator nor the engine itself: a signal reaches the cases of all units.
        NotFound: there is no such unit.
    """
    if not (at.actor.is_system or Role.ADMINISTRATOR in at.actor.roles):
        raise NotAllowed("Only an administrator may throw a signal: it reaches the cases of all units.")
    if all(known.id != unit for known in at.unit.people.units()):
        raise NotFound("unit", unit)
    return throw(at, name, unit=unit)
