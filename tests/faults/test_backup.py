"""A backup is made while people work: nobody is held up, and what is restored is one instant, whole."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from engine.storage.backing_up import back_up, restore
from engine.storage.folder import FolderFiles
from engine.storage.sql.moving import copy_database, snapshot
from tests.builders import NOON

from .installation import CLERKS, engine_on, install, serving
from .looking import broken_rules, read_records
from .traffic import Traffic


def test_a_backup_under_load_is_one_instant_and_nobody_waits_for_it(sql_url: str, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"the seed of the people is {seed}")
    install(sql_url)
    with serving(sql_url, tmp_path / "server.log") as server:
        traffic = Traffic(server, CLERKS, seed)
        traffic.begin()
        try:
            traffic.wait_for_requests(40)
            acknowledged = set(traffic.memory.started)

            def go_on_meanwhile(what: str, done: int, total: int) -> None:
                if what in ("case_instance", "history_event", "user_task"):
                    traffic.wait_for_requests(8)

            files = FolderFiles(tmp_path / "files")
            made = back_up(sql_url, files, tmp_path / "b.zip", release="0", now=NOON, progress=go_on_meanwhile)
            later = set(traffic.memory.started)
        finally:
            traffic.end()
        assert traffic.memory.surprises == []
    url = str(tmp_path / "restored.db")
    assert restore(tmp_path / "b.zip", url, FolderFiles(tmp_path / "other"), progress=lambda *_: None).history.broken == ()
    with engine_on(url) as engine:
        records = read_records(engine)
        assert [rule for record in records for rule in broken_rules(engine, record)] == []
    there = {str(record.case.id) for record in records}
    assert acknowledged <= there
    assert len(there) == made.manifest.cases
    assert later - there or len(later) > len(acknowledged), "people went on while it was made"


@pytest.mark.parametrize("sql_url", ["sqlite"], indirect=True)
def test_a_snapshot_is_copied_under_load(sql_url: str, empty_postgres_url: str, tmp_path: Path) -> None:
    install(sql_url)
    with serving(sql_url, tmp_path / "server.log") as server:
        traffic = Traffic(server, CLERKS, 1)
        traffic.begin()
        try:
            traffic.wait_for_requests(40)
            with snapshot(sql_url) as source:
                traffic.wait_for_requests(8)
                copied = copy_database(source, empty_postgres_url, progress=lambda *_: None)
        finally:
            traffic.end()
        assert traffic.memory.surprises == []
    assert copied.history.broken == ()
    with engine_on(empty_postgres_url) as engine:
        assert [rule for record in read_records(engine) for rule in broken_rules(engine, record)] == []
