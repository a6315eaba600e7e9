"""What the databases themselves promise: that a commit lasts, and that history stays as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.errors import Conflict, Rejected
from engine.ids import CaseId, UnitId
from engine.ports import Unit
from engine.queries import CaseFilter
from engine.storage.sql import SqlStore, open_store, upgrade
from tests.builders import COACH, NOON, a_case, a_process_version, case_data, some_events
from tests.contracts.stored import with_cases

REFUSED = (sa.exc.IntegrityError, sa.exc.DBAPIError)


def test_sqlite_writes_through_to_the_disk(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    with store.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    store.close()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}


def test_postgresql_waits_for_the_disk_and_never_for_ever(postgres_url: str) -> None:
    store = open_store(postgres_url)
    with store.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("synchronous_commit", "lock_timeout", "TimeZone")
        }
    store.close()
    assert settings == {"synchronous_commit": "on", "lock_timeout": "30s", "TimeZone": "UTC"}


def test_what_was_committed_is_there_for_the_next_process(sql_url: str) -> None:
    first = open_store(sql_url)
    with_cases(first)
    first.close()
    second = open_store(sql_url)
    with second.read() as work:
        assert work.cases.get(CaseId("case-1")) == a_case()
    second.close()


def with_history(store: SqlStore) -> None:
    with_cases(store)
    with store.write() as work:
        work.histories.append(some_events(2)[1])
        work.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_event SET actor = 'somebody else'",
        "UPDATE history_event SET hash = hash",
        "DELETE FROM history_event WHERE sequence = 2",
        "UPDATE history_payload SET text = '{}'",
    ],
)
def test_the_database_refuses_to_change_history(sql_store: SqlStore, statement: str) -> None:
    with_history(sql_store)
    with sql_store.engine.connect() as connection, pytest.raises(REFUSED, match="append-only"):
        connection.exec_driver_sql(statement)
    with sql_store.read() as work:
        assert list(work.histories.of_case(CaseId("case-1"))) == some_events(2)[1]


@pytest.mark.parametrize("table", ["history_event", "history_payload"])
def test_sqlite_refuses_to_replace_history(sqlite_url: str, table: str) -> None:
    store = open_store(sqlite_url)
    with_history(store)
    with store.engine.connect() as connection, pytest.raises(Conflict, match="exists already"):
        connection.exec_driver_sql(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    store.close()


@pytest.mark.parametrize("table", ["history_event", "history_payload"])
def test_postgresql_refuses_to_truncate_history(postgres_url: str, table: str) -> None:
    store = open_store(postgres_url)
    with_history(store)
    with store.engine.connect() as connection, pytest.raises(REFUSED, match="append-only"):
        connection.exec_driver_sql(f"TRUNCATE {table} CASCADE")
    store.close()


def test_a_payload_can_be_erased_and_its_event_stays(sql_store: SqlStore) -> None:
    with_history(sql_store)
    with sql_store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM history_payload WHERE sequence = 1")
    events = some_events(2)[1]
    with sql_store.read() as work:
        assert list(work.histories.of_case(CaseId("case-1"))) == [(events[0][0], None), events[1]]


def test_case_data_are_stored_as_text_that_names_their_types(sql_store: SqlStore) -> None:
    with_cases(sql_store)
    with sql_store.engine.connect() as connection:
        kinds = {
            column["type"].__class__.__name__
            for table in ("case_data", "case_state", "history_payload", "register_entry", "process_version")
            for column in sa.inspect(connection).get_columns(table)
        }
    assert "JSON" not in kinds
    assert "JSONB" not in kinds


def test_a_row_of_a_case_that_does_not_exist_is_refused_at_commit(sql_store: SqlStore) -> None:
    with sql_store.write() as work:
        work.histories.append(some_events(1)[1])
        with pytest.raises(Conflict):
            work.commit()


def test_rows_of_a_unit_of_work_may_come_in_any_order(sql_store: SqlStore) -> None:
    with sql_store.write() as work:
        work.histories.append(some_events(1)[1])
        work.cases.add(a_case(), "{}", case_data())
        work.definitions.add_process(a_process_version())
        work.commit()


def test_a_time_without_a_zone_is_refused(sql_store: SqlStore) -> None:
    with sql_store.write() as work, pytest.raises(sa.exc.StatementError, match="aware"):
        work.waits.due(NOON.replace(tzinfo=None), 1)


def test_half_a_character_is_rejected(sql_store: SqlStore) -> None:
    with sql_store.write() as work, pytest.raises(Rejected, match="cannot be stored"):
        work.people.put_unit(Unit(UnitId("a"), "a\ud800b"))
    with sql_store.read() as work, pytest.raises(Rejected, match="cannot be stored"):
        work.queries.cases(CaseFilter(COACH, None, number="a\ud800b"))


def test_postgresql_rejects_the_character_zero(postgres_url: str) -> None:
    store = open_store(postgres_url)
    with store.write() as work, pytest.raises(Rejected, match="cannot be stored"):
        work.people.put_unit(Unit(UnitId("a"), "a\x00b"))
    with store.read() as work, pytest.raises(Rejected, match="cannot be stored"):
        work.queries.cases(CaseFilter(COACH, None, number="a\x00b"))
    store.close()


def test_the_file_of_a_new_database_is_for_its_owner_only(tmp_path: Path) -> None:
    upgrade(str(tmp_path / "new" / "stegvis.db"))
    assert (tmp_path / "new" / "stegvis.db").stat().st_mode & 0o077 == 0
