"""Start events that begin cases by themselves, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from ...wait import StartWait, WaitKind
from .tables import Tables


class MemoryStarts:
    """See `ports.Starts`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def replace(self, process: str, starts: Iterable[StartWait]) -> None:
        for old in self.of_process(process):
            self._tables.starts.remove(_key(old))
        for new in starts:
            self._tables.starts.put(_key(new), new)

    def of_process(self, process: str) -> Sequence[StartWait]:
        return [start for (key, *_), start in sorted(self._tables.starts.items()) if key == process]

    def by_signal(self, name: str) -> Sequence[StartWait]:
        found = (start for _, start in sorted(self._tables.starts.items()))
        return [start for start in found if start.kind is WaitKind.SIGNAL and start.name == name]

    def due(self, now: datetime, limit: int) -> Sequence[StartWait]:
        due = [(moment, _key(start)) for moment, start in self._timers() if moment <= now]
        return [self._tables.starts[key] for _, key in sorted(due)[:limit]]

    def next_due(self, after: datetime | None = None) -> datetime | None:
        return min((moment for moment, _ in self._timers() if after is None or moment > after), default=None)

    def move_on(self, was: StartWait, to: StartWait) -> bool:
        if self._tables.starts.get(_key(was)) != was:
            return False
        self._tables.starts.put(_key(to), to)
        return True

    def _timers(self) -> Iterator[tuple[datetime, StartWait]]:
        return ((start.due, start) for start in self._tables.starts.values() if start.due is not None)


def _key(start: StartWait) -> tuple[str, str, int]:
    return (start.process, start.element, start.part)
