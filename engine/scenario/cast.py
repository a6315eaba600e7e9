"""Who acts in a scenario: for each group, somebody who belongs to it."""

from __future__ import annotations

from typing import Protocol

from ..actor import Actor, Membership
from ..ids import UnitId, UserId
from ..task import UserTask


class Cast(Protocol):
    """Gives the actor for a group in a unit; `task`, when there is one, is what they are to do."""

    def actor(self, group: str, unit: UnitId, task: UserTask | None = None) -> Actor: ...


class InventedCast:
    """One invented person a group, in whichever unit they are asked for; the same person wherever they act."""

    def actor(self, group: str, unit: UnitId, task: UserTask | None = None) -> Actor:
        return Actor(UserId(group), group, (Membership(unit, frozenset({group})),))
