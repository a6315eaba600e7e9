"""A bound on guessing passwords, and on the memory and time that checking them costs.

Kept in this process only: several processes each allow their own. It never locks an account for longer than five
minutes, so nobody can shut a colleague out for the day by failing in their name.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import BoundedSemaphore, Lock

from .problems import Problem

_FREE_ATTEMPTS = 5
_LONGEST_PAUSE = timedelta(minutes=5)
_FORGOTTEN_AFTER = timedelta(minutes=30)
_MAX_NAMES = 10_000
_CHECKS_AT_ONCE = 2
_WAITING_CHECKS = 8


class SignInThrottle:
    """Counts failures for each name, known or not. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._failures: OrderedDict[str, tuple[int, datetime]] = OrderedDict()
        self._checks = BoundedSemaphore(_CHECKS_AT_ONCE)
        self._queue = BoundedSemaphore(_CHECKS_AT_ONCE + _WAITING_CHECKS)

    @contextmanager
    def attempt(self, name: str, now: datetime) -> Iterator[None]:
        """The room in which one password is checked. It counts as failed until `forget` says otherwise.

        Raises:
            Problem: `too-many-attempts`, for this name or for the whole server.
        """
        self._count(name, now)
        if not self._queue.acquire(blocking=False):
            raise _too_many(timedelta(seconds=2))
        try:
            with self._checks:
                yield
        finally:
            self._queue.release()

    def forget(self, name: str) -> None:
        """The name has signed in: its failures are forgotten."""
        with self._lock:
            self._failures.pop(name, None)

    def _count(self, name: str, now: datetime) -> None:
        with self._lock:
            count, last = self._failures.pop(name, (0, now))
            if now - last > _FORGOTTEN_AFTER:
                count = 0
            left = last + _pause_after(count) - now
            if left > timedelta(0):
                self._failures[name] = (count, last)
                raise _too_many(left)
            self._failures[name] = (count + 1, now)
            if len(self._failures) > _MAX_NAMES:
                self._failures.popitem(last=False)


def _pause_after(failures: int) -> timedelta:
    if failures < _FREE_ATTEMPTS:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - _FREE_ATTEMPTS + 1, 20)), _LONGEST_PAUSE)


def _too_many(left: timedelta) -> Problem:
    return Problem("too-many-attempts", headers={"Retry-After": str(int(left.total_seconds()) + 1)})
