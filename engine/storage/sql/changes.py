"""That cases have changed lately, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ...ids import CaseId, UnitId
from ...ports import Aspect, Change
from .connection import Connection
from .rows import names, read_names
from .statement import Statement, Values
from .tables import case_change

_CHANGE = case_change.c
_ADD = Statement(sa.insert(case_change))


class SqlChanges:
    """See `ports.Changes`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, case_id: CaseId, unit: UnitId, aspects: frozenset[Aspect], at: datetime) -> None:
        row: Values = {"case_id": case_id, "unit": unit, "aspects": names(one.value for one in aspects), "at": at}
        self._connection.later(_ADD, row)

    def after(self, serial: int, limit: int) -> Sequence[Change]:
        select = sa.select(case_change).where(_CHANGE.serial > serial).order_by(_CHANGE.serial).limit(limit)
        return [
            Change(row.serial, CaseId(row.case_id), UnitId(row.unit), frozenset(map(Aspect, read_names(row.aspects))), row.at)
            for row in self._connection.execute(select)
        ]

    def bounds(self) -> tuple[int, int]:
        first = self._connection.execute(sa.select(sa.func.min(_CHANGE.serial))).scalar_one()
        last = self._connection.execute(sa.select(sa.func.max(_CHANGE.serial))).scalar_one()
        return int(first or 0), int(last or 0)

    def forget_before(self, at: datetime) -> None:
        newest = sa.select(sa.func.max(_CHANGE.serial)).scalar_subquery()
        self._connection.execute(sa.delete(case_change).where(_CHANGE.at < at, _CHANGE.serial < newest))
