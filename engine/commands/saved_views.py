"""Views of the task list: what somebody calls what stands in its address, to find it again on any machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ..errors import NotFound, NotPossible, Rejected
from ..finding import FieldProblem
from ..ids import new_id
from ..ports import SavedView
from ..sentences import sentence
from .free_text import require_no_identity_number
from .occurrence import Occurrence

MOST_VIEWS: Final = 50
"""That one person may keep."""
LONGEST_NAME: Final = 80


def listed(at: Occurrence) -> Sequence[SavedView]:
    """The actor's own views, by name."""
    return at.unit.saved_views.of(at.actor.id)


def add(at: Occurrence, name: str, search: Mapping[str, str], *, is_start: bool = False) -> SavedView:
    """Keep a view.

    Raises:
        Rejected: the name says nothing, is longer than LONGEST_NAME or holds an identity number.
        NotPossible: the actor has MOST_VIEWS already. Conflict: and one of this name.
    """
    if len(listed(at)) >= MOST_VIEWS:
        raise NotPossible(f"You have {MOST_VIEWS} views already. Remove one that you no longer use.")
    view = SavedView(new_id(), at.actor.id, _given_name(name), dict(search), is_start)
    at.unit.saved_views.add(view)
    _leave_one_start(at, view)
    return view


def change(at: Occurrence, id_: str, *, name: str | None, search: Mapping[str, str] | None, is_start: bool | None) -> SavedView:
    """Change what is given (None stays as it is). When it becomes the start, no other one is.

    Raises:
        NotFound: the actor has no such view. Rejected, Conflict: as `add`.
    """
    view = _own(at, id_)
    view = replace(
        view,
        name=view.name if name is None else _given_name(name),
        search=view.search if search is None else dict(search),
        is_start=view.is_start if is_start is None else is_start,
    )
    at.unit.saved_views.save(view)
    _leave_one_start(at, view)
    return view


def remove(at: Occurrence, id_: str) -> None:
    """Forget a view. Raises NotFound where the actor has none such."""
    at.unit.saved_views.remove(_own(at, id_).id)


def _own(at: Occurrence, id_: str) -> SavedView:
    view = at.unit.saved_views.get(id_)
    if view is None or view.owner != at.actor.id:
        raise NotFound("saved view", id_)
    return view


def _leave_one_start(at: Occurrence, view: SavedView) -> None:
    for other in listed(at):
        if view.is_start and other.is_start and other.id != view.id:
            at.unit.saved_views.save(replace(other, is_start=False))


def _given_name(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        sv, en = f"Skriv mellan 1 och {LONGEST_NAME} tecken.", f"Write between 1 and {LONGEST_NAME} characters."
        raise Rejected("The view has no name, or one that is too long.", problems=[FieldProblem("/name", "maxLength", sv, en)])
    require_no_identity_number(sentence("the name"), name=name)
    return name
