"""`house` runs a test with each kind of worker: embedded on SQLite and on PostgreSQL, distributed on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.storage.sql import open_store, upgrade

from .house import BackgroundHouse


@pytest.fixture(params=["embedded-sqlite", "embedded-postgresql", "distributed"])
def house(request: pytest.FixtureRequest) -> Iterator[BackgroundHouse]:
    """An installation for each kind of worker in turn."""
    url = request.getfixturevalue("sqlite_url" if request.param == "embedded-sqlite" else "postgres_url")
    store = open_store(url, tells=request.param == "distributed")
    yield BackgroundHouse(store)
    store.close()


@pytest.fixture
def telling_house(postgres_url: str) -> Iterator[BackgroundHouse]:
    """An installation whose workers share their work. Nobody has been told anything yet."""
    upgrade(postgres_url)
    store = open_store(postgres_url, tells=True)
    house = BackgroundHouse(store)
    house.run("TRUNCATE stegvis_wakeups.procrastinate_jobs, stegvis_wakeups.procrastinate_workers CASCADE")
    yield house
    store.close()
