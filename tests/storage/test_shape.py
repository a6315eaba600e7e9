"""A release works on tables that a newer one has added to, and on none from which something was taken that it needs."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command as alembic

from engine.storage.sql import SqlStore, address, current_revision, open_store, upgrading
from engine.storage.sql.shape import hindrances
from engine.storage.sql.tables import metadata
from tests.upgrade.newer import EXPANDS, REVISION, TAKES_AWAY, newer_release

RULE_SINCE = "0031"
TAKEN_AWAY: dict[str, list[str]] = {}
"""By revision what a migration takes away, as `hindrances` tells it: only what stood in LEFT_BEHIND in the release before."""

ADDITIONS = [
    "ALTER TABLE user_task ADD COLUMN later text",
    "ALTER TABLE user_task ADD COLUMN later integer NOT NULL DEFAULT 3",
    "ALTER TABLE user_task ADD COLUMN later text; CREATE UNIQUE INDEX later_once ON user_task (later, case_id)",
    "ALTER TABLE user_task ADD COLUMN later text REFERENCES unit (id)",
    "CREATE INDEX later ON user_task (case_id, name)",
    "DROP INDEX message_lost",
    "CREATE TABLE later (id text PRIMARY KEY, case_id text NOT NULL REFERENCES case_instance (id))",
]
TAKINGS = [
    ("DROP TABLE form_draft", "form_draft: is not there"),
    ("ALTER TABLE job DROP COLUMN traceparent", "job.traceparent: is not there"),
    ("ALTER TABLE job RENAME COLUMN traceparent TO trace", "job.traceparent: is not there"),
    ("CREATE UNIQUE INDEX later ON user_task (case_id, name)", "user_task.case_id+name: must be unique"),
    (
        "ALTER TABLE user_task ADD COLUMN later integer DEFAULT 3; CREATE UNIQUE INDEX later_once ON user_task (later)",
        "user_task.later: must be unique",
    ),
]
STRICTER = [
    ("ALTER TABLE job ALTER COLUMN traceparent SET NOT NULL", "job.traceparent: nullable is another"),
    ("ALTER TABLE job ALTER COLUMN inputs DROP NOT NULL", "job.inputs: nullable is another"),
    ("ALTER TABLE job ALTER COLUMN attempts TYPE text", "job.attempts: type is another"),
    ("ALTER TABLE job ADD COLUMN later text NOT NULL", "job.later: must be given"),
    ("ALTER TABLE job ADD CONSTRAINT later FOREIGN KEY (worker) REFERENCES unit (id)", "job.worker: must lead somewhere"),
    ("ALTER TABLE counter DROP CONSTRAINT counter_pk, ADD PRIMARY KEY (name, last)", "counter.name: is not its key any more"),
]


def found_after(store: SqlStore, statements: str) -> list[str]:
    """What is told after these, which are undone."""
    with store.engine.connect() as connection, connection.begin() as transaction:
        for statement in statements.split(";"):
            connection.exec_driver_sql(statement)
        found = hindrances(connection, metadata)
        transaction.rollback()
    return found


def test_what_is_only_added_hinders_nobody(sql_store: SqlStore) -> None:
    assert {statement: found_after(sql_store, statement) for statement in ADDITIONS} == {one: [] for one in ADDITIONS}


def test_what_is_taken_away_or_made_stricter_is_told(sql_store: SqlStore) -> None:
    assert {statement: found_after(sql_store, statement) for statement, _ in TAKINGS} == {one: [why] for one, why in TAKINGS}


def test_what_is_made_stricter_in_place_is_told(postgres_url: str) -> None:
    with closing(open_store(postgres_url)) as store:
        assert {statement: found_after(store, statement) for statement, _ in STRICTER} == {one: [why] for one, why in STRICTER}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        address.create_file(address.read_address(str(tmp_path / "stegvis.db")))
        return str(tmp_path / "stegvis.db")
    return str(request.getfixturevalue("empty_postgres_url"))


def taken_away(url: str) -> dict[str, list[str]]:
    """What each migration since the rule takes away from those who know the tables as they were before it."""
    engine = address.connect(address.read_address(url))
    scripts = [one.revision for one in upgrading._script().walk_revisions()][::-1]
    found = {}
    with engine.connect() as connection, connection.begin():
        alembic.upgrade(upgrading._config(connection), RULE_SINCE)
        for revision in scripts[scripts.index(RULE_SINCE) + 1 :]:
            before = sa.MetaData()
            before.reflect(connection)
            before.remove(before.tables["alembic_version"])
            alembic.upgrade(upgrading._config(connection), revision)
            if gone := hindrances(connection, before):
                found[revision] = gone
    engine.dispose()
    return found


def test_every_migration_since_the_rule_only_adds(empty_url: str) -> None:
    assert taken_away(empty_url) == TAKEN_AWAY


@pytest.mark.parametrize(
    ("statements", "gone"),
    [
        (EXPANDS, {}),
        ((*EXPANDS, *TAKES_AWAY), {REVISION: ["user_task.priority: is not there", "user_task.urgency: must be given"]}),
    ],
)
def test_a_migration_that_takes_something_away_is_found(
    empty_url: str, statements: tuple[str, ...], gone: dict[str, list[str]], tmp_path: Path
) -> None:
    with newer_release(tmp_path, statements):
        assert taken_away(empty_url) == TAKEN_AWAY | gone
    assert current_revision(empty_url) == REVISION
