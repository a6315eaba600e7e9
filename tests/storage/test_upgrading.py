from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command as alembic
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from engine.errors import Misconfigured
from engine.ids import UnitId, UserId, VersionId
from engine.ports import Request
from engine.queries import CaseFilter, CaseSearch
from engine.search_words import asked
from engine.storage.sql import address, current_revision, newest_revision, open_store, upgrade, upgrading
from engine.storage.sql.moving import snapshot
from engine.storage.sql.tables import metadata
from engine.storage.sql.types import Moment
from engine.wait import StartWait, WaitKind
from tests.builders import NOON
from tests.conftest import Written
from tests.upgrade.newer import REVISION, TAKES_AWAY, upgrade_to_newer

LEFT_BEHIND: frozenset[tuple[str, str]] = frozenset()
"""Columns (table, name) that this release neither reads nor writes any more, so that a migration of the next may drop them."""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables, of each kind in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "stegvis.db")
    return str(request.getfixturevalue("empty_postgres_url"))


def execute(url: str, *statements: str) -> None:
    engine = address.connect(address.read_address(url))
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_an_empty_database_is_brought_to_the_newest_revision(empty_url: str) -> None:
    assert current_revision(empty_url) is None
    upgrade(empty_url)
    assert current_revision(empty_url) == newest_revision()


def test_upgrading_twice_changes_nothing(empty_url: str) -> None:
    upgrade(empty_url)
    upgrade(empty_url)
    open_store(empty_url).close()


def test_two_may_upgrade_at_once(empty_url: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(upgrade, empty_url) for _ in range(2)]:
            one.result(60)
    assert current_revision(empty_url) == newest_revision()


def test_the_migrations_make_the_tables_that_the_code_describes(empty_url: str) -> None:
    upgrade(empty_url)
    store = open_store(empty_url)
    with store.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    store.close()
    assert [one for one in found if not (one[0] == "remove_column" and (one[2], one[3].name) in LEFT_BEHIND)] == []


def test_a_database_without_tables_says_what_to_run(empty_url: str) -> None:
    with pytest.raises(Misconfigured, match="stegvis db upgrade"):
        open_store(empty_url)


