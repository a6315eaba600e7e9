"""Lists of incidents: one by one, by their causes, and those that are to be tried again together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from ..actor import Action, Actor, Role
from ..case import Case, Incident, IncidentState
from ..errors import NotAllowed, Rejected
from ..ids import UnitId
from ..queries import IncidentChoice, IncidentFilter, IncidentGroup, Page
from .occurrence import Occurrence
from .reading import readable_units, versions_of
from .rights import REFUSALS

_BREAK: Final = "~"
_NO_CURSOR: Final = "The cursor is not one that a page of this list gave. Start again from the first page."


def incidents(at: Occurrence, choice: IncidentChoice, *, cursor: str | None, limit: int) -> Page[tuple[Incident, Case]]:
    """A page of the incidents in the actor's units, of all for an administrator, an auditor and the engine.

    Open ones come oldest first, solved ones with the last one solved first.

    Raises:
        Rejected: a version is asked for but of no process, or the cursor is none of this list.
    """
    return at.unit.queries.incidents(_filter(at, choice, _listed(at.actor)), cursor=cursor, limit=limit)


def groups(at: Occurrence, choice: IncidentChoice, *, limit: int) -> Sequence[IncidentGroup]:
    """The same by their causes, the most frequent first. Raises Rejected: a version is asked for, but of no process."""
    return at.unit.queries.incident_groups(_filter(at, choice, _listed(at.actor)), limit=limit)


def to_retry(
    at: Occurrence, choice: IncidentChoice, *, cursor: str | None, limit: int
) -> tuple[Page[tuple[Incident, Case]], int]:
    """A page of the open incidents that the actor may solve, and how many come after it.

    What is opened after the first page was asked for is left out, so that what fails on its way on does not come round.

    Raises:
        NotAllowed: the actor operates no cases.
        Rejected: as for `incidents`; or solved incidents are asked for.
    """
    if choice.state is not IncidentState.OPEN:
        raise Rejected("Only open incidents can be tried again.")
    units = operated_units(at.actor)
    if units is not None and not units:
        raise NotAllowed(REFUSALS[Action.OPERATE])
    begun, place = (at.now, None) if cursor is None else _read(cursor)
    before = begun + timedelta(microseconds=1)
    if choice.opened_before is not None:
        before = min(before, choice.opened_before)
    filter_ = _filter(at, replace(choice, opened_before=before), units)
    page = at.unit.queries.incidents(filter_, cursor=place, limit=limit)
    if page.next is None:
        return page, 0
    return Page(page.rows, f"{begun.isoformat()}{_BREAK}{page.next}"), at.unit.queries.incident_count(filter_, cursor=page.next)


def _read(cursor: str) -> tuple[datetime, str]:
    """When the first page was asked for, and the place in the list that the page before ended at."""
    begun, _, place = cursor.partition(_BREAK)
    try:
        moment = datetime.fromisoformat(begun)
    except ValueError as error:
        raise Rejected(_NO_CURSOR) from error
    if moment.tzinfo is None or not place:
        raise Rejected(_NO_CURSOR)
    return moment, place


def operated_units(actor: Actor) -> frozenset[UnitId] | None:
    """The units whose cases the actor operates; None for all."""
    if actor.is_system or Role.ADMINISTRATOR in actor.roles:
        return None
    return frozenset(membership.unit for membership in actor.memberships if membership.manages)


def _listed(actor: Actor) -> frozenset[UnitId] | None:
    return None if Role.ADMINISTRATOR in actor.roles else readable_units(actor)


def _filter(at: Occurrence, choice: IncidentChoice, units: frozenset[UnitId] | None) -> IncidentFilter:
    versions = versions_of(at, choice.process, choice.version)
    return IncidentFilter(units=units, operated=operated_units(at.actor), choice=choice, versions=versions)
