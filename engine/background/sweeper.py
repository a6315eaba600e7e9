"""Telling again what is due and not done: wake-ups get lost, and nothing is told long before its time."""

from __future__ import annotations

from typing import Final

from ..case_engine import CaseEngine
from ..storage.sql.carrier import Carrier

BATCH: Final = 1_000
SHORTEST_SLEEP_SECONDS: Final = 0.05


class Sweeper:
    """Looks at the rows now and then. Of all that sweep one database, one does so at a time."""

    def __init__(self, engine: CaseEngine, carrier: Carrier, *, every_seconds: float) -> None:
        self._engine = engine
        self._carrier = carrier
        self._every_seconds = every_seconds

    def sweep(self) -> float:
        """Tell what is due and has not been told; gives the seconds until it should be done again."""
        limit = BATCH
        while True:
            due = self._engine.due(limit)
            told = self._carrier.retell(due) if due else 0
            if told != 0 or len(due) < limit:
                break
            limit *= 4  # all of these are told, and wait for a worker or for another attempt: look behind them
        if told and len(due) >= limit:
            return SHORTEST_SLEEP_SECONDS
        return self._seconds_until_next()

    def _seconds_until_next(self) -> float:
        now = self._engine.clock.now()
        due = self._engine.next_due(now)
        if due is None:
            return self._every_seconds
        return min(max((due - now).total_seconds(), SHORTEST_SLEEP_SECONDS), self._every_seconds)
