"""Who acts in a scenario: for each group, somebody who belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ..actor import Actor, Membership
from ..ids import UnitId, UserId
from ..ports import Store, User
from ..task import UserTask


class Cast(Protocol):
    """Gives the actor for a group in a unit; `task`, when there is one, is what they are to do."""

    def actor(self, group: str, unit: UnitId, task: UserTask | None = None) -> Actor: ...


@dataclass(frozen=True, slots=True)
class InventedCast:
    """One invented person a group, in whichever unit they are asked for; the same person wherever they act."""

    store: Store

    def actor(self, group: str, unit: UnitId, task: UserTask | None = None) -> Actor:
        user = User(UserId(group), group, group, memberships=(Membership(unit, frozenset({group})),))
        with self.store.write() as work:
            if work.people.user(user.id) != user:
                work.people.put_user(user)
                work.commit()
        return user.as_actor()
