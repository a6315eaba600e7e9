"""Small conversions between columns and values, shared by the repositories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ..json_text import read_json, write_json
from . import tables

Values: TypeAlias = dict[str, object]
"""What is written to a row, by column."""


def but_key(row: Values) -> Values:
    """The row to update with. SQLite looks at every row that refers to one whose key is written, even to the same value."""
    return {column: value for column, value in row.items() if column != "id"}


def names(values: Iterable[str]) -> str:
    """A set of names as text."""
    return write_json([*sorted(values)])


def read_names(text: str) -> list[str]:
    """The names that `names` wrote, sorted."""
    return cast("list[str]", read_json(text))


def texts(values: Mapping[str, str]) -> str:
    """A mapping of texts as text."""
    return write_json(dict(values))


def read_texts(text: str) -> dict[str, str]:
    """The mapping that `texts` wrote."""
    return cast("dict[str, str]", read_json(text))


def insert(connection: sa.Connection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that may say what to do on a conflict."""
    return insert_of(connection.dialect.name, table)


def insert_of(dialect: str, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """The same for a dialect by name."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def count(connection: sa.Connection, name: str) -> int:
    """The next number of a counter, from 1; others wait for it until the end of the transaction."""
    first = insert(connection, tables.counter).values(name=name, last=1)
    next_ = first.on_conflict_do_update(index_elements=["name"], set_={"last": tables.counter.c.last + 1})
    return int(connection.execute(next_.returning(tables.counter.c.last)).scalar_one())


def is_reading(connection: sa.Connection) -> bool:
    """Whether the unit of work only reads: then nothing is locked, and PostgreSQL would refuse to."""
    return bool(connection.get_execution_options().get("postgresql_readonly"))
