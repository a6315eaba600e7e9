"""Views of the task list that people have named, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from ...ids import UserId
from ...ports import SavedView
from ..refusals import taken
from .tables import Tables


class MemorySavedViews:
    """See `ports.SavedViews`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, view: SavedView) -> None:
        self._require_free(view)
        self._tables.saved_views.put(view.id, view)

    def get(self, id_: str) -> SavedView | None:
        return self._tables.saved_views.get(id_)

    def of(self, owner: UserId) -> Sequence[SavedView]:
        theirs = (view for view in self._tables.saved_views.values() if view.owner == owner)
        return sorted(theirs, key=lambda view: view.name)

    def save(self, view: SavedView) -> None:
        if view.id in self._tables.saved_views:
            self._require_free(view)
            self._tables.saved_views.put(view.id, view)

    def remove(self, id_: str) -> None:
        self._tables.saved_views.remove(id_)

    def _require_free(self, view: SavedView) -> None:
        if any(one.name == view.name and one.id != view.id for one in self.of(view.owner)):
            raise taken("view named", view.name)
