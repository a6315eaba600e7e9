"""Workers and jobs, examined: who is told of work, who does it, and what nobody will ever do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from engine.actor import SYSTEM, Membership, Role
from engine.definition import Bundle, Package
from engine.doctor.ages import in_words
from engine.ids import Token, UnitId, UserId
from engine.job import Job, JobState
from engine.ports import User
from engine.remark import Condition
from engine.settings import Settings, WorkerMode
from engine.storage.sql import newest_revision, upgrade
from tests.bpmn.diagrams import end, job, start
from tests.commands.house import process
from tests.commands.test_document_templates import LETTER, making, with_files
from tests.jobs.office import NAME, installed

from .conftest import Installation

A_WORKER = "INSERT INTO stegvis_wakeups.procrastinate_workers (last_heartbeat) VALUES (now() - interval '{}')"
A_WAKEUP = "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('stegvis', 'stegvis.wake')"
FEWER = "REVOKE UPDATE, DELETE ON history_event FROM humble"
ALONE = pytest.mark.parametrize("mode", [WorkerMode.DISTRIBUTED, WorkerMode.NONE])


@pytest.fixture
def shared(postgres_installation: Installation) -> Installation:
    """One whose workers share their work; none is at work."""
    url = postgres_installation.settings.database
    upgrade(url)
    postgres_installation.run("TRUNCATE stegvis_wakeups.procrastinate_jobs, stegvis_wakeups.procrastinate_workers CASCADE")
    postgres_installation.change(worker=WorkerMode.DISTRIBUTED)
    return postgres_installation


def long_ago() -> datetime:
    """For nearly an hour from now on this is told as three hours."""
    return datetime.now(UTC) - timedelta(hours=3, minutes=5)


def add_job(installation: Installation, *, since: datetime | None = None, **what: object) -> None:
    since = since or long_ago()
    with installation.engine() as engine, engine.store.write() as work:
        (case,) = engine.cases(SYSTEM).rows
        work.jobs.add(Job("j1", case.id, Token("t9"), "call", "key", {}, since, since, **what))  # type: ignore[arg-type]  # texts
        work.commit()


def deploy(installation: Installation, package: Package) -> None:
    with installation.engine() as engine:
        engine.deploy(SYSTEM, Bundle((package,)))


# wake-ups and workers


@ALONE
def test_workers_that_are_heard_of_are_well(shared: Installation, mode: WorkerMode) -> None:
    shared.change(worker=mode)
    shared.run(A_WORKER.format("1 second"), A_WORKER.format("1 hour"))
    assert shared.wrong() == {}
    told = {one.check: one.says for one in shared.examine()}
    assert "may use it" in told["wakeups"]
    assert told["workers"] == "Workers heard of within 35 seconds: 1."


@pytest.mark.parametrize(
    ("before", "says"),
    [((), "none is on record"), ((A_WORKER.format("3 hours 5 minutes"),), "the last was heard of 3 hours ago")],
)
def test_that_no_worker_is_heard_of_is_told(shared: Installation, before: tuple[str, ...], says: str) -> None:
    shared.run(*before)
    found = shared.wrong()
    assert list(found) == ["workers"]
    assert (found["workers"].condition, says in found["workers"].says) == (Condition.WARNING, True)


def test_work_that_waits_although_workers_are_there_is_told_as_that(shared: Installation) -> None:
    shared.run(A_WORKER.format("1 second"))
    add_job(shared, handler="http.request")
    found = shared.wrong()
    assert list(found) == ["background"]
    assert (
        "3 hours, jobs for http.request among them: 1. Workers that are at work and do not get to it: 1."
        in found["background"].says
    )


@pytest.mark.parametrize(
    "harm", ["DROP SCHEMA stegvis_wakeups CASCADE", "COMMENT ON SCHEMA stegvis_wakeups IS 'of another release'"]
)
def test_a_carrier_that_is_gone_or_of_another_release_is_told(shared: Installation, harm: str) -> None:
    shared.run(harm)
    try:
        found = shared.wrong()
        assert list(found) == ["wakeups"]
        assert "stegvis db upgrade" in found["wakeups"].remedy
        shared.change(worker=WorkerMode.EMBEDDED)
        assert shared.wrong() == {}
    finally:
        upgrade(shared.settings.database)


def test_a_carrier_of_the_newer_release_whose_tables_are_there_already_is_no_error(shared: Installation) -> None:
    shared.run("UPDATE alembic_version SET version_num = '9999'", "COMMENT ON SCHEMA stegvis_wakeups IS 'of another release'")
    try:
        told = shared.wrong()
        assert list(told) == ["database", "wakeups"]
        assert {one.condition for one in told.values()} == {Condition.WARNING}
    finally:
        shared.run(f"UPDATE alembic_version SET version_num = '{newest_revision()}'")
        upgrade(shared.settings.database)


@pytest.mark.parametrize(
    ("left", "check", "says"),
    [
        ((A_WORKER.format("1 second"),), "worker", "Workers that share work on this database: 1."),
        (("SET LOCAL search_path = stegvis_wakeups", A_WAKEUP), "wakeups", "to which nobody listens: 1."),
    ],
)
def test_what_shares_work_beside_processes_that_look_for_it_themselves_is_told(
    shared: Installation, left: tuple[str, ...], check: str, says: str
) -> None:
    shared.change(worker=WorkerMode.EMBEDDED)
    told = {one.check: one for one in shared.examine()}
    assert (told["wakeups"].condition, "looks once a second" in told["wakeups"].says) == (Condition.OK, True)
    shared.run(*left)
    try:
        found = shared.wrong()
        assert list(found) == [check]
        assert (found[check].condition, says in found[check].says) == (Condition.WARNING, True)
    finally:
        shared.run("TRUNCATE stegvis_wakeups.procrastinate_jobs, stegvis_wakeups.procrastinate_workers CASCADE")


def test_how_long_the_oldest_has_been_due_is_told_before_it_is_too_long(installation: Installation) -> None:
    assert {one.check: one.says for one in installation.examine()}["background"] == "Nothing is due."
    add_job(installation, since=datetime.now(UTC) - timedelta(seconds=130), handler="http.request")
    assert installation.wrong() == {}
    told = {one.check: one.says for one in installation.examine()}["background"]
    assert told == "Timers and jobs that are due: 1, the oldest since 2 minutes, no longer than usual."


@contextmanager
def as_humble(installation: Installation, *rights: str) -> Iterator[None]:
    """The installation signs in as an account that may do everything in our tables, and this beside."""
    owner = Installation(Settings(database=installation.settings.database), {})
    tables = "ON ALL TABLES IN SCHEMA public TO humble"
    owner.run("CREATE ROLE humble LOGIN", f"GRANT SELECT, INSERT, UPDATE, DELETE {tables}", FEWER, *rights)
    url = installation.settings.database
    name = url.partition("//")[2].partition("@")[0].partition(":")[0]
    installation.change(database=url.replace(f"//{name}:", "//humble:").replace(f"//{name}@", "//humble@"))
    try:
        yield
    finally:
        owner.run("DROP OWNED BY humble CASCADE", "DROP ROLE humble")


@pytest.mark.parametrize(
    ("rights", "lacks"),
    [
        ((), "stegvis_wakeups: USAGE."),
        (
            (
                "GRANT USAGE ON SCHEMA stegvis_wakeups TO humble",
                "GRANT SELECT, INSERT, DELETE ON ALL TABLES IN SCHEMA stegvis_wakeups TO humble",
            ),
            "procrastinate_jobs: UPDATE; procrastinate_jobs_id_seq: USAGE;",
        ),
    ],
)
def test_an_account_that_may_not_use_the_carrier_is_told_what_it_lacks(
    shared: Installation, rights: tuple[str, ...], lacks: str
) -> None:
    with as_humble(shared, *rights):
        found = shared.wrong()
    assert list(found) == ["wakeups"]
    assert "the account humble, which lacks: " in found["wakeups"].says
    assert lacks in found["wakeups"].says
    assert "docs/reference/database.md" in found["wakeups"].remedy


def test_on_sqlite_work_cannot_be_shared(sqlite_installation: Installation) -> None:
    sqlite_installation.change(worker=WorkerMode.DISTRIBUTED)
    found = sqlite_installation.wrong()
    assert list(found) == ["worker"]
    assert "PostgreSQL only" in found["worker"].says


# jobs


def an_account(*groups: str, is_active: bool = True) -> User:
    place = Membership(UnitId("workshop"), frozenset(groups))
    return User(UserId("r1"), "r1", "A robot", roles=frozenset({Role.WORKER}), memberships=(place,), is_active=is_active)


@pytest.mark.parametrize(
    ("account", "condition"),
    [
        (an_account("letters"), Condition.WARNING),
        (an_account("parcels"), Condition.ERROR),
        (an_account("letters", is_active=False), Condition.ERROR),
    ],
)
def test_a_topic_that_no_account_may_fetch_is_told_as_that(
    installation: Installation, account: User, condition: Condition
) -> None:
    add_job(installation, topic="letters")
    with installation.engine() as engine, engine.store.write() as work:
        work.people.put_user(account)
        work.commit()
    found = installation.wrong()
    assert list(found) == ["external-jobs"]
    told = found["external-jobs"]
    assert "Jobs with the topic letters that wait for a worker outside: 1, the oldest since 3 hours." in told.says
    assert (told.condition, "No account may fetch them" in told.says) == (condition, condition is Condition.ERROR)


def test_a_job_that_nobody_took_over_is_told(installation: Installation) -> None:
    add_job(installation, handler="http.request", state=JobState.TAKEN, locked_until=long_ago(), deadline=long_ago())
    found = installation.wrong()
    assert list(found) == ["job-leases"]
    assert "took over: 1." in found["job-leases"].says


@pytest.mark.parametrize(("mode", "condition"), [(WorkerMode.EMBEDDED, Condition.ERROR), (WorkerMode.NONE, Condition.WARNING)])
def test_a_handler_that_a_process_needs_and_nobody_installed_is_told(
    sqlite_installation: Installation, mode: WorkerMode, condition: Condition
) -> None:
    with installed(lambda inputs, desk: None, "away"):
        deploy(sqlite_installation, process(start(), job("a", {}, {}, handler=NAME), end(), "s > a > e"))
        assert sqlite_installation.wrong() == {}
    sqlite_installation.change(worker=mode)
    found = sqlite_installation.wrong()
    assert list(found) == ["handlers"]
    assert f"Version 1 of p orders jobs of the handler {NAME}" in found["handlers"].says
    assert found["handlers"].condition is condition


def without_the_package(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "weasyprint", None)


def without_pango(patch: pytest.MonkeyPatch) -> None:
    class Broken:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    patch.delitem(sys.modules, "weasyprint", raising=False)
    patch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])


@pytest.mark.parametrize("harm", [without_the_package, without_pango])
def test_a_machine_that_cannot_make_the_documents_of_a_process_is_told(
    sqlite_installation: Installation, monkeypatch: pytest.MonkeyPatch, harm: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with monkeypatch.context() as patch:
        harm(patch)
        assert sqlite_installation.wrong() == {}, "nothing asks for documents"
    deploy(sqlite_installation, with_files(making("= &quot;letter&quot;"), letter=LETTER))
    assert sqlite_installation.wrong() == {}
    harm(monkeypatch)
    found = sqlite_installation.wrong()
    assert list(found) == ["documents"]
    assert "Pango" in found["documents"].says


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(seconds=90), "90 seconds"),
        (timedelta(minutes=119), "119 minutes"),
        (timedelta(hours=3), "3 hours"),
        (timedelta(days=9, hours=5), "9 days"),
    ],
)
def test_an_age_is_told_so_that_it_says_enough(time: timedelta, words: str) -> None:
    assert in_words(time) == words
