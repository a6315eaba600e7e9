"""Cases in numbers."""

from __future__ import annotations

from datetime import datetime

from ..actor import Actor
from ..commands import statistics
from ..ids import UnitId
from ..views import ProcessStatistics
from .door import Door


class Counting(Door):
    """What is counted over many cases."""

    def process_statistics(
        self,
        actor: Actor,
        key: str,
        number: int | None = None,
        *,
        unit: UnitId | None = None,
        is_open: bool | None = None,
        started_from: datetime | None = None,
        started_before: datetime | None = None,
    ) -> ProcessStatistics:
        """See commands.statistics.of_process."""
        with self._reading(actor) as at:
            return statistics.of_process(
                at, key, number, unit=unit, is_open=is_open, started_from=started_from, started_before=started_before
            )
