"""A store in SQLite or PostgreSQL."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from ..fair_lock import FairLock
from .address import BUSY_SECONDS, connect, in_words, is_sqlite, read_address
from .unit_of_work import SqlUnitOfWork
from .upgrading import require_current

_READERS: Final[dict[str, dict[str, Any]]] = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
_WRITERS: Final[dict[str, dict[str, Any]]] = {"sqlite": {"begin": "BEGIN IMMEDIATE"}, "postgresql": {}}


class SqlStore:
    """Units of work on one database. Safe to share between threads.

    A reader sees the database as it was when it began. Writers of a SQLite database take turns in the order in which
    they came; in PostgreSQL they only wait for each other's rows.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._turn = FairLock(timeout_seconds=BUSY_SECONDS) if is_sqlite(engine.url) else None

    @property
    def engine(self) -> sa.Engine:
        """For migrations, and for tests that look behind the store."""
        return self._engine

    @property
    def address(self) -> str:
        """Where the database is, without the password."""
        return in_words(self._engine.url)

    def write(self) -> SqlUnitOfWork:
        """A unit of work that may change things."""
        return SqlUnitOfWork(self._engine, _WRITERS[self._engine.dialect.name], is_writer=True, turn=self._turn)

    def read(self) -> SqlUnitOfWork:
        """A unit of work that only reads."""
        return SqlUnitOfWork(self._engine, _READERS[self._engine.dialect.name], is_writer=False, turn=None)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def open_store(url: str) -> SqlStore:
    """The store at an address: `postgresql://…`, `sqlite:///…`, or the path of a SQLite file.

    Raises:
        Misconfigured: there is no such database, it cannot be reached, or `stegvis db upgrade` has to be run first.
    """
    address = read_address(url)
    engine = connect(address)
    try:
        require_current(engine)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine)
