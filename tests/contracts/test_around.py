"""Units of work that are parts of one around them, in each store."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
import sqlalchemy as sa

from engine.errors import Conflict
from engine.ids import UnitId
from engine.ports import Store, Unit, UnitOfWork
from engine.storage.sql import SqlStore
from tests.builders import a_message

A, B, C = (Unit(UnitId(name), name.upper()) for name in "abc")
SHORT_SECONDS = 0.2
LONG_SECONDS = 20.0


def add(store: Store, unit: Unit, *, commits: bool = True) -> None:
    with store.write() as part:
        part.people.put_unit(unit)
        if commits:
            part.commit()


def names(work: UnitOfWork) -> list[str]:
    return sorted(unit.id for unit in work.people.units())


def read(store: Store) -> list[str]:
    with store.read() as part:
        return names(part)


def read_elsewhere(store: Store) -> list[str]:
    """What another thread sees."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(read, store).result(LONG_SECONDS)


def test_parts_see_each_other_and_last_with_the_whole(store: Store) -> None:
    with store.around() as whole:
        whole.people.put_unit(A)
        add(store, B)
        assert read(store) == names(whole) == ["a", "b"]
        assert read_elsewhere(store) == []
        whole.commit()
        assert read(store) == ["a", "b"]
    assert read(store) == read_elsewhere(store) == ["a", "b"]


def test_without_a_commit_of_the_whole_nothing_lasts(store: Store) -> None:
    with store.around() as whole:
        whole.people.put_unit(A)
        add(store, B)
    assert read(store) == []
    add(store, C)
    assert read(store) == read_elsewhere(store) == ["c"]


def test_an_error_undoes_the_whole_and_the_thread_goes_on_as_before(store: Store) -> None:
    def fail() -> None:
        with store.around():
            add(store, A)
            raise LookupError("a mistake in a step")

    with pytest.raises(LookupError):
        fail()
    add(store, B)
    assert read(store) == read_elsewhere(store) == ["b"]


def test_a_part_that_is_not_committed_is_undone_alone(store: Store) -> None:
    with store.around() as whole:
        add(store, A)
        add(store, B, commits=False)
        assert read(store) == ["a"]
        whole.people.put_unit(C)
        whole.commit()
    assert read(store) == ["a", "c"]


def test_a_part_that_fails_in_the_database_leaves_the_whole_usable(store: Store) -> None:
    def send() -> None:
        with store.write() as part:
            part.people.put_unit(B)
            part.waits.add_message(a_message())
            part.commit()

    with store.around() as whole:
        add(store, A)
        whole.waits.add_message(a_message())
        with pytest.raises(Conflict):
            send()
        add(store, C)
        whole.commit()
    assert read(store) == ["a", "c"]


def test_a_part_of_a_part_is_undone_with_it(store: Store) -> None:
    with store.around() as whole:
        with store.around() as inner:
            add(store, A)
            inner.people.put_unit(B)
        assert read(store) == []
        with store.around() as inner:
            add(store, C)
            inner.commit()
        assert read(store) == ["c"]
        whole.commit()
    assert read(store) == ["c"]


def test_a_part_that_reads_cannot_commit(store: Store) -> None:
    with store.around(), store.read() as part, pytest.raises(RuntimeError, match="only reads"):
        part.commit()


def test_a_part_is_over_after_its_commit(store: Store) -> None:
    with store.around(), store.write() as part:
        part.commit()
        with pytest.raises(RuntimeError, match="over or not begun"):
            _ = part.people


def test_what_no_database_can_undo_waits_for_the_commit(store: Store) -> None:
    done = []
    store.afterwards(lambda: done.append("at once"))
    with store.around() as whole:
        store.afterwards(lambda: done.append("later"))
        assert done == ["at once"]
        whole.commit()
    assert done == ["at once", "later"]
    with store.around():
        with store.around() as inner:
            store.afterwards(lambda: done.append("never"))
            inner.commit()
        assert done == ["at once", "later"]
    add(store, A)
    with store.around() as whole:
        whole.commit()
    assert done == ["at once", "later"]


def test_another_thread_is_no_part(store: Store) -> None:
    begun, over = threading.Event(), threading.Event()

    def hold() -> None:
        with store.around() as whole:
            whole.people.put_unit(A)
            begun.set()
            over.wait(LONG_SECONDS)

    with ThreadPoolExecutor(2) as pool:
        holder = pool.submit(hold)
        begun.wait(LONG_SECONDS)
        assert pool.submit(read, store).result(LONG_SECONDS) == []
        writer = pool.submit(add, store, B)
        wait([writer], SHORT_SECONDS)
        over.set()
        holder.result(LONG_SECONDS)
        writer.result(LONG_SECONDS)
    assert read(store) == ["b"]


def test_parts_need_no_connection_of_their_own(sql_store: SqlStore) -> None:
    taken: list[object] = []

    def note(*connection: object) -> None:
        taken.append(connection)

    sa.event.listen(sql_store.engine, "checkout", note)
    with sql_store.around() as whole:
        add(sql_store, A)
        assert read(sql_store) == ["a"]
        whole.commit()
    assert len(taken) == 1
