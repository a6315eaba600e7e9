"""Small conversions between columns and values, shared by the repositories."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ..json_text import read_json, write_json
from . import tables
from .connection import Connection
from .statement import Values


def but_key(row: Values) -> Values:
    """The row to update with. SQLite looks at every row that refers to one whose key is written, even to the same value."""
    return {column: value for column, value in row.items() if column != "id"}


def differing(row: Values, was: Values) -> Values:
    """What an update writes: the columns that are other than they were, and the revision."""
    return {name: value for name, value in row.items() if name == "revision" or value != was[name]}


def names(values: Iterable[str]) -> str:
    """A set of names as text."""
    return _names_text(frozenset(values))


@functools.lru_cache(maxsize=4096)  # the same groups, names and units come again and again
def read_names(text: str) -> tuple[str, ...]:
    """The names in a list of them, in its order."""
    return tuple(cast("list[str]", read_json(text)))


@functools.lru_cache(maxsize=4096)
def read_name_set(text: str) -> frozenset[str]:
    """The names that `names` wrote."""
    return frozenset(read_names(text))


@functools.lru_cache(maxsize=4096)
def _names_text(values: frozenset[str]) -> str:
    return write_json([*sorted(values)])


def texts(values: Mapping[str, str]) -> str:
    """A mapping of texts as text."""
    return write_json(dict(values))


def read_texts(text: str) -> dict[str, str]:
    """The mapping that `texts` wrote."""
    return cast("dict[str, str]", read_json(text))


def insert(connection: Connection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that may say what to do on a conflict."""
    return insert_of(connection.dialect.name, table)


def insert_of(dialect: str, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """The same for a dialect by name."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def put_unless_changed(
    connection: Connection,
    table: sa.Table,
    key: Mapping[str, object],
    content: Mapping[str, object],
    *,
    was: str | None,
) -> bool:
    """Put the row in place of the one whose `revision` is `was` (empty: none, None: any); False where it is another."""
    put = insert(connection, table).values(**key, **content)
    if was is None:
        connection.execute(put.on_conflict_do_update(index_elements=[*key], set_=content))
        return True
    if not was:
        added = put.on_conflict_do_nothing(index_elements=[*key]).returning(table.c.revision)
        return connection.execute(added).first() is not None
    same = [table.c[name] == value for name, value in {**key, "revision": was}.items()]
    return connection.execute(sa.update(table).where(*same).values(**content)).rowcount == 1


def count(connection: Connection, name: str) -> int:
    """The next number of a counter, from 1; others wait for it until the end of the transaction."""
    first = insert(connection, tables.counter).values(name=name, last=1)
    next_ = first.on_conflict_do_update(index_elements=["name"], set_={"last": tables.counter.c.last + 1})
    return int(connection.execute(next_.returning(tables.counter.c.last)).scalar_one())
