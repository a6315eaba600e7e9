"""Two releases meet on one database while an installation is replaced: the newer has upgraded it, or has not yet."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from alembic import command as alembic

from engine.history import EventType
from engine.storage.sql import address, newest_revision, upgrade, upgrading
from tests.jobs.http_peers import Heard, Reply, http_peer
from tests.upgrade.newer import upgrade_to_newer

from .errands import errands_on
from .installation import CLERKS, environment, free_port, install, serving
from .keeping import require_just_what_was_acknowledged
from .traffic import Traffic
from .workers import Worker, calling, wait_until, working

OTHER_WAKEUPS = (
    "COMMENT ON SCHEMA stegvis_wakeups IS 'of another release'",
    "ALTER FUNCTION stegvis_wakeups.procrastinate_register_worker_v1 RENAME TO procrastinate_register_worker_v9",
)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a place for a database that is this test's alone, of each kind in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "stegvis.db")
    return str(request.getfixturevalue("empty_postgres_url"))


def test_people_go_on_while_a_newer_release_upgrades_and_a_process_that_crashes_comes_back(url: str, tmp_path: Path) -> None:
    upgrade(url)
    install(url)
    with serving(url, tmp_path / "server.log") as server:
        traffic = Traffic(server, CLERKS, random.Random(4711).randrange(10**6), insists=True)
        traffic.begin()
        try:
            traffic.wait_for_requests(40)
            upgrade_to_newer(url, tmp_path)
            traffic.wait_for_requests(80)
            traffic.server_is(up=False)
            server.kill()
            server.start()
            assert server.log.count("database-newer") >= 1
            traffic.server_is(up=True)
            traffic.wait_for_requests(40)
        finally:
            traffic.end()
        assert "unexpected error" not in server.log, server.log
    assert traffic.memory.refused == 0
    require_just_what_was_acknowledged(url, traffic.memory)


def test_timers_and_jobs_go_on_after_a_newer_release_has_upgraded(url: str, tmp_path: Path) -> None:
    """On PostgreSQL the wake-ups are of another shape too, with which this release's workers can do nothing."""
    upgrade(url)
    log = tmp_path / "worker.log"
    with http_peer(answer) as peer, errands_on(url) as errands, working(worker := calling(url, log, peer)):

        def work(number: int) -> None:
            timed, called = errands.start("soon", times=3), errands.call(peer, number)
            wait_until(lambda: errands.done(timed) == len(timed) and errands.is_at(called, "z"))

        work(1)
        upgrade_to_newer(url, tmp_path)
        if url.startswith("postgresql"):
            with psycopg.connect(url) as other:
                for statement in OTHER_WAKEUPS:
                    other.execute(statement)
        work(2)
        worker.kill()
        worker.start()
        work(3)
        assert "database-newer" in log.read_text()
        records = errands.records()
    assert sum(record.count(EventType.TIMER_FIRED) for record in records) == 9


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_process_refuses_an_older_database_and_begins_when_that_is_upgraded(url: str, command: str, tmp_path: Path) -> None:
    if not url.startswith("postgresql"):
        address.create_file(address.read_address(url))
    engine = address.connect(address.read_address(url))
    with engine.begin() as connection:
        alembic.upgrade(upgrading._config(connection), "0030")
    engine.dispose()
    refused = subprocess.run(
        [sys.executable, "-c", "from engine.cli import main; main()", command],
        env=environment(url, STEGVIS_PORT=str(free_port())),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert refused.returncode == 1
    assert "is of an older release (0030). Run `stegvis db upgrade`." in refused.stderr
    assert newest_revision() != "0030"
    upgrade(url)
    if command == "serve":
        with serving(url, tmp_path / "server.log"):
            return
    with working(Worker(url, tmp_path / "worker.log")):
        return


def answer(heard: Heard) -> Reply:
    return Reply(200, {"Content-Type": "application/json"}, b"1")
