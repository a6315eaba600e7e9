"""What a table holds, told the same way by both databases: a line of JSON for each row, in the order of its key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa

from ....errors import Conflict, Misconfigured, StegvisError
from ..tables import metadata

_BATCH: Final = 500
"""Rows that are held in memory at a time."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a table held: its columns in the order of their names, how many rows, and the SHA-256 of their lines."""

    table: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


class Tally:
    """Counts and digests lines that pass through it."""

    def __init__(self) -> None:
        self.rows = 0
        self._hash = hashlib.sha256()

    def of(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self.rows += 1
            self._hash.update(line.encode())
            self._hash.update(b"\n")
            yield line

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def table_names() -> tuple[str, ...]:
    """This release's tables, each after those that it refers to."""
    return tuple(table.name for table in metadata.sorted_tables)


def column_names(connection: sa.Connection, table: str) -> tuple[str, ...]:
    """The table's columns, as this database has them, in the order of their names."""
    return tuple(sorted(column["name"] for column in sa.inspect(connection).get_columns(table)))


def lines_of(connection: sa.Connection, table: str) -> Iterator[str]:
    """A JSON list of each row's values, columns in the order of their names, rows in the order of the key.

    Times are text in UTC with microseconds. Only a few rows are in memory at a time.

    Raises:
        Misconfigured: the table cannot be read, or holds what Stegvis does not write.
    """
    inspector = sa.inspect(connection)
    columns = [sa.column(column["name"], column["type"]) for column in inspector.get_columns(table)]
    key = inspector.get_pk_constraint(table)["constrained_columns"]
    in_order = sorted(columns, key=lambda column: str(column.name))
    select = sa.select(*in_order).select_from(sa.table(table, *columns)).order_by(*(sa.column(name) for name in key))
    with telling(table, "read"):
        for row in connection.execute(select, execution_options={"stream_results": True, "yield_per": _BATCH}):
            yield json.dumps([_plain(value) for value in row], ensure_ascii=False, separators=(",", ":"))


def content_of(connection: sa.Connection, table: str) -> Content:
    """What the table holds now."""
    tally = Tally()
    for _ in tally.of(lines_of(connection, table)):
        pass
    return Content(table, column_names(connection, table), tally.rows, tally.sha256)


def put_lines(connection: sa.Connection, table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    """Insert the rows that `lines_of` told. Numbers that the database gives to new rows are the given ones.

    Raises:
        Misconfigured: a row does not fit the table.
    """
    quote = connection.dialect.identifier_preparer.quote
    is_postgresql = connection.dialect.name == "postgresql"
    marks = ", ".join(["%s" if is_postgresql else "?"] * len(columns))
    overriding = " OVERRIDING SYSTEM VALUE" if is_postgresql else ""
    names = ", ".join(quote(name) for name in columns)
    insert = f"INSERT INTO {quote(table)} ({names}){overriding} VALUES ({marks})"  # noqa: S608  # names are the database's own
    rest = iter(lines)
    while batch := list(islice(rest, _BATCH)):
        with telling(table, "filled"):
            connection.exec_driver_sql(insert, [tuple(json.loads(line)) for line in batch])


def has_rows(connection: sa.Connection, table: str) -> bool:
    return connection.execute(sa.select(sa.literal(1)).select_from(sa.table(table)).limit(1)).first() is not None


def without_what_they_refer_to(connection: sa.Connection) -> tuple[str, ...]:
    """The tables with rows that refer to rows which are not there: somebody removed these outside Stegvis."""
    return tuple(
        table.name
        for table in metadata.sorted_tables
        if any(connection.execute(_astray(reference)).first() for reference in table.foreign_key_constraints)
    )


def _astray(reference: sa.ForeignKeyConstraint) -> sa.Select[Any]:
    there = reference.referred_table.alias("there")
    pairs = [(one.parent, there.c[one.column.name]) for one in reference.elements]
    refers = [column.is_not(None) for column, _ in pairs]
    same = sa.and_(*(column == key for column, key in pairs))
    return sa.select(sa.literal(1)).where(*refers, ~sa.exists().where(same).correlate(reference.table)).limit(1)


@contextmanager
def telling(table: str, done: str) -> Iterator[None]:
    """Say which table it was where a driver or a value fails. A reference that leads nowhere is told by `filling`."""
    try:
        yield
    except Conflict:
        raise
    except StegvisError as error:
        raise Misconfigured(f"The table {table} cannot be {done}: {error.message} Nothing was changed.") from error
    except (sa.exc.DBAPIError, TypeError, ValueError) as error:
        what = f"The table {table} cannot be {done}: it holds a value that does not fit its column."
        raise Misconfigured(
            f"{what} Nothing was changed. `stegvis history verify` tells whether history was altered."
        ) from error


def _plain(value: Any) -> str | int | None:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case str() | int() | None:
            return value
        case _:
            raise TypeError(f"a value of type {type(value).__name__}")
