"""A lock whose waiters get it in the order in which they asked. `threading.Lock` promises no order."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType
from typing import Self

from ..errors import Misconfigured


class FairLock:
    """Held by one thread at a time, first come, first served.

    Asking for it again in the thread that holds it is a mistake of the caller and raises RuntimeError at once, where a
    plain lock would hang.
    """

    def __init__(self, *, timeout_seconds: float = 30.0) -> None:
        self._timeout_seconds = timeout_seconds
        self._mutex = threading.Lock()
        self._holder: int | None = None
        self._queue: deque[tuple[int, threading.Lock]] = deque()

    @property
    def waiting(self) -> int:
        """How many threads wait."""
        return len(self._queue)

    def acquire(self) -> None:
        """Wait for one's turn.

        Raises:
            Misconfigured: it did not come in time.
            RuntimeError: this thread holds the lock already.
        """
        me = threading.get_ident()
        with self._mutex:
            if self._holder is None:
                self._holder = me
                return
            if self._holder == me:
                raise RuntimeError("this thread is already writing: finish that unit of work before the next")
            turn = threading.Lock()
            turn.acquire()
            self._queue.append((me, turn))
        if not turn.acquire(timeout=self._timeout_seconds):
            self._give_up(me, turn)

    def release(self) -> None:
        """Hand the lock to the one who has waited longest."""
        with self._mutex:
            if not self._queue:
                self._holder = None
                return
            self._holder, turn = self._queue.popleft()
            turn.release()

    def _give_up(self, me: int, turn: threading.Lock) -> None:
        with self._mutex:
            if (me, turn) not in self._queue:
                return  # handed to us in the very moment we gave up
            self._queue.remove((me, turn))
        raise Misconfigured(
            f"Nothing could be stored for {self._timeout_seconds:g} seconds because others were writing. Try again; "
            "if it happens often, move to PostgreSQL."
        )

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.release()
