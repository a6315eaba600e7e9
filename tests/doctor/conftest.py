"""An installation with cases in it, to be broken in one place and examined."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine import doctor
from engine.actor import SYSTEM
from engine.bootstrap import open_engine
from engine.canonical import Json
from engine.case_engine import CaseEngine
from engine.content import read_bundle
from engine.ids import UnitId
from engine.remark import Condition, Remark
from engine.settings import Settings
from engine.storage.sql import SqlStore
from engine.storage.sql.address import connect, read_address

PURCHASE = Path(__file__).parents[1] / "packages" / "purchase-request"


@dataclass
class Installation:
    """What is examined; `settings` and `env` may be changed before."""

    settings: Settings
    env: dict[str, str]

    def examine(self) -> list[Remark]:
        return list(doctor.examine(self.settings, self.env))

    def wrong(self) -> dict[str, Remark]:
        """What is not well, by check; left out that tests have a superuser on a server that need not survive a power cut."""
        found = [one for one in self.examine() if one.condition is not Condition.OK]
        return {one.check: one for one in found if "superuser" not in one.says and not one.says.endswith(": fsync = off.")}

    def run(self, *statements: str) -> None:
        """Change the database behind the engine's back."""
        engine = connect(read_address(self.settings.database))
        with engine.connect() as connection, connection.begin():
            for statement in statements:
                connection.execute(sa.text(statement))
        engine.dispose()

    @contextmanager
    def engine(self) -> Iterator[CaseEngine]:
        """What the installation runs on."""
        opened = open_engine(self.settings)
        assert isinstance(opened.store, SqlStore)
        yield opened
        opened.store.close()

    def change(self, **changes: object) -> None:
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]  # each test names fields that there are


@pytest.fixture
def installation(sql_url: str, tmp_path: Path) -> Installation:
    """On SQLite and on PostgreSQL in turn, with a case that waits for an approval and 30 days."""
    return made(sql_url, tmp_path)


@pytest.fixture
def sqlite_installation(sqlite_url: str, tmp_path: Path) -> Installation:
    Path(sqlite_url.removeprefix("sqlite:///")).chmod(0o600)
    return made(sqlite_url, tmp_path)


@pytest.fixture
def postgres_installation(postgres_url: str, tmp_path: Path) -> Installation:
    return made(postgres_url, tmp_path)


def made(url: str, folder: Path) -> Installation:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).chmod(0o600)
    settings = Settings(database=url, files=folder / "files", port=port)
    installation = Installation(settings, {})
    with installation.engine() as engine:
        engine.deploy(SYSTEM, read_bundle([PURCHASE]))
        submission: dict[str, Json] = {"article": "Lathe", "amount": 25_000}
        engine.start_case(SYSTEM, "purchase-request", unit=UnitId("workshop"), submission=submission)
    return installation
