"""The disk is full: requests are refused with a sentence, nothing is half stored, and all goes on when there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.databases import PostgresServer, make_sqlite

from .disks import filled, small_disk
from .installation import CLERKS, Server, engine_on, install, person, serving
from .long_run import IS_LONG
from .looking import broken_rules, read_records

ATTEMPTS = 300 if IS_LONG else 30
Full = Callable[[Server], AbstractContextManager[None]]


@contextmanager
def limited(folder: Path) -> Iterator[tuple[str, Full]]:
    """SQLite in a process whose files may grow no more: what a full disk is to it, without the rights to make one."""
    url = make_sqlite(folder / "stegvis.db")

    def full(server: Server) -> AbstractContextManager[None]:
        return server.on_a_full_disk(max(file.stat().st_size for file in folder.iterdir() if file.is_file()))

    yield url, full


@contextmanager
def sqlite_on_a_disk(folder: Path) -> Iterator[tuple[str, Full]]:
    with small_disk(folder / "disk", 24) as disk:
        yield make_sqlite(disk / "stegvis.db"), lambda server: filled(disk)


@contextmanager
def postgresql_on_a_disk(folder: Path) -> Iterator[tuple[str, Full]]:
    for above in (folder, folder.parent, folder.parent.parent):
        above.chmod(0o755)  # the server runs under an account of its own
    with small_disk(folder / "disk", 256) as disk:
        (disk / "data").mkdir()
        server = PostgresServer(disk / "data")
        try:
            yield server.emptied(), lambda _: filled(disk)
        finally:
            server.stop()


DISKS = [limited, sqlite_on_a_disk, postgresql_on_a_disk] if IS_LONG else [limited]


@pytest.mark.parametrize("disk", DISKS)
def test_on_a_full_disk_people_are_refused_and_can_go_on_when_there_is_room(
    disk: Callable[[Path], AbstractContextManager[tuple[str, Full]]], tmp_path: Path
) -> None:
    with disk(tmp_path) as (url, full):
        install(url)
        with serving(url, tmp_path / "server.log") as server, person(CLERKS[0], server) as anna:
            stored = {anna.start_case("before").json()["id"]}
            with full(server):
                answers = [anna.start_case(f"full-{number}") for number in range(ATTEMPTS)]
                reading = anna.get("/tasks", limit=50)
            stored |= {answer.json()["id"] for answer in answers if answer.status_code == 201}
            refused = [answer for answer in answers if answer.status_code != 201]
            assert {(answer.status_code, answer.json()["code"]) for answer in refused} == {(503, "misconfigured")}
            assert refused[-1] is answers[-1]
            assert reading.status_code == 200
            after = anna.start_case("after")
            assert after.status_code == 201, after.text
            stored.add(after.json()["id"])
            assert "unexpected error" not in server.log, server.log
        with engine_on(url) as engine:
            records = read_records(engine)
            assert {str(record.case.id) for record in records} == stored
            assert [rule for record in records for rule in broken_rules(engine, record)] == []
