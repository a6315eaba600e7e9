"""A store in SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
import structlog

from ...clock import Clock, SystemClock
from ...errors import Misconfigured
from ..around import Around
from . import rights
from .address import connect, file_of, in_words, is_sqlite, read_address
from .clock import clock_of
from .connection import Connection
from .transactions import OwnTransaction, PartOfTransaction, Transaction, TransactionAround
from .turn import Turn
from .unit_of_work import SqlUnitOfWork
from .upgrading import newer_in_words, require_fitting

if TYPE_CHECKING:
    from .carrier import Carrier

_READERS: Final[dict[str, dict[str, Any]]] = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
_WRITERS: Final[dict[str, dict[str, Any]]] = {"sqlite": {"begin": "BEGIN IMMEDIATE"}, "postgresql": {}}

_log = structlog.get_logger("stegvis.database")


class SqlStore:
    """Units of work on one database. Safe to share between threads.

    A reader sees the database as it was when it began. Writers of a SQLite database take turns in the order in which
    they came; in PostgreSQL they only wait for each other's rows.

    `tells`: what is due is told to workers on other machines, in the very transaction that writes it. Only in PostgreSQL.
    `revision` is the one at which its tables were found to be fit for this release.
    """

    def __init__(self, engine: sa.Engine, *, revision: str, tells: bool = False) -> None:
        self._engine = engine
        self._revision = revision
        self._is_told = False
        self._may_write = is_sqlite(engine.url)
        self._turn = Turn(file_of(engine.url)) if is_sqlite(engine.url) else None
        self._around: Around[Connection] = Around()
        self.clock: Clock = SystemClock() if is_sqlite(engine.url) else clock_of(engine)
        """The one clock of all who work on this database."""
        self.carrier: Carrier | None = None
        if tells and not is_sqlite(engine.url):
            from .carrier import Carrier  # needs a package that SQLite does without

            self.carrier = Carrier(engine, self.clock)

    @property
    def engine(self) -> sa.Engine:
        """For migrations, and for tests that look behind the store."""
        return self._engine

    @property
    def address(self) -> str:
        """Where the database is, without the password."""
        return in_words(self._engine.url)

    @property
    def is_far(self) -> bool:
        """See `ports.Store.is_far`."""
        return not is_sqlite(self._engine.url)

    @property
    def newer(self) -> str:
        """That the database is of a newer release, and what to do, in words; nothing where it is of this one."""
        return newer_in_words(self._revision)

    def require_ready(self) -> None:
        """See `ports.Store.require_ready`. That a newer release has upgraded the database is logged, once."""
        revision = require_fitting(self._engine, fits=self._revision)
        self._require_rights()
        if not self._is_told or revision != self._revision:
            self._is_told, self._revision = True, revision
            if self.newer:
                _log.warning("database-newer", message=self.newer)

    def _require_rights(self) -> None:
        """Asked until the account has them, and then no more: a grant is rarely taken back under a process."""
        if self._may_write:
            return
        with self._engine.connect() as connection:
            lacks = rights.lacking_for_a_step(connection)
        if lacks:
            told = f"The account of the database {self.address} may not write ({rights.in_words(lacks)})."
            raise Misconfigured(f"{told} Grant it the rights that docs/reference/database.md lists.")
        self._may_write = True

    def write(self) -> SqlUnitOfWork:
        """A unit of work that may change things."""
        return SqlUnitOfWork(self._writing())

    def read(self) -> SqlUnitOfWork:
        """A unit of work that only reads."""
        whole = self._around.whole
        if whole is not None:
            return SqlUnitOfWork(PartOfTransaction(whole, is_writer=False))
        return SqlUnitOfWork(OwnTransaction(self._engine, _READERS[self._engine.dialect.name], is_writer=False, turn=None))

    def around(self) -> SqlUnitOfWork:
        """See `ports.Store.around`."""
        return SqlUnitOfWork(TransactionAround(self._writing(), self._around))

    def afterwards(self, do: Callable[[], None]) -> None:
        """See `ports.Store.afterwards`."""
        self._around.afterwards(do)

    def _writing(self) -> Transaction:
        whole = self._around.whole
        if whole is not None:
            return PartOfTransaction(whole, is_writer=True)
        return OwnTransaction(
            self._engine, _WRITERS[self._engine.dialect.name], is_writer=True, turn=self._turn, carrier=self.carrier
        )

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def may_share(url: str) -> bool:
    """Whether processes on several machines may work on the database at this address. Raises Misconfigured as `open_store`."""
    return not is_sqlite(read_address(url))


def open_store(url: str, *, tells: bool = False) -> SqlStore:
    """The store at an address: `postgresql://…`, `sqlite:///…`, or the path of a SQLite file. `tells`: see SqlStore.

    Raises:
        Misconfigured: there is no such database, it cannot be reached, `stegvis db upgrade` has to be run first, or a newer
            release has taken away what this one needs.
    """
    address = read_address(url)
    engine = connect(address)
    try:
        return SqlStore(engine, tells=tells, revision=require_fitting(engine))
    except BaseException:
        engine.dispose()
        raise
