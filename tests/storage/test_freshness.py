"""A connection that PostgreSQL has closed is not given out again; one that lives is not asked each time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from engine.storage.sql import SqlStore, open_store
from engine.storage.sql import freshness as module


@pytest.fixture
def store(postgres_url: str) -> Iterator[SqlStore]:
    opened = open_store(postgres_url)
    yield opened
    opened.close()


@pytest.fixture
def pings(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The connections that the server was asked about."""
    asked: list[object] = []
    ping = store.engine.dialect.do_ping

    def note(connection: object) -> bool:
        asked.append(connection)
        return ping(connection)  # type: ignore[arg-type]  # the driver's, whichever it is

    monkeypatch.setattr(store.engine.dialect, "do_ping", note)
    return asked


def test_a_connection_that_was_just_used_is_used_again_unasked(store: SqlStore, pings: list[object]) -> None:
    assert server_process(store) == server_process(store)
    assert pings == []


def test_one_that_has_rested_is_asked_whether_it_lives(
    store: SqlStore, pings: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = server_process(store)
    monkeypatch.setattr(module, "RESTED_SECONDS", 0.0)
    assert server_process(store) == first
    assert len(pings) == 1


def test_one_that_the_server_has_ended_is_replaced_unnoticed(store: SqlStore) -> None:
    first = server_process(store)
    end(store, first)
    assert server_process(store) != first
    with store.read() as unit:
        assert unit.people.session("nobody's") is None


def test_several_that_the_server_has_ended_are_replaced_unnoticed(store: SqlStore) -> None:
    held = [store.engine.connect() for _ in range(3)]
    ended = [one.scalar(sa.text("SELECT pg_backend_pid()")) for one in held]
    for one in held:
        one.close()
    for process in ended:
        end(store, process)
    held = [store.engine.connect() for _ in range(3)]
    assert not {one.scalar(sa.text("SELECT pg_backend_pid()")) for one in held} & {*ended}
    for one in held:
        one.close()


def server_process(store: SqlStore) -> int:
    """The server's process at the other end of the connection that the pool gives."""
    with store.engine.connect() as connection:
        return int(connection.scalar(sa.text("SELECT pg_backend_pid()")) or 0)


def end(store: SqlStore, process: int | None) -> None:
    """End a process of the server, and wait until it is gone."""
    engine = sa.create_engine(store.engine.url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        assert connection.scalar(sa.text(f"SELECT pg_terminate_backend({process}, 30000)"))
