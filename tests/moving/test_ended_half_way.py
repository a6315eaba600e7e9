"""A copy and a restore that are killed leave nothing, and a backup for which there is no room leaves no file."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from engine.actor import SYSTEM
from engine.storage.backing_up import back_up, restore
from engine.storage.folder import FolderFiles
from tests.builders import NOON

from .conftest import KINDS, Place, engine_at, install
from .test_copying import copied, is_empty, nothing

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.moving.ended_half_way", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize("target", KINDS)
def test_a_copy_that_is_killed_leaves_the_target_empty_and_is_run_again(place: Place, files: FolderFiles, target: str) -> None:
    old, new = place("sqlite"), place(target)
    install(old, files)
    assert run("copy", old, new).returncode == -9
    assert is_empty(new)
    assert copied(old, new).history.cases == 3


@pytest.mark.parametrize("target", KINDS)
def test_a_restore_that_is_killed_leaves_the_target_empty_and_is_run_again(
    place: Place, files: FolderFiles, tmp_path: Path, target: str
) -> None:
    old, new = place("sqlite"), place(target)
    install(old, files)
    back_up(old, files, tmp_path / "b.zip", release="0", now=NOON, progress=nothing)
    assert run("restore", str(tmp_path / "b.zip"), new).returncode == -9
    assert is_empty(new)
    assert restore(tmp_path / "b.zip", new, FolderFiles(tmp_path / "other"), progress=nothing).history.cases == 3


def test_a_backup_for_which_there_is_no_room_says_so_and_leaves_no_file(
    place: Place, files: FolderFiles, tmp_path: Path
) -> None:
    url = place("sqlite")
    install(url, files)
    with engine_at(url, files) as engine:  # so much that it cannot be packed small
        (case, *_) = engine.cases(SYSTEM, limit=1).rows
        rng = random.Random(1)
        for _ in range(80):
            engine.add_note(SYSTEM, case.id, rng.randbytes(900).hex())
    folder = tmp_path / "backups"
    folder.mkdir()
    ended = run("backup", url, str(folder / "b.zip"))
    assert (ended.returncode, "cannot be written: File too large" in ended.stderr) == (1, True), ended.stderr
    assert list(folder.iterdir()) == []
