"""Register entries, in SQL. `register_field` and `register_word` hold what entries are found by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import sqlalchemy as sa

from ...canonical import Json
from ...ports import RegisterEntry
from ...search_words import fold, value_words
from ..json_text import read_json, write_json
from ..matching import fingerprint, searchable
from ..refusals import entry_changed, entry_taken
from .connection import Connection
from .rows import count, insert
from .statement import Values
from .tables import register_entry, register_field, register_word

_NULL = fingerprint(None)


class SqlRegisters:
    """See `ports.Registers`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, register: str, key: str) -> RegisterEntry | None:
        row = self._connection.execute(sa.select(register_entry).where(_is(register, key))).one_or_none()
        return None if row is None else _entry(row)

    def find(self, register: str, where: Mapping[str, Json], limit: int) -> Sequence[RegisterEntry]:
        tests = [_has(register, name, fingerprint(value)) for name, value in where.items()]
        return self._entries(register, tests, limit)

    def search(self, register: str, text: str, fields: Sequence[str], limit: int) -> Sequence[RegisterEntry]:
        folded = fold(text)
        if not folded:
            return self._entries(register, [], limit)
        columns = register_field.c
        found = sa.select(columns.key).where(columns.register == register, columns.name.in_(fields))
        hits = found.where(columns.folded.contains(folded, autoescape=True))
        return self._entries(register, [register_entry.c.key.in_(hits)], limit)

    def next_key(self, register: str) -> str:
        while True:
            key = f"{register}-{count(self._connection, f'register-key:{register}')}"
            if self.get(register, key) is None:
                return key

    def add(self, entry: RegisterEntry) -> None:
        # No error of the database's own: PostgreSQL would then refuse the rest of the step as well.
        added = insert(self._connection, register_entry).values(_row(entry)).on_conflict_do_nothing()
        if self._connection.execute(added.returning(register_entry.c.key)).first() is None:
            raise entry_taken(entry.register)
        self._add_fields(entry)

    def save(self, entry: RegisterEntry, *, revision: int) -> None:
        same = _is(entry.register, entry.key) & (register_entry.c.revision == revision)
        if self._connection.execute(sa.update(register_entry).where(same).values(_row(entry))).rowcount != 1:
            raise entry_changed(entry.register)
        for table in (register_field, register_word):
            old = (table.c.register == entry.register) & (table.c.key == entry.key)
            self._connection.execute(sa.delete(table).where(old))
        self._add_fields(entry)

    def _entries(self, register: str, tests: list[Any], limit: int) -> Sequence[RegisterEntry]:
        select = sa.select(register_entry).where(register_entry.c.register == register, *tests)
        return [_entry(row) for row in self._connection.execute(select.order_by(register_entry.c.key).limit(limit))]

    def _add_fields(self, entry: RegisterEntry) -> None:
        rows = [_field_row(entry, name, value) for name, value in entry.values.items() if value is not None]
        if rows:
            self._connection.execute(sa.insert(register_field), rows)
        words = [
            {"register": entry.register, "key": entry.key, "name": name, "word": word}
            for name, value in entry.values.items()
            for word in sorted(value_words(value))
        ]
        if words:
            self._connection.execute(sa.insert(register_word), words)


def _is(register: str, key: str) -> sa.ColumnElement[bool]:
    return (register_entry.c.register == register) & (register_entry.c.key == key)


def _has(register: str, name: str, mark: str) -> sa.ColumnElement[bool]:
    columns = register_field.c
    of_name = sa.select(columns.key).where(columns.register == register, columns.name == name)
    if mark == _NULL:  # a field that is null has no row
        return register_entry.c.key.not_in(of_name)
    return register_entry.c.key.in_(of_name.where(columns.fingerprint == mark))


def _row(entry: RegisterEntry) -> Values:
    return {
        "register": entry.register,
        "key": entry.key,
        "content": write_json(entry.values),
        "revision": entry.revision,
    }


def _field_row(entry: RegisterEntry, name: str, value: Json) -> Values:
    return {
        "register": entry.register,
        "key": entry.key,
        "name": name,
        "fingerprint": fingerprint(value),
        "folded": searchable(value),
    }


def _entry(row: Any) -> RegisterEntry:
    return RegisterEntry(row.register, row.key, cast("Mapping[str, Json]", read_json(row.content)), row.revision)
