"""Stores for tests. `store` runs a test three times: in memory, on SQLite, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from engine.ports import Store
from engine.storage.memory import MemoryStore
from engine.storage.sql import SqlStore, open_store
from tests.databases import PostgresServer, make_sqlite

# What a slow machine takes longer over is no failure.
settings.register_profile("repository", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repository")


@pytest.fixture
def memory_store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A server of our own for the whole run. Where it cannot start, the run fails and says why."""
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture
def empty_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A database without tables."""
    with postgres_server.empty() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """A database with our tables and no rows."""
    return postgres_server.emptied()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A database with our tables and no rows."""
    return make_sqlite(tmp_path / "stegvis.db")


@pytest.fixture(params=["sqlite", "postgresql"])
def sql_url(request: pytest.FixtureRequest) -> str:
    """The address of a database with our tables and no rows, of each kind in turn."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
def sql_store(sql_url: str) -> Iterator[SqlStore]:
    """An empty store on SQLite and on PostgreSQL, in turn."""
    opened = open_store(sql_url)
    yield opened
    opened.close()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store of each kind in turn."""
    if request.param == "memory":
        yield MemoryStore()
        return
    opened = open_store(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))
    yield opened
    opened.close()
