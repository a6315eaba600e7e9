"""An empty database that is filled from a snapshot or a backup, wholly or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from ....chain_heads import CaseHead
from ....errors import Conflict, Misconfigured
from ....history import first_break
from ..address import connect, create_file, in_words, is_sqlite, read_address
from ..connection import Connection
from ..records import SqlHistories
from ..upgrading import make_tables, upgrade_to_newest, writing
from .contents import Content, content_of, has_rows, put_lines, table_names


@dataclass(frozen=True, slots=True)
class Verified:
    """How many cases were looked at, and those whose history does not fit: the first event that does not, and why."""

    cases: int
    broken: tuple[tuple[CaseHead, int, str], ...]


class Target:
    """A database without rows, in the transaction that fills it. Nobody else sees or writes anything until it is over."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def fill(self, table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
        """See contents.put_lines. Tables come after those that they refer to."""
        put_lines(self._connection, table, columns, lines)

    def content(self, table: str) -> Content:
        """What the table holds, read back from the database."""
        return content_of(self._connection, table)

    def number_on(self) -> None:
        """Let new rows get numbers after those that are there."""
        if self._connection.dialect.name == "postgresql":
            _set_serials(self._connection)

    def finish(self) -> None:
        """The same, and bring the tables to this release."""
        self.number_on()
        upgrade_to_newest(self._connection)

    def verify(self, heads: Iterable[CaseHead]) -> Verified:
        """Look whether each case's chain of history leads to its head without a break."""
        histories, number, broken = SqlHistories(Connection(self._connection)), 0, []
        for head in heads:
            number += 1
            found = first_break(histories.chain_of(head.case_id), end=head.end)
            if found is not None:
                broken.append((head, *found))
        return Verified(number, tuple(broken))


@contextmanager
def filling(url: str, *, revision: str) -> Iterator[Target]:
    """The empty database at an address, with the tables of a revision. What was done is committed after the block.

    A SQLite file is made where there is none. When the block raises, the database is as it was.

    Raises:
        Misconfigured: it cannot be reached or written, is not empty, has the tables of another revision, or was filled with
            rows that refer to none.
    """
    address = read_address(url)
    if is_sqlite(address):
        create_file(address)
    engine = connect(address)
    try:
        with writing(engine) as connection:
            make_tables(connection, revision)
            _require_no_rows(connection, in_words(address))
            yield Target(connection)
    except Conflict as error:  # keys are unique in what was read, and nobody else writes: a row that others refer to is missing
        raise Misconfigured(
            "Rows refer to others that are not there any more: somebody removed these outside Stegvis, a case for example. "
            "Nothing was written. `stegvis history verify` on the database that they come from names such cases; take an older "
            "backup."
        ) from error
    finally:
        engine.dispose()


def _require_no_rows(connection: sa.Connection, where: str) -> None:
    there = set(sa.inspect(connection).get_table_names())
    names = [name for name in table_names() if name in there]
    if connection.dialect.name == "postgresql":
        quote = connection.dialect.identifier_preparer.quote
        connection.exec_driver_sql(f"LOCK TABLE {', '.join(quote(name) for name in names)} IN EXCLUSIVE MODE")
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")  # else each row waits in memory for the commit
    for name in names:
        if has_rows(connection, name):
            raise Misconfigured(
                f"The database {where} is not empty: the table {name} has rows. Give an empty one; nothing is overwritten."
            )


def _set_serials(connection: sa.Connection) -> None:
    quote = connection.dialect.identifier_preparer.quote
    inspector = sa.inspect(connection)
    for table in sorted(set(table_names()) & set(inspector.get_table_names())):
        for column in inspector.get_columns(table):
            if column.get("identity"):
                last = sa.select(sa.func.max(sa.column(column["name"], sa.BigInteger))).select_from(sa.table(table))
                number = connection.execute(last).scalar_one()
                if number is not None:
                    sequence = sa.func.pg_get_serial_sequence(quote(table), column["name"])
                    connection.execute(sa.select(sa.func.setval(sequence, number)))
