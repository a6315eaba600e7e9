"""Time that moves only when it is told to, with everything that comes due on the way happening at its own moment."""

from __future__ import annotations

from datetime import datetime

from ..case_engine import CaseEngine
from ..clock import FixedClock
from ..errors import NotPossible

MAX_ROUNDS = 100_000


class VirtualTime:
    """A clock with the engine's background work: timers fire and messages arrive in order of time, never early."""

    def __init__(self, engine: CaseEngine, clock: FixedClock) -> None:
        self._engine = engine
        self.clock = clock

    def settle(self) -> None:
        """Do all that is due now, and what follows from it.

        Raises:
            NotPossible: there is no end to it.
        """
        for _ in range(MAX_ROUNDS):
            if not self._engine.deliver_pending() and not self._engine.fire_due():
                return
        raise NotPossible(
            f"Timers or messages at {self.clock.now().isoformat()} never come to rest. Look for a loop without a wait."
        )

    def move_to(self, moment: datetime) -> None:
        """Let time pass until `moment` (aware), stopping at every timer on the way. Time never goes backwards here."""
        self.settle()
        for _ in range(MAX_ROUNDS):
            due = self._engine.next_due()
            if due is None or due > moment:
                break
            self._advance(due)
            self.settle()
        else:
            raise NotPossible(f"More than {MAX_ROUNDS} timers fire before {moment.isoformat()}. Look for a cycle of no length.")
        self._advance(moment)

    def _advance(self, moment: datetime) -> None:
        if moment > self.clock.now():
            self.clock.move_to(moment)
