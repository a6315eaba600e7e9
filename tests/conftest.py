"""Stores for tests. `store` runs a test three times: in memory, on SQLite, on PostgreSQL."""

from __future__ import annotations

import io
import json
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, settings

from engine.ports import Store
from engine.storage.memory import MemoryStore
from engine.storage.sql import SqlStore, open_store
from engine.telemetry.logs import log_to, tell_to
from tests.databases import PostgresServer, make_sqlite

Written = Callable[[], list[dict[str, Any]]]
"""The lines that were logged so far."""

# What a slow machine takes longer over is no failure.
settings.register_profile("repository", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repository")


@pytest.fixture(autouse=True, scope="session")
def strict_logs() -> Iterator[None]:
    """What may not stand in a log is an error in tests; what may goes nowhere."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        tell_to(nowhere, "debug", "json", is_strict=True)
        yield


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


@pytest.fixture
def logged() -> Iterator[Written]:
    """Everything that this process logs, at debug level: what it gives are the lines so far."""
    ours, root, hooks = structlog.get_config(), logging.getLogger(), (threading.excepthook, sys.unraisablehook)
    level, raises, handlers = root.level, logging.raiseExceptions, list(root.handlers)
    stream = io.StringIO()
    log_to(stream, "debug", "json", is_strict=True)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.captureWarnings(False)
    root.setLevel(level)
    root.handlers[:] = handlers
    logging.raiseExceptions = raises
    threading.excepthook, sys.unraisablehook = hooks
    structlog.configure(**ours)
