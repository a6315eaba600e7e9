from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from engine.ids import UnitId, VersionId
from engine.ports import Store
from engine.wait import StartWait, WaitKind
from tests.builders import NOON, a_process_version

MINUTE = timedelta(minutes=1)


def a_start(process: str = "pathway", element: str = "tick", due: datetime | None = NOON) -> StartWait:
    return StartWait(
        process, element, WaitKind.TIMER, "R3/P1D", VersionId("pathway:1"), UnitId("north"), due, "P1D", 2, NOON, 1
    )


def a_signal(process: str = "pathway", name: str = "alarm") -> StartWait:
    return StartWait(process, f"by-{name}", WaitKind.SIGNAL, name, VersionId("pathway:1"))


@pytest.fixture
def started(store: Store) -> Store:
    with store.write() as work:
        work.definitions.add_process(a_process_version())
        work.definitions.add_process(a_process_version(number=2))
        work.starts.replace("pathway", [a_start(), a_signal()])
        work.starts.replace("intake", [a_start("intake", due=NOON - MINUTE), a_start("intake", "soon", NOON + MINUTE)])
        work.starts.replace("closing", [a_start("closing", due=None), a_signal("closing"), a_signal("closing", "other")])
        work.commit()
    return store


def test_starts_are_read_back_as_they_were_put(started: Store) -> None:
    with started.read() as work:
        assert list(work.starts.of_process("pathway")) == [a_signal(), a_start()]
        assert list(work.starts.of_process("unknown")) == []


def test_new_starts_take_the_place_of_those_before(started: Store) -> None:
    with started.write() as work:
        work.starts.replace("pathway", [a_start(element="tock")])
        work.commit()
    with started.read() as work:
        assert list(work.starts.of_process("pathway")) == [a_start(element="tock")]
        assert len(work.starts.of_process("intake")) == 2


def test_starts_that_are_due_come_with_the_longest_overdue_first(started: Store) -> None:
    with started.read() as work:
        assert list(work.starts.due(NOON, 10)) == [a_start("intake", due=NOON - MINUTE), a_start()]
        assert list(work.starts.due(NOON, 1)) == [a_start("intake", due=NOON - MINUTE)]
        assert list(work.starts.due(NOON - 2 * MINUTE, 10)) == []
        assert work.starts.next_due() == NOON - MINUTE


def test_starts_are_found_by_their_signal(started: Store) -> None:
    with started.read() as work:
        assert list(work.starts.by_signal("alarm")) == [a_signal("closing"), a_signal()]
        assert list(work.starts.by_signal("R3/P1D")) == []


def test_a_start_moves_on_once(started: Store) -> None:
    moved = replace(a_start(), due=NOON + MINUTE, left=1, round=2)
    with started.write() as work:
        assert work.starts.move_on(a_start(), moved)
        assert not work.starts.move_on(a_start(), moved)
        work.commit()
    with started.read() as work:
        assert list(work.starts.of_process("pathway")) == [a_signal(), moved]


def test_a_start_of_another_version_is_not_moved(started: Store) -> None:
    with started.write() as work:
        work.starts.replace("pathway", [replace(a_start(), version_id=VersionId("pathway:2"))])
        assert not work.starts.move_on(a_start(), replace(a_start(), due=None))


def test_the_last_round_leaves_no_time(started: Store) -> None:
    with started.write() as work:
        work.starts.replace("intake", ())
        assert work.starts.move_on(a_start(), replace(a_start(), due=None))
        assert work.starts.next_due() is None


def test_triggers_of_one_event_are_rows_of_their_own(started: Store) -> None:
    first, second = a_start(element="b"), replace(a_start(element="b", due=NOON + MINUTE), part=2)
    heard = replace(a_signal(), element="b", part=1)
    with started.write() as work:
        work.starts.replace("pathway", [second, heard, first])
        assert work.starts.move_on(second, replace(second, due=None))
        work.commit()
    with started.read() as work:
        assert list(work.starts.of_process("pathway")) == [first, heard, replace(second, due=None)]
        assert heard in work.starts.by_signal("alarm")
