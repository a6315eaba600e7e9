"""That cases have changed lately, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from ...ids import CaseId, UnitId
from ...ports import Aspect, Change
from .tables import Tables

MOST_KEPT: Final = 1_000
"""A write copies the table that it changes: more would make it slow."""


class MemoryChanges:
    """See `ports.Changes`. Keeps the newest MOST_KEPT."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, case_id: CaseId, unit: UnitId, aspects: frozenset[Aspect], at: datetime) -> None:
        serial = self._tables.count("change")
        self._tables.changes.put(serial, Change(serial, case_id, unit, aspects, at))
        self._tables.changes.remove(serial - MOST_KEPT)

    def after(self, serial: int, limit: int) -> Sequence[Change]:
        return [change for change in self._tables.changes.values() if change.serial > serial][:limit]

    def bounds(self) -> tuple[int, int]:
        return min(self._tables.changes, default=0), max(self._tables.changes, default=0)

    def forget_before(self, at: datetime) -> None:
        newest = max(self._tables.changes, default=0)
        for change in [*self._tables.changes.values()]:
            if change.at < at and change.serial != newest:
                self._tables.changes.remove(change.serial)
