"""Databases to move: one with cases and a file, and empty ones of both kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle
from engine.ids import UnitId
from engine.storage.folder import FolderFiles
from engine.storage.sql import open_store, upgrade
from tests.builders import NOON
from tests.commands.house import NOTE, ONE_TASK
from tests.databases import PostgresServer, make_sqlite

Place = Callable[[str], str]
KINDS = ("sqlite", "postgresql")
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """The address of a place for a database of the kind, `sqlite` or `postgresql`, with nothing there; each call another."""
    with ExitStack() as stack:
        number = 0

        def another(kind: str) -> str:
            nonlocal number
            number += 1
            if kind == "sqlite":
                return str(tmp_path / f"{number}.db")
            server: PostgresServer = request.getfixturevalue("postgres_server")
            return stack.enter_context(server.empty())

        yield another


@contextmanager
def engine_at(url: str, files: FolderFiles | None = None) -> Iterator[CaseEngine]:
    """The engine on a database."""
    store = open_store(url)
    try:
        yield CaseEngine(store, clock=FixedClock(NOON), files=files)
    finally:
        store.close()


def install(url: str, files: FolderFiles) -> None:
    """Three cases, one of them done, one with a file."""
    if "://" in url:
        upgrade(url)
    else:
        make_sqlite(Path(url))
    with engine_at(url, files) as engine:
        engine.deploy(SYSTEM, Bundle((ONE_TASK, NOTE)))
        cases = [engine.start_case(SYSTEM, "p", unit=UnitId("norr")) for _ in range(3)]
        with engine.store.read() as work:
            task = next(iter(work.queries.open_tasks(cases[0].id)))
        engine.complete_task(SYSTEM, task.id, {"text": "Ål, “é” och 😀\n\t\\"})
        engine.add_file(SYSTEM, cases[1].id, "Å.pdf", PDF)


@pytest.fixture
def files(tmp_path: Path) -> FolderFiles:
    return FolderFiles(tmp_path / "files")
