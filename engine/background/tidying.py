"""What nobody waits for: clearing away what has had its time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from ..case_engine import CaseEngine
from ..jobs.attempts import Attempts

TIDYING: Final = timedelta(hours=1)
"""How often expired messages are looked for."""
SWEEPING: Final = timedelta(days=1)
"""How often contents that belong to no file are looked for."""


class Tidying:
    """Deletes expired messages, old changes, old drafts and stray contents now and then, messages batch by batch.

    What fails is told, waits its turn and holds up nothing else.
    """

    def __init__(self, engine: CaseEngine, attempts: Attempts, *, batch: int) -> None:
        self._engine = engine
        self._attempts = attempts
        self._batch = batch
        self._tidied_at: datetime | None = None
        self._swept_at: datetime | None = None

    def tidy(self) -> None:
        """Do what it is time for."""
        self._attempts.attempt("tidying", "", self._tidy)

    def _tidy(self) -> None:
        now = self._engine.clock.now()
        if self._tidied_at is not None and now < self._tidied_at + TIDYING:
            return
        if self._engine.forget_messages(self._attempts.attempt, limit=self._batch) < self._batch:
            self._engine.forget_changes()
            self._engine.forget_drafts()
            self._sweep(now)
            self._tidied_at = now

    def _sweep(self, now: datetime) -> None:
        if self._swept_at is None or now >= self._swept_at + SWEEPING:
            self._swept_at = now
            self._engine.sweep_files()
