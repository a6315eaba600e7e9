"""Whether a database holds all that a release reads and writes, though it may hold more: a newer release has added to it.

Looked at is what the database itself tells: tables, columns, keys, references, and what must be unique. Not triggers and
CHECK constraints, and not what a value means: those who write migrations keep to the rule in docs/reference/database.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext


def hindrances(connection: sa.Connection, known: sa.MetaData) -> list[str]:
    """What keeps a release from working on this database whose tables are `known`, each as `table.column: why`, sorted.

    Harmless are tables and columns it does not know (if its own rows can be written without them) and indexes more or less.
    """
    found = [reason for one in _differences(connection, known) for reason in _reasons(one, known)]
    return sorted({*found, *_other_keys(connection, known)})


def _differences(connection: sa.Connection, known: sa.MetaData) -> Iterator[tuple[Any, ...]]:
    """As alembic tells them, from the database to `known`: what the database has more is to be removed."""
    for one in compare_metadata(MigrationContext.configure(connection), known):
        yield from one if isinstance(one, list) else [one]


def _reasons(difference: tuple[Any, ...], known: sa.MetaData) -> Iterator[str]:
    what, one, *_ = difference
    if what.startswith("remove_"):
        yield from _reasons_of_more(difference, known)
    elif what in ("modify_nullable", "modify_type", "modify_default"):
        _, _, table, column, *_ = difference
        yield f"{table}.{column}: {what.removeprefix('modify_')} is another"
    elif what == "add_table":
        yield f"{one.name}: is not there"
    elif what == "add_column":
        _, _, table, column = difference
        yield f"{table}.{column.name}: is not there"
    elif what != "add_index" or one.unique:
        yield f"{one.table.name}.{_names(one.columns)}: {what.removeprefix('add_')} is not there"


def _reasons_of_more(difference: tuple[Any, ...], known: sa.MetaData) -> Iterator[str]:
    """Why what the database has more hinders: rows cannot be written any more as they were."""
    match difference:
        case ("remove_table", _):
            return
        case ("remove_column", _, table, column):
            if not (column.nullable or column.server_default is not None or column.computed or column.identity):
                yield f"{table}.{column.name}: must be given"
        case ("remove_index", one) if not one.unique:
            return
        case ("remove_fk", one) if not _passes_over_ours(one.columns, known):
            yield f"{one.table.name}.{_names(one.columns)}: must lead somewhere"
        case (_, one) if not _passes_over_ours(one.columns, known):
            yield f"{one.table.name}.{_names(one.columns)}: must be unique"


def _passes_over_ours(columns: Iterable[sa.Column[Any]], known: sa.MetaData) -> bool:
    """Whether rows that are written without what is new are passed over: one of the columns is empty in them."""
    return any(
        column.nullable and column.server_default is None and column.name not in known.tables[column.table.name].columns
        for column in columns
    )


def _names(columns: Iterable[sa.Column[Any]]) -> str:
    return "+".join(column.name for column in columns)


def _other_keys(connection: sa.Connection, known: sa.MetaData) -> Iterator[str]:
    """Alembic does not compare primary keys."""
    keys = sa.inspect(connection).get_multi_pk_constraint(filter_names=list(known.tables))
    for (_, name), key in keys.items():
        ours = [column.name for column in known.tables[name].primary_key]
        if key["constrained_columns"] != ours:
            yield f"{name}.{'+'.join(ours)}: is not its key any more"
