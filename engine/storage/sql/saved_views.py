"""Views of the task list that people have named, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from ...ids import UserId
from ...ports import SavedView
from ..refusals import taken
from .connection import Connection
from .rows import read_texts, texts
from .tables import saved_view

_VIEW = saved_view.c


class SqlSavedViews:
    """See `ports.SavedViews`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, view: SavedView) -> None:
        self._require_free(view)
        self._connection.execute(sa.insert(saved_view), {"id": view.id, "owner": view.owner, **_values(view)})

    def get(self, id_: str) -> SavedView | None:
        row = self._connection.execute(sa.select(saved_view).where(_VIEW.id == id_)).one_or_none()
        return None if row is None else _read(row)

    def of(self, owner: UserId) -> Sequence[SavedView]:
        select = sa.select(saved_view).where(_VIEW.owner == owner).order_by(_VIEW.name)
        return [_read(row) for row in self._connection.execute(select)]

    def save(self, view: SavedView) -> None:
        self._require_free(view)
        self._connection.execute(sa.update(saved_view).where(_VIEW.id == view.id).values(**_values(view)))

    def remove(self, id_: str) -> None:
        self._connection.execute(sa.delete(saved_view).where(_VIEW.id == id_))

    def _require_free(self, view: SavedView) -> None:
        others = (_VIEW.owner == view.owner, _VIEW.name == view.name, _VIEW.id != view.id)
        if self._connection.execute(sa.select(_VIEW.id).where(*others)).first() is not None:
            raise taken("view named", view.name)


def _values(view: SavedView) -> dict[str, object]:
    return {"name": view.name, "search": texts(view.search), "is_start": view.is_start}


def _read(row: Any) -> SavedView:
    return SavedView(row.id, UserId(row.owner), row.name, read_texts(row.search), row.is_start)