def test_an_older_database_says_what_to_run(empty_url: str) -> None:
    upgrade(empty_url)
    execute(empty_url, "UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(Misconfigured, match=r"older release .*stegvis db upgrade"):
        open_store(empty_url)


def test_a_database_of_a_newer_release_is_left_alone(empty_url: str, tmp_path: Path) -> None:
    upgrade_to_newer(empty_url, tmp_path)
    for act in (upgrade, read):
        with pytest.raises(Misconfigured, match=r"newer release.*9999.*Install the release.*restore the backup"):
            act(empty_url)
    assert current_revision(empty_url) == REVISION


def read(url: str) -> None:
    with snapshot(url):
        pass


def test_one_that_a_newer_release_only_added_to_is_worked_on_and_that_is_told(
    empty_url: str, tmp_path: Path, logged: Written
) -> None:
    upgrade(empty_url)
    with closing(open_store(empty_url)) as before:
        before.require_ready()
        assert before.newer == ""
        assert "database-newer" not in {line["event"] for line in logged()}
        upgrade_to_newer(empty_url, tmp_path)
        before.require_ready()
        before.require_ready()
        told = [line for line in logged() if line["event"] == "database-newer"]
        assert [line["message"] for line in told] == [before.newer]
        assert "revision 9999" in before.newer
    with closing(open_store(empty_url)) as after:
        assert after.newer == before.newer


def test_one_from_which_a_newer_release_took_what_this_one_needs_is_refused(empty_url: str, tmp_path: Path) -> None:
    upgrade(empty_url)
    with closing(open_store(empty_url)) as before:
        upgrade_to_newer(empty_url, tmp_path, TAKES_AWAY)
        for act in (before.require_ready, lambda: open_store(empty_url)):
            with pytest.raises(Misconfigured, match=r"9999.*user_task.priority: is not there and 1 more.*Install the release"):
                act()


def test_one_that_is_put_back_to_an_older_release_under_a_process_is_told(empty_url: str) -> None:
    upgrade(empty_url)
    with closing(open_store(empty_url)) as store:
        execute(empty_url, "UPDATE alembic_version SET version_num = '0030'")
        with pytest.raises(Misconfigured, match=r"older release .*stegvis db upgrade"):
            store.require_ready()


def test_a_database_with_tables_of_others_is_left_alone(empty_url: str) -> None:
    if not empty_url.startswith("postgresql"):
        address.create_file(address.read_address(empty_url))
    execute(empty_url, "CREATE TABLE message (id integer)")
    with pytest.raises(Misconfigured, match="empty database"):
        upgrade(empty_url)


def test_an_upgrade_that_fails_leaves_nothing(empty_url: str) -> None:
    if not empty_url.startswith("postgresql"):
        address.create_file(address.read_address(empty_url))
    execute(empty_url, "CREATE VIEW session AS SELECT 1 AS id")  # in the way of the last table
    with pytest.raises(sa.exc.DBAPIError):
        upgrade(empty_url)
    assert current_revision(empty_url) is None
    execute(empty_url, "DROP VIEW session")
    upgrade(empty_url)
    assert current_revision(empty_url) == newest_revision()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://me:secret@host/db", "not in"),
        ("sqlite://", "not in"),
        ("postgresql://", "cannot be reached"),
        ("postgresql://me:secret@127.0.0.1:1/db", "cannot be reached"),
        ("://", "cannot be read"),
        ("postgresql://host:port/db", "cannot be read"),
    ],
)
def test_an_address_that_cannot_be_used_is_explained_without_its_password(url: str, reason: str) -> None:
    with pytest.raises(Misconfigured, match=reason) as refusal:
        open_store(url)
    assert "secret" not in str(refusal.value)


def test_a_file_that_is_not_there_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="stegvis db upgrade"):
        open_store(str(tmp_path / "none.db"))
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("This is a letter, not a database. " * 100)
    with pytest.raises(Misconfigured, match="not a SQLite database"):
        open_store(str(tmp_path / "text.db"))


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Misconfigured, match="cannot be written"):
        upgrade(str(tmp_path / "file" / "stegvis.db"))


