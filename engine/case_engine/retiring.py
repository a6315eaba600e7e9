"""Processes as a whole: retiring them and taking them up again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..actor import Actor
from ..commands import retiring
from ..definition import Retirement
from .door import Door


class Retiring(Door):
    """Which processes new cases begin of."""

    def retire_process(self, actor: Actor, key: str, *, reason: str) -> Retirement:
        """See commands.retiring.retire."""
        return self._write(actor, lambda at: retiring.retire(at, key, reason=reason))

    def restore_process(self, actor: Actor, key: str, *, reason: str) -> Retirement:
        """See commands.retiring.restore."""
        return self._write(actor, lambda at: retiring.restore(at, key, reason=reason))

    def retired_processes(self, actor: Actor) -> Mapping[str, Retirement]:
        """The retirements in force, by process."""
        return {one.key: one for one in self.retirements(actor) if one.ended_at is None}

    def retirements(self, actor: Actor) -> Sequence[Retirement]:
        """All retirements that ever were, by process, oldest first."""
        with self._reading(actor) as at:
            return at.unit.definitions.retirements()
