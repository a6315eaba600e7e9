"""What people keep for themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..actor import Actor
from ..commands import saved_views
from ..ports import SavedView
from .door import Door


class OwnViews(Door):
    """One's own views of the task list."""

    def saved_views(self, actor: Actor) -> Sequence[SavedView]:
        """See commands.saved_views.listed."""
        with self._reading(actor) as at:
            return saved_views.listed(at)

    def add_saved_view(self, actor: Actor, name: str, search: Mapping[str, str], *, is_start: bool = False) -> SavedView:
        """See commands.saved_views.add."""
        return self._write(actor, lambda at: saved_views.add(at, name, search, is_start=is_start))

    def change_saved_view(
        self,
        actor: Actor,
        id_: str,
        *,
        name: str | None = None,
        search: Mapping[str, str] | None = None,
        is_start: bool | None = None,
    ) -> SavedView:
        """See commands.saved_views.change."""
        return self._write(actor, lambda at: saved_views.change(at, id_, name=name, search=search, is_start=is_start))

    def remove_saved_view(self, actor: Actor, id_: str) -> None:
        """See commands.saved_views.remove."""
        self._write(actor, lambda at: saved_views.remove(at, id_))
