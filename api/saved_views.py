"""Saved views: what somebody calls a filter of the task list, to find it again on any machine."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.params import JSONBody, PathParameter

from engine.commands.saved_views import LONGEST_NAME, MOST_VIEWS
from engine.ports import SavedView

from .bodies import SEEN, Body, View
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, Engine
from .problems import declared
from .writes import delete, patch, post

_PROBLEMS = (*CHANGE_PROBLEMS, *BODY_PROBLEMS, "rejected", "conflict")
ViewId = Annotated[str, PathParameter(max_length=100, description="The id of the view.")]
_Name = Annotated[
    str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME, pattern=SEEN, description="One's own; no two are alike.")
]
_Search = Annotated[
    dict[Annotated[str, msgspec.Meta(max_length=50)], Annotated[str, msgspec.Meta(max_length=200)]],
    msgspec.Meta(max_length=20, description="What stands in the list's address, by name. It is kept and not read."),
]
_IsStart = Annotated[bool, msgspec.Meta(description="Whether to begin with it. Then no other one is the start.")]


class NewSavedView(Body, frozen=True, kw_only=True):
    """A filter and what to call it."""

    name: _Name
    search: _Search
    is_start: _IsStart = False


class SavedViewChange(Body, frozen=True, kw_only=True):
    """What is to be otherwise; what is left out stays."""

    name: _Name | None = None
    search: _Search | None = None
    is_start: _IsStart | None = None


class SavedViewView(View, frozen=True, kw_only=True):
    """A view of the task list, one's own."""

    id: str
    name: str
    search: dict[str, str]
    is_start: bool

    @classmethod
    def of(cls, view: SavedView) -> SavedViewView:
        return cls(id=view.id, name=view.name, search=dict(view.search), is_start=view.is_start)


class SavedViewList(View, frozen=True, kw_only=True):
    items: list[SavedViewView]
    next: str | None = None


@get("/saved-views", summary="List saved views", tags=["Tasks"], sync_to_thread=True, responses=declared("not-signed-in"))
def list_saved_views(engine: Engine, asker: Asker) -> SavedViewList:
    """One's own views of the task list, by name."""
    return SavedViewList(items=[SavedViewView.of(view) for view in engine.saved_views(asker)])


@post(
    "/saved-views",
    summary="Save a view",
    description=f"Keeps a view of the task list for oneself, {MOST_VIEWS} at most.",
    tags=["Tasks"],
    responses=declared(*_PROBLEMS, "not-possible"),
)
def add_saved_view(engine: Engine, asker: Asker, data: JSONBody[NewSavedView]) -> SavedViewView:
    return SavedViewView.of(engine.add_saved_view(asker, data.name, data.search, is_start=data.is_start))


@patch(
    "/saved-views/{view_id:str}",
    summary="Change a saved view",
    tags=["Tasks"],
    responses=declared(*_PROBLEMS, "not-found"),
)
def change_saved_view(engine: Engine, asker: Asker, view_id: ViewId, data: JSONBody[SavedViewChange]) -> SavedViewView:
    """Gives a view of one's own another name or search, or makes it the start, or the start no longer."""
    view = engine.change_saved_view(asker, view_id, name=data.name, search=data.search, is_start=data.is_start)
    return SavedViewView.of(view)


@delete(
    "/saved-views/{view_id:str}",
    summary="Forget a saved view",
    tags=["Tasks"],
    responses=declared(*CHANGE_PROBLEMS, "not-found"),
)
def remove_saved_view(engine: Engine, asker: Asker, view_id: ViewId) -> Response[None]:
    """The view is gone; the tasks that it showed are untouched."""
    engine.remove_saved_view(asker, view_id)
    return Response(None)


HANDLERS = [list_saved_views, add_saved_view, change_saved_view, remove_saved_view]
