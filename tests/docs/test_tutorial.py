"""The tutorial's files are taken from its page, checked and played. A case of it proves what the page about history says."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from engine.actor import SYSTEM
from engine.bootstrap import deploy_content, open_engine, read_content, upgrade_database
from engine.case_engine import CaseEngine
from engine.cli import cli
from engine.clock import FixedClock
from engine.history import EventType
from engine.ids import CaseId, UnitId
from engine.settings import Settings

from .pages import blocks, code, page, rows, section

FILE = re.compile(r"^`([\w./-]+)`\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TUTORIAL = page("tutorials/your-first-process.md")
HISTORY = page("reference/history.md")
FILES = dict(FILE.findall(TUTORIAL))
COMMON = {"process", "name", "kind", "loopCounter"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tutorial")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def database(folder: Path) -> Path:
    """An SQLite installation in which one request has been granted."""
    file = folder / "var" / "stegvis.db"
    settings = Settings(database=str(file))
    upgrade_database(settings)
    engine = CaseEngine(open_engine(settings).store, clock=FixedClock(datetime(2025, 4, 28, 7, tzinfo=UTC)))
    deploy_content(engine, read_content(settings, [folder]))
    case = engine.start_case(
        SYSTEM, "equipment-loan", unit=UnitId("office"), submission={"item": "phone", "until": "2025-05-10"}
    )
    (task,) = engine.case(SYSTEM, case.id).tasks
    engine.claim_task(SYSTEM, task.id)
    engine.complete_task(SYSTEM, task.id, {"granted": True})
    return file


def test_the_page_names_the_files_that_it_shows() -> None:
    tree = blocks(TUTORIAL, "text")[0]
    assert len(FILES) == len(re.findall(r"\S+\.(?:bpmn|json|yaml)\b", tree))
    assert [name for name in FILES if Path(name).name not in tree] == []


@pytest.mark.parametrize("command", [["check", "."], ["scenario", "run", "."]])
def test_its_commands_answer_as_the_page_says(command: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.output
    shown = next(block for block in blocks(TUTORIAL, "console") if block.startswith(f"$ stegvis {' '.join(command)}\n"))
    assert result.output.splitlines()[0] == shown.splitlines()[1]


def test_a_misspelt_name_is_told_with_the_one_that_was_meant(folder: Path, tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text.replace("day(loan.until)", "day(loan.untill)"), encoding="utf-8")
    result = CliRunner().invoke(cli, ["check", str(tmp_path), "--json"])
    assert result.exit_code == 1
    assert "Did you mean `until`?" in result.stdout


def test_every_event_type_has_its_row() -> None:
    assert {code(cells[0])[0] for cells in rows(section(HISTORY, "## Event types"))} == {type_.value for type_ in EventType}


def test_what_events_carry_is_told_in_their_rows(database: Path) -> None:
    told = {code(cells[0])[0]: set(code(cells[2])) for cells in rows(section(HISTORY, "## Event types"))}
    engine = open_engine(Settings(database=str(database)))
    (case,) = engine.cases(SYSTEM).rows
    entries = engine.history(SYSTEM, CaseId(case.id))
    assert len(entries) > 10
    for entry in entries:
        assert isinstance(entry.payload, dict)
        assert set(entry.payload) - COMMON - told[entry.event.type.value] == set(), entry.event.type


def test_the_header_has_the_fields_that_are_told(database: Path) -> None:
    told = [code(cells[0])[0] for cells in rows(section(HISTORY, "## The header"))]
    with closing(sqlite3.connect(database)) as rows_:
        columns = [name for _, name, *_ in rows_.execute("PRAGMA table_info(history_event)")]
    assert told == columns


@pytest.fixture
def altered(database: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A copy whose triggers somebody has dropped: `tmp_path/copy.db`."""
    with closing(sqlite3.connect(tmp_path / "copy.db", isolation_level=None)) as copy:
        with closing(sqlite3.connect(database)) as original:
            original.backup(copy)
        for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            copy.execute(f"DROP TRIGGER {name}")
        yield copy


def faults(database: Path) -> list[Any]:
    """What the program on the page finds."""
    source = blocks(HISTORY, "python")[0].replace("var/stegvis.db", str(database))
    names: dict[str, Any] = {}
    exec(compile(source, "history.md", "exec"), names)
    return list(names["faults"](str(database)))


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("SELECT 1", []),
        ("DELETE FROM history_payload WHERE sequence = 3", [3]),
        ("UPDATE history_payload SET text = '{}' WHERE sequence = 3", [3]),
        ("UPDATE history_event SET actor = 'somebody' WHERE sequence = 4", [4]),
        ("DELETE FROM history_event WHERE sequence = 5", [6]),
        ("DELETE FROM history_event WHERE sequence = (SELECT max(sequence) FROM history_event)", ["end"]),
    ],
)
def test_the_program_on_the_page_finds_what_was_altered(
    altered: sqlite3.Connection, tmp_path: Path, statement: str, found: list[object]
) -> None:
    altered.execute("PRAGMA foreign_keys = OFF")
    altered.execute(statement)
    assert [number for _, number in faults(tmp_path / "copy.db")] == found


def test_the_program_on_the_page_knows_what_was_erased(altered: sqlite3.Connection, tmp_path: Path) -> None:
    engine = open_engine(Settings(database=str(tmp_path / "copy.db")))
    (case,) = engine.cases(SYSTEM).rows
    engine.erase_history(SYSTEM, case.id, [2, 3], reason="Plan 2025:4")
    assert faults(tmp_path / "copy.db") == []
    altered.execute("DELETE FROM history_payload WHERE sequence = 4")
    assert faults(tmp_path / "copy.db") == [(case.id, 4)]


def test_the_engine_finds_the_same(database: Path) -> None:
    result = CliRunner().invoke(cli, ["history", "verify"], env={"STEGVIS_DATABASE": str(database)})
    assert (result.exit_code, result.stdout) == (0, "The record of 1 case is whole.\n")
