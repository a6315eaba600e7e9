"""Units and users: whom one works with, and whom a task can be given to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import QueryParameter

from engine.actor import SYSTEM, Actor, Membership
from engine.ids import UserId
from engine.ports import Store

from .bodies import View
from .identity import Asker
from .parts import Engine
from .problems import declared


class PersonView(View, frozen=True, kw_only=True):
    """Somebody, by id and display name."""

    id: str
    name: str


class UnitView(View, frozen=True, kw_only=True):
    """An office or another part of the organisation that owns cases."""

    id: str
    name: str


class UnitList(View, frozen=True, kw_only=True):
    items: list[UnitView]
    next: str | None = None


class GroupView(View, frozen=True, kw_only=True):
    """A group of people who do the same tasks."""

    key: Annotated[str, msgspec.Meta(description="As `candidateGroups` of tasks and `groups` of people name it.")]
    name: str
    name_en: Annotated[str, msgspec.Meta(description="Its name in English; `name` where the diagram gives none.")]


class GroupList(View, frozen=True, kw_only=True):
    items: list[GroupView]
    next: str | None = None


class MembershipView(View, frozen=True, kw_only=True):
    """A person's place in one unit."""

    unit: str
    groups: Annotated[list[str], msgspec.Meta(description="The candidate groups of diagrams that the person is in.")]
    manages: Annotated[bool, msgspec.Meta(description="Whether the person heads the unit.")]

    @classmethod
    def of(cls, membership: Membership) -> MembershipView:
        return cls(unit=membership.unit, groups=sorted(membership.groups), manages=membership.manages)


class UserView(View, frozen=True, kw_only=True):
    """Somebody who can be given a task."""

    id: str
    name: str
    memberships: list[MembershipView]


class UserList(View, frozen=True, kw_only=True):
    items: list[UserView]
    next: str | None = None


class Names:
    """Display names of the people that one answer mentions, read together."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    @classmethod
    def of(cls, store: Store, ids: Iterable[UserId | None], *, asker: Actor = SYSTEM) -> Names:
        """The names of these people; the engine itself and nobody (None) are no trouble. The asker is not looked up again."""
        names: dict[str, str] = {SYSTEM.id: SYSTEM.name, asker.id: asker.name}
        wanted = {id_ for id_ in ids if id_ is not None and id_ not in names}
        if wanted:
            with store.read() as unit:
                found = [unit.people.user(id_) for id_ in wanted]
            names.update({user.id: user.full_name for user in found if user is not None})
        return cls(names)

    def person(self, id_: UserId | None) -> PersonView | None:
        """Id and name; an account that is gone keeps its id as its name."""
        return None if id_ is None else PersonView(id=id_, name=self._names.get(id_, id_))

    def somebody(self, id_: UserId) -> PersonView:
        """The same for an id that is surely there."""
        return PersonView(id=id_, name=self._names.get(id_, id_))


@get("/units", summary="List units", tags=["People"], sync_to_thread=True, responses=declared("not-signed-in"))
def list_units(engine: Engine, asker: Asker) -> UnitList:
    """The units whose cases one may read, by name: for choosing where a case belongs, and for showing names."""
    return UnitList(items=[UnitView(id=unit.id, name=unit.name) for unit in engine.units(asker)])


@get(
    "/users",
    summary="List users",
    tags=["People"],
    sync_to_thread=True,
    responses=declared("not-signed-in"),
)
def list_users(
    engine: Engine,
    asker: Asker,
    unit: Annotated[str | None, QueryParameter(max_length=200, description="Only those who belong to this unit.")] = None,
    closed: Annotated[bool, QueryParameter(description="Those whose accounts are closed, too.")] = False,
) -> UserList:
    """The people of the units one belongs to, for giving tasks to and finding cases by; all, for auditors and administrators.

    Accounts that are closed are left out unless asked for.
    """
    users = [
        user for user in engine.users(asker, closed=closed) if unit is None or any(one.unit == unit for one in user.memberships)
    ]
    return UserList(
        items=[
            UserView(id=user.id, name=user.full_name, memberships=[MembershipView.of(one) for one in user.memberships])
            for user in users
        ]
    )


@get("/groups", summary="List groups", tags=["People"], sync_to_thread=True, responses=declared("not-signed-in"))
def list_groups(engine: Engine, asker: Asker) -> GroupList:
    """What the groups that do tasks are called, by key: as lanes of the newest diagrams are. One without a lane is left out."""
    return GroupList(items=[GroupView(key=one.key, name=one.name, name_en=one.name_en) for one in engine.groups(asker)])


HANDLERS = [list_units, list_users, list_groups]
