"""Rows of history that somebody altered in the database: each is found and named, and never read as if it were true."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from structlog.testing import capture_logs

from engine.actor import SYSTEM, Actor, Role
from engine.background.embedded import LONGEST_SLEEP_SECONDS, SHORTEST_SLEEP_SECONDS, Worker
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.errors import CaseDamaged, HistoryDamaged
from engine.ids import CaseId, TaskId, UserId
from engine.storage.sql import SqlStore, open_store, upgrade
from tests.builders import NOON, a_case, a_task, a_timer, some_events
from tests.contracts.stored import change_case, with_cases, with_tasks
from tests.contracts.test_jobs import a_job, taken
from tests.contracts.test_starts import a_start
from tests.jobs.office import Office, installed
from tests.jobs.test_running import wait_until

CASE, OTHER = CaseId("case-1"), CaseId("case-2")
ADMINISTRATOR = Actor(UserId("admin-1"), "Name of admin-1", (), frozenset({Role.ADMINISTRATOR}))

UNREADABLE = {
    "UPDATE history_event SET type = 'made-up' WHERE {third}": "its type is none that this release knows",
    "UPDATE history_event SET type = '' WHERE {third}": "its type is none that this release knows",
}
ON_SQLITE = {
    "UPDATE history_event SET at = 'yesterday' WHERE {third}": "its time cannot be read",
    "UPDATE history_event SET at = x'00' WHERE {third}": "its time cannot be read",
    "UPDATE history_event SET at = replace(at, '+00:00', '') WHERE {third}": "its time is not written as it was",
    "UPDATE history_event SET at = '2025-02-03T13:00:00.000000+01:00' WHERE {third}": "its time is not written as it was",
    "UPDATE history_event SET schema = 'one' WHERE {third}": "its schema is of the wrong kind",
    "UPDATE history_event SET actor = x'00' WHERE {third}": "its actor is of the wrong kind",
    "UPDATE history_event SET element = CAST(x'ff' AS TEXT) WHERE {third}": "it holds bytes that are no text",
    "UPDATE history_payload SET text = x'7b7d' WHERE {third}": "its payload is no text",
}
ON_POSTGRESQL = {
    "UPDATE history_event SET at = 'infinity' WHERE {third}": "its at is of the wrong kind",
    "UPDATE history_event SET at = '20000-01-01T00:00:00Z' WHERE {third}": "its time cannot be read",
}
ALTERED = {
    "UPDATE history_event SET actor = 'coach-2' WHERE {third}": (3, "its header was altered"),
    "UPDATE history_event SET at = '1999-01-01T00:00:00.000000+00:00' WHERE {third}": (3, "its header was altered"),
    "UPDATE history_event SET hash = 'x' WHERE {third}": (3, "its header was altered"),
    "UPDATE history_event SET previous_hash = 'x' WHERE {third}": (3, "it does not follow from the event before it"),
    "DELETE FROM history_event WHERE {third}": (4, "an event is missing before this one"),
    "DELETE FROM history_event WHERE case_id = 'case-1' AND sequence = 1": (2, "an event is missing before this one"),
    "DELETE FROM history_event WHERE case_id = 'case-1' AND sequence = 5": (
        5,
        "the end of the chain is not the one that the case remembers",
    ),
    "DELETE FROM history_event WHERE case_id = 'case-1'": (5, "the end of the chain is not the one that the case remembers"),
    "UPDATE history_event SET sequence = 9 WHERE {third};"
    "UPDATE history_event SET sequence = 3 WHERE case_id = 'case-1' AND sequence = 4;"
    "UPDATE history_event SET sequence = 4 WHERE case_id = 'case-1' AND sequence = 9": (
        3,
        "it does not follow from the event before it",
    ),
    "UPDATE history_event SET sequence = -1 WHERE {third}": (-1, "it was put in: the chain is past its number"),
    "UPDATE history_payload SET text = '{\"step\":99}' WHERE {third}": (3, "its payload was altered"),
    "UPDATE history_payload SET text = 'no JSON' WHERE {third}": (3, "its payload was altered"),
    "UPDATE history_payload SET salt = 'x' WHERE {third}": (3, "its payload was altered"),
    "DELETE FROM history_payload WHERE {third}": (
        3,
        "data-changed: its payload is missing and no erasure event accounts for it",
    ),
}


def with_histories(store: SqlStore) -> CaseEngine:
    """Two cases with a history of five events each."""
    for id_ in (CASE, OTHER):
        head, events = some_events(5, case_id=id_)
        with_cases(store, replace(a_case(id_), history_sequence=head.sequence, history_hash=head.hash))
        with store.write() as work:
            work.histories.append(events)
            work.commit()
    return CaseEngine(store, clock=FixedClock(NOON))


def tamper(store: SqlStore, statements: str) -> None:
    """Do what the owner of a database can: change rows while the guards of history sleep."""
    lines = statements.replace("{third}", "case_id = 'case-1' AND sequence = 3").split(";")
    if store.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(store.engine.url.database))) as database:
            triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for line in [*(f"DROP TRIGGER {name}" for (name,) in triggers), *lines]:
                database.execute(line)
            database.commit()
        return
    with store.engine.begin() as connection:
        for line in ["SET LOCAL session_replication_role = replica", *lines]:
            connection.exec_driver_sql(line)


def found_in(engine: CaseEngine) -> list[tuple[CaseId, int, str]]:
    """Each case that does not verify, where, and what is wrong."""
    verified = [(id_, engine.verify_history(SYSTEM, id_)) for id_ in (CASE, OTHER)]
    return [(id_, *broken) for id_, broken in verified if broken is not None]


def test_a_history_that_nobody_touched_is_whole(sql_store: SqlStore) -> None:
    engine = with_histories(sql_store)
    assert found_in(engine) == []
    assert len(engine.history(SYSTEM, CASE)) == 5


def test_a_history_with_an_erasure_is_whole_and_is_read(sql_store: SqlStore) -> None:
    engine = with_histories(sql_store)
    engine.erase_history(ADMINISTRATOR, CASE, [2, 3], reason="Plan 2025:4")
    assert found_in(engine) == []
    entries = engine.history(SYSTEM, CASE)
    assert [entry.event.sequence for entry in entries if entry.payload is None] == [2, 3]
    assert entries[1].text_en.endswith("(The details have been erased.)")
    assert entries[5].payload == {"events": [2, 3], "reason": "Plan 2025:4"}


def test_an_erasure_does_not_hide_another_that_nobody_told_of(sql_store: SqlStore) -> None:
    engine = with_histories(sql_store)
    engine.erase_history(ADMINISTRATOR, CASE, [2], reason="Plan 2025:4")
    tamper(sql_store, "DELETE FROM history_payload WHERE {third}")
    what = "data-changed: its payload is missing and no erasure event accounts for it"
    assert found_in(engine) == [(CASE, 3, what)]


@pytest.mark.parametrize(("statements", "broken"), ALTERED.items())
def test_what_was_altered_is_found(sql_store: SqlStore, statements: str, broken: tuple[int, str]) -> None:
    engine = with_histories(sql_store)
    tamper(sql_store, statements)
    assert found_in(engine) == [(CASE, *broken)]


@pytest.mark.parametrize(("statements", "what"), UNREADABLE.items())
def test_what_cannot_be_read_is_found_and_not_told(sql_store: SqlStore, statements: str, what: str) -> None:
    require_found_and_not_told(sql_store, statements, what)


@pytest.mark.parametrize(("statements", "what"), ON_SQLITE.items())
def test_what_sqlite_lets_in_is_found_and_not_told(sqlite_url: str, statements: str, what: str) -> None:
    with closing(open_store(sqlite_url)) as store:
        require_found_and_not_told(store, statements, what)


@pytest.mark.parametrize(("statements", "what"), ON_POSTGRESQL.items())
def test_what_postgresql_lets_in_is_found_and_not_told(postgres_url: str, statements: str, what: str) -> None:
    with closing(open_store(postgres_url)) as store:
        require_found_and_not_told(store, statements, what)


def require_found_and_not_told(store: SqlStore, statements: str, what: str) -> None:
    engine = with_histories(store)
    tamper(store, statements)
    assert found_in(engine) == [(CASE, 3, what)]
    with pytest.raises(HistoryDamaged, match=f"the case case-1 was damaged outside Stegvis: event 3: {what}"):
        engine.history(SYSTEM, CASE)
    assert len(engine.history(SYSTEM, CASE, limit=2)) == 2
    assert len(engine.history(SYSTEM, OTHER)) == 5


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE case_instance SET status = 'weird' WHERE id = 'case-1'",
        "UPDATE case_data SET content = 'no JSON' WHERE case_id = 'case-1'",
        "UPDATE case_data SET content = '[]' WHERE case_id = 'case-1'",
        "UPDATE case_data SET kind = 'weird' WHERE case_id = 'case-1'",
    ],
)
def test_a_case_that_cannot_be_read_is_named_and_others_are_read(sql_store: SqlStore, harm: str) -> None:
    with_cases(sql_store, a_case(), a_case("case-2"))
    with_tasks(sql_store, a_task(), a_task("task-2", "case-2"))
    tamper(sql_store, harm)
    with sql_store.write() as work, pytest.raises(CaseDamaged, match="'case-1' was altered outside Stegvis"):
        work.cases.lock(CASE)
    with sql_store.write() as work, pytest.raises(CaseDamaged, match="'case-1' was altered outside Stegvis"):
        work.cases.lock_for(a_task().id)
    with sql_store.write() as work:
        assert work.cases.lock(OTHER) is not None
        assert work.cases.lock_for(TaskId("task-2")) is not None


NO_TEXT = "CAST(x'ff' AS TEXT)"


@pytest.mark.parametrize(
    "harm",
    [
        f"UPDATE case_instance SET title = {NO_TEXT} WHERE id = 'case-1'",
        f"UPDATE case_state SET state = {NO_TEXT} WHERE case_id = 'case-1'",
        f"UPDATE case_data SET content = {NO_TEXT} WHERE case_id = 'case-1'",
    ],
)
def test_bytes_that_are_no_text_are_named_and_nobody_is_kept_from_writing_afterwards(sqlite_url: str, harm: str) -> None:
    with closing(open_store(sqlite_url)) as store:
        with_cases(store, a_case(), a_case("case-2"))
        with_tasks(store, a_task())
        tamper(store, harm)
        damage: list[CaseDamaged] = []  # kept as whoever logs it may: it holds on to all that was under way
        with store.write() as work, pytest.raises(CaseDamaged, match="'case-1' was altered") as raised:
            work.cases.lock(CASE)
        damage.append(raised.value)
        with store.write() as work, pytest.raises(CaseDamaged, match="'case-1' was altered") as raised:
            work.cases.lock_for(a_task().id)
        damage.append(raised.value)
        tamper(store, "UPDATE case_instance SET title = 'changed meanwhile' WHERE id = 'case-2'")
        change_case(store, "case-2", title="written")


def test_a_list_with_a_case_that_cannot_be_read_names_it(sql_store: SqlStore) -> None:
    with_cases(sql_store, a_case(), a_case("case-2"))
    tamper(sql_store, "UPDATE case_instance SET status = 'weird' WHERE id = 'case-1'")
    with pytest.raises(CaseDamaged, match="'case-1' was altered outside Stegvis"):
        CaseEngine(sql_store, clock=FixedClock(NOON)).cases(SYSTEM)


def test_what_is_due_beside_a_row_that_cannot_be_read_goes_on(sqlite_url: str) -> None:
    with closing(open_store(sqlite_url)) as store:
        with_cases(store, a_case(), a_case("case-2"))
        with store.write() as work:
            for number in ("1", "2"):
                work.waits.open(a_timer(token=number))
                work.jobs.add(a_job(f"job-{number}", number))
                work.jobs.add(a_job(f"topic-{number}", f"topic-{number}", handler="", topic="pay"))
            work.jobs.add(taken(a_job("lapsed-1", "3")))
            work.jobs.add(taken(a_job("lapsed-2", "4")))
            work.starts.replace("pathway", [a_start(), a_start(element="tock")])
            work.commit()
        tamper(
            store,
            "UPDATE wait SET opened_at = 'x' WHERE token = '1';"
            "UPDATE job SET created_at = 'x' WHERE id IN ('job-1', 'topic-1', 'lapsed-1');"
            "UPDATE start_wait SET kind = 'weird' WHERE element = 'tick'",
        )
        later = NOON + timedelta(hours=1)
        with capture_logs() as logs, store.write() as work:
            assert list(work.waits.due(later, 10)) == [a_timer(token="2")]
            assert [one.id for one in work.jobs.due(later, 10)] == ["job-2"]
            assert [one.id for one in work.jobs.due_for(None, frozenset({"pay"}), later, 10)] == ["topic-2"]
            assert [one.id for one in work.jobs.lapsed(later, 10)] == ["lapsed-2"]
            assert list(work.starts.due(later, 10)) == [a_start(element="tock")]
        told = [line for line in logs if line["event"] == "row-unreadable"]
        assert [line["table"] for line in told] == ["wait", "job", "job", "job", "start_wait"]
        assert told[0]["key"] == "case-1:1"


def test_more_that_cannot_be_read_than_is_asked_for_holds_nothing_up(sql_store: SqlStore) -> None:
    with_cases(sql_store, a_case())
    with sql_store.write() as work:
        for number in range(5):
            work.jobs.add(a_job(f"job-{number}", f"{number}"))
        work.commit()
    tamper(sql_store, "UPDATE job SET inputs = 'no JSON' WHERE token IN ('0', '1', '3')")
    with sql_store.write() as work:
        assert [one.id for one in work.jobs.due(NOON + timedelta(hours=1), 1)] == ["job-2"]
        assert [one.id for one in work.jobs.due(NOON + timedelta(hours=1), 2)] == ["job-2", "job-4"]


def test_a_job_that_cannot_be_read_is_looked_at_less_and_less_often(sql_store: SqlStore) -> None:
    with installed(lambda inputs, desk: None, "away"):
        office = Office(sql_store)
        sound = office.start()
        worker = Worker(office.engine)
        office.start()
        tamper(sql_store, f"UPDATE job SET inputs = 'no JSON' WHERE case_id <> '{sound.id}'")
        assert worker.round(Event()) == 0.0
        wait_until(lambda: office.job(sound) is None)
        sleeps = [worker.round(Event()) for _ in range(8)]
    assert SHORTEST_SLEEP_SECONDS < sleeps[0] < sleeps[1]
    assert sleeps[-1] == LONGEST_SLEEP_SECONDS


def test_a_case_with_a_time_that_only_postgresql_has_cannot_be_read_and_its_head_can(postgres_url: str) -> None:
    with closing(open_store(postgres_url)) as store:
        engine = with_histories(store)
        tamper(store, "UPDATE case_instance SET started_at = 'infinity' WHERE id = 'case-1'")
        assert {head.case_id for head in engine.chain_heads()} == {CASE, OTHER}
        with pytest.raises(CaseDamaged, match="the case 'case-1' was altered outside Stegvis"):
            engine.verify_history(SYSTEM, CASE)
        assert engine.verify_history(SYSTEM, OTHER) is None


@pytest.mark.parametrize("text", ["no JSON", '{"step":99}'])
def test_an_altered_payload_is_not_told(sql_store: SqlStore, text: str) -> None:
    engine = with_histories(sql_store)
    tamper(sql_store, f"UPDATE history_payload SET text = '{text}' WHERE {{third}}")
    with pytest.raises(HistoryDamaged, match="event 3: its payload was altered"):
        engine.history(SYSTEM, CASE)


COPIED = "INSERT INTO history_event SELECT * FROM history_event WHERE {third}"


def test_a_row_that_stands_twice_is_found_on_sqlite(sqlite_url: str) -> None:
    loose = (
        "CREATE TABLE loose AS SELECT * FROM history_event;DROP TABLE history_event;ALTER TABLE loose RENAME TO history_event"
    )
    with closing(open_store(sqlite_url)) as store:
        engine = with_histories(store)
        tamper(store, f"{loose};{COPIED}")
        assert found_in(engine) == [(CASE, 3, "it was put in: the chain is past its number")]


def test_a_row_that_stands_twice_is_found_on_postgresql(empty_postgres_url: str) -> None:
    upgrade(empty_postgres_url)
    with closing(open_store(empty_postgres_url)) as store:
        engine = with_histories(store)
        tamper(store, f"ALTER TABLE history_event DROP CONSTRAINT history_event_pk CASCADE;{COPIED}")
        assert found_in(engine) == [(CASE, 3, "it was put in: the chain is past its number")]


def test_a_case_that_was_removed_leaves_its_history_to_tell(sql_store: SqlStore) -> None:
    engine = with_histories(sql_store)
    assert engine.histories_without_case() == []
    tables = "case_state case_data case_field wait incident user_task case_member case_undo delivery".split()  # noqa: SIM905
    lines = [f"DELETE FROM {table} WHERE case_id = 'case-1'" for table in tables]
    tamper(sql_store, ";".join([*lines, "DELETE FROM case_instance WHERE id = 'case-1'"]))
    assert engine.histories_without_case() == [CASE]
