"""Writers of one SQLite file in several processes: each waits until the others are done, and not for ever."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from time import monotonic

import pytest
import sqlalchemy as sa

from engine.errors import Misconfigured, RevisionConflict
from engine.ids import UnitId
from engine.ports import Unit
from engine.storage.sql import SqlStore, address, open_store, transactions
from engine.storage.sql.address import file_of
from engine.storage.sql.turn import Turn


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[SqlStore]:
    with closing(open_store(sqlite_url)) as store:
        yield store


@pytest.fixture
def another_writer(sqlite_store: SqlStore) -> Iterator[sqlite3.Connection]:
    """As another process: it has begun to write."""
    file = file_of(sqlite_store.engine.url)
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def write(store: SqlStore) -> None:
    with store.write() as work:
        work.people.put_unit(Unit(UnitId("a"), "A"))
        work.commit()


def test_a_writer_waits_until_another_process_is_done(sqlite_store: SqlStore, another_writer: sqlite3.Connection) -> None:
    another_writer.execute("INSERT INTO unit (id, name) VALUES ('b', 'B')")
    waiting = threading.Thread(target=write, args=(sqlite_store,))
    waiting.start()
    waiting.join(0.1)
    assert waiting.is_alive()
    another_writer.execute("COMMIT")
    waiting.join(10)
    with sqlite_store.read() as work:
        assert {unit.id for unit in work.people.units()} == {"a", "b"}


def test_a_connection_that_shows_a_moment_that_is_over_is_not_written_with(sqlite_store: SqlStore) -> None:
    for id_ in ("b", "c"):
        with sqlite_store.write() as work:
            work.people.put_unit(Unit(UnitId(id_), id_.upper()))
            work.commit()
    pooled = sqlite_store.engine.raw_connection()
    read_half = pooled.cursor()
    read_half.execute("SELECT id FROM unit")
    assert read_half.fetchone() is not None
    pooled.close()  # back to the pool, where the next writer takes it
    with closing(sqlite3.connect(file_of(sqlite_store.engine.url))) as elsewhere:
        elsewhere.execute("UPDATE unit SET name = 'changed elsewhere'")
        elsewhere.commit()
    with pytest.raises(RevisionConflict):  # which is tried again at once
        write(sqlite_store)
    write(sqlite_store)


def test_one_who_waits_for_a_connection_keeps_no_other_process_waiting(sqlite_store: SqlStore) -> None:
    with ExitStack() as stack:
        pool = sqlite_store.engine.pool
        assert isinstance(pool, sa.QueuePool)
        for _ in range(pool.size() + pool._max_overflow):
            stack.enter_context(sqlite_store.engine.connect())
        waiting = threading.Thread(target=write, args=(sqlite_store,))
        waiting.start()
        waiting.join(0.1)
        assert waiting.is_alive()
        with Turn(file_of(sqlite_store.engine.url)).among_processes(monotonic() + 60) as has_come:
            assert has_come
    waiting.join(60)
    assert not waiting.is_alive()


def test_a_writer_gives_up_at_last_and_can_write_afterwards(
    sqlite_store: SqlStore, another_writer: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(transactions, "BUSY_SECONDS", 0.05)
        with pytest.raises(Misconfigured, match="Another program has held the database for too long"):
            write(sqlite_store)
    another_writer.execute("ROLLBACK")
    write(sqlite_store)
    with sqlite_store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == address.BUSY_SECONDS * 1000
