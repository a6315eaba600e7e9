"""What is stored of jobs: ordered in the step that waits for them, gone with the wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from ..ids import CaseId, Token, UnitId
from ..job import Job, JobState
from ..queries import Page


class Jobs(Protocol):
    """Jobs that are not done. A case that is suspended has none that may be taken."""

    def add(self, job: Job) -> None: ...
    def get(self, id_: str) -> Job | None: ...
    def lock(self, id_: str) -> Job | None:
        """The job, held until the end of the unit of work. Where its case is held too, that is held first."""
        ...

    def save(self, job: Job) -> None: ...
    def remove(self, case_id: CaseId, token: Token) -> None:
        """Forget the token's job; nothing happens where it has none."""
        ...

    def tell_again(self, case_id: CaseId) -> None:
        """Let workers hear anew, once this is stored, of the case's jobs that wait."""
        ...

    def of_case(self, case_id: CaseId) -> Sequence[Job]:
        """The case's jobs in the order in which they were ordered; they are not held."""
        ...

    def due(self, now: datetime, limit: int, *, id_: str = "", alone: bool = True) -> Sequence[Job]:
        """Jobs for handlers that wait and are due, of active cases, the longest due first; with `id_` that one, if it is.
        Without `alone` none that goes alone.

        They are held until the end of the unit of work, and what others hold now is left out.
        """
        ...

    def due_alone(self, now: datetime) -> str | None:
        """The id of the one of those that has been due for longest among the jobs that go alone; it is not held."""
        ...

    def due_for(
        self, topics: Mapping[UnitId, frozenset[str]] | None, asked: frozenset[str], now: datetime, limit: int
    ) -> Sequence[Job]:
        """The same for the topics asked for. `topics` are those that may be seen in each unit's cases; None: all in all."""
        ...

    def lapsed(self, now: datetime, limit: int) -> Sequence[Job]:
        """Jobs whose lease has run out, the longest ago first; they are not held."""
        ...

    def next_due(self) -> datetime | None:
        """When the next job for a handler is due, or the next lease runs out."""
        ...

    def listed(
        self,
        limit: int,
        cursor: str | None = None,
        *,
        units: frozenset[UnitId] | None = None,
        state: JobState | None = None,
        what: str = "",
    ) -> Page[Job]:
        """Jobs in the order in which they were ordered; of these units' cases, or of all; for one handler or topic.

        Raises:
            Rejected: the cursor is not one that a page gave.
        """
        ...
