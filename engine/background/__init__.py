"""Work in the background: timers that come due, messages on their way, and what has to be tidied away.

The rows of the database are the only truth. Whoever works looks at a row again, under its case's lock, before doing
anything: any number of workers may do the same thing at once, and it happens once.
"""

from __future__ import annotations

from threading import Event
from typing import Protocol

from .embedded import BATCH, Worker

__all__ = ["BATCH", "BackgroundWorker", "Worker"]


class BackgroundWorker(Protocol):
    """Embedded in one process (`Worker`), or sharing the work with others (`distributed.DistributedWorker`)."""

    beat_at: float
    """When it was last seen at work, in seconds as `time.monotonic` counts them."""

    def run(self, stop: Event) -> None:
        """Work until `stop` is set; what is under way is finished first."""
        ...
