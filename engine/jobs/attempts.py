"""Trying one thing after another: what fails is told and waits its turn, and holds nothing else up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

import structlog

from ..clock import Clock
from ..observing import failure

PAUSE_AFTER_FAILURE: Final = timedelta(minutes=1)
"""So long a step that failed waits before it is tried again."""

_log = structlog.get_logger("stegvis.worker")


class Attempts:
    """Remembers what failed a moment ago, and what is under way. Safe to share between threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._again_at: dict[str, datetime] = {}
        self._under_way: set[str] = set()

    def waiting(self) -> int:
        """How many wait before they are tried again."""
        now = self._clock.now()
        with self._lock:
            # One that waits longer than the pause was told by a clock that has been put back since.
            self._again_at = {name: at for name, at in self._again_at.items() if now < at <= now + PAUSE_AFTER_FAILURE}
            return len(self._again_at)

    def attempt(self, name: str, subject: str, step: Callable[[], object]) -> bool | None:
        """True when the step was taken, False when it failed, None when it waits its turn or is under way."""
        with self._lock:
            if name in self._again_at or name in self._under_way:
                return None
            self._under_way.add(name)
        has_failed = False
        try:
            step()
        except Exception as error:  # whatever is wrong with one case, the others go on
            has_failed = True
            tell("step-failed", error, case=subject)
        finally:
            with self._lock:
                self._under_way.discard(name)
                if has_failed:
                    self._again_at[name] = self._clock.now() + PAUSE_AFTER_FAILURE
        return not has_failed


def tell(what: str, error: BaseException, **about: str) -> None:
    """Log that something failed, without its text: it may repeat what somebody typed."""
    _log.error(what, **about, **failure(error))
