"""Telling those who look at a case now that it has changed: that it has, never what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from ..case import Case
from ..history import EventType, NewEvent
from ..ids import CaseId, UnitId, UserId
from ..ports import Aspect
from .occurrence import Occurrence

KEPT: Final = timedelta(days=1)
"""So long changes can be asked for by somebody whose connection broke."""

_TASKS: Final = ("task-", "case-", "position-", EventType.ELEMENT_CANCELLED.value, EventType.ELEMENT_COMPLETED.value)
"""How the events begin after which a list of tasks may be another."""

_NOTES: Final = (EventType.NOTE_ADDED, EventType.NOTE_STRUCK)
_FILES: Final = (EventType.FILE_ADDED, EventType.FILE_REMOVED)


@dataclass(frozen=True, slots=True)
class Heard:
    """A change, and who besides the people of its unit may know of it."""

    serial: int
    case_id: CaseId
    unit: UnitId
    aspects: frozenset[Aspect]
    members: frozenset[UserId]


def announce(at: Occurrence, case: Case, events: Iterable[NewEvent]) -> None:
    """Leave word of a change. Where the case has moved, the unit that it left hears of it too."""
    events = list(events)
    if not events:
        return
    aspects = {Aspect.CASE}
    if all(event.type in _NOTES for event in events):
        aspects = {Aspect.NOTES}
    elif all(event.type in _FILES for event in events):
        aspects = {Aspect.FILES}
    elif any(event.type.value.startswith(_TASKS) for event in events):
        aspects.add(Aspect.TASKS)
    left = [str(event.payload["before"]) for event in events if event.type is EventType.CASE_TRANSFERRED]
    for unit in dict.fromkeys([case.unit, *map(UnitId, left)]):
        at.unit.changes.add(case.id, unit, frozenset(aspects), at.now)


def since(at: Occurrence, serial: int, *, limit: int) -> list[Heard]:
    """The changes after a serial, each with the members of its case."""
    found = at.unit.changes.after(serial, limit)
    members = {id_: at.unit.cases.members(id_) for id_ in {change.case_id for change in found}}
    return [Heard(one.serial, one.case_id, one.unit, one.aspects, members[one.case_id]) for one in found]


def forget(at: Occurrence) -> None:
    """Forget the changes that nobody asks for any more."""
    at.unit.changes.forget_before(at.now - KEPT)
