"""Who acts, and what they may do. Every decision about rights is made here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from .ids import SYSTEM_ID, UnitId, UserId

if TYPE_CHECKING:
    from .case import Case
    from .task import UserTask


class Role(StrEnum):
    """What a person may do wherever they work. Everything else follows from units and groups."""

    DESIGNER = "designer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    WORKER = "worker"


class Action(StrEnum):
    """What may be done to a case or a task."""

    READ = "read"
    WORK = "work"
    ASSIGN = "assign"
    MESSAGE = "message"
    OPERATE = "operate"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's place in one unit. `groups` are the candidate groups of diagrams; `manages` marks the unit's head."""

    unit: UnitId
    groups: frozenset[str] = frozenset()
    manages: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: a signed-in person, the engine itself, or another system that does jobs.

    `serves` are the places of a system's account, whose groups are topics there: it fetches their jobs, and it belongs to no
    unit.
    """

    id: UserId
    name: str
    memberships: tuple[Membership, ...] = ()
    roles: frozenset[Role] = field(default_factory=frozenset)
    is_system: bool = False
    serves: tuple[Membership, ...] = ()

    @property
    def units(self) -> frozenset[UnitId]:
        return frozenset(membership.unit for membership in self.memberships)

    def groups_in(self, unit: UnitId) -> frozenset[str]:
        """The candidate groups the actor belongs to in `unit`."""
        groups: frozenset[str] = frozenset()
        for membership in self.memberships:
            if membership.unit == unit:
                groups |= membership.groups
        return groups

    def is_in_any(self, groups: frozenset[str], *, unit: UnitId) -> bool:
        """Whether the actor is, in `unit`, in one of `groups`."""
        return bool(groups & self.groups_in(unit))

    def manages(self, unit: UnitId) -> bool:
        return any(membership.manages and membership.unit == unit for membership in self.memberships)


SYSTEM = Actor(SYSTEM_ID, "Stegvis", is_system=True)
"""The engine, when a timer fires or a rule decides."""


def may(actor: Actor, action: Action, case: Case, *, members: frozenset[UserId] = frozenset()) -> bool:
    """Whether the actor may do this to the case.

    `members` are the people tied to this case whatever unit they belong to. Reading: one's own unit's cases, cases
    one is a member of, and every case for an auditor. An administrator operates cases and erases what they told, but
    does not read them.
    """
    if actor.is_system:
        return True
    belongs = case.unit in actor.units or actor.id in members
    match action:
        case Action.READ:
            return may_hear(actor, case.unit, members=members)
        case Action.WORK | Action.MESSAGE:
            return belongs
        case Action.ASSIGN:
            return actor.manages(case.unit)
        case Action.OPERATE:
            return actor.manages(case.unit) or Role.ADMINISTRATOR in actor.roles
        case Action.ERASE:
            return Role.ADMINISTRATOR in actor.roles


def may_hear(actor: Actor, unit: UnitId, *, members: frozenset[UserId]) -> bool:
    """Whether the actor may know of what happens to a case in this unit, or one that was in it a moment ago."""
    return unit in actor.units or actor.id in members or Role.AUDITOR in actor.roles or actor.is_system


def topics_of(actor: Actor) -> Mapping[UnitId, frozenset[str]] | None:
    """The topics whose jobs the actor may fetch, by the unit of the case; None: every one in every unit."""
    return None if actor.is_system else {place.unit: place.groups for place in actor.serves}


def may_fetch(actor: Actor, topics: frozenset[str]) -> bool:
    """Whether there is a unit in which the actor works on one of the topics."""
    allowed = topics_of(actor)
    return allowed is None or any(topics & groups for groups in allowed.values())


def operated_units(actor: Actor) -> frozenset[UnitId] | None:
    """The units whose cases the actor may operate; None: all of them."""
    if actor.is_system or Role.ADMINISTRATOR in actor.roles:
        return None
    return frozenset(place.unit for place in actor.memberships if place.manages)


def may_work_on(actor: Actor, task: UserTask, case: Case, *, members: frozenset[UserId] = frozenset()) -> bool:
    """Whether the actor may claim and complete the task: a candidate in the case's unit, or the one it was given to.

    Somebody named in `task.not_by` (the one who did the step that this one checks) never may.
    """
    if actor.is_system:
        return True
    if actor.id in task.not_by or not may(actor, Action.WORK, case, members=members):
        return False
    if task.claimed_by == actor.id:
        return True
    if case.unit in actor.units:
        return not task.candidate_groups or actor.is_in_any(task.candidate_groups, unit=case.unit)
    return any(task.candidate_groups & membership.groups for membership in actor.memberships)
