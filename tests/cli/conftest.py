"""The command line over an installation of its own: an SQLite file and the purchase request as content."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.cli import cli

PURCHASE = Path(__file__).parents[1] / "packages" / "purchase-request"

Stegvis = Callable[..., Result]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation without a database yet."""
    return {"STEGVIS_DATABASE": str(tmp_path / "var" / "stegvis.db"), "STEGVIS_CONTENT": str(PURCHASE)}


@pytest.fixture
def stegvis(env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stegvis:
    """Run a command in this process; its exit code, standard output and standard error are in the result."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: str | None = None, **more: str) -> Result:
        return CliRunner().invoke(cli, list(arguments), env={**env, **more}, input=stdin)

    return run


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demonstration, to be copied."""
    database = tmp_path_factory.mktemp("demo") / "stegvis.db"
    env = {"STEGVIS_DATABASE": str(database), "STEGVIS_CONTENT": str(PURCHASE)}
    result = CliRunner().invoke(cli, ["demo"], env=env)
    assert result.exit_code == 0, result.output
    return database


@pytest.fixture
def demo(stegvis: Stegvis, env: dict[str, str], demo_database: Path) -> Stegvis:
    """The same, with the demonstration in it."""
    database = Path(env["STEGVIS_DATABASE"])
    database.parent.mkdir()
    for file in demo_database.parent.glob("stegvis.db*"):
        shutil.copy(file, database.parent / file.name)
    return stegvis
