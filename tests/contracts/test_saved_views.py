from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import Conflict
from engine.ids import UserId
from engine.ports import SavedView, Store

ADA, BO = UserId("ada"), UserId("bo")
LATE = SavedView("v-1", ADA, "Mina försenade", {"show": "mine", "due": "overdue"}, is_start=True)
ALL = SavedView("v-2", ADA, "Alla", {})


def keep(store: Store, *views: SavedView) -> None:
    with store.write() as work:
        for view in views:
            work.saved_views.add(view)
        work.commit()


def test_a_persons_views_are_read_back_by_name(store: Store) -> None:
    keep(store, LATE, ALL, replace(LATE, id="v-3", owner=BO))
    with store.read() as work:
        assert list(work.saved_views.of(ADA)) == [ALL, LATE]
        assert work.saved_views.get("v-1") == LATE
        assert work.saved_views.get("v-9") is None
        assert list(work.saved_views.of(UserId("nobody"))) == []


def test_a_view_is_changed_and_forgotten(store: Store) -> None:
    keep(store, LATE, ALL)
    changed = replace(LATE, name="Försenade", search={"due": "overdue"}, is_start=False)
    with store.write() as work:
        work.saved_views.save(changed)
        work.saved_views.save(replace(ALL, id="v-9", name="Ingen"))
        work.saved_views.remove("v-2")
        work.saved_views.remove("v-8")
        work.commit()
    with store.read() as work:
        assert list(work.saved_views.of(ADA)) == [changed]


def test_no_two_views_of_one_person_have_the_same_name(store: Store) -> None:
    keep(store, LATE, ALL)
    with store.write() as work, pytest.raises(Conflict):
        work.saved_views.add(replace(LATE, id="v-4"))
    with store.write() as work, pytest.raises(Conflict):
        work.saved_views.save(replace(ALL, name=LATE.name))
    with store.write() as work:
        work.saved_views.save(LATE)
        work.commit()
