"""Live cases of every release go on in this one, also where the upgrade was killed half way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.storage.sql import address, current_revision, newest_revision, tables, upgrade
from engine.wait import WaitKind

from .make_golden import GOLDEN
from .releases import RELEASES, end_every_case, put

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a place for a database, of each kind in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "stegvis.db")
    return str(request.getfixturevalue("empty_postgres_url"))


def upgrade_in_a_process(url: str, killed_after: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.upgrade.killed", url, str(killed_after)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize("release", RELEASES)
def test_every_case_of_a_release_goes_on_to_its_end(release: str, url: str, tmp_path: Path) -> None:
    heads = put(release, url, tmp_path)
    assert heads
    upgrade(url)
    end_every_case(url, heads)


@pytest.mark.parametrize(("release", "parts"), [("compiler-1", (0.15, 0.4, 0.65, 0.9, 1)), ("0.1.0", (0.5, 1))])
def test_an_upgrade_that_is_killed_has_done_nothing_and_the_next_one_does_all(
    release: str, parts: tuple[float, ...], url: str, tmp_path: Path
) -> None:
    """Killed in the middle of several migrations, and before the commit."""
    trial = tmp_path / "trial.db"
    put(release, str(trial), tmp_path)
    statements = int(upgrade_in_a_process(str(trial)).stdout)
    heads = put(release, url, tmp_path)
    was = current_revision(url)
    before = rows(url)
    for part in parts:
        killed = upgrade_in_a_process(url, killed_after=int(statements * part))
        assert killed.returncode == -9, killed.stderr
        assert current_revision(url) == was != newest_revision()
        assert rows(url) == before
    upgrade(url)
    assert current_revision(url) == newest_revision()
    end_every_case(url, heads)


def rows(url: str) -> dict[str, int]:
    """How many rows each table has."""
    engine = address.connect(address.read_address(url))
    with engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        found = {
            name: connection.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar_one() for name in names
        }
    engine.dispose()
    return found


def test_a_release_left_a_case_at_every_kind_of_wait_and_rows_in_almost_every_table(tmp_path: Path) -> None:
    assert "0.1.0" in RELEASES
    put("0.1.0", str(tmp_path / "a.db"), tmp_path)
    engine = address.connect(address.read_address(str(tmp_path / "a.db")))
    with engine.connect() as connection:
        kinds = set(connection.scalars(sa.select(tables.wait.c.kind)))
        statuses = set(connection.scalars(sa.select(tables.case_instance.c.status)))
    engine.dispose()
    assert kinds == {kind.value for kind in WaitKind if kind.value in OF_0_1_0}
    assert statuses == {"active", "suspended", "cancelled", "completed"}
    assert {name for name, number in rows(str(tmp_path / "a.db")).items() if not number} == {"case_member"}
    assert (GOLDEN / "0.1.0.sql").stat().st_size < 600_000


OF_0_1_0 = frozenset({"task", "timer", "message", "signal", "condition"})
