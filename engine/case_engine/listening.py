"""What happens now, for those who look."""

from __future__ import annotations

from ..actor import SYSTEM
from ..commands import changes
from ..commands.changes import Heard
from .door import Door


class Listening(Door):
    """Changes of cases, as they come."""

    def changes_since(self, serial: int, *, limit: int) -> list[Heard]:
        """See commands.changes.since. Whoever passes them on asks `actor.may_hear` first."""
        with self._reading(SYSTEM) as at:
            return changes.since(at, serial, limit=limit)

    def change_bounds(self) -> tuple[int, int]:
        """See ports.Changes.bounds."""
        with self.store.read() as unit:
            return unit.changes.bounds()

    def forget_changes(self) -> None:
        """See commands.changes.forget."""
        self._write(SYSTEM, changes.forget)
