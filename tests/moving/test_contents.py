"""Every column of every table holds what a line of JSON can tell, the same from both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from engine.storage.sql import open_store
from engine.storage.sql.moving.contents import lines_of, put_lines, table_names
from engine.storage.sql.tables import metadata
from engine.storage.sql.types import Moment


def test_every_column_is_text_a_number_a_flag_or_a_moment() -> None:
    """A kind that is new must be told the same way by both databases: see `contents._plain`."""
    columns = [column for table in metadata.tables.values() for column in table.columns]
    assert {column.type.python_type for column in columns if not isinstance(column.type, Moment)} <= {str, int, bool}


def test_tables_come_after_those_that_they_refer_to() -> None:
    names = table_names()
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            assert names.index(key.column.table.name) < names.index(table.name)


@pytest.mark.parametrize("text", ["", "Å", "\u2028", "😀", '"\\', "a\r\nb", " x "])
def test_a_text_comes_back_as_it_was(sql_url: str, text: str) -> None:
    store = open_store(sql_url)
    with store.engine.begin() as connection:
        connection.execute(sa.insert(metadata.tables["unit"]), {"id": "u", "name": text})
        (line,) = lines_of(connection, "unit")
        connection.execute(sa.delete(metadata.tables["unit"]))
        put_lines(connection, "unit", ["id", "name"], [line])
        assert connection.execute(sa.select(metadata.tables["unit"])).all() == [("u", text)]
    store.close()


def test_rows_come_in_the_order_of_the_key_in_both_databases(sql_url: str) -> None:
    store = open_store(sql_url)
    with store.engine.begin() as connection:
        for id_ in ("b", "Å", "a", "Z", "é", "10", "9", "-"):
            connection.execute(sa.insert(metadata.tables["unit"]), {"id": id_, "name": "x"})
        found = [line.split('"')[1] for line in lines_of(connection, "unit")]
    store.close()
    assert found == sorted(found, key=str.encode)
