from __future__ import annotations

from datetime import timedelta

from engine.ids import CaseId, UnitId
from engine.ports import Aspect, Change, Store
from tests.builders import NOON, UNIT, a_case
from tests.contracts.stored import with_cases

BOTH = frozenset({Aspect.CASE, Aspect.TASKS})
HOUR = timedelta(hours=1)


def with_changes(store: Store, *hours: int) -> list[int]:
    """Commit a change of `case-1` this many hours after noon, each by itself; gives their serials."""
    for hour in hours:
        with store.write() as work:
            work.changes.add(CaseId("case-1"), UNIT, BOTH, NOON + hour * HOUR)
            work.commit()
    return serials(store)


def serials(store: Store, after: int = 0, limit: int = 100) -> list[int]:
    with store.read() as work:
        return [change.serial for change in work.changes.after(after, limit)]


def test_changes_are_read_back_in_order_each_with_a_number_of_its_own(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2"))
    with store.write() as work:
        work.changes.add(CaseId("case-1"), UNIT, BOTH, NOON)
        work.changes.add(CaseId("case-2"), UnitId("north"), frozenset({Aspect.CASE}), NOON + HOUR)
        work.commit()
    with store.read() as work:
        first, second = work.changes.after(0, 100)
    assert first == Change(first.serial, CaseId("case-1"), UNIT, BOTH, NOON)
    assert second == Change(second.serial, CaseId("case-2"), UnitId("north"), frozenset({Aspect.CASE}), NOON + HOUR)
    assert first.serial < second.serial


def test_changes_are_read_from_a_place_on_and_so_many_at_a_time(store: Store) -> None:
    with_cases(store)
    one, two, three, four = with_changes(store, 1, 2, 3, 4)
    assert serials(store, after=one, limit=2) == [two, three]
    assert serials(store, after=four) == []


def test_the_bounds_are_the_oldest_and_the_newest(store: Store) -> None:
    with_cases(store)
    with store.read() as work:
        assert work.changes.bounds() == (0, 0)
    one, _, three = with_changes(store, 1, 2, 3)
    with store.read() as work:
        assert work.changes.bounds() == (one, three)


def test_old_changes_are_forgotten_but_for_the_newest_and_no_number_is_given_twice(store: Store) -> None:
    with_cases(store)
    one, two, three = with_changes(store, 1, 2, 3)
    with store.write() as work:
        work.changes.forget_before(NOON + 2 * HOUR)
        work.commit()
    assert serials(store) == [two, three]
    with store.write() as work:
        work.changes.forget_before(NOON + 9 * HOUR)
        work.commit()
    assert serials(store) == [three]
    assert with_changes(store, 10)[-1] > three > one
