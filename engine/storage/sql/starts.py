"""Start events that begin cases by themselves, in SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from ...ids import UnitId, VersionId
from ...wait import StartWait, WaitKind
from ...wakeup import Wakeup, of_start
from .connection import Connection
from .damaged import readable
from .statement import Values
from .tables import start_wait

_IS_SIGNAL = sa.text("kind = 'signal'")  # as the index says it: with a parameter SQLite would not use the index
_IS_DUE = sa.text("due IS NOT NULL")
_ORDER = (start_wait.c.process, start_wait.c.element, start_wait.c.part)
_SAME = ("process", "element", "part", "version_id", "due", "round")


class SqlStarts:
    """See `ports.Starts`. What has a time of its own is told to `tell`."""

    def __init__(self, connection: Connection, tell: Callable[[Wakeup], None]) -> None:
        self._connection = connection
        self._tell = tell

    def replace(self, process: str, starts: Iterable[StartWait]) -> None:
        self._connection.execute(sa.delete(start_wait).where(start_wait.c.process == process))
        starts = list(starts)
        if rows := [_row(start) for start in starts]:
            self._connection.execute(sa.insert(start_wait), rows)
        for start in starts:
            self._tell_due(start)

    def of_process(self, process: str) -> Sequence[StartWait]:
        return self._all(sa.select(start_wait).where(start_wait.c.process == process).order_by(*_ORDER))

    def by_signal(self, name: str) -> Sequence[StartWait]:
        return self._all(sa.select(start_wait).where(_IS_SIGNAL, start_wait.c.name == name).order_by(*_ORDER))

    def due(self, now: datetime, limit: int) -> Sequence[StartWait]:
        due = sa.select(start_wait).where(_IS_DUE, start_wait.c.due <= now)
        return readable(self._connection, due.order_by(start_wait.c.due, *_ORDER), limit, start_wait, _start)

    def next_due(self, after: datetime | None = None) -> datetime | None:
        first = sa.select(start_wait.c.due).where(_IS_DUE).order_by(start_wait.c.due, *_ORDER).limit(1)
        if after is not None:
            first = first.where(start_wait.c.due > after)
        return cast("datetime | None", self._connection.execute(first).scalar_one_or_none())

    def move_on(self, was: StartWait, to: StartWait) -> bool:
        same = [start_wait.c[name] == getattr(was, name) for name in _SAME]
        moved = sa.update(start_wait).where(*same).values(_row(to)).returning(start_wait.c.element)
        is_first = self._connection.execute(moved).first() is not None
        if is_first:
            self._tell_due(to)
        return is_first

    def _tell_due(self, start: StartWait) -> None:
        if start.due is not None:
            self._tell(of_start(start))

    def _all(self, select: sa.Select[Any]) -> Sequence[StartWait]:
        return [_start(row) for row in self._connection.execute(select)]


def _row(one: StartWait) -> Values:
    return {
        "process": one.process,
        "element": one.element,
        "part": one.part,
        "kind": one.kind.value,
        "name": one.name,
        "version_id": one.version_id,
        "unit": one.unit,
        "due": one.due,
        "repeat": one.repeat,
        "left": one.left,
        "since": one.since,
        "round": one.round,
    }


def _start(row: Any) -> StartWait:
    return StartWait(
        process=row.process,
        element=row.element,
        kind=WaitKind(row.kind),
        name=row.name,
        version_id=VersionId(row.version_id),
        unit=None if row.unit is None else UnitId(row.unit),
        due=row.due,
        repeat=row.repeat,
        left=row.left,
        since=row.since,
        round=row.round,
        part=row.part,
    )
