"""Stegvis runs with an account that owns nothing: the grants are those in docs/reference/database.md, to the letter."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from engine.actor import SYSTEM
from engine.background import Worker
from engine.case import CaseStatus
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle
from engine.errors import Misconfigured
from engine.ids import UnitId
from engine.storage.sql import address, open_store, upgrade
from engine.storage.sql.moving import copy_database, snapshot
from tests.background.house import DEAF, BackgroundHouse, a_worker, wait_until, working
from tests.builders import NOON
from tests.commands.house import NOTE, ONE_TASK

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "database.md"


def grants() -> list[list[str]]:
    """The statements in each of the page's blocks of SQL."""
    blocks = re.findall(r"^```sql\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [[line.strip() for line in block.split(";") if line.strip()] for block in blocks]


def as_role(url: str, role: str) -> str:
    return sa.make_url(url).set(username=role).render_as_string(hide_password=False)


def run(url: str, *statements: str) -> None:
    engine = address.connect(address.read_address(url))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


@dataclass(frozen=True, slots=True)
class Accounts:
    """One database's addresses: for its owner, who has upgraded it, and for the account that runs Stegvis."""

    owner: str
    app: str


@pytest.fixture
def accounts(empty_postgres_url: str) -> Accounts:
    """As the page says; that accounts are there from another database of the server changes nothing."""
    create, rights = grants()
    name = sa.make_url(empty_postgres_url).database
    for line in create:
        if line.startswith("CREATE ROLE"):
            run(empty_postgres_url, f"DO $$ BEGIN {line}; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    run(empty_postgres_url, f"ALTER DATABASE {name} OWNER TO stegvis_owner")
    owner, app = as_role(empty_postgres_url, "stegvis_owner"), as_role(empty_postgres_url, "stegvis")
    upgrade(owner)
    run(owner, *rights)
    upgrade(owner)  # a later upgrade needs no other grants
    return Accounts(owner, app)


def test_an_account_that_owns_nothing_runs_everything_and_cannot_touch_history(accounts: Accounts) -> None:
    app = accounts.app
    store = open_store(app)
    store.require_ready()
    engine = CaseEngine(store, clock=FixedClock(NOON))
    engine.deploy(SYSTEM, Bundle((NOTE, ONE_TASK)))
    case = engine.start_case(SYSTEM, "p", unit=UnitId("norr"))
    with store.read() as work:
        (task,) = work.queries.open_tasks(case.id)
    engine.complete_task(SYSTEM, task.id, {"text": "x"})
    assert engine.case(SYSTEM, case.id).case.status is CaseStatus.COMPLETED
    assert Worker(engine).work_once() == (0, 0)
    engine.erase_history(SYSTEM, case.id, {1}, reason="Plan 2025:4")
    assert engine.verify_history(SYSTEM, case.id) is None
    with snapshot(app) as found:
        assert found.content("history_event").rows > 3
    for statement in (
        "UPDATE history_event SET actor = 'other'",
        "DELETE FROM history_event",
        "UPDATE history_payload SET text = ''",
        "TRUNCATE history_payload",
        "DROP TRIGGER history_event_no_change ON history_event",
        "ALTER TABLE history_event DISABLE TRIGGER ALL",
        "UPDATE alembic_version SET version_num = '9999'",
        "CREATE TABLE more (id integer)",
        "SET session_replication_role = replica",
    ):
        with store.engine.connect() as connection, pytest.raises((sa.exc.DBAPIError, Misconfigured)) as refused:
            connection.exec_driver_sql(statement)
        assert "lacks a right" in str(refused.value) or "permission denied" in str(refused.value), statement
    store.close()


def test_a_copy_that_keeps_others_out_takes_the_owner_s_account_and_a_snapshot_does_not(
    accounts: Accounts, tmp_path: Path
) -> None:
    told = r"only the account that owns them may.* --snapshot"
    with pytest.raises(Misconfigured, match=told) as refused, snapshot(accounts.app, alone=True):
        pytest.fail("the tables are not locked")
    assert "Grant" not in refused.value.message
    copies = [tmp_path / "whole.db", tmp_path / "snapshot.db"]
    with snapshot(accounts.owner, alone=True) as found:
        whole = copy_database(found, str(copies[0]), progress=lambda *_: None)
    with snapshot(accounts.app) as found:
        assert copy_database(found, str(copies[1]), progress=lambda *_: None).tables == whole.tables


def test_an_account_that_may_only_read_is_not_ready_until_it_may_write(accounts: Accounts) -> None:
    tables = "INSERT, UPDATE ON case_instance, case_state"
    run(accounts.owner, f"REVOKE {tables} FROM stegvis")
    with closing(open_store(accounts.app)) as store:
        with pytest.raises(Misconfigured, match=r"may not write \(case_instance: INSERT, UPDATE; case_state: INSERT, UPDATE\)"):
            store.require_ready()
        run(accounts.owner, f"GRANT {tables} TO stegvis")
        store.require_ready()


def test_workers_with_that_account_share_their_work_also_when_the_carrier_was_made_anew(accounts: Accounts) -> None:
    store = open_store(accounts.app, tells=True)
    house = BackgroundHouse(store)
    assert store.carrier is not None
    store.carrier.require()
    with capture_logs() as logs, working(a_worker(house.engine, rhythm=DEAF)):
        wait_until(lambda: house.workers() == 1)
        done = [*house.start("soon"), *house.start("listener", times=3)]
        house.alarm()
        wait_until(lambda: house.are_done(done))
    run(accounts.owner, "DROP SCHEMA stegvis_wakeups CASCADE")
    upgrade(accounts.owner)
    with capture_logs() as more, working(a_worker(house.engine, rhythm=DEAF)):
        wait_until(lambda: house.workers() == 1)
        soon = house.start("soon")
        wait_until(lambda: house.are_done(soon))
    assert [line["event"] for line in [*logs, *more] if line["log_level"] != "info"] == []
    store.close()
