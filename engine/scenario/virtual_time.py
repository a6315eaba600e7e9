"""Time that moves only when it is told to, with everything that comes due on the way happening at its own moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ..case_engine import CaseEngine
from ..clock import FixedClock
from ..errors import NotPossible
from ..sentences import sentence

MAX_ROUNDS = 100_000


class VirtualTime:
    """A clock with the engine's background work: timers fire and messages arrive in order of time, never early."""

    def __init__(self, engine: CaseEngine, clock: FixedClock, *, is_over: Callable[[], bool] = lambda: False) -> None:
        self._engine = engine
        self._is_over = is_over
        self.clock = clock

    def require_more(self) -> None:
        """Raises NotPossible when whoever plays the scenario waits no longer."""
        if self._is_over():
            raise NotPossible(sentence("It took longer than what is waited for. Shorten it, or use the command line."))

    def settle(self) -> None:
        """Do all that is due now, and what follows from it.

        Raises:
            NotPossible: there is no end to it.
        """
        for _ in range(MAX_ROUNDS):
            self.require_more()
            if not self._engine.deliver_pending() and not self._engine.fire_due():
                return
        raise NotPossible(
            sentence(
                "Timers or messages at {moment} never come to rest. Look for a loop without a wait.",
                moment=self.clock.now().isoformat(),
            )
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
            raise NotPossible(
                sentence(
                    "More than {most} timers fire before {moment}. Look for a cycle of no length.",
                    most=MAX_ROUNDS,
                    moment=moment.isoformat(),
                )
            )
        self._advance(moment)

    def _advance(self, moment: datetime) -> None:
        if moment > self.clock.now():
            self.clock.move_to(moment)