def test_a_full_disk_is_explained(tmp_path: Path, sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    with store.engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(Misconfigured, match="disk with the database is full"):
            connection.exec_driver_sql("INSERT INTO unit VALUES ('a', hex(zeroblob(1000000)))")
    store.close()


def test_a_file_that_belongs_to_another_program_is_left_alone(tmp_path: Path) -> None:
    url = str(tmp_path / "other.db")
    address.create_file(address.read_address(url))
    execute(url, "CREATE TABLE accounts (id integer)")
    with pytest.raises(Misconfigured, match="accounts"):
        upgrade(url)


def test_starts_of_an_older_release_begin_cases_after_an_upgrade(empty_url: str) -> None:
    if not empty_url.startswith("postgresql"):
        address.create_file(address.read_address(empty_url))
    engine = address.connect(address.read_address(empty_url))
    with engine.begin() as connection:
        alembic.upgrade(upgrading._config(connection), "0009")
        versions = sa.Table("process_version", sa.MetaData(), autoload_with=connection)
        given: dict[type, object] = {str: "p:1", int: 1, bool: True, datetime: NOON}
        connection.execute(sa.insert(versions).values({column.name: given[column.type.python_type] for column in versions.c}))
        row = {"process": "p", "element": "b", "kind": "timer", "name": "P1D", "version_id": "p:1", "unit": "north"}
        starts = sa.Table("start_wait", sa.MetaData(), sa.Column("due", Moment), autoload_with=connection)
        connection.execute(sa.insert(starts).values(**row, due=NOON, repeat="", left=0, round=1))
    engine.dispose()
    upgrade(empty_url)
    store = open_store(empty_url)
    with store.read() as work:
        (found,) = work.starts.due(NOON, 10)
    store.close()
    assert found == StartWait("p", "b", WaitKind.TIMER, "P1D", VersionId("p:1"), UnitId("north"), NOON)


def fill(url: str, revision: str, rows: Mapping[str, Mapping[str, object]]) -> None:
    """A row in each of these tables, as an older release left them; columns that are not told have any value."""
    if not url.startswith("postgresql"):
        address.create_file(address.read_address(url))
    engine = address.connect(address.read_address(url))
    with engine.begin() as connection:
        alembic.upgrade(upgrading._config(connection), revision)
        for name, row in rows.items():
            table = sa.Table(name, sa.MetaData(), autoload_with=connection)
            given: dict[type, object] = {str: "x", int: 1, bool: True, datetime: NOON}
            texts = ("started_at", "deployed_at") if connection.dialect.name == "sqlite" else ()
            full = {
                column.name: NOON.isoformat(timespec="microseconds") if column.name in texts else given[column.type.python_type]
                for column in table.c
                if not column.nullable
            }
            connection.execute(sa.insert(table).values({**full, **row}))
    engine.dispose()


def test_cases_of_an_older_release_are_found_by_words_after_an_upgrade(empty_url: str) -> None:
    declared = '{"personId": {"type": "string", "x-register": "persons"}, "dnr": {"type": "string", "x-list": true}}'
    schema = f'{{"document": {{"type": "object", "properties": {declared}}}, "messages": {{}}}}'
    rows: dict[str, dict[str, object]] = {
        "process_version": {"id": "p:1", "data_schema": schema},
        "case_instance": {"id": "case-1", "version_id": "p:1", "status": "active"},
        "case_data": {"case_id": "case-1", "kind": "case", "content": '{"dnr":"AF 2025/77","other":1,"personId":"p-1"}'},
        "register_entry": {"register": "persons", "key": "p-1", "content": '{"name":"Åsa Björk"}'},
        "register_field": {"register": "persons", "key": "p-1", "name": "name", "folded": "åsa björk"},
    }
    fill(empty_url, "0020", rows)
    upgrade(empty_url)
    store = open_store(empty_url)
    for text in ("åsa", "2025/77"):
        filter_ = CaseFilter(UserId("auditor"), None, search=CaseSearch(asked(text), {"persons": ("name",)}))
        with store.read() as work:
            assert [case.id for case in work.queries.cases(filter_).rows] == ["case-1"], text
    store.close()


def test_cases_of_an_older_release_are_counted_on_what_they_call_after_an_upgrade(empty_url: str) -> None:
    state = '{"format":2,"next":3,"tokens":[{"id":"root","state":8},{"at":"go","calls":"q:1","id":"t1","in":"root","state":8}]}'
    rows: dict[str, dict[str, object]] = {
        "process_version": {"id": "p:1"},
        "case_instance": {"id": "case-1", "version_id": "p:1", "status": "active"},
        "case_state": {"case_id": "case-1", "state": state},
    }
    fill(empty_url, "0026", rows)
    upgrade(empty_url)
    store = open_store(empty_url)
    with store.read() as work:
        assert work.queries.open_cases_of([VersionId("p:1"), VersionId("q:1")]) == {"p:1": 1, "q:1": 1}
    store.close()


def test_requests_of_an_older_release_stay_known_after_an_upgrade(empty_url: str) -> None:
    row = {"user_id": "kim", "key": "k1", "digest": "of-then", "at": "2025-02-03T12:00:00.000000+00:00", "result": "case-1"}
    fill(empty_url, "0029", {"request": row})
    upgrade(empty_url)
    store = open_store(empty_url)
    with store.write() as work:
        before = work.requests.begin(Request(UserId("kim"), "k1", "of-now", NOON))
    store.close()
    assert before is not None
    assert (before.digest, before.answer) == ("", None)
