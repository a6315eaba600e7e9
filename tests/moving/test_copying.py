"""A whole database in another one: the same in every row, or nothing at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.actor import SYSTEM
from engine.case import CaseStatus
from engine.errors import Misconfigured
from engine.ids import UnitId
from engine.ports import Unit
from engine.storage.folder import FolderFiles
from engine.storage.sql import open_store, tables, upgrade
from engine.storage.sql.moving import Content, Copied, copy_database, snapshot

from .conftest import KINDS, Place, engine_at, install


def nothing(what: str, done: int, total: int) -> None:
    """No progress is shown."""


def copied(source: str, target: str) -> Copied:
    with snapshot(source, alone=True) as found:
        return copy_database(found, target, progress=nothing)


def contents(url: str) -> list[Content]:
    with snapshot(url) as found:
        return [found.content(table) for table in found.tables]


def is_empty(url: str) -> bool:
    """Whether a database could still be filled."""
    upgrade(url)
    return not any(content.rows for content in contents(url))


@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("source", KINDS)
def test_both_databases_hold_the_same_in_every_table(place: Place, files: FolderFiles, source: str, target: str) -> None:
    old, new = place(source), place(target)
    install(old, files)
    made = copied(old, new)
    assert list(made.tables) == contents(new) == contents(old)
    assert {content.table for content in made.tables} == set(tables.metadata.tables)
    assert sum(content.rows for content in made.tables) > 50
    assert (made.history.cases, made.history.broken) == (3, ())


@pytest.mark.parametrize("kind", KINDS)
def test_the_very_database_is_told_from_another_however_its_address_is_written(place: Place, kind: str) -> None:
    own = place(kind)
    upgrade(own)
    written_otherwise = (
        f"{own}{'&' if '?' in own else '?'}application_name=copy" if kind == "postgresql" else f"sqlite:///{own}"
    )
    with snapshot(own, alone=True) as found:
        for same in (own, written_otherwise.replace("sqlite:///sqlite:///", "sqlite:///")):
            with pytest.raises(Misconfigured, match="is the database that is to be copied"):
                found.require_another(same)
        for other in KINDS:
            found.require_another(place(other))


@pytest.mark.parametrize(("source", "target"), [KINDS, KINDS[::-1]])
def test_cases_go_on_in_the_copy_and_new_rows_come_after_the_old_ones(
    place: Place, files: FolderFiles, source: str, target: str
) -> None:
    old, new = place(source), place(target)
    install(old, files)
    copied(old, new)
    with engine_at(new) as engine:
        case = engine.start_case(SYSTEM, "p", unit=UnitId("norr"))
        assert case.number.endswith("000004")
        with engine.store.read() as work:
            (task,) = work.queries.open_tasks(case.id)
        engine.complete_task(SYSTEM, task.id, {"text": "x"})
        assert engine.case(SYSTEM, case.id).case.status is CaseStatus.COMPLETED


@pytest.mark.parametrize("target", KINDS)
def test_a_target_with_rows_is_refused_and_left_as_it_is(place: Place, files: FolderFiles, target: str) -> None:
    old, new = place("sqlite"), place(target)
    install(old, files)
    install(new, files)
    before = contents(new)
    with pytest.raises(Misconfigured, match=r"is not empty: the table .* has rows"):
        copied(old, new)
    assert contents(new) == before


@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("is_upgraded", [True, False])
def test_an_interrupted_copy_leaves_the_target_empty(
    place: Place, files: FolderFiles, target: str, *, is_upgraded: bool
) -> None:
    old, new = place("sqlite"), place(target)
    install(old, files)
    if is_upgraded:
        upgrade(new)

    def stop(what: str, done: int, total: int) -> None:
        if what == "history":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), snapshot(old) as found:
        copy_database(found, new, progress=stop)
    assert is_empty(new)
    assert copied(old, new).history.cases == 3


@pytest.mark.parametrize("source", KINDS)
def test_a_source_that_is_in_use_is_refused_unless_a_snapshot_is_enough(place: Place, files: FolderFiles, source: str) -> None:
    old, new = place(source), place("sqlite")
    install(old, files)
    running = open_store(old)
    with running.read() as work:
        assert work.definitions.latest_process("p") is not None
    with pytest.raises(Misconfigured, match="Stop `stegvis serve`"):
        copied(old, new)
    with snapshot(old) as found:
        with running.write() as work:
            work.people.put_unit(Unit(UnitId("syd"), "Syd"))
            work.commit()
        assert copy_database(found, new, progress=nothing).history.cases == 3
    running.close()


def test_an_older_source_says_what_to_run(place: Place) -> None:
    old = place("sqlite")
    upgrade(old)
    with closing(sqlite3.connect(old)) as database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
        database.commit()
    with pytest.raises(Misconfigured, match=r"older release .*stegvis db upgrade"):
        copied(old, place("sqlite"))


def test_a_value_that_stegvis_did_not_write_stops_the_copy_and_is_named(place: Place, files: FolderFiles) -> None:
    old, new = place("sqlite"), place("postgresql")
    install(old, files)
    with closing(sqlite3.connect(old)) as database:
        database.execute("UPDATE user_task SET created_at = 'some day'")
        database.commit()
    with pytest.raises(Misconfigured, match=r"table user_task cannot be filled.* Nothing was changed"):
        copied(old, new)
    assert is_empty(new)


@pytest.mark.parametrize("target", KINDS)
def test_history_that_was_broken_before_is_told_and_is_the_same_in_the_copy(
    place: Place, files: FolderFiles, target: str
) -> None:
    old, new = place("sqlite"), place(target)
    install(old, files)
    with closing(sqlite3.connect(old)) as database:
        database.execute("DROP TRIGGER history_event_no_update")
        database.execute(
            "UPDATE history_event SET actor = 'other' WHERE sequence = 2 AND case_id = "
            "(SELECT id FROM case_instance WHERE number LIKE '%000002')"
        )
        database.commit()
    ((head, sequence, why),) = copied(old, new).history.broken
    assert (head.number[-6:], sequence, why) == ("000002", 2, "its header was altered")


@pytest.mark.parametrize("target", KINDS)
def test_a_case_that_was_removed_outside_stegvis_stops_the_copy_and_is_told(
    place: Place, files: FolderFiles, target: str
) -> None:
    old, new = place("sqlite"), place(target)
    install(old, files)
    with closing(sqlite3.connect(old)) as database:  # as an owner of the file may: references are not enforced here
        database.execute("DELETE FROM case_instance WHERE number LIKE '%000002'")
        database.commit()
    with pytest.raises(Misconfigured, match=r"Rows refer to others that are not there any more.* Nothing was written"):
        copied(old, new)
    assert is_empty(new)


def test_history_is_append_only_in_the_copy_too(place: Place, files: FolderFiles) -> None:
    for target in KINDS:
        old, new = place("sqlite"), place(target)
        install(old, files)
        copied(old, new)
        store = open_store(new)
        with store.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="append-only"):
            connection.exec_driver_sql("UPDATE history_event SET actor = 'other'")
        store.close()
        assert target == "postgresql" or Path(new).stat().st_mode & 0o077 == 0
