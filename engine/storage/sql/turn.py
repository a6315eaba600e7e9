"""Whose turn it is to write to a SQLite file."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Final

from ..fair_lock import FairLock
from .address import BUSY_SECONDS

if sys.platform != "win32":
    import fcntl

SUFFIX: Final = "-turn"


class Turn:
    """Taken by one thread at a time, first come, first served: among the threads of this process, and among processes.

    Processes queue at an empty file beside the database, whose lock the kernel hands on in the order in which they came and
    takes from one that is killed. Nothing but the order depends on it: SQLite's own lock is taken too. Where the file
    cannot be locked (Windows, a full disk, another file system) processes get their turns by chance.
    """

    def __init__(self, database: Path) -> None:
        self._database = database.absolute()
        self._file = f"{self._database}{SUFFIX}"
        self.among_threads: Final = FairLock(timeout_seconds=BUSY_SECONDS)
        """Taken first; before a connection is, of which there are not as many as there may be threads."""

    @contextmanager
    def among_processes(self, until: float) -> Iterator[bool]:
        """The turn, for a block, of the thread that has it `among_threads`. It waits until then (`monotonic`), no longer.

        Gives whether it has come; if not, writing goes on without.
        """
        file = self._lock(until)
        try:
            yield file is not None
        finally:
            if file is not None:
                os.close(file)  # and hand it on

    def _lock(self, until: float) -> int | None:
        """The file, locked; None where it cannot be."""
        if sys.platform == "win32":
            return None
        try:
            file = self._open()
        except OSError:
            return None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return file if _Waiting(file).has_come(until) else None
        except OSError:
            os.close(file)
            return None
        return file

    def _open(self) -> int:
        how = os.O_RDWR | os.O_NOFOLLOW  # a link could lead root, who follows below, to any place
        with suppress(FileNotFoundError):
            return os.open(self._file, how)
        try:
            file = os.open(self._file, how | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # somebody else has just made it
            return os.open(self._file, how)
        with suppress(OSError):  # root may make it for the account that has the database
            owner = self._database.stat()
            os.fchown(file, owner.st_uid, owner.st_gid)
        return file


class _Waiting:
    """A thread that stands in the queue, because the kernel lets nobody stand there for a limited time."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._mutex = threading.Lock()
        self._has_come = threading.Event()
        self._is_given_up = False
        self._thread = threading.Thread(target=self._stand, name="turn", daemon=True)

    def has_come(self, until: float) -> bool:
        """Whether the file is locked by then; if not it is closed, now or as soon as it could have been."""
        try:
            self._thread.start()
            self._has_come.wait(until - monotonic())
        except RuntimeError:  # no more threads
            os.close(self._file)
            return False
        except BaseException:
            if not self._gives_up():
                os.close(self._file)
            raise
        return not self._gives_up()

    def _gives_up(self) -> bool:
        """Leave the queue, unless the turn has come."""
        with self._mutex:
            self._is_given_up = not self._has_come.is_set()
        return self._is_given_up

    def _stand(self) -> None:
        with suppress(OSError):  # then without it, as where the file cannot be locked
            if sys.platform != "win32":
                fcntl.flock(self._file, fcntl.LOCK_EX)
        with self._mutex:
            if self._is_given_up:
                os.close(self._file)
            else:
                self._has_come.set()
