"""The wheel, built from a copy of the tree and installed elsewhere: it is whole, and it works without the checkout."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from socket import socket

import pytest

ROOT = Path(__file__).parents[2]
WHAT_IS_BUILT = ("pyproject.toml", "README.md", "docs", "engine", "api", "processes", "forms", "registers", "tests", "web")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", "node_modules", "results")


def run(
    command: tuple[str | Path, ...], *, folder: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without network from a copy of the tree, in which the web app is built already."""
    made = run((sys.executable, ROOT / "web" / "build.py"))
    assert made.returncode == 0, made.stdout + made.stderr
    folder = tmp_path_factory.mktemp("wheel")
    for name in WHAT_IS_BUILT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / "tree" / name, ignore=LEFT_OUT)
        else:
            (folder / "tree").mkdir(exist_ok=True)
            shutil.copy(source, folder / "tree")
    pip = (
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "wheel",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
    )
    built = run((*pip, "--wheel-dir", folder, folder / "tree"))
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


@dataclass(frozen=True, slots=True)
class Installation:
    """A virtual environment with the wheel, and a home for one user of it."""

    environment: Path
    home: Path

    @property
    def database(self) -> Path:
        """Where data are when nobody says anything."""
        return self.home / ".local" / "share" / "stegvis" / "stegvis.db"

    def stegvis(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run the installed command in the user's home."""
        return self.run((self.environment / "bin" / "stegvis", *arguments), **env)

    def run(self, command: tuple[str | Path, ...], **env: str) -> subprocess.CompletedProcess[str]:
        return run(command, folder=self.home, env={"PATH": os.environ["PATH"], "HOME": str(self.home), **env})


@pytest.fixture(scope="session")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment with our wheel, that borrows what we depend on from the one the tests run in.

    A path in a .pth file is only searched: the editable installation there is not started by it.
    """
    folder = tmp_path_factory.mktemp("installed") / "venv"
    made = run((sys.executable, "-m", "venv", "--without-pip", folder))
    assert made.returncode == 0, made.stderr
    (packages,) = folder.glob("lib/python*/site-packages")
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "borrowed.pth").write_text("\n".join(sorted(borrowed)))
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", folder / "bin" / "python")
    installed = run((*pip, "install", "--no-deps", "--no-index", "--ignore-installed", wheel))
    assert installed.returncode == 0, installed.stderr
    return folder


@pytest.fixture
def installed(environment: Path, tmp_path: Path) -> Installation:
    home = tmp_path / "home"
    home.mkdir()
    return Installation(environment, home)


def content_files(root: Path) -> set[str]:
    """Every file of the content folders, as the wheel should have it."""
    folders = ("processes", "forms", "registers")
    files = (file for folder in folders for file in (root / folder).rglob("*") if file.is_file())
    return {f"engine/_content/{file.relative_to(root).as_posix()}" for file in files}


def test_the_wheel_holds_the_program_and_its_content_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    tree = wheel.parent / "tree"
    modules = {file.relative_to(tree).as_posix() for top in ("engine", "api") for file in (tree / top).rglob("*.py")}
    assert modules <= names
    assert content_files(tree) <= names
    assert {"api/_web/index.html", "api/_web/third-party-notices.md"} <= names
    assert any(re.fullmatch(r"api/_web/assets/app-.*\.js\.br", name) for name in names)
    assert any(re.fullmatch(r"engine/storage/sql/migrations/versions/0001_.*\.py", name) for name in names)
    assert {"engine/storage/sql/migrations/script.py.mako", "engine/_content/processes/client-pathway/process.bpmn"} <= names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"engine", "api"}


def test_the_installed_command_works_away_from_the_checkout(installed: Installation) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    ask = "import engine, api; print(engine.__path__, api.__path__)"
    where = installed.run((installed.environment / "bin" / "python", "-c", ask))
    assert where.stdout.count(str(installed.environment)) == 2, where.stdout + where.stderr

    assert installed.stegvis("--version").stdout == f"stegvis, version {version}\n"
    assert installed.stegvis("db", "upgrade").stdout == "The database is ready.\n"
    assert installed.database.is_file()
    deployed = installed.stegvis("deploy")
    assert (deployed.returncode, deployed.stderr) == (0, "")
    assert "client-pathway" in deployed.stdout
    played = installed.stegvis("scenario", "run")
    assert played.returncode == 0, played.stdout
    assert "passed." in played.stdout
    assert "serve" in installed.stegvis("--help").stdout
    assert [path.name for path in installed.home.iterdir()] == [".local"]


def row_counts(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def test_the_demonstration_twice_changes_nothing(installed: Installation) -> None:
    first = installed.stegvis("demo")
    assert first.returncode == 0, first.stderr
    before = row_counts(installed.database)
    assert before["case_instance"] > 0

    second = installed.stegvis("demo", "--json")

    assert second.returncode == 0, second.stderr
    assert row_counts(installed.database) == before


def require_sentence(result: subprocess.CompletedProcess[str], *told: str) -> None:
    """One sentence or two on one line of standard error, exit code 1."""
    assert result.returncode == 1, result.stdout
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1, result.stderr
    assert [text for text in told if text not in result.stderr] == [], result.stderr


def test_a_taken_port_is_told_before_anything_is_made(installed: Installation) -> None:
    with socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        require_sentence(installed.stegvis("serve", "--demo", STEGVIS_PORT=str(port)), f"127.0.0.1:{port}", "--port")
    assert not installed.database.exists()


@pytest.mark.parametrize("command", [("db", "upgrade"), ("demo",), ("serve", "--demo")])
def test_a_folder_that_cannot_be_written_is_told(installed: Installation, command: tuple[str, ...]) -> None:
    (installed.home / ".local").write_text("a file where the folder should be: this stops an administrator as well")
    require_sentence(installed.stegvis(*command, STEGVIS_PORT=str(free_port())), "cannot be written", "Choose another place")


@pytest.mark.parametrize("command", [("serve",), ("deploy",), ("worker",), ("case", "list")])
def test_a_missing_database_is_told_and_how_to_make_it(installed: Installation, command: tuple[str, ...]) -> None:
    require_sentence(installed.stegvis(*command, STEGVIS_PORT=str(free_port())), "stegvis db upgrade")
    assert not installed.database.exists()


@pytest.mark.parametrize("command", [("serve",), ("deploy",), ("worker",), ("case", "list")])
def test_an_older_database_is_told_and_left_alone(installed: Installation, command: tuple[str, ...]) -> None:
    assert installed.stegvis("db", "upgrade").returncode == 0
    mark(installed.database, "0001")
    require_sentence(installed.stegvis(*command, STEGVIS_PORT=str(free_port())), "older release (0001)", "stegvis db upgrade")
    with closing(sqlite3.connect(installed.database)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]


def test_a_newer_database_is_not_upgraded(installed: Installation) -> None:
    assert installed.stegvis("db", "upgrade").returncode == 0
    mark(installed.database, "9999")
    before = row_counts(installed.database)
    require_sentence(installed.stegvis("db", "upgrade"), "9999", "Install the release")
    assert row_counts(installed.database) == before


@pytest.mark.parametrize("command", [("serve",), ("deploy",), ("worker",), ("case", "list")])
def test_a_newer_database_that_took_something_away_is_told_and_left_alone(
    installed: Installation, command: tuple[str, ...]
) -> None:
    assert installed.stegvis("db", "upgrade").returncode == 0
    mark(installed.database, "9999", "DROP TABLE form_draft")
    before = row_counts(installed.database)
    told = ("revision 9999", "form_draft", "Install the release")
    require_sentence(installed.stegvis(*command, STEGVIS_PORT=str(free_port())), *told)
    assert row_counts(installed.database) == before


@pytest.mark.parametrize("content", [b"this is no database" * 100, b"SQLite format 3\x00" + b"\xff" * 5_000])
def test_a_file_that_is_no_database_is_told(installed: Installation, content: bytes) -> None:
    installed.database.parent.mkdir(parents=True)
    installed.database.write_bytes(content)
    require_sentence(installed.stegvis("db", "upgrade"), str(installed.database))
    assert installed.database.read_bytes() == content


def mark(database: Path, revision: str, *changes: str) -> None:
    """Say in the database that another release was the last to upgrade it, which made these changes."""
    with closing(sqlite3.connect(database)) as connection:
        for change in changes:
            connection.execute(change)
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.commit()


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
