"""What screens and scripts need read, as flat rows. A list never loads engine state.

Pages are keyset pages: `cursor` is what the page before gave as `next`, opaque to callers; rows that come or go between
two pages are never shown twice nor make others be skipped.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Generic, Protocol, TypeVar

from .case import Case, CaseStatus, Incident, IncidentState
from .ids import CaseId, TaskId, UnitId, UserId, VersionId
from .search_words import Asked
from .task import TaskState, UserTask

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows and the cursor of the page after, None at the end."""

    rows: tuple[Row, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task in a list, with what it takes to recognise its case.

    `about` is the register entry that the case is about, by register and key, if its data name one.
    """

    task: UserTask
    case_number: str
    case_title: str
    about: tuple[str, str] | None = None


class TaskOrder(StrEnum):
    """How a list of tasks is sorted; ties by id."""

    DUE = "due"
    """By due time (those without last), then priority (highest first), then age."""
    CREATED = "created"
    """Newest first."""
    PRIORITY = "priority"
    """Highest priority first, then due time, then age."""


@dataclass(frozen=True, slots=True)
class TaskTimes:
    """The moments that tasks are counted by, aware UTC: now, the ends of today and of the week, since when a task is new."""

    now: datetime
    today_before: datetime
    week_before: datetime
    new_since: datetime


@dataclass(frozen=True, slots=True)
class TaskCount:
    """How many tasks there are: in all, past their due time, due before today and the week end, created lately.

    What is overdue is among those due today, and these among those due within the week.
    """

    open: int
    overdue: int
    today: int
    week: int
    new: int


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many open tasks there are: all that the reader sees, those that the reader holds, those that nobody holds."""

    all: TaskCount
    mine: TaskCount
    free: TaskCount


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks to list.

    `reader_*` bound what the reader may see: tasks of cases in these units whose groups meet the reader's in that
    unit, tasks the reader holds, and tasks of cases the reader is a member of. `mine` keeps those the reader holds.
    `ids` keeps those that it names.
    """

    reader: UserId
    reader_groups: tuple[tuple[UnitId, frozenset[str]], ...]
    unit: UnitId | None = None
    process: str | None = None
    states: frozenset[TaskState] = frozenset({TaskState.READY, TaskState.CLAIMED})
    due_before: datetime | None = None
    mine: bool = False
    created_since: datetime | None = None
    ids: frozenset[TaskId] | None = None


@dataclass(frozen=True, slots=True)
class CaseSearch:
    """What a case is found by: each thing asked for begins its number (or is that without its year and zeros), or its words
    all begin words of the case or of entries that it names. `fields` are those of each register that may be searched.
    """

    asked: tuple[Asked, ...]
    fields: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """Which of the cases that one may read somebody wants to see; what is None is not asked for.

    `version` is a number of `process`. Both times are aware UTC, the first included. `about` is the register entry, by register
    and key, that the case is about; `worker` somebody whom its history tells to have done something in it.
    """

    unit: UnitId | None = None
    process: str | None = None
    version: int | None = None
    status: CaseStatus | None = None
    number: str | None = None
    started_from: datetime | None = None
    started_before: datetime | None = None
    about: tuple[str, str] | None = None
    worker: UserId | None = None
    responsible: UserId | None = None


ANY_CASE: Final = CaseChoice()


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases to list (see `CaseChoice`). `reader_units` None means all units (an auditor)."""

    reader: UserId
    reader_units: frozenset[UnitId] | None
    unit: UnitId | None = None
    process: str | None = None
    status: CaseStatus | None = None
    number: str | None = None
    started_from: datetime | None = None
    started_before: datetime | None = None
    search: CaseSearch | None = None
    versions: frozenset[VersionId] | None = None
    about: tuple[str, str] | None = None
    worker: UserId | None = None
    responsible: UserId | None = None


@dataclass(frozen=True, slots=True)
class IncidentChoice:
    """Which of the incidents that one may see somebody wants; what is None is not asked for.

    `version` is a number of `process`, the one that the case runs on; `element` a path (`intake.read-person`), `message` what
    failed, word for word. Both times are aware UTC, the first included, and about when it was opened.
    """

    state: IncidentState = IncidentState.OPEN
    process: str | None = None
    version: int | None = None
    element: str | None = None
    kind: str | None = None
    message: str | None = None
    unit: UnitId | None = None
    opened_from: datetime | None = None
    opened_before: datetime | None = None


OPEN_INCIDENTS: Final = IncidentChoice()


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Which incidents to list (see `IncidentChoice`): those of cases in these units; None means all units.

    `operated` are the units whose cases the reader operates, None for all; `versions` what the choice's version means.
    """

    units: frozenset[UnitId] | None
    operated: frozenset[UnitId] | None = frozenset()
    choice: IncidentChoice = OPEN_INCIDENTS
    versions: frozenset[VersionId] | None = None


@dataclass(frozen=True, slots=True)
class IncidentGroup:
    """Incidents with one cause: of one process, at one element, of one kind and with one message, in Swedish `message_sv`
    where that is known.

    `operated` is how many of them the reader may solve, `attempts` how often all together were tried. `first` and `last` are
    when the oldest and the newest of them was opened.
    """

    process: str
    element: str
    name: str
    name_en: str
    kind: str
    message: str
    count: int
    operated: int
    attempts: int
    first: datetime
    last: datetime
    last_tried_at: datetime
    message_sv: str = ""

    def told(self, language: str) -> str:
        """The message, in Swedish for `sv` where that is known, else in English."""
        return (language == "sv" and self.message_sv) or self.message


def is_number_of(asked: str, number: str) -> bool:
    """Whether that is how somebody would ask for the case with this number (`2025-000123`): `2025-0001`, `123`."""
    return number.startswith(asked) or (asked.isdecimal() and asked.lstrip("0") == number.rpartition("-")[2].lstrip("0"))


class Queries(Protocol):
    def tasks(
        self, filter_: TaskFilter, *, order: TaskOrder = TaskOrder.DUE, cursor: str | None = None, limit: int = 50
    ) -> Page[TaskRow]:
        """Tasks in an order.

        Raises:
            Rejected: the cursor is not one that a page in this order gave.
        """
        ...

    def task_counts(self, filter_: TaskFilter, times: TaskTimes) -> TaskCounts:
        """Counts of the open tasks that the filter's reader, unit and process show."""
        ...

    def cases(self, filter_: CaseFilter, *, cursor: str | None = None, limit: int = 50) -> Page[Case]:
        """Cases, newest first."""
        ...

    def subjects(self, cases: Collection[CaseId]) -> dict[CaseId, tuple[str, str]]:
        """The register entry, by register and key, that each of these cases is about; those that name none are left out."""
        ...

    def incidents(self, filter_: IncidentFilter, *, cursor: str | None = None, limit: int = 100) -> Page[tuple[Incident, Case]]:
        """Open incidents, oldest first; solved ones, the last one solved first.

        Raises:
            Rejected: the cursor is not one that a page of such a list gave.
        """
        ...

    def incident_count(self, filter_: IncidentFilter, *, cursor: str | None = None) -> int:
        """How many there are after the cursor. Raises Rejected, as `incidents` does."""
        ...

    def incident_groups(self, filter_: IncidentFilter, *, limit: int = 200) -> Sequence[IncidentGroup]:
        """Incidents by their cause, the most frequent first, then the oldest."""
        ...

    def open_tasks(self, case_id: CaseId) -> Sequence[UserTask]: ...
    def open_cases_of(self, versions: Collection[VersionId]) -> dict[VersionId, int]:
        """How many cases are under way on each of these process versions, called by another one or not; those without any are
        left out."""
        ...

    def counts(self) -> dict[str, int]:
        """How many cases, open_tasks, open_incidents and waiting_timers there are (for health and `doctor`)."""
        ...
