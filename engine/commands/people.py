"""Who and where: units, colleagues, and the incidents of one's units."""

from __future__ import annotations

from collections.abc import Sequence

from ..actor import Role
from ..case import Case, Incident
from ..ports import Unit, User
from .occurrence import Occurrence
from .reading import readable_units


def units(at: Occurrence) -> Sequence[Unit]:
    """The units whose cases the actor may read; all of them for an administrator too."""
    mine = readable_units(at.actor)
    if mine is None or Role.ADMINISTRATOR in at.actor.roles:
        return at.unit.people.units()
    return [unit for unit in at.unit.people.units() if unit.id in mine]


def users(at: Occurrence) -> Sequence[User]:
    """Active people who share a unit with the actor; everybody for an administrator."""
    everybody = [user for user in at.unit.people.users() if user.is_active]
    if at.actor.is_system or Role.ADMINISTRATOR in at.actor.roles:
        return everybody
    return [user for user in everybody if user.as_actor().units & at.actor.units]


def incidents(at: Occurrence, *, limit: int) -> Sequence[tuple[Incident, Case]]:
    """Open incidents of the actor's units; of all for an administrator, an auditor and the engine."""
    everything = readable_units(at.actor) is None or Role.ADMINISTRATOR in at.actor.roles
    return at.unit.queries.incidents(None if everything else at.actor.units, limit=limit)
