"""Rows that somebody altered outside Stegvis so that they cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import sqlalchemy as sa
import structlog

from ...errors import UNREADABLE
from ...observing import failure
from .connection import Connection

T = TypeVar("T")

DAMAGED: Final = (*UNREADABLE, sa.exc.DataError)
"""What reading such a row ends in. PostgreSQL keeps times that Python does not have, such as infinity."""
_MOST_PASSED_OVER: Final = 1000
_MOST_TOLD: Final = 1000

_log = structlog.get_logger("stegvis.database")
_told: set[tuple[object, ...]] = set()


def readable(
    connection: Connection, select: sa.Select[Any], limit: int, table: sa.Table, read: Callable[[Any], T]
) -> Sequence[T]:
    """What the first `limit` rows of the table say that the statement selects whole. A damaged one is left out and logged
    once, and what comes behind it is read, so that it holds up no other."""
    try:
        return [read(row) for row in connection.execute(select.limit(limit))]
    except DAMAGED:
        pass
    found: list[T] = []
    for key in connection.execute(select.with_only_columns(*table.primary_key).limit(limit + _MOST_PASSED_OVER)).all():
        same = [column == value for column, value in zip(table.primary_key, key, strict=True)]
        try:
            found += [read(row) for row in connection.execute(sa.select(table).where(*same))]
        except DAMAGED as error:
            _tell(table.name, tuple(key), error)
        if len(found) == limit:
            break
    return found


def _tell(table: str, key: tuple[object, ...], error: BaseException) -> None:
    if (table, *key) not in _told and len(_told) < _MOST_TOLD:
        _told.add((table, *key))
        _log.error("row-unreadable", table=table, key=":".join(map(str, key)), **failure(error))
