"""Turns at one SQLite file. Two `Turn` of one process queue for it as two processes do: each opens the file by itself."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

import pytest

from engine.storage.sql.turn import SUFFIX, Turn

HOLDER = """
import sys
from pathlib import Path
from time import monotonic
from engine.storage.sql.turn import Turn
with Turn(Path(sys.argv[1])).among_processes(monotonic() + 60):
    print("taken", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "stegvis.db"


def queue(database: Path) -> Path:
    return database.with_name(f"{database.name}{SUFFIX}")


def soon() -> float:
    return monotonic() + 60


def eventually(holds: Callable[[], bool]) -> None:
    until = soon()
    while not holds():
        assert monotonic() < until
        sleep(0.001)


def is_locked(database: Path) -> bool:
    file = os.open(queue(database), os.O_RDWR)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def open_files(database: Path) -> int:
    """How many times this process has the queue's file open. Others of its files may come and go meanwhile."""
    found = 0
    for file in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the one that the list was read with
            found += file.readlink() == queue(database)
    return found


def await_queue(database: Path, count: int) -> None:
    """Until so many stand in the kernel's queue."""
    inode = f":{queue(database).stat().st_ino} "
    eventually(lambda: count == sum("->" in line and inode in line for line in Path("/proc/locks").read_text().splitlines()))


@contextmanager
def holder(database: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has its turn until it ends."""
    program = [sys.executable, "-c", HOLDER, str(database)]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "taken\n"
        try:
            yield process
        finally:
            process.kill()


def test_processes_get_their_turns_in_the_order_in_which_they_came(database: Path) -> None:
    order: list[int] = []

    def take(number: int) -> None:
        with Turn(database).among_processes(soon()):
            order.append(number)

    with ThreadPoolExecutor(5) as pool, Turn(database).among_processes(soon()):
        for number in range(5):
            pool.submit(take, number)
            await_queue(database, number + 1)
        assert order == []
    assert order == [0, 1, 2, 3, 4]
    assert not is_locked(database)


def test_the_turn_of_a_process_that_is_killed_passes_on(database: Path) -> None:
    def take() -> bool:
        with Turn(database).among_processes(soon()):
            return is_locked(database)

    with holder(database) as process, ThreadPoolExecutor(1) as pool:
        taken = pool.submit(take)
        await_queue(database, 1)
        process.kill()
        assert taken.result(60)


def test_one_who_has_waited_long_enough_goes_without_and_leaves_the_queue(database: Path) -> None:
    turn = Turn(database)
    with holder(database), turn.among_processes(monotonic() + 0.01):
        await_queue(database, 1)  # the thread that stands there, until it is let in
    eventually(lambda: not is_locked(database))
    with turn.among_processes(soon()):
        assert is_locked(database)


def test_where_no_thread_can_be_begun_writers_go_without(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with holder(database), monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refuse)
        with Turn(database).among_processes(soon()):
            pass
    assert open_files(database) == 0


def test_the_turn_of_one_who_is_interrupted_passes_on(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> bool:
        raise KeyboardInterrupt

    with holder(database), monkeypatch.context() as patched:
        patched.setattr(threading.Event, "wait", interrupt)
        with pytest.raises(KeyboardInterrupt):
            Turn(database).among_processes(soon()).__enter__()
    eventually(lambda: not is_locked(database) and open_files(database) == 0)


def test_a_process_queues_where_the_database_is_when_it_goes_elsewhere(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(database.parent)
    turn = Turn(Path(database.name))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    with turn.among_processes(soon()):
        assert is_locked(database)


def test_the_turn_passes_on_when_what_it_was_for_fails(database: Path) -> None:
    with pytest.raises(KeyError), Turn(database).among_processes(soon()):
        raise KeyError
    assert not is_locked(database)


def test_where_the_file_cannot_be_made_writers_go_without(tmp_path: Path) -> None:
    with Turn(tmp_path / "missing" / "stegvis.db").among_processes(soon()):
        pass


def test_a_link_in_its_place_is_not_followed(database: Path, tmp_path: Path) -> None:
    queue(database).symlink_to(tmp_path / "anywhere")
    with Turn(database).among_processes(soon()) as has_come:
        assert not has_come
    assert not (tmp_path / "anywhere").exists()


def test_the_file_belongs_to_who_has_the_database(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database.touch()
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "fchown", lambda file, user, group: given.append((user, group)))
    with Turn(database).among_processes(soon()), Turn(database.with_name("other.db")).among_processes(soon()):
        pass
    owner = database.stat()
    assert given == [(owner.st_uid, owner.st_gid)]


def test_the_file_is_its_owners_only(database: Path) -> None:
    with Turn(database).among_processes(soon()):
        assert queue(database).stat().st_mode & 0o777 == 0o600
