"""`stegvis backup`, `restore`, `db copy` and the heads of history, as an operator uses them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.clock import SystemClock
from engine.queries import CaseChoice
from engine.storage.folder import FolderFiles
from engine.storage.sql import open_store

from .conftest import Stegvis


@pytest.fixture
def other(tmp_path: Path) -> dict[str, str]:
    """Settings of another installation."""
    return {"STEGVIS_DATABASE": str(tmp_path / "other.db"), "STEGVIS_FILES": str(tmp_path / "other-files")}


def test_an_installation_is_backed_up_and_restored_elsewhere(demo: Stegvis, other: dict[str, str], tmp_path: Path) -> None:
    made = demo("backup", "b.zip")
    assert made.exit_code == 0, made.output
    assert "3 cases, 0 files" in made.stdout
    sha256 = made.stdout.split()[-1]
    restored = demo("restore", "b.zip", **other)
    assert restored.exit_code == 0, restored.output
    assert "The history of 3 cases is whole." in restored.stdout
    assert sha256 in restored.stdout
    assert len(json.loads(demo("case", "list", "--json", **other).stdout)) == len(
        json.loads(demo("case", "list", "--json").stdout)
    )
    again = demo("restore", "b.zip", **other)
    assert (again.exit_code, "is not empty" in again.stderr) == (1, True)
    assert json.loads(demo("backup", "c.zip", "--json").stdout)["cases"] == 3
    third = {**other, "STEGVIS_DATABASE": str(tmp_path / "third.db")}
    assert json.loads(demo("restore", "c.zip", "--json", **third).stdout)["verified"] == 3


def test_a_database_is_copied_with_its_proof(demo: Stegvis, env: dict[str, str]) -> None:
    copied = demo("db", "copy", "--to", "copy.db", "--files-to", "files")
    assert copied.exit_code == 0, copied.output
    assert "The history of 3 cases is whole." in copied.stdout
    assert "case_instance" in copied.stdout
    there = {"STEGVIS_DATABASE": "copy.db"}
    assert "The record of 3 cases is whole." in demo("history", "verify", **there).stdout
    told = json.loads(demo("db", "copy", "--from", env["STEGVIS_DATABASE"], "--to", "more.db", "--json").stdout)
    assert {row["table"]: row["rows"] for row in told["tables"]}["case_instance"] == 3


def test_a_running_installation_is_copied_only_as_a_snapshot(demo: Stegvis, env: dict[str, str]) -> None:
    with closing(sqlite3.connect(env["STEGVIS_DATABASE"])) as running:
        running.execute("SELECT count(*) FROM case_instance").fetchone()
        refused = demo("db", "copy", "--to", "copy.db")
        assert (refused.exit_code, "Stop `stegvis serve`" in refused.stderr) == (1, True)
        copied = demo("db", "copy", "--to", "copy.db", "--snapshot")
        assert "since the copy began is not in it" in copied.stdout


@pytest.mark.parametrize("options", [(), ("--snapshot",)])
def test_a_database_is_not_copied_to_itself(
    demo: Stegvis, env: dict[str, str], tmp_path: Path, options: tuple[str, ...]
) -> None:
    database = Path(env["STEGVIS_DATABASE"])
    (tmp_path / "link.db").symlink_to(database)
    for target in (str(database), f"sqlite:///{database}", str(database.parent / ".." / "var" / "stegvis.db"), "link.db"):
        refused = demo("db", "copy", "--to", target, "--files-to", "files-there", *options)
        assert (refused.exit_code, "is the database that is to be copied" in refused.stderr) == (1, True)
    assert not (tmp_path / "files-there").exists()
    assert "The record of 3 cases is whole." in demo("history", "verify").stdout


def test_a_folder_for_files_that_cannot_be_written_is_told_by_its_option(
    demo: Stegvis, env: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "no-folder").write_text("")
    folder = tmp_path / "files"
    with closing(open_store(env["STEGVIS_DATABASE"])) as store:
        engine = CaseEngine(store, clock=SystemClock(), files=FolderFiles(folder))
        case = engine.cases(SYSTEM, CaseChoice(), limit=1).rows[0]
        engine.add_file(SYSTEM, case.id, "a.pdf", b"%PDF-1.7\n%%EOF\n")
    refused = demo("db", "copy", "--to", "copy.db", "--files-to", "no-folder", STEGVIS_FILES=str(folder))
    assert (refused.exit_code, "Correct --files-to." in refused.stderr) == (1, True), refused.output
    assert "setting" not in refused.stderr


def test_a_database_that_is_not_stegvis_s_is_refused_by_the_command_that_was_given_it(
    demo: Stegvis, other: dict[str, str]
) -> None:
    with closing(sqlite3.connect(other["STEGVIS_DATABASE"])) as database:
        database.execute("CREATE TABLE theirs (id integer)")
    assert demo("backup", "b.zip").exit_code == 0
    target = other["STEGVIS_DATABASE"]
    for refused in (demo("restore", "b.zip", **other), demo("db", "copy", "--to", target), demo("db", "upgrade", **other)):
        assert (refused.exit_code, "Give this command an empty database." in refused.stderr) == (1, True), refused.output


def alter(env: dict[str, str], *statements: str) -> None:
    """Change the database as its owner can."""
    with closing(sqlite3.connect(env["STEGVIS_DATABASE"])) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            database.execute(statement)
        database.commit()


def test_a_backup_that_cannot_be_restored_is_told_as_one(demo: Stegvis, env: dict[str, str]) -> None:
    alter(env, "DELETE FROM case_instance WHERE id = (SELECT min(id) FROM case_instance)")
    made = demo("backup", "b.zip")
    assert (made.exit_code, "This backup cannot be restored" in made.stderr) == (1, True)
    told = demo("backup", "c.zip", "--json")
    assert (told.exit_code, "history_event" in json.loads(told.stdout)["astray"]) == (1, True)
    assert demo("history", "verify").exit_code == 1


def test_heads_that_were_written_down_fit_as_cases_go_on(demo: Stegvis, tmp_path: Path) -> None:
    (tmp_path / "heads.txt").write_text(demo("history", "heads").stdout)
    task = json.loads(demo("task", "list", "--as", "bo", "--json").stdout)[0]
    assert demo("task", "claim", str(task.get("id") or task["task"]["id"]), "--as", "bo").exit_code == 0
    assert demo("history", "heads").stdout != (tmp_path / "heads.txt").read_text()
    result = demo("history", "verify", "--heads", "heads.txt")
    assert (result.exit_code, "The record of 3 cases is whole." in result.stdout) == (0, True)


def test_an_end_that_was_cut_off_together_with_the_case_s_memory_is_found_by_its_head(
    demo: Stegvis, env: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "heads.txt").write_text(demo("history", "heads").stdout)
    newest = "(SELECT max(sequence) FROM history_event AS e WHERE e.case_id = case_instance.id)"
    alter(
        env,
        "DELETE FROM history_payload WHERE (case_id, sequence) IN (SELECT id, history_sequence FROM case_instance)",
        "DELETE FROM history_event WHERE (case_id, sequence) IN (SELECT id, history_sequence FROM case_instance)",
        f"UPDATE case_instance SET history_sequence = {newest}, history_hash = (SELECT hash FROM history_event AS e WHERE "
        f"e.case_id = case_instance.id AND e.sequence = {newest})",
    )
    assert "The record of 3 cases is whole." in demo("history", "verify").stdout, "by itself it fits"
    result = demo("history", "verify", "--heads", "heads.txt", "--json")
    assert result.exit_code == 1
    assert {row["why"] for row in json.loads(result.stdout)["broken"]} == {
        "it was written down, and is not there: the end of the chain was cut off"
    }


def test_a_chain_that_was_written_anew_is_found_by_its_head(demo: Stegvis, tmp_path: Path) -> None:
    first, *lines = demo("history", "heads").stdout.splitlines()
    others = [f"{line[:-1]}{'1' if line[-1] == '0' else '0'}" for line in lines]
    (tmp_path / "heads.txt").write_text("\n".join([first, *others]))
    result = demo("history", "verify", "--heads", "heads.txt")
    assert result.exit_code == 1
    assert result.stdout.count("it, or what came before it, was written anew") == 3


def test_a_case_that_was_removed_with_its_history_is_found_by_its_head(
    demo: Stegvis, env: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "heads.txt").write_text(demo("history", "heads").stdout)
    alter(env, *(f"DELETE FROM {table} WHERE {column} LIKE '%'" for table, column in (
        ("history_payload", "case_id"), ("history_event", "case_id"), ("case_instance", "id"))))  # fmt: skip
    assert demo("history", "verify").exit_code == 0
    result = demo("history", "verify", "--heads", "heads.txt")
    assert result.exit_code == 1
    assert result.stdout.count("the case was written down, and is not there") == 3


FIRST = b"# Stegvis, chain heads 1: case, number, last event, its hash\n"


@pytest.mark.parametrize("content", [b"", b"hello\n", FIRST + b"x\n", b"PK\x03\x04\x8f\xff", FIRST + b"\xff", b"\xff\xfe#\x00"])
def test_a_file_that_holds_no_heads_is_refused(demo: Stegvis, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "heads.txt").write_bytes(content)
    result = demo("history", "verify", "--heads", "heads.txt")
    assert result.exit_code == 1
    assert "heads.txt" in result.stderr
    assert "no chain head" in result.stderr
