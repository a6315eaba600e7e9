"""How much waits to be done, for those who watch an installation: numbers and ages, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

MOST_COUNTED: Final = 10_000
"""So many of a kind are counted at most: looking must stay cheap when there are too many."""


@dataclass(frozen=True, slots=True)
class Queue:
    """So many rows wait, the oldest since then; None where none does, or where rows do not say."""

    count: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits: timers of active cases, starts and jobs that are due (since when they were), deliveries on their way, open
    incidents, messages that nobody has received yet, and those that nobody received in time. `jobs` are for handlers,
    `topic_jobs` for workers outside.
    """

    timers: Queue = Queue()
    starts: Queue = Queue()
    jobs: Queue = Queue()
    topic_jobs: Queue = Queue()
    deliveries: Queue = Queue()
    incidents: Queue = Queue()
    unmatched_messages: Queue = Queue()
    lost_messages: Queue = Queue()


@dataclass(frozen=True, slots=True)
class LateJobs:
    """So many jobs of a handler, or (`is_outside`) with a topic, wait to be taken; the oldest has been due since then."""

    what: str
    is_outside: bool
    count: int
    oldest: datetime


class Backlogs(Protocol):
    def count(self, now: datetime) -> Backlog:
        """One query for each number, along an index; each counts to MOST_COUNTED."""
        ...

    def late_jobs(self, before: datetime) -> Sequence[LateJobs]:
        """Jobs of active cases that have been due since before then and are taken by nobody, by what they wait for.

        Handlers come first; at most MOST_COUNTED of each kind are looked at.
        """
        ...
