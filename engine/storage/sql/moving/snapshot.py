"""A database as it was in one instant, while others go on writing to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

import sqlalchemy as sa

from ....chain_heads import CaseHead
from ....errors import Misconfigured, RevisionConflict
from ....history import ChainHead
from ....ids import CaseId
from ..address import connect, file_of, in_words, is_sqlite, read_address
from ..tables import case_instance, stored_file
from ..upgrading import newest_revision, require_current
from .contents import Content, column_names, content_of, lines_of, table_names, without_what_they_refer_to

_MANY: Final = 500
_LACKS_A_RIGHT: Final = "42501"
_IN_USE: Final = (
    "Something else has the database {} open. Stop `stegvis serve` and `stegvis worker`, so that nothing is written "
    "that the copy lacks; or give --snapshot to copy what is there now, for a rehearsal."
)
_NOT_ITS_OWN: Final = (
    "The database account may not lock the tables of {}, which keeps others from writing while they are copied: only the "
    "account that owns them may, `stegvis_owner` in docs/reference/database.md. Give --from its address. Or give --snapshot, "
    "for which this account has the rights: what others write after the copy began is then not in it."
)


class Snapshot:
    """Everything in a database of this release, in one transaction that only reads."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self.revision = newest_revision()

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._connection.dialect.name

    @property
    def tables(self) -> tuple[str, ...]:
        """Each table after those that it refers to."""
        return table_names()

    def require_another(self, url: str) -> None:
        """Raise Misconfigured where the address is that of this very database, however it is written."""
        address, own = read_address(url), self._connection.engine.url
        if is_sqlite(address) != is_sqlite(own):
            return
        if is_sqlite(own):
            same = file_of(address).exists() and file_of(address).samefile(file_of(own))
        else:
            engine = connect(address)
            try:
                with engine.connect() as connection:
                    same = _identity(connection) == _identity(self._connection)
            finally:
                engine.dispose()
        if same:
            raise Misconfigured(
                f"{in_words(address)} is the database that is to be copied. Give --to another one, which is empty; "
                "`stegvis backup` keeps a copy in a file."
            )

    def columns(self, table: str) -> tuple[str, ...]:
        return column_names(self._connection, table)

    def lines(self, table: str) -> Iterator[str]:
        """See contents.lines_of."""
        return lines_of(self._connection, table)

    def content(self, table: str) -> Content:
        return content_of(self._connection, table)

    def astray(self) -> tuple[str, ...]:
        """See contents.without_what_they_refer_to."""
        return without_what_they_refer_to(self._connection)

    def heads(self) -> Iterator[CaseHead]:
        """The end of each case's chain of history, in the order of the cases' ids."""
        columns = case_instance.c
        select = sa.select(columns.id, columns.number, columns.history_sequence, columns.history_hash).order_by(columns.id)
        for row in self._connection.execute(select, execution_options={"stream_results": True, "yield_per": _MANY}):
            yield CaseHead(CaseId(row.id), row.number, ChainHead(row.history_sequence, row.history_hash))

    def files(self) -> Iterator[tuple[str, str]]:
        """The id of each file of a case, and the SHA-256 of its content."""
        select = sa.select(stored_file.c.id, stored_file.c.sha256).order_by(stored_file.c.id)
        for row in self._connection.execute(select, execution_options={"stream_results": True, "yield_per": _MANY}):
            yield row.id, row.sha256


@contextmanager
def snapshot(url: str, *, alone: bool = False) -> Iterator[Snapshot]:
    """The database at an address as it is now. Nobody waits for it; with `alone`, nobody else may write meanwhile.

    Raises:
        Misconfigured: it cannot be reached, is not of this release, or is in use and was to be read alone.
    """
    address = read_address(url)
    engine = connect(address)
    try:
        require_current(engine)
        if alone and is_sqlite(address):
            engine.dispose()
            _require_nobody_has_the_file(engine)
        with engine.connect().execution_options(**_options(address, alone=alone)) as connection, connection.begin():
            if alone and not is_sqlite(address):
                _require_nobody_is_connected(connection)
            yield Snapshot(connection)
    finally:
        engine.dispose()


def _identity(connection: sa.Connection) -> tuple[Any, ...]:
    """What no two databases of PostgreSQL have in common: their name, and the instant when their server was started."""
    return tuple(connection.exec_driver_sql("SELECT current_database(), pg_postmaster_start_time()").one())


def _options(address: sa.URL, *, alone: bool) -> dict[str, Any]:
    if is_sqlite(address):
        return {"begin": "BEGIN IMMEDIATE" if alone else "BEGIN"}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": not alone}


def _require_nobody_has_the_file(engine: sa.Engine) -> None:
    """SQLite leaves WAL mode only for whoever is alone with the file; our next connection goes back to it."""
    with closing(sqlite3.connect(file_of(engine.url), timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise Misconfigured(_IN_USE.format(in_words(engine.url))) from error
            raise


def _require_nobody_is_connected(connection: sa.Connection) -> None:
    """Keep writers out, and then look who is there: what somebody wrote before is in the snapshot, which begins after it."""
    quote = connection.dialect.identifier_preparer.quote
    try:
        connection.exec_driver_sql(f"LOCK TABLE {', '.join(quote(name) for name in table_names())} IN SHARE MODE")
    except RevisionConflict as error:
        raise Misconfigured(_IN_USE.format(in_words(connection.engine.url))) from error
    except Misconfigured as error:
        if getattr(error.__cause__, "sqlstate", "") != _LACKS_A_RIGHT:
            raise
        raise Misconfigured(_NOT_ITS_OWN.format(in_words(connection.engine.url))) from error
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    if connection.exec_driver_sql(f"{others} AND usename IS NOT NULL").scalar_one():
        raise Misconfigured(_IN_USE.format(in_words(connection.engine.url)))
