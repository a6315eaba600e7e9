"""Who acts in a demonstration: the accounts that come with it."""

from __future__ import annotations

from dataclasses import dataclass

from ..actor import Actor
from ..errors import NotPossible
from ..ids import UnitId, UserId
from ..task import UserTask
from .plan import Account


@dataclass(frozen=True, slots=True)
class DemoCast:
    """Whoever comes first in the file and may do it, does it."""

    accounts: tuple[Account, ...] = ()

    def actor(self, group: str, unit: UnitId, task: UserTask | None = None) -> Actor:
        """
        Raises:
            NotPossible: nobody in the unit belongs to the group, or only those who may not do this task.
        """
        able = [as_actor(account) for account in self.accounts if _belongs(account, group, unit)]
        able = [actor for actor in able if task is None or actor.id not in task.not_by]
        if not able:
            raise NotPossible(f"Nobody in the unit {unit!r} may act as {group!r}. Add an account to demo.yaml.")
        holder = task.claimed_by if task else None
        return next((actor for actor in able if actor.id == holder), able[0])


def as_actor(account: Account) -> Actor:
    """The account as somebody who acts."""
    return Actor(UserId(account.name), account.full_name, account.memberships, account.roles)


def _belongs(account: Account, group: str, unit: UnitId) -> bool:
    places = [membership for membership in account.memberships if membership.unit == unit]
    return any(not group or group in membership.groups for membership in places)
