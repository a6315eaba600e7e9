"""Stegvis runs with an account that owns nothing: the grants are those in docs/reference/database.md, to the letter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.actor import SYSTEM
from engine.background import Worker
from engine.case import CaseStatus
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle
from engine.errors import Misconfigured
from engine.ids import UnitId
from engine.storage.sql import address, open_store, upgrade
from engine.storage.sql.moving import snapshot
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


def test_an_account_that_owns_nothing_runs_everything_and_cannot_touch_history(empty_postgres_url: str) -> None:
    accounts, rights = grants()
    name = sa.make_url(empty_postgres_url).database
    create = [line for line in accounts if line.startswith("CREATE ROLE")]
    run(empty_postgres_url, *create, f"ALTER DATABASE {name} OWNER TO stegvis_owner")
    owner, app = as_role(empty_postgres_url, "stegvis_owner"), as_role(empty_postgres_url, "stegvis")
    upgrade(owner)
    run(owner, *rights)
    upgrade(owner)  # a later upgrade needs no other grants

    store = open_store(app)
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
