"""Who and where: units and colleagues."""

from __future__ import annotations

from collections.abc import Sequence

from ..actor import Role
from ..ports import Unit, User
from .occurrence import Occurrence
from .reading import readable_units


def units(at: Occurrence) -> Sequence[Unit]:
    """The units whose cases the actor may read; all of them for an administrator too."""
    mine = readable_units(at.actor)
    if mine is None or Role.ADMINISTRATOR in at.actor.roles:
        return at.unit.people.units()
    return [unit for unit in at.unit.people.units() if unit.id in mine]


def users(at: Occurrence, *, closed: bool = False) -> Sequence[User]:
    """People who share a unit with the actor, everybody for an administrator or auditor; `closed` accounts on demand."""
    everybody = [user for user in at.unit.people.users() if user.is_active or closed]
    if at.actor.is_system or at.actor.roles & {Role.ADMINISTRATOR, Role.AUDITOR}:
        return everybody
    return [user for user in everybody if user.as_actor().units & at.actor.units]
