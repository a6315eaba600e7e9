"""Doing a job in a process of its own: whatever ends that process, what else goes on here goes on."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Final

FAILED: Final = 1
"""How a process ends that could not do its work at all, for instance because the database was gone."""
PAUSE_SECONDS: Final = 60.0
"""So long after one that failed was begun none is."""
_SPAWN: Final = multiprocessing.get_context("spawn")  # a fork would share our connections and locks


class Apart:
    """One job at a time, done by `do` in a fresh interpreter. `do` can be pickled; it takes the job's id and tells the rest."""

    def __init__(self, do: Callable[[str], None]) -> None:
        self._do = do
        self._process: BaseProcess | None = None
        self._began_at = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether one is under way, or failed a moment ago. It goes on when this process is killed: it holds the job itself."""
        if self._process is None or self._process.is_alive():
            return self._process is not None
        return self._process.exitcode == FAILED and time.monotonic() < self._began_at + PAUSE_SECONDS

    def begin(self, job_id: str) -> None:
        """Begin a job, and do not wait for it."""
        self._began_at = time.monotonic()
        self._process = _SPAWN.Process(target=self._do, args=(job_id,), name=f"job-{job_id[:8]}", daemon=True)
        self._process.start()

    def ask_to_stop(self) -> None:
        """Ask for what is under way to be given back when it is not over soon."""
        if self._process is not None:
            self._process.terminate()

    def end(self, seconds: float) -> None:
        """Wait so long until that is done, then kill it: its lease tells."""
        if self._process is not None:
            self._process.join(seconds)
            self._process.kill()
            self._process.join()
