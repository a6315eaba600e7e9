"""What stands beside the cases: registers, units and the people in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..actor import Actor
from ..canonical import Json
from ..commands import accounts, people, register_entries
from ..ids import UserId
from ..ports import Unit, User
from ..register import Register
from ..views import ShownEntry
from .door import Door


class Records(Door):
    """Registers and accounts."""

    def registers(self, actor: Actor) -> Sequence[Register]:
        """The registers that the actor may read."""
        with self._reading(actor) as at:
            return register_entries.readable(at)

    def register_entries(self, actor: Actor, register: str, *, text: str = "", limit: int = 50) -> Sequence[ShownEntry]:
        """See commands.register_entries.search."""
        return self._write(actor, lambda at: register_entries.search(at, register, text=text, limit=limit))

    def named_entries(self, actor: Actor, register: str, keys: Collection[str]) -> Sequence[ShownEntry]:
        """See commands.register_entries.named."""
        return self._write(actor, lambda at: register_entries.named(at, register, keys))

    def register_entry(self, actor: Actor, register: str, key: str) -> ShownEntry:
        """See commands.register_entries.entry."""
        return self._write(actor, lambda at: register_entries.entry(at, register, key))

    def add_register_entry(self, actor: Actor, register: str, values: Mapping[str, Json]) -> ShownEntry:
        """See commands.register_entries.add."""
        return self._write(actor, lambda at: register_entries.add(at, register, values))

    def change_register_entry(
        self, actor: Actor, register: str, key: str, values: Mapping[str, Json], revision: int
    ) -> ShownEntry:
        """See commands.register_entries.change."""
        return self._write(actor, lambda at: register_entries.change(at, register, key, values, revision))

    def units(self, actor: Actor) -> Sequence[Unit]:
        """The units whose cases the actor may read."""
        with self._reading(actor) as at:
            return people.units(at)

    def users(self, actor: Actor, *, closed: bool = False) -> Sequence[User]:
        """See commands.people.users."""
        with self._reading(actor) as at:
            return people.users(at, closed=closed)

    def add_unit(self, actor: Actor, unit: Unit) -> None:
        """See commands.accounts.add_unit."""
        self._write(actor, lambda at: accounts.add_unit(at, unit))

    def add_user(self, actor: Actor, user: User, password: str) -> None:
        """See commands.accounts.add_user."""
        self._write(actor, lambda at: accounts.add_user(at, user, password))

    def change_user(self, actor: Actor, user: User) -> None:
        """See commands.accounts.change_user."""
        self._write(actor, lambda at: accounts.change_user(at, user))

    def set_password(self, actor: Actor, user: UserId, password: str) -> None:
        """See commands.accounts.set_password."""
        self._write(actor, lambda at: accounts.set_password(at, user, password))
