"""What screens and scripts need read, as flat rows. A list never loads engine state.

Pages are keyset pages: `cursor` is what the page before gave as `next`, opaque to callers; rows that come or go between
two pages are never shown twice nor make others be skipped.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from .case import Case, CaseStatus, Incident
from .ids import CaseId, UnitId, UserId, VersionId
from .task import TaskState, UserTask

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows and the cursor of the page after, None at the end."""

    rows: tuple[Row, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task in a list, with what it takes to recognise its case."""

    task: UserTask
    case_number: str
    case_title: str


class TaskOrder(StrEnum):
    """How a list of tasks is sorted; ties by id."""

    DUE = "due"
    """By due time (those without last), then priority (highest first), then age."""
    CREATED = "created"
    """Newest first."""
    PRIORITY = "priority"
    """Highest priority first, then due time, then age."""


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many open tasks there are: held by the reader, held by nobody, past their due time, created since a time."""

    mine: int
    free: int
    overdue: int
    new: int


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks to list.

    `reader_*` bound what the reader may see: tasks of cases in these units whose groups meet the reader's in that
    unit, tasks the reader holds, and tasks of cases the reader is a member of. `mine` keeps those the reader holds.
    """

    reader: UserId
    reader_groups: tuple[tuple[UnitId, frozenset[str]], ...]
    unit: UnitId | None = None
    process: str | None = None
    states: frozenset[TaskState] = frozenset({TaskState.READY, TaskState.CLAIMED})
    due_before: datetime | None = None
    mine: bool = False
    created_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases to list. `reader_units` None means all units (an auditor); both times are aware UTC, the first included."""

    reader: UserId
    reader_units: frozenset[UnitId] | None
    unit: UnitId | None = None
    process: str | None = None
    status: CaseStatus | None = None
    number: str | None = None
    started_from: datetime | None = None
    started_before: datetime | None = None


class Queries(Protocol):
    def tasks(
        self, filter_: TaskFilter, *, order: TaskOrder = TaskOrder.DUE, cursor: str | None = None, limit: int = 50
    ) -> Page[TaskRow]:
        """Tasks in an order.

        Raises:
            Rejected: the cursor is not one that a page in this order gave.
        """
        ...

    def task_counts(self, filter_: TaskFilter, *, now: datetime, since: datetime) -> TaskCounts:
        """Counts of the open tasks that the filter's reader, unit and process show."""
        ...

    def cases(self, filter_: CaseFilter, *, cursor: str | None = None, limit: int = 50) -> Page[Case]:
        """Cases, newest first."""
        ...

    def incidents(self, units: frozenset[UnitId] | None, *, limit: int = 100) -> Sequence[tuple[Incident, Case]]:
        """Open incidents in these units (None: all), oldest first."""
        ...

    def open_tasks(self, case_id: CaseId) -> Sequence[UserTask]: ...
    def open_cases_of(self, versions: Collection[VersionId]) -> dict[VersionId, int]:
        """How many cases are under way on each of these process versions; those without any are left out."""
        ...

    def counts(self) -> dict[str, int]:
        """How many cases, open_tasks, open_incidents and waiting_timers there are (for health and `doctor`)."""
        ...
