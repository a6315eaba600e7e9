"""Statements of every step: made once, asked with values by name, and kept on PostgreSQL until somebody reads."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from engine.errors import Conflict
from engine.storage.sql import SqlStore
from engine.storage.sql.connection import Connection
from engine.storage.sql.statement import MOST_ROWS, Statement
from engine.storage.sql.tables import access_log, case_state, user_task
from tests.builders import COACH, NOON

LOOKED = {"actor": COACH, "what": "case", "subject": "case-1", "at": NOON}
ADD = Statement(sa.insert(access_log))
LOG = Statement(sa.select(access_log).where(access_log.c.subject == sa.bindparam("subject")).order_by(access_log.c.serial))


def test_a_value_that_is_missing_is_an_error_and_no_null(sql_store: SqlStore) -> None:
    statement = Statement(sa.delete(user_task).where(user_task.c.id == sa.bindparam("id")))
    with pytest.raises(KeyError, match="without id"):
        statement.text(sql_store.engine.dialect, {"task": "task-1"})


def test_what_is_written_is_there_for_whoever_reads_after(sql_store: SqlStore) -> None:
    with sql_store.engine.connect() as inner:
        connection = Connection(inner)
        connection.later(ADD, LOOKED)
        connection.later(ADD, LOOKED | {"what": "task"}, LOOKED | {"what": "history"})
        assert [row.what for row in connection.rows(LOG, {"subject": "case-1"})] == ["case", "task", "history"]
        connection.later(ADD, LOOKED)
        assert len(connection.execute(sa.select(access_log)).all()) == 4


def test_rows_hold_what_was_written(sql_store: SqlStore) -> None:
    with sql_store.engine.connect() as inner:
        connection = Connection(inner)
        connection.later(ADD, LOOKED)
        row = connection.one(LOG, {"subject": "case-1"})
    assert {name: getattr(row, name) for name in LOOKED} == LOOKED
    assert row.at.utcoffset() == NOON.utcoffset()


def test_what_was_read_ahead_is_remembered_until_something_is_written(sql_store: SqlStore) -> None:
    asked: dict[str, Any] = {"subject": "case-1"}
    heard: list[str] = []
    sa.event.listen(sql_store.engine, "before_cursor_execute", lambda *about: heard.append(about[2]))
    with sql_store.engine.connect() as inner:
        connection = Connection(inner)
        connection.ahead([(LOG, asked)])
        assert connection.rows(LOG, asked) == connection.rows(LOG, asked) == []
        assert len(heard) == 1
        connection.later(ADD, LOOKED)
        assert len(connection.rows(LOG, asked)) == 1


def test_an_error_of_the_database_is_told_in_our_words(sql_store: SqlStore) -> None:
    state: dict[str, object] = {"case_id": "case-1", "state": "{}"}
    with sql_store.engine.connect() as inner, pytest.raises(Conflict, match="exists already"):
        write_twice(Connection(inner), Statement(sa.insert(case_state)), state)


def write_twice(connection: Connection, statement: Statement, row: dict[str, object]) -> None:
    connection.later(statement, row, row)
    connection.flush()


def test_what_is_asked_together_goes_in_order_and_may_stand_for_other_questions(sql_store: SqlStore) -> None:
    asked: dict[str, Any] = {"subject": "case-1"}
    other: dict[str, Any] = {"subject": "case-2"}
    with sql_store.engine.connect() as inner:
        connection = Connection(inner)
        connection.later(ADD, LOOKED)
        found, none = connection.together([(LOG, asked), (LOG, other)])
        assert [row.what for row in found] == ["case"]
        assert none == []
        connection.remember(LOG, other, found)
        assert connection.rows(LOG, other) == found
        connection.later(ADD, LOOKED)
        assert connection.rows(LOG, other) == []


@pytest.mark.parametrize("rows", [2, 5, MOST_ROWS, MOST_ROWS + 3])
def test_several_rows_are_all_there_in_their_order(sql_store: SqlStore, rows: int) -> None:
    with sql_store.engine.connect() as inner:
        connection = Connection(inner)
        connection.later(ADD, *(LOOKED | {"what": f"look-{number}"} for number in range(rows)))
        found = connection.rows(LOG, {"subject": "case-1"})
    assert [row.what for row in found] == [f"look-{number}" for number in range(rows)]
    assert {row.at for row in found} == {NOON}
