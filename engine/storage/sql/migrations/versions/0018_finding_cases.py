"""What cases are found by: words of their fields and of the register entries that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa
from alembic import op

from engine.canonical import Json, loads
from engine.data_schema import DataSchema, restore_data_schema
from engine.search_words import words_of
from engine.storage.json_text import read_json
from engine.storage.sql.types import Text

revision = "0018"
down_revision = "0020"
branch_labels = None
depends_on = None

_BATCH = 1_000


def upgrade() -> None:
    case = ["case_id"], ["case_instance.id"]
    case_word = op.create_table(
        "case_word",
        sa.Column("case_id", Text, nullable=False),
        sa.Column("word", Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "word", name="case_word_pk"),
        sa.ForeignKeyConstraint(*case, name="case_word_case_id_fk", deferrable=True, initially="DEFERRED"),
    )
    op.create_index("case_word_by_word", "case_word", ["word", "case_id"])
    case_entry = op.create_table(
        "case_entry",
        sa.Column("case_id", Text, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("register", Text, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "position", name="case_entry_pk"),
        sa.ForeignKeyConstraint(*case, name="case_entry_case_id_fk", deferrable=True, initially="DEFERRED"),
    )
    op.create_index("case_entry_by_entry", "case_entry", ["register", "key", "case_id"])
    register_word = op.create_table(
        "register_word",
        sa.Column("register", Text, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("word", Text, nullable=False),
        sa.PrimaryKeyConstraint("register", "key", "name", "word", name="register_word_pk"),
        sa.ForeignKeyConstraint(
            ["register", "key"],
            ["register_entry.register", "register_entry.key"],
            name="register_word_register_key_fk",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("register_word_by_word", "register_word", ["register", "word", "name", "key"])
    connection = op.get_bind()
    _insert(connection, register_word, _words_of_entries(connection))
    words, entries = _of_cases(connection)
    _insert(connection, case_word, words)
    _insert(connection, case_entry, entries)


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[Mapping[str, object]]) -> None:
    batch: list[Mapping[str, object]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            connection.execute(sa.insert(table), batch)
            batch = []
    if batch:
        connection.execute(sa.insert(table), batch)


def _words_of_entries(connection: sa.Connection) -> Iterator[dict[str, object]]:
    found = connection.execute(sa.text("SELECT register, key, name, folded FROM register_field")).all()
    for register, key, name, folded in found:
        words = frozenset().union(*map(words_of, folded.split("\n")))
        yield from ({"register": register, "key": key, "name": name, "word": word} for word in sorted(words))


def _of_cases(connection: sa.Connection) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Rows for the words of every case, and for the entries that it names."""
    in_use = "SELECT id, data_schema FROM process_version WHERE id IN (SELECT version_id FROM case_instance)"
    versions = connection.execute(sa.text(in_use)).all()
    schemas = {id_: restore_data_schema(read_json(text)) for id_, text in versions}
    words: list[dict[str, object]] = []
    entries: list[dict[str, object]] = []
    of_cases = (
        "SELECT case_instance.id, version_id, content FROM case_instance "
        "JOIN case_data ON case_data.case_id = case_instance.id WHERE kind = 'case'"
    )
    for id_, version, content in connection.execute(sa.text(of_cases)).all():
        values = loads(content)
        assert isinstance(values, dict)
        words += ({"case_id": id_, "word": word} for word in sorted(_words(schemas[version], values)))
        entries += (
            {"case_id": id_, "position": position, "register": register, "key": key}
            for position, (register, key) in enumerate(_entries(schemas[version], values))
        )
    return words, entries


def _words(schema: DataSchema, values: Mapping[str, Json]) -> frozenset[str]:
    texts = (_plain(values.get(name)) for name in schema.searched_names)
    return frozenset().union(*(words_of(str(text)) for text in texts if text is not None))


def _entries(schema: DataSchema, values: Mapping[str, Json]) -> list[tuple[str, str]]:
    found = ((register, values.get(name)) for name, register in schema.entry_names.items())
    return list(dict.fromkeys((register, key) for register, key in found if isinstance(key, str)))


def _plain(value: Json) -> Json:
    """A value of the case data without the tag of its type."""
    return next(iter(value.values()), None) if isinstance(value, dict) else value
